"""What a live service answers: its sets, pages and forms, and what it refuses."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from feed_asking import EDM, INFORMEA, JSON, M, asked, content, ids
from hypothesis import given
from hypothesis import strategies as st

from meagraph.export.informea import Feed, respond
from meagraph.export.informea.schema import KINDS


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


@pytest.mark.parametrize("path", ["Meetings('cbd-cop-16-1.cbd')/$links/title", "$batch"])
def test_what_the_service_does_not_know_of_odata_it_says_so(ours: Feed, path: str) -> None:
    assert asked(ours, path).status == 501


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
        ({"filter": "not treaty eq 'cbd'"}, 400),
        ({"filter": "protocolVersion add 1 eq 2"}, 501),
        ({"filter": "floor(latitude) eq 2"}, 501),
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
        (
            "application/json;odata.metadata=minimal;q=1.0,"
            "application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,"
            "application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7",
            None,
            "application/atom+xml",
        ),
        ("application/json;odata=light,application/atom+xml", None, "application/atom+xml"),
        ("application/json;odata=light,application/json", None, "application/json"),
        ("application/json;odata=nometadata", None, "application/json"),
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


def test_answers_say_their_version_and_that_they_depend_on_what_is_accepted(ours: Feed) -> None:
    for path in ("Meetings", "Nothing"):
        headers = asked(ours, path).headers
        assert headers["DataServiceVersion"].startswith("2.0")
        assert headers["Vary"] == "Accept"
