"""Data files are read whole, or refused at the place where they go wrong."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from meagraph.entries import locate, read_entries, read_entry
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ONTOLOGY

GRAPH = BASE + "documents/d/24"
HEAD = f"PREFIX mea: <{ONTOLOGY}>\nPREFIX this: <{GRAPH}#>\n"


def written(data: Path, body: str, path: str = "documents/d/24.ttl") -> Path:
    file = data / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body.encode())
    return file


def test_an_entry_keeps_literals_as_they_are_written(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "this:a mea:x 007, 1.50, this:b, this:b .")
    entry = read_entry(file, tmp_path)
    assert entry.graph == GRAPH
    assert [str(triple.object).partition("^")[0] for triple in entry.triples] == [
        '"007"',
        '"1.50"',
        f"<{GRAPH}#b>",
    ]


def test_a_byte_order_mark_and_line_ends_of_windows_are_accepted(tmp_path: Path) -> None:
    body = "\ufeff" + (HEAD + "this:a mea:x '''one\ntwo''' .\n").replace("\n", "\r\n")
    entry = read_entry(written(tmp_path, body), tmp_path)
    assert entry.triples[0].object == ox.Literal("one\ntwo")
    assert "\r" not in entry.text and not entry.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("body", "place", "message", "advice"),
    [
        ("this:a a meetngs:b .", (3, 10), "“meetngs:b”", "Did you mean meetings:"),
        (
            "this:a a dcterms:b .",
            (3, 10),
            "dcterms:",
            "PREFIX dcterms: <http://purl.org/dc/terms/>",
        ),
        ("this:a mea:x 1 mea:y 2 .", (3, 16), "“mea:y”", "“;”"),
        ("this:a mea:x 1\nthis:b mea:x 2 .", (4, 1), "“this:b”", "“.” missing"),
        ("this:a mea:x 1", (3, 15), "too early", "“.” missing at the end"),
        ('this:a mea:x "abc ;\n mea:y 1 .', (3, 14), "end of file", "never closed"),
        ('this:a mea:x "a"b" .', (3, 17), "“b”", '\\"'),
        ("this:a mea:x , this:b .", (3, 14), "“,”", "value missing"),
        ("this:a mea:x True .", (3, 14), "“True”", "Write true"),
        ("this:a mea:x this:b/c .", (3, 20), "“/”", "whole IRI"),
        ("this:a mea:x 'one\ntwo' .", (3, 18), "", "close it"),
        ("PREFIX this: <http://other.org/>", (3, 1), "this:", f"PREFIX this: <{GRAPH}#>"),
        ("@prefix rdfs: <http://x/> .", (3, 1), "rdfs:", "rdf-schema#"),
    ],
)
def test_a_mistake_is_placed_and_explained(
    tmp_path: Path, body: str, place: tuple[int, int], message: str, advice: str
) -> None:
    file = written(tmp_path, HEAD + body)
    with pytest.raises(UnusableInput) as caught:
        read_entry(file, tmp_path)
    error = caught.value
    assert (error.file, (error.line, error.column)) == (str(file), place)
    assert message in error.message
    assert advice in (error.hint or "")


def test_the_line_of_a_mistake_is_shown_with_a_mark_below_it(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "this:a a foo:b .")
    with pytest.raises(UnusableInput) as caught:
        read_entry(file, tmp_path)
    shown, mark = str(caught.value).split("\n")[1:3]
    assert mark.index("^") == shown.index("foo:b")
    assert mark.count("^") == len("foo:b")


def test_a_file_that_is_not_utf8_is_refused_at_the_byte(tmp_path: Path) -> None:
    file = written(tmp_path, "")
    file.write_bytes(HEAD.encode() + "this:a mea:x 'Yaoundé' .".encode("latin-1"))
    with pytest.raises(UnusableInput, match="0xE9") as caught:
        read_entry(file, tmp_path)
    assert (caught.value.line, caught.value.column) == (3, 21)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"24\.ttl.*cannot be read"):
        read_entry(tmp_path / "documents/d/24.ttl", tmp_path)


def test_entries_come_in_the_order_of_their_paths_and_progress_is_told(tmp_path: Path) -> None:
    for path in ("places/b.ttl", "documents/d/24.ttl", "places/a.ttl"):
        written(tmp_path, "<> <> <> .", path)
    told: list[tuple[int, int, str]] = []
    entries = read_entries(tmp_path, lambda *step: told.append(step))
    paths = [entry.path.relative_to(tmp_path).as_posix() for entry in entries]
    assert paths == ["documents/d/24.ttl", "places/a.ttl", "places/b.ttl"]
    assert told[0] == (0, 3, "documents/d/24.ttl")
    assert told[-1][:2] == (3, 3)


def test_triples_nodes_predicates_and_mentions_are_located(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "this:a mea:x this:b ;\n  mea:y 1 .\nthis:b mea:x 'z' .")
    entry = read_entry(file, tmp_path)
    positions = locate(entry)
    assert [positions.triple(triple) for triple in entry.triples] == [(3, 14), (4, 9), (5, 14)]
    assert positions.node(f"{GRAPH}#b") == (5, 1)
    assert positions.mention(f"{GRAPH}#b") == (3, 14)
    assert positions.predicate(f"{GRAPH}#a", ONTOLOGY + "y") == (4, 3)
    assert positions.node(f"{GRAPH}#none") is None
    assert positions.predicate(f"{GRAPH}#b", ONTOLOGY + "y") is None
