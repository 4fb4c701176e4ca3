"""Names for IRIs with the prefixes of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import PREFIXES, XSD

_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"'“”{}|^`\\]*[^\s<>\"'“”{}|^`\\.,;:!?)]")
_STANDARD = ("rdf", "rdfs", "owl", "xsd", "sh", "skos", "dcterms")
"""Prefixes that stand for the same everywhere, and are understood where no file declares them."""


class Prefixes:
    """What the prefixes of some files stand for."""

    def __init__(self, declared: Iterable[Mapping[str, str]]) -> None:
        """Take the prefixes of each file; the first that declares one has it."""
        known: dict[str, str] = {}
        for prefixes in declared:
            for prefix, namespace in prefixes.items():
                if namespace not in known.values():
                    known.setdefault(prefix, namespace)
        for prefix in _STANDARD:
            if PREFIXES[prefix] not in known.values():
                known.setdefault(prefix, PREFIXES[prefix])
        self._known = sorted(known.items(), key=lambda item: -len(item[1]))

    def short(self, iri: str) -> str:
        """A prefixed name where one fits, else the IRI in angle brackets."""
        for prefix, namespace in self._known:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def term(self, term: object) -> str:
        """A term in Turtle's notation."""
        if isinstance(term, NamedNode):
            return self.short(term.value)
        if (
            isinstance(term, Literal)
            and not term.language
            and term.datatype.value != XSD + "string"
        ):
            return f"{Literal(term.value)}^^{self.short(term.datatype.value)}"
        return str(term)

    def text(self, text: str) -> str:
        """A text with prefixed names for the IRIs in it."""
        plain = _IRI.sub(lambda found: self._within(found[0]), text)
        return " ".join(plain.split())

    def _within(self, iri: str) -> str:
        name = self.short(iri)
        return iri if name.startswith("<") else name
