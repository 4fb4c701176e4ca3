"""The path of a data file tells its graph, and the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.entries import data_files, entry_path, graph_iri, graph_kind
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("meetings/cbd-cop-16-1.ttl", "meetings/cbd-cop-16-1"),
        ("documents/unep-mc-cop.6-inf-29.ttl", "documents/unep-mc-cop.6-inf-29"),
        ("documents/d/index.ttl", "documents/d"),
        ("documents/d/annex-1/15/a.ttl", "documents/d/annex-1/15/a"),
        ("readings/d/fn/star-2.ttl", "readings/d/fn/star-2"),
        ("register.ttl", "register"),
        ("dataset.ttl", "dataset"),
    ],
)
def test_a_path_is_its_graph(path: str, rest: str) -> None:
    assert graph_iri(path) == BASE + rest


@pytest.mark.parametrize(
    ("path", "named", "advice"),
    [
        ("meetings/CBD COP.ttl", "“CBD COP”", "“cbd-cop”"),
        ("places/yaoundé.ttl", "“yaoundé”", "“yaounde”"),
        ("meetings/a..b.ttl", "“a..b”", "“a.b”"),
        ("meetings/a..ttl", "“a.”", "“a”"),
        ("meetings/-a.ttl", "“-a”", "“a”"),
        ("meeting/a.ttl", "“meeting”", "“meetings”"),
        ("stray.ttl", "no folder", "meetings"),
        ("stray.ttl", "no folder", "dataset.ttl and register.ttl"),
        ("dataset/index.ttl", "“dataset”", "folders"),
        ("meetings/a/b.ttl", "slash", "meetings/a-b.ttl"),
        ("register/index.ttl", "“register”", "folders"),
        ("meetings/a.nt", "not a Turtle file", ".ttl"),
    ],
)
def test_a_path_without_a_legal_iri_is_refused_with_advice(
    path: str, named: str, advice: str
) -> None:
    with pytest.raises(UnusableInput) as caught:
        graph_iri(path)
    assert named in caught.value.message
    assert advice in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("documents/d/annex-1/24.ttl", "stated"),
        ("documents/d/front.ttl", "stated"),
        ("documents/d/index.ttl", "supplied"),
        ("documents/unep-mc-cop.6-20.ttl", "supplied"),
        ("meetings/cbd-cop-16-1.ttl", "supplied"),
        ("identifiers/wikidata.ttl", "supplied"),
        ("register.ttl", "supplied"),
        ("dataset.ttl", "supplied"),
        ("readings/d/annex-1/24.ttl", "read"),
    ],
)
def test_the_kind_of_a_graph_is_read_off_its_iri(path: str, kind: str) -> None:
    assert graph_kind(graph_iri(path)) == kind


@pytest.mark.parametrize("path", ["documents/d/index.ttl", "documents/d/front.ttl", "register.ttl"])
def test_the_file_of_a_graph_is_found_again(tmp_path: Path, path: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("")
    assert entry_path(graph_iri(path), tmp_path) == file


def test_two_files_of_one_graph_are_refused(tmp_path: Path) -> None:
    (tmp_path / "documents" / "d").mkdir(parents=True)
    (tmp_path / "documents" / "d" / "index.ttl").write_text("")
    (tmp_path / "documents" / "d.ttl").write_text("")
    with pytest.raises(UnusableInput, match="both be the graph"):
        data_files(tmp_path)


def test_hidden_files_are_no_entries(tmp_path: Path) -> None:
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / ".a.ttl").write_text("")
    (tmp_path / "meetings" / "a.ttl").write_text("")
    assert list(data_files(tmp_path)) == [tmp_path / "meetings" / "a.ttl"]
