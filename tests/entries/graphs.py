"""What hypothesis draws for the tests of this folder: triples as curators may state them."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import strategies as st

from meagraph.namespaces import BASE, DCTERMS, EDTF_NAMESPACE, ONTOLOGY, RDF, RDFS, XSD

GRAPH = BASE + "documents/d/annex-1/24"

_LOCALS = st.text("abcz0129.-_", min_size=1, max_size=8)
_NAMESPACES = st.sampled_from(
    [GRAPH + "#", BASE + "meetings/", BASE + "documents/d/", ONTOLOGY, "http://other.org/x#"]
)
IRIS = st.builds(str.__add__, _NAMESPACES, _LOCALS).map(ox.NamedNode)
PREDICATES = st.sampled_from(
    [RDF + "type", RDFS + "label", ONTOLOGY + "when", DCTERMS + "identifier", "http://other.org/p"]
).map(ox.NamedNode)
TEXTS = st.text(
    st.one_of(
        st.sampled_from("\"'\\\n\r\t #<>@^.;,[](){}\b\f\u00a0–“é\U0001f30d"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


def _typed(datatype: str, forms: st.SearchStrategy[str]) -> st.SearchStrategy[ox.Literal]:
    return forms.map(lambda form: ox.Literal(form, datatype=ox.NamedNode(datatype)))


LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "pt-br"])
    ),
    _typed(XSD + "integer", st.integers().map(str)),
    _typed(XSD + "decimal", st.sampled_from(["0", "5", "0.5", "-12.25", "100"])),
    _typed(XSD + "boolean", st.sampled_from(["true", "false", "1", "0", "yes"])),
    _typed(XSD + "date", st.sampled_from(["2024-06-11", "2024-06-11Z", "2024-11-31", "x"])),
    _typed(EDTF_NAMESPACE + "EDTF", st.sampled_from(["2024-06-11/2024-06-13", "../2026-06", ""])),
    _typed("http://other.org/dt", TEXTS),
)
TRIPLES = st.builds(ox.Triple, IRIS, PREDICATES, st.one_of(IRIS, LITERALS))
GRAPHS = st.sets(TRIPLES, min_size=1, max_size=12)
