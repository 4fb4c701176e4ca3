"""Our terms as those of rdflib, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.errors import UnusableInput
from meagraph.namespaces import XSD

if TYPE_CHECKING:
    from rdflib.term import Node

_PLAIN = XSD + "string"
_AnyTerm = TypeVar("_AnyTerm")


class Terms:
    """Terms of rdflib for ours, with lexical forms kept, and the way back.

    Blank nodes are named by the order in which they come: an engine then says the same of the same
    triples, whatever a parser called the nodes.
    """

    def __init__(self, prefix: str = "n") -> None:
        """Begin with no term converted; ``prefix`` begins the names of blank nodes."""
        self._prefix = prefix
        self._there: dict[object, Node] = {}
        self._names: dict[str, str] = {}
        self._blank: dict[str, BlankNode] = {}

    def text(self, term: object) -> str:
        """The characters of a term, which those of its conversion are too.

        Raises:
            UnusableInput: it is a triple.
        """
        if isinstance(term, BlankNode):
            name = self._names.get(term.value)
            if name is None:
                name = self._names[term.value] = f"{self._prefix}{len(self._names) + 1}"
                self._blank[name] = term
            return name
        if isinstance(term, Triple):
            raise UnusableInput("a triple about a triple cannot be validated")
        return str(term.value)  # type: ignore[attr-defined]

    def there(self, term: object) -> Node:
        """A term of ours as one of rdflib."""
        known = self._there.get(term)
        if known is None:
            known = self._there[term] = self._converted(term)
        return known

    def _converted(self, term: object) -> Node:
        from rdflib import BNode, URIRef
        from rdflib import Literal as Text

        if isinstance(term, NamedNode):
            return URIRef(term.value)
        if not isinstance(term, Literal):
            return BNode(self.text(term))
        datatype = None
        if term.language is None and term.datatype.value != _PLAIN:
            datatype = URIRef(term.datatype.value)
        return Text(term.value, lang=term.language, datatype=datatype, normalize=False)

    def written(self, term: object) -> str:
        """A term as N-Triples write it, a blank node with its name here."""
        return f"_:{self.text(term)}" if isinstance(term, BlankNode) else str(term)

    def name(self, term: _AnyTerm) -> _AnyTerm | BlankNode:
        """A term, if it is a blank node the one that has its name here for its own."""
        return BlankNode(self.text(term)) if isinstance(term, BlankNode) else term

    def named(self, term: _AnyTerm) -> _AnyTerm | BlankNode:
        """The way back from `name`."""
        return self._blank.get(term.value, term) if isinstance(term, BlankNode) else term

    def blank(self, name: str) -> BlankNode | None:
        """Our blank node, by the name it has here."""
        return self._blank.get(name)
