"""Records of the feed as tests look at them, and small graphs to make them from."""

from __future__ import annotations

from collections.abc import Callable

from meagraph.export.informea import Feed, LeftOut, Record

FeedOf = Callable[..., Feed]


def by_id(records: tuple[Record, ...]) -> dict[str, Record]:
    return {record.id: record for record in records}


def left(feed: Feed, slug: str) -> LeftOut:
    return next(one for one in feed.left_out if one.iri.endswith(slug))


def meeting(slug: str, more: str, label: str = '"A meeting"@en') -> dict[str, str]:
    return {f"meetings/{slug}": f"meetings:{slug} a mea:Meeting ; rdfs:label {label} ; {more} ."}


BASEL_COP = "mea:meetingOf bodies:basel-cop"
IN_JUNE = 'mea:when "2022-06-06/2022-06-17"^^edtf:EDTF'
