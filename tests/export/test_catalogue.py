"""The description of the dataset: what portals and query tools read of it, and that it is true."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store, Triple
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, VOID, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

import meagraph.export
from meagraph.export.catalogue import files
from meagraph.export.catalogue.authorities import AUTHORITY, FORMS, IANA
from meagraph.export.catalogue.counts import void
from meagraph.export.catalogue.distributions import distributions
from meagraph.export.catalogue.portal import catalogue
from meagraph.export.catalogue.provenance import provenance
from meagraph.export.catalogue.statements import Statements, fit, prefixed, text
from meagraph.graph import build
from meagraph.namespaces import BASE, ONTOLOGY, PREFIXES
from meagraph.project import Project

DCAT = Namespace(PREFIXES["dcat"])
CHECKOUT = Path(__file__).parent.parent.parent
DATASET = URIRef(BASE + "dataset#meagraph")
CATALOGUE = URIRef(BASE + "catalogue#catalogue")
MEA = ONTOLOGY
HEAD = """PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX documents: <https://w3id.org/meagraph/documents/>
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <https://w3id.org/meagraph/concepts/topic/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
REGISTER = """meetings:cop-5.ttl a mea:EntryFile ; dcterms:created "2024-01-02"^^xsd:date ;
    dcterms:modified "%s"^^xsd:date ; mea:sha256 "ab" .
<https://w3id.org/meagraph/documents/note/annex/1.ttl> a mea:EntryFile ;
    dcterms:modified "2024-02-03"^^xsd:date .
<https://w3id.org/meagraph/documents/note-annex.ttl> a mea:EntryFile ;
    dcterms:modified "2024-02-03"^^xsd:date .
<https://w3id.org/meagraph/readings/note/annex/1.ttl> a mea:EntryFile ;
    dcterms:modified "2024-02-03"^^xsd:date .
"""
TITLE = "\u202b<b>Καλά</b> & “said” \\n at length"
OWN = {
    "ontology/meagraph.ttl": "mea:Meeting a owl:Class .",
    "ontology/concepts/topic.ttl": """topic:mercury a skos:Concept ; skos:prefLabel "mercury"@en ;
    skos:inScheme <https://w3id.org/meagraph/concepts/topic> ;
    skos:closeMatch <http://thesaurus.example/mercury> .
topic:unused a skos:Concept ; skos:prefLabel "unused"@en ; skos:broader topic:mercury ;
    skos:inScheme <https://w3id.org/meagraph/concepts/topic> ;
    skos:closeMatch <http://thesaurus.example/mercury> .""",
    "data/meetings/cop-5.ttl": 'meetings:cop-5 a mea:Meeting ; rdfs:label "é"@en ; '
    "mea:topic topic:mercury ; <http://elsewhere.example/é#of> meetings:cop-5 .",
    "data/documents/note/index.ttl": 'documents:note a mea:SourceDocument ; mea:sha256 "cd" .',
    "data/register.ttl": REGISTER % "2024-03-04",
    "data/dataset.ttl": f"""<{DATASET}> a dcat:Dataset ; dcterms:title "{TITLE}"@en ;
    dcterms:description "Of meetings."@en ; dcterms:publisher "The meagraph project" ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:created "2024-01-01"^^xsd:date .""",
}


def read(content: bytes, form: str = "turtle") -> Graph:
    return Graph().parse(data=content, format=form)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, content in OWN.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + content, encoding="utf-8")
    for name in ("shapes", "queries"):
        (tmp_path / "project" / name).mkdir()
    return tmp_path / "project"


@pytest.fixture(scope="module")
def ours(store: Store, project: Project) -> dict[str, bytes]:
    """All descriptions of the checkout's graph."""
    return {name: make() for name, make in files(store, project).items()}


@pytest.fixture(scope="module")
def portal(ours: dict[str, bytes]) -> Graph:
    return read(ours["catalogue.ttl"])


@pytest.fixture(scope="module")
def counted(ours: dict[str, bytes]) -> Graph:
    return read(ours["void.ttl"])


@pytest.fixture(scope="module")
def origin(ours: dict[str, bytes]) -> Graph:
    return read(ours["provenance.ttl"])


def number(store: Store, pattern: str) -> int:
    solutions: Any = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(next(iter(solutions))["n"].value)


