"""Triples as JSON-LD 1.1 (W3C Recommendation, 16 July 2020) that a person can read.

The engine writes JSON-LD without a context, every name in full. Here the context stands in the file
(nothing is fetched): prefixes, and for each property what its values are, so that most values are
plain texts. A list is a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.namespaces import RDF, XSD

_TYPE = RDF + "type"
_FIRST, _REST, _NIL = (RDF + name for name in ("first", "rest", "nil"))

_Said = dict[str, dict[str, list[Any]]]
"""Subject, as JSON-LD names it, to property to values."""


def compacted(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Write triples as one document: a context and one object for each thing.

    Args:
        triples: in the order in which their subjects are to stand.
        prefixes: prefix to namespace; those that are used become the context's.
    """
    said: _Said = {}
    for triple in triples:
        of = said.setdefault(_node(triple.subject), {})
        of.setdefault(triple.predicate.value, []).append(triple.object)
    document = _Document(said, prefixes)
    graph = [document.object(name) for name in said if name not in document.in_lists]
    written = {"@context": document.context(), "@graph": graph}
    return (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode()


class _Document:
    """One document: what is said, the prefixes that it uses, and what is folded into lists."""

    def __init__(self, said: _Said, prefixes: Mapping[str, str]) -> None:
        self._said = said
        self._prefixes = prefixes
        self._used: set[str] = set()
        self._lists: dict[str, list[Any]] = {}
        self.in_lists: set[str] = set()
        self._find_lists()
        self._coerced = self._coercions()

    def context(self) -> dict[str, Any]:
        """The context, once all objects are made: it holds the prefixes that these use."""
        kinds = {self._short(name): how for name, how in sorted(self._coerced.items())}
        return {name: self._prefixes[name] for name in sorted(self._used)} | kinds

    def object(self, name: str) -> dict[str, Any]:
        """What is said of one thing."""
        made: dict[str, Any] = {"@id": name if name.startswith("_:") else self._short(name)}
        for predicate, values in self._said[name].items():
            if predicate == _TYPE and all(isinstance(value, NamedNode) for value in values):
                key, shown = "@type", [self._short(value.value) for value in values]
            elif "@container" in self._coerced.get(predicate, {}):
                made[self._short(predicate)] = [
                    self._value(predicate, item) for item in self._items(values)
                ]
                continue
            else:
                key = self._short(predicate)
                shown = [self._value(predicate, value) for value in values]
            made[key] = shown[0] if len(shown) == 1 else shown
        return made

    def _find_lists(self) -> None:
        """Fold what is a list and nothing else: each of its nodes is pointed to once."""
        pointed: dict[str, list[str]] = {}
        for of in self._said.values():
            for predicate, values in of.items():
                for value in values:
                    if isinstance(value, BlankNode):
                        pointed.setdefault(_node(value), []).append(predicate)
        for name, pointing in pointed.items():
            if pointing[0] != _REST:
                self._fold(name, pointed)

    def _fold(self, head: str, pointed: Mapping[str, list[str]]) -> None:
        items, nodes, name = [], [], head
        while name != _NIL:
            of = self._said.get(name, {})
            if set(of) != {_FIRST, _REST} or len(of[_FIRST]) + len(of[_REST]) > 2:
                return
            if name in nodes or len(pointed.get(name, [])) != 1:
                return
            nodes.append(name)
            items.append(of[_FIRST][0])
            name = _node(of[_REST][0])
        self._lists[head] = items
        self.in_lists.update(nodes)

    def _coercions(self) -> dict[str, dict[str, str]]:
        """What the values of a property all are: names, or texts of one language or datatype."""
        kinds: dict[str, set[tuple[str, str, bool]]] = {}
        for name, of in self._said.items():
            if name in self.in_lists:
                continue
            for predicate, values in of.items():
                items = self._items(values)
                if predicate != _TYPE:
                    found = {(*self._kind(each), bool(items)) for each in items or values}
                    kinds.setdefault(predicate, set()).update(found)
        coerced = {}
        for predicate, found in kinds.items():
            (key, what, is_list), *others = sorted(found)
            if key and not others:
                how = {key: self._short(what) if what.startswith("http") else what}
                coerced[predicate] = {"@container": "@list", **how} if is_list else how
        return coerced

    def _items(self, values: list[Any]) -> list[Any]:
        """The items of the list that is the only value; nothing where there is none."""
        return self._lists.get(_node(values[0]), []) if len(values) == 1 else []

    def _kind(self, value: Any) -> tuple[str, str]:
        if not isinstance(value, Literal):
            return ("", "") if _node(value) in self._lists else ("@type", "@id")
        if value.language:
            return "@language", value.language
        return ("", "") if value.datatype.value == XSD + "string" else ("@type", _datatype(value))

    def _value(self, predicate: str, value: Any) -> Any:
        coerced = predicate in self._coerced
        if not isinstance(value, Literal):
            name = _node(value)
            if name in self._lists:
                return {"@list": [self._value("", item) for item in self._lists[name]]}
            shown = name if isinstance(value, BlankNode) else self._short(name)
            return shown if coerced else {"@id": shown}
        if coerced:
            return value.value
        if value.language:
            return {"@language": value.language, "@value": value.value}
        if value.datatype.value == XSD + "string":
            return value.value
        return {"@type": self._short(_datatype(value)), "@value": value.value}

    def _short(self, iri: str) -> str:
        for name, namespace in self._prefixes.items():
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and local and "/" not in local and "#" not in local:
                self._used.add(name)
                return f"{name}:{local}"
        return iri


def _node(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term.value)


def _datatype(value: Literal) -> str:
    return str(value.datatype.value)
