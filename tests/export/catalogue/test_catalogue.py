"""The description of the dataset: what portals and query tools read of it, and that it is true."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import DCTERMS, FOAF, PROV, RDF, VOID, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from self_describing import (
    CATALOGUE,
    DATASET,
    DCAT,
    HEAD,
    REGISTER,
    TITLE,
    read,
)

import meagraph.export
from meagraph.export.catalogue import files
from meagraph.export.catalogue.authorities import AUTHORITY, FORMS, IANA
from meagraph.export.catalogue.counts import void
from meagraph.export.catalogue.distributions import distributions
from meagraph.export.catalogue.portal import catalogue
from meagraph.export.catalogue.provenance import provenance
from meagraph.export.catalogue.statements import Statements
from meagraph.graph import build
from meagraph.namespaces import BASE
from meagraph.project import Project


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
                if name.endswith("left-out.csv") or name == "context.jsonld":
                    assert BASE + name not in fetched
                    continue
                assert any((BASE + name).startswith(url) for url in folders), name


def test_files_alone_are_fetched_and_folders_are_named() -> None:
    found = distributions(
        {
            "dumps": ["a.nq", "Meetings.json", "meetings.json", "left-out.csv"],
            "tables": ["tables/x.csv", "tables/y z.csv", "tables/csv-metadata.json"],
            "entities": ["a/1.jsonld", "b/2.jsonld", "context.jsonld", "notes/odd.xyz"],
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
    ]  # and nothing of what only explains other files
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
