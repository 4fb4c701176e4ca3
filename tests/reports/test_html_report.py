"""As a page: well formed, whole in itself, harmless, and readable in light and dark."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from sample_report import BASE, EMPTY, HOSTILE, LINE, sample, unreadable, warning

from meagraph.reports import render
from meagraph.reports.style import STYLE
from meagraph.validation import Report

VOID = {"meta", "br", "wbr"}
REPORTS = [sample(), unreadable(), EMPTY, sample(2, *(warning(line=n) for n in range(2, 40)))]


class Page(HTMLParser):
    """A page as a reader of its structure has it."""

    def __init__(self, report: Report) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.source = render(report, "html", BASE)
        self.feed(self.source)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements are closed in their order"

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def attributes(self, name: str) -> list[str]:
        return [
            value or "" for _, given in self.tags for key, value in given.items() if key == name
        ]


@pytest.fixture(params=REPORTS, ids=["all severities", "unreadable", "valid", "many"])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param)


def test_the_page_has_a_language_a_title_and_one_heading_above_the_others(page: Page) -> None:
    assert page.source.startswith("<!DOCTYPE html>\n")
    assert page.attributes("lang") == ["en"]
    assert page.attributes("charset") == ["utf-8"]
    assert "width=device-width" in " ".join(page.attributes("content"))
    assert page.texts["title"][0].endswith("meagraph validate")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_is_fetched_and_nothing_runs(page: Page) -> None:
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert page.attributes("src") == []
    assert not any(name.startswith("on") for _, given in page.tags for name in given)
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert "default-src 'none'" in " ".join(page.attributes("content"))


def test_every_link_leads_to_a_part_of_the_page(page: Page) -> None:
    ids = page.attributes("id")
    assert len(set(ids)) == len(ids)
    assert {href.removeprefix("#") for href in page.attributes("href")} <= set(ids)
    assert set(page.attributes("aria-labelledby")) <= set(ids)


def test_messages_and_source_are_shown_and_are_no_markup() -> None:
    page = Page(sample())
    assert any(HOSTILE[1:] in said for said in page.texts["h3"])
    assert LINE.lstrip() in page.texts["code"]
    assert "ex:o" in page.texts["mark"]
    assert "b" not in {tag for tag, _ in page.tags}
    assert "\x1b" not in page.source
    assert "\u202e" not in page.source


def test_a_finding_tells_all_that_is_known() -> None:
    said = " ".join(Page(sample()).texts["article"])
    for part in (
        "First line second line.",
        "Take 50% out.",
        "meetings:cop-6 “Sixth <COP>”",
        "mea:event/^mea:agent",
        "Note annex-1/2",
        "data/other.ttl:1:1",
        "Line 2, column",
    ):
        assert part in said


def test_the_rules_are_counted_and_lead_to_their_findings() -> None:
    page = Page(sample(2, *(warning(line=line) for line in range(2, 7))))
    assert page.texts["td"] == ["1", "6", "1"]
    rows = [row.split()[:2] for row in page.texts["th"][2:]]
    assert [word for word, _ in rows] == ["violation", "warning", "note"]
    assert page.source.count("Next of this rule") == 5
    assert "model, section 3, item 7" in page.texts["tbody"][0]


def test_files_that_cannot_be_read_are_shown() -> None:
    page = Page(unreadable())
    assert "1 file cannot be used: nothing else was checked" in page.texts["title"][0]
    assert "The file stops being Turtle at “]”" in page.texts["h3"][0]
    assert page.texts["code"] == ["ex:a ] ex:b ."]


def palettes() -> list[dict[str, str]]:
    """The colours of the light page and of the dark one, by name."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return [dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in (light, dark)]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "link", "violation", "warning", "note"])
@pytest.mark.parametrize("paper", ["paper", "panel"])
def test_every_text_stands_out_from_its_ground(
    palette: dict[str, str], ink: str, paper: str
) -> None:
    bright, dim = sorted((luminance(palette[ink]), luminance(palette[paper])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_what_is_marked_can_be_read(palette: dict[str, str]) -> None:
    bright, dim = sorted((luminance(palette["ink"]), luminance(palette["mark"])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5
