"""Change between two documents: a table of kinds and topics with two counts in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal

from meagraph.errors import UnusableInput
from meagraph.pictures.background import background
from meagraph.pictures.frame import MARGIN, finished, head
from meagraph.pictures.letters import breadth, clean, fold, leading
from meagraph.pictures.sheet import INK, PAPER, QUIET, RULE, SMALL, WIDTH, Sheet, settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.pictures.background import Background
    from meagraph.pictures.picture import Picture
    from meagraph.queries import Question
    from meagraph.queryable import Queryable
    from meagraph.tables import Table

MOST = 20
"""So many topics are drawn by themselves, those with the most activities, unless the reader says
otherwise."""

_KINDS = 10
"""So many kinds have a column of their own: more would not be readable on this breadth."""
_WITHOUT = "no topic stated"
_SHADES = ((1, "#dce9f3"), (2, "#b9d5ea"), (4, "#8fbfe0"), (8, "#5fa3d3"))
"""From so many activities on, this shade of one hue; the numbers stand in it."""
_HEIGHT = 0.29


class Change(NamedTuple):
    """Activities in the earlier and in the later document."""

    earlier: int
    later: int

    def plus(self, other: Change) -> Change:
        """Both together."""
        return Change(self.earlier + other.earlier, self.later + other.later)

    @property
    def sign(self) -> str:
        """The difference with its sign; ``=`` where there is none."""
        difference = self.later - self.earlier
        if not difference:
            return "="
        return f"+{difference}" if difference > 0 else f"\N{MINUS SIGN}{-difference}"


_NONE = Change(0, 0)
_Cells = dict[tuple[str, str], Change]
"""The counts by topic and kind."""


def matrix(
    table: Table,
    store: Queryable,
    question: Question | None = None,
    *,
    title: str = "",
    most: int = MOST,
) -> Picture:
    """Draw an answer to the question ``kinds-and-topics-changed``.

    Args:
        table: the answer.
        store: the graph that gave it, for the names of the two documents.
        question: what was asked, to say it in words.
        title: of the picture; there is one without.
        most: so many topics are drawn by themselves, those with the most activities; the others
            are counted together, as are the kinds for which there is no room.

    Raises:
        UnusableInput: there is nothing to draw, ``most`` is less than 1, or a package is missing.
    """
    if most < 1:
        raise UnusableInput("less than one topic cannot be drawn", hint="Draw 20, say.")
    if not table.rows:
        raise UnusableInput(table.empty)
    cells = _cells(table)
    known = background(store, table, question)
    name = title or "Cooperation by kind and topic, earlier and later"
    with settings():
        return _draw(table, cells, known, name, most)


def _cells(table: Table) -> _Cells:
    names = [column.name for column in table.columns]
    cells: _Cells = {}
    for row in table.rows:
        named: dict[str, Any] = dict(zip(names, row, strict=True))
        if not all(isinstance(named.get(count), Literal) for count in ("earlier", "later")):
            raise UnusableInput(
                "this answer does not compare two documents",
                hint="Ask the stored question kinds-and-topics-changed, with all its columns.",
            )
        key = clean(table.shown(named["topic"])) or _WITHOUT, clean(table.shown(named["kind"]))
        change = Change(int(named["earlier"].value), int(named["later"].value))
        cells[key] = cells.get(key, _NONE).plus(change)
    return cells


def _totals(cells: Mapping[tuple[str, str], Change], of: int) -> dict[str, Change]:
    """The sum of each topic (0) or kind (1), those with the most activities first."""
    sums: dict[str, Change] = {}
    for key, change in cells.items():
        sums[key[of]] = sums.get(key[of], _NONE).plus(change)
    order = sorted(sums, key=lambda name: (name == _WITHOUT, -sum(sums[name]), name))
    return {name: sums[name] for name in order}


def _gathered(cells: _Cells, most: int) -> tuple[_Cells, list[str], list[str], list[str]]:
    """Count the weaker topics together, and the weaker kinds; gives what became of which."""
    topics = list(_totals(cells, 0))
    kinds = list(_totals(cells, 1))
    more_topics = [name for name in topics[most:] if name != _WITHOUT]
    more_kinds = kinds[_KINDS:] if len(kinds) > _KINDS + 1 else []
    if len(more_topics) < 2:
        more_topics = []
    other_topic = f"{len(more_topics)} other topics"
    other_kind = f"{len(more_kinds)} other kinds"
    gathered: _Cells = {}
    for (topic, kind), change in cells.items():
        key = (
            other_topic if topic in more_topics else topic,
            other_kind if kind in more_kinds else kind,
        )
        gathered[key] = gathered.get(key, _NONE).plus(change)
    rows = [name for name in topics if name not in more_topics and name != _WITHOUT]
    rows += [other_topic] * bool(more_topics) + [_WITHOUT] * (_WITHOUT in topics)
    columns = [name for name in kinds if name not in more_kinds] + [other_kind] * bool(more_kinds)
    return gathered, rows, columns, sorted(more_kinds)


def _draw(table: Table, cells: _Cells, known: Background, title: str, most: int) -> Picture:
    sheet = Sheet()
    shown, rows, columns, more_kinds = _gathered(cells, most)
    by_topic, by_kind = _totals(shown, 0), _totals(shown, 1)
    names = known.asked.get("earlier", "earlier"), known.asked.get("later", "later")
    left = MARGIN + min(1.7, max(breadth(row, SMALL) for row in rows)) + 0.1
    wide = min(0.62, (WIDTH - MARGIN - left) / (len(columns) + 1.25))
    given = f"{names[0]} compared with {names[1]}"
    agents = known.asked.get("agent", "")
    top = head(sheet, title, f"{given}; activities with {agents}" if agents else given)
    y = _column_names(sheet, top, [*columns, "all kinds"], left, wide)
    for row in rows:
        changes = [shown.get((row, column), _NONE) for column in columns]
        y = _row(sheet, y, row, changes, by_topic[row], left, wide)
    total = Change(*map(sum, zip(*by_topic.values(), strict=True)))
    sheet.line((MARGIN, y), (left + wide * (len(columns) + 1.25), y), width=1.0, colour=INK)
    sums = [by_kind[column] for column in columns]
    y = _row(sheet, y, "all topics", sums, total, left, wide, bold=True)
    _columns(sheet, top, y, left, wide, len(columns))
    end = _key(sheet, y + 0.16, names)
    notes = [_explained(), _other(more_kinds), known.origin()]
    return finished(sheet, end, title, notes, _described(cells, names, total), table)


def _column_names(
    sheet: Sheet, top: float, columns: Sequence[str], left: float, wide: float
) -> float:
    most = max(1, int((wide - 0.04) / leading(SMALL)))
    folded = [fold(name, 1.15, SMALL, most=most) for name in columns]
    high = max(breadth(line, SMALL) for lines in folded for line in lines) + 0.08
    for number, lines in enumerate(folded):
        last = number == len(folded) - 1
        middle = left + wide * (number + (0.625 if last else 0.5))
        first = middle - leading(SMALL) * (len(lines) - 1) / 2
        for place, line in enumerate(lines):
            x = first + leading(SMALL) * place
            sheet.text(x, top + high - 0.05, line, SMALL, turned=90, along="center_baseline",
                       bold=last)  # fmt: skip
    sheet.line((MARGIN, top + high), (left + wide * (len(columns) + 0.25), top + high),
               width=1.0, colour=INK)  # fmt: skip
    return top + high


def _row(
    sheet: Sheet,
    y: float,
    name: str,
    changes: Sequence[Change],
    total: Change,
    left: float,
    wide: float,
    bold: bool = False,
) -> float:
    lines = fold(name, left - MARGIN - 0.08, SMALL, bold, most=2)
    start = y + (_HEIGHT - leading(SMALL) * len(lines)) / 2
    sheet.lines(MARGIN, start, lines, SMALL, bold=bold)
    for number, change in enumerate(changes):
        _cell(sheet, left + wide * number, y, wide, change, bold)
    _cell(sheet, left + wide * len(changes), y, wide * 1.25, total, bold=True)
    right = left + wide * (len(changes) + 1.25)
    sheet.line((MARGIN, y + _HEIGHT), (right, y + _HEIGHT), width=0.4)
    return y + _HEIGHT


def _cell(sheet: Sheet, x: float, y: float, wide: float, change: Change, bold: bool) -> None:
    """Two numbers side by side, each on its shade, and the difference below them."""
    if change == _NONE:
        return
    upper = 0.16
    for number, count in enumerate(change):
        across = x + wide * number / 2
        # Sums are not shaded: they would outshine what they are the sums of.
        shade = PAPER if bold else _shade(count)
        sheet.box(across + 0.012, y + 0.014, wide / 2 - 0.024, upper - 0.01, fill=shade)
        sheet.text(across + wide / 4, y + 0.014 + upper / 2, str(count), SMALL, bold=bold,
                   across="center", along="center_baseline")  # fmt: skip
    sheet.text(x + wide / 2, y + upper + 0.063, change.sign, SMALL, bold=bold, across="center",
               along="center_baseline", colour=QUIET if change.sign == "=" else INK)  # fmt: skip


def _shade(count: int) -> str:
    shade = PAPER
    for least, colour in _SHADES:
        shade = colour if count >= least else shade
    return shade


def _columns(sheet: Sheet, top: float, bottom: float, left: float, wide: float, count: int) -> None:
    for number in range(count + 1):
        x = left + wide * number
        colour = INK if number == count else RULE
        sheet.line((x, top), (x, bottom), width=0.4, colour=colour)


def _key(sheet: Sheet, y: float, names: tuple[str, str]) -> float:
    """A sample cell with what its three numbers are, and the shades."""
    wide, x = 0.5, MARGIN + 1.25
    _cell(sheet, x, y, wide, Change(2, 5), bold=False)
    sheet.box(x, y, wide, _HEIGHT, edge=RULE, order=3)
    middle = y + 0.094
    before = f"2: {names[0]}"
    sheet.text(x - 0.06, middle, before, SMALL, across="right", along="center_baseline")
    sheet.text(x + wide + 0.06, middle, f"5: {names[1]}", SMALL, along="center_baseline")
    sheet.text(
        x + wide + 0.06, y + 0.23, "+3: the difference; = for none", SMALL, along="center_baseline"
    )
    x = 3.9
    sheet.text(x, middle, "activities:", SMALL, along="center_baseline", colour=QUIET)
    x += breadth("activities:", SMALL) + 0.1
    steps = [least for least, _ in _SHADES]
    for number, (least, shade) in enumerate(_SHADES):
        upto = steps[number + 1] - 1 if number + 1 < len(steps) else None
        words = f"{least}–{upto}" if upto and upto > least else str(least)
        words = f"{least} or more" if upto is None else words
        sheet.box(x, middle - 0.075, 0.2, 0.15, fill=shade)
        sheet.text(x + 0.25, middle, words, SMALL, along="center_baseline")
        x += 0.35 + breadth(words, SMALL)
    return y + _HEIGHT + 0.12


def _explained() -> str:
    return (
        "Counted are the cooperation activities that each document tells of and that are more "
        "than requested or planned, by kind (columns) and topic (rows). Unit: activities. One "
        "with several topics stands in the row of each, and in the sums once for each; an empty "
        "cell has none in either document. A document that tells less is not proof that less was "
        "done."
    )


def _other(kinds: Sequence[str]) -> str:
    return f"Other kinds: {', '.join(kinds)}." if kinds else ""


def _described(cells: _Cells, names: tuple[str, str], total: Change) -> str:
    largest = sorted(cells, key=lambda key: (-abs(cells[key].later - cells[key].earlier), key))[:4]
    told = "; ".join(
        f"{kind}, {topic}: {cells[topic, kind].earlier} and {cells[topic, kind].later}"
        for topic, kind in largest
    )
    return (
        f"A table of {len(_totals(cells, 0))} topics and {len(_totals(cells, 1))} kinds of "
        f"activity with counts for {names[0]} ({total.earlier}) and {names[1]} ({total.later}). "
        f"The largest differences: {told}."
    )
