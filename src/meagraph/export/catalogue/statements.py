"""Statements about the dataset, and how they are written: sorted, so always the same bytes."""

from __future__ import annotations

import json
import re
from io import BytesIO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from meagraph.namespaces import BASE, PREFIXES, RDF, XSD

DATASET = BASE + "dataset#meagraph"
CATALOGUE = BASE + "catalogue#"
VOID_FILE = BASE + "void#"
PROVENANCE = BASE + "provenance#"
PROJECT = CATALOGUE + "project"
"""The names given here have a “#”: no graph is so named, and none may be typed as an entity of
PROV or a dataset (it denotes a passage or a thing, a meeting for one)."""

VOID = "http://rdfs.org/ns/void#"
ADMS = PREFIXES["adms"]
DCAT = PREFIXES["dcat"]
FOAF = PREFIXES["foaf"]
PROV = PREFIXES["prov"]

_PREFIXES = {**PREFIXES, "void": VOID}

Value = NamedNode | Literal


class Statements:
    """Triples without blank nodes, each once."""

    def __init__(self) -> None:
        self.triples: set[Triple] = set()

    def say(self, subject: str, predicate: str, *values: Value | str | int) -> None:
        """State one triple for each value.

        Args:
            subject: an IRI.
            predicate: an IRI.
            values: terms; a text is an IRI, a number an ``xsd:integer``.
        """
        for value in values:
            self.triples.add(Triple(NamedNode(subject), NamedNode(predicate), _term(value)))

    def type(self, subject: str, *classes: str) -> None:
        """State what a thing is."""
        self.say(subject, RDF + "type", *classes)

    @property
    def ttl(self) -> bytes:
        """The statements in Turtle."""
        written = BytesIO()
        serialize(
            sorted(self.triples, key=_place), written, RdfFormat.TURTLE, prefixes=self._prefixes()
        )
        return written.getvalue()

    @property
    def jsonld(self) -> bytes:
        """The statements in JSON-LD 1.1, one flat object a thing, names shortened by prefixes."""
        prefixes = self._prefixes()
        things: dict[object, dict[str, list[object]]] = {}
        for triple in sorted(self.triples, key=_place):
            thing = things.setdefault(getattr(triple.subject, "value", None), {})
            if triple.predicate.value == RDF + "type":
                class_ = _short(getattr(triple.object, "value", ""), prefixes)
                thing.setdefault("@type", []).append(class_)
            else:
                name = _short(triple.predicate.value, prefixes)
                thing.setdefault(name, []).append(_json(triple.object, prefixes))
        graph = [
            {
                "@id": iri,
                **{key: found[0] if len(found) == 1 else found for key, found in of.items()},
            }
            for iri, of in things.items()
        ]
        document = {"@context": prefixes, "@graph": graph}
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

    def _prefixes(self) -> dict[str, str]:
        """The prefixes that shorten a property, a class or a datatype."""
        used = {XSD}
        for triple in self.triples:
            used |= {_namespace(triple.predicate.value)}
            if isinstance(triple.object, NamedNode):
                used |= {_namespace(triple.object.value)}
        return {name: iri for name, iri in sorted(_PREFIXES.items()) if iri in used}


def text(value: str, language: str = "en") -> Literal:
    """A text in a language."""
    return Literal(value, language=language)


def day(value: str) -> Literal:
    """A day, as in ``2026-11-21``."""
    return Literal(value, datatype=NamedNode(XSD + "date"))


def slug(iri: str) -> str:
    """What tells an IRI from others of its namespace, fit for the end of another.

    >>> slug("https://w3id.org/meagraph/documents/a-hrc-45-2")
    'a-hrc-45-2'
    """
    return iri[len(_namespace(iri)) :]


def prefixed(iri: str) -> str:
    """Prefix and local name with a hyphen between, or the whole IRI, fit for the end of another.

    >>> prefixed("http://purl.org/dc/terms/title")
    'dcterms-title'
    """
    for name, namespace in _PREFIXES.items():
        if _namespace(iri) == namespace:
            return f"{name}-{slug(iri)}"
    return fit(iri.partition("//")[2])


def fit(name: str) -> str:
    """A name in ASCII letters, digits, points and hyphens, fit for the end of an IRI."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-")


def _term(value: Value | str | int) -> Value:
    if isinstance(value, int):
        return Literal(str(value), datatype=NamedNode(XSD + "integer"))
    return NamedNode(value) if isinstance(value, str) else value


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), predicate != RDF + "type", predicate, str(triple.object)


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _short(iri: str, prefixes: dict[str, str]) -> str:
    for name, namespace in prefixes.items():
        if _namespace(iri) == namespace and len(iri) > len(namespace):
            return f"{name}:{iri[len(namespace) :]}"
    return iri


def _json(term: object, prefixes: dict[str, str]) -> object:
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    assert isinstance(term, Literal)
    if term.language:
        return {"@language": term.language, "@value": term.value}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@type": _short(term.datatype.value, prefixes), "@value": term.value}
