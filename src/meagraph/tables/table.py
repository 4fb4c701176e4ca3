"""The table itself: columns, rows of RDF terms, and the labels of the IRIs in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from meagraph.errors import UnusableInput
from meagraph.namespaces import XSD
from meagraph.tables.labels import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pandas import DataFrame
    from pyoxigraph import BlankNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple
    Cell = Term | tuple[NamedNode, ...] | None

INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer",
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
NUMERIC = INTEGERS | {XSD + name for name in ("decimal", "double", "float")}
"""The datatypes that are shown as numbers."""


class Column(NamedTuple):
    """A column of an answer: the variable's name and what the question's header says of it."""

    name: str
    label: str = ""
    meaning: str = ""
    unit: str = ""
    evidence: bool = False

    @property
    def heading(self) -> str:
        """The label, and the unit where one counts."""
        label = self.label or self.name
        return f"{label} ({self.unit})" if self.unit else label


class Table:
    """An answer with all that its forms need; its length is the number of its rows.

    Args:
        columns: what each column is.
        rows: cells in the order of the columns: a term, ``None`` where nothing is bound, or a tuple
            of the passages that state the row.
        labels: the label of each IRI in the rows that has one.
        question: the name of the stored question, or the SPARQL query.
        parameters: the values that were given, by parameter.
        empty: the sentence to show for an answer without rows.
    """

    __slots__ = ("columns", "empty", "labels", "parameters", "question", "rows")

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        labels: Mapping[str, str],
        question: str = "",
        parameters: Mapping[str, Sequence[str]] | None = None,
        empty: str = "Nothing in the graph answers this.",
    ) -> None:
        self.columns = columns
        self.rows = rows
        self.labels = labels
        self.question = question
        self.parameters: Mapping[str, Sequence[str]] = parameters or {}
        self.empty = empty

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        names = ", ".join(column.name for column in self.columns)
        return f"<Table of {self.counted()}: {names}>"

    def __str__(self) -> str:
        from meagraph.tables.folding import as_text

        return as_text(self, 100)

    def counted(self) -> str:
        """The number of rows in words."""
        return "1 row" if len(self.rows) == 1 else f"{len(self.rows):,} rows"

    def shown(self, cell: object) -> str:
        """The text of a cell for a reader: the label of an IRI, the value of a literal."""
        if cell is None:
            return ""
        if isinstance(cell, tuple):
            return ", ".join(self.shown(passage) for passage in cell)
        if isinstance(cell, NamedNode):
            return self.labels.get(cell.value) or shortened(cell.value)
        return cell.value if isinstance(cell, Literal) else str(cell)

    def column(self, name: str) -> list[Cell]:
        """The cells of one column.

        Raises:
            UnusableInput: there is no such column.
        """
        at = self._place(name)
        return [row[at] for row in self.rows]

    def select(self, names: Iterable[str]) -> Table:
        """The same rows with these columns, in this order.

        Raises:
            UnusableInput: there is no such column.
        """
        places = [self._place(name) for name in dict.fromkeys(names)]
        rows = [tuple(row[at] for at in places) for row in self.rows]
        return self._with([self.columns[at] for at in places], rows)

    def head(self, n: int) -> Table:
        """The first ``n`` rows.

        Raises:
            UnusableInput: ``n`` is less than 0.
        """
        if n < 0:
            raise UnusableInput(f"{n} is no number of rows", hint="Give 0 or more.")
        return self._with(self.columns, self.rows[:n])

    def records(self) -> list[dict[str, Any]]:
        """A dictionary for each row: plain values by the names of the columns.

        An IRI is its text; passages are a list of such. A number is an ``int``, a ``Decimal`` or a
        ``float``, a truth value a ``bool``, an ``xsd:date`` a ``datetime.date``; all else, and
        what its datatype does not fit, is text. Nothing is ``None``.
        """
        from meagraph.tables.values import plain

        def value(cell: Cell) -> object:
            return [iri.value for iri in cell] if isinstance(cell, tuple) else plain(cell)

        names = [column.name for column in self.columns]
        return [dict(zip(names, map(value, row), strict=True)) for row in self.rows]

    def to_pandas(self) -> DataFrame:
        """The table as a ``DataFrame``; see `meagraph.tables.frames.to_pandas`.

        Raises:
            UnusableInput: pandas is not installed.
        """
        from meagraph.tables.frames import to_pandas

        return to_pandas(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the first rows."""
        from meagraph.tables.html import as_fragment

        return as_fragment(self)

    def _with(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Table:
        return Table(columns, rows, self.labels, self.question, self.parameters, self.empty)

    def _place(self, name: str) -> int:
        for at, column in enumerate(self.columns):
            if column.name == name:
                return at
        names = ", ".join(column.name for column in self.columns)
        raise UnusableInput(f"“{name}” is no column of this answer", hint=f"Columns: {names}.")


def is_numeric(table: Table, index: int) -> bool:
    """Whether a column holds numbers and nothing else."""
    cells = [row[index] for row in table.rows if row[index] is not None]
    return bool(cells) and all(
        isinstance(cell, Literal) and cell.datatype.value in NUMERIC for cell in cells
    )
