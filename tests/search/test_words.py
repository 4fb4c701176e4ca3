"""Whatever a reader types is text, and never the syntax of a query."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Store
from searched import iri, loaded, names

from meagraph.search import Index, search
from meagraph.search.words import MOST_TERMS, terms_of


def typed(text: str) -> list[str]:
    return [term.text for term in terms_of(text)]


def test_words_and_phrases_are_terms_each_once() -> None:
    assert typed('gold "waste trade" Gold “the end" mining') == [
        *("Gold", "waste trade", "the end", "mining")
    ]
    assert typed('gold "mining') == ["gold", "mining"]
    assert typed("small-scale UNEP/MC/COP.6") == ["small-scale", "UNEP/MC/COP.6"]


def test_small_words_count_only_where_there_are_no_others() -> None:
    assert typed("the trade in mercury") == ["trade", "mercury"]
    assert typed("of the") == ["of", "the"]


def test_the_last_word_may_be_begun_unless_it_is_quoted_or_a_number() -> None:
    assert terms_of("gold Zürich-Mini")[-1][1:3] == ("Zürich-", "mini")
    for text in ("gold", "Été"):
        assert terms_of(text)[-1].beginning
    for text in ('"gold"', "INF/2", "gold 2024", "g", "gold?"):
        assert not terms_of(text)[-1].beginning


@pytest.mark.parametrize(
    "text", ["", "   ", '"', '""', "*", "(", ")", "-", "^", "\0", "\ud800", "'"]
)
def test_what_has_no_word_finds_nothing(index: Index, text: str) -> None:
    assert index.search(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("treaty*", "(treaty", "treaty)", '"treaty', "^treaty", "-treaty", "+treaty", "treaty\0"),
        *(
            "text:treaty",
            "text : treaty",
            "{text}: treaty",
            "treaty AND",
            "OR treaty",
            "NOT treaty",
        ),
        *(
            "NEAR(treaty talks)",
            "NEAR(treaty, 5)",
            "treaty;--",
            "treaty' OR '1'='1",
            "\ud800treaty",
        ),
    ],
)
def test_signs_and_operators_are_taken_for_what_they_are(index: Index, text: str) -> None:
    hits = index.search(text)
    assert hits[0].iri == iri("3#trade")
    assert len(hits) <= 2


@pytest.mark.parametrize(
    "text", ["talks/treaty", "talks-on-trea", "treaty,talks", "the-talks/x-treaty"]
)
def test_a_word_with_marks_in_it_that_stands_nowhere_is_its_parts(index: Index, text: str) -> None:
    assert index.search(text)[0].iri == iri("3#trade")


def test_a_word_with_marks_in_it_that_stands_somewhere_is_one(index: Index) -> None:
    assert names(index.search("cop.6/inf/29")) == [
        iri("documents:unep-29"),
        iri("documents:unep-2"),
    ]
    assert names(index.search("gold-mines")) == names(index.search('"gold mines"'))


def test_operators_are_words() -> None:
    store = loaded('bodies:a rdfs:label "this or that" . bodies:b rdfs:label "this that" .')
    assert names(search(store, "OR")) == [iri("bodies:a")]


def test_ten_thousand_words_are_bounded(index: Index) -> None:
    many = " ".join(f"word{number}" for number in range(10_000))
    assert len(terms_of(many)) == MOST_TERMS
    assert typed("x " * 10_000 + "treaty") == ["x"]
    assert index.search(many) == []
    assert index.search("treaty " + many)[0].iri == iri("3#trade")
    assert index.search("treaty " + "x" * 1_000_000)[0].iri == iri("3#trade")
    assert index.search("a-" * 100_000) == index.search("a-" * 100)


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["treaty", '"', "AND", "OR", "NOT", "NEAR(", ")", "*", "^", ":", "\0", "-"]
        ),
    ),
    max_size=8,
).map(" ".join)


@given(text=TEXTS)
@example(text='"""" treaty ""')
@example(text="é\u0301 ﬁ ß ı İ")
def test_no_text_is_an_error(index: Index, text: str) -> None:
    for hit in index.search(text, limit=3):
        assert hit.score > 0
        assert hit.snippet


@given(label=st.text(min_size=1, max_size=30))
@example(label="« » \x02 \x03")
@example(label="ǅ ﷺ 𝔊old")
def test_a_thing_with_any_label_is_found_by_it(label: str) -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    predicate = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    try:
        literal = Literal(label)
    except UnicodeEncodeError:
        return  # no text that a graph can hold
    store = Store()
    store.add(Quad(NamedNode(iri("bodies:b")), predicate, literal))
    found = search(store, label)
    assert [hit.iri for hit in found] in ([iri("bodies:b")], [])
    if any(sign.isalnum() for sign in label) and label.isascii() and '"' not in label:
        assert found
