"""One document per entity: JSON that needs no RDF to be read, and is JSON-LD 1.1 all the same.

A document holds the thing's names and properties, what it links to with names, what leads to it,
and the passages that speak of it with what each states. In JSON-LD the latter are the named
graphs that they are in our data; expanding a document gives nothing that the graph does not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from meagraph.export.jsonld.context import (
    CONCEPT,
    CONTEXT,
    LABEL,
    PREF_LABEL,
    REVERSES,
    Vocabulary,
)
from meagraph.export.jsonld.statements import MERGE
from meagraph.namespaces import DCTERMS, ENTAILED_GRAPH, ONTOLOGY, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.export.jsonld.statements import Row, Statements

TYPE = RDF + "type"
AGENT = ONTOLOGY + "agent"
HAS_PARTICIPATION = ONTOLOGY + "hasParticipation"
PASSAGE = ONTOLOGY + "Passage"
_INVOLVES = ONTOLOGY + "involves"
_IDENTIFIES = ONTOLOGY + "identifies"
_ROLE = ONTOLOGY + "role"
_ORDER = ONTOLOGY + "order"
_IS_PART_OF = DCTERMS + "isPartOf"
_STRING = XSD + "string"
_NATIVE = 2**53
"""Larger numbers are not whole in every reader of JSON (I-JSON, RFC 7493)."""

Node = dict[str, Any]


class Documents:
    """Writes the documents of one graph.

    Args:
        known: its statements.
        vocabulary: its keys; read off the statements if not given.
    """

    def __init__(self, known: Statements, vocabulary: Vocabulary | None = None) -> None:
        self.known = known
        self.vocabulary = vocabulary or Vocabulary(known)
        self._classes: dict[str, list[str]] = {}
        self._linked: dict[str, Node] = {}
        self._orders: dict[str, tuple[str, int, str]] = {}

    def types(self, iri: str) -> list[str]:
        """The classes that files state, else those that follow, sorted."""
        types = self._classes.get(iri)
        if types is None:
            rows = [
                row
                for row in self.known.of(iri)
                if row.predicate == TYPE and isinstance(row.object, NamedNode)
            ]
            stated = {row.object.value for row in rows if row.asserted}
            types = sorted(stated or {row.object.value for row in rows if row.graph == MERGE})
            self._classes[iri] = types
        return types

    def document(self, iri: str) -> Node:
        """The document of one thing; with no more than its ``id`` if nothing is said of it."""
        found: Node = {"@context": CONTEXT, **self._node(iri)}
        to = self.known.to(iri)
        for key, predicate in REVERSES.items():
            entries = [self._reverse(iri, key, name) for name in _subjects(to, predicate)]
            if entries:
                found[key] = entries
        if PASSAGE in self.types(iri):
            found["states"] = self._states(self.known.inside(iri), iri)
        evidence = self._evidence(iri, to)
        if evidence:
            found["evidence"] = evidence
        return found

    def _node(self, iri: str, without: str = "", inner: bool = False) -> Node:
        """A thing with its own properties, what these lead to called by name."""
        rows = self.known.of(iri)
        merged = [row for row in rows if row.graph == MERGE and row.predicate != without]
        node = dict(self._link(iri))
        redundant = self._redundant(rows)
        values: dict[str, list[Any]] = {}
        called = _called(self.types(iri))
        for row in merged:
            if row.predicate == TYPE and isinstance(row.object, NamedNode):
                continue
            if row.predicate == called and _is_name(row.object):
                continue
            if (row.predicate, row.object) in redundant:
                continue
            values.setdefault(row.predicate, []).append(self._value(row, called, inner))
        for predicate in sorted(values, key=lambda iri: self._key(iri, called)):
            key = self._key(predicate, called)
            node[key] = self._held(key, values[predicate])
        return node

    def _redundant(self, rows: Iterable[Row]) -> set[tuple[str, NamedNode | Literal]]:
        """What follows only because a more special property says it, or a participation does."""
        entailed = {(row.predicate, row.object) for row in rows if row.graph == ENTAILED_GRAPH}
        if not entailed:
            return entailed
        broader = self.vocabulary.broader
        found = {pair for pair in entailed if pair[0] == _INVOLVES}
        for row in rows:
            for above in broader.get(row.predicate, ()) if row.graph == MERGE else ():
                if (above, row.object) in entailed:
                    found.add((above, row.object))
        return found

    def _link(self, iri: str) -> Node:
        """A thing by its IRI, class and names."""
        node = self._linked.get(iri)
        if node is None:
            types = self.types(iri)
            node = {"id": iri}
            if types:
                node["type"] = self._types(types)
            called = _called(types)
            of = self.known.of(iri)
            names = [row.object for row in of if row.graph == MERGE and row.predicate == called]
            node |= _names(names)
            self._linked[iri] = node
        return node

    def _types(self, types: Iterable[str]) -> str | list[str]:
        keys = [self.vocabulary.keys.get(each, each) for each in types]
        return keys[0] if len(keys) == 1 else keys

    def _key(self, predicate: str, called: str) -> str:
        """The key of a property; of what is a name elsewhere, the IRI."""
        return predicate if predicate == called else self.vocabulary.keys.get(predicate, predicate)

    def _held(self, key: str, values: list[Any]) -> Any:
        if len(values) == 1 and self.vocabulary.is_single(key):
            return values[0]
        return sorted(values, key=_place)

    def _value(self, row: Row, called: str, inner: bool) -> Any:
        if isinstance(row.object, Literal):
            return self._literal(self._key(row.predicate, called), row.predicate, row.object)
        if row.predicate == HAS_PARTICIPATION and not inner:
            return self._node(row.object.value, inner=True)
        return self._link(row.object.value)

    def _literal(self, key: str, predicate: str, term: Literal) -> Any:
        """A literal as the context's term wants it, else with its language or datatype."""
        # Where the key is the IRI itself, it is no term and wants nothing.
        coercion = None if key == predicate else self.vocabulary.coercions.get(predicate)
        text, datatype = term.value, term.datatype.value
        if term.language:
            plain = coercion == term.language
            return text if plain else {"@value": text, "@language": term.language}
        if datatype == XSD + "string":
            return text if coercion in (None, datatype) else {"@value": text}
        if coercion in (None, datatype):
            if datatype == XSD + "integer" and text == _whole(text):
                return int(text)
            if datatype == XSD + "boolean" and text in ("true", "false"):
                return text == "true"
        return text if coercion == datatype else {"@value": text, "@type": datatype}

    def _reverse(self, iri: str, key: str, subject: str) -> Node:
        """A thing that leads here: its name, and of participations and identifiers all of it."""
        predicate = REVERSES[key]
        if predicate == _IDENTIFIES:
            return self._node(subject, without=predicate, inner=True)
        if predicate != AGENT:
            return self._link(subject)
        node = self._node(subject, without=AGENT, inner=True)
        acts = _subjects(self.known.to(subject), HAS_PARTICIPATION)
        if acts:
            node["activity"] = [self._link(act) for act in acts]
            if len(acts) == 1:
                node["activity"] = node["activity"][0]
        return node

    def _evidence(self, iri: str, to: Iterable[Row]) -> list[Node]:
        """The passages that state something of a thing, in the documents' order, with what."""
        stated: dict[str, list[Row]] = {}
        for row in (*self.known.of(iri), *to):
            if row.asserted and row.graph != iri:
                stated.setdefault(row.graph, []).append(row)
        passages = [graph for graph in stated if PASSAGE in self.types(graph)]
        found = []
        for passage in sorted(passages, key=self._order):
            rows = stated[passage]
            for row in [row for row in rows if row.predicate == AGENT and row.subject != iri]:
                around = (*self.known.of(row.subject), *self.known.to(row.subject))
                rows += [
                    each
                    for each in around
                    if each.graph == passage and each.predicate in (_ROLE, HAS_PARTICIPATION)
                ]
            found.append({**self._link(passage), "states": self._states(rows, iri)})
        return found

    def _states(self, rows: Iterable[Row], first: str) -> list[Node]:
        """What rows of one graph say, by subject; things are named by their IRIs alone."""
        by_subject: dict[str, dict[str, set[NamedNode | Literal]]] = {}
        for row in rows:
            by_subject.setdefault(row.subject, {}).setdefault(row.predicate, set()).add(row.object)
        found = []
        for subject in sorted(by_subject, key=lambda iri: (iri != first, iri)):
            said = by_subject[subject]
            node: Node = {"id": subject}
            types = sorted(o.value for o in said.pop(TYPE, ()) if isinstance(o, NamedNode))
            if types:
                node["type"] = self._types(types)
            called = _called(types)
            node |= _names(said.get(called, ()))
            for predicate in sorted(said, key=lambda iri: self._key(iri, called)):
                key = self._key(predicate, called)
                values = [o for o in said[predicate] if predicate != called or not _is_name(o)]
                if values:
                    node[key] = self._held(key, [self._bare(key, predicate, o) for o in values])
            found.append(node)
        return found

    def _bare(self, key: str, predicate: str, term: NamedNode | Literal) -> Any:
        if isinstance(term, Literal):
            return self._literal(key, predicate, term)
        coerced = key != predicate and self.vocabulary.coercions.get(predicate) == "@id"
        return term.value if coerced else {"id": term.value}

    def _order(self, passage: str) -> tuple[str, int, str]:
        if passage not in self._orders:
            rows = [row for row in self.known.of(passage) if row.graph == MERGE]
            order = [row.object.value for row in rows if row.predicate == _ORDER]
            within = [row.object.value for row in rows if row.predicate == _IS_PART_OF]
            place = int(order[0]) if order and order[0] == _whole(order[0]) else 0
            self._orders[passage] = (min(within, default=""), place, passage)
        return self._orders[passage]


