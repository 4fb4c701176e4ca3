"""Every rule has a wrong example, and the graph itself breaks none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from meagraph.graph import build
from meagraph.namespaces import DCTERMS, ONTOLOGY, PREFIXES, SHAPES
from meagraph.project import Project
from wrong_examples import (
    EXAMPLES,
    INVALID,
    SHAPE_FILES,
    Found,
    broken,
    expected,
    name,
    shapes,
    subjects,
)

NOT_CONSTRAINTS = {SH.path, SH.severity, SH.message, SH.property, SH.ignoredProperties}
"""What a rule has of the shapes vocabulary that cannot be broken by itself."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")
"""Where the first sentence of a message ends: the next one begins with a capital, or a sign."""

DATED = URIRef(SHAPES + "Dated-when")
"""Its message shows an EDTF set, which is written in braces."""

PLACEHOLDER = re.compile(r"\{[$?](\w+)\}")

NOTES = {
    ("meash:Activity-planned-past-told", "annex-1/15/d#booth"),
    ("meash:Dated-stated-order-told", "meetings/prtr-round-table-4"),
    ("meash:Quantity-stated-told", "annex-1/25#fee"),
    ("meash:CooperationActivity-told", "annex-1/31-2#launch"),
    ("meash:Footnote-mark-told", "fn/star-2"),
    ("meash:SourceDocument-symbol-told", "documents/minamata-cop4-brs-joint-report"),
}
"""Defects of the sources that readings tell of: one for each rule that finds some."""

WITHOUT_LABEL = {"Participation", "Passage", "EntryFile", "Agent"}
"""Classes whose things are named otherwise (by their act, their label in the document, a path), and
agents, which have the label of what they are besides."""


def rules() -> Iterator[URIRef]:
    """The shapes that make findings: with a message; the others only gather them."""
    for shape in set(shapes().subjects(SH.message)):
        assert isinstance(shape, URIRef), "a shape with a message has a name"
        yield shape


def message(rule: Node) -> str:
    """The one message of a rule."""
    (found,) = shapes().objects(rule, SH.message)
    return str(found)


def parts(message: str) -> tuple[str, str, str]:
    """Rule, cause and remedy of a message, as the report tells them apart; empty if missing."""
    rule, *rest = SENTENCE_END.split(message, maxsplit=1)
    cause, _, remedy = "".join(rest).partition(": ")
    return rule, cause, remedy


def shown_by_examples() -> set[str]:
    """The names of the rules that wrong examples say they break."""
    return {rule.partition("(")[0] for example in EXAMPLES for rule in expected(example)}


def is_constraint(parameter: Node) -> bool:
    return (
        str(parameter).startswith(str(SH))
        and not str(parameter).startswith(str(SH.target))
        and parameter not in NOT_CONSTRAINTS
    )


def test_wrong_examples_share_no_names_with_each_other() -> None:
    seen: dict[str, str] = {}
    for example in EXAMPLES:
        for subject in subjects(example):
            assert seen.setdefault(subject, example.name) == example.name, subject


def test_wrong_examples_describe_nothing_that_the_graph_has(project: Project) -> None:
    store = build(project)
    for example in EXAMPLES:
        for subject in subjects(example):
            known = store.quads_for_pattern(NamedNode(subject), None, None, DefaultGraph())
            assert not list(known), f"{example.name}: {subject}"


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.stem)
def test_a_wrong_example_says_all_that_is_found_in_it(example: Path, findings: list[Found]) -> None:
    assert broken(example, findings) == expected(example)


def in_the_graph_itself(findings: list[Found]) -> list[Found]:
    introduced = frozenset().union(*map(subjects, EXAMPLES))
    return [found for found in findings if found.focus not in introduced]


def test_the_graph_itself_breaks_no_rule(findings: list[Found]) -> None:
    assert [one for one in in_the_graph_itself(findings) if one.severity != "info"] == []


def test_what_the_sources_have_wrong_is_a_note(findings: list[Found]) -> None:
    notes = {(one.rule, one.focus) for one in in_the_graph_itself(findings)}
    assert {
        (rule, end)
        for rule, end in NOTES
        if not any(rule == found and focus.endswith(f"/{end}") for found, focus in notes)
    } == set()


def test_a_note_is_the_twin_of_a_rule_that_no_reading_answers() -> None:
    graph = shapes()
    for rule in rules():
        is_note = graph.value(rule, SH.severity) == SH.Info
        assert is_note == str(rule).endswith("-told"), rule
        if is_note:
            twin = URIRef(str(rule).removesuffix("-told"))
            assert graph.value(twin, SH.severity) in (SH.Violation, SH.Warning), rule


def test_every_rule_has_a_wrong_example() -> None:
    assert {name(rule) for rule in rules()} - shown_by_examples() == set()


def test_every_constraint_of_every_rule_is_broken_by_an_example(findings: list[Found]) -> None:
    graph = shapes()
    shown = {(found.rule, found.component) for found in findings}
    for rule in rules():
        for parameter in filter(is_constraint, graph.predicates(rule)):
            local = str(parameter).removeprefix(str(SH))
            capital = "SPARQL" if local == "sparql" else local[0].upper() + local[1:]
            component = f"{SH}{capital}ConstraintComponent"
            assert (name(rule), component) in shown, f"{name(rule)}: sh:{local}"


