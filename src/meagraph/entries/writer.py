"""The one way in which triples are written: rdflib's ``longturtle``, with our prefixes.

The text depends on the graph's name and its set of triples alone, so that two curators who state
the same write the same bytes, and a difference of two versions is a difference of statements.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyoxigraph

from meagraph.namespaces import PREFIXES, XSD

if TYPE_CHECKING:
    from rdflib.plugins.serializers.longturtle import LongTurtleSerializer

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PLAIN = {
    XSD + "integer": re.compile(r"-?[0-9]+"),
    XSD + "decimal": re.compile(r"-?[0-9]+\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
"""Datatypes that Turtle writes without quotation marks, where the lexical form allows it."""

_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


def write(graph: str, triples: tuple[pyoxigraph.Triple, ...]) -> str:
    """Triples without blank nodes as canonical Turtle, ending in one line feed.

    Args:
        graph: the IRI of the graph; ``this:`` is bound to it and ``#``.
        triples: in any order.
    """
    from rdflib import Graph, Literal, URIRef

    def node(term: Any) -> Any:
        if isinstance(term, pyoxigraph.Literal):
            datatype = None if term.language else URIRef(term.datatype.value)
            if datatype == URIRef(XSD + "string"):
                datatype = None
            return Literal(term.value, term.language, datatype, normalize=False)
        return URIRef(term.value)

    store: Graph = Graph(bind_namespaces="none")
    stream = BytesIO()
    with _ill_typed_values_accepted():
        # Sorted first: rdflib's order is partial (equal values, two spellings), its sort stable.
        for triple in sorted(set(triples), key=str):
            store.add((node(triple.subject), node(triple.predicate), node(triple.object)))
        _serializer(store, graph).serialize(stream, encoding="utf-8")
    return stream.getvalue().decode().strip("\n") + "\n"


@contextmanager
def _ill_typed_values_accepted() -> Iterator[None]:
    """Keep rdflib from printing a trace for a value such as 31 November: shapes report those."""
    import logging

    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = before


def _serializer(store: Any, graph: str) -> LongTurtleSerializer:
    """rdflib's writer, which shortens with our prefixes only and keeps literals as written."""
    from rdflib import Literal, URIRef
    from rdflib.plugins.serializers.longturtle import LongTurtleSerializer

    namespaces = sorted(
        [("this", graph + "#"), *PREFIXES.items()], key=lambda item: len(item[1]), reverse=True
    )

    class EntrySerializer(LongTurtleSerializer):
        def get_pname(self, uri: Any, gen_prefix: bool = True) -> str | None:
            if not isinstance(uri, URIRef):
                return None
            for prefix, namespace in namespaces:
                local = uri[len(namespace) :]
                if uri.startswith(namespace) and _LOCAL.fullmatch(local):
                    self.addNamespace(prefix, namespace)  # type: ignore[no-untyped-call]
                    return f"{prefix}:{local}"
            return None

        def preprocessTriple(self, triple: Any) -> None:  # noqa: N802 (rdflib's name)
            super().preprocessTriple(triple)
            value = triple[2]
            if isinstance(value, Literal) and _is_plain(value):
                return
            if isinstance(value, Literal) and value.datatype:
                self.get_pname(value.datatype)

        def label(self, node: Any, position: int) -> str:
            if isinstance(node, Literal):
                return _literal(node, self.get_pname)
            return str(super().label(node, position))  # type: ignore[no-untyped-call]

    return EntrySerializer(store)  # type: ignore[no-untyped-call]


def _is_plain(value: Any) -> bool:
    form = _PLAIN.get(str(value.datatype))
    return form is not None and form.fullmatch(str(value)) is not None


def _literal(value: Any, shorten: Any) -> str:
    if _is_plain(value):
        return str(value)
    text = '"' + str(value).translate(_ESCAPES) + '"'
    if value.language:
        return f"{text}@{value.language}"
    if value.datatype:
        return f"{text}^^{shorten(value.datatype) or f'<{value.datatype}>'}"
    return text
