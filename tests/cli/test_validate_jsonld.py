"""``meagraph validate`` of JSON-LD: documents of the export, and drafts of a curator's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from drafts_desk import Said, validate
from pyoxigraph import Store

from meagraph.export.jsonld import CONTEXT, document
from meagraph.namespaces import BASE
from meagraph.project import Project

PASSAGE = "documents/minamata-cop6-cooperation-activities/annex-1/10"


def rules(report: dict[str, Any]) -> set[str]:
    return {one["rule"] for one in report["findings"]}


def test_a_fault_in_a_document_of_the_export_is_the_one_that_it_is_in_turtle(
    project: Project, store: Store, drafts: Path, capsys: Said
) -> None:
    def told(name: str) -> dict[str, Any]:
        assert validate(project.root, name, "--format", "json") == 1
        return dict(json.loads(capsys.readouterr().out))

    taken = json.dumps(document(store, BASE + PASSAGE), indent=2, ensure_ascii=False)
    (drafts / "taken.jsonld").write_text(taken)
    assert validate(project.root, "taken.jsonld") == 0
    capsys.readouterr()
    (drafts / "wrong.jsonld").write_text(taken.replace('"ordinal": 6', '"ordinal": "six"'))
    turtle = (project.data / f"{PASSAGE}.ttl").read_text()
    (drafts / "wrong.ttl").write_text(turtle.replace("mea:ordinal 6", 'mea:ordinal "six"'))
    in_json = told("wrong.jsonld")
    assert rules(in_json) == rules(told("wrong.ttl"))
    line = next(n for n, text in enumerate(taken.splitlines(), 1) if '"ordinal"' in text)
    places = [one["places"][0] for one in in_json["findings"] if not one["elsewhere"]]
    assert [(Path(place["file"]).name, place["line"]) for place in places] == [
        ("wrong.jsonld", line),
        ("wrong.jsonld", line),
    ]


def place(slug: str, **more: object) -> str:
    context = {"label": {"@id": "http://www.w3.org/2000/01/rdf-schema#label", "@language": "en"}}
    thing = {"@id": f"{BASE}places/{slug}", "@type": "https://w3id.org/meagraph/ontology#Place"}
    return json.dumps({"@context": context, **thing, **more}, indent=1)


def test_json_ld_and_turtle_arrive_together(root: Path, drafts: Path, capsys: Said) -> None:
    (drafts / "one.jsonld").write_text(place("one"))
    (drafts / "two.jsonld").write_text(place("two", label="Two"))
    (drafts / "three.ttl").write_text(
        f"<{BASE}places/three> a <https://w3id.org/meagraph/ontology#Place> ."
    )
    named = ("one.jsonld", "two.jsonld", "three.ttl")
    assert validate(root, *named, "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["files"] == 3
    assert {Path(one["places"][0]["file"]).name for one in report["findings"]} == {
        "one.jsonld",
        "three.ttl",
    }
    assert validate(root, "one.jsonld") == 1
    shown = capsys.readouterr().out
    assert shown.startswith("one.jsonld:") and "places/one" in shown


def test_a_path_is_named_for_one_file_of_either_form(
    root: Path, drafts: Path, capsys: Said
) -> None:
    (drafts / "one.jsonld").write_text(place("one", label="One"))
    (drafts / "two.jsonld").write_text(place("two", label="Two"))
    assert validate(root, "one.jsonld", "--as", "places/one.ttl") == 0
    capsys.readouterr()
    assert validate(root, "one.jsonld", "two.jsonld", "--as", "places/one.ttl") == 2
    assert "--as names the path of one file" in capsys.readouterr().err


def test_two_files_of_one_graph_are_refused(root: Path, drafts: Path, capsys: Said) -> None:
    (drafts / "one.jsonld").write_text(place("one", label="One"))
    (drafts / "again.jsonld").write_text(place("one", label="Again"))
    assert validate(root, "one.jsonld", "again.jsonld") == 2
    assert "would both be the graph" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"@context": "https://schema.org/", "@id": f"{BASE}places/one"}),
        json.dumps({"@context": CONTEXT.replace("https", "http"), "id": f"{BASE}places/one"}),
        "{",
        "",
    ],
)
def test_what_cannot_be_read_is_told_by_its_own_name(
    root: Path, drafts: Path, capsys: Said, text: str
) -> None:
    (drafts / "one.jsonld").write_text(text)
    assert validate(root, "one.jsonld") == 2
    assert "one.jsonld:1:" in capsys.readouterr().out
    assert validate(root, "missing.jsonld") == 2
