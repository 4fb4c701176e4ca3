"""The ontology, the concept schemes and the alignments as files, and as a page for people.

Three vocabularies, each a set of files of its own: the ontology alone stays in OWL 2 DL and is what
its IRI names; concepts have IRIs and versions of their own and change more often than classes do;
the alignments claim more than the ontology, and who takes them in has everything under the names of
other vocabularies too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from meagraph.export.ontology.forms import in_all_forms
from meagraph.namespaces import ALIGNMENTS_GRAPH, ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.project import Project


def files(store: Store, project: Project) -> dict[str, Callable[[], bytes]]:
    """The files of the ontology.

    Args:
        store: a built graph.
        project: its files; the comments in the ontology give the page headings and reasons.

    Returns:
        ``ontology``, ``concepts`` and ``alignments``, each in Turtle, RDF/XML, JSON-LD and
        N-Triples, the alignments where there are any; ``ontology.html``.
    """
    from meagraph.export.ontology.terms import concept_graphs

    def html() -> bytes:
        from meagraph.export.ontology.page import page

        return page(store, project)

    found = {
        **in_all_forms("ontology", store, lambda: [ONTOLOGY_GRAPH]),
        "ontology.html": html,
        **in_all_forms("concepts", store, lambda: concept_graphs(store)),
    }
    if (project.ontology / "alignments.ttl").is_file():
        found |= in_all_forms("alignments", store, lambda: [ALIGNMENTS_GRAPH])
    return found
