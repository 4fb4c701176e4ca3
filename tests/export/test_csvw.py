"""The flat tables, read back by a reader of CSV on the Web."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from csvw import CSVW
from csvw_conversion import triples
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from meagraph.errors import UnusableInput
from meagraph.export.csvw import files
from meagraph.export.csvw.sheets import LINK, LINKS, SHEETS, THINGS
from meagraph.namespaces import BASE, ONTOLOGY, PREFIXES, XSD
from meagraph.project import Project
from small_export import FOREIGN, LONG, NASTY, PASSAGE, RTL, built, small, written

MEETINGS = BASE + "meetings/"
_INTEGER, _DECIMAL = NamedNode(XSD + "integer"), NamedNode(XSD + "decimal")
NOT_SHOWN = {
    *("rdf:type", "rdfs:label", "skos:prefLabel"),
    "dcterms:subject",  # mea:topic says the same
    "mea:cooperatesWith",  # the table of pairs has it
    "mea:rollsUpTo",  # follows from unitOf, postOf and staffOf
    "mea:hasParticipation",  # the table of participations has it
    *("rdfs:isDefinedBy", "owl:versionInfo", "skos:topConceptOf", "skos:relatedMatch"),
}
"""Properties that need no column of their own."""


@pytest.fixture(scope="module")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tables")
    graph = small(project, root / "project")
    return written(files(built(graph), graph), root / "out") / "tables"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(folder: Path, name: str, iri: str) -> dict[str, str]:
    (found,) = (one for one in rows(folder, name) if one["iri"] == iri)
    return found


def read(folder: Path, name: str) -> Iterator[dict]:
    """What the reader makes of a table, IRIs as texts."""
    group = CSVW(str(folder / "csv-metadata.json"))
    (table,) = (one for one in group.tables if one.local_name == f"{name}.csv")
    return iter(table)


def is_valid(folder: Path) -> bool:
    return CSVW(str(folder / "csv-metadata.json"), validate=True).is_valid


def test_the_reader_finds_the_tables_valid_with_harmful_contents(folder: Path) -> None:
    assert is_valid(folder)


def test_the_reader_finds_the_tables_of_the_graph_valid(
    store: Store, project: Project, tmp_path: Path
) -> None:
    assert is_valid(written(files(store, project), tmp_path) / "tables")


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("participations", "documents/note/annex-1/1#act,", "documents/note/annex-1/1#none,"),
        ("passages", "annex-1/1,1,", "annex-1/1,first,"),
        ("places", "places/bali", "places/indonesia"),
    ],
)
def test_the_reader_notices_a_broken_key_number_and_identity(
    folder: Path, tmp_path: Path, table: str, old: str, new: str
) -> None:
    for file in folder.iterdir():
        text = file.read_bytes().decode()
        if file.stem == table:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / file.name).write_bytes(text.encode())
    try:
        assert not is_valid(tmp_path)
    except ValueError:
        return


def test_each_table_is_described_with_columns_as_its_head_names_them(folder: Path) -> None:
    described = json.loads((folder / "csv-metadata.json").read_bytes())["tables"]
    assert {table["url"] for table in described} == {file.name for file in folder.glob("*.csv")}
    for table in described:
        head = (folder / table["url"]).read_text(encoding="utf-8").partition("\n")[0]
        columns = table["tableSchema"]["columns"]
        assert head.split(",") == [one["name"] for one in columns if not one.get("virtual")]


def test_the_description_has_title_licence_source_and_day(folder: Path) -> None:
    group = json.loads((folder / "csv-metadata.json").read_bytes())
    assert group["dc:title"] == "The data"
    assert group["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert group["dc:source"] == {"@id": BASE + "documents/note"}
    assert group["dc:modified"] == {"@value": "2026-01-01", "@type": "xsd:date"}


def test_columns_take_names_and_meanings_from_the_ontology(folder: Path) -> None:
    group = json.loads((folder / "csv-metadata.json").read_bytes())
    (meetings,) = (table for table in group["tables"] if table["url"] == "meetings.csv")
    columns = {column["name"]: column for column in meetings["tableSchema"]["columns"]}
    assert columns["meetingOf"]["titles"] == ["meetingOf", "meeting of"]
    assert columns["ordinal"]["propertyUrl"] == ONTOLOGY + "ordinal"
    assert columns["meetingOf"]["rdfs:seeAlso"] == {"@id": ONTOLOGY + "meetingOf"}
    assert "body" in columns["meetingOf"]["dc:description"]
    assert columns["startDate"]["datatype"] == "date"


def test_links_have_labels_beside_them(folder: Path) -> None:
    found = row(folder, "participations", f"{BASE}{PASSAGE}#act-who")
    assert found["activity"] == f"{BASE}{PASSAGE}#act"
    assert (found["activityLabel"], found["agentLabel"]) == ("An act", "Santé")
    assert found["roleLabel"] == "organiser"


def test_several_values_stand_in_one_cell_with_their_labels_in_step(folder: Path) -> None:
    unep = row(folder, "organisations", BASE + "organisations/unep")
    assert unep["acronym"] == "PNUE|UNEP"
    act = row(folder, "activities", f"{BASE}{PASSAGE}#act")
    assert act["involves"].split("|") == [
        BASE + "organisations/unep-law",
        BASE + "organisations/who",
    ]
    assert act["involvesLabel"] == "Law Division|Santé"


def test_a_separator_within_a_listed_text_is_replaced_and_nowhere_else(folder: Path) -> None:
    found = row(folder, "meetings", MEETINGS + "commas")
    assert found["label"] == NASTY["commas"]
    assert sorted(found["statedAs"].split("|")) == [NASTY["commas"].replace("|", "¦"), "b"]


def test_only_the_most_specific_class_is_named(folder: Path) -> None:
    law = row(folder, "organisations", BASE + "organisations/unep-law")
    assert law["type"] == ONTOLOGY + "OrganisationalUnit"
    assert law["typeLabel"] == "organisational unit"


def test_each_row_has_its_passages_and_the_day_of_its_last_change(folder: Path) -> None:
    icc = row(folder, "meetings", MEETINGS + "icc-3")
    assert (icc["statedIn"], icc["statedInLabel"]) == (BASE + PASSAGE, "COP-6 note annex-1/1")
    assert icc["modified"] == "2026-03-01"
    assert row(folder, "agreements", BASE + "agreements/cbd")["statedIn"] == ""


def test_every_link_of_a_table_is_a_row_with_the_passages_that_state_it(folder: Path) -> None:
    links = {(one["thing"], one["property"], one["value"]): one for one in rows(folder, LINKS)}
    told = links[f"{BASE}{PASSAGE}#act", ONTOLOGY + "event", MEETINGS + "icc-3"]
    assert (told["propertyLabel"], told["valueLabel"]) == ("event", "ICC-3")
    assert told["statedIn"] == BASE + PASSAGE
    recorded = links[MEETINGS + "icc-3", ONTOLOGY + "meetingOf", BASE + "bodies/minamata-icc"]
    assert recorded["statedIn"] == ""
    shown = {
        (one["iri"], value)
        for sheet in SHEETS
        for field in sheet.fields
        if field.form == LINK and not field.inverse
        for one in rows(folder, sheet.name)
        for value in one[field.name].split("|")
        if value
    }
    assert shown <= {(thing, value) for thing, _, value in links}


def test_every_thing_of_any_table_is_a_row_of_things(folder: Path) -> None:
    things = {one["iri"]: one for one in rows(folder, THINGS)}
    assert things[MEETINGS + "icc-3"]["table"] == "meetings"
    for sheet in SHEETS:
        assert {one["iri"] for one in rows(folder, sheet.name)} <= things.keys()


@pytest.mark.parametrize("name", ["lines", "markup", "rtl", "long", "wide"])
def test_a_text_comes_back_as_it_is_in_the_graph(folder: Path, name: str) -> None:
    assert row(folder, "meetings", MEETINGS + name)["label"] == NASTY[name]
    (found,) = (one for one in read(folder, "meetings") if one["label"] == NASTY[name])
    assert sorted(found["statedAs"]) == sorted([NASTY[name], "b"])


def test_a_formula_is_disarmed_and_control_characters_are_replaced(folder: Path) -> None:
    formula = row(folder, "meetings", MEETINGS + "formula")
    assert formula["label"] == "'" + NASTY["formula"]
    assert formula["statedAs"].startswith("'=")
    assert row(folder, "meetings", MEETINGS + "formula-in-list")["label"] == "a,'=1+1"
    assert row(folder, "meetings", MEETINGS + "controls")["label"] == "a�b�c�d�e"


def test_an_iri_beyond_ascii_stays_as_it_is(folder: Path) -> None:
    assert row(folder, "meetings", FOREIGN)["label"] == "Réunion"
    assert row(folder, THINGS, FOREIGN)["table"] == "meetings"


def test_a_label_is_shown_where_none_is_english(folder: Path) -> None:
    assert row(folder, "organisations", BASE + "organisations/who")["label"] == "Santé"
    assert len(LONG) == 5000
    assert RTL in NASTY.values()


def test_tables_are_the_same_bytes_from_build_to_build(project: Project, tmp_path: Path) -> None:
    graph = small(project, tmp_path / "project")
    made = [{name: make() for name, make in files(built(graph), graph).items()} for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("meetings:day mea:ordinal 1 , 2 .", "2 values of ordinal"),
        ('meetings:day mea:ordinal "first" .', "no integer"),
        ('meetings:day mea:meetingOf "the COP" .', "no link"),
        ("meetings:day mea:topic topic:nothing .", "no row of topics.csv"),
        ("this:lone a mea:Participation ; mea:role role:host .", "has no activity"),
    ],
)
def test_a_graph_that_breaks_a_rule_of_the_tables_is_refused_with_what_to_do(
    project: Project, tmp_path: Path, said: str, fault: str
) -> None:
    graph = small(project, tmp_path / "project", said, nasty=False)
    with pytest.raises(UnusableInput, match=fault) as raised:
        written(files(built(graph), graph), tmp_path / "out")
    assert "meagraph validate" in str(raised.value)


def test_every_class_with_instances_has_a_table(store: Store, project: Project) -> None:
    made = files(store, project)
    there = {one["iri"] for one in csv.DictReader(_text(made["tables/things.csv"]()))}
    covered = set()
    for sheet in SHEETS:
        named = csv.DictReader(_text(made[f"tables/{sheet.name}.csv"]()))
        covered |= {one["iri"] for one in named}
    assert covered <= there
    found = store.query(
        "SELECT DISTINCT ?thing ?class { ?thing a ?class "
        f'FILTER(STRSTARTS(STR(?class), "{ONTOLOGY}") '
        f"&& ?class != <{ONTOLOGY}EntryFile> && ?class != <{ONTOLOGY}Agent>) }}"
    )
    missing = {cls.value for thing, cls in found if thing.value not in covered}
    assert not missing


def test_every_property_of_a_row_has_a_column(store: Store) -> None:
    hidden = {PREFIXES[name.partition(":")[0]] + name.partition(":")[2] for name in NOT_SHOWN}
    missing = set()
    for sheet in SHEETS:
        shown = {field.iri for field in sheet.fields} | hidden
        if ONTOLOGY + "partOf" in shown:
            shown.add(PREFIXES["dcterms"] + "isPartOf")  # follows from it
        for name in sheet.classes:
            found = store.query(f"SELECT DISTINCT ?p {{ ?s a <{ONTOLOGY}{name}> ; ?p ?o }}")
            used = {solution[0].value for solution in found}
            missing |= {(sheet.name, iri) for iri in used - shown}
    assert missing == set()


def test_converted_to_rdf_the_tables_say_nothing_but_what_the_graph_says(
    store: Store, project: Project, tmp_path: Path
) -> None:
    told = list(triples(written(files(store, project), tmp_path) / "tables"))
    said = [one for one in told if not one.predicate.value.startswith("http://example.org/")]
    false = [one for one in said if not _is_in(store, one)]
    assert false == []
    links = {one for one in said if isinstance(one.object, NamedNode)}
    assert len(links) > 5000
    for name in ("meetingOf", "event", "hasParticipation", "agent", "restsOn"):
        node = NamedNode(ONTOLOGY + name)
        stated = {quad.triple for quad in store.quads_for_pattern(None, node, None, DefaultGraph())}
        assert stated <= links


def _is_in(store: Store, said: Triple) -> bool:
    """Whether the graph says so; texts in any language, numbers of any kind."""
    if isinstance(said.object, NamedNode):
        return Quad(said.subject, said.predicate, said.object, DefaultGraph()) in store
    found = store.quads_for_pattern(said.subject, said.predicate, None, DefaultGraph())
    types = {said.object.datatype, *([_INTEGER] if said.object.datatype == _DECIMAL else [])}
    return any(
        quad.object.value == said.object.value
        and (quad.object.language or quad.object.datatype in types)
        for quad in found
    )


def _text(raw: bytes) -> io.StringIO:
    return io.StringIO(raw.decode(), newline="")