def test_turtle_and_json_ld_say_the_same(ours: dict[str, bytes], portal: Graph) -> None:
    assert isomorphic(portal, read(ours["catalogue.jsonld"], "json-ld"))
    assert json.loads(ours["catalogue.jsonld"])["@graph"]


def test_descriptions_are_the_same_bytes_from_process_to_process(root: Path) -> None:
    code = (
        "import sys; from meagraph.project import Project; from meagraph.graph import build; "
        "from meagraph.export.catalogue import files; project = Project(sys.argv[1]); "
        "made = files(build(project), project); "
        "[sys.stdout.buffer.write(name.encode() + make()) for name, make in made.items()]"
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", code, root],
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(written) == 1
    for name in ("catalogue.ttl", "catalogue.jsonld", "void.ttl", "provenance.ttl"):
        assert name.encode() in next(iter(written))


def test_nothing_is_typed_that_is_a_name_of_a_graph(
    store: Store, portal: Graph, counted: Graph, origin: Graph
) -> None:
    """It denotes a passage or a thing: a meeting is an activity, which no entity of PROV is."""
    graphs = {URIRef(str(graph.value)) for graph in store.named_graphs()}  # type: ignore[union-attr]
    for said in (portal, counted, origin):
        assert not graphs & set(said.subjects(RDF.type, None))
        for entails in (PROV.wasDerivedFrom, PROV.used, PROV.hadMember, PROV.wasGeneratedBy):
            assert not graphs & {*said.subjects(entails), *said.objects(None, entails)}


def test_the_catalogue_has_what_the_profile_makes_mandatory(portal: Graph) -> None:
    assert set(portal.objects(CATALOGUE, DCAT.dataset)) == {DATASET}
    for thing in (CATALOGUE, DATASET):
        for predicate in (DCTERMS.title, DCTERMS.description):
            assert [value.language for value in portal.objects(thing, predicate)] == ["en"]  # type: ignore[attr-defined]
        (publisher,) = portal.objects(thing, DCTERMS.publisher)
        assert (publisher, RDF.type, FOAF.Agent) in portal
        assert list(portal.objects(publisher, FOAF.name)) == [
            Literal("The meagraph project", lang="en")
        ]
    for each in portal.subjects(RDF.type, DCAT.Distribution):
        assert len(list(portal.objects(each, DCAT.accessURL))) == 1
        assert len(list(portal.objects(each, DCTERMS.license))) == 1


def test_the_catalogue_says_of_the_dataset_what_the_dataset_says(
    portal: Graph, project: Project
) -> None:
    own = Graph().parse(project.data / "dataset.ttl")
    for predicate in (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.license,
        DCTERMS.language,
        DCTERMS.created,
        DCTERMS.conformsTo,
        DCAT.version,
    ):
        assert set(own.objects(DATASET, predicate)), predicate
        assert set(own.objects(DATASET, predicate)) == set(portal.objects(DATASET, predicate))


def test_codes_are_of_the_tables_that_the_profile_names(portal: Graph) -> None:
    for predicate, table in (
        (DCTERMS.language, "language"),
        (DCTERMS.accessRights, "access-right"),
        (DCTERMS.accrualPeriodicity, "frequency"),
        (DCTERMS.format, "file-type"),
        (DCAT.theme, "data-theme"),
    ):
        values = set(portal.objects(None, predicate))
        assert values, predicate
        assert all(str(value).startswith(f"{AUTHORITY}{table}/") for value in values)
    for value in portal.objects(None, DCAT.mediaType):
        assert str(value).startswith(IANA)


def test_each_export_has_a_distribution(portal: Graph, store: Store, project: Project) -> None:
    fetched = {str(url) for url in portal.objects(None, DCAT.downloadURL)}
    assert {BASE + name for name in ("meagraph.nq", "meagraph.ttl", "meagraph-entailed.ttl")} <= (
        fetched
    )
    folders = {str(url) for url in portal.objects(None, DCAT.accessURL)}
    for kind in meagraph.export.KINDS:
        if kind != "catalogue":
            for name in meagraph.export.files_of(kind, store, project):
                assert any((BASE + name).startswith(url) for url in folders), name


def test_files_alone_are_fetched_and_folders_are_named() -> None:
    found = distributions(
        {
            "dumps": ["a.nq", "Meetings.json", "meetings.json"],
            "tables": ["tables/x.csv", "tables/y z.csv", "tables/csv-metadata.json"],
            "entities": ["a/1.jsonld", "b/2.jsonld", "notes/odd.xyz"],
        }
    )
    assert [(each.address.removeprefix(BASE), each.single) for each in found] == [
        ("Meetings.json", True),
        ("a.nq", True),
        ("meetings.json", True),
        ("tables/", False),
        ("tables/csv-metadata.json", True),
        ("", False),
        ("notes/odd.xyz", True),
    ]
    assert len({each.name for each in found}) == len(found)
    assert [each.form for each in found][-1] is None
    assert found[3].form == FORMS["csv"]
    assert "2 files" in found[3].title


def test_an_address_with_other_characters_is_one_that_can_be_followed() -> None:
    (found,) = distributions({"dumps": ["Ä b.csv"]})
    assert found.address == BASE + "%C3%84%20b.csv"
    said = Statements()
    said.say(BASE + found.name, DCAT.accessURL, found.address)
    assert said.ttl


def test_dates_are_of_the_register_and_not_of_the_clock(root: Path) -> None:
    for day in ("2024-03-04", "2024-03-05"):
        (root / "data/register.ttl").write_text(HEAD + REGISTER % day)
        found = read(catalogue(build(Project(root)), []).ttl)
        for thing in (DATASET, CATALOGUE):
            assert [str(value) for value in found.objects(thing, DCTERMS.modified)] == [day]


def test_what_the_graph_does_not_know_of_itself_is_left_out(root: Path) -> None:
    found = read(catalogue(build(Project(root)), []).ttl)
    for predicate in (DCTERMS.issued, DCTERMS.language, DCAT.contactPoint, DCTERMS.temporal):
        assert not list(found.objects(DATASET, predicate)), predicate
    assert not list(found.subjects(RDF.type, DCAT.DataService))


def test_a_title_in_any_script_and_with_markup_arrives_as_it_is(root: Path) -> None:
    made = catalogue(build(Project(root)), [])
    title = Literal(TITLE.replace("\\n", "\n"), lang="en")
    assert list(read(made.ttl).objects(DATASET, DCTERMS.title)) == [title]
    assert list(read(made.jsonld, "json-ld").objects(DATASET, DCTERMS.title)) == [title]


def test_keywords_are_topics_that_something_is_about(root: Path) -> None:
    found = read(catalogue(build(Project(root)), []).ttl)
    assert set(found.objects(DATASET, DCAT.keyword)) == {Literal("mercury", lang="en")}


def test_the_reporting_period_is_what_the_dataset_is_about(portal: Graph) -> None:
    (period,) = portal.objects(DATASET, DCTERMS.temporal)
    assert str(next(portal.objects(period, DCAT.startDate))) == "2023-12-01"
    assert str(next(portal.objects(period, DCAT.endDate))) == "2025-06-30"


@pytest.mark.parametrize("lacking", ["title", "description", "license"])
def test_a_graph_that_does_not_describe_itself_is_in_no_catalogue(root: Path, lacking: str) -> None:
    path = root / "data/dataset.ttl"
    path.write_text(path.read_text("utf-8").replace(f"dcterms:{lacking}", "rdfs:seeAlso"), "utf-8")
    assert set(files(build(Project(root)), Project(root))) == {"void.ttl", "provenance.ttl"}


def test_an_empty_graph_is_counted_too(root: Path) -> None:
    for name in ("ontology/concepts", "data"):
        shutil.rmtree(root / name)
        (root / name).mkdir()
    (root / "ontology/meagraph.ttl").write_text("")
    store = build(Project(root))
    assert (DATASET, VOID.triples, Literal(0)) in read(void(store, []).ttl)
    assert (None, PROV.hadMember, None) not in read(provenance(store).ttl)


@pytest.fixture(scope="module")
def merge(store: Store) -> list[Triple]:
    """The merge, to be counted here in another way than by queries."""
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())]


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


