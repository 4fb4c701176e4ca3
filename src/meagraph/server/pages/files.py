"""The headings of pages that tell what stands in a file of ours, which has no name of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meagraph.evidence import cite
from meagraph.namespaces import BASE, CONCEPTS, ENTAILED_GRAPH
from meagraph.server.pages.wording import named
from meagraph.tables import labels_of

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_READINGS, _DOCUMENTS = BASE + "readings/", BASE + "documents/"
_IDENTIFIERS = BASE + "identifiers/"


class Heading(NamedTuple):
    """What a page is called.

    Args:
        label: its title.
        kinds: what it is, in a word or two.
        note: what is to be known of all that stands there; may be empty.
        above: the document or the passage that it belongs to, empty for none, and what it is
            called.
    """

    label: str
    kinds: str
    note: str = ""
    above: tuple[str, str] = ("", "")


NOT_STATED = (
    "What follows is not stated by the passage: it is what a reader concludes, with the reason."
)


def heading(store: Queryable, iri: str) -> Heading | None:
    """The heading of the page of a file; ``None`` for what has a name of its own."""
    if iri.startswith(_READINGS):
        name = cite(store, [iri])[iri].name
        about = _DOCUMENTS + iri[len(_READINGS) :]
        return Heading(f"How {name} is read", "readings", NOT_STATED, (about, name))
    if iri.startswith(_IDENTIFIERS):
        registry = CONCEPTS + "registry/" + iri[len(_IDENTIFIERS) :]
        name = named(registry, labels_of(store, [registry]))
        return Heading(f"{name}: identifiers", "external identifiers")
    if iri == ENTAILED_GRAPH:
        note = "No file says this: it follows from the statements by the rules of the ontology."
        return Heading("What follows from the statements", "derived statements", note)
    if iri == BASE + "dataset":
        return Heading("The dataset", "description of the data")
    return None
