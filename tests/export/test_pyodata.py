"""A client of OData 2 that knows nothing of InforMEA reads our service: SAP's pyodata."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.message import Message
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
from pyoxigraph import Store

from meagraph.export.informea import Feed, records, respond
from meagraph.export.informea.schema import KINDS, LISTS
from meagraph.project import Project

pyodata = pytest.importorskip("pyodata", reason="pyodata reads the feed as a client of OData 2")

SERVICE = "https://example.org/informea.svc/"


class Answer(NamedTuple):
    """What the client takes for an answer over HTTP."""

    status_code: int
    headers: Message
    content: bytes
    url: str

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


class Session:
    """Asks our service, without a network between."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed

    def get(self, url: str, **of_http: Any) -> Answer:
        return self.request("GET", url, **of_http)

    def request(self, method: str, url: str, **of_http: Any) -> Answer:
        assert method == "GET"
        assert url.startswith(SERVICE)
        parts = urlsplit(url)
        written = "&".join(filter(None, (parts.query, of_http.get("params"))))
        query = dict(parse_qsl(written, keep_blank_values=True))
        accept = (of_http.get("headers") or {}).get("Accept", "*/*")
        path = parts.path.removeprefix(urlsplit(SERVICE).path)
        answer = respond(self.feed, path, query, accept, SERVICE)
        headers = Message()
        for name, value in {"Content-Type": answer.media_type, **answer.headers}.items():
            headers[name] = value
        return Answer(answer.status, headers, answer.body, url)


@pytest.fixture(scope="module")
def feed(store: Store, project: Project) -> Feed:
    return records(store, project)


def client(feed: Feed) -> Any:
    """A client that keeps null as it is, and fails where the metadata allow no null."""
    config = pyodata.v2.model.Config(retain_null=True)
    return pyodata.Client(SERVICE, Session(feed), config=config)


@pytest.fixture(scope="module")
def service(feed: Feed) -> Any:
    return client(feed)


def read(entity: Any) -> dict[str, Any]:
    """All that a client has of an entity, days as days."""
    type_ = entity._entity_type
    # “url” would be the client's own property, so properties are asked for by its cache.
    return {one.name: entity._cache[one.name] for one in type_.proprties()}


def expected(record: dict[str, Any], names: Any) -> dict[str, Any]:
    found = {name: record[name] for name in names}
    return {
        name: datetime(value.year, value.month, value.day, tzinfo=UTC)
        if hasattr(value, "isoformat")
        else value
        for name, value in found.items()
    }


@pytest.mark.parametrize("set_", KINDS)
def test_every_record_is_read_with_all_its_values_and_lists(
    feed: Feed, service: Any, set_: str
) -> None:
    kind, entities = KINDS[set_], getattr(service.entity_sets, set_).get_entities()
    found = entities.expand(",".join(kind.lists)).execute()
    ours = feed.set(set_) or ()
    assert len(found) == len(ours) > 0
    for entity, record in zip(found, ours, strict=True):
        assert read(entity) == expected(record.fields, kind.scalars)
        for name, texts in kind.lists.items():
            listed = [expected(one, texts) for one in record.fields[name]]
            assert [read(one) for one in getattr(entity, name)] == listed


def test_each_set_that_the_metadata_promise_is_there(feed: Feed, service: Any) -> None:
    names = [one.name for one in service.schema.entity_sets]
    assert set(names) == {*KINDS, *LISTS}
    for name in names:
        entities = getattr(service.entity_sets, name)
        count = entities.get_entities().count().execute()
        found = entities.get_entities().top(1000).execute()
        assert len({read(one)["id"] for one in found}) == len(found) == count
        for one in found[:3]:
            assert read(entities.get_entity(read(one)["id"]).execute()) == read(one)


def test_filters_are_followed_as_the_client_writes_them(feed: Feed, service: Any) -> None:
    meetings = service.entity_sets.Meetings
    by_name = meetings.get_entities().filter(treaty="minamataunep", status="over").execute()
    assert {one.id for one in by_name} == {
        record.id
        for record in feed.meetings
        if (record.fields["treaty"], record.fields["status"]) == ("minamataunep", "over")
    }
    asked = meetings.get_entities()
    by_day = asked.filter(asked.start >= datetime(2025, 1, 1, tzinfo=UTC)).execute()
    assert by_day
    assert {one.id for one in by_day} == {
        record.id for record in feed.meetings if record.fields["start"].year >= 2025
    }


def test_pages_are_followed_to_the_end(feed: Feed) -> None:
    first = feed.meetings[0]
    many = tuple(
        first._replace(fields={**first.fields, "id": f"m-{number:03}.basel"})
        for number in range(250)
    )
    meetings = client(feed._replace(meetings=many)).entity_sets.Meetings
    page = meetings.get_entities().filter("treaty eq 'basel'").count(inline=True).execute()
    assert page.total_count == 250
    found = [one.id for one in page]
    while page.next_url:
        page = meetings.get_entities().next_url(page.next_url).execute()
        found += [one.id for one in page]
    assert found == [record.id for record in many]
    part = meetings.get_entities().order_by("id desc").skip(10).top(5).execute()
    assert [one.id for one in part] == [f"m-{number:03}.basel" for number in range(239, 234, -1)]


def test_one_record_its_lists_and_single_values(feed: Feed, service: Any) -> None:
    meeting = service.entity_sets.Meetings.get_entity("cbd-cop-16-1.cbd").execute()
    assert meeting.start == datetime(2024, 10, 28, tzinfo=UTC)
    titles = meeting.nav("title").get_entities().execute()
    assert [one.language for one in titles] == ["en"]
    assert meeting.nav("title").get_entities().count().execute() == 1
    assert meeting.get_proprty("city").execute() == "Cali"
    chosen = service.entity_sets.Meetings.get_entities().select("id,city").top(1).execute()
    assert set(chosen[0]._cache) == {"id", "city"}


def test_a_record_that_is_gone_is_an_error_of_the_client(service: Any) -> None:
    with pytest.raises(pyodata.exceptions.HttpError) as gone:
        service.entity_sets.Meetings.get_entity("gone").execute()
    assert gone.value.response.status_code == 404
