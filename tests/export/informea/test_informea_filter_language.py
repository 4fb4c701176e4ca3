"""``$filter`` as OData 2 has it: joins, functions, literals, null, and what is refused where."""

from __future__ import annotations

import json

import pytest
from feed_asking import asked, ids

from meagraph.export.informea import Feed

CALI = "cbd-cop-16-1.cbd"
OVER, TO_COME = "unea-6.unea", "unea-7.unea"
IN_2017 = "minamata-cop-1.minamataunep"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("treaty eq 'cbd' or treaty eq 'unea'", [CALI, OVER, TO_COME]),
        ("'cbd' eq treaty", [CALI]),
        ("datetime'2025-12-08T00:00:00' le start", [TO_COME]),
        ("start gt end", []),
        ("treaty eq 'cbd' or treaty eq 'unea' and status ne 'over'", [CALI, TO_COME]),
        ("status ne 'over' and treaty eq 'unea' or treaty eq 'cbd'", [CALI, TO_COME]),
        ("(treaty eq 'cbd' or treaty eq 'unea') and status ne 'over'", [TO_COME]),
        ("treaty eq 'unea' and not (status eq 'over')", [TO_COME]),
        ("treaty eq 'unea' and not not (status eq 'over')", [OVER]),
        ("not(treaty ne 'cbd')or(treaty eq'unea')and(status eq'over')", [CALI, OVER]),
        ("not startswith(treaty, 'm') and country ne null", [CALI, OVER]),
        ("not startswith(treaty, 'm') eq true and country eq 'CO'", [CALI]),
        ("true and treaty eq 'cbd'", [CALI]),
        ("treaty eq 'cbd' eq true", [CALI]),
        ("true eq protocolVersion gt 1", []),
        ("virtual and start lt datetime'2021-01-01'", ["basel-oewg-12-online.basel"]),
        ("not virtual and location ne null", ["minamata-cop-4-in-person.minamataunep"]),
        ("\t treaty\neq 'cbd'  ", [CALI]),
    ],
)
def test_joins_bind_as_odata_2_says(ours: Feed, text: str, expected: list[str]) -> None:
    assert ids(ours, "Meetings", filter=text, orderby="id") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("substringof('al', city) and country eq 'CO'", CALI),
        ("substringof('al', city) eq true and not (country eq 'KZ')", CALI),
        ("substringof(city, 'Santiago de Cali')", CALI),
        ("startswith(city, 'Cal')", CALI),
        ("endswith(city, 'ali')", CALI),
        ("startswith(city, 'cal') or endswith(city, 'Ali') or substringof('ALI', city)", None),
        ("length(city) eq 4", CALI),
        ("4 ge length(city)", CALI),
        ("tolower(city) eq 'cali'", CALI),
        ("'CALI' eq toupper(city)", CALI),
        ("trim(concat('  ', concat(city, ' '))) eq 'Cali'", CALI),
        ("concat(concat(city, ', '), country) eq 'Cali, CO'", CALI),
        ("indexof(city, 'li') eq 2", CALI),
        ("length(city) lt 5 and indexof(city, 'x') eq -1", CALI),
        ("replace(city, 'al', 'o''') eq 'Co''i'", CALI),
        ("length(replace(city, '', 'x')) eq 4", CALI),
        ("length('o''clock') eq 7 and city eq 'Cali'", CALI),
        ("substring(city, 1) eq 'ali'", CALI),
        ("substring(city, 1, 2) eq 'al' and country eq 'CO'", CALI),
        ("substring(city, indexof(city, 'x'), 1) eq 'C' and length(city) eq 4", CALI),
        ("substring(city, 9) eq '' and length(city) eq 4", CALI),
        ("substring(city, 0, -1) eq '' and length(city) eq 4", CALI),
        ("year(start) eq 2017", IN_2017),
        ("year(start) lt 2018 and month(start) eq 9 and day(start) eq 24", IN_2017),
        ("year(end) lt 2018 and hour(end) eq 0 and minute(end) eq 0 and second(end) eq 0", IN_2017),
        ("minute(datetime'2024-01-01T00:07:09') eq 7 and city eq 'Cali'", CALI),
        ("hour(datetime'2024-01-01T05:07:09+02:00') eq 3 and city eq 'Cali'", CALI),
        ("second(datetime'2024-01-01T00:07:09') eq 9 and city eq 'Cali'", CALI),
        ("start eq datetime'2017-09-24T02:00:00+02:00'", IN_2017),
        ("year(updated) eq 2999", None),
    ],
)
def test_functions_give_what_odata_2_says(ours: Feed, text: str, expected: str | None) -> None:
    assert ids(ours, "Meetings", filter=text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "number", ["1", "1L", "1l", "1.0", "1M", "1.00m", "1d", "1.0D", "1f", "10e-1", "0.1E+1", "1E0d"]
)
def test_numbers_are_written_as_odata_2_writes_them(ours: Feed, number: str) -> None:
    all_ = len(ours.meetings)
    assert len(ids(ours, "Meetings", filter=f"protocolVersion eq {number}")) == all_
    assert len(ids(ours, "Meetings", filter=f"protocolVersion gt -{number}")) == all_
    assert ids(ours, "Meetings", filter=f"-{number} ge protocolVersion") == []


