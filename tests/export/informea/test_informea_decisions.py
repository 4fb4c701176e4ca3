"""Decisions in the feed: the meeting and the treaty of each."""

from __future__ import annotations

from feed_records import BASEL_COP, IN_JUNE, FeedOf, by_id, left, meeting

from meagraph.export.informea import Feed


def test_a_decision_whose_meeting_has_no_date_is_left_out_and_the_meeting_named(
    ours: Feed,
) -> None:
    out = left(ours, "decisions/mc-4-9")
    assert out.missing == ("meetingId", "published")
    assert "meetings/minamata-cop-4" in out.why


def test_each_decision_is_at_a_meeting_of_the_same_treaty_on_its_first_day(ours: Feed) -> None:
    meetings = by_id(ours.meetings)
    assert [record.fields["number"] for record in ours.decisions] == [
        *("MC-3/11", "MC-3/5", "MC-5/10", "MC-5/16", "MC-5/17", "MC-5/18", "MC-5/19"),
    ]
    for record in ours.decisions:
        held = meetings[record.fields["meetingId"]].fields
        assert held["treaty"] == record.fields["treaty"]
        assert held["start"] == record.fields["published"]
        assert held["title"][0]["value"] == record.fields["meetingTitle"]


def test_a_decision_is_listed_for_the_treaty_in_whose_feed_its_meeting_is_not(
    feed_of: FeedOf,
) -> None:
    bodies = 'bodies:s a mea:Body ; rdfs:label "S COP"@en ; mea:bodyOf agreements:stockholm .'
    decision = """decisions:d a mea:Decision ; rdfs:label "D"@en ; dcterms:identifier "J-1/1" ;
    mea:adoptedBy bodies:basel-cop , bodies:s ; mea:adoptedAt meetings:a , meetings:b ."""
    feed = feed_of(
        {"bodies/s": bodies, "decisions/d": decision}
        | meeting("a", f"{BASEL_COP} ; {IN_JUNE}")
        | meeting("b", "mea:meetingOf bodies:s", '"Another"@en')
    )
    assert [record.id for record in feed.decisions] == ["d.basel"]
    assert left(feed, "decisions/d").missing == ("meetingId", "published")


TOOK_PART = """this:act a mea:Activity ; rdfs:label "Act"@en ; mea:event meetings:a ;
    mea:status status:done ; mea:hasParticipation this:part .
this:part a mea:Participation ; mea:agent organisations:minamata ; mea:role role:observer ."""


def test_what_a_meeting_adopts_and_reads_is_not_that_of_its_guests(feed_of: FeedOf) -> None:
    """A secretariat that sat at the back has adopted nothing, and written no paper."""
    held = meeting("a", IN_JUNE)
    held["meetings/a"] += TOOK_PART
    feed = feed_of(
        held
        | {
            "decisions/d": 'decisions:d a mea:Decision ; rdfs:label "D"@en ;'
            ' dcterms:identifier "X-1/1" ; mea:adoptedAt meetings:a .',
            "documents/p": 'documents:p a mea:Document ; rdfs:label "P"@en ;'
            " mea:writtenFor meetings:a .",
            "documents/q": 'documents:q a mea:Document ; rdfs:label "Q"@en ;'
            " mea:writtenFor meetings:a ; mea:submittedBy organisations:minamata .",
        }
    )
    assert [record.id for record in feed.meetings] == ["a.minamataunep"]
    assert feed.decisions == ()
    assert "treaty" in left(feed, "decisions/d").missing
    assert left(feed, "documents/p").missing == ("treaty",)
    (paper,) = feed.documents
    assert (paper.id, paper.fields["treaty"]) == ("q", "minamataunep")
    assert [one["refId"] for one in paper.fields["referenceToEntities"]] == ["a.minamataunep"]
