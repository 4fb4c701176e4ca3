"""``meagraph add``: from drafts to entries in their places."""

from __future__ import annotations

import os
from pathlib import Path

from drafts_desk import HEAD, INDEX, PASSAGE, PLACE, Said, add, draft, validate

from copies import snapshot
from meagraph.cli import main
from meagraph.namespaces import PREFIXES
from meagraph.project import Project


def test_a_record_and_the_passage_that_uses_it_are_added_together(
    root: Path, drafts: Path, capsys: Said
) -> None:
    names = draft(drafts, "1.ttl", PASSAGE % "there"), draft(drafts, "p.ttl", PLACE.format("there"))
    before = snapshot(root)
    assert add(root, names[0]) == 1
    said = capsys.readouterr()
    assert "1.ttl:" in said.out and "meash:Name-defined: places:there is used" in said.out
    assert said.err == "meagraph: nothing has been added\n"
    assert snapshot(root) == before
    assert add(root, *names) == 0
    assert capsys.readouterr().out == (
        "data/documents/note/1.ttl  new, 2 triples\n"
        "data/places/there.ttl  new, 2 triples\n"
        "data/register.ttl  renewed\n"
        "\n"
        "Next: meagraph verify and meagraph coverage compare this with the source texts;\n"
        "when someone else has read it: meagraph reviewed data/documents/note/1.ttl\n"
    )
    after = snapshot(root)
    assert {path.relative_to(root).as_posix() for path in after.keys() - before.keys()} == {
        "data/documents/note/1.ttl",
        "data/places/there.ttl",
    }
    register = (root / "data" / "register.ttl").read_text()
    assert register.count('"2999-01-01"^^xsd:date') == 4
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    assert validate(root) == 0


def test_what_is_added_is_canonical_and_without_guidance(root: Path, drafts: Path) -> None:
    text = (
        "#: a place\nplaces:there rdfs:label 'There'@en ;\n   #: what it is\n a mea:Place ;\n"
        'mea:remark "One\n#: two" .\n'
    ).replace('"One\n#: two"', '"""One\n#: two"""')
    (drafts / "p.ttl").write_bytes(("\ufeff" + HEAD + text).replace("\n", "\r\n").encode())
    assert add(root, "p.ttl") == 0
    assert (root / "data" / "places" / "there.ttl").read_bytes().decode() == (
        f"PREFIX mea: <{PREFIXES['mea']}>\nPREFIX places: <{PREFIXES['places']}>\n"
        f"PREFIX rdfs: <{PREFIXES['rdfs']}>\n\n"
        'places:there\n    a mea:Place ;\n    rdfs:label "There"@en ;\n'
        '    mea:remark "One\\n#: two" ;\n.\n'
    )


def test_a_dry_run_says_the_same_and_writes_nothing(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", PLACE.format("there"))
    before = snapshot(root)
    assert add(root, name, "--dry-run") == 0
    dry = capsys.readouterr().out
    assert snapshot(root) == before
    assert add(root, name) == 0
    assert dry == capsys.readouterr().out + "Nothing has been written: this is a dry run.\n"


def test_an_unchanged_file_is_said_to_be_so(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", PLACE.format("here"))
    before = snapshot(root)
    assert add(root, name) == 0
    said = capsys.readouterr().out
    assert said == "data/places/here.ttl  unchanged: it states the same already\n"
    assert snapshot(root) == before


def test_a_file_is_replaced_only_where_that_is_said(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", 'places:here a mea:Place ; rdfs:label "Here, anew"@en .')
    before = snapshot(root)
    for dry in ([], ["--dry-run"]):
        assert add(root, name, *dry) == 2
        said = capsys.readouterr()
        assert "p.ttl: data/places/here.ttl exists already" in said.err
        assert '1 triple would be lost:\n    places:here rdfs:label "here"@en\n' in said.err
        assert "--replace" in said.err
    assert "--- data/places/here.ttl\n+++ data/places/here.ttl\n" in said.out
    assert '-    rdfs:label "here"@en ;\n+    rdfs:label "Here, anew"@en ;\n' in said.out
    assert snapshot(root) == before
    assert add(root, name, "--replace") == 0
    said = capsys.readouterr()
    assert "data/places/here.ttl  replaced, 2 triples, 1 of them new\n" in said.out
    assert '    places:here rdfs:label "here"@en\n' in said.out
    assert '"Here, anew"@en' in (root / "data/places/here.ttl").read_text()


def test_a_record_of_a_document_becomes_an_index(root: Path, drafts: Path, capsys: Said) -> None:
    assert (
        add(root, draft(drafts, "d.ttl", 'documents:plan a mea:Document ; rdfs:label "P" .')) == 0
    )
    index = INDEX.replace("documents/note", "documents/plan").replace(
        "documents:note", "documents:plan"
    )
    index = index.replace("A note", "A plan")
    assert add(root, draft(drafts, "i.ttl", index), "--replace") == 0
    said = capsys.readouterr().out
    assert "data/documents/plan/index.ttl  replaced" in said
    assert "data/documents/plan.ttl  gone: its graph moves\n" in said
    assert not (root / "data/documents/plan.ttl").exists()
    assert "plan.ttl" not in (root / "data/register.ttl").read_text()
    assert main(["fmt", "--check", "--root", str(root)]) == 0


def test_findings_are_shown_as_validate_shows_them(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", "places:there a mea:Place .")
    before = snapshot(root)
    assert validate(root, name) == 1
    shown = capsys.readouterr().out
    assert add(root, name) == 1
    said = capsys.readouterr()
    assert said.out.strip() == shown.strip()
    assert shown.startswith(f"p.ttl:{HEAD.count(chr(10)) + 1}:1: violation meash:Place-label: ")
    assert snapshot(root) == before


def test_what_an_entry_breaks_elsewhere_keeps_it_out(
    root: Path, drafts: Path, capsys: Said
) -> None:
    assert add(root, draft(drafts, "1.ttl", PASSAGE % "here")) == 0
    name = draft(drafts, "p.ttl", 'places:here a mea:Activity ; rdfs:label "here"@en .')
    capsys.readouterr()
    assert add(root, name, "--replace") == 1
    said = capsys.readouterr().out
    assert "graph/data/documents/note/1.ttl:" in said.replace(os.sep, "/")
    assert "violation meash:Activity-at" in said
    assert "elsewhere: This file does not arrive" in said


def test_a_warning_keeps_an_entry_out_only_when_asked(
    root: Path, drafts: Path, capsys: Said
) -> None:
    name = draft(drafts, "p.ttl", 'places:there a mea:Place ; rdfs:label "here"@en .')
    assert add(root, name, "--fail-on", "warning") == 1
    assert not (root / "data/places/there.ttl").exists()
    assert add(root, name) == 0
    assert "warning meash:Label-unique" in capsys.readouterr().out
    assert (root / "data/places/there.ttl").exists()


def test_the_real_graph_takes_a_record(project: Project, drafts: Path, capsys: Said) -> None:
    text = (project.data / "meetings" / "prtr-round-table-4.ttl").read_text()
    (drafts / "m.ttl").write_text(text.replace("table-4", "table-40").replace("fourth", "fortieth"))
    assert main(["add", "m.ttl", "--dry-run", "--root", str(project.root)]) == 0
    assert "data/meetings/prtr-round-table-40.ttl  new, 3 triples" in capsys.readouterr().out
