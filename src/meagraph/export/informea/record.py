"""A record of the feed, and what is in no feed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.export.informea.schema import KINDS, element
from meagraph.export.informea.texts import LONGEST_NAME
from meagraph.namespaces import BASE

if TYPE_CHECKING:
    from datetime import date

    from meagraph.export.informea.schema import Kind


class Record(NamedTuple):
    """One record of one set.

    Args:
        iri: the thing of the graph that it tells of; several records may tell of one.
        updated: the day on which what it tells was last changed.
        fields: each property of `schema.KINDS` by name: text, number, truth value, `date` (a day,
            in UTC) or `None`, and a list of dictionaries of texts for what is navigated to.
    """

    iri: str
    updated: date
    fields: dict[str, Any]

    @property
    def id(self) -> str:
        """The key of the record in its set."""
        return str(self.fields["id"])


class LeftOut(NamedTuple):
    """A thing that belongs in a set and cannot be in it.

    Args:
        iri: the thing.
        set: the set.
        missing: the required properties without a value.
        why: what is missing, in a reader's words.
        file: the file that speaks of the thing itself, from the folder of the project.
    """

    iri: str
    set: str
    missing: tuple[str, ...]
    why: str
    file: str


def record_id(iri: str, folder: str, treaty: str = "") -> str:
    """The id of the record of a thing, for one treaty: the same for as long as the IRI is.

    ``<slug>.<machine name>`` for what has a record under ``folder``; a name too long, or one that
    is no slug, is cut and gets twelve digits of the SHA-256 of the IRI. At most 64 characters. The
    treaty is there from the first: a meeting that a second treaty comes to share keeps its id.

    >>> record_id("https://w3id.org/meagraph/meetings/cbd-cop-16-1", "meetings", "cbd")
    'cbd-cop-16-1.cbd'
    """
    ending = f".{treaty}" if treaty else ""
    room = LONGEST_NAME - len(ending)
    home = f"{BASE}{folder}/"
    slug = iri.removeprefix(home)
    if not iri.startswith(home) or len(slug) > room or not re.fullmatch(r"[a-z0-9.-]+", slug):
        digits = hashlib.sha256(iri.encode()).hexdigest()[:12]
        tail = re.sub(r"[^A-Za-z0-9.-]+", "-", re.split("[/#]", iri)[-1])
        slug = f"{tail[: room - 13]}-{digits}"
    return slug + ending


def listed(owner: str, name: str, values: list[dict[str, str | None]]) -> list[dict[str, Any]]:
    """What a property lists, each with an id of its own: the owner's, and a count from 1."""
    return [{"id": f"{owner}-{name}-{number}", **v} for number, v in enumerate(values, 1)]


def complete(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """All properties of a set, in its order: null, or an empty list, where there is no value."""
    schema = KINDS[kind]
    return {name: fields.get(name) for name in schema.scalars} | {
        name: fields.get(name) or [] for name in schema.lists
    }


def texts(owner: str, name: str, values: dict[str, str]) -> list[dict[str, Any]]:
    """A text in several languages, by their codes, as a list; each has an id of its own."""
    return [
        {"id": f"{owner}-{name}-{code}", "language": code, "value": text}
        for code, text in values.items()
    ]


def elements(kind: Kind, record: Record, name: str) -> tuple[Record, ...]:
    """What a property of a record lists, each as a record; it is as new as the whole."""
    texts = element(kind, name).scalars
    return tuple(
        Record(record.iri, record.updated, {text: one.get(text) for text in texts})
        for one in record.fields[name]
    )


def missing(kind: str, fields: dict[str, Any]) -> tuple[str, ...]:
    """The required properties of a set that have no value."""
    return tuple(name for name in KINDS[kind].required if not fields.get(name))
