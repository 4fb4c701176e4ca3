"""A renaming changes one name in every file of a graph, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from copies import copied, snapshot
from meagraph.entries import read_entries
from meagraph.entries.renaming import Renaming, renaming
from meagraph.entries.replacement import replace_together
from meagraph.errors import UnusableInput
from meagraph.graph import build
from meagraph.names import resolve
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, OWL, RDFS, expand
from meagraph.project import Project

LATER = date(2999, 1, 1)
OLD, NEW = "organisations:oecd", "organisations:economic-cooperation"
PASSAGE = BASE + "documents/minamata-cop6-cooperation-activities/annex-1/24"


@pytest.fixture
def graph(project: Project, tmp_path: Path) -> Project:
    """The product's own graph, to be changed."""
    return Project(copied(project, tmp_path))


def rename(graph: Project, old: str, new: str) -> Renaming:
    found = renaming(graph, old, new, LATER)
    replace_together(found.changes)
    return found


def iri(name: str) -> str:
    return name if name.startswith(BASE) else str(expand(name))


def stated(graph: Project, old: str = "", new: str = "") -> dict[str, set[str]]:
    """The triples of each graph of ``data/`` but the register, with one name for another."""

    def text(term: object) -> str:
        return str(term).replace(f"<{iri(old)}>", f"<{iri(new)}>") if old else str(term)

    return {
        text(f"<{entry.graph}>"): {text(triple) for triple in entry.triples}
        for entry in read_entries(graph.data)
        if entry.graph != BASE + "register"
    }


def canonical(path: Path, old: str = "", new: str = "") -> set[str]:
    """The triples of a Turtle file, blank nodes under names that the triples alone give."""
    text = path.read_text()
    parsed = ox.parse(text.encode(), ox.RdfFormat.TURTLE, base_iri=BASE)
    renamed = ox.Dataset()
    for quad in parsed:
        terms = [
            ox.NamedNode(iri(new)) if old and term == ox.NamedNode(iri(old)) else term
            for term in quad.triple
        ]
        renamed.add(ox.Quad(*terms))  # type: ignore[arg-type]
    renamed.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in renamed}


def test_the_graph_differs_by_the_name_of_the_entity_alone(graph: Project) -> None:
    before = stated(graph, OLD, NEW)
    labels = {t for t in before[f"<{iri(NEW)}>"] if f"<{iri(NEW)}> <{RDFS}label>" in t}
    assert len(labels) == 1
    found = rename(graph, OLD, NEW)
    after = stated(graph)
    left = after.pop(f"<{iri(OLD)}>")
    assert after == before
    assert left == {
        *(label.replace(iri(NEW), iri(OLD)) for label in labels),
        f'<{iri(OLD)}> <{OWL}deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        f"<{iri(OLD)}> <{DCTERMS}isReplacedBy> <{iri(NEW)}>",
    }
    mentioning = [path for path in found.mentions if path.is_relative_to(graph.data)]
    assert len(mentioning) > 2
    assert resolve(build(graph), OLD) == iri(NEW)


def test_what_was_valid_is_valid_after_an_entity_was_renamed(graph: Project) -> None:
    from meagraph.cli import main

    # Classes whose shapes ask for more than a label: what is given up must not be measured by them.
    rename(graph, "organisations:minamata-secretariat", "organisations:mercury-secretariat")
    rename(graph, "bodies:oecd-chemicals-committee", "bodies:oecd-committee")
    assert main(["validate", "--root", str(graph.root)]) == 0
    assert main(["fmt", "--check", "--root", str(graph.root)]) == 0


def test_an_entity_is_renamed_in_the_stored_questions(graph: Project) -> None:
    file = graph.queries / "meetings" / "of-one-body.rq"
    text = "SELECT ?meeting { VALUES ?agent { <%s> %s } ?meeting mea:bodyOf ?agent }\n"
    file.write_text(text % (iri(OLD), OLD))
    rename(graph, OLD, NEW)
    assert file.read_text() == text % (iri(NEW), NEW)


def test_the_register_goes_with_the_file(graph: Project) -> None:
    register = graph.data / "register.ttl"
    remark = f'\norganisations:oecd.ttl <{ONTOLOGY}remark> "read twice"@en .\n'
    register.write_text(register.read_text() + remark)
    rename(graph, OLD, NEW)
    triples = next(e for e in read_entries(graph.data) if e.path == register).triples

    def said(path: str) -> dict[str, str]:
        node = ox.NamedNode(f"{BASE}{path}.ttl")
        return {
            triple.predicate.value.rpartition("/")[2].rpartition("#")[2]: str(triple.object)
            for triple in triples
            if triple.subject == node
        }

    new, old = said("organisations/economic-cooperation"), said("organisations/oecd")
    assert "2999" not in new["created"] and "2999-01-01" in new["modified"]
    assert new["remark"] == '"read twice"@en'
    assert "2999-01-01" in old["created"] and "remark" not in old


@pytest.mark.parametrize(
    ("old", "new"),
    [("mea:Organisation", "mea:Organization"), ("mea:hasParticipation", "mea:participation"),
     ("mea:closure", "mea:closedness"), ("status:held", "status:took-place")],
)  # fmt: skip
def test_a_term_is_renamed_in_data_ontology_shapes_and_questions(
    graph: Project, old: str, new: str
) -> None:
    before = stated(graph, old, new)
    files = [*graph.ontology.rglob("*.ttl"), *graph.shapes.rglob("*.ttl")]
    turtle = {path: canonical(path, old, new) for path in files}
    found = rename(graph, old, new)
    assert stated(graph) == before
    left = {
        f'<{iri(old)}> <{OWL}deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        f"<{iri(old)}> <{DCTERMS}isReplacedBy> <{iri(new)}>",
    }
    changed = set()
    for path, triples in turtle.items():
        after = canonical(path)
        changed |= after - triples
        # A query in a shape is one string, and its terms change too.
        assert {t.replace(new, old) for t in triples - after} == {
            t.replace(new, old) for t in after - triples - left
        }, path
    assert left <= changed
    folders = {path.relative_to(graph.root).parts[0] for path in found.mentions}
    assert {"data", "ontology", "shapes"} <= folders
    for path in [*files, *graph.queries.rglob("*.rq"), *graph.data.rglob("*.ttl")]:
        assert names(path, old) <= (1 if path.is_relative_to(graph.ontology) else 0), path


