"""The shapes of a graph: read from their files, and what a result needs to know of one.

The words are those of the Shapes Constraint Language (SHACL, W3C Recommendation, 20 July 2017).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entries import read_vocabulary
from meagraph.namespaces import DCTERMS, RDF, SH, SHAPES, compact
from meagraph.validation.references import ShapesGraph

_NAMELESS = "urn:meagraph:shape:"
"""Stands before the number of a shape that has no IRI, so that a result can point to it."""
_PLACEHOLDER = re.compile(r"\{[$?](\w+)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s]|[a-z]+:[A-Za-z])")
"""What follows a full stop in small letters is no new sentence, unless it is a prefixed name."""
_NAME_FIRST = re.compile(r"[a-z]+:[A-Za-z]")
_PARTS = ("rule", "cause", "remedy")
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}

Term = NamedNode | BlankNode | Literal | Triple


class Step(NamedTuple):
    """The first step of a path: a property, and whether it is followed backwards."""

    predicate: str
    inverse: bool


class Shapes:
    """All shapes of a graph as triples; the shapes without a name are given one."""

    def __init__(self, triples: Iterable[Triple], short: Callable[[str], str] = compact) -> None:
        """Index the triples; ``short`` makes a prefixed name of an IRI."""
        self.triples, self.given = _named(list(dict.fromkeys(triples)))
        self._short = short
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
        return self._short(self.named(shape))

    def named(self, shape: str) -> str:
        """The IRI of a shape; of one without a name, that of the nearest that holds it.

        Args:
            shape: the shape's IRI, or the one that was given to it here.
        """
        seen = [f"<{shape}>"]
        for node in seen:
            if node.startswith("<") and not node.startswith(f"<{_NAMELESS}"):
                return node[1:-1]
            seen += sorted(held for held in self._holders[node] if held not in seen)
        return SHAPES

    def original(self, shape: str) -> NamedNode | BlankNode:
        """A shape as its file has it: the node that had no name before one was given to it here."""
        return self.given.get(shape) or NamedNode(shape)

    def holder(self, shape: str) -> str:
        """The IRI, or the one given here, of the nearest shape that refers to one, or empty."""
        seen = [f"<{shape}>"]
        for node in seen:
            if node.startswith("<") and node != seen[0]:
                return node[1:-1]
            seen += sorted(held for held in self._holders[node] if held not in seen)
        return ""

    def values(self, shape: str, name: str) -> list[Term]:
        """What a shape, or a constraint in SPARQL, says with a term of SHACL, lists as members.

        Args:
            shape: its IRI, or the one that was given to it here.
            name: the term, such as ``minCount``.
        """
        found = self._values[f"<{shape}>", SH + name]
        return [term for one in found for term in (self._list(one) or [one])]

    def path(self, shape: str) -> Term | None:
        """The path of a property shape."""
        found = self._values[f"<{shape}>", SH + "path"]
        return found[0] if found else None

    def path_text(self, path: Term, above: tuple[Term, ...] = ()) -> str:
        """A path in SPARQL's notation, with prefixed names.

        Args:
            path: the path.
            above: the paths that it is a part of; one that is a part of itself is cut short.
        """
        if path in above:
            return "…"
        above = (*above, path)
        if isinstance(path, NamedNode):
            return self._short(path.value)
        members = self._list(path)
        if members:
            return "/".join(self.path_text(member, above) for member in members)
        for inner in self._values[str(path), SH + "inversePath"]:
            return f"^{self.path_text(inner, above)}"
        for inner in self._values[str(path), SH + "alternativePath"]:
            return f"({'|'.join(self.path_text(member, above) for member in self._list(inner))})"
        for name, mark in _REPEATED.items():
            for inner in self._values[str(path), SH + name]:
                return f"({self.path_text(inner, above)}){mark}"
        return ""

    def path_turtle(self, path: Term) -> str:
        """A path in Turtle's notation with whole IRIs, as SHACL writes paths."""
        if isinstance(path, NamedNode):
            return str(path)
        members = self._list(path)
        if members:
            return f"( {' '.join(map(self.path_turtle, members))} )"
        for name in ("inversePath", "alternativePath", *_REPEATED):
            for inner in self._values[str(path), SH + name]:
                return f"[ <{SH}{name}> {self.path_turtle(inner)} ]"
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

    def message(self, sources: Iterable[str], said: Iterable[str]) -> tuple[str, str, str]:
        """The rule, the likely cause and the remedy, from the messages of a result.

        A message is written "Rule. Cause: remedy."; either of the last two may be missing.

        Args:
            sources: the IRIs of the constraint and of the shape, the one to prefer first.
            said: the messages of the result, in which the engine has filled placeholders.
        """
        messages = sorted(said)
        for source in sources:
            for template in sorted(
                map(_english_first, self._values[f"<{source}>", SH + "message"])
            ):
                pattern = _pattern(template[1])
                for message in messages:
                    found = re.fullmatch(pattern, message.strip(), re.DOTALL)
                    if found:
                        rule, cause, remedy = (found[part] or "" for part in _PARTS)
                        return rule, as_sentence(cause), as_sentence(remedy)
        return (messages[0] if messages else "the shape is not satisfied"), "", ""

    def whole_message(self, sources: Iterable[str], said: Iterable[str]) -> str:
        """The message of a result as its shape has it, the English one where it has several.

        Args:
            sources: the IRIs of the constraint and of the shape, the one to prefer first.
            said: the messages of the result, in which the engine has filled placeholders. Empty
                where they are the engine's own.
        """
        messages = sorted(said)
        for source in sources:
            templates = sorted(map(_english_first, self._values[f"<{source}>", SH + "message"]))
            for _, template in templates:
                pattern = _as_pattern(template)
                for message in messages:
                    if re.fullmatch(pattern, message.strip(), re.DOTALL):
                        return message.strip()
        return ""

    def words(self, shape: str) -> tuple[str, str, str]:
        """The rule of a shape, the likely cause and the remedy, whichever node breaks it.

        Args:
            shape: the shape's IRI. Its own message goes first, then those of its constraints in
                SPARQL. All three are empty where it has none; each placeholder is three dots.
        """
        own = [*self._values[f"<{shape}>", SH + "sparql"]]
        sources = [shape, *sorted(node.value for node in own if isinstance(node, NamedNode))]
        for source in sources:
            templates = sorted(map(_english_first, self._values[f"<{source}>", SH + "message"]))
            if templates:
                rule, cause, remedy = self.message([source], [templates[0][1]])
                return _without_values(rule), _without_values(cause), _without_values(remedy)
        return "", "", ""

    def source(self, shape: str) -> str:
        """The section of the model that calls for a shape; empty where the shape does not say."""
        said = self._values[f"<{shape}>", DCTERMS + "source"]
        return min((term.value for term in said if isinstance(term, Literal)), default="")

    def _list(self, head: Term) -> list[Term]:
        members = []
        while first := self._values[str(head), RDF + "first"]:
            members.append(first[0])
            head = self._values[str(head), RDF + "rest"][0]
        return members


