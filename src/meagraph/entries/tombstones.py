"""Tombstones: the records that stay where a name was given up, so that it is never used again.

A renamed or merged entity keeps a record that names its successor, a withdrawn one a record that
gives the reason (model, section 6). A tombstone has no type: with one, questions would count the
thing, and the shapes of many classes would ask for more than a given-up name can say.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from meagraph.entries.writer import write
from meagraph.errors import UnusableInput
from meagraph.namespaces import DCTERMS, ONTOLOGY, OWL, RDFS, SKOS, XSD

DEPRECATED = NamedNode(OWL + "deprecated")
REPLACED_BY = NamedNode(DCTERMS + "isReplacedBy")
_REMARK = NamedNode(ONTOLOGY + "remark")
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))
_LABEL = NamedNode(RDFS + "label")
_OTHER_NAME = NamedNode(SKOS + "altLabel")
NAMES = (_LABEL, _OTHER_NAME, NamedNode(ONTOLOGY + "acronym"))
"""What a tombstone keeps of its record."""


def is_tombstone(iri: str, triples: Iterable[Triple]) -> bool:
    """Whether a record says that its name was given up.

    Args:
        iri: the entity.
        triples: what its record says.
    """
    node = NamedNode(iri)
    return any(
        triple.subject == node
        and triple.predicate == DEPRECATED
        and isinstance(triple.object, Literal)
        and triple.object.value in ("true", "1")
        for triple in triples
    )


def tombstone(iri: str, record: Iterable[Triple], successor: str = "", reason: str = "") -> str:
    """The canonical text of the record that a given-up name keeps.

    Args:
        iri: the name.
        record: what its record said. Its names stay, so that who knows it by one is told; all but
            the label as other names, since questions ask which things have an acronym.
        successor: the name that takes its place, or nothing.
        reason: why it was given up, or nothing.
    """
    node = NamedNode(iri)
    triples = [
        Triple(node, _LABEL if t.predicate == _LABEL else _OTHER_NAME, t.object)
        for t in record
        if t.subject == node and t.predicate in NAMES
    ]
    triples.append(Triple(node, DEPRECATED, _TRUE))
    if successor:
        triples.append(Triple(node, REPLACED_BY, NamedNode(successor)))
    if reason:
        triples.append(Triple(node, _REMARK, Literal(reason, language="en")))
    return write(iri, tuple(triples))


def given_reason(text: str) -> str:
    """A reason as a record can hold it: on one line, without outer blanks.

    Raises:
        UnusableInput: it says nothing.
    """
    reason = " ".join(text.split())
    if not any(character.isalpha() for character in reason):
        raise UnusableInput(
            "the reason says nothing",
            hint='Say in a sentence why the name is given up: --reason "Recorded by mistake: …".',
        )
    return reason
