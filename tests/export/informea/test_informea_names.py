"""Machine names and labels of terms: from the data, overridden by a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from meagraph.errors import UnusableInput
from meagraph.export.informea import Feed

FeedOf = Callable[..., Feed]

MEETING = {
    "meetings/a": 'meetings:a a mea:Meeting ; rdfs:label "A"@en ; mea:meetingOf bodies:basel-cop ;'
    ' mea:when "2022-06-06"^^edtf:EDTF .'
}
DECISION = MEETING | {
    "decisions/d": 'decisions:d a mea:Decision ; rdfs:label "D"@en ; dcterms:identifier "BC-1/1" ;'
    " mea:adoptedBy bodies:basel-cop ; mea:adoptedAt meetings:a ; mea:topic topic:mercury ."
}


def test_names_come_from_the_data(feed_of: FeedOf) -> None:
    feed = feed_of(MEETING)
    assert [record.id for record in feed.treaties] == ["basel", "minamataunep"]
    assert [record.fields["treaty"] for record in feed.meetings] == ["basel"]


def test_a_file_overrides_the_names(feed_of: FeedOf) -> None:
    feed = feed_of(MEETING, '[treaties]\n"agreements:basel" = "baselconvention"\n')
    assert [record.id for record in feed.meetings] == ["a.baselconvention"]


def test_a_keyword_is_sent_with_the_label_that_was_verified(feed_of: FeedOf) -> None:
    assert feed_of(DECISION).decisions[0].fields["keywords"] == []
    for scheme in ("http", "https"):
        settings = f'[terms]\n"{scheme}://www.informea.org/terms/mercury" = "Mercury\\u0001"\n'
        (keyword,) = feed_of(DECISION, settings).decisions[0].fields["keywords"]
        assert keyword["term"] == "Mercury"
        assert keyword["namespace"] == "http://www.informea.org/terms"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[treaties", "cannot be read"),
        ("[treatys]\n", "“treatys” is not a part"),
        ('[treaties]\n"agreements:basel" = 3\n', "is not a part"),
        ('[treaties]\n"agreements:bsael" = "basel"\n', "the graph has no agreements:bsael"),
        ('[treaties]\n"agreements:basel" = "the Basel Convention"\n', "cannot be a machine name"),
        ('[treaties]\n"agreements:basel" = "Stockholm"\n', "the same machine name"),
    ],
)
def test_settings_that_cannot_be_used_are_named_with_their_file(
    feed_of: FeedOf, settings: str, message: str
) -> None:
    with pytest.raises(UnusableInput, match=message) as refused:
        feed_of(MEETING, settings)
    assert str(refused.value.file).endswith("informea.toml")
