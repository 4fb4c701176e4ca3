"""What a live service answers of one record: by key, its lists, its single values."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from feed_asking import ATOM, D, M, asked, content, ids

from meagraph.export.informea import Feed
from meagraph.export.informea.schema import KINDS


@pytest.mark.parametrize("key", ["'{}'", "guid'{}'", "id='{}'"])
def test_a_record_is_found_by_its_key(ours: Feed, key: str) -> None:
    for record in ours.meetings:
        found = content(ours, f"Meetings({key.format(record.id)})")
        assert found["id"] == record.id
        assert found["__metadata"]["uri"] == f"https://example.org/odata/Meetings('{record.id}')"


def test_the_address_of_a_record_leads_to_it_whatever_its_id(ours: Feed) -> None:
    odd = ours.meetings[0]._replace(fields={**ours.meetings[0].fields, "id": "O'Neil & Ö/7%"})
    feed = ours._replace(meetings=(odd,))
    uri = content(feed, "Meetings")["results"][0]["__metadata"]["uri"]
    assert uri.isascii()
    path = uri.removeprefix("https://example.org/odata/")
    assert content(feed, path)["id"] == odd.id


def test_a_treaty_is_found_by_its_uuid(ours: Feed) -> None:
    key = "Treaties(guid'fb7708d6-7a42-4f8e-9e5a-f03da26db46f')"
    assert content(ours, key)["id"] == "minamataunep"


def test_what_a_record_lists_can_be_asked_for_itself(ours: Feed) -> None:
    path = f"Meetings('{ours.meetings[0].id}')/title"
    assert content(ours, path) == content(ours, f"Meetings('{ours.meetings[0].id}')")["title"]
    found = ElementTree.fromstring(asked(ours, path, "").body)
    assert len(list(found.iter(ATOM + "entry"))) == 1


def test_what_a_list_of_a_record_has_can_be_asked_for_alone_counted_and_chosen(ours: Feed) -> None:
    document = "Documents('unep-chw.15-20')"
    symbols = content(ours, f"{document}/identifiers")["results"]
    assert [one["value"] for one in symbols] == [
        "UNEP/CHW.15/20",
        "UNEP/FAO/RC/COP.10/16",
        "UNEP/POPS/COP.10/20",
    ]
    assert asked(ours, f"{document}/identifiers/$count").body == b"3"
    last = content(ours, f"{document}/identifiers", orderby="value desc", top=1)["results"]
    assert last == symbols[2:]
    key = f"identifiers('{symbols[1]['id']}')"
    assert content(ours, f"{document}/{key}") == symbols[1]
    for one in symbols:  # the address that each has leads to it
        path = one["__metadata"]["uri"].removeprefix("https://example.org/odata/")
        assert content(ours, path) == one


def test_the_lists_of_all_records_are_sets_too_and_come_in_pages(ours: Feed) -> None:
    titles = [one["id"] for record in ours.meetings for one in record.fields["title"]]
    assert ids(ours, "MeetingTitleSet") == titles
    assert asked(ours, "MeetingTitleSet/$count").body == str(len(titles)).encode()
    many = ours._replace(meetings=ours.meetings * 5)
    following = content(many, "MeetingTitleSet")["__next"]
    assert following == "https://example.org/odata/MeetingTitleSet?$skip=100"


@pytest.mark.parametrize(
    ("name", "json", "xml", "text"),
    [
        ("city", "Cali", "Cali", b"Cali"),
        ("start", "/Date(1730073600000)/", "2024-10-28T00:00:00", b"2024-10-28T00:00:00"),
        ("protocolVersion", 1, "1", b"1"),
        ("latitude", None, None, None),
    ],
)
def test_one_value_of_a_record_can_be_asked_for(
    ours: Feed, name: str, json: object, xml: str | None, text: bytes | None
) -> None:
    path = f"Meetings('cbd-cop-16-1.cbd')/{name}"
    assert content(ours, path) == {name: json}
    element = ElementTree.fromstring(asked(ours, path, "").body)
    assert (element.tag, element.text) == (D + name, xml)
    assert (element.get(M + "null") == "true") is (xml is None)
    alone = asked(ours, f"{path}/$value")
    assert (alone.status, alone.body if text else None) == (200 if text else 404, text)


def test_only_the_properties_that_are_asked_for_are_sent(ours: Feed) -> None:
    first = content(ours, "Meetings", select="id,title", top=1)["results"][0]
    assert set(first) == {"__metadata", "id", "title"}
    single = content(ours, "Meetings('cbd-cop-16-1.cbd')", select="*")
    assert set(single) == {"__metadata", *KINDS["Meetings"].scalars}
    entry = ElementTree.fromstring(asked(ours, "Meetings", "", select="city", top=1).body)
    assert [one.tag for one in next(entry.iter(M + "properties"))] == [D + "city"]
    # What is not sent may still be asked about.
    assert ids(ours, "Meetings", select="id", filter="treaty eq 'cbd'") == ["cbd-cop-16-1.cbd"]


def test_a_key_may_be_percent_encoded_and_have_room_about_it(ours: Feed) -> None:
    for path in ("Meetings(%27cbd-cop-16-1.cbd%27)", "Meetings( id = 'cbd-cop-16-1.cbd' )"):
        assert content(ours, path)["id"] == "cbd-cop-16-1.cbd"


def test_the_pages_of_a_list_stay_within_its_record(ours: Feed) -> None:
    first = ours.documents[0]
    symbols = [{"id": f"s-{n:03}", "name": "symbol", "value": str(n)} for n in range(150)]
    feed = ours._replace(
        documents=(first._replace(fields={**first.fields, "identifiers": symbols}),)
    )
    path = f"Documents('{first.id}')/identifiers"
    following = content(feed, path)["__next"]
    assert following == f"https://example.org/odata/{path}?$skip=100"
    assert ids(feed, path, skip=100) == [one["id"] for one in symbols[100:]]
