"""An entry that does not stand in the graph yet: which graph it is, and what keeps it out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path, PurePosixPath

import pytest

from meagraph.entries import locate
from meagraph.entries.arrival import arrival, read_arrivals
from meagraph.entries.selection import STANDARD_INPUT, standing
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, PREFIXES
from meagraph.project import Project

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
LINE = HEAD.count("\n") + 1
FILE = Path("draft.ttl")
PASSAGE = f"PREFIX this: <{BASE}documents/note/annex-1/1#>\n"


def told(data: Path, text: str, destination: str | None = None) -> str:
    path = PurePosixPath(destination) if destination else None
    found = arrival(FILE, (HEAD + text).encode(), data, path)
    assert found.entry.path == FILE
    where = found.destination.relative_to(data).as_posix()
    return f"{found.entry.graph.removeprefix(BASE)} {where}"


@pytest.mark.parametrize(
    ("text", "graph", "path"),
    [
        (PASSAGE + "this:x a mea:Activity .", "documents/note/annex-1/1", ""),
        (PASSAGE + "places:here a mea:Place .", "documents/note/annex-1/1", ""),
        (f"@prefix this: <{BASE}readings/d/1#> .\nthis:x a mea:Reading .", "readings/d/1", ""),
        ('places:here a mea:City ; rdfs:label "Here" ; mea:of places:there .', "places/here", ""),
        ("places:here owl:deprecated true .", "places/here", ""),
        ("documents:note a mea:Document .", "documents/note", ""),
        (
            f"documents:note a mea:Document . <{BASE}documents/note/1> a mea:Passage .",
            "documents/note",
            "documents/note/index.ttl",
        ),
        (
            f"PREFIX this: <{BASE}documents/note#> <{BASE}documents/note/1> a mea:Passage .",
            "documents/note",
            "documents/note/index.ttl",
        ),
    ],
)  # fmt: skip
def test_a_file_tells_its_graph(text: str, graph: str, path: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == f"{graph} {path or graph + '.ttl'}"


def test_the_path_that_is_named_goes_before_the_record(tmp_path: Path) -> None:
    said = "places:here a mea:Place ."
    assert told(tmp_path, said, "documents/note/1.ttl") == "documents/note/1 documents/note/1.ttl"
    index = "documents/note/index.ttl"
    assert told(tmp_path, said, index) == f"documents/note {index}"


def test_relative_names_are_those_of_the_graph(tmp_path: Path) -> None:
    text = f"{HEAD}{PASSAGE}<#x> mea:event <2#y> ."
    (triple,) = arrival(FILE, text.encode(), tmp_path).entry.triples
    assert str(triple.subject) == f"<{BASE}documents/note/annex-1/1#x>"
    assert str(triple.object) == f"<{BASE}documents/note/annex-1/2#y>"


def test_an_index_that_stands_is_where_its_graph_goes(tmp_path: Path) -> None:
    (tmp_path / "documents" / "note").mkdir(parents=True)
    (tmp_path / "documents" / "note" / "index.ttl").write_text("")
    assert told(tmp_path, "documents:note a mea:Document .").endswith(" documents/note/index.ttl")


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ('places:here rdfs:label "x" .', "nothing says which graph", "--as"),
        ("<#x> a mea:Activity .", "nothing says which graph", "PREFIX this:"),
        ("places:a a mea:Place . places:b a mea:Place .", "several records", "a file of its own"),
        ("PREFIX this: <http://x/y#>\nthis:x a mea:Place .", "this: stands for <http://x/y#>", ""),
        (f"PREFIX this: <{BASE}places/a>\nplaces:a a mea:Place .", "this: stands for", "#>"),
        (f"PREFIX this: <{BASE}register#>\nthis:x a mea:A .", "register", "fmt"),
        (f"PREFIX this: <{BASE}ontology#>\nthis:x a mea:Place .", "cannot be a graph", ""),
        (f"PREFIX this: <{BASE}meetngs/x#>\nthis:x a mea:A .", "cannot be a graph", "meetings"),
        (f"PREFIX this: <{BASE}documents/d/index#>\nthis:x a mea:A .", "cannot", "nts/d#>"),
        (f"PREFIX this: <{BASE}places/a/b#>\nthis:x a mea:A .", "no slash", "a-b"),
        ("PREFIX mea: <urn:x>\nplaces:a a mea:Place .", "mea: stands for <urn:x>", "mea: <"),
        ("PREFIX x: <urn:x>\nPREFIX x: <urn:y>\nplaces:a a x:P .", "declared twice", "Keep"),
        ("places:a a mea:Place", "ends too early", "“.” missing"),
        ("places:a a this:Place .", "this: has not been declared", "PREFIX this:"),
        ("places:a a mea:Place ; mea:x <http://x/a b> .", "stops being Turtle", "no space"),
        ('places:a a mea:Place ; mea:x "a\0b" .', "NUL", "Delete"),
        ('places:a a mea:Place ; mea:x "a\\u0000b" .', "NUL", "Delete"),
        ("places:a a mea:Place ; mea:x <<( places:a a 1 )>> .", "a triple stands as a value", ""),
        (f"places:a a mea:Place ; mea:x {'[ mea:x ' * 10_000}1{']' * 10_000} .", "brackets", ""),
        ("", "states nothing", "saved"),
    ],
)  # fmt: skip
def test_what_keeps_a_file_out(text: str, message: str, advice: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInput) as raised:
        arrival(FILE, (HEAD + text).encode(), tmp_path)
    assert message in raised.value.message
    assert advice in (raised.value.hint or "")
    assert raised.value.file == str(FILE)


def test_one_of_our_prefixes_bound_wrongly_and_then_rightly_is_refused(tmp_path: Path) -> None:
    text = "PREFIX mea: <http://x/>\nplaces:a a mea:Place .\n" + HEAD
    with pytest.raises(UnusableInput, match="mea: stands for <http://x/>") as raised:
        arrival(FILE, (HEAD + text).encode(), tmp_path, PurePosixPath("places/a.ttl"))
    assert (raised.value.line, raised.value.column) == (LINE, 1)


def test_a_named_path_and_the_prefix_must_agree(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="this: stands for") as raised:
        told(tmp_path, PASSAGE + "this:x a mea:Activity .", "documents/note/annex-1/2.ttl")
    assert f"<{BASE}documents/note/annex-1/2#>" in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        ((HEAD + 'places:a rdfs:label "Yaoundé" .').encode("latin-1"), "not UTF-8"),
        ((HEAD + "places:a a mea:Place .").encode("utf-16"), "the file is UTF-16"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=message):
        arrival(FILE, raw, tmp_path)


def test_a_byte_order_mark_and_line_ends_of_windows_are_accepted(tmp_path: Path) -> None:
    raw = ("\ufeff" + HEAD + "places:a a mea:Place .\n").replace("\n", "\r\n").encode()
    assert arrival(FILE, raw, tmp_path).entry.text == HEAD + "places:a a mea:Place .\n"


def test_guidance_is_dropped_and_nothing_else_moves(tmp_path: Path) -> None:
    text = (
        "#: what this is\nplaces:a a mea:Place ; #: no line of guidance\n"
        '  #: its name\n  rdfs:label """one\n#: two""" . # mine\n'
    )
    entry = arrival(FILE, (HEAD + text).encode(), tmp_path).entry
    assert [comment[0] - LINE for comment in locate(entry).comments] == [1, 4]
    assert '\n#: two"""' in entry.text
    assert "what this is" not in entry.text and "its name" not in entry.text
    assert [locate(entry).triple(t) for t in entry.triples] == [(LINE + 1, 12), (LINE + 3, 14)]


