"""Our feed as harvesters see it: answers of the service, without a server between."""

from __future__ import annotations

from urllib.parse import parse_qsl

from harvesters.informea import Get
from meagraph.export.informea import Feed, respond

ADDRESS = "https://example.org/informea.svc/"


def asking(feed: Feed) -> Get:
    """What asks our service for the records of a feed."""

    def get(path: str, accept: str) -> tuple[int, str]:
        name, _, query = path.removeprefix(ADDRESS).partition("?")
        options = dict(parse_qsl(query, keep_blank_values=True))
        answer = respond(feed, name, options, accept, ADDRESS)
        return answer.status, answer.body.decode()

    return get
