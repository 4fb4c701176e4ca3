"""JSON-LD files: contexts that stand elsewhere are refused, and nodes and values are placed.

A place is where the characters stand: JSON has no lines of its own, and what a name means depends
on the context, so that a place is the first one that fits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entries.turtle import Place
from meagraph.errors import UnusableInput

_SCALAR = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")(?P<key>\s*:)?|(?P<bare>[-\w.+]+)', re.DOTALL)


def refuse_remote_contexts(path: Path, text: str) -> None:
    """Stop before a text is parsed whose context would have to be fetched.

    Args:
        path: the file, for the message.
        text: what it holds, nested no deeper than may be.

    Raises:
        UnusableInput: it is not JSON; one of its contexts is an address, or imports one.
    """
    try:
        # Numbers stay as they are: a very long one is no reason to stop.
        read = json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise UnusableInput(
            f"the file is not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
            file=path,
            line=error.lineno,
            column=error.colno,
            hint="Is a comma, a quotation mark or a bracket missing, or one too many?",
        ) from None
    for address in _remote(read):
        line, column = _first(text, address)
        raise UnusableInput(
            f"the context {address} stands elsewhere, and nothing is fetched",
            file=path,
            line=line,
            column=column,
            hint="Put the context itself there, in { and }, or convert the file to Turtle.",
        )


def _remote(value: Any) -> Iterator[str]:
    """The addresses of the contexts of a JSON value, of those in it, and of their imports."""
    if isinstance(value, list):
        for one in value:
            yield from _remote(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "@context":
                yield from _addresses(one)
            if not (key == "@value" and value.get("@type") == "@json"):
                yield from _remote(one)


def _addresses(context: Any) -> Iterator[str]:
    if isinstance(context, str):
        yield context
    elif isinstance(context, list):
        for one in context:
            yield from _addresses(one)
    elif isinstance(context, dict) and isinstance(context.get("@import"), str):
        yield context["@import"]


def _first(text: str, value: str) -> Place:
    for found in _SCALAR.finditer(text):
        if found["text"] and not found["key"] and json.loads(found["text"]) == value:
            return _place(text, found.start())
    return (1, 1)


def _place(text: str, start: int) -> Place:
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


class JsonPlaces:
    """Where the nodes and values of a JSON-LD text stand, as near as its strings tell."""

    def __init__(self, text: str, base: str, prefixes: Mapping[str, str]) -> None:
        """Note where each string, number and word stands."""
        self._text = text
        self._base = base
        self._prefixes = prefixes
        self._values: dict[str, list[int]] = {}
        self._identifiers: dict[str, list[int]] = {}
        key = ""
        for found in _SCALAR.finditer(text):
            said = json.loads(found["text"]) if found["text"] else found["bare"]
            if found["key"]:
                key = said
                continue
            where = self._identifiers if key in ("@id", "id") else self._values
            where.setdefault(said, []).append(found.start())

    def node(self, node: NamedNode | BlankNode) -> Place | None:
        """Where a node is first named, as the subject of an object if it is one anywhere."""
        start = self._start(node)
        return None if start is None else _place(self._text, start)

    def triple(self, triple: Triple) -> Place | None:
        """The first place of the value behind that of its node, else that of its node."""
        begins = self._start(triple.subject) or 0
        value = triple.object
        spelled = {value.value} if isinstance(value, Literal) else self._spellings(value)
        found = [
            start
            for one in spelled
            for start in (*self._values.get(one, ()), *self._identifiers.get(one, ()))
            if start > begins
        ]
        if found or begins:
            return _place(self._text, min(found, default=begins))
        return None

    def _start(self, node: Any) -> int | None:
        for known in (self._identifiers, self._values):
            found = [starts[0] for one in self._spellings(node) if (starts := known.get(one))]
            if found:
                return min(found)
        return None

    def _spellings(self, node: Any) -> set[str]:
        """The ways in which a node may be written."""
        if not isinstance(node, NamedNode):
            return {str(node)}
        iri = node.value
        found = {iri}
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace):
                found.add(f"{prefix}:{iri[len(namespace) :]}")
        folder = self._base.rpartition("/")[0] + "/"
        if iri.startswith(self._base):
            found.add(iri[len(self._base) :])
        if iri.startswith(folder):
            found.add(iri[len(folder) :])
        for mark in "#/":
            if mark in iri:  # a term of the vocabulary of the context
                found.add(iri.rpartition(mark)[2])
        return found - {""}