def test_the_build_used_each_registered_file(store: Store, origin: Graph) -> None:
    members = set(origin.objects(None, PROV.hadMember))
    assert len(members) == number(store, f"?file a <{MEA}EntryFile>") > 0
    for file in members:
        assert (file, RDF.type, PROV.Entity) in origin
        (sha,) = origin.objects(file, URIRef(MEA + "sha256"))
        assert len(sha) == 64
    (build_,) = origin.subjects(RDF.type, PROV.Activity)
    assert (build_, PROV.used, next(origin.subjects(RDF.type, PROV.Collection))) in origin
    (agent,) = origin.objects(build_, PROV.wasAssociatedWith)
    assert (agent, RDF.type, PROV.Agent) in origin


def test_files_of_passages_and_readings_derive_from_their_text_alone(root: Path) -> None:
    found = read(provenance(build(Project(root))).ttl)
    derived = set(found.subjects(PROV.wasDerivedFrom, URIRef(BASE + "provenance#text-note")))
    assert derived == {
        DATASET,
        URIRef(BASE + "documents/note/annex/1.ttl"),
        URIRef(BASE + "readings/note/annex/1.ttl"),
    }


def test_the_texts_read_have_their_check_sums(store: Store, origin: Graph) -> None:
    texts = [
        text for text, document in origin.subject_objects(DCTERMS.isFormatOf) if text and document
    ]
    assert len(texts) == number(store, f"?document a <{MEA}SourceDocument>") == 2
    for each in texts:
        assert (each, RDF.type, PROV.Entity) in origin
        (sha,) = origin.objects(each, URIRef(MEA + "sha256"))
        (document,) = origin.objects(each, DCTERMS.isFormatOf)
        assert number(store, f"<{document}> <{MEA}sha256> '{sha}'") == 1
        assert list(origin.objects(each, RDFS.label))


