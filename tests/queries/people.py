"""A question with a parameter of each sort, a store that answers it, and how it is asked."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, CONCEPTS, ONTOLOGY, RDF, RDFS, SKOS
from meagraph.queries import ask, bind, read_question

QUESTION = """\
#+ summary = "Who?"
#+ description = '''VALUES ?agent { in the header }'''
#+ [parameters.agent]
#+ label = "Actor"
#+ class = "mea:Organisation"
#+ required = true
#+ many = true
#+ [parameters.status]
#+ scheme = "status"
#+ [parameters.word]
#+ datatype = "xsd:string"
#+ [parameters.since]
#+ datatype = "xsd:date"
#+ bound = "lower"
#+ [parameters.until]
#+ datatype = "xsd:date"
#+ bound = "upper"
#+ [parameters.count]
#+ datatype = "xsd:integer"
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
# a comment with VALUES ?agent { comment }
SELECT ?agent ?word ?since ?until ?count ?status ("VALUES ?agent { text }" AS ?text) WHERE {
  VALUES ?agent { mea:nobody }
  VALUES ?status { UNDEF } VALUES ?word { "default } # word" } VALUES ?since { UNDEF }
  VALUES ?until { UNDEF } VALUES ?count { 7 }
  { values $agent { mea:nobody } ?agent rdfs:label ?label }
}
"""


def node(path: str) -> NamedNode:
    return NamedNode(BASE + path)


def people() -> Store:
    """Fifteen organisations, a meeting and a status."""
    store = Store()
    label, kind = NamedNode(RDFS + "label"), NamedNode(RDF + "type")
    for number in range(15):
        thing = node(f"organisations/org-{number:02}")
        store.add(Quad(thing, kind, NamedNode(ONTOLOGY + "Organisation"), DefaultGraph()))
        store.add(Quad(thing, label, Literal(f"Org {number:02}", language="en"), DefaultGraph()))
    meeting = node("meetings/cop")
    store.add(Quad(meeting, kind, NamedNode(ONTOLOGY + "Meeting"), DefaultGraph()))
    store.add(Quad(meeting, label, Literal("The COP", language="en"), DefaultGraph()))
    held = NamedNode(CONCEPTS + "status/held")
    scheme = NamedNode(CONCEPTS + "status")
    store.add(Quad(held, NamedNode(SKOS + "inScheme"), scheme, DefaultGraph()))
    preferred = Literal("held", language="en")
    store.add(Quad(held, NamedNode(SKOS + "prefLabel"), preferred, DefaultGraph()))
    return store


def answer(store: Store, **values: list[str]) -> list[dict[str, object]]:
    question = read_question(QUESTION, "who.rq", "who")
    found = ask(store, bind(question, store, values))
    return [dict(zip(found.variables, row, strict=True)) for row in found.rows]


def refusal(store: Store, **values: list[str]) -> str:
    with pytest.raises(UnusableInput) as caught:
        answer(store, **values)
    return str(caught.value)
