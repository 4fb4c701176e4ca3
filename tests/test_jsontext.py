from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meagraph.jsontext import Shared, indented

texts = st.text(st.characters(codec="utf-8"), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(texts, inner, max_size=3)
        | st.dictionaries(texts, inner, max_size=3).map(Shared)
    ),
    max_leaves=12,
)


def by_the_standard_library(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


@given(values)
def test_the_text_is_that_of_the_standard_library(value: Any) -> None:
    assert indented(value) == by_the_standard_library(value)


@pytest.mark.parametrize("value", [{}, [], Shared({}), [{}], {"a": []}, '\u2028\x00"\\é', 2**60])
def test_what_is_empty_or_hard_is_written_as_by_the_standard_library(value: Any) -> None:
    assert indented(value) == by_the_standard_library(value)


def test_what_is_shared_is_indented_for_the_place_where_it_stands() -> None:
    shared = Shared({"id": "x", "label": ["y"]})
    value = {"a": shared, "b": [shared, {"c": shared}], "d": shared}
    assert indented(value) == by_the_standard_library(value)
    assert indented(shared) == by_the_standard_library(shared)
