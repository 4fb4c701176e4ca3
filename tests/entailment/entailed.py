"""A few triples, and what follows from them, in short."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from meagraph.entailment import entail
from meagraph.namespaces import BASE, ENTAILED_GRAPH, PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def merged(turtle: str) -> Store:
    """A store with these triples in its default graph; ``:`` is http://e/."""
    store = Store()
    store.load((HEAD + "PREFIX : <http://e/>\n" + turtle).encode(), RdfFormat.TURTLE)
    return store


def stated(graphs: dict[str, str]) -> Store:
    """A store with named graphs, by their paths, and the merge of them."""
    store = Store()
    for path, turtle in graphs.items():
        text = (HEAD + f"PREFIX this: <{BASE}{path}#>\n" + turtle).encode()
        store.load(text, RdfFormat.TURTLE, to_graph=NamedNode(BASE + path))
        store.load(text, RdfFormat.TURTLE)
    return store


def concluded(turtle: str) -> set[str]:
    """The entailed triples as prefixed text."""
    return {short(triple) for triple in entail(merged(turtle))}


def short(triple: Triple) -> str:
    """A triple as prefixed text, without datatypes."""
    parts = []
    prefixes = {**PREFIXES, "": "http://e/", "derived": ENTAILED_GRAPH + "#"}
    for term in (triple.subject, triple.predicate, triple.object):
        text = str(term)
        for prefix, iri in prefixes.items():
            if text.startswith("<" + iri):
                text = f"{prefix}:{text[len(iri) + 1 : -1]}"
        parts.append(text.partition("^^")[0])
    return " ".join(parts)
