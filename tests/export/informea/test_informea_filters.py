"""Which records a live service answers with, and in which order."""

from __future__ import annotations

import pytest
from feed_asking import asked, content, ids

from meagraph.export.informea import Feed


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
