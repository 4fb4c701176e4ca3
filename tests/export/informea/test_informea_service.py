"""What a live service answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meagraph.export.informea import Feed, Response, respond
from meagraph.export.informea.schema import KINDS

JSON = "application/json"
ATOM = "{http://www.w3.org/2005/Atom}"
M = "{http://schemas.microsoft.com/ado/2007/08/dataservices/metadata}"
D = "{http://schemas.microsoft.com/ado/2007/08/dataservices}"
EDM = "{http://schemas.microsoft.com/ado/2008/09/edm}"
INFORMEA = {
    "Meetings": "title,description",
    "Decisions": "title,keywords,files,content,summary",
    "Documents": "authors,description,files,identifiers,keywords,referenceToEntities,tags,"
    "treaties,title,types",
}
"""What InforMEA asks to have expanded."""


def asked(feed: Feed, path: str, accept: str = JSON, **options: object) -> Response:
    query = {f"${name}": str(value) for name, value in options.items()}
    return respond(feed, path, query, accept, "https://example.org/odata")


def content(feed: Feed, path: str, **options: object) -> Any:
    response = asked(feed, path, JSON, **options)
    assert response.status == 200, response.body
    assert response.media_type.startswith(JSON)
    return json.loads(response.body)["d"]


def ids(feed: Feed, path: str, **options: object) -> list[str]:
    return [one["id"] for one in content(feed, path, **options)["results"]]


def test_the_service_names_its_sets(ours: Feed) -> None:
    assert content(ours, "") == {"EntitySets": [*KINDS]}
    found = ElementTree.fromstring(asked(ours, "/", "application/atomsvc+xml").body)
    names = [one.get("href") for one in found.iter("{http://www.w3.org/2007/app}collection")]
    assert names == [*KINDS]


def test_the_metadata_has_each_property_and_all_roles_fit(ours: Feed) -> None:
    response = asked(ours, "$metadata", "")
    assert response.media_type.startswith("application/xml")
    found = ElementTree.fromstring(response.body)
    types = {one.get("Name"): one for one in found.iter(EDM + "EntityType")}
    for kind in KINDS.values():
        scalars = {p.get("Name"): p.get("Type") for p in types[kind.name].iter(EDM + "Property")}
        assert scalars == kind.scalars
    associations = {
        f"informea.{one.get('Name')}": {end.get("Role"): end.get("Type") for end in one}
        for one in found.iter(EDM + "Association")
    }
    ways = list(found.iter(EDM + "NavigationProperty"))
    assert len(ways) == sum(len(kind.lists) for kind in KINDS.values()) == len(associations)
    for way in ways:
        ends = associations[str(way.get("Relationship"))]
        assert {way.get("FromRole"), way.get("ToRole")} == set(ends)
        assert all(str(type_).removeprefix("informea.") in types for type_ in ends.values())


@pytest.mark.parametrize("set_", INFORMEA)
def test_what_informea_asks_gives_each_record_once(ours: Feed, set_: str) -> None:
    count = asked(ours, f"{set_}/$count", "")
    assert count.media_type.startswith("text/plain")
    found: list[str] = []
    for skip in range(0, int(count.body) + 7, 7):
        found += ids(ours, set_, top=7, skip=skip, expand=INFORMEA[set_], orderby="updated desc,id")
    assert found == [record.id for record in ours.set(set_) or ()]
    assert len(found) == int(count.body)


def test_beyond_the_end_is_nothing_and_no_error(ours: Feed) -> None:
    assert content(ours, "Meetings", skip=100_000) == {"results": []}


def test_lists_are_there_though_nothing_was_asked_to_be_expanded(ours: Feed) -> None:
    for record in content(ours, "Decisions")["results"]:
        for name in KINDS["Decisions"].lists:
            assert isinstance(record[name]["results"], list)


def test_the_count_of_all_pages_comes_with_one(ours: Feed) -> None:
    assert content(ours, "Meetings", inlinecount="allpages", top=1)["__count"] == str(
        len(ours.meetings)
    )
    body = asked(ours, "Meetings", "", inlinecount="allpages", top=1).body
    assert f"<m:count>{len(ours.meetings)}</m:count>".encode() in body


def test_a_page_that_the_service_cut_names_the_next(ours: Feed) -> None:
    many = ours._replace(meetings=ours.meetings * 40)
    first = content(many, "Meetings", filter="treaty ne 'a b'")
    assert len(first["results"]) == 100
    assert first["__next"] == (
        "https://example.org/odata/Meetings?$filter=treaty%20ne%20%27a%20b%27&$skip=100"
    )
    assert "__next" not in content(many, "Meetings", top=100)
    assert "__next" not in content(ours, "Meetings")
    cut = content(many, "Meetings", top=1100)
    assert len(cut["results"]) == 1000
    assert cut["__next"].endswith("?$top=100&$skip=1000")


# --- one record ----------------------------------------------------------------------------------


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


@pytest.mark.parametrize("path", ["Meetings('cbd-cop-16-1.cbd')/$links/title", "$batch"])
def test_what_the_service_does_not_know_of_odata_it_says_so(ours: Feed, path: str) -> None:
    assert asked(ours, path).status == 501


def test_a_key_may_be_percent_encoded_and_have_room_about_it(ours: Feed) -> None:
    for path in ("Meetings(%27cbd-cop-16-1.cbd%27)", "Meetings( id = 'cbd-cop-16-1.cbd' )"):
        assert content(ours, path)["id"] == "cbd-cop-16-1.cbd"


def test_nothing_is_asked_of_a_page_of_none_but_how_many_there_are(ours: Feed) -> None:
    found = content(ours, "Meetings", top=0, inlinecount="allpages")
    assert found == {"results": [], "__count": str(len(ours.meetings))}


def test_what_no_text_can_hold_is_answered(ours: Feed) -> None:
    many = ours._replace(meetings=ours.meetings * 5)
    assert respond(ours, "Meetings('\ud800')", {}, JSON).status == 404
    assert respond(many, "Meetings", {"odd": "\ud800"}, JSON).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "Meetings('gone')",
        "Meetings(guid'gone')",
        "Contacts",
        "Contacts('x')",
        "meetings",
        "Meetings/title",
        "MeetingTitleSet('gone')",
        "MeetingTitles",
        "Meetings('cbd-cop-16-1.cbd')/secret",
        "Meetings('cbd-cop-16-1.cbd')/$count",
        "Meetings('cbd-cop-16-1.cbd')/start/start",
        "Meetings/$count/$count",
        "left_out",
        "Meetings('a)",
        "../etc/passwd",
    ],
)
def test_what_there_is_not_is_not_found(ours: Feed, path: str) -> None:
    response = asked(ours, path)
    assert response.status == 404
    assert json.loads(response.body)["error"]["code"] == "404"


# --- filter and order ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("treaty eq 'cbd'", ["cbd-cop-16-1.cbd"]),
        ("treaty eq 'CBD'", []),
        ("start ge datetime'2025-12-08T00:00:00'", ["unea-7.unea"]),
        ("start gt datetime'2025-12-08T00:00:00'", []),
        ("start lt datetime'2017-09-25'", ["minamata-cop-1.minamataunep"]),
        ("treaty eq 'unea' and status eq 'over'", ["unea-6.unea"]),
        ("(treaty eq 'unea') and (status eq 'over')", ["unea-6.unea"]),
        ("((treaty eq 'unea' and status eq 'over'))", ["unea-6.unea"]),
        ("virtual eq false", ["minamata-cop-4-in-person.minamataunep"]),
        ("location ne null", ["minamata-cop-4-in-person.minamataunep"]),
        ("protocolVersion gt 1", []),
        ("updated gt datetime'2999-01-01T00:00:00'", []),
    ],
)
def test_a_filter_keeps_what_fits(ours: Feed, text: str, expected: list[str]) -> None:
    assert ids(ours, "Meetings", filter=text) == expected
    assert asked(ours, "Meetings/$count", filter=text).body == str(len(expected)).encode()


def test_since_a_day_is_all_that_changed_after_it(ours: Feed) -> None:
    day = ours.meetings[0].updated.isoformat()
    all_ = len(ours.meetings)
    assert len(ids(ours, "Meetings", filter=f"updated ge datetime'{day}T00:00:00'")) == all_
    assert ids(ours, "Meetings", filter=f"updated gt datetime'{day}T00:00:00'") == []
    since = "published gt datetime'2020-01-01T00:00:00' and treaty eq 'minamataunep'"
    assert len(ids(ours, "Decisions", filter=since)) == 5


def test_a_document_of_three_treaties_is_found_by_each(ours: Feed) -> None:
    for treaty in ("basel", "rotterdam", "stockholm"):
        assert "unep-chw.15-20" in ids(ours, "Documents", filter=f"treaty eq '{treaty}'")
        assert "unep-chw.15-20" not in ids(ours, "Documents", filter=f"treaty ne '{treaty}'")


def test_an_order_is_kept_and_the_id_decides_where_all_else_is_equal(ours: Feed) -> None:
    by_start = [r.id for r in sorted(ours.meetings, key=lambda r: (r.fields["start"], r.id))]
    assert ids(ours, "Meetings", orderby="start") == by_start
    assert ids(ours, "Meetings", orderby="updated asc") == sorted(r.id for r in ours.meetings)
    assert ids(ours, "Meetings", orderby="id desc") == sorted(by_start, reverse=True)
    cities = [one["city"] for one in content(ours, "Meetings", orderby="city desc")["results"]]
    assert cities == sorted(filter(None, cities), reverse=True) + [None] * cities.count(None)
    assert ids(ours, "Treaties", orderby="updated desc,id") == [r.id for r in ours.treaties]


def test_what_is_equal_stands_by_id_however_the_feed_was_ordered(ours: Feed) -> None:
    turned = ours._replace(meetings=ours.meetings[::-1])
    for order in ("updated desc", "updated", "treaty desc"):
        assert ids(turned, "Meetings", orderby=order) == ids(ours, "Meetings", orderby=order)


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"top": "-1"}, 400),
        ({"top": "many"}, 400),
        ({"skip": "1.5"}, 400),
        ({"skip": "٣"}, 400),
        ({"top": "9" * 5000}, 400),
        ({"inlinecount": "yes"}, 400),
        ({"expand": "titles"}, 400),
        ({"orderby": "title"}, 400),
        ({"orderby": "id downwards"}, 400),
        ({"orderby": ""}, 400),
        ({"search": "x"}, 400),
        ({"format": "csv"}, 400),
        ({"filter": ""}, 400),
        ({"filter": "treaty"}, 400),
        ({"filter": "treaty eq cbd"}, 400),
        ({"filter": "treaty eq 'cbd"}, 400),
        ({"filter": "treaty eq 'cbd' and"}, 400),
        ({"filter": "(treaty eq 'cbd'"}, 400),
        ({"filter": "treaty eq 'cbd')"}, 400),
        ({"filter": "secret eq 'cbd'"}, 400),
        ({"filter": "treaty eq 3"}, 400),
        ({"filter": "start gt '2024-01-01'"}, 400),
        ({"filter": "start gt datetime'soon'"}, 400),
        ({"filter": "(" * 5000 + "treaty eq 'cbd'"}, 400),
        ({"filter": "treaty eq 'cbd' or treaty eq 'unea'"}, 501),
        ({"filter": "not treaty eq 'cbd'"}, 501),
        ({"filter": "substringof('x', treaty)"}, 501),
        ({"select": "secret"}, 400),
        ({"expand": "title/value"}, 400),
        ({"skiptoken": "x"}, 501),
        ({"top": "\ud800"}, 400),
        ({"filter": "updated gt datetimeoffset'2024-01-01T00:00:00Z'"}, 400),
    ],
)
def test_an_option_that_cannot_be_followed_is_refused(
    ours: Feed, options: dict[str, str], status: int
) -> None:
    response = asked(ours, "Meetings", **options)
    assert response.status == status
    error = json.loads(response.body)["error"]
    assert error["message"]["value"]
    assert len(response.body) < 1000


@pytest.mark.parametrize(
    ("accept", "format_", "media_type"),
    [
        ("", None, "application/atom+xml"),
        ("*/*", None, "application/atom+xml"),
        ("application/json", None, "application/json"),
        ("application/json;odata=verbose", None, "application/json"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", None, "application/atom+xml"),
        ("application/xml;q=0.5, application/json;q=0.9", None, "application/json"),
        ("application/json;q=0, */*", None, "application/atom+xml"),
        ("application/xml;q=0, */*", None, "application/json"),
        ("*/*, application/json", None, "application/json"),
        ("application/json, text/plain, */*", None, "application/json"),
        ("application/json;q=nan, application/xml;q=0.1", None, "application/atom+xml"),
        ("text/csv", "json", "application/json"),
        ("application/json", "atom", "application/atom+xml"),
    ],
)
def test_the_form_is_what_the_harvester_takes(
    ours: Feed, accept: str, format_: str | None, media_type: str
) -> None:
    options = {"format": format_} if format_ else {}
    response = asked(ours, "Meetings", accept, **options)
    assert response.status == 200
    assert response.media_type.startswith(media_type)


def test_neither_json_nor_xml_is_not_acceptable(ours: Feed) -> None:
    response = asked(ours, "Meetings", "text/csv")
    assert response.status == 406
    error = ElementTree.fromstring(response.body)
    assert error.find(M + "code") is not None


@given(
    path=st.one_of(
        st.sampled_from(["Meetings", "Decisions('x')", "MeetingTitleSet"]),
        st.text(max_size=40),
        st.text("Metings()/$'%=idtl", max_size=40).map(lambda more: "Meetings" + more),
    ),
    name=st.sampled_from(["$filter", "$orderby", "$top", "$expand", "$format", "$select", "x"]),
    value=st.text(max_size=60),
    accept=st.text(max_size=40),
)
def test_whatever_is_asked_is_answered(
    ours: Feed, path: str, name: str, value: str, accept: str
) -> None:
    response = respond(ours, path, {name: value}, accept)
    assert response.status in (200, 400, 404, 406, 501)
    if "json" in response.media_type:
        json.loads(response.body)
    elif "xml" in response.media_type:
        ElementTree.fromstring(response.body)


# --- Atom ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("set_", KINDS)
def test_atom_says_what_json_says(ours: Feed, set_: str) -> None:
    feed = ElementTree.fromstring(asked(ours, set_, "application/atom+xml").body)
    said = content(ours, set_)["results"]
    entries = feed.findall(ATOM + "entry")
    assert len(entries) == len(said)
    kind = KINDS[set_]
    for entry, record in zip(entries, said, strict=True):
        properties = entry.find(f"{ATOM}content/{M}properties")
        assert properties is not None
        for name in kind.scalars:
            element = properties.find(D + name)
            assert element is not None
            assert (element.get(M + "null") == "true") is (record[name] is None)
            if isinstance(record[name], str) and not record[name].startswith("/Date("):
                assert element.text == record[name]
        links = {link.get("title"): link for link in entry.findall(ATOM + "link")}
        for name in kind.lists:
            inline = links[name].findall(f"{M}inline/{ATOM}feed/{ATOM}entry")
            assert len(inline) == len(record[name]["results"])


def test_each_address_in_atom_leads_to_what_it_names(ours: Feed) -> None:
    base = "https://example.org/odata/"
    feed = ElementTree.fromstring(asked(ours, "Documents", "", top=3).body)
    for entry in feed.iter(ATOM + "entry"):
        iri = str(entry.findtext(ATOM + "id"))
        found = content(ours, iri.removeprefix(base))
        assert found["__metadata"]["uri"] == iri
        for link in entry.findall(ATOM + "link"):
            answer = content(ours, str(link.get("href")))
            wanted = found if link.get("rel") == "edit" else found[str(link.get("title"))]
            assert answer == wanted


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


def test_atom_is_well_formed_whatever_a_label_holds(
    feed_of: Callable[..., Feed],
) -> None:
    label = r'"a\u0001b\u000B\u007F\u0085 ]]> & <!-- \uFFFE اتفاقية \"q\""'
    text = f"""meetings:a a mea:Meeting ; rdfs:label {label}@en ; mea:meetingOf bodies:basel-cop ;
        mea:when "2022-06-06"^^edtf:EDTF ; mea:takenFrom {label} ."""
    feed = feed_of({"meetings/a": text})
    title = content(feed, "Meetings('a.basel')/title")["results"][0]["value"]
    for path in ("Meetings", "Meetings('a.basel')", "Meetings('a.basel')/title"):
        found = ElementTree.fromstring(asked(feed, path, "").body)
        assert title in [one.text for one in found.iter(D + "value")]
    assert title == 'ab ]]> & <!-- اتفاقية "q"'


def test_days_in_atom_are_moments_and_one_record_is_an_entry(ours: Feed) -> None:
    response = asked(ours, "Meetings('cbd-cop-16-1.cbd')", "")
    assert response.media_type.startswith("application/atom+xml;type=entry")
    entry = ElementTree.fromstring(response.body)
    assert entry.tag == ATOM + "entry"
    start = entry.find(f"{ATOM}content/{M}properties/{D}start")
    assert start is not None
    assert (start.text, start.get(M + "type")) == ("2024-10-28T00:00:00", "Edm.DateTime")


def test_answers_say_their_version_and_that_they_depend_on_what_is_accepted(ours: Feed) -> None:
    for path in ("Meetings", "Nothing"):
        headers = asked(ours, path).headers
        assert headers["DataServiceVersion"].startswith("2.0")
        assert headers["Vary"] == "Accept"
