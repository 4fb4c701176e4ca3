"""Answers as tables: for a terminal, CSV, JSON and Markdown.

A table holds RDF terms and, beside them, the labels of all its IRIs, so that each form can show the
name and still give the IRI. Folding is done here and not by a package: the one at hand takes some
forty milliseconds for its first table, most of what one stored question may take.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import BASE, RDFS, SKOS, XSD, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import BlankNode, Triple

    from meagraph.queryable import Queryable

    Term = NamedNode | BlankNode | Literal | Triple

NUMERIC = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "int")
)
"""The datatypes that are shown as numbers."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GAP = "  "
_LEAST = (20, 16, 14, 12, 10, 8, 6)


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


class Table(NamedTuple):
    """An answer with all that its printed forms need.

    Args:
        columns: what each column is.
        rows: cells in the order of the columns: a term, ``None`` where nothing is bound, or a tuple
            of the passages that state the row.
        labels: the label of each IRI in the rows that has one.
        question: the name of the stored question, or the SPARQL query.
        parameters: the values that were given, by parameter.
        empty: the sentence to show for an answer without rows.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Term | tuple[NamedNode, ...] | None]]
    labels: Mapping[str, str]
    question: str = ""
    parameters: Mapping[str, Sequence[str]] = {}
    empty: str = "Nothing in the graph answers this."

    def shown(self, cell: object) -> str:
        """The text of a cell for a reader: the label of an IRI, the value of a literal."""
        if cell is None:
            return ""
        if isinstance(cell, tuple):
            return ", ".join(self.shown(passage) for passage in cell)
        if isinstance(cell, NamedNode):
            return self.labels.get(cell.value) or shortened(cell.value)
        return cell.value if isinstance(cell, Literal) else str(cell)


def shortened(iri: str) -> str:
    """A short form of an IRI without a label: prefixed, else its path under our namespace."""
    name = compact(iri)
    return iri[len(BASE) :] if name[0] == "<" and iri.startswith(BASE) else name


def iris(rows: Iterable[Iterable[object]]) -> list[str]:
    """All IRIs in some rows, each once, sorted."""
    found = set()
    for row in rows:
        for cell in row:
            for term in cell if isinstance(cell, tuple) else (cell,):
                if isinstance(term, NamedNode):
                    found.add(term.value)
    return sorted(found)


def labels_of(store: Queryable, names: Iterable[str]) -> dict[str, str]:
    """The label of each IRI that has one: ``rdfs:label``, else ``skos:prefLabel``.

    One query for all of them; where there are several labels, English goes first.
    """
    values = " ".join(f"<{name}>" for name in names)
    if not values:
        return {}
    solutions: Any = store.query(
        f"SELECT ?thing ?label ?order {{ VALUES ?thing {{ {values} }} "
        f"{{ ?thing <{RDFS}label> ?label BIND(1 AS ?order) }} UNION "
        f"{{ ?thing <{SKOS}prefLabel> ?label BIND(2 AS ?order) }} }}"
    )
    best: dict[str, tuple[bool, str, str]] = {}
    for thing, label, order in solutions:
        rank = (label.language not in ("en", None), order.value, label.value)
        if thing.value not in best or rank < best[thing.value]:
            best[thing.value] = rank
    return {thing: rank[2] for thing, rank in best.items()}


# --- for a terminal ----------------------------------------------------------------------------


def _breadth(text: str) -> int:
    """The cells that a text takes on a terminal; wide East Asian characters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text if not combining(sign))


def wrap(text: str, width: int) -> list[str]:
    """Fold a text at its blanks into lines of at most ``width`` cells; longer words are cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if _breadth(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while _breadth(word) > width:
            end = width if word.isascii() else max(1, width // 2)
            lines.append(word[:end])
            word = word[end:]
        line = word
    return [*lines, line] if line or not lines else lines


def _printable(text: str) -> str:
    """The text without signs that would steer a terminal."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Share the room: first each column's longest word, then what is left, to each equally."""
    needed = [max(map(_breadth, column)) for column in columns]
    words = [
        max(_breadth(word) for text in column for word in text.split() or [""])
        for column in columns
    ]
    least = [min(_LEAST[-1], cells) for cells in needed]
    for longest in _LEAST:
        whole = [min(longest, cells) for cells in words]
        if sum(whole) <= room:
            least = whole
            break
    left = max(0, room - sum(least))
    wanted = [cells - floor for cells, floor in zip(needed, least, strict=True)]
    widths = list(least)
    for served, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        more = min(wanted[index], left // (len(wanted) - served))
        widths[index] = max(1, least[index] + more)
        left -= more
    return widths


def is_numeric(table: Table, index: int) -> bool:
    """Whether a column holds numbers and nothing else."""
    cells = [row[index] for row in table.rows if row[index] is not None]
    return bool(cells) and all(
        isinstance(cell, Literal) and cell.datatype.value in NUMERIC for cell in cells
    )


def as_text(table: Table, width: int) -> str:
    """The table with labels instead of IRIs, folded to ``width`` cells; numbers to the right."""
    if not table.rows:
        return f"{table.empty}\n"
    heads = [column.heading for column in table.columns]
    rows = [[_printable(table.shown(cell)) for cell in row] for row in table.rows]
    if not heads:
        return f"{len(rows)} rows without columns\n"
    room = width - len(_GAP) * (len(heads) - 1)
    widths = _widths(list(zip(heads, *rows, strict=True)), room)
    right = [is_numeric(table, index) for index in range(len(heads))]
    blocks = [_block(cells, widths, right) for cells in [heads, *rows]]
    between = "\n\n" if any("\n" in block for block in blocks[1:]) else "\n"
    rule = _GAP.join("─" * cells for cells in widths)
    count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    return f"{blocks[0]}\n{rule}\n{between.join(blocks[1:])}\n\n{count}\n"


def _block(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    folded = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, folded))):
        parts = []
        for lines_of_cell, width, is_right in zip(folded, widths, right, strict=True):
            text = lines_of_cell[number] if number < len(lines_of_cell) else ""
            blank = " " * (width - _breadth(text))
            parts.append(blank + text if is_right else text + blank)
        lines.append(_GAP.join(parts).rstrip())
    return "\n".join(lines)


