"""What was found, and how it is shown in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import XSD
from meagraph.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARKS = ("«", "»")
"""What stands before and after each matched word of a snippet."""


class Hit(NamedTuple):
    """A thing that was found.

    Args:
        iri: its name.
        label: what it is called.
        kind: the label of its class.
        score: how well it fits, more is better; to be compared within one answer only.
        matched: the sort of text that fits best: label, acronym, symbol, other name, slug, literal
            form, former name, description, remark, reason or topic.
        snippet: that text, or the part of it with the words, each between `MARKS`.
        passages: the IRIs of the passages that state something of it, in the documents' order.
        missing: those of the words that it has nowhere; empty where it has them all.
    """

    iri: str
    label: str
    kind: str
    score: float
    matched: str
    snippet: str
    passages: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def passage_count(self) -> int:
        """How many passages state something of it."""
        return len(self.passages)


COLUMNS = (
    Column("thing", "what", "the entity, claim, passage or reading"),
    Column("kind", "kind", "the label of its class"),
    Column("matched", "found in", "the sort of text that fits best"),
    Column("snippet", "text", "that text, the matched words between « and »"),
    Column("stated", "passages", "in how many passages something is stated of it"),
    Column("missing", "without", "the words that it has nowhere"),
    Column("score", "score", "how well it fits; to be compared within this answer only"),
    Column("passages", "stated in", "the passages that state something of it", "", True),
)
"""The columns of a table of hits."""

FOR_A_TERMINAL = ("thing", "kind", "matched", "snippet", "stated")
"""The columns that a reader wants at once; the others are for programs."""


def hits_as_table(hits: Sequence[Hit], text: str, labels: Mapping[str, str] | None = None) -> Table:
    """Hits as a table, one row each.

    Args:
        hits: what was found.
        text: what was looked for.
        labels: the names of passages, where they are known.
    """
    names = {**(labels or {}), **{hit.iri: hit.label for hit in hits}}
    empty = "Nothing in the graph has these words."
    return Table(COLUMNS, [_row(hit) for hit in hits], names, "search", {"text": [text]}, empty)


def _row(hit: Hit) -> tuple[NamedNode | Literal | tuple[NamedNode, ...], ...]:
    return (
        NamedNode(hit.iri),
        Literal(hit.kind),
        Literal(hit.matched),
        Literal(hit.snippet),
        Literal(hit.passage_count),
        Literal(" ".join(hit.missing)),
        Literal(f"{hit.score:.3f}", datatype=NamedNode(XSD + "decimal")),
        tuple(NamedNode(iri) for iri in hit.passages),
    )
