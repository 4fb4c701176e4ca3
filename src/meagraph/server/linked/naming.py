"""What a name means: a thing, one form of it, a published file, or nothing that we know."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.namespaces import ALIGNMENTS_GRAPH, BASE, ONTOLOGY, ONTOLOGY_GRAPH, OWL, RDF
from meagraph.server.linked.answers import PerEdition
from meagraph.server.linked.forms import FORMS

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.server.edition import Edition

_ENTRY_FILE = NamedNode(ONTOLOGY + "EntryFile")
_TYPE = NamedNode(RDF + "type")
_VERSION = NamedNode(OWL + "versionIRI")
_MERGE = DefaultGraph()
_INDEX = "/index"

_VOCABULARY = ("html", "ttl", "jsonld", "rdf", "nt")
PUBLISHED: dict[str, tuple[str, tuple[str, ...]]] = {
    "ontology": ("ontology", _VOCABULARY),
    "ontology/alignments": ("alignments", _VOCABULARY),
    "concepts": ("concepts", _VOCABULARY),
    "catalogue": ("catalogue", ("ttl", "jsonld")),
    "void": ("void", ("ttl",)),
    "provenance": ("provenance", ("ttl",)),
    "graphs/merge": ("meagraph", ("ttl",)),
}
"""Names whose content is a file of the exports: that file without its ending, and its forms."""

PAGE = "ontology.html"
"""The one page of all vocabularies."""

_DOCUMENTS = ("documents", "readings", "identifiers", "graphs", "dataset", "register")
_NEAR = 3
_LONGEST = 200
_COMPARED = 2000
"""How many names are compared with one that is not known; a near one begins like it."""


class Meaning(NamedTuple):
    """What a name means.

    Args:
        name: what follows our namespace in the IRI that is meant.
        ending: the form that the name asks for; empty where the client's header decides.
        published: whether a file of the exports is its content.
        exact: whether it was asked for by this name; else it is elsewhere.
    """

    name: str
    ending: str = ""
    published: bool = False
    exact: bool = True

    @property
    def iri(self) -> str:
        """The IRI that is meant."""
        return BASE + self.name

    @property
    def is_document(self) -> bool:
        """Whether it denotes a document, which an answer may be a form of.

        Passages, the documents they are of, our files and concept schemes are documents; anything
        else, a meeting or a concept, is in no answer, only described by one.
        """
        first, *rest = self.name.split("/")
        return self.published or first in _DOCUMENTS or (first == "concepts" and len(rest) < 2)


def meaning(store: Store, name: str) -> Meaning | None:
    """What a name means; ``None`` if nothing.

    A thing that is called just so goes before the form of another: names have dots.

    Args:
        store: a built graph.
        name: what follows our namespace, without a fragment unless in an address of JSON-LD, where
            “@” stands for “#”.
    """
    found = _published(store, name)
    if found or not name:
        return found
    if _is_thing(store, name):
        return Meaning(name)
    base, _, ending = name.rpartition(".")
    if ending in FORMS and base:
        for each in (base, base.removesuffix(_INDEX)):
            if each not in PUBLISHED and _is_thing(store, each):
                return Meaning(each, ending)
        claim = _claim(base)
        if claim and ending == "jsonld" and is_known(store, claim):
            return Meaning(claim, ending)
    if name.endswith("/") and not name.endswith("//"):
        elsewhere = meaning(store, name[:-1])
        return elsewhere and elsewhere._replace(exact=False)
    return None


def _published(store: Store, name: str) -> Meaning | None:
    base, _, ending = name.rpartition(".")
    for each, form in ((name, ""), (base, ending)):
        served = each if each in PUBLISHED else _of_version(store, each)
        if served and (not form or form in PUBLISHED[served][1]):
            return Meaning(served, form, published=True)
    return None


def _of_version(store: Store, name: str) -> str:
    """The vocabulary of whose version a name is the IRI, as long as that one is served."""
    for each in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH):
        for quad in store.quads_for_pattern(NamedNode(each), _VERSION, None, None):
            if isinstance(quad.object, NamedNode) and quad.object.value == BASE + name:
                return each.removeprefix(BASE)
    return ""


def is_known(store: Store, name: str) -> bool:
    """Whether the graph names something so: as a thing or as a graph."""
    try:
        node = NamedNode(BASE + name)
    except ValueError:
        return False
    patterns = ((node, None, None, None), (None, None, node, None), (None, None, None, node))
    return any(next(store.quads_for_pattern(*each), None) for each in patterns)


def part_of(store: Store, name: str) -> str:
    """The claim or term that a name is meant for that has “/” or “%23” where that has “#”.

    Returns:
        Its name, empty if there is none.
    """
    whole, _, fragment = name.replace("%23", "/").rpartition("/")
    meant = f"{whole}#{fragment}"
    return meant if whole and fragment and is_known(store, meant) else ""


def _is_thing(store: Store, name: str) -> bool:
    """Whether it is known, and no file of ours: the address of that is a form of the thing's."""
    return is_known(store, name) and not _is_entry_file(store, name)


def _is_entry_file(store: Store, name: str) -> bool:
    kinds = store.quads_for_pattern(NamedNode(BASE + name), _TYPE, _ENTRY_FILE, _MERGE)
    return next(kinds, None) is not None


def _claim(name: str) -> str:
    """The name of a claim, from that of its document; see `meagraph.export.jsonld.path_of`."""
    passage, at, fragment = name.rpartition("@")
    return f"{passage}#{unquote(fragment)}" if at and passage and fragment else ""


def _names(edition: Edition) -> list[str]:
    store = edition.store
    # To test each subject in the query would take many times as long.
    rows: Any = store.query("SELECT DISTINCT ?s { ?s ?p ?o }")
    files = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _ENTRY_FILE, _MERGE)}
    things = {row[0] for row in rows} - files | set(store.named_graphs())
    ours = (each.value for each in things if isinstance(each, NamedNode))
    return sorted(iri[len(BASE) :] for iri in ours if iri.startswith(BASE) and "#" not in iri)


names = PerEdition(_names)
"""The name of each thing that has a page of its own and that something is said of, sorted."""


def near(known: list[str], name: str) -> list[str]:
    """The names that one that is not known may be meant for, the nearest first.

    Args:
        known: all names, sorted.
        name: one that is not among them, with or without the ending of a form.
    """
    base, _, ending = name.rpartition(".")
    wanted = (base if ending.lower() in FORMS else name).strip("/").lower()
    kind, slash, slug = wanted.partition("/")
    folder = [each for each in known if each.startswith(kind + "/")] if slash else known
    if len(folder) > _COMPARED:
        folder = [each for each in folder if each.startswith(f"{kind}/{slug[:1]}")][:_COMPARED]
    return get_close_matches(wanted[:_LONGEST], folder, _NEAR, 0.75)
