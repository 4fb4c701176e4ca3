"""What the tests of tables share: two IRIs, a passage or two, and contents that do harm."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import BASE, XSD
from meagraph.tables import Column, Table

MEETING = NamedNode(BASE + "meetings/cbd-cop-16-1")
PASSAGES = (NamedNode(BASE + "documents/note/annex-1/2"), NamedNode(BASE + "documents/note/fn/4"))
LABELS = {MEETING.value: "CBD COP 16", PASSAGES[0].value: "note 2", PASSAGES[1].value: "note 4"}

FORMULAS = ("=1+1", "+SUM(A1)", "-cmd", "@x", "\tx", "\rx", "=cmd|' /C calc'!A0", "-2+3+cmd|' '!A0")
CONTROLS = "a\x00b\x01c\x08d\x1be\x7ff\x9bg\ufffeh\uffffi"
BIDI = "\u0627\u062a\u0641\u0627\u0642\u064a\u0629 (Minamata)"
LONG = "word " * 8000
MARKUP = "</td><script>alert('x')</script>&amp;\"<r><t>b</t></r>"


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + name))


def number(text: str) -> Literal:
    return typed(text, "integer")


def table(*rows: tuple, columns: tuple[Column, ...] | None = None, **more: object) -> Table:
    columns = columns or (Column("meeting", "Meeting"), Column("days", "Length", unit="days"))
    return Table(columns, rows, LABELS, **more)


def of(*cells: object, name: str = "x") -> Table:
    """A table of one column."""
    return table(*((cell,) for cell in cells), columns=(Column(name),))


FULL = Table(
    (
        Column("meeting", "Meeting", "The meeting attended."),
        Column("days", "Length", "How long it was.", "days"),
        Column("first", "First day"),
        Column("remark"),
        Column("passages", "Stated in", "The passages.", evidence=True),
    ),
    (
        (MEETING, number("5"), typed("2024-10-21", "date"), Literal("né", language="fr"), PASSAGES),
        (None, number("12"), None, Literal("x"), PASSAGES[:1]),
    ),
    LABELS,
    "meetings-attended",
    {"agent": ["BRS secretariat"], "convention": ["minamata", "basel"]},
)
"""One of each kind of column."""
