"""What VoID counts is what the graph holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store, Triple
from rdflib import DCTERMS, RDF, VOID, Graph, Literal, URIRef
from self_describing import (
    DATASET,
    MEA,
    number,
    read,
)

from meagraph.export.catalogue.counts import void
from meagraph.export.catalogue.statements import prefixed
from meagraph.graph import build
from meagraph.namespaces import BASE
from meagraph.project import Project


def test_totals_are_those_of_the_merge(merge: list[Triple], counted: Graph) -> None:
    typed = [triple for triple in merge if triple.predicate.value == str(RDF.type)]
    things = {triple.subject for triple in typed if isinstance(triple.subject, NamedNode)}
    for predicate, count in (
        (VOID.triples, len(merge)),
        (VOID.classes, len({t.object for t in typed if isinstance(t.object, NamedNode)})),
        (VOID.properties, len({triple.predicate for triple in merge})),
        (VOID.distinctSubjects, len({triple.subject for triple in merge})),
        (VOID.distinctObjects, len({triple.object for triple in merge})),
        (VOID.entities, sum(thing.value.startswith(BASE) for thing in things)),
    ):
        assert list(counted.objects(DATASET, predicate)) == [Literal(count)], predicate


def test_each_class_and_each_property_is_counted_right(merge: list[Triple], counted: Graph) -> None:
    classes: Counter[str] = Counter()
    uses = defaultdict(list)
    for triple in merge:
        uses[triple.predicate.value].append(triple)
        if triple.predicate.value == str(RDF.type) and isinstance(triple.object, NamedNode):
            classes[triple.object.value] += 1
    found = {}
    for part in counted.objects(DATASET, VOID.classPartition):
        (class_,) = counted.objects(part, VOID["class"])
        (entities,) = counted.objects(part, VOID.entities)
        found[str(class_)] = int(entities)  # type: ignore[arg-type]
    assert found == classes
    told = {}
    for part in counted.objects(DATASET, VOID.propertyPartition):
        (predicate,) = counted.objects(part, VOID.property)
        told[str(predicate)] = [
            int(next(counted.objects(part, count)))  # type: ignore[arg-type]
            for count in (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
        ]
    assert told == {
        predicate: [len(all_), len({t.subject for t in all_}), len({t.object for t in all_})]
        for predicate, all_ in uses.items()
    }


def test_each_registry_and_each_thesaurus_has_its_linkset(store: Store, counted: Graph) -> None:
    registries: Any = store.query(
        f"SELECT ?registry (COUNT(*) AS ?n) {{ ?x a <{MEA}ExternalIdentifier> ; "
        f"<{MEA}registry> ?registry ; <{MEA}identifies> ?thing }} GROUP BY ?registry"
    )
    wanted = {row["registry"].value: int(row["n"].value) for row in registries}
    assert len(wanted) == 11
    found = {}
    for links in counted.subjects(RDF.type, VOID.Linkset):
        assert (DATASET, VOID.subset, links) in counted
        (predicate,) = counted.objects(links, VOID.linkPredicate)
        (triples,) = counted.objects(links, VOID.triples)
        (target,) = counted.objects(links, VOID.subjectsTarget)
        if target == DATASET:
            assert int(triples) == number(  # type: ignore[arg-type]
                store, f"?ours <{predicate}> ?theirs FILTER(!STRSTARTS(STR(?theirs), '{BASE}'))"
            )
            found[str(predicate).rpartition("#")[2]] = 0
        else:
            assert str(predicate) == MEA + "identifies"
            (registry,) = counted.objects(target, DCTERMS.subject)
            found[str(registry)] = int(triples)  # type: ignore[arg-type]
    assert found == {**wanted, "closeMatch": 0, "broadMatch": 0}


def test_links_are_counted_by_thesaurus(root: Path) -> None:
    found = read(void(build(Project(root)), []).ttl)
    (links,) = found.subjects(RDF.type, VOID.Linkset)
    assert (links, VOID.triples, Literal(2)) in found
    (theirs,) = found.objects(links, VOID.objectsTarget)
    assert list(found.objects(theirs, VOID.uriSpace)) == [Literal("http://thesaurus.example/")]


def test_examples_are_of_the_graph_and_one_a_kind(store: Store, counted: Graph) -> None:
    examples = [str(iri) for iri in counted.objects(DATASET, VOID.exampleResource)]
    assert BASE + "agreements/minamata" in examples
    assert len({iri.split("/")[-2] for iri in examples}) == len(examples) > 10
    for iri in examples:
        assert number(store, f"<{iri}> a ?class") > 0


def test_a_property_of_an_unknown_namespace_has_a_partition_of_its_own(root: Path) -> None:
    found = read(void(build(Project(root)), []).ttl)
    (part,) = found.subjects(VOID.property, URIRef("http://elsewhere.example/é#of"))
    assert (part, VOID.triples, Literal(1)) in found
    assert prefixed("http://a.example/x#of") != prefixed("http://b.example/x#of")


def test_dumps_are_named_with_their_formats(counted: Graph) -> None:
    assert URIRef(BASE + "meagraph.nq") in set(counted.objects(DATASET, VOID.dataDump))
    assert URIRef("http://www.w3.org/ns/formats/N-Quads") in set(
        counted.objects(DATASET, VOID.feature)
    )