def test_every_expected_rule_exists() -> None:
    assert shown_by_examples() - {name(rule) for rule in rules()} == set()


def test_every_rule_says_what_to_do_and_where_it_comes_from() -> None:
    graph = shapes()
    for rule in rules():
        says, cause, remedy = parts(message(rule))
        assert says and cause and remedy, f"{name(rule)}: rule, cause and remedy"
        assert ": " not in says and ": " not in remedy, f"{name(rule)}: one colon"
        assert says[-1] == remedy[-1] == ".", f"{name(rule)}: sentences"
        # The report gives the remedy a capital, which would make mea:when another name.
        assert not re.match(r"[a-z]+:\S", remedy), f"{name(rule)}: the remedy begins with a name"
        assert graph.value(rule, SH.severity) in (SH.Violation, SH.Warning, SH.Info), rule
        assert str(graph.value(rule, URIRef(DCTERMS + "source"))).startswith(
            ("model, section ", "example, ", "style, ")
        ), rule


def test_a_message_has_placeholders_only_for_what_its_rule_finds() -> None:
    graph = shapes()
    for rule in rules():
        known = {"this", "value"}
        for constraint in graph.objects(rule, SH.sparql):
            select = str(graph.value(constraint, SH.select))
            known = set(re.findall(r"[$?](\w+)", select.partition("WHERE")[0]))
        assert set(PLACEHOLDER.findall(message(rule))) <= known, name(rule)
        assert "{" not in PLACEHOLDER.sub("", message(rule)) or rule == DATED, name(rule)


def test_no_message_of_a_finding_shows_a_placeholder(findings: list[Found]) -> None:
    for found in findings:
        unfilled = set(PLACEHOLDER.findall(found.message))
        # These two are filled in from the finding itself, whatever the engine has put there.
        assert unfilled <= {"this", "value"}, found.message
        if "value" in unfilled:
            assert found.value not in ("", found.focus), f"{found.rule} has no value to tell"


def test_every_constraint_stands_in_a_rule_with_a_message() -> None:
    """A constraint on a shape without a message would give the validator's own words."""
    graph = shapes()
    named = {shape for shape in graph.subjects(RDF.type) if isinstance(shape, URIRef)}
    targets = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
    gathering = {*targets, SH.property, SH.nodeKind, RDF.type}
    silent = named - set(rules()) - set(graph.subjects(SH.declare))
    for shape in silent:
        assert set(graph.predicates(shape)) <= gathering, shape


def test_every_class_has_a_label_or_a_reason_why_not(project: Project) -> None:
    ontology = Graph().parse(project.ontology / "meagraph.ttl", format="turtle")
    ours = {c for c in ontology.subjects(RDF.type, OWL.Class) if str(c).startswith(ONTOLOGY)}
    roots = {c for c in ours if ours.isdisjoint(ontology.objects(c, RDFS.subClassOf))}
    labelled = set(shapes().objects(URIRef(SHAPES + "Labelled"), SH.targetClass))
    assert roots - labelled == {URIRef(ONTOLOGY + local) for local in WITHOUT_LABEL}


@pytest.mark.parametrize("gathering", ["Named", "Dated"])
def test_rules_on_a_property_apply_wherever_it_is_used(gathering: str) -> None:
    graph = shapes()
    shape = URIRef(SHAPES + gathering)
    paths = {graph.value(rule, SH.path) for rule in graph.objects(shape, SH.property)}
    assert paths == set(graph.objects(shape, SH.targetSubjectsOf))


def test_the_scheme_of_a_property_is_asked_for_wherever_the_property_is_used() -> None:
    graph = shapes()
    classified = [rule for rule in rules() if name(rule).startswith("meash:Classified-")]
    assert classified
    for rule in classified:
        (gathering,) = graph.subjects(SH.property, rule)
        assert [graph.value(rule, SH.path)] == list(graph.objects(gathering, SH.targetSubjectsOf))


def test_every_property_shape_is_used() -> None:
    graph = shapes()
    used = set(graph.objects(None, SH.property))
    assert set(graph.subjects(RDF.type, SH.PropertyShape)) <= used


def test_rules_are_described_once() -> None:
    files: dict[str, list[str]] = defaultdict(list)
    for path in SHAPE_FILES:
        graph = Graph().parse(path, format="turtle")
        for shape in set(graph.subjects(SH.message)):
            files[name(shape)].append(path.name)
    assert {rule: paths for rule, paths in files.items() if len(paths) > 1} == {}


def test_prefixes_are_those_of_the_project() -> None:
    for path in (*SHAPE_FILES, *EXAMPLES):
        for prefix, namespace in re.findall(r"^@prefix (\w+): <([^>]+)>", path.read_text(), re.M):
            assert prefix == "this" or PREFIXES[prefix] == namespace, f"{path.name}: {prefix}"
