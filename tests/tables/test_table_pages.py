"""Tables as pages, read by a parser that knows which elements must be closed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from pyoxigraph import Literal, NamedNode
from tabled import BIDI, CONTROLS, FULL, LONG, MARKUP, MEETING, PASSAGES, number, of, table

from meagraph.tables import Column, Table, as_fragment, as_html

EVIDENCE = [
    {
        "passage": PASSAGES[0].value,
        "name": "note 2",
        "url": "https://example.org/note",
        "text": f"They met. {MARKUP}",
        "note": None,
    },
    {"passage": PASSAGES[1].value, "name": "note 4", "url": None, "text": None, "note": "no text"},
]


class Read(HTMLParser):
    """The elements and texts of a page; a wrong nesting fails."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.found.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_the_page_is_whole_and_its_table_can_be_heard() -> None:
    page = as_html(FULL, title="Which meetings?", evidence=EVIDENCE)
    read = Read(page)
    assert page.startswith("<!DOCTYPE html>\n") and read.all("html")[0]["lang"] == "en"
    assert read.texts["title"] == ["Which meetings? – meagraph"]
    assert read.texts["h1"] == ["Which meetings?"] and read.texts["caption"] == ["2 rows"]
    heads = [one for one in read.all("th") if one["scope"] == "col"]
    assert len(heads) == 5
    assert [one["scope"] for one in read.all("th")].count("row") == 2
    assert "Length (days)How long it was." in read.texts["th"]
    region = next(one for one in read.all("div") if one.get("role") == "region")
    assert region["tabindex"] == "0" and region["aria-labelledby"] == "title"
    ids = [attributes["id"] for _, attributes in read.found if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in read.found:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids


def test_roles_are_those_of_the_elements_and_each_cell_names_its_column() -> None:
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    read = Read(as_html(FULL))
    for tag, role in roles.items():
        assert {one["role"] for one in read.all(tag)} == {role}
    assert read.all("td")[0]["data-label"] == "Length (days)"
    assert read.all("td")[0]["class"] == "number"


def test_what_was_asked_is_told() -> None:
    page = as_html(FULL)
    assert Read(page).texts["h1"] == ["meetings-attended"]
    assert Read(page).texts["dd"] == ["meetings-attended", "BRS secretariat", "minamata; basel"]
    free = as_html(Table((Column("s"),), [(MEETING,)], {}, "SELECT ?s {\n ?s a <x&y> }"))
    assert Read(free).texts["h1"] == ["Answer"]
    assert Read(free).texts["pre"] == ["SELECT ?s {\n ?s a <x&y> }"]


def test_labels_are_links_to_the_iris_and_passages_to_the_evidence_below() -> None:
    links = {one["href"] for one in Read(as_html(FULL)).all("a")}
    assert links == {MEETING.value, *(passage.value for passage in PASSAGES)}
    read = Read(as_html(FULL, evidence=EVIDENCE))
    inside = {one["href"] for one in read.all("a") if str(one["href"]).startswith("#")}
    assert inside == {"#passage-1", "#passage-2"}
    assert {"#" + str(one["id"]) for one in read.all("div") if one.get("id")} == inside
    assert any("They met." in said for said in read.texts["dd"]) and "no text" in read.texts["dd"]


@pytest.mark.parametrize("form", [as_html, as_fragment])
def test_nothing_in_a_table_is_markup_or_runs(form: object) -> None:
    label = {MEETING.value: MARKUP}
    columns = (Column(MARKUP, MARKUP, MARKUP, MARKUP), Column("b"))
    hostile = Table(
        columns,
        [(MEETING, Literal(MARKUP)), (NamedNode("javascript:alert(1)"), Literal(CONTROLS))],
        label,
        f"SELECT {MARKUP}",
        {MARKUP: [MARKUP]},
    )
    for each in (hostile, Table(columns, [], label, MARKUP, {}, MARKUP)):
        page = form(each)
        read = Read(page)
        assert not read.all("script") and "javascript" not in str(read.all("a"))
        assert not set(CONTROLS) - set("abcdefghi") & set(page)
    assert read.texts["p"] == [MARKUP]


@pytest.mark.parametrize("form", [as_html, as_fragment])
def test_no_page_asks_another_machine_for_anything(form: object) -> None:
    read = Read(form(FULL))
    loading = {"script", "link", "img", "iframe", "object", "embed", "video", "audio", "base"}
    assert not loading & {tag for tag, _ in read.found}
    assert all("src" not in attributes for _, attributes in read.found)
    assert not any("url(" in style or "@import" in style for style in read.texts["style"])


def test_the_browser_is_told_to_load_nothing() -> None:
    policy = next(one for one in Read(as_html(FULL)).all("meta") if "http-equiv" in one)
    assert str(policy["content"]).startswith("default-src 'none';")


def test_the_page_has_a_look_for_print_for_the_dark_and_for_narrow_screens() -> None:
    style = Read(as_html(FULL)).texts["style"][0]
    for medium in ("@media print", "prefers-color-scheme: dark", "max-width: 44rem"):
        assert medium in style
    assert style.count("{") == style.count("}")


def test_writing_from_right_to_left_keeps_to_its_cell_and_long_texts_are_whole() -> None:
    read = Read(as_html(of(Literal(BIDI), Literal(LONG), number("3"))))
    rows = [one for one in read.all("th") if one["scope"] == "row"]
    assert [one.get("dir") for one in rows] == ["auto", None, None]
    assert LONG.strip() in read.texts["th"]


def test_an_answer_without_rows_is_the_questions_own_sentence() -> None:
    read = Read(as_html(table(empty="No such meeting.")))
    assert read.texts["p"] == ["No such meeting."] and not read.all("table")


def test_a_notebook_shows_the_first_rows_and_how_many_there_are() -> None:
    many = of(*(number(str(n)) for n in range(1000)))
    read = Read(many._repr_html_())
    assert len(read.texts["td"]) == 60
    assert read.texts["caption"] == ["the first 60 of 1,000 rows"]
    few = Read(FULL._repr_html_())
    assert few.texts["caption"] == ["2 rows"] and len(few.texts["tr"]) == 3
    assert few.all("th")[1]["title"] == "How long it was."
    assert Read(FULL.head(0)._repr_html_()).texts["p"] == [FULL.empty]
