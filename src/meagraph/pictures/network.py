"""Who cooperates with whom: actors as marks, cooperation as lines between them."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from meagraph.errors import UnusableInput
from meagraph.networks import cooperation_network, without_units
from meagraph.pictures.background import background
from meagraph.pictures.frame import MARGIN, finished, head
from meagraph.pictures.layout import positions
from meagraph.pictures.letters import breadth, leading
from meagraph.pictures.naming import Names
from meagraph.pictures.sheet import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PAPER,
    PURPLE,
    QUIET,
    SKY,
    SMALL,
    WIDTH,
    Sheet,
    settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from networkx import Graph

    from meagraph.pictures.background import Background
    from meagraph.pictures.picture import Picture
    from meagraph.queries import Question
    from meagraph.queryable import Queryable
    from meagraph.tables import Table

    _Point = tuple[float, float]
    _Box = tuple[float, float, float, float]
    """Left, top, right, bottom."""

MOST = 100
"""So many pairs are drawn, the strongest, unless the reader says otherwise."""
MOST_ACTORS = 60
"""So many actors have room on a page."""

_MARKS = {
    "organisation": ("circle", BLUE, "organisation, secretariat"),
    "agreement": ("square", ORANGE, "agreement, group of agreements, framework"),
    "body": ("diamond", GREEN, "body of an agreement or organisation"),
    "post": ("up", PURPLE, "post or staff"),
    "": ("hexagon", SKY, "programme, project and others"),
}
_ALIKE = {"group": "agreement", "framework": "agreement", "unnamed": "post"}
_LABEL = 1.2
"""Inches that a label may be broad before it is folded."""


def network(
    table: Table,
    store: Queryable,
    question: Question | None = None,
    *,
    title: str = "",
    roll_up: bool = False,
    most: int = MOST,
) -> Picture:
    """Draw an answer to the question ``cooperation-network``.

    Args:
        table: the answer.
        store: the graph that gave it, for acronyms, sources and counts.
        question: what was asked, to say it in words.
        title: of the picture; there is one without.
        roll_up: count what units, posts and staff do for those that they belong to, and do not
            draw them; else actors as the passages name them.
        most: so many pairs are drawn, the strongest; what is left out is said.

    Raises:
        UnusableInput: there is nothing to draw, ``most`` is less than 1, or a package is missing.
    """
    if most < 1:
        raise UnusableInput("less than one pair cannot be drawn", hint="Draw 60, say.")
    whole = cooperation_network(table, store, weight="rolledUp" if roll_up else "asNamed")
    whole = without_units(whole, store) if roll_up else whole
    if not whole.size():
        raise UnusableInput(table.empty)
    drawn = _strongest(whole, most)
    known = background(store, table, question)
    with settings():
        return _draw(table, whole, drawn, known, title or "Who cooperates with whom", roll_up)


def _strongest(network: Graph[Any], most: int) -> Graph[Any]:
    """The pairs with the most activities, of no more actors than a page has room for."""
    kept: list[tuple[str, str]] = []
    actors: set[str] = set()
    for one, other, _ in _by_weight(network):
        if len(kept) < most and len(actors | {one, other}) <= MOST_ACTORS:
            actors |= {one, other}
            kept.append((one, other))
    return network.edge_subgraph(kept).copy()


def _draw(
    table: Table,
    whole: Graph[Any],
    drawn: Graph[Any],
    known: Background,
    title: str,
    roll_up: bool,
) -> Picture:
    sheet = Sheet()
    names = Names(known)
    counted = "activitiesRolledUp" if roll_up else "activitiesAsNamed"
    labels = {iri: names.lines(iri, drawn.nodes[iri]["label"], _LABEL, 4) for iri in sorted(drawn)}
    radii = {iri: _radius(drawn.nodes[iri][counted]) for iri in drawn}
    sizes = {iri: _reach(labels[iri], radii[iri]) for iri in drawn}
    how = "units, posts and staff rolled up" if roll_up else "actors as named"
    top = head(sheet, title, "; ".join(part for part in (known.given, how) if part))
    places, height = positions(drawn, sizes, WIDTH - 2 * MARGIN)
    centres = {
        # The label hangs below its mark, so the mark stands above the middle of the box.
        iri: (x + MARGIN, top + y - sizes[iri][1] + 1.25 * radii[iri] + 0.03)
        for iri, (x, y) in places.items()
    }
    _lines(sheet, drawn, centres, radii, labels)
    for iri in sorted(drawn, key=lambda iri: (-radii[iri], iri)):
        _actor(sheet, drawn.nodes[iri]["kind"], centres[iri], radii[iri], labels[iri])
    end = _key(sheet, top + height + 0.12, drawn, counted)
    notes = [_explained(drawn, roll_up), _left_out(whole, drawn), names.key(), known.origin()]
    return finished(sheet, end, title, notes, _described(table, drawn), table)


def _radius(activities: int) -> float:
    """In inches: the area grows with the number of activities."""
    return min(0.3, 0.042 + 0.032 * sqrt(activities))


def _reach(lines: Sequence[str], radius: float) -> tuple[float, float]:
    across = max(2.5 * radius, *(breadth(line, SMALL) for line in lines))
    down = 2.5 * radius + leading(SMALL) * len(lines) + 0.06
    return across / 2 + 0.03, down / 2


def _look(kind: str) -> tuple[str, str, str]:
    kind = _ALIKE.get(kind, kind)
    return _MARKS[kind if kind in _MARKS else ""]


def _actor(
    sheet: Sheet, kind: str, centre: tuple[float, float], radius: float, lines: Sequence[str]
) -> None:
    shape, colour, _ = _look(kind)
    sheet.mark(shape, *centre, radius, fill=colour, edge=PAPER, width=0.8)
    top = centre[1] + radius * 1.25 + 0.03
    for number, line in enumerate(lines):
        y = top + leading(SMALL) * (number + 0.78)
        sheet.text(centre[0], y, line, SMALL, across="center", halo=PAPER)


def _thickness(activities: int) -> float:
    """In points."""
    return min(9.0, 0.7 + 0.42 * (activities - 1))


def _lines(
    sheet: Sheet,
    drawn: Graph[Any],
    centres: Mapping[str, _Point],
    radii: Mapping[str, float],
    labels: Mapping[str, Sequence[str]],
) -> None:
    """Draw the lines, each with its number where no label and no other number is."""
    taken = [_label_box(centres[iri], radii[iri], labels[iri]) for iri in sorted(drawn)]
    taken += [_around(centres[iri], radii[iri]) for iri in sorted(drawn)]
    for one, other, weight in _by_weight(drawn):
        sheet.line(
            centres[one], centres[other], width=_thickness(weight), colour="#8f989c", alpha=0.75
        )
        if weight > 1:
            x, y = _free(centres[one], centres[other], taken)
            taken.append(_around((x, y), 0.09))
            sheet.text(
                x, y, str(weight), SMALL, bold=True, across="center", along="center", halo=PAPER
            )


def _label_box(centre: _Point, radius: float, lines: Sequence[str]) -> _Box:
    half = max(breadth(line, SMALL) for line in lines) / 2
    top = centre[1] + radius * 1.25 + 0.03
    return centre[0] - half, top, centre[0] + half, top + leading(SMALL) * len(lines)


def _around(centre: _Point, reach: float) -> _Box:
    x, y = centre
    return x - reach, y - reach, x + reach, y + reach


def _free(start: _Point, end: _Point, taken: Sequence[_Box]) -> _Point:
    """A place on a line, near its middle, where nothing is written."""
    places = []
    for step in sorted(range(-14, 15), key=abs):
        share = 0.5 + step * 0.03
        x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
        places.append((x, y))
        if not any(
            left - 0.06 < x < right + 0.06 and top - 0.05 < y < bottom + 0.05
            for left, top, right, bottom in taken
        ):
            return x, y
    return places[0]


def _by_weight(network: Graph[Any]) -> list[tuple[str, str, int]]:
    """The pairs, those with most activities first, then by the actors' IRIs."""
    pairs = [(*sorted((one, other)), weight) for one, other, weight in network.edges(data="weight")]
    return sorted(pairs, key=lambda pair: (-pair[2], *pair[:2]))


