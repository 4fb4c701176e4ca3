"""The last part of a new name: made by the rules of the model (section 6, IRIs), and never reused.

A name is composed of what is known: a symbol; a parent, or the thing's own name; a number or a
time; a part. Which of these a kind of thing has, its curator says.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Store

from meagraph.entries import entry_path
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.project import Project
from meagraph.times import bounds
from meagraph.validation.filling import SLUG

_SMALL = frozenset("a an and at by for from in of on the to with".split())
_LONGEST = 80
"""Characters of a name that is made of a label, cut between words."""
_MERGE = DefaultGraph()


class Details(NamedTuple):
    """What is known of a new thing; what is not known is empty.

    ``of`` is the IRI of its parent (a meeting's body, a body's agreement, a paragraph's decision),
    ``when`` a time as EDTF, ``part`` a part of a meeting or document, such as ``online``.
    """

    label: str = ""
    acronym: str = ""
    symbol: str = ""
    of: str = ""
    ordinal: int | None = None
    when: str = ""
    part: str = ""


def slug(details: Details) -> str:
    """The last part of a thing's name, from what is known of it; ``fill-in`` where nothing is.

    >>> slug(Details(of="https://w3id.org/meagraph/bodies/basel-oewg", ordinal=14))
    'basel-oewg-14'
    >>> slug(Details(symbol="UNEP/MC/COP.6/INF/29", part="annex 1"))
    'unep-mc-cop.6-inf-29-annex-1'

    Raises:
        UnusableInput: the time is not EDTF.
    """
    parent = details.of.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    within = [_number(details), _plain(details.part)]
    if details.symbol:
        parts = [_symbol(details.symbol), _plain(details.part)]
    elif parent:
        own = "" if any(within) else _name(details, parent)
        parts = [parent, own, *within]
    else:
        parts = [_name(details, "") or SLUG, *within]
    found = "-".join(filter(None, parts))
    return f"{found}-{SLUG}" if found == parent else found or SLUG


def free(project: Project, store: Store, namespace: str, wanted: str) -> str:
    """The wanted name, or the next one with a number that nothing has or ever had.

    Args:
        project: where the files are.
        store: the built graph; names that were given up have their records in it.
        namespace: the IRI that the name is added to.
        wanted: the last part of the name.

    Returns:
        The last part of the free name.
    """
    number, found = 1, wanted
    while _is_taken(project, store, namespace + found):
        number += 1
        found = f"{wanted}-{number}"
    return found


def _is_taken(project: Project, store: Store, iri: str) -> bool:
    node = NamedNode(iri)
    if "#" not in iri and iri.startswith(BASE):
        path = entry_path(iri, project.data)
        if path.exists() or path.with_suffix("").is_dir():
            return True
    patterns = ((node, None), (None, node))
    return any(
        next(store.quads_for_pattern(subject, None, value, _MERGE), None) is not None
        for subject, value in patterns
    )


def _symbol(symbol: str) -> str:
    """A symbol in small letters, with hyphens for its slashes; its full stops stay."""
    return re.sub(r"[^a-z0-9.]+", "-", _ascii(symbol)).strip("-.")


def _number(details: Details) -> str:
    """The number in its series, else the first day or the month."""
    if details.ordinal is not None:
        return str(details.ordinal)
    if not details.when:
        return ""
    span = bounds(details.when)
    if span.start:
        return span.start.isoformat()
    if span.earliest is None:
        raise UnusableInput(
            f"{details.when} has no beginning", hint="Give --when a day, a month or a year."
        )
    month = re.match(r"\d{4}-(?:0[1-9]|1[0-2])", details.when)
    return month[0] if month else str(span.earliest.year)


def _name(details: Details, parent: str) -> str:
    """The acronym, else the words of the label that count and that the parent does not have."""
    if details.acronym:
        return _plain(details.acronym)
    known = set(parent.split("-"))
    words = [word for word in _plain(details.label).split("-") if word not in _SMALL]
    words = [word for word in words if word not in known] or words
    name = ""
    for word in words:
        if len(name) + len(word) >= _LONGEST:
            break
        name = f"{name}-{word}" if name else word
    return name


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text)).strip("-")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