def names(path: Path, name: str) -> int:
    """How often a file says a prefixed name outside the lines that are known to hold prose."""
    import re

    lines = [
        line
        for line in path.read_text().splitlines()
        if not re.match(
            r"\s*(sh:message|skos:(example|definition)|#\+ (meaning|description)|# )", line
        )
    ]
    return len(re.findall(rf"(?<![\w:/-]){re.escape(name)}(?![\w-])", "\n".join(lines)))


def test_questions_answer_the_same_with_a_renamed_concept(graph: Project) -> None:
    from meagraph.queries import ask, load_question

    def answer() -> list[str]:
        text = load_question(graph, "meetings-in-a-place").text
        return [str(row) for row in ask(build(graph), text).rows]

    before = answer()
    assert before
    rename(graph, "status:held", "status:took-place")
    assert answer() == before


def test_a_claim_is_renamed_and_leaves_nothing(graph: Project) -> None:
    old, new = f"{PASSAGE}#round-table", f"<{PASSAGE}#prtr-round-table>"
    before = stated(graph, old, new.strip("<>"))
    found = rename(graph, old, new)
    assert stated(graph) == before
    assert found.moved is None
    assert f"<{old}>" not in {s for ts in stated(graph).values() for t in ts for s in t.split()}


def test_a_name_that_was_given_up_is_not_used_again(graph: Project) -> None:
    rename(graph, OLD, NEW)
    rename(graph, NEW, "organisations:third")
    for given_up in (OLD, NEW):
        assert resolve(build(graph), given_up) == iri("organisations:third")
        with pytest.raises(UnusableInput, match="exists already"):
            renaming(graph, "organisations:ilo", given_up, LATER)
    with pytest.raises(UnusableInput, match="given up before") as raised:
        renaming(graph, OLD, "organisations:fourth", LATER)
    assert "organisations:third" in str(raised.value.hint)


def test_a_term_that_was_given_up_is_not_used_again(graph: Project) -> None:
    rename(graph, "kind:presentation", "kind:lecture")
    with pytest.raises(UnusableInput, match="given up before"):
        renaming(graph, "kind:presentation", "kind:talk", LATER)
    with pytest.raises(UnusableInput, match="in use already"):
        renaming(graph, "kind:lecture", "kind:presentation", LATER)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("organisations:ocde", "organisations:x", "nothing is called"),
        ("mea:Organisaton", "mea:X", "nothing is called"),
        ("kind:presentatio", "kind:x", "nothing is called"),
        (f"{PASSAGE}#round-tabel", f"{PASSAGE}#x", "nothing is called"),
        (OLD, "organisations:unep", "exists already"),
        (OLD, "organisations:OECD", "cannot be part of an IRI"),
        (OLD, "organisations:index", "no record can be called"),
        (OLD, "bodies:oecd", "not be of the same kind"),
        (OLD, "mea:oecd", "not be of the same kind"),
        (OLD, OLD, "already called so"),
        (OLD, "http://other.org/oecd", "not a name of the graph"),
        ("oecd", "organisations:x", "not a name of the graph"),
        ("mea:Organisation", "mea:organisation", "a class cannot be called"),
        ("mea:agent", "mea:Actor", "a property cannot be called"),
        ("mea:agent", "mea:role", "in use already"),
        ("kind:presentation", "kind:A", "a concept cannot be called"),
        ("kind:presentation", "role:presentation", "not be of the same kind"),
        (f"{PASSAGE}#round-table", f"{PASSAGE}#committee", "in use already"),
        (f"{PASSAGE}#round-table", f"{PASSAGE[:-1]}#round-table", "not be of the same kind"),
        (PASSAGE, f"{PASSAGE}x", "not a name that can be changed"),
        ("meash:Activity", "meash:Act", "not a name that can be changed"),
        ("documents:minamata-cop6-cooperation-activities", "documents:x", "passages are in"),
    ],
)
def test_what_cannot_be_renamed_is_refused(project: Project, old: str, new: str, why: str) -> None:
    with pytest.raises(UnusableInput, match=why) as raised:
        renaming(project, old, new, LATER)
    assert raised.value.hint


def test_near_names_are_suggested(project: Project) -> None:
    with pytest.raises(UnusableInput) as raised:
        renaming(project, "organisations:ocde", "organisations:x", LATER)
    assert "organisations:oecd" in str(raised.value.hint)


def test_a_comment_that_would_be_lost_stops_it_before_anything_is_written(graph: Project) -> None:
    path = graph.data / "organisations" / "oecd.ttl"
    path.write_text(path.read_text() + "# why\n")
    before = snapshot(graph.root)
    with pytest.raises(UnusableInput, match="a comment would be lost"):
        renaming(graph, OLD, NEW, LATER)
    assert snapshot(graph.root) == before


def test_strings_and_comments_that_mention_the_name_are_listed(graph: Project) -> None:
    found = renaming(graph, "status:held", "status:took-place", LATER)
    assert graph.shapes / "meeting.ttl" in {path for path, _ in found.prose}
    for path, line in found.prose:
        text = found.changes.get(path) or path.read_text()
        assert "status:held" in text.splitlines()[line - 1]
