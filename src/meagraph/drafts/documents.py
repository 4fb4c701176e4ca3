"""Documents of ours as drafts: what `meagraph export jsonld` writes, and the server answers.

They name our context by its address, which is resolved without any network. And they tell more of
a thing than its own file does: names of what it is linked to, what follows, and what passages say
of it. A draft holds of that what stands in its own file, or stands nowhere yet.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from meagraph.entries.jsonld import with_own_context
from meagraph.entries.whereabouts import whereabouts
from meagraph.errors import UnusableInput
from meagraph.export.jsonld import CONTEXT, context

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from pyoxigraph import Store

    from meagraph.entries.rdf import RdfFile

Graphs = dict[NamedNode | BlankNode | DefaultGraph, list[Triple]]

_OUTSIDE = DefaultGraph()


def may_name_ours(raw: bytes) -> bool:
    """Whether a draft may name our context, so that the graph is needed to read it."""
    return b"context.jsonld" in raw


class Own(NamedTuple):
    """Our context, and the graph that it is of.

    Args:
        store: the graph as it stands.
        addresses: where the context is, beside where it is published.
    """

    store: Store
    addresses: Collection[str] = (CONTEXT,)

    def resolved(self, path: Path, text: str) -> str:
        """The text of a JSON-LD file with the context in the place of its addresses.

        Raises:
            UnusableInput: they are named too often.
        """
        known = context(self.store)["@context"]
        return with_own_context(path, text, self.addresses, json.dumps(known))


def entry_of_document(
    file: RdfFile, graphs: Graphs, own: Own, path_under_data: str | None
) -> Graphs:
    """The graphs of a draft; of a document of ours, its one entry.

    Args:
        file: the draft; a document of ours is an object whose context is named by its address.
        graphs: its statements.
        own: the graph that they may stand in already.
        path_under_data: where it would stand, where that has been said.

    Raises:
        UnusableInput: what is new in it belongs to another file than its own, or it shows only a
            part of its file.
    """
    iri = _described(file.text, own.addresses)
    if not iri:
        return graphs
    main = NamedNode(iri)
    entry = graphs.get(main)
    for graph, triples in graphs.items():
        if graph not in (main, _OUTSIDE) and isinstance(graph, NamedNode):
            _refuse_new(
                file,
                [one for one in triples if not _stands(own.store, one, graph)],
                f"this stands in another entry than the document’s own, in {graph.value}",
                "Change it in that passage’s own document.",
            )
    outside = graphs.get(_OUTSIDE, [])
    new = [one for one in outside if not _stands(own.store, one, _OUTSIDE)]
    if entry is not None:
        hint = "What a passage states is in “states”; it stands itself in its document’s index."
        _refuse_new(file, new, "this stands outside of what the passage states", hint)
    else:
        _refuse_parts(file, main, own.store)
        entry = [one for one in outside if one in new or _stands(own.store, one, main)]
    return {_OUTSIDE if path_under_data else main: entry}


def _stands(store: Store, said: Triple, graph: NamedNode | DefaultGraph) -> bool:
    return Quad(said.subject, said.predicate, said.object, graph) in store


def _described(text: str, addresses: Collection[str]) -> str:
    """The IRI that a document of ours is about; empty for all other JSON-LD."""
    read = json.loads(text, parse_int=str, parse_float=str)
    if not isinstance(read, dict):
        return ""
    named = read.get("@context")
    iri = read.get("id", read.get("@id"))
    ours = isinstance(named, str) and named in addresses
    return iri if ours and isinstance(iri, str) and iri.startswith("https://") else ""


def _refuse_new(file: RdfFile, new: list[Triple], message: str, hint: str) -> None:
    if new:
        line, column = whereabouts(file).triple(new[0]) or (1, 1)
        raise UnusableInput(message, file=file.path, line=line, column=column, hint=hint)


def _refuse_parts(file: RdfFile, main: NamedNode, store: Store) -> None:
    """Stop where the thing's file says of other things what its document does not."""
    graph = NamedNode(main.value.partition("#")[0])
    said = store.quads_for_pattern(None, None, None, graph)
    if graph == main and all(quad.subject == main for quad in said):
        return
    raise UnusableInput(
        f"{main.value} stands in a file with other things, which are not in this document",
        file=file.path,
        line=1,
        column=1,
        hint="Take the whole file, in Turtle; a passage’s own document has all that it states.",
    )