def fill(message: str, values: dict[str, str]) -> str:
    """Put values for the placeholders ``{$name}`` and ``{?name}`` that are left in a message."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), message)


def _without_values(template: str) -> str:
    return _PLACEHOLDER.sub("…", template)


def _english_first(message: Term) -> tuple[bool, str]:
    if not isinstance(message, Literal):
        return True, str(message)
    return (message.language or "en") != "en", message.value.strip()


def _pattern(template: str) -> str:
    """A pattern with the groups of `_PARTS`, for what a message becomes when it is filled."""
    rule, *rest = _SENTENCE_END.split(template, maxsplit=1)
    cause, colon, remedy = "".join(rest).partition(": ")
    pattern = f"(?P<rule>{_as_pattern(rule)})"
    pattern += rf"\s+(?P<cause>{_as_pattern(cause)})" if cause else "(?P<cause>)"
    return pattern + (rf":\s+(?P<remedy>{_as_pattern(remedy)})" if colon else "(?P<remedy>)")


def as_sentence(text: str) -> str:
    """A part of a message as a sentence of its own; a prefixed name at its head stays as it is."""
    text = text.strip()
    first = text[:1] if _NAME_FIRST.match(text) else text[:1].upper()
    return first + text[1:] + ("" if text[-1:] in ".!?…" else ".") if text else ""


def _as_pattern(template: str) -> str:
    """A pattern for what a message becomes when its placeholders are filled."""
    parts = re.split(r"\{[$?]\w+\}", template)
    return ".*?".join(map(re.escape, parts))


def _named(triples: list[Triple]) -> tuple[list[Triple], dict[str, BlankNode]]:
    """Give an IRI to the shapes and constraints without one, and say which had none.

    An engine copies blank nodes into its report, and a copy does not lead back to the shape.
    """
    constraints = [t.object for t in triples if t.predicate.value == SH + "sparql"]
    nodes = dict.fromkeys([*ShapesGraph(triples).shapes(), *constraints])
    names: dict[object, NamedNode] = {}
    for node in nodes:
        if isinstance(node, BlankNode):
            names[node] = NamedNode(f"{_NAMELESS}{len(names) + 1}")
    given = {name.value: node for node, name in names.items() if isinstance(node, BlankNode)}
    if not names:
        return triples, given
    return [
        Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object))
        for t in triples
    ], given


def read_shapes(folder: Path) -> Shapes:
    """Read ``shapes/*.ttl``; profiles for other purposes stand in folders below it.

    Raises:
        UnusableInput: a file cannot be read or is not Turtle.
    """
    triples: list[Triple] = []
    for path in sorted(folder.glob("[!.]*.ttl")):
        triples += read_vocabulary(path, SHAPES).triples
    return Shapes(triples)
