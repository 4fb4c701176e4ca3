"""The page of a thing: what is said of it, and where that stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from page_reading import get
from pyoxigraph import Store
from running import Served

from meagraph.evidence.portrait import portrait
from meagraph.namespaces import BASE, PREFIXES

SECRETARIAT = "/organisations/minamata-secretariat"


@pytest.mark.parametrize(
    "path", [SECRETARIAT, "/agreements/minamata", "/meetings/minamata-cop-4", "/places/geneva"]
)
def test_all_that_the_outline_tells_stands_there(server: Served, store: Store, path: str) -> None:
    page = get(server.url + path)
    for section in portrait(store, BASE + path[1:]).sections:
        assert section.title in page.text
        for group in section.groups:
            for row in group.rows:
                if not row.iri.startswith(BASE + "identifiers/"):
                    assert " ".join(row.value.split()) in page.text


def test_each_fact_has_its_passages_one_click_away(server: Served, store: Store) -> None:
    links = get(server.url + SECRETARIAT).links
    found = portrait(store, BASE + SECRETARIAT[1:])
    rows = [row for section in found.sections for group in section.groups for row in group.rows]
    passages = {one.iri for row in rows for one in row.origins if one.kind == "passage"}
    assert passages and {iri[len(BASE) - 1 :] for iri in passages} <= set(links)


def test_a_value_leads_to_the_page_of_what_it_names(server: Served) -> None:
    links = get(server.url + SECRETARIAT).links
    assert links["/agreements/minamata"] == "Minamata Convention on Mercury"


def test_the_page_of_a_meeting_says_who_took_part_and_where_that_is_told(
    server: Served, store: Store
) -> None:
    told: Any = store.query(
        "SELECT DISTINCT ?meeting ?agent ?passage { ?act mea:event ?meeting ; "
        "mea:hasParticipation ?p . GRAPH ?passage { ?p mea:agent ?agent } "
        "?passage a mea:Passage . ?meeting a mea:Meeting FILTER(!CONTAINS(STR(?meeting), '#')) }",
        prefixes=PREFIXES,
    )
    found: dict[str, set[str]] = {}
    for meeting, agent, passage in told:
        found.setdefault(meeting.value, set()).update((agent.value, passage.value))
    assert len(found) > 10
    for meeting, wanted in list(found.items())[::4]:
        page = get(server.url + meeting[len(BASE) - 1 :])
        assert "Who took part" in page.text
        assert {iri[len(BASE) - 1 :] for iri in wanted} <= set(page.links)
    assert "Who took part" not in get(server.url + "/places/geneva").text


def test_what_identifies_a_thing_goes_before_what_follows_from_it(server: Served) -> None:
    names = [one.text for one in get(server.url + SECRETARIAT).all("dt")]
    assert names.index("other name") < names.index("cooperates with")


def test_a_long_list_is_folded_away(server: Served) -> None:
    page = get(server.url + SECRETARIAT)
    assert any("more" in one.text for one in page.all("summary"))


def test_an_identifier_leads_to_the_page_of_its_register(server: Served) -> None:
    links = get(server.url + "/places/geneva").links
    assert any(one.startswith("https://www.geonames.org/") for one in links)


def test_a_page_carries_what_search_engines_read(server: Served) -> None:
    script = get(server.url + "/meetings/minamata-cop-4").one("script")
    told = json.loads(script.text)
    assert told["@type"] == "Event" and told["@id"] == BASE + "meetings/minamata-cop-4"


def test_a_page_says_how_to_reuse_and_cite_it(server: Served) -> None:
    page = get(server.url + SECRETARIAT)
    assert {SECRETARIAT + ending for ending in (".ttl", ".jsonld", ".csv")} <= set(page.links)
    assert BASE + SECRETARIAT[1:] in page.text and "Cite as" in page.text


@pytest.mark.parametrize(
    ("page", "fragment"),
    [
        ("/identifiers/ecolex", "basel"),
        ("/ontology", "CooperationActivity"),
        ("/dataset", "meagraph"),
        ("/readings/minamata-cop4-brs-joint-report/note/1", "parties"),
    ],
)
def test_what_has_a_fragment_stands_at_its_place(server: Served, page: str, fragment: str) -> None:
    assert fragment in get(server.url + page).ids