def _called(types: Iterable[str]) -> str:
    """The property that holds the names of a thing of these classes."""
    return PREF_LABEL if CONCEPT in types else LABEL


def _is_name(term: NamedNode | Literal) -> bool:
    """Whether a term is a text, with or without a language."""
    return isinstance(term, Literal) and (bool(term.language) or term.datatype.value == _STRING)


def _names(terms: Iterable[NamedNode | Literal]) -> Node:
    """``label``, the name in English, and ``labels``, all other names by language."""
    by_language: dict[str, list[str]] = {}
    for term in terms:
        if isinstance(term, Literal) and _is_name(term):
            by_language.setdefault(term.language or "@none", []).append(term.value)
    node: Node = {}
    english = sorted(by_language.pop("en", ()))
    if english:
        node["label"] = english.pop(0)
    if english:
        by_language["en"] = english
    if by_language:
        ordered = {language: sorted(by_language[language]) for language in sorted(by_language)}
        node["labels"] = ordered
    return node


def _subjects(rows: Iterable[Row], predicate: str) -> list[str]:
    """The things that lead here by a property, each once, but not by what only follows."""
    found = {row.subject for row in rows if row.predicate == predicate and row.asserted}
    return sorted(found)


def _whole(text: str) -> str:
    """The canonical form of a whole number that any reader of JSON keeps; empty if it is none."""
    try:
        number = int(text) if len(text) < 18 and text.isascii() else _NATIVE
    except ValueError:
        return ""
    return str(number) if abs(number) < _NATIVE else ""


def _place(value: Any) -> tuple[str, str]:
    if isinstance(value, dict):
        return str(value.get("label", "")), str(value.get("id", sorted(value.items())))
    return "", str(value).rjust(20, "0") if isinstance(value, int) else str(value)