def test_null_is_equal_to_null_alone_and_passes_no_other_test(ours: Feed) -> None:
    without = [one.id for one in ours.meetings if one.fields["city"] is None]
    assert without
    for text in (
        "city eq null",
        "null eq city",
        "tolower(city) eq null",
        "not (city ge '')",
        "not substringof('', city)",
        "substringof('', city) eq false",
        "length(city) eq length(null)",
    ):
        assert ids(ours, "Meetings", filter=text) == without
    unknown = [one.id for one in ours.meetings if one.fields["virtual"] is None]
    assert ids(ours, "Meetings", filter="not (virtual eq true or virtual eq false)") == unknown
    assert len(ids(ours, "Meetings", filter="not virtual")) == len(unknown) + 1


def test_any_of_the_treaties_of_a_document_will_do_on_either_side(ours: Feed) -> None:
    for treaty in ("basel", "rotterdam", "stockholm"):
        assert "unep-chw.15-20" in ids(ours, "Documents", filter=f"'{treaty}' eq treaty")
        assert "unep-chw.15-20" not in ids(ours, "Documents", filter=f"'{treaty}' ne treaty")
        assert "unep-chw.15-20" not in ids(ours, "Documents", filter=f"not (treaty eq '{treaty}')")
        assert "unep-chw.15-20" in ids(ours, "Documents", filter=f"(treaty) eq ('{treaty}')")
    both = "treaty eq 'basel' and (treaty eq 'rotterdam' or treaty eq 'unea') eq true"
    assert "unep-chw.15-20" in ids(ours, "Documents", filter=both)


