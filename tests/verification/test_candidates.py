"""What a text names is found by its form, and ordinary words are not."""

from __future__ import annotations

import pytest

from meagraph.verification.candidates import (
    candidates,
    is_ordinal,
    number_value,
    ordinary_words,
)


def found(text: str, *ordinary: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in candidates(text, ordinary)]


@pytest.mark.parametrize(
    "name",
    [
        "WHO",
        "COP-6",
        "OEWG-3.2",
        "InforMEA",
        "Escazú Agreement",
        "Open-ended Working Group of the Basel Convention",
        "Round Table on Registers",
        "Strategy for Children's Health",
        "Committee to Review Chemicals and Waste",
        "Punta del Este",
        "The Hague",
    ],
)
def test_a_run_of_capitalised_words_is_one_name(name: str) -> None:
    assert found(f"it was sent to {name}, and read") == [("name", name)]


def test_commas_brackets_and_possessives_end_a_name_or_go_on() -> None:
    text = "by Cali, Colombia (ECE) and the Convention's first objectives"
    assert found(text) == [
        ("name", "Cali"),
        ("name", "Colombia"),
        ("name", "ECE"),
        ("name", "Convention"),
        ("number", "first"),
    ]


def test_of_an_acronym_with_a_tail_the_acronym_is_the_name() -> None:
    assert found("all UNEP-administered bodies") == [("name", "UNEP")]


def test_an_ordinary_word_that_opens_a_sentence_is_no_name() -> None:
    text = 'Reports came. Furthermore, it "Meets" them. (Further news.) Basel did not.'
    assert found(text, "report", "meets", "further", "news") == [("name", "Basel")]
    assert ("name", "Meets") in found(text)


def test_an_ordinary_word_that_opens_a_name_belongs_to_it() -> None:
    assert found("Global Framework came", "global") == [("name", "Global Framework")]
    assert found("In Bali it rained") == [("name", "Bali")]


def test_words_in_lower_case_anywhere_are_ordinary() -> None:
    assert ordinary_words(["The report of", "WHO and others"]) == {"report", "of", "and", "others"}


@pytest.mark.parametrize(
    "symbol", ["UNEP/MC/COP.6/INF/29", "A/HRC/45/2", "UNEP/CHW.15/6/Add.6", "UNEP/MC/COP.6/1/Rev.1"]
)
def test_a_symbol_is_found_whole_and_without_the_full_stop(symbol: str) -> None:
    assert found(f"set out in {symbol}.") == [("symbol", symbol)]


def test_symbols_of_one_paper_are_three() -> None:
    symbols = ["UNEP/CHW.15/20", "UNEP/FAO/RC/COP.10/16", "UNEP/POPS/COP.10/20"]
    assert found("-".join(symbols)) == [("symbol", each) for each in symbols]


def test_names_joined_by_a_stroke_are_no_symbol() -> None:
    assert found("the BRS/Minamata team") == [("name", "BRS/Minamata")]


@pytest.mark.parametrize(
    ("text", "number"),
    [("decision MC-5/16 on", "MC-5/16"), ("resolution 5/14.", "5/14"), ("and BC-15/3", "BC-15/3")],
)
def test_numbers_of_decisions_and_resolutions_are_found(text: str, number: str) -> None:
    assert found(text) == [("decision", number)]


@pytest.mark.parametrize(
    "date",
    [
        "6-8 February 2024",
        "24 April 2024",
        "26 February to 1 March 2024",
        "30 December 2024 to 2 January 2025",
        "7 and 8 June 2021",
        "June 2025",
        "November 6, 2025",
        "December 2023 to June 2025",
        "1995",
        "2024-2025",
        "2022/23",
        "first quarter of 2022",
    ],
)
def test_a_date_is_found_whole(date: str) -> None:
    assert found(f"held in {date}, in town") == [("date", date)]


def test_dates_in_a_list_are_found_one_by_one() -> None:
    text = "on 6-8 February 2024, 5-7 November 2024 and 10-12 June 2025"
    assert [date for _, date in found(text)] == [
        "6-8 February 2024",
        "5-7 November 2024",
        "10-12 June 2025",
    ]
    assert [date for _, date in found("in 2024 and 2025")] == ["2024", "2025"]


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("its ten members", "ten", 10),
        ("the sixteenth meeting", "sixteenth", 16),
        ("Twenty-first meeting", "Twenty-first", 21),
        ("the 14th meeting", "14th", 14),
        ("twice a year", "twice", 2),
        ("a four-year plan", "four", 4),
        ("some 128 of them", "128", 128),
        ("a fee of 10.000 coins", "10.000", None),
        ("indicator 12.4.1, which", "indicator 12.4.1", None),
        ("under article 24 it", "article 24", None),
        ("in annex II it", "annex II", None),
        ("Part I of it", "Part I", None),
    ],
)
def test_a_number_is_found_with_its_value(text: str, number: str, value: int | None) -> None:
    assert found(text, "part") == [("number", number)]
    assert number_value(number) == value


def test_one_and_longer_words_and_parts_of_things_are_no_numbers() -> None:
    assert found("one of these, often, a seconded part of them") == []


def test_ordinals_are_told_from_counts() -> None:
    assert all(map(is_ordinal, ("first", "Second", "third", "14th", "twentieth", "forty-second")))
    assert not any(map(is_ordinal, ("ten", "twice", "14", "hundred")))


def test_a_web_address_is_one_thing_and_hides_what_stands_in_it() -> None:
    address = "https://www.example.org/WHO/2024/five.aspx"
    assert found(f"see {address}.") == [("address", address)]
