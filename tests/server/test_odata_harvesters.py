"""Those who take the feed over HTTP: InforMEA's and ECOLEX's importers, and SAP's pyodata."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from pyoxigraph import Store
from running import Served

from harvesters import ecolex, informea
from harvesters.informea import Get
from harvesters.over_http import asking_at
from meagraph.export.informea import Feed, records
from meagraph.export.informea.schema import KINDS, LISTS
from meagraph.project import Project

pyodata = pytest.importorskip("pyodata", reason="pyodata reads the feed as a client of OData 2")

LONG_AGO = datetime(2000, 1, 1)


@pytest.fixture(scope="module")
def feed(store: Store, project: Project) -> Feed:
    return records(store, project)


@pytest.fixture(scope="module")
def address(server: Served) -> str:
    return f"{server.url}/informea.svc/"


@pytest.fixture(scope="module")
def get(address: str) -> Get:
    return asking_at(address)


@pytest.fixture(scope="module")
def client(address: str) -> Any:
    config = pyodata.v2.model.Config(retain_null=True)
    return pyodata.Client(address, requests.Session(), config=config)


def ids(feed: Feed, set_: str) -> list[str]:
    return [record.id for record in feed.set(set_) or ()]


def test_informea_imports_every_record_and_rejects_none(feed: Feed, get: Get) -> None:
    harvest = informea.harvest(get)
    assert harvest.warnings == []
    assert {outcome.fate for outcome in harvest.outcomes} == {"imported"}
    for set_ in ("Meetings", "Decisions", "Documents"):
        assert set(harvest.nodes(set_)) == set(ids(feed, set_))
        assert harvest.nodes(set_)


def test_informea_deletes_what_is_gone_and_nothing_else(feed: Feed, get: Get) -> None:
    known = ids(feed, "Meetings")
    gone = ["gone", "o'clock", "a/b", "100%"]
    assert informea.orphans(get, "Meetings", [*known[:5], *gone]) == gone


def test_a_single_record_is_found_by_its_key(feed: Feed, get: Get) -> None:
    for set_ in ("Meetings", "Decisions", "Documents"):
        for id_ in ids(feed, set_)[:5]:
            found = informea.single(get, set_, id_)
            assert found is not None
            assert found["id"] == id_


def test_ecolex_imports_every_decision(feed: Feed, get: Get) -> None:
    assert set(ecolex.harvest(get, LONG_AGO)) == set(ids(feed, "Decisions"))


def test_ecolex_is_given_nothing_that_it_has(feed: Feed, get: Get) -> None:
    last = max(record.updated for record in feed.decisions)
    assert ecolex.harvest(get, datetime(last.year, last.month, last.day)) == {}


@pytest.mark.parametrize("set_", KINDS)
def test_pyodata_reads_every_record_with_its_lists(feed: Feed, client: Any, set_: str) -> None:
    kind = KINDS[set_]
    entities = getattr(client.entity_sets, set_).get_entities().top(1000)
    found = entities.expand(",".join(kind.lists)).execute()
    assert [one._cache["id"] for one in found] == ids(feed, set_)
    for one, record in zip(found, feed.set(set_) or (), strict=True):
        for name in kind.lists:
            assert len(getattr(one, name)) == len(record.fields[name])


def test_pyodata_finds_each_set_that_the_metadata_promise(client: Any) -> None:
    names = {one.name for one in client.schema.entity_sets}
    assert names == {*KINDS, *LISTS}
    for name in sorted(names):
        entities = getattr(client.entity_sets, name)
        count = entities.get_entities().count().execute()
        assert len(entities.get_entities().top(1000).execute()) == min(count, 1000)


def test_pyodata_follows_pages_to_the_end(feed: Feed, client: Any) -> None:
    documents = client.entity_sets.Documents
    found: list[str] = []
    while page := documents.get_entities().skip(len(found)).top(7).execute():
        found += [one._cache["id"] for one in page]
    assert found == ids(feed, "Documents")


def test_pyodata_filters_and_counts(feed: Feed, client: Any) -> None:
    asked = client.entity_sets.Meetings.get_entities()
    late = asked.filter(asked.start >= datetime(2025, 1, 1, tzinfo=UTC)).count(inline=True)
    found = late.execute()
    expected = {one.id for one in feed.meetings if one.fields["start"].year >= 2025}
    assert {one._cache["id"] for one in found} == expected
    assert found.total_count == len(expected)


def test_pyodata_joins_filters_by_or(client: Any) -> None:
    asked = client.entity_sets.Meetings.get_entities()
    late = asked.start >= datetime(2025, 12, 1, tzinfo=UTC)
    either = pyodata.v2.service.GetEntitySetFilter.or_(asked.treaty == "cbd", late)
    found = asked.filter(either).execute()
    assert {one._cache["id"] for one in found} == {"cbd-cop-16-1.cbd", "unea-7.unea"}


def test_pyodata_joins_what_texts_contain_by_or(client: Any) -> None:
    expression = pyodata.v2.service.FilterExpression
    either = expression(city__contains="al", country="CO") | expression(id__startswith="unea-6")
    found = client.entity_sets.Meetings.get_entities().filter(either).execute()
    assert {one._cache["id"] for one in found} == {"cbd-cop-16-1.cbd", "unea-6.unea"}


def test_pyodata_reads_a_record_and_what_belongs_to_it(client: Any) -> None:
    meeting = client.entity_sets.Meetings.get_entity("cbd-cop-16-1.cbd").execute()
    assert meeting.start == datetime(2024, 10, 28, tzinfo=UTC)
    assert [one.language for one in meeting.nav("title").get_entities().execute()] == ["en"]
    assert meeting.get_proprty("city").execute() == "Cali"


def test_pyodata_is_told_of_a_record_that_is_gone(client: Any) -> None:
    with pytest.raises(pyodata.exceptions.HttpError) as gone:
        client.entity_sets.Meetings.get_entity("gone").execute()
    assert gone.value.response.status_code == 404
