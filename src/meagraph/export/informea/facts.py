"""What the graph says of the things that the feed is about, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.evidence import cite
from meagraph.evidence.citations import is_passage
from meagraph.export.changed import updated
from meagraph.export.informea.texts import language, plain
from meagraph.namespaces import expand

if TYPE_CHECKING:
    from datetime import date

    from meagraph.queryable import Queryable

_NAMES = """rdf:type rdfs:label skos:prefLabel skos:notation skos:closeMatch skos:exactMatch
owl:deprecated dcterms:identifier dcterms:isPartOf dcterms:language dcterms:title
schema:startDate schema:endDate schema:location schema:superEvent schema:containedInPlace schema:url
mea:identifies mea:registry mea:meetingOf mea:relatedTo mea:fallsUnder mea:bodyOf mea:bodyKind
mea:rollsUpTo mea:secretariatOf mea:belongsTo mea:provisionOf mea:memberOf mea:event
mea:hasParticipation mea:agent mea:role mea:status mea:latestStatus mea:rank mea:mode mea:topic
mea:adoptedAt mea:adoptedBy mea:writtenFor mea:submittedTo mea:submittedBy mea:takenFrom mea:checked
mea:when mea:whenAsStated""".split()

_MERGE = DefaultGraph()


class Facts:
    """The statements of a built graph with the properties that the feed needs.

    Properties are named with our prefixes; things by their IRIs; what has no IRI is passed over.
    """

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._said: dict[tuple[str, str], list[NamedNode | Literal]] = {}
        self._said_of: dict[tuple[str, str], list[str]] = {}
        for name in _NAMES:
            predicate = NamedNode(expand(name) or name)
            for quad in store.quads_for_pattern(None, predicate, None, _MERGE):
                if isinstance(quad.subject, NamedNode) and isinstance(
                    quad.object, NamedNode | Literal
                ):
                    self._keep(quad.subject.value, name, quad.object)
        for values in self._said.values():
            values.sort(key=str)
        for subjects in self._said_of.values():
            subjects.sort()
        self._updated = updated(store)

    def _keep(self, subject: str, name: str, value: NamedNode | Literal) -> None:
        self._said.setdefault((subject, name), []).append(value)
        if isinstance(value, NamedNode):
            self._said_of.setdefault((value.value, name), []).append(subject)

    def things(self, name: str) -> list[str]:
        """The IRIs of all that are of a class, those withdrawn left out, sorted."""
        found = self._said_of.get((expand(name) or name, "rdf:type"), [])
        return [iri for iri in found if "true" not in self.texts(iri, "owl:deprecated")]

    def texts(self, iri: str, *names: str) -> list[str]:
        """The values of some properties: texts of literals, and IRIs."""
        return [value.value for name in names for value in self._said.get((iri, name), [])]

    def first(self, iri: str, name: str) -> str | None:
        """The first value of a property by its text, where it has one."""
        return next(iter(self.texts(iri, name)), None)

    def concepts(self, iri: str, name: str) -> set[str]:
        """The last part of the IRI of each concept that is a value."""
        return {value.rpartition("/")[2] for value in self.texts(iri, name)}

    def having(self, name: str, iri: str) -> list[str]:
        """The IRIs of all for which a property has this value, sorted."""
        return self._said_of.get((iri, name), [])

    def titles(
        self, iri: str, names: Iterable[str] = ("rdfs:label", "skos:prefLabel")
    ) -> dict[str, str]:
        """The label of a thing in each language that harvesters know, as plain text.

        ``names`` are the properties that give it, the first before the next.
        """
        found: dict[str, str] = {}
        for name in names:
            for label in self._said.get((iri, name), []):
                code = language(label.language) if isinstance(label, Literal) else None
                text = plain(label.value)
                if code and text:
                    found.setdefault(code, text)
        return dict(sorted(found.items(), key=lambda one: (one[0] != "en", one[0])))

    def title(self, iri: str) -> str | None:
        """One label of a thing: in English where there is such, else in any known language."""
        return next(iter(self.titles(iri).values()), None)

    def updated(self, iris: Iterable[str]) -> date:
        """The latest day on which the statements of any of these things were changed."""
        return max(map(self._updated, iris))

    def stated_in(self, iri: str) -> list[str]:
        """The names of the passages that say something of a thing, in the order of documents."""
        graphs = self._store.quads_for_pattern(NamedNode(iri), None, None, None)
        passages = {q.graph_name.value for q in graphs if isinstance(q.graph_name, NamedNode)}
        return [one.name for one in cite(self._store, filter(is_passage, passages)).values()]

    def wholes(self, iri: str, *names: str) -> Iterator[str]:
        """What a thing is part of, and what that is part of; each once, the nearest first."""
        seen, waiting = {iri}, self.texts(iri, *names)
        while waiting:
            whole = waiting.pop(0)
            if whole not in seen:
                seen.add(whole)
                yield whole
                waiting += self.texts(whole, *names)