# --- for other programs ------------------------------------------------------------------------


def _harmless(text: str, *, number: bool = False) -> str:
    """A cell that a spreadsheet does not run as a formula."""
    if number or not text.startswith(_FORMULA) or _NUMBER.fullmatch(text):
        return text
    return "'" + text


def as_csv(table: Table) -> str:
    """Comma-separated values (RFC 4180, but lines end in a line feed).

    A column that holds IRIs becomes two: the IRI, and its label under the name plus ``Label``. The
    passages of a row are IRIs separated by blanks. A text that a spreadsheet would take for a
    formula begins with an apostrophe.
    """
    named = [
        any(isinstance(row[index], NamedNode) for row in table.rows)
        for index in range(len(table.columns))
    ]
    heads: list[str] = []
    for column, has_iris in zip(table.columns, named, strict=True):
        heads += [column.name, column.name + "Label"] if has_iris else [column.name]
    lines = [heads]
    for row in table.rows:
        cells: list[str] = []
        for cell, has_iris in zip(row, named, strict=True):
            number = isinstance(cell, Literal) and cell.datatype.value in NUMERIC
            cells.append(_harmless(_raw(cell), number=number))
            if has_iris:
                is_iri = isinstance(cell, NamedNode)
                cells.append(_harmless(table.shown(cell)) if is_iri else "")
        lines.append(cells)
    return "".join(",".join(map(_quoted, cells)) + "\n" for cells in lines)


def _quoted(cell: str) -> str:
    """A cell in quotes where it needs them; the standard library forgets a lone carriage return.

    An empty cell is quoted too, or a row of it alone would be a blank line, which readers skip.
    """
    if cell and not any(sign in cell for sign in ',"\r\n'):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _raw(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return " ".join(passage.value for passage in cell)
    return cell.value if isinstance(cell, NamedNode | Literal) else str(cell)


def as_json(table: Table, **more: object) -> str:
    """A JSON object: question, parameters, columns, rows, and what else is given.

    A cell has ``type`` (``uri``, ``literal``, ``bnode`` or ``triple``) and ``value``, as in SPARQL
    1.1 Query Results JSON, an IRI also its ``label``; passages are a list; nothing is ``null``.
    """
    from json import dumps

    names = [column.name for column in table.columns]
    answer = {
        "question": table.question,
        "parameters": {name: list(values) for name, values in table.parameters.items()},
        "columns": [
            {"name": name, "label": label or name, "meaning": meaning, "unit": unit}
            for name, label, meaning, unit, _ in table.columns
        ],
        "rows": [
            {name: _json_cell(table, cell) for name, cell in zip(names, row, strict=True)}
            for row in table.rows
        ],
        **more,
    }
    return dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _json_cell(table: Table, cell: object) -> object:
    if cell is None:
        return None
    if isinstance(cell, tuple):
        return [_json_cell(table, passage) for passage in cell]
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value, "label": table.shown(cell)}
    if isinstance(cell, Literal):
        literal = {"type": "literal", "value": cell.value, "datatype": cell.datatype.value}
        return {**literal, "lang": cell.language} if cell.language else literal
    kind = "bnode" if str(cell).startswith("_:") else "triple"
    return {"type": kind, "value": str(cell)}


def escaped(text: str) -> str:
    """A text for a cell of a Markdown table: on one line, and nothing in it is markup."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(text.split()))


def as_markdown(table: Table) -> str:
    """A table in GitHub's Markdown; IRIs are links under their labels."""
    if not table.rows:
        return f"{table.empty}\n"
    right = ["---:" if is_numeric(table, index) else "---" for index in range(len(table.columns))]
    lines = [[escaped(column.heading) for column in table.columns], right]
    lines += [[_linked(table, cell) for cell in row] for row in table.rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _linked(table: Table, cell: object) -> str:
    if isinstance(cell, tuple):
        return ", ".join(_linked(table, passage) for passage in cell)
    if isinstance(cell, NamedNode):
        target = cell.value.replace("|", "%7C").replace("(", "%28").replace(")", "%29")
        return f"[{escaped(table.shown(cell))}]({target})"
    return escaped(table.shown(cell))