# --- which files --------------------------------------------------------------------------------


def draft(folder: Path, name: str, record: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEAD}{record} a mea:Place .\n")
    return path


def test_a_folder_stands_for_its_turtle_files(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    draft(drafts, "b.ttl", "places:b")
    draft(drafts, "deep/a.ttl", "places:a")
    draft(drafts, ".hidden.ttl", "places:c")
    draft(drafts, ".git/d.ttl", "places:d")
    (drafts / "notes.txt").write_text("no Turtle")
    (drafts / "deep" / "up").symlink_to(drafts)
    found = read_arrivals([drafts, drafts / "b.ttl"], tmp_path / "data")
    assert [one.entry.path for one in found.usable] == [drafts / "b.ttl", drafts / "deep" / "a.ttl"]
    assert [one.destination.name for one in found.usable] == ["b.ttl", "a.ttl"]


def test_every_file_that_cannot_be_used_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    good = draft(tmp_path, "good.ttl", "places:a")
    bad = tmp_path / "bad.ttl"
    bad.write_text("places:a")
    loop = tmp_path / "loop.ttl"
    loop.symlink_to(loop)
    found = read_arrivals([bad, good, tmp_path / "none.ttl", loop], tmp_path / "data")
    assert [one.entry.path for one in found.usable] == [good]
    told_of = {one.mistake.file: one.text for one in found.illegible}
    assert told_of == {str(bad): "places:a", str(tmp_path / "none.ttl"): "", str(loop): ""}


@pytest.mark.parametrize(
    "destination", ["places/a.ttl", "data/places/a.ttl", "{data}/places/a.ttl"]
)
def test_standard_input_goes_where_it_is_said(destination: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    stream = BytesIO(f'{HEAD}places:a rdfs:label "A" .'.encode())
    (found,) = read_arrivals([STANDARD_INPUT], data, destination.format(data=data), stream).usable
    assert (found.entry.graph, found.destination) == (BASE + "places/a", data / "places/a.ttl")
    assert str(found.entry.path) == "<stdin>"


@pytest.mark.parametrize(
    ("destination", "message"),
    [
        ("places/a/b.ttl", "no slash after its kind"),
        ("../a.ttl", "cannot be part of an IRI"),
        ("/elsewhere/a.ttl", "does not stand under"),
        ("register.ttl", "the register is no entry"),
        ("places/a", "not a Turtle file"),
        ("place/a.ttl", "not a folder of the graph"),
    ],
)
def test_a_path_that_no_entry_can_have(destination: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=message):
        read_arrivals([draft(tmp_path, "a.ttl", "places:a")], tmp_path / "data", destination)


def test_two_files_of_one_graph_are_refused(tmp_path: Path) -> None:
    one, two = (draft(tmp_path, name, "places:a") for name in ("one.ttl", "two.ttl"))
    with pytest.raises(UnusableInput, match=r"two.ttl: this file and .*one.ttl would both be"):
        read_arrivals([one, two], tmp_path / "data")
    with pytest.raises(UnusableInput, match="path of one file, and 2 are given"):
        read_arrivals([one, two], tmp_path / "data", "places/a.ttl")
    again = tmp_path / "again.ttl"
    again.symlink_to(one)
    assert len(read_arrivals([one, one, again], tmp_path / "data").usable) == 1


def test_a_folder_without_turtle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no Turtle")
    with pytest.raises(UnusableInput, match="no Turtle file stands in this folder"):
        read_arrivals([tmp_path], tmp_path / "data")


def test_what_stands_in_the_graph_is_told_from_what_does_not(tmp_path: Path) -> None:
    project = Project(tmp_path / "graph")
    inside = [project.data / "places" / "a.ttl", project.ontology, project.root, tmp_path]
    link = tmp_path / "link"
    project.data.mkdir(parents=True)
    link.symlink_to(project.data)
    outside = [tmp_path / "a.ttl", project.shapes, STANDARD_INPUT, tmp_path / "graph" / "database"]
    here, elsewhere = standing(project, [*inside, link / "places", *outside])
    assert (here, elsewhere) == ([*inside, link / "places"], outside)
