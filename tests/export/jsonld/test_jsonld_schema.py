"""schema.org documents: what Google requires of an Event and a Dataset, and nothing invented."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonld_expansion import made
from pyoxigraph import Store

from meagraph.export.jsonld import embedded, files, schema_org
from meagraph.namespaces import BASE, ONTOLOGY, SCHEMA
from meagraph.project import Project

DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module")
def written(store: Store, project: Project) -> dict[str, dict[str, Any]]:
    made_files = files(store, project)
    return {n: json.loads(made_files[n]()) for n in made_files if n.startswith("schema/")}


def of_type(written: dict[str, dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    found = [one for one in written.values() if one["@type"] == kind]
    assert found, kind
    return found


def test_every_type_that_was_asked_for_occurs(written: dict[str, dict[str, Any]]) -> None:
    for kind in ("Event", "Legislation", "Organization", "Report", "CreativeWork", "Dataset"):
        assert of_type(written, kind)


def test_every_meeting_is_an_event_with_the_days_of_the_graph_and_no_others(
    store: Store, written: dict[str, dict[str, Any]]
) -> None:
    known = store.query(
        f"SELECT ?m ?start ?end {{ ?m a <{ONTOLOGY}Meeting>"
        f" OPTIONAL {{ ?m <{SCHEMA}startDate> ?start }}"
        f" OPTIONAL {{ ?m <{SCHEMA}endDate> ?end }} }}"
    )
    events = {one["@id"]: one for one in of_type(written, "Event")}
    rows = list(known)
    assert {meeting.value for meeting, _, _ in rows} == set(events)
    for meeting, start, end in rows:
        event = events[meeting.value]
        assert event.get("startDate") == (start.value if start else None)
        assert event.get("endDate") == (end.value if end else None)


def test_events_have_what_google_requires_wherever_the_graph_knows_it(
    store: Store, written: dict[str, dict[str, Any]]
) -> None:
    eligible = 0
    for event in of_type(written, "Event"):
        assert event["name"]
        assert DAY.fullmatch(event.get("startDate", "2000-01-01"))
        location = event.get("location", [])
        for place in location if isinstance(location, list) else [location]:
            if place["@type"] != "VirtualLocation":
                assert place["name"] and place["address"]["@type"] == "PostalAddress"
                eligible += "startDate" in event
    assert eligible


def test_the_dataset_has_what_google_requires(written: dict[str, dict[str, Any]]) -> None:
    (dataset,) = of_type(written, "Dataset")
    assert dataset["name"]
    assert 50 <= len(dataset["description"]) <= 5000
    assert dataset["license"].startswith("https://")


def test_only_organisers_that_a_passage_names_are_organisers(
    store: Store, written: dict[str, dict[str, Any]]
) -> None:
    event = written["schema/meetings/prtr-round-table-4.jsonld"]
    assert {one["@id"] for one in event["organizer"]} == {
        BASE + "organisations/ece",
        BASE + "organisations/oecd",
    }
    assert "startDate" not in event  # only the month is certain
    for one in of_type(written, "Event"):
        organisers = one.get("organizer", [])
        for each in organisers if isinstance(organisers, list) else [organisers]:
            assert store.query(
                f"ASK {{ ?act <{ONTOLOGY}event> <{one['@id']}> ; <{ONTOLOGY}hasParticipation> ?p ."
                f" ?p <{ONTOLOGY}agent> <{each['@id']}> }}"
            )


MEETING = """meetings:m a mea:Meeting ; rdfs:label "M"@en ; mea:mode <{mode}> ;
    mea:status <https://w3id.org/meagraph/concepts/status/{status}> ;
    schema:location places:geneva .