def test_statements_are_written_alike_in_whatever_order_they_were_made() -> None:
    pairs = [(BASE + name, f"{BASE}p{number}") for name in "cab" for number in range(9)]
    written = set()
    for order in (pairs, pairs[::-1]):
        said = Statements()
        for subject, value in order:
            said.say(subject, RDFS.seeAlso, value)
        written.add((said.ttl, said.jsonld))
    ((turtle, _),) = written
    assert turtle.count(b"seeAlso") == 3


def test_names_made_of_others_are_fit_for_an_iri() -> None:
    assert fit("Ä: x/y é.ttl") == "x-y-.ttl"
    said = Statements()
    said.say(BASE + "x", RDFS.label, text("a"), text("a"))
    assert len(said.triples) == 1


FAULTS: dict[str, Callable[[str], str]] = {
    "title": lambda told: told.replace("dcterms:title", "dcterms:alternative"),
    "publisher": lambda told: told.replace("foaf:Agent", "foaf:Group"),
}
SHAPES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
    sh:property [ sh:path dcterms:title ; sh:minCount 1 ] ,
        [ sh:path dcterms:publisher ; sh:class foaf:Agent ] ."""


def test_the_run_against_official_shapes_tells_a_fault(
    ours: dict[str, bytes], tmp_path: Path
) -> None:
    """With shapes of our own: the official ones are not ours to keep here."""
    script = CHECKOUT / "tests/conformance/dcat_ap.py"
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes/dataset.ttl").write_text(SHAPES)
    run = subprocess.run(
        [sys.executable, script, tmp_path / "shapes"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "catalogue.jsonld" in run.stdout
    sys.path.insert(0, str(script.parent))
    try:
        import dcat_ap  # type: ignore[import-not-found, unused-ignore]
    finally:
        sys.path.remove(str(script.parent))
    path = tmp_path / "catalogue.ttl"
    for name, spoil in FAULTS.items():
        path.write_text(spoil(ours["catalogue.ttl"].decode()))
        report = dcat_ap.validate([tmp_path / "shapes"], path)
        assert not dcat_ap.tell(name, report), name


def test_shapes_that_are_not_there_or_not_well_formed_are_no_success(tmp_path: Path) -> None:
    script = CHECKOUT / "tests/conformance/dcat_ap.py"
    (tmp_path / "broken.ttl").write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> [] a sh:NodeShape ; sh:targetClass "
        "<http://www.w3.org/ns/dcat#Dataset> ; sh:property <http://nowhere.example/shape> ."
    )
    for named in ([], [tmp_path / "missing"], [tmp_path / "broken.ttl"]):
        run = subprocess.run([sys.executable, script, *named], capture_output=True, check=False)
        assert run.returncode == 2, named
