"""The shapes of a graph: read from their files, and what a result needs to know of one.

The words are those of the Shapes Constraint Language (SHACL, W3C Recommendation, 20 July 2017).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from meagraph.entries.mistakes import encoding_mistake, syntax_mistake
from meagraph.errors import UnusableInput
from meagraph.namespaces import RDF, SH, SHAPES, compact

_NAMELESS = "urn:meagraph:shape:"
"""Stands before the number of a shape that has no IRI, so that a result can point to it."""
_POINTERS = (SH + "property", SH + "sparql")
"""What leads to a shape or constraint that a result may name as its source."""
_PLACEHOLDER = re.compile(r"\{[$?](\w+)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}

Term = NamedNode | BlankNode | Literal | Triple


class Step(NamedTuple):
    """The first step of a path: a property, and whether it is followed backwards."""

    predicate: str
    inverse: bool


class Shapes:
    """All shapes of a graph as triples; the shapes without a name are given one."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Index the triples."""
        self.triples = _named(list(dict.fromkeys(triples)))
        self._values: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._holders: dict[str, list[str]] = defaultdict(list)
        for subject, predicate, value in self.triples:
            self._values[str(subject), predicate.value].append(value)
            if not isinstance(value, Literal):
                self._holders[str(value)].append(str(subject))

    def name(self, shape: str) -> str:
        """The prefixed name of a shape; of one without a name, that of the nearest that holds it.

        Args:
            shape: the shape's IRI.
        """
        seen = [f"<{shape}>"]
        for node in seen:
            if node.startswith("<") and not node.startswith(f"<{_NAMELESS}"):
                return compact(node[1:-1])
            seen += sorted(held for held in self._holders[node] if held not in seen)
        return f"{compact(SHAPES)}"

    def path(self, shape: str) -> Term | None:
        """The path of a property shape."""
        found = self._values[f"<{shape}>", SH + "path"]
        return found[0] if found else None

    def path_text(self, path: Term) -> str:
        """A path in SPARQL's notation, with prefixed names."""
        if isinstance(path, NamedNode):
            return compact(path.value)
        members = self._list(path)
        if members:
            return "/".join(self.path_text(member) for member in members)
        for inner in self._values[str(path), SH + "inversePath"]:
            return f"^{self.path_text(inner)}"
        for inner in self._values[str(path), SH + "alternativePath"]:
            return f"({'|'.join(self.path_text(member) for member in self._list(inner))})"
        for name, mark in _REPEATED.items():
            for inner in self._values[str(path), SH + name]:
                return f"({self.path_text(inner)}){mark}"
        return ""

    def steps(self, path: Term) -> list[Step]:
        """The properties that a path may begin with."""
        if isinstance(path, NamedNode):
            return [Step(path.value, False)]
        members = self._list(path)
        if members:
            return self.steps(members[0])
        found = []
        for inner in self._values[str(path), SH + "inversePath"]:
            found += [Step(predicate, not back) for predicate, back in self.steps(inner)]
        for inner in self._values[str(path), SH + "alternativePath"]:
            for member in self._list(inner):
                found += self.steps(member)
        for name in _REPEATED:
            for inner in self._values[str(path), SH + name]:
                found += self.steps(inner)
        return found

    def message(self, sources: Iterable[str], said: Iterable[str]) -> tuple[str, str]:
        """The rule and the likely cause, from the messages of a result.

        Args:
            sources: the IRIs of the constraint and of the shape, the one to prefer first.
            said: the messages of the result, in which the engine has filled placeholders.
        """
        messages = sorted(said)
        for source in sources:
            for template in sorted(
                map(_english_first, self._values[f"<{source}>", SH + "message"])
            ):
                rule, *cause = _SENTENCE_END.split(template[1], maxsplit=1)
                pattern = r"\s+".join(f"({_as_pattern(part)})" for part in [rule, *cause])
                for message in messages:
                    found = re.fullmatch(pattern, message.strip(), re.DOTALL)
                    if found:
                        return found[1], found[2] if cause else ""
        return (messages[0] if messages else "the shape is not satisfied"), ""

    def _list(self, head: Term) -> list[Term]:
        members = []
        while first := self._values[str(head), RDF + "first"]:
            members.append(first[0])
            head = self._values[str(head), RDF + "rest"][0]
        return members


def fill(message: str, values: dict[str, str]) -> str:
    """Put values for the placeholders ``{$name}`` and ``{?name}`` that are left in a message."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), message)


def _english_first(message: Term) -> tuple[bool, str]:
    if not isinstance(message, Literal):
        return True, str(message)
    return (message.language or "en") != "en", message.value.strip()


def _as_pattern(template: str) -> str:
    """A pattern for what a message becomes when its placeholders are filled."""
    parts = re.split(r"\{[$?]\w+\}", template)
    return ".*?".join(map(re.escape, parts))


def _named(triples: list[Triple]) -> list[Triple]:
    """Give an IRI to the property shapes and constraints without one.

    An engine copies blank nodes into its report, and a copy does not lead back to the shape.
    """
    nameless = dict.fromkeys(
        t.object
        for t in triples
        if t.predicate.value in _POINTERS and isinstance(t.object, BlankNode)
    )
    names: dict[object, NamedNode] = {
        node: NamedNode(f"{_NAMELESS}{number}") for number, node in enumerate(nameless, 1)
    }
    if not names:
        return triples
    return [
        Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object))
        for t in triples
    ]


def read_shapes(folder: Path) -> Shapes:
    """Read ``shapes/*.ttl``; profiles for other purposes stand in folders below it.

    Raises:
        UnusableInput: a file cannot be read or is not Turtle.
    """
    triples: list[Triple] = []
    for path in sorted(folder.glob("[!.]*.ttl")):
        triples += _read(path)
    return Shapes(triples)


def _read(path: Path) -> list[Triple]:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise UnusableInput(
            f"the file cannot be read: {error.strerror}",
            file=path,
            hint="Give yourself the right to read it, or take it out of the folder.",
        ) from None
    except UnicodeDecodeError as error:
        raise encoding_mistake(error, path, raw) from None
    found = pyoxigraph.parse(
        text.encode(), RdfFormat.TURTLE, base_iri=SHAPES, rename_blank_nodes=True
    )
    try:
        return [quad.triple for quad in found]
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, SHAPES) from None