def test_what_a_record_lists_is_filtered_too(ours: Feed) -> None:
    path = "Meetings('cbd-cop-16-1.cbd')/title"
    assert len(ids(ours, path, filter="language eq 'fr' or startswith(language, 'e')")) == 1
    assert ids(ours, path, filter="not (language eq 'en')") == []
    uuid = ours.treaties[0].fields["UUID"]
    assert ids(ours, "Treaties", filter=f"UUID eq guid'{uuid}'") == [ours.treaties[0].id]


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("treaty eq 'cbd' or", 400, "at its end"),
        ("or treaty eq 'cbd'", 400, "at character 1"),
        ("treaty eq 'cbd' or or treaty eq 'x'", 400, "at character 20"),
        ("treaty eq 'cbd' AND treaty eq 'x'", 400, "at character 17"),
        ("treaty eq 'cbd' treaty eq 'x'", 400, "at character 17"),
        ("treaty EQ 'cbd'", 400, "at character 8, “EQ 'cbd'”"),
        ("treaty eq 'cb'd'", 400, "at character 16"),
        ("treaty eq 'cbd", 400, "at character 11"),
        ("treaty eq 'o''clock", 400, "at character 11"),
        ("(treaty eq 'cbd'", 400, "closing bracket"),
        ("treaty eq 'cbd')", 400, "at character 16"),
        ("()", 400, "at character 2"),
        ("(", 400, "at its end"),
        ("treaty", 400, "“treaty” is Edm.String"),
        ("null", 400, "“null”"),
        ("treaty and virtual", 400, "“treaty” is Edm.String"),
        ("virtual or length(city)", 400, "“length(city)” is Edm.Int32"),
        ("not treaty eq 'cbd'", 400, "not (…)"),
        ("not null", 400, "“null”"),
        ("treaty eq virtual", 400, "“virtual” is no Edm.String"),
        ("protocolVersion eq '1'", 400, "“'1'” is no Edm.Int16"),
        ("1 lt protocolVersion lt 3", 400, "“3” is no Edm.Boolean"),
        ("protocolVersion eq 1x", 400, "at character 20"),
        ("protocolVersion eq ٣", 400, "at character 20"),
        ("protocolVersion eq 1.5L", 400, "1.5L"),
        ("protocolVersion eq 9999999999999999999", 400, "too large"),
        ("protocolVersion eq 1e999", 400, "too large"),
        ("protocolVersion eq " + "9" * 5000, 400, "too large"),
        ("secret eq 'x'", 400, "“secret”"),
        ("title eq 'x'", 400, "“title” lists"),
        ("title/value eq 'x'", 400, "“title” lists"),
        ("city/name eq 'x'", 400, "“city” has one value"),
        ("substringof(city)", 400, "substringof takes 2 values, not 1"),
        ("substring(city) eq 'x'", 400, "substring takes 2 or 3 values, not 1"),
        ("length() eq 0", 400, "length takes 1 value, not 0"),
        ("length(city, ) eq 0", 400, "at character 14"),
        ("length(city", 400, "closing bracket"),
        ("length(start) eq 0", 400, "“start” is no Edm.String"),
        ("substring(city, 1.5) eq 'x'", 400, "“1.5” is no Edm.Int32"),
        ("year(city) eq 2020", 400, "“city” is no Edm.DateTime"),
        ("contains(city, 'x')", 400, "substringof"),
        ("start gt datetime'soon'", 400, "“soon”"),
        ("start gt datetime'0001-01-01T00:00:00+14:00'", 400, "moment"),
        ("start gt datetimeoffset'2024-01-01T00:00:00Z'", 400, "datetimeoffset"),
        ("start gt time'PT1H'", 400, "time"),
        ("protocolVersion add 1 eq 2", 501, "“add”"),
        ("2 eq protocolVersion sub 1", 501, "“sub”"),
        ("(length(city) mod 2) eq 0", 501, "“mod”"),
        ("-protocolVersion eq 1", 501, "“-”"),
        ("round(latitude) eq 1", 501, "“round”"),
        ("IsOf('Edm.String')", 501, "“IsOf”"),
        ("cast(city, 'Edm.String') eq 'x'", 501, "“cast”"),
    ],
)
def test_what_a_filter_cannot_do_is_told_with_its_place(
    ours: Feed, text: str, status: int, told: str
) -> None:
    response = asked(ours, "Meetings", filter=text)
    message = json.loads(response.body)["error"]["message"]["value"]
    assert response.status == status, message
    assert told in message


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100 + "true" + ")" * 100,
        "trim(" * 100 + "city" + ")" * 100 + " eq 'x'",
        "not " * 100 + "true",
        "(" * 100_000,
        "not " * 100_000,
        "trim(" * 100_000,
    ],
)
def test_what_is_nested_too_deep_is_refused(ours: Feed, text: str) -> None:
    response = asked(ours, "Meetings", filter=text)
    assert response.status == 400
    assert "too deep" in json.loads(response.body)["error"]["message"]["value"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20 + "true" + ")" * 20,
        " or ".join(["virtual"] * 2000 + ["true"]),
        " and ".join(["true"] * 2000),
        " eq ".join(["true"] * 2000),
        "true" + " ge true" * 2000,
    ],
)
def test_what_is_long_and_not_deep_is_followed(ours: Feed, text: str) -> None:
    assert len(ids(ours, "Meetings", filter=text)) == len(ours.meetings)


@pytest.mark.parametrize("grown", ["replace({0}, 'a', '{1}')", "concat({0}, concat('{1}', {0}))"])
def test_no_text_is_made_without_end(ours: Feed, grown: str) -> None:
    text = "city"
    for _ in range(9):
        text = grown.format(text, "a" * 300)
    response = asked(ours, "Meetings", filter=f"length({text}) gt 0")
    assert response.status == 400
    assert "longer than" in json.loads(response.body)["error"]["message"]["value"]
