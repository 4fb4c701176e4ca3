"""One document per entity: JSON that needs no RDF to be read, and is JSON-LD 1.1 all the same.

A document holds the thing's names and properties, what it links to with names, what leads to it,
and the passages that speak of it with what each states. In JSON-LD the latter are the named
graphs that they are in our data; expanding a document gives nothing that the graph does not hold.
"""

from __future__ import annotations

from operator import attrgetter
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
from meagraph.jsontext import Shared
from meagraph.namespaces import DCTERMS, ENTAILED_GRAPH, ONTOLOGY, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
_STRING, _INTEGER, _BOOLEAN = (XSD + name for name in ("string", "integer", "boolean"))
_NATIVE = 2**53
"""Larger numbers are not whole in every reader of JSON (I-JSON, RFC 7493)."""

Node = dict[str, Any]


class _Term:
    """How a property is written: its key, what the context makes of a text, one value or a list."""

    __slots__ = ("coercion", "key", "single")

    def __init__(self, key: str, coercion: str | None = None, single: bool = False) -> None:
        self.key = key
        self.coercion = coercion
        self.single = single


_BY_KEY = attrgetter("key")
_AS_IRI = {iri: _Term(iri) for iri in (LABEL, PREF_LABEL)}
"""How the properties that hold names are written where what they hold is no name."""


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
        self._terms: dict[str, _Term] = {}

    def types(self, iri: str) -> list[str]:
        """The classes that files state, else those that follow, sorted."""
        types = self._classes.get(iri)
        if types is None:
            rows = [row for row in self.known.of(iri) if row.predicate == TYPE and row.iri]
            stated = {row.iri for row in rows if row.asserted}
            types = sorted(stated or {row.iri for row in rows if row.graph == MERGE})
            self._classes[iri] = types
        return types

    def document(self, iri: str) -> Node:
        """The document of one thing; with no more than its ``id`` if nothing is said of it."""
        found: Node = {"@context": CONTEXT, **self._node(iri)}
        to = self.known.to(iri)
        leading = _leading(to)
        for key, predicate in REVERSES.items():
            if predicate in leading:
                names = sorted(leading[predicate])
                found[key] = [self._reverse(predicate, name) for name in names]
        if PASSAGE in self.types(iri):
            found["states"] = self._states(self.known.inside(iri), iri)
        evidence = self._evidence(iri, to)
        if evidence:
            found["evidence"] = evidence
        return found

    def _node(self, iri: str, without: str = "", inner: bool = False) -> Node:
        """A thing with its own properties, what these lead to called by name."""
        rows = self.known.of(iri)
        redundant = self._redundant(rows)
        called = _called(self.types(iri))
        values: dict[_Term, list[Any]] = {}
        for row in rows:
            predicate = row.predicate
            if row.graph or predicate == without:  # all but the merge have names
                continue
            if predicate == TYPE if row.iri else predicate == called and _is_name(row.object):
                continue
            if redundant and (predicate, row.object) in redundant:
                continue
            term = self._term(predicate, called)
            values.setdefault(term, []).append(self._value(term, row, inner))
        return {**self._link(iri), **_held(values)}

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
        """A thing by its IRI, class and names; the same object each time, not to be changed."""
        node = self._linked.get(iri)
        if node is None:
            types = self.types(iri)
            called = _called(types)
            of = self.known.of(iri)
            names = [row.object for row in of if row.predicate == called and row.graph == MERGE]
            node = Shared({**self._called_by_id(iri, types), **_names(names)})
            self._linked[iri] = node
        return node

    def _called_by_id(self, iri: str, types: Sequence[str]) -> Node:
        if not types:
            return {"id": iri}
        keys = [self.vocabulary.keys.get(each, each) for each in types]
        return {"id": iri, "type": keys[0] if len(keys) == 1 else keys}

    def _term(self, predicate: str, called: str) -> _Term:
        """How a property is written; what is a name elsewhere has its IRI for a key."""
        if predicate == called:
            return _AS_IRI[called]
        term = self._terms.get(predicate)
        if term is None:
            words = self.vocabulary
            key = words.keys.get(predicate, predicate)
            # Where the key is the IRI itself, it is no term and wants nothing.
            coercion = None if key == predicate else words.coercions.get(predicate)
            term = self._terms[predicate] = _Term(key, coercion, words.is_single(key))
        return term

    def _value(self, term: _Term, row: Row, inner: bool) -> Any:
        if isinstance(row.object, Literal):
            return _literal(term.coercion, row.object)
        if row.predicate == HAS_PARTICIPATION and not inner:
            return self._node(row.iri, inner=True)
        return self._link(row.iri)

    def _reverse(self, predicate: str, subject: str) -> Node:
        """A thing that leads here: its name, and of participations and identifiers all of it."""
        if predicate == _IDENTIFIES:
            return self._node(subject, without=predicate, inner=True)
        if predicate != AGENT:
            return self._link(subject)
        node = self._node(subject, without=AGENT, inner=True)
        acts = sorted(_leading(self.known.to(subject)).get(HAS_PARTICIPATION, ()))
        if acts:
            links = [self._link(act) for act in acts]
            node["activity"] = links[0] if len(acts) == 1 else links
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
                rows += [each for each in self._part(row.subject) if each.graph == passage]
            # A thing that links to itself has that row twice.
            states = self._states(dict.fromkeys(rows) if len(rows) > 1 else rows, iri)
            found.append({**self._link(passage), "states": states})
        return found

    def _part(self, participation: str) -> list[Row]:
        """What is said of a participation beside its agent: the role, and the act."""
        around = (*self.known.of(participation), *self.known.to(participation))
        return [row for row in around if row.predicate in (_ROLE, HAS_PARTICIPATION)]

    def _states(self, rows: Iterable[Row], first: str) -> list[Node]:
        """What rows of one graph say, each once, by subject; things are named by their IRIs."""
        by_subject: dict[str, list[Row]] = {}
        for row in rows:
            by_subject.setdefault(row.subject, []).append(row)
        mine = by_subject.pop(first, None)
        found = [self._stated(first, mine)] if mine else []
        return found + [self._stated(each, by_subject[each]) for each in sorted(by_subject)]

    def _stated(self, subject: str, rows: Iterable[Row]) -> Node:
        types = sorted(row.iri for row in rows if row.predicate == TYPE and row.iri)
        called = _called(types)
        names: list[NamedNode | Literal] = []
        values: dict[_Term, list[Any]] = {}
        for row in rows:
            predicate = row.predicate
            if predicate == TYPE:
                continue
            if predicate == called and _is_name(row.object):
                names.append(row.object)
                continue
            term = self._term(predicate, called)
            value: Any
            if isinstance(row.object, Literal):
                value = _literal(term.coercion, row.object)
            else:
                value = row.iri if term.coercion == "@id" else {"id": row.iri}
            values.setdefault(term, []).append(value)
        return {**self._called_by_id(subject, types), **_names(names), **_held(values)}

    def _order(self, passage: str) -> tuple[str, int, str]:
        if passage not in self._orders:
            rows = [row for row in self.known.of(passage) if row.graph == MERGE]
            order = [row.object.value for row in rows if row.predicate == _ORDER]
            within = [row.object.value for row in rows if row.predicate == _IS_PART_OF]
            place = int(order[0]) if order and order[0] == _whole(order[0]) else 0
            self._orders[passage] = (min(within, default=""), place, passage)
        return self._orders[passage]


