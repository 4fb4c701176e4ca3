"""Meetings in the feed: their days, their treaties, their status."""

from __future__ import annotations

from datetime import date

import pytest
from feed_records import BASEL_COP, IN_JUNE, FeedOf, by_id, left, meeting

from meagraph.export.informea import Feed
from meagraph.namespaces import BASE


def test_a_quarter_only_date_keeps_a_meeting_out_and_the_reason_tells_the_quarter(
    ours: Feed,
) -> None:
    out = left(ours, "meetings/minamata-cop-4-resumed")
    assert (out.set, out.missing) == ("Meetings", ("start",))
    assert "first quarter of 2022" in out.why
    assert out.file == "data/meetings/minamata-cop-4-resumed.ttl"


def test_an_inverted_range_keeps_a_meeting_out_as_it_is_written(ours: Feed) -> None:
    out = left(ours, "meetings/prtr-round-table-4")
    assert out.missing == ("start",)
    assert "21-20 November 2024" in out.why


def test_parts_of_a_split_session_are_meetings_apart_and_the_whole_gets_no_date(
    ours: Feed,
) -> None:
    meetings = by_id(ours.meetings)
    online = meetings["minamata-cop-4-online.minamataunep"].fields
    in_person = meetings["minamata-cop-4-in-person.minamataunep"].fields
    assert (online["start"], online["end"]) == (date(2021, 11, 1), date(2021, 11, 5))
    assert (online["virtual"], in_person["virtual"]) == (True, False)
    assert online["title"][0]["value"] != in_person["title"][0]["value"]
    assert left(ours, "meetings/minamata-cop-4").missing == ("start",)


def test_supplied_session_dates_serve_the_feed_and_say_whence_they_are(ours: Feed) -> None:
    fields = by_id(ours.meetings)["minamata-cop-5.minamataunep"].fields
    assert (fields["start"], fields["end"]) == (date(2023, 10, 30), date(2023, 11, 3))
    told = fields["description"][0]["value"]
    assert "Supplied from: Earth Negotiations Bulletin, summary report of COP-5." in told


def test_a_webinar_without_a_place_has_none(ours: Feed) -> None:
    fields = by_id(ours.meetings)["customs-training-webinar-2025-05-26.minamataunep"].fields
    assert [fields[name] for name in ("city", "country", "location")] == [None, None, None]
    assert fields["virtual"] is None  # no passage gives its mode


def test_a_meeting_of_others_is_that_of_the_convention_whose_secretariat_took_part(
    ours: Feed,
) -> None:
    fields = by_id(ours.meetings)["gfc-oewg-1.minamataunep"].fields
    assert (fields["treaty"], fields["kind"]) == ("minamataunep", "partner")
    assert (fields["city"], fields["country"]) == ("Punta del Este", "UY")


def test_a_meeting_of_a_conventions_body_is_that_conventions_alone(ours: Feed) -> None:
    assert [r.id for r in ours.meetings if r.iri.endswith("/cbd-cop-16-1")] == ["cbd-cop-16-1.cbd"]
    fields = by_id(ours.meetings)["cbd-cop-16-1.cbd"].fields
    assert (fields["kind"], fields["type"], fields["status"]) == ("official", "cop", "over")


def test_a_meeting_that_conventions_share_has_a_record_for_each(ours: Feed) -> None:
    iri = BASE + "meetings/basel-oewg-12-online-effectiveness"
    treaties = {r.fields["treaty"]: r.fields["kind"] for r in ours.meetings if r.iri == iri}
    assert treaties == {
        "basel": None,  # a part of its meeting
        "rotterdam": "partner",
        "stockholm": "partner",
        "minamataunep": "partner",
    }


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("unea-6.unea", "over"),
        ("unea-7.unea", "confirmed"),
        ("minamata-cop-4-online.minamataunep", "confirmed"),
        ("minamata-cop-6.minamataunep", None),
    ],
)
def test_the_status_is_that_of_the_statement_whatever_the_day(
    ours: Feed, key: str, status: str | None
) -> None:
    assert by_id(ours.meetings)[key].fields["status"] == status


def test_each_dated_meeting_is_in_the_feed_or_listed(ours: Feed) -> None:
    told = {record.iri for record in ours.meetings}
    out = {one.iri for one in ours.left_out if one.set == "Meetings"}
    assert BASE + "meetings/icmgp-17" in out
    assert not told & out


@pytest.mark.parametrize(
    ("stated", "sent"),
    [
        ("held", "over"),
        ("planned", "confirmed"),
        ("expected", "confirmed"),
        ("tentative", "tentative"),
        ("needed", None),
    ],
)
def test_each_status_of_a_statement_has_its_word(
    feed_of: FeedOf, stated: str, sent: str | None
) -> None:
    feed = feed_of(meeting("a", f"{BASEL_COP} ; {IN_JUNE} ; mea:latestStatus status:{stated}"))
    assert feed.meetings[0].fields["status"] == sent


def test_a_joint_meeting_of_three_bodies_has_an_official_record_for_each(feed_of: FeedOf) -> None:
    """Not only for the body that happens to be read first."""
    bodies = {
        f"bodies/{name}-cop": f'bodies:{name}-cop a mea:Body ; rdfs:label "{name} COP"@en ;'
        f" mea:bodyOf agreements:{name} ."
        for name in ("stockholm", "minamata")
    }
    held = f"{BASEL_COP} , bodies:stockholm-cop , bodies:minamata-cop ; {IN_JUNE}"
    decision = """decisions:d a mea:Decision ; rdfs:label "D"@en ; dcterms:identifier "J-1/1" ;
    mea:adoptedAt meetings:a ."""
    feed = feed_of(bodies | meeting("a", held) | {"decisions/d": decision})
    assert {record.id: record.fields["kind"] for record in feed.meetings} == {
        "a.basel": "official",
        "a.minamataunep": "official",
        "a.stockholm": "official",
    }
    assert {record.id: record.fields["meetingId"] for record in feed.decisions} == {
        "d.basel": "a.basel",
        "d.minamataunep": "a.minamataunep",
        "d.stockholm": "a.stockholm",
    }


def test_a_last_day_that_is_not_known_is_not_made_up(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f'{BASEL_COP} ; mea:when "2022-06-06/2022-07"^^edtf:EDTF'))
    fields = feed.meetings[0].fields
    assert (fields["start"], fields["end"]) == (date(2022, 6, 6), None)
    one_day = feed_of(meeting("a", f'{BASEL_COP} ; mea:when "2022-06-06"^^edtf:EDTF'))
    assert one_day.meetings[0].fields["end"] == date(2022, 6, 6)


def test_who_was_only_invited_or_asked_did_not_take_part(feed_of: FeedOf) -> None:
    act = """meetings:a a mea:Meeting ; rdfs:label "A"@en ; mea:when "2024-01-02"^^edtf:EDTF .
    this:act a mea:Activity ; rdfs:label "Act"@en ; mea:event meetings:a ; mea:status status:{} ;
        mea:hasParticipation this:part .
    this:part a mea:Participation ; mea:agent organisations:minamata ; mea:role role:{} ."""
    for status, role, known in (
        ("done", "observer", True),
        ("done", "invited", False),
        ("requested", "observer", False),
    ):
        feed = feed_of({"meetings/a": act.format(status, role)})
        assert bool(feed.meetings) is known, (status, role)
