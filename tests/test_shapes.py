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

WITHOUT_LABEL = {"Participation", "Passage", "EntryFile", "Agent"}
"""Classes whose things are named otherwise (by their act, their label in the document, a path), and
agents, which have the label of what they are besides."""


def rules() -> Iterator[URIRef]:
    """The shapes that make findings: with a message; the others only gather them."""
    for shape in set(shapes().subjects(SH.message)):
        assert isinstance(shape, URIRef), "a shape with a message has a name"
        yield shape


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
def test_wrong_example_breaks_exactly_what_it_says(example: Path, findings: list[Found]) -> None:
    assert broken(example, findings) == expected(example)


def test_the_graph_itself_breaks_no_rule(findings: list[Found]) -> None:
    introduced = frozenset().union(*map(subjects, EXAMPLES))
    assert [found for found in findings if found.focus not in introduced] == []


def test_every_rule_has_a_wrong_example() -> None:
    shown = set().union(*map(expected, EXAMPLES))
    assert {name(rule) for rule in rules()} - shown == set()


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
    shown = set().union(*map(expected, EXAMPLES))
    assert shown - {name(rule) for rule in rules()} == set()


def test_every_rule_says_what_to_do_and_where_it_comes_from() -> None:
    graph = shapes()
    for rule in rules():
        messages = list(graph.objects(rule, SH.message))
        assert len(messages) == 1, rule
        assert re.match(r".+?[.] .+[.]$", str(messages[0])), f"{name(rule)}: rule, then cause"
        assert graph.value(rule, SH.severity) in (SH.Violation, SH.Warning, SH.Info), rule
        assert str(graph.value(rule, URIRef(DCTERMS + "source"))).startswith(
            ("model, section ", "example, ", "style, ")
        ), rule


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


@pytest.mark.parametrize("gathering", ["Classified", "Named", "Dated"])
def test_rules_on_a_property_apply_wherever_it_is_used(gathering: str) -> None:
    graph = shapes()
    shape = URIRef(SHAPES + gathering)
    paths = {graph.value(rule, SH.path) for rule in graph.objects(shape, SH.property)}
    assert paths == set(graph.objects(shape, SH.targetSubjectsOf))


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
