"""Where the actors of a network stand: near those that they cooperate with, and none on another.

Distances on paper follow distances in the network (stress majorisation, after Gansner, Koren and
North, 2004); then boxes that overlap are moved apart. The same network is always laid out alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from networkx import Graph
    from numpy import ndarray

    Positions = dict[str, tuple[float, float]]
    Sizes = Mapping[str, tuple[float, float]]
    """How far each box reaches from its centre: left or right, and up or down."""
    _Box = tuple[float, float, float, float]
    """Left, top, right, bottom."""

_TRIES, _MANY = 10, 45
"""So many layouts are tried, for so many actors at most; of more actors, two."""
_TURNS = 8
"""So many times actors are moved off lines and apart again."""
_HEIGHT_COSTS = 4.0
"""An inch of height is as bad as so many lines beneath labels."""
_ROUNDS = 400
_GAP = 0.05
"""Inches between two boxes."""
_ROW = 0.12
"""Inches between two boxes, one above the other: a number finds room on a line between them."""
_CLEAR = 0.2
"""Inches between the middle of a box and a line that does not end at it, as far as can be."""


def positions(network: Graph[Any], sizes: Sizes, width: float) -> tuple[Positions, float]:
    """Place the boxes of all actors on a sheet of some width.

    Args:
        network: the network; its parts that nothing links are laid out by themselves.
        sizes: half the width and half the height of each actor's box, in inches.
        width: of the sheet, in inches.

    Returns:
        The centre of each box, in inches from the upper left corner, and the height needed.
    """
    from networkx import connected_components

    parts = sorted(connected_components(network), key=lambda part: (-len(part), min(part)))
    placed: Positions = {}
    taken: list[_Box] = []
    for part in parts:
        linked = _in_order(network, part)
        inner, across, down = _part(linked, sizes, width)
        x, y = _corner(across, down, taken, width)
        here = {name: (x + left, y + top) for name, (left, top) in inner.items()}
        taken += _covered(linked, here, sizes)
        placed |= here
    return placed, max(bottom for _, _, _, bottom in taken)


def _in_order(network: Graph[Any], part: Iterable[str]) -> Graph[Any]:
    """A part of a network, gone through in the order of names: a set has another in each run."""
    from networkx import Graph

    names = sorted(part)
    ordered: Graph[Any] = Graph()
    ordered.add_nodes_from(names)
    ordered.add_edges_from(
        (one, other) for one in names for other in sorted(network[one]) if one < other
    )
    return ordered


def _covered(part: Graph[Any], places: Positions, sizes: Sizes) -> list[_Box]:
    """What a part covers: the boxes of its actors, and small ones along its lines."""
    boxes = [
        (x - sizes[name][0], y - sizes[name][1], x + sizes[name][0], y + sizes[name][1])
        for name, (x, y) in places.items()
    ]
    for one, other in part.edges:
        (x1, y1), (x2, y2) = places[one], places[other]
        for step in range(1, 32):
            x, y = x1 + (x2 - x1) * step / 32, y1 + (y2 - y1) * step / 32
            boxes.append((x, y, x, y))
    return boxes


def _corner(across: float, down: float, taken: Sequence[_Box], width: float) -> tuple[float, float]:
    """The upper left corner of the highest free place, of those the one farthest left."""
    bottom = max((box[3] for box in taken), default=0.0)
    gap = 3 * _GAP
    for y in _steps(bottom + gap if taken else 0.0):
        for x in _steps(width - across):
            if not any(
                left < x + across + gap
                and x - gap < right
                and top < y + down + gap
                and y - gap < under
                for left, top, right, under in taken
            ):
                return x, y
    return 0.0, bottom + gap if taken else 0.0


def _steps(end: float) -> list[float]:
    return [number / 10 for number in range(int(max(0.0, end) * 10) + 1)]


def _part(part: Graph[Any], sizes: Sizes, width: float) -> tuple[Positions, float, float]:
    """Lay out actors that are linked; gives their places, and the width and height they take.

    Of several layouts that start differently, the one with the fewest lines beneath what is
    written, and not much higher than the others.
    """
    import numpy

    names = sorted(part)
    half = numpy.array([sizes[name] for name in names])
    links = numpy.array([(names.index(one), names.index(other)) for one, other in part.edges])
    best: tuple[float, ndarray[Any, Any]] | None = None
    for seed in range(_TRIES if 1 < len(names) <= _MANY else 2):
        points = _fitted(_unfolded(part, names, seed), half, width)
        for _ in range(_TURNS):
            points = _apart(_beside(points, links), half, width)
        points -= (points - half).min(axis=0)
        cost = _HEIGHT_COSTS * float((points + half)[:, 1].max()) + _hidden(points, half, links)
        if best is None or cost < best[0]:
            best = cost, points
    assert best is not None
    across, down = (best[1] + half).max(axis=0)
    places = {name: (float(x), float(y)) for name, (x, y) in zip(names, best[1], strict=True)}
    return places, float(across), float(down)


def _fitted(points: ndarray[Any, Any], half: ndarray[Any, Any], width: float) -> ndarray[Any, Any]:
    """The points stretched to the sheet; a few actors need not fill it."""
    import numpy

    room = numpy.array([width, _height(half, width, len(points))]) - 2 * half.max(axis=0)
    reach = numpy.ptp(points, axis=0)
    points = (points - points.min(axis=0)) * (room / numpy.where(reach > 0, reach, 1))
    return numpy.asarray(points * min(1.0, 0.12 * len(points)))


def _hidden(points: ndarray[Any, Any], half: ndarray[Any, Any], links: ndarray[Any, Any]) -> int:
    """How many boxes lines run through that do not end there."""
    import numpy

    if not len(links):
        return 0
    start, along = points[links[:, 0]], points[links[:, 1]] - points[links[:, 0]]
    steps = numpy.linspace(0, 1, 24)[None, :, None]
    on_lines = start[:, None, :] + along[:, None, :] * steps
    inside = (numpy.abs(on_lines[:, :, None, :] - points) < half).all(axis=3).any(axis=1)
    inside[numpy.arange(len(links)), links[:, 0]] = False
    inside[numpy.arange(len(links)), links[:, 1]] = False
    return int(inside.sum())


def _height(half: ndarray[Any, Any], width: float, count: int) -> float:
    """The height in which boxes of these sizes stand loosely."""
    area = float((4 * (half[:, 0] + _GAP) * (half[:, 1] + _GAP)).sum())
    return min(4.8, max(min(2.4, 0.3 * count), 2.6 * area / width, 0.12 * count))


def _unfolded(part: Graph[Any], names: Sequence[str], seed: int) -> ndarray[Any, Any]:
    """Points whose distances follow those in the network, widest from left to right."""
    import numpy
    from networkx import all_pairs_shortest_path_length, spring_layout

    if len(names) == 1:
        return numpy.zeros((1, 2))
    steps = dict(all_pairs_shortest_path_length(part))
    wanted = numpy.array([[steps[one][other] for other in names] for one in names], dtype=float)
    links = numpy.array([part.degree(name) for name in names], dtype=float)
    # The many partners of one actor need a wide circle around it.
    wanted *= 1 + 0.25 * numpy.log(numpy.maximum.outer(links, links))
    start = spring_layout(part, seed=seed, iterations=100)
    points = numpy.array([start[name] for name in names]) * wanted.max() / 2
    weight = 1 / numpy.maximum(wanted, 1) ** 2
    numpy.fill_diagonal(weight, 0)
    total = weight.sum(axis=1, keepdims=True)
    for _ in range(_ROUNDS):
        gaps = points[:, None, :] - points[None, :, :]
        lengths = numpy.sqrt((gaps**2).sum(axis=2))
        pull = weight * wanted / numpy.maximum(lengths, 1e-9)
        points = (weight @ points + (pull[:, :, None] * gaps).sum(axis=1)) / total
    return _turned(points)


def _turned(points: ndarray[Any, Any]) -> ndarray[Any, Any]:
    """The points turned so that they reach widest from left to right."""
    import numpy

    centred = points - points.mean(axis=0)
    (xx, xy), (_, yy) = centred.T @ centred
    angle = 0.5 * numpy.arctan2(2 * xy, xx - yy)
    turn = numpy.array(
        [[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]]
    )
    return numpy.asarray(centred @ turn)


def _beside(points: ndarray[Any, Any], links: ndarray[Any, Any]) -> ndarray[Any, Any]:
    """Move actors off the lines between others, which would seem to end at them."""
    import numpy

    moved = points.copy()
    if not len(links):
        return moved
    start, along = points[links[:, 0]], points[links[:, 1]] - points[links[:, 0]]
    lengths = numpy.maximum((along**2).sum(axis=1), 1e-9)
    for actor, point in enumerate(points):
        share = ((point - start) * along).sum(axis=1) / lengths
        off = point - (start + share[:, None] * along)
        distance = numpy.sqrt((off**2).sum(axis=1))
        near = (share > 0.02) & (share < 0.98) & (distance < _CLEAR)
        near &= (links != actor).all(axis=1)
        for link in numpy.flatnonzero(near):
            across = numpy.array([-along[link, 1], along[link, 0]]) / numpy.sqrt(lengths[link])
            side = 1 if off[link] @ across >= 0 else -1
            moved[actor] += across * side * (_CLEAR - distance[link])
    return moved


def _apart(points: ndarray[Any, Any], half: ndarray[Any, Any], width: float) -> ndarray[Any, Any]:
    """Move overlapping boxes apart, each pair the shorter way; the sheet grows only downwards."""
    import numpy

    points = points.copy()
    half = half + numpy.array([_GAP, _ROW]) / 2
    reach = half[:, None, :] + half[None, :, :]
    upper = numpy.triu(numpy.ones(reach.shape[:2], dtype=bool), 1)
    for round_ in range(1500):
        over = reach - numpy.abs(points[None, :, :] - points[:, None, :])
        pairs = numpy.argwhere((over > 1e-6).all(axis=2) & upper)
        if not len(pairs):
            break
        for one, other in pairs:
            gap = points[other] - points[one]
            left = reach[one, other] - numpy.abs(gap)
            if (left <= 0).any():  # another pair of this round has moved them apart
                continue
            # After many rounds a crowd is let out downwards only.
            axis = 1 if round_ > 300 or left[1] <= left[0] else 0
            step = left[axis] / 2 * (1 if gap[axis] >= 0 else -1)
            points[one, axis] -= step
            points[other, axis] += step
        points[:, 0] = numpy.clip(points[:, 0], half[:, 0], width - half[:, 0])
    return points
