"""Passages are found whole, whatever the conventions and the damage of the conversion."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from meagraph.errors import UnusableInput
from meagraph.sources import SourceDocument, comparable, find_document, read_document
from meagraph.sources.healing import joined
from meagraph.sources.lines import lift_footnotes, split_lines

COP6 = "minamata-cop6-cooperation-activities"
COP4 = "minamata-cop4-brs-joint-report"

INDENTED = """\
 of the River Convention
   Note by the secretariat
The annex to this note was prepared with the secretariats of the lake conventions1 in
8 June sessions of 2021.

* Tentatively scheduled.
** RIVER/COP.2/1.
1 Two conventions under joint
management.
 Annex

Report on waters and
their banks

 I. Introduction
 The parties asked for a report on

12 rivers and 3 lakes, see RIVER/COP.2/2 and the
website.2

 A second paragraph stops at the edge of the

2 Available at http://www.example.org/a/very/long/address/that/is/cut/in/the/mi
ddle/of/Page.aspx

http://www.example.org/a/very/long/address/that/is/cut/in/the/mi
 page and goes on.3

 II. Work
 A. First things
 One thing was done.
 B. Second things, which have a heading that
runs over two lines
 Another thing was done.

3 RIVER/COP.2/3.
"""

MARKED = """\
**Conference of the Parties
Second meeting**

Item 5 of the agenda\\*

**Note by the secretariat**

1. Annex I holds a report.
2. Annex II holds another.

---

\\* RIVER/COP.2/1.

## Annex I

### **Report on _waters_**

#### **A. Rivers**

1. The secretariat took part in a workshop held in

Almaty on the 16<sup>th</sup> day.

2. It plans the following:

(a) to write;

(b) to meet, in particular:

(i) online;

(ii) in person.

It also rests.

## **B. Lakes**

3. Nothing was done.

## Annex II

