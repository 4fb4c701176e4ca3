"""Tables in Markdown."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode
from tabled import CONTROLS, MEETING, PASSAGES, number, of, table

from meagraph.tables import as_markdown, escaped


def cells(markdown: str) -> str:
    return markdown.splitlines()[2]


def test_cells_cannot_break_out() -> None:
    line = cells(as_markdown(table((Literal("a|b\n| c <script> [x](y)"), number("3")))))
    assert line == r"| a\|b \| c \<script\> \[x\](y) | 3 |"


def test_what_looks_like_an_entity_a_formula_or_a_deletion_is_shown_as_it_is() -> None:
    assert escaped("&lt;b&gt; R&D $1 and $2 ~~x~~") == (r"\&lt;b\&gt; R&D \$1 and \$2 \~\~x\~\~")


def test_iris_are_links_under_their_labels_and_passages_too() -> None:
    line = cells(as_markdown(table((MEETING, PASSAGES))))
    assert line.startswith(f"| [CBD COP 16]({MEETING.value}) | [note 2](")
    assert "), [note 4](" in line


def test_an_iri_with_brackets_stays_one_link_and_a_script_is_none() -> None:
    assert "(http://example.org/a%28b%29)" in cells(
        as_markdown(of(NamedNode("http://example.org/a(b)")))
    )
    assert "](" not in cells(as_markdown(of(NamedNode("javascript:alert(1)"))))


def test_numbers_stand_to_the_right_and_control_signs_are_replaced() -> None:
    assert as_markdown(table((MEETING, number("3")))).splitlines()[1] == "| --- | ---: |"
    assert "\x00" not in as_markdown(of(Literal(CONTROLS)))


def test_an_empty_answer_is_the_questions_own_sentence() -> None:
    assert as_markdown(table(empty="No such meeting.")) == "No such meeting.\n"