def _held(values: Mapping[_Term, list[Any]]) -> Node:
    """The values of properties by their keys, in order; a list where there may be several."""
    found: Node = {}
    for term in sorted(values, key=_BY_KEY) if len(values) > 1 else values:
        held = values[term]
        if len(held) > 1:
            found[term.key] = sorted(held, key=_place)
        else:
            found[term.key] = held[0] if term.single else held
    return found


def _literal(coercion: str | None, term: Literal) -> Any:
    """A literal as the context's term wants it, else with its language or datatype."""
    text, language = term.value, term.language
    if language:
        return text if coercion == language else {"@value": text, "@language": language}
    datatype = term.datatype.value
    if datatype == _STRING:
        return text if coercion in (None, datatype) else {"@value": text}
    if coercion in (None, datatype):
        if datatype == _INTEGER and text == _whole(text):
            return int(text)
        if datatype == _BOOLEAN and text in ("true", "false"):
            return text == "true"
    return text if coercion == datatype else {"@value": text, "@type": datatype}


def _called(types: Iterable[str]) -> str:
    """The property that holds the names of a thing of these classes."""
    return PREF_LABEL if CONCEPT in types else LABEL


def _is_name(term: NamedNode | Literal) -> bool:
    """Whether a term is a text, with or without a language."""
    return isinstance(term, Literal) and (bool(term.language) or term.datatype.value == _STRING)


def _names(terms: Sequence[NamedNode | Literal]) -> Node:
    """``label``, the name in English, and ``labels``, all other names by language."""
    if not terms:
        return {}
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


def _leading(rows: Iterable[Row]) -> dict[str, set[str]]:
    """The things that lead here, by property, but not by what only follows."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.asserted:
            found.setdefault(row.predicate, set()).add(row.subject)
    return found


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
