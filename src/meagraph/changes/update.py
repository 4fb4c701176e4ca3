"""A difference as SPARQL 1.1 Update: run on a store that holds the old graphs, it makes the new.

``DELETE DATA`` takes no blank nodes. A graph in which statements with blank nodes differ (of ours,
only the ontology can be one) is therefore emptied and written anew; of all others, only what went
and what came is named. The named graphs are brought up to date, the register's too; the merge and
what is entailed are made from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from meagraph.changes.statements import lines_of
from meagraph.changes.versions import Version, differing


def as_update(old: Version, new: Version) -> str:
    """The update that makes the graphs of one version of those of another.

    Only parts that both hold are touched; shapes and stored questions are in no graph.

    Args:
        old: the version that a store holds, as `comparable` gives it.
        new: the version that it is to hold.
    """
    went: list[tuple[str, Iterable[Triple]]] = []
    came: list[tuple[str, Iterable[Triple]]] = []
    emptied = []
    for graph, before, after in differing(old, new):
        if before.nameless != after.nameless:
            emptied.append(graph)
            came.append((graph, after.all_triples()))
        else:
            went.append((graph, before.triples - after.triples))
            came.append((graph, after.triples - before.triples))
    operations = [f"CLEAR SILENT GRAPH {NamedNode(graph)}" for graph in emptied]
    operations += _operation("DELETE DATA", went) + _operation("INSERT DATA", came)
    heading = f"# From {_line(old.name)} to {_line(new.name)}.\n"
    return heading + ";\n".join(operations) + "\n" * bool(operations)


def _operation(name: str, graphs: Iterable[tuple[str, Iterable[Triple]]]) -> list[str]:
    blocks = [block for graph, triples in graphs for block in _block(graph, list(triples))]
    return [f"{name} {{\n{''.join(blocks)}}}"] if blocks else []


def _block(graph: str, triples: list[Triple]) -> Iterator[str]:
    if triples:
        # Triples in N-Triples are triples in SPARQL too.
        lines = sorted(lines_of((Quad(*triple) for triple in triples), RdfFormat.N_QUADS))
        yield f"  GRAPH {NamedNode(graph)} {{\n"
        yield from (f"    {line}" for line in lines)
        yield "  }\n"


def _line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