"""
GENEVA = 'places:geneva a mea:City ; rdfs:label "Geneva"@en .'
MODES = "https://w3id.org/meagraph/concepts/mode/"


@pytest.mark.parametrize(
    ("mode", "attendance", "places"),
    [
        ("online", "Online", ["City", "VirtualLocation"]),
        ("in-person", "Offline", ["City"]),
        ("hybrid", "Mixed", ["City", "VirtualLocation"]),
    ],
)
def test_how_a_meeting_is_attended_follows_from_its_mode(
    project: Project, tmp_path: Path, mode: str, attendance: str, places: list[str]
) -> None:
    text = MEETING.format(mode=MODES + mode, status="held")
    store = made(project, tmp_path, {"data/meetings/m.ttl": text, "data/places/geneva.ttl": GENEVA})
    event = schema_org(store, BASE + "meetings/m")
    assert event is not None
    assert event["eventAttendanceMode"] == f"https://schema.org/{attendance}EventAttendanceMode"
    location = event["location"]
    found = location if isinstance(location, list) else [location]
    assert [place["@type"] for place in found] == places
    assert found[0]["address"] == {"@type": "PostalAddress", "addressLocality": "Geneva"}
    assert all("url" not in place for place in found)


@pytest.mark.parametrize(
    ("status", "scheduled"),
    [("held", True), ("planned", True), ("tentative", False), ("requested", False)],
)
def test_a_tentative_meeting_is_not_said_to_be_scheduled(
    project: Project, tmp_path: Path, status: str, scheduled: bool
) -> None:
    text = MEETING.format(mode=MODES + "online", status=status)
    store = made(project, tmp_path, {"data/documents/d/1.ttl": text})
    event = schema_org(store, BASE + "meetings/m")
    assert event is not None
    assert ("eventStatus" in event) is scheduled


def test_the_page_of_a_server_gets_what_the_export_writes(
    store: Store, written: dict[str, dict[str, Any]]
) -> None:
    for name in sorted(written)[::15]:
        assert schema_org(store, written[name]["@id"]) == written[name]


@pytest.mark.parametrize("name", ["programmes/iomc", "meetings/no-such", "concepts/status/held"])
def test_what_no_type_fits_has_no_document(store: Store, name: str) -> None:
    assert schema_org(store, BASE + name) is None


def test_identifiers_of_other_registries_are_given(written: dict[str, dict[str, Any]]) -> None:
    unep = written["schema/organisations/unep.jsonld"]
    assert "https://ror.org/015z29x25" in unep["sameAs"]
    assert {"@type": "PropertyValue", "propertyID": "ROR", "value": "015z29x25"} in unep[
        "identifier"
    ]


HARD = {
    "html": "</script><script>alert(1)</script> &amp; <!-- \u2028 end",
    "rtl": "\u202eاتفاقية ميناماتا\u202c",
    "long": "x" * 5000,
}


@pytest.mark.parametrize("name", HARD)
def test_no_label_can_end_the_element_it_is_embedded_in(
    project: Project, tmp_path: Path, name: str
) -> None:
    text = f'meetings:m a mea:Meeting ; rdfs:label "{HARD[name]}"@ar .'
    store = made(project, tmp_path, {"data/meetings/m.ttl": text})
    event = schema_org(store, BASE + "meetings/m")
    assert event is not None
    assert event["name"] == HARD[name]
    shown = embedded(event)
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(shown)
    assert json.loads(shown) == event


def test_control_characters_become_blanks(project: Project, tmp_path: Path) -> None:
    text = 'meetings:m a mea:Meeting ; rdfs:label "a\\u0007b\\u0000c"@en .'
    store = made(project, tmp_path, {"data/meetings/m.ttl": text})
    event = schema_org(store, BASE + "meetings/m")
    assert event is not None
    assert event["name"] == "a b c"


def test_the_classes_named_are_those_of_the_ontology(store: Store) -> None:
    from meagraph.export.jsonld.schema import _TYPES

    classes = {q.subject.value for q in store.quads_for_pattern(None, None, None, None)}
    assert set(_TYPES) <= classes