1. The numbering begins again.
"""


def document(tmp_path: Path, text: str) -> SourceDocument:
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def labels(found: SourceDocument) -> list[str]:
    return [passage.label for passage in found.passages]


def test_unnumbered_paragraphs_under_indented_headings_are_labelled(tmp_path: Path) -> None:
    assert labels(document(tmp_path, INDENTED)) == [
        *("front", "note", "note/1", "fn/star", "fn/star-2", "fn/1"),
        *("annex", "annex/1", "annex/1/1", "annex/1/2", "fn/2"),
        *("annex/2", "annex/2-a", "annex/2-a/1", "annex/2-b", "annex/2-b/1", "fn/3"),
    ]


def test_numbered_paragraphs_run_through_the_sections_of_an_annex(tmp_path: Path) -> None:
    found = document(tmp_path, MARKED)
    assert labels(found) == [
        *("front", "note", "note/1", "note/2", "fn/star"),
        *("annex-1", "annex-1/a", "annex-1/1", "annex-1/2", "annex-1/2/a", "annex-1/2/b"),
        *("annex-1/2/b/i", "annex-1/2/b/ii", "annex-1/2-2", "annex-1/b", "annex-1/3"),
        *("annex-2", "annex-2/1"),
    ]
    parents = {passage.label: passage.parent for passage in found.passages}
    assert parents["annex-1/2/b/ii"] == "annex-1/2/b"
    assert parents["annex-1/3"] == "annex-1/b"
    assert parents["annex-1/b"] == "annex-1"
    numbers = {passage.label: passage.number for passage in found.passages}
    assert [numbers[label] for label in ("annex-1/a", "annex-1/2/b", "annex-1/2", "fn/star")] == [
        *("A.", "(b)", "2", "*")
    ]


def test_a_paragraph_cut_by_a_page_break_is_whole_and_its_mark_is_kept_apart(
    tmp_path: Path,
) -> None:
    found = document(tmp_path, INDENTED)
    passage = found.passage("annex/1/2")
    assert passage.text == "A second paragraph stops at the edge of the page and goes on."
    assert passage.notes == ("fn/3",)
    assert found.passage("note/1").text.startswith("The annex to this note was prepared with")
    assert "conventions in 8 June sessions" in found.passage("note/1").text
    assert found.passage("annex/1/1").text.endswith("and the website.")


def test_markup_is_removed_and_the_rest_of_the_text_is_kept(tmp_path: Path) -> None:
    found = document(tmp_path, MARKED)
    assert found.passage("annex-1").text == "Annex I Report on waters"
    workshop = "The secretariat took part in a workshop held in Almaty on the 16th day."
    assert found.passage("annex-1/1").text == workshop
    assert found.passage("front").text == (
        "Conference of the Parties Second meeting Item 5 of the agenda"
    )
    assert found.passage("front").notes == ("fn/star",)


def test_an_address_cut_over_two_lines_is_one_and_its_repetition_is_dropped(
    tmp_path: Path,
) -> None:
    found = document(tmp_path, INDENTED)
    address = "http://www.example.org/a/very/long/address/that/is/cut/in/the/middle/of/Page.aspx"
    assert found.passage("fn/2").text == f"Available at {address}"
    assert not any("cut/in" in p.text for p in found.passages if p.label != "fn/2")


def test_a_word_after_an_address_is_no_part_of_it() -> None:
    assert joined(["see https://example.org/a ", "for details"]) == (
        "see https://example.org/a for details"
    )
    assert joined(["inter-", "secretariat", "A/RES/", "70/1"]) == "inter-secretariat A/RES/70/1"


def test_a_line_that_begins_with_a_number_is_a_footnote_only_if_its_mark_is_above() -> None:
    text = "Held in May of\n\n1 June and later.\n"
    body, notes = lift_footnotes(split_lines(text))
    assert notes == []
    assert [line.text for line in body] == ["Held in May of", "1 June and later."]
    body, notes = lift_footnotes(split_lines("Held in May1 of\n\n1 Later.\n"))
    assert [note.text for note in notes] == ["Later."]
    assert [(line.text, line.notes) for line in body] == [("Held in May of", ["fn/1"])]


def test_the_end_of_a_symbol_is_no_footnote_mark() -> None:
    body, notes = lift_footnotes(split_lines("See COP.1 and A/1 on this matter.1\n\n1 There.\n"))
    assert len(notes) == 1
    assert body[0].text == "See COP.1 and A/1 on this matter."


def test_a_mark_is_sought_only_after_the_mark_before_it() -> None:
    body, _ = lift_footnotes(split_lines("So2\nmodel2 holds1 for some2.\n\n1 A.\n2 B.\n"))
    assert [line.text for line in body] == ["So2", "model2 holds for some."]


def test_a_number_that_is_not_due_within_a_paragraph_opens_none(tmp_path: Path) -> None:
    found = document(tmp_path, "1. It has been so since article\n12. It goes on.\n\n2. More.\n")
    assert labels(found) == ["note/1", "note/2"]
    assert found.passage("note/1").text == "It has been so since article 12. It goes on."


def test_a_list_after_an_unnumbered_paragraph_begins_at_a_again(tmp_path: Path) -> None:
    found = document(tmp_path, "1. One:\n\n(a) x.\n\nTwo:\n\n(a) y.\n\n(b) z.\n")
    assert labels(found) == [
        *("note/1", "note/1/a", "note/1-2", "note/1-2/a", "note/1-2/b"),
    ]


def test_marks_set_as_superscript_or_in_brackets_are_marks(tmp_path: Path) -> None:
    found = document(
        tmp_path, "1. One<sup>1</sup> and two[^2] m<sup>3</sup>.\n\n1 First.\n\n[^2]: Second.\n"
    )
    assert found.passage("note/1").text == "One and two m3."
    assert found.passage("note/1").notes == ("fn/1", "fn/2")


def test_page_numbers_and_running_headers_do_not_cut_a_sentence(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "RIVER/COP.2/INF/3\n\n1. The river runs\n\n2\n\nRIVER/COP.2/INF/3\n\ninto the sea.\n",
    )
    assert found.passage("note/1").text == "The river runs into the sea."
    assert found.passage("front").text == "RIVER/COP.2/INF/3"


def test_roman_sections_do_not_take_the_labels_of_numbered_paragraphs(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "## Annex\n\n## I. Start\n\n1. One.\n\n## II. End\n\n### A. Last\n\n2. Two.\n",
    )
    assert labels(found) == [
        *("annex", "annex/section-1", "annex/1", "annex/section-2", "annex/section-2-a", "annex/2")
    ]
    assert found.passage("annex/section-2-a").parent == "annex/section-2"


def test_a_number_printed_twice_gives_two_labels(tmp_path: Path) -> None:
    found = document(tmp_path, "1. One.\n\n2. Two.\n\n2. Again.\n\n4. Four.\n")
    assert labels(found) == ["note/1", "note/2", "note/2-2", "note/4"]


def test_order_and_hashes_belong_to_what_is_read(tmp_path: Path) -> None:
    found = document(tmp_path, MARKED)
    assert [passage.order for passage in found.passages] == [*range(1, len(found.passages) + 1)]
    assert found.sha256 == hashlib.sha256(MARKED.encode()).hexdigest()
    for passage in found.passages:
        assert passage.sha256 == hashlib.sha256(passage.text.encode()).hexdigest()
        assert MARKED.splitlines()[passage.line - 1].strip()
    assert len({passage.label for passage in found.passages}) == len(found.passages)


def test_line_endings_and_a_byte_order_mark_change_no_passage(tmp_path: Path) -> None:
    plain = document(tmp_path, INDENTED).passages
    path = tmp_path / "windows.txt"
    path.write_bytes(b"\xef\xbb\xbf" + INDENTED.replace("\n", "\r\n").encode())
    assert read_document(path).passages == plain


def test_comparable_forms_differ_only_in_what_matters() -> None:
    assert comparable("the\u00a0 “Special\nProgramme”, 2024–2025") == (
        'the "Special Programme", 2024-2025'
    )
    assert comparable("Escazu\u0301 **bold** 16<sup>th</sup> \\*") == "Escazú bold 16th *"
    assert comparable("snake_case_name and 5 * 3") == "snake_case_name and 5 * 3"
    assert comparable("MC-3/11") != comparable("MC-3/1")


def test_an_unknown_label_is_answered_with_near_ones(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"annex-1/2/b"):
        document(tmp_path, MARKED).passage("annex-1/2/c")


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (b"", "empty", None),
        (b" \n\n", "empty", None),
        (b"1. One.\n\n2. Caf\xe9.\n", "byte 16 is 0xe9", 3),
        (b"only a title\n", "no passages", None),
    ],
)
def test_a_file_without_passages_is_refused(
    tmp_path: Path, content: bytes, message: str, line: int | None
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(UnusableInput, match=message) as caught:
        read_document(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert caught.value.hint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert find_document(tmp_path, "absent") is None
    with pytest.raises(UnusableInput, match="absent"):
        read_document(tmp_path / "absent.txt")


def test_cop6_has_its_passages(sources: Path) -> None:
    found = read_document(sources / f"{COP6}.txt")
    sections = [f"annex-1/{letter}" for letter in "abcdefghi"]
    items = [f"annex-1/15/{letter}" for letter in "abcd"]
    numbered = [f"annex-1/{number}" for number in range(1, 33)]
    note = ["note", "note/1", "note/2", "note/3"]
    expected = {"front", *note, "fn/star", "fn/star-2", "annex-1", *sections, *items, *numbered}
    assert set(labels(found)) == expected | {"annex-1/31-2"}
    assert labels(found).index("annex-1/31-2") == labels(found).index("annex-1/31") + 1
    assert found.passage("front").notes == ("fn/star", "fn/star-2")


def test_cop6_paragraphs_cut_by_page_breaks_are_whole(sources: Path) -> None:
    found = read_document(sources / f"{COP6}.txt")
    assert "17-19 June 2025 in Almaty" in found.passage("annex-1/5").text
    assert "for activities providing such" in found.passage("annex-1/13").text
    assert "contained in note UNEP/MC/COP.6/20" in found.passage("annex-1/28").text


def test_cop4_has_its_passages(sources: Path) -> None:
    found = read_document(sources / f"{COP4}.txt")
    paragraphs = {
        **{"annex/1": 4, "annex/2-a": 5, "annex/2-b": 2, "annex/2-c": 2, "annex/2-d": 1},
        **{"annex/2-e": 1, "annex/2-f": 4, "annex/2-g": 1, "annex/2-h": 2, "annex/2-i": 1},
        "annex/3": 3,
    }
    expected = {"front", "note", "note/1", "annex", "annex/2", *paragraphs}
    expected |= {f"{path}/{n}" for path, count in paragraphs.items() for n in range(1, count + 1)}
    expected |= {"fn/star", "fn/star-2", *(f"fn/{number}" for number in range(1, 7))}
    assert set(labels(found)) == expected


def test_cop4_footnote_marks_are_found_where_they_stand(sources: Path) -> None:
    found = read_document(sources / f"{COP4}.txt")
    assert {p.label: p.notes for p in found.passages if p.notes} == {
        "note/1": ("fn/1",),
        "annex/2-a/1": ("fn/2",),
        "annex/2-a/5": ("fn/3",),
        "annex/2-f/4": ("fn/4",),
        "annex/2-i/1": ("fn/5", "fn/6"),
    }
    assert "June 2022)." in found.passage("annex/2-f/4").text
    assert "organizations and in the" in found.passage("annex/2-i/1").text
    assert "ratification of the Minamata and BRS" in found.passage("annex/2-d/1").text
    assert found.passage("fn/3").text.endswith("/tabid/8573/language/en-US/Default.aspx")


@pytest.mark.parametrize("slug", [COP4, COP6])
def test_no_residue_is_left_in_the_source_documents(sources: Path, slug: str) -> None:
    for passage in read_document(sources / f"{slug}.txt").passages:
        assert not set(passage.text) & set("*\\<>_#")
        assert passage.text == " ".join(passage.text.split())
        if passage.kind in ("paragraph", "sub-paragraph"):
            assert passage.text.endswith((".", ";", ":"))
