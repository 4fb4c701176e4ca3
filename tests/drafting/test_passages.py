"""Templates of a passage and of a document's index."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from meagraph.drafting.kinds import find_kind
from meagraph.drafting.listing import index_triples
from meagraph.drafting.passages import claim_graph, find_source, new_index, new_passage
from meagraph.drafting.vocabulary import Vocabulary
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.project import Project
from meagraph.sources import read_document

SLUG = "minamata-cop6-cooperation-activities"
NOTE = f"{BASE}documents/{SLUG}"
TEXT = """Annex I

1. The secretariat met OECD in Punta del Este on 3 June 2025, and the Zanzibar Reef Council.

2. It thanked the hosts.
"""


@pytest.fixture
def without_14(project: Project, tmp_path: Path) -> Project:
    """The graph's files without that of paragraph 14."""
    shutil.copytree(project.data, tmp_path / "data")
    (tmp_path / "data" / "documents" / SLUG / "annex-1" / "14.ttl").unlink()
    return Project(tmp_path)


def test_a_passage_is_begun_with_an_act_and_its_participation(
    without_14: Project, vocabulary: Vocabulary
) -> None:
    template = new_passage(without_14, vocabulary, NOTE, "annex-1/14", None)
    assert template.path == f"documents/{SLUG}/annex-1/14.ttl"
    assert f"PREFIX this: <{NOTE}/annex-1/14#>" in template.text
    triples = {quad.triple for quad in parse(template.text.encode(), RdfFormat.TURTLE)}
    kinds = {str(t.object)[1:-1].rpartition("#")[2] for t in triples if "type" in str(t.predicate)}
    assert kinds == {"CooperationActivity", "Participation"}
    assert "--source or MEAGRAPH_SOURCES" in template.text


def test_what_a_text_names_is_listed_with_its_record(
    without_14: Project, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    before = "".join(f"{number}. It thanked the hosts.\n\n" for number in range(1, 14))
    (texts / f"{SLUG}.txt").write_text(TEXT.replace("1. The", before + "14. The"))
    template = new_passage(without_14, vocabulary, NOTE, "annex-1/14", texts)
    said = " ".join(template.text.replace("#:", " ").split())
    assert '#: organisations:oecd mea:statedAs "OECD" .' in template.text
    assert "name: Punta del Este, which may be places:punta-del-este" in said
    assert "date: 3 June 2025 (mea:whenAsStated)" in said
    assert "name: Zanzibar Reef Council, of which no record is found" in said


def test_paragraph_14_of_the_real_note_names_its_meeting(
    without_14: Project, vocabulary: Vocabulary, sources: Path
) -> None:
    text = new_passage(without_14, vocabulary, NOTE, "annex-1/14", sources).text
    assert re.search(r"#: places:punta-del-este mea:statedAs .* \.\n", text)
    assert "24-27 June 2025" in text


def test_a_passage_that_has_a_file_is_not_begun_again(
    project: Project, vocabulary: Vocabulary
) -> None:
    with pytest.raises(UnusableInput, match="has a file already") as refused:
        new_passage(project, vocabulary, NOTE, "annex-1/14", None)
    assert str(refused.value.file).endswith("annex-1/14.ttl")


def test_a_passage_that_the_index_does_not_list_is_refused(
    project: Project, vocabulary: Vocabulary
) -> None:
    with pytest.raises(UnusableInput, match="lists no passage annex-1/99") as refused:
        new_passage(project, vocabulary, NOTE, "annex-1/99", None)
    assert "annex-1/9" in str(refused.value.hint)


@pytest.mark.parametrize("name", [SLUG, "COP-6 note", f"documents:{SLUG}"])
def test_a_document_is_found_by_what_readers_call_it(vocabulary: Vocabulary, name: str) -> None:
    assert find_source(vocabulary, name) == NOTE


def test_a_document_without_passages_is_no_source(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnusableInput, match="no document whose passages are in the graph"):
        find_source(vocabulary, "unep-mc-cop.6-inf-29")


def test_claims_and_readings_stand_in_files_of_their_own(vocabulary: Vocabulary) -> None:
    activity, reading = (find_kind(vocabulary, word) for word in ("activity", "source-defect"))
    assert claim_graph(vocabulary, activity, [SLUG, "annex-1/14"]) == f"{NOTE}/annex-1/14"
    assert claim_graph(vocabulary, reading, [SLUG, "annex-1/14"]) == (
        f"{BASE}readings/{SLUG}/annex-1/14"
    )
    assert claim_graph(vocabulary, reading, [SLUG]) == f"{BASE}readings/{SLUG}"
    with pytest.raises(UnusableInput, match="name its document and label"):
        claim_graph(vocabulary, activity, [])


def test_an_index_lists_each_passage_as_the_verb_paragraphs_does(
    project: Project, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    text = tmp_path / "trial-note.txt"
    text.write_text(TEXT)
    template = new_index(project, vocabulary, text)
    assert template.path == "documents/trial-note/index.ttl"
    found = {quad.triple for quad in parse(template.text.encode(), RdfFormat.TURTLE)}
    listed = index_triples(read_document(text))
    assert {quad.triple for quad in parse(listed.encode(), RdfFormat.TURTLE)} <= found
    assert f"this: <{BASE}documents/trial-note#>" in template.text


def test_a_document_that_has_an_index_is_not_begun_again(
    project: Project, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    text = tmp_path / f"{SLUG}.txt"
    text.write_text(TEXT)
    with pytest.raises(UnusableInput, match="exists already"):
        new_index(project, vocabulary, text)


def test_a_text_whose_name_is_no_part_of_an_iri_is_refused(
    project: Project, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    text = tmp_path / "My Note.txt"
    text.write_text(TEXT)
    with pytest.raises(UnusableInput, match="cannot be part of an IRI"):
        new_index(project, vocabulary, text)