def _key(sheet: Sheet, y: float, drawn: Graph[Any], counted: str) -> float:
    """What the marks, their sizes and the lines stand for."""
    kinds = {_look(node["kind"]) for _, node in drawn.nodes(data=True)}
    x = MARGIN
    for look in _MARKS.values():
        if look not in kinds:
            continue
        shape, colour, meaning = look
        across = 0.3 + breadth(meaning, SMALL)
        if x > MARGIN and x + across > WIDTH - MARGIN:
            x, y = MARGIN, y + 0.2
        sheet.mark(shape, x + 0.09, y + 0.06, 0.065, fill=colour, edge=PAPER)
        sheet.text(x + 0.21, y + 0.06, meaning, SMALL, along="center_baseline", colour=INK)
        x += across + 0.12
    y += 0.22
    largest = max(node[counted] for _, node in drawn.nodes(data=True))
    samples = sorted({1, max(1, largest // 4), largest})
    sheet.text(MARGIN, y + 0.3, "Activities of an actor with others:", SMALL, colour=QUIET,
               along="center_baseline")  # fmt: skip
    x = MARGIN + breadth("Activities of an actor with others:", SMALL) + 0.12
    for sample in samples:
        radius = _radius(sample)
        sheet.mark("circle", x + radius, y + 0.3, radius, fill=PAPER, edge=QUIET)
        sheet.text(x + 2 * radius + 0.05, y + 0.3, str(sample), SMALL, along="center_baseline")
        x += 2 * radius + 0.2 + breadth(str(sample), SMALL)
    return y + 0.68


def _explained(drawn: Graph[Any], roll_up: bool) -> str:
    how = (
        "What units, posts and staff do is counted for the organisation or body they belong to, "
        "and they are not drawn themselves"
        if roll_up
        else "Actors as the passages name them: a unit or a post is not counted for its "
        "organisation"
    )
    return (
        "A line joins two actors that the passages name in one cooperation activity; its number "
        "and its width tell in how many, a line without a number is one. The area of a mark "
        "grows with the number of activities in which the actor is named with anyone, each "
        f"counted once. {how}. Unit: activities."
    )


def _left_out(whole: Graph[Any], drawn: Graph[Any]) -> str:
    pairs, actors = whole.size() - drawn.size(), len(whole) - len(drawn)
    if not pairs:
        return f"Shown: all {whole.size()} pairs of {len(whole)} actors."
    told = f", and with them {actors} of the actors, which are in no other" if actors else ""
    return (
        f"Shown: {drawn.size()} of {whole.size()} pairs, those with the most activities, among "
        f"equals those first in the order of IRIs, and of no more than {MOST_ACTORS} actors. "
        f"Left out: {pairs} of the pairs{told}."
    )


def _described(table: Table, drawn: Graph[Any]) -> str:
    pairs = _by_weight(drawn)
    named = "; ".join(
        f"{drawn.nodes[one]['label']} and {drawn.nodes[other]['label']}, {weight}"
        for one, other, weight in pairs[:5]
    )
    return (
        f"A network of {len(drawn)} actors and {drawn.size()} pairs that cooperate. Most "
        f"activities: {named}. All pairs are in the table of the answer."
    )
