"""What the feed holds of the two documents, and of graphs with things that go wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from meagraph.export.informea import Feed, LeftOut, Record
from meagraph.export.informea.record import record_id
from meagraph.export.informea.schema import KINDS
from meagraph.namespaces import BASE

FeedOf = Callable[..., Feed]


def by_id(records: tuple[Record, ...]) -> dict[str, Record]:
    return {record.id: record for record in records}


def left(feed: Feed, slug: str) -> LeftOut:
    return next(one for one in feed.left_out if one.iri.endswith(slug))


def meeting(slug: str, more: str, label: str = '"A meeting"@en') -> dict[str, str]:
    return {f"meetings/{slug}": f"meetings:{slug} a mea:Meeting ; rdfs:label {label} ; {more} ."}


BASEL_COP = "mea:meetingOf bodies:basel-cop"
IN_JUNE = 'mea:when "2022-06-06/2022-06-17"^^edtf:EDTF'


# --- the two documents ---------------------------------------------------------------------------


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


def test_one_document_with_three_symbols_is_one_record_of_three_treaties(ours: Feed) -> None:
    found = [record for record in ours.documents if record.id == "unep-chw.15-20"]
    assert len(found) == 1
    fields = found[0].fields
    assert [one["value"] for one in fields["treaties"]] == ["basel", "rotterdam", "stockholm"]
    assert [one["value"] for one in fields["identifiers"]] == [
        "UNEP/CHW.15/20",
        "UNEP/FAO/RC/COP.10/16",
        "UNEP/POPS/COP.10/20",
    ]


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


def test_authors_have_a_name_and_a_value(ours: Feed) -> None:
    authors = [a for record in ours.documents for a in record.fields["authors"]]
    assert authors
    assert all(author["name"] == author["value"] != "" for author in authors)


def test_no_keyword_is_sent_whose_label_is_not_known_letter_by_letter(ours: Feed) -> None:
    records = (*ours.decisions, *ours.documents)
    assert {len(record.fields["keywords"]) for record in records} == {0}


def test_no_record_lacks_what_its_set_requires_and_all_have_each_property(ours: Feed) -> None:
    for kind in KINDS.values():
        records = ours.set(kind.set) or ()
        assert records
        assert len({record.id for record in records}) == len(records)
        for record in records:
            assert list(record.fields) == [*kind.scalars, *kind.lists]
            assert all(record.fields[name] for name in ("id", *kind.required))
            assert len(record.id) <= 64
            assert all(isinstance(record.fields[name], list) for name in kind.lists)


def test_each_dated_meeting_is_in_the_feed_or_listed(ours: Feed) -> None:
    told = {record.iri for record in ours.meetings}
    out = {one.iri for one in ours.left_out if one.set == "Meetings"}
    assert BASE + "meetings/icmgp-17" in out
    assert not told & out


# --- things that go wrong ------------------------------------------------------------------------


def test_mark_up_entities_and_control_characters_leave_titles(feed_of: FeedOf) -> None:
    label = '"<b>Tom &amp;amp; Jerry</b>\\u0001 at\\n5 < 6"@en'
    feed = feed_of(meeting("a", f"{BASEL_COP} ; {IN_JUNE}", label))
    assert feed.meetings[0].fields["title"][0]["value"] == "Tom & Jerry at 5 < 6"


def test_a_label_of_5000_characters_is_cut_and_says_so(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f"{BASEL_COP} ; {IN_JUNE}", f'"{"x" * 5000}"@en'))
    title = feed.meetings[0].fields["title"][0]["value"]
    assert len(title) == 2048
    assert title.endswith("…")


def test_a_label_without_english_is_sent_in_its_language(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f"{BASEL_COP} ; {IN_JUNE}", '"اجتماع"@ar , "会议"@zh-Hans'))
    titles = [(one["language"], one["value"]) for one in feed.meetings[0].fields["title"]]
    assert titles == [("ar", "اجتماع"), ("zh", "会议")]


def test_a_label_in_a_language_that_harvesters_take_for_english_is_not_sent(
    feed_of: FeedOf,
) -> None:
    feed = feed_of(meeting("a", f"{BASEL_COP} ; {IN_JUNE}", '"Eine Tagung"@de'))
    assert feed.meetings == ()
    assert left(feed, "meetings/a").missing == ("title",)


def test_two_meetings_with_one_label_get_titles_apart(feed_of: FeedOf) -> None:
    feed = feed_of(
        meeting("a", f"{BASEL_COP} ; {IN_JUNE}")
        | meeting("b", f'{BASEL_COP} ; mea:when "2024-01-02"^^edtf:EDTF')
    )
    assert {record.fields["title"][0]["value"] for record in feed.meetings} == {
        "A meeting (2022-06-06, a)",
        "A meeting (2024-01-02, b)",
    }


def test_a_treaty_without_a_machine_name_keeps_its_meetings_out(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f"mea:meetingOf agreements:escazu ; {IN_JUNE}"))
    assert left(feed, "meetings/a").missing == ("treaty",)


def test_a_treaty_without_a_uuid_is_no_record_but_its_meetings_are(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f"mea:meetingOf agreements:stockholm ; {IN_JUNE}"))
    assert left(feed, "agreements/stockholm").missing == ("UUID",)
    assert [record.id for record in feed.meetings] == ["a.stockholm"]


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


def test_a_last_day_that_is_not_known_is_not_made_up(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f'{BASEL_COP} ; mea:when "2022-06-06/2022-07"^^edtf:EDTF'))
    fields = feed.meetings[0].fields
    assert (fields["start"], fields["end"]) == (date(2022, 6, 6), None)
    one_day = feed_of(meeting("a", f'{BASEL_COP} ; mea:when "2022-06-06"^^edtf:EDTF'))
    assert one_day.meetings[0].fields["end"] == date(2022, 6, 6)


def test_an_annex_refers_to_the_meeting_of_its_document(ours: Feed) -> None:
    fields = by_id(ours.documents)["unep-mc-cop.6-inf-29-annex-1"].fields
    assert [one["refId"] for one in fields["referenceToEntities"]] == [
        "minamata-cop-6.minamataunep"
    ]


def test_an_annex_has_the_title_that_is_printed_on_it_and_is_told_from_the_whole(
    ours: Feed,
) -> None:
    """“COP-6 note, annex I” says nothing to who does not know our names of documents."""
    titles = {r.id: r.fields["title"][0]["value"] for r in ours.documents}
    note = titles["minamata-cop6-cooperation-activities"]
    annex = titles["minamata-cop6-cooperation-activities-annex-1"]
    assert note.startswith("Information on activities undertaken by the secretariat")
    assert annex == f"{note} (COP-6 note, annex I)"
    assert len(set(titles.values())) == len(titles)


def test_a_document_submitted_to_a_meeting_is_that_of_its_treaty(feed_of: FeedOf) -> None:
    feed = feed_of(
        meeting("a", f"{BASEL_COP} ; {IN_JUNE}")
        | {
            "documents/p": 'documents:p a mea:Document ; rdfs:label "P"@en ;'
            " mea:submittedTo meetings:a ."
        }
    )
    (paper,) = feed.documents
    assert paper.fields["treaty"] == "basel"
    assert [one["refId"] for one in paper.fields["referenceToEntities"]] == ["a.basel"]


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


def test_a_record_that_was_withdrawn_is_gone(feed_of: FeedOf) -> None:
    more = f"{BASEL_COP} ; {IN_JUNE} ; owl:deprecated true"
    feed = feed_of(meeting("a", more))
    assert feed.meetings == ()
    assert not any(one.iri.endswith("meetings/a") for one in feed.left_out)


def test_a_file_is_sent_only_with_an_official_address_and_its_language(feed_of: FeedOf) -> None:
    english = "<http://publications.europa.eu/resource/authority/language/ENG>"
    paper = 'a mea:Document ; rdfs:label "P"@en ; mea:belongsTo agreements:basel ; schema:url'
    feed = feed_of(
        {
            "documents/a": f"documents:a {paper} <https://www.basel.int/x%20y.pdf> ;"
            f" dcterms:language {english} .",
            "documents/b": f"documents:b {paper} <https://www.basel.int/page> ;"
            f" dcterms:language {english} .",
            "documents/c": f"documents:c {paper} <https://www.basel.int/x.pdf> .",
        }
    )
    documents = by_id(feed.documents)
    assert documents["a"].fields["files"] == [
        {
            "id": "a-files-1",
            "url": "https://www.basel.int/x%20y.pdf",
            "content": None,
            "mimeType": "application/pdf",
            "language": "en",
            "filename": "x y.pdf",
        }
    ]
    assert documents["b"].fields["files"] == documents["c"].fields["files"] == []


def test_ids_rest_on_the_iri_alone_fit_and_are_ascii() -> None:
    passage = BASE + "documents/a/annex-1/17#intergovernmental-meeting"
    keys = [
        record_id(BASE + "meetings/" + "x" * 80, "meetings", "minamataunep"),
        record_id(BASE + "meetings/réunion", "meetings", "basel"),
        record_id(passage, "meetings", "a" * 32),
        record_id(passage.replace("17", "18"), "meetings", "a" * 32),
    ]
    assert len(set(keys)) == len(keys)
    assert all(len(key) <= 64 and key.isascii() for key in keys)


def test_an_iri_that_is_not_ascii_is_an_address_that_is(feed_of: FeedOf) -> None:
    more = f"{BASEL_COP} ; {IN_JUNE} ; schema:url <https://example.org/é>"
    assert feed_of(meeting("a", more)).meetings[0].fields["url"] == "https://example.org/%C3%A9"


def test_records_are_the_newest_first_then_by_id(feed_of: FeedOf) -> None:
    register = """meetings:a.ttl dcterms:modified "2024-01-01"^^xsd:date .
    meetings:b.ttl dcterms:modified "2025-01-01"^^xsd:date .
    meetings:c.ttl dcterms:modified "2024-01-01"^^xsd:date .
    """ + "".join(
        f'<{BASE}{name}.ttl> dcterms:modified "2023-01-01"^^xsd:date .\n'
        for name in (
            *("agreements/basel", "bodies/basel-cop"),
            *("identifiers/informea", "identifiers/informea-name"),
        )
    )
    files = {"register": register}
    for slug in "cba":
        files |= meeting(slug, f"{BASEL_COP} ; {IN_JUNE}")
    feed = feed_of(files)
    assert [(record.id, record.updated.year) for record in feed.meetings] == [
        ("b.basel", 2025),
        ("a.basel", 2024),
        ("c.basel", 2024),
    ]
    assert [record.fields["updated"] for record in feed.meetings] == [
        record.updated for record in feed.meetings
    ]
