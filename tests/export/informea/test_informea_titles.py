"""Titles in the feed: without mark-up, cut with a mark, in a language that harvesters know."""

from __future__ import annotations

from feed_records import BASEL_COP, IN_JUNE, FeedOf, left, meeting


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
