"""Texts as harvesters can take them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meagraph.export.informea.texts import address, html, language, plain


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a<br/>b", "a b"),
        ("&lt;i&gt;a&lt;/i&gt;", "a"),
        ("a &amp;lt; b", "a < b"),
        ("a < b > c", "a < b > c"),
        ("<!-- gone -->a", "a"),
        ("a\x00\x1f\x7f\x85b", "ab"),
        ("a\t\r\n b", "a b"),
        ("Ärzte & Öl – “x”", "Ärzte & Öl – “x”"),
    ],
)
def test_a_text_is_made_plain(text: str, result: str) -> None:
    assert plain(text) == result


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_plain_stays_so_and_has_no_control_characters(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert all(ord(sign) >= 32 for sign in once)


def test_a_long_text_is_cut() -> None:
    assert plain("abcdef", 4) == "abc…"


def test_html_is_escaped() -> None:
    assert html("a <b> & c\x01") == "a &lt;b&gt; &amp; c"


def test_an_address_has_room_or_is_none() -> None:
    assert address("https://example.org/a b/ü?x=1#y") == "https://example.org/a%20b/%C3%BC?x=1#y"
    assert address("https://example.org/" + "é" * 60) is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-GB", "en"), (None, "en"), ("zh-Hans", "zh"), ("ar", "ar"), ("de", None)],
)
def test_languages_are_those_that_both_harvesters_keep(tag: str | None, code: str | None) -> None:
    assert language(tag) == code
