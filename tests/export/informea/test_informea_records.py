"""What holds for all records: ids, addresses, order, what is left out."""

from __future__ import annotations

from feed_records import BASEL_COP, IN_JUNE, FeedOf, left, meeting

from meagraph.export.informea import Feed
from meagraph.export.informea.record import record_id
from meagraph.export.informea.schema import KINDS
from meagraph.namespaces import BASE


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


def test_a_treaty_without_a_machine_name_keeps_its_meetings_out(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f"mea:meetingOf agreements:escazu ; {IN_JUNE}"))
    assert left(feed, "meetings/a").missing == ("treaty",)


def test_a_treaty_without_a_uuid_is_no_record_but_its_meetings_are(feed_of: FeedOf) -> None:
    feed = feed_of(meeting("a", f"mea:meetingOf agreements:stockholm ; {IN_JUNE}"))
    assert left(feed, "agreements/stockholm").missing == ("UUID",)
    assert [record.id for record in feed.meetings] == ["a.stockholm"]


def test_a_record_that_was_withdrawn_is_gone(feed_of: FeedOf) -> None:
    more = f"{BASEL_COP} ; {IN_JUNE} ; owl:deprecated true"
    feed = feed_of(meeting("a", more))
    assert feed.meetings == ()
    assert not any(one.iri.endswith("meetings/a") for one in feed.left_out)


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
