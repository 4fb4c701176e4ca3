"""Where the actors of a network stand."""

from __future__ import annotations

from itertools import combinations

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from meagraph.pictures.layout import positions


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.integers(0, 14), st.integers(0, 14)).filter(lambda pair: pair[0] != pair[1]),
        min_size=1,
        max_size=40,
    ),
    st.lists(st.tuples(st.floats(0.1, 0.7), st.floats(0.1, 0.4)), min_size=15, max_size=15),
)
def test_no_box_lies_on_another_or_leaves_the_sheet(
    pairs: list[tuple[int, int]], halves: list[tuple[float, float]]
) -> None:
    network = networkx.Graph((str(one), str(other)) for one, other in pairs)
    sizes = {str(number): half for number, half in enumerate(halves)}
    places, height = positions(network, sizes, 7.0)
    assert set(places) == set(network)
    for name, (x, y) in places.items():
        across, down = sizes[name]
        assert x - across >= -1e-6 and x + across <= 7 + 1e-6
        assert y - down >= -1e-6 and y + down <= height + 1e-6
    for one, other in combinations(places, 2):
        apart = [abs(places[one][axis] - places[other][axis]) for axis in (0, 1)]
        needed = [sizes[one][axis] + sizes[other][axis] for axis in (0, 1)]
        assert apart[0] > needed[0] - 1e-6 or apart[1] > needed[1] - 1e-6


def test_the_same_network_is_laid_out_alike_whatever_the_order() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "f")]
    sizes = dict.fromkeys("abcdef", (0.3, 0.2))
    there = positions(networkx.Graph(pairs), sizes, 7.0)
    back = positions(networkx.Graph((other, one) for one, other in reversed(pairs)), sizes, 7.0)
    assert there == back
