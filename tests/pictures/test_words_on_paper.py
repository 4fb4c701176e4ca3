"""Text measured and folded, short names, and spans of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meagraph.pictures.background import Background
from meagraph.pictures.dates import span
from meagraph.pictures.letters import breadth, clean, embedded, fold
from meagraph.pictures.naming import Names


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "Zs"])), st.floats(0.3, 3))
def test_folded_text_fits_and_loses_nothing(text: str, room: float) -> None:
    lines = fold(text, room, 7)
    assert all(breadth(line, 7) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_of_too_many_lines_the_last_ends_in_an_ellipsis() -> None:
    lines = fold("Secretariat of the Strategic Approach to Chemicals Management", 1.0, 7, most=2)
    assert len(lines) == 2 and lines[1].endswith(" …") and breadth(lines[1], 7) <= 1.0


def test_control_characters_do_not_reach_a_picture() -> None:
    assert clean("a\x00b\n\tc\u202e d") == "a b c d"


def test_the_letters_of_a_text_are_carried_once_for_each_weight() -> None:
    css = embedded([("one", False), ("two", False), ("three", True)])
    assert css.count("@font-face") == 2 and css.count("font-weight:700") == 1


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-06-11", "2024-06-11", "11 Jun 2024"),
        ("2024-06-11", "2024-06-13", "11–13 Jun 2024"),
        ("2024-10-28", "2024-11-01", "28 Oct – 1 Nov 2024"),
        ("2024-12-30", "2025-01-02", "30 Dec 2024 – 2 Jan 2025"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2022-01-01", "2022-03-31", "Q1 2022"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("2022-02-01", "2022-04-30", "Feb–Apr 2022"),
        ("2021-01-01", "2022-12-31", "2021–2022"),
        ("2023-12-01", "2025-06-30", "Dec 2023 – Jun 2025"),
    ],
)
def test_a_span_is_written_as_short_as_it_can_be(first: str, last: str, said: str) -> None:
    assert span(date.fromisoformat(first), date.fromisoformat(last)) == said


def test_long_names_are_shortened_and_the_key_says_them_in_full() -> None:
    known = Background({"w": "WMO", "s": "XY"}, {"b": "Basel Convention"}, {}, (), "", {}, "")
    names = Names(known)
    basel = "Basel Convention on the Control of Transboundary Movements of Hazardous Wastes"
    assert names.short("w", "World Meteorological Organization") == "WMO"
    assert names.short("b", basel) == "Basel Convention"
    assert names.short("s", "Short name") == "Short name"
    assert names.key() == "WMO: World Meteorological Organization."
    cut = names.lines("x", "A name without any other that is a good deal too long", 0.8, 2)
    assert cut[1].endswith("…")
    assert f"{' '.join(cut)}: A name without any other" in names.key()
