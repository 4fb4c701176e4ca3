"""JSON-LD files: contexts that stand elsewhere are refused, and nodes and values are placed.

A place is where the characters stand: JSON has no lines of its own, and what a name means depends
on the context, so that a place is the first one that fits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entries.turtle import Place
from meagraph.errors import UnusableInput

_SCALAR = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")(?P<key>\s*:)?|(?P<bare>[-\w.+]+)', re.DOTALL)


_MOST = 16
"""How often a text may name a context that is put in its place: each time it grows by all of it."""
_BETWEEN = re.compile(r"[\s,]*")
_WHOLE_AS_WRITTEN = json.JSONDecoder(parse_int=str, parse_float=str)


def refuse_remote_contexts(path: Path, text: str, own: Collection[str] = ()) -> None:
    """Stop before a text is parsed whose context would have to be fetched.

    Args:
        path: the file, for the message.
        text: what it holds, nested no deeper than may be.
        own: the addresses of contexts that need not be fetched, as long as they are not imported.

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
    for address in _remote(read, own):
        line, column = _first(text, address)
        raise UnusableInput(
            f"the context {address} stands elsewhere, and nothing is fetched",
            file=path,
            line=line,
            column=column,
            hint="Put the context itself there, in { and }, or convert the file to Turtle.",
        )


def with_own_context(path: Path, text: str, own: Collection[str], context: str) -> str:
    """A text with a context in the place of each of its names; every line stays where it is.

    Args:
        path: the file, for the message.
        text: what it holds, which `refuse_remote_contexts` lets pass.
        own: the addresses that name the context.
        context: the context, as JSON on one line.

    Raises:
        UnusableInput: it is named more than sixteen times.
    """
    parts, end = [], 0
    for number, (start, behind) in enumerate(_named(text, own), 1):
        if number > _MOST:
            line, column = _place(text, start)
            raise UnusableInput(
                f"the context is named more than {_MOST} times",
                file=path,
                line=line,
                column=column,
                hint="Name it once, and put all that it is for into its @graph.",
            )
        parts += [text[end:start], context]
        end = behind
    return "".join([*parts, text[end:]])


def _named(text: str, own: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where a context is one of these names, or a list has one of them."""
    for found in _SCALAR.finditer(text):
        if not (found["key"] and json.loads(found["text"]) == "@context"):
            continue
        start = _behind(text, found.end())
        in_list = text[start] == "["
        start = _behind(text, start + in_list)
        while text[start] != "]":
            value, end = _WHOLE_AS_WRITTEN.raw_decode(text, start)
            if isinstance(value, str) and value in own:
                yield start, end
            if not in_list:
                break
            start = _behind(text, end)


def _behind(text: str, start: int) -> int:
    """Where the next value begins, or the list ends."""
    found = _BETWEEN.match(text, start)
    return found.end() if found else start


def _remote(value: Any, own: Collection[str]) -> Iterator[str]:
    """The addresses of the contexts of a JSON value, of those in it, and of their imports."""
    if isinstance(value, list):
        for one in value:
            yield from _remote(one, own)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "@context":
                for context in one if isinstance(one, list) else [one]:
                    if not (isinstance(context, str) and context in own):
                        yield from _addresses(context)
            if not (key == "@value" and value.get("@type") == "@json"):
                yield from _remote(one, own)


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
