"""Three tasks that people come with, done by keyboard from the home page."""

from __future__ import annotations

import csv
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store
from running import Served

from meagraph.knowledge import KnowledgeGraph
from meagraph.namespaces import BASE, PREFIXES
from meagraph.project import Project

pytest.importorskip("selenium", reason="needs selenium, which drives the browser")

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from walking import Walker

WIDTHS = (390, 800, 1200)
WORKSHOP = BASE + "meetings/central-asia-workshop-2025-06-17"
CAME = "Coming together of representatives from five countries"
ENTRY = """\
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

meetings:odd a mea:Meeting ;
  rdfs:label "An odd meeting"@en ;
  mea:ordinal "six" .
"""
BROKEN = 'mea:ordinal "six" .'


@pytest.fixture
def walker(browser: Chrome, tmp_path: Path) -> Generator[Walker]:
    """Someone at the browser, which has nothing to complain of until the walk is over."""
    browser.get_log("browser")  # from before
    yield Walker(browser, tmp_path)
    assert browser.get_log("browser") == []


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width} px")
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def seen(walker: Walker, name: str, width: int) -> None:
    """What holds of every page that is come by; keeps a picture of it where one is asked for."""
    assert not walker.scrolls_sideways(), f"{walker.path} is wider than {width} px"
    pictures = os.environ.get("MEAGRAPH_PICTURES")
    if pictures:
        Path(pictures).mkdir(parents=True, exist_ok=True)
        walker.picture(Path(pictures) / f"{name}-{width}.png")


def line_of(entry: str, text: str) -> int:
    return 1 + next(n for n, line in enumerate(entry.splitlines()) if text in line)


def attendance(store: Store) -> tuple[str, set[str]]:
    """Who came to the workshop, as the graph has it: the activity's IRI, and their names."""
    query = f"""SELECT ?activity ?name WHERE {{
        ?activity rdfs:label ?label ; mea:event <{WORKSHOP}> ; mea:hasParticipation ?part .
        FILTER (STRSTARTS(?label, "{CAME}"))
        ?part mea:agent ?agent . ?agent rdfs:label ?name }}"""
    found: Any = store.query(query, prefixes=PREFIXES)
    rows = [(solution["activity"].value, solution["name"].value) for solution in found]
    return rows[0][0], {name for _, name in rows}


def test_who_attended_a_meeting_and_which_passage_says_so(
    walker: Walker, server: Served, store: Store, width: int
) -> None:
    walker.open(server.url + "/", width)
    seen(walker, "attended-1-home", width)
    walker.fill("Search agreements", "workshop Central Asia")
    walker.enter()
    seen(walker, "attended-2-search", width)
    walker.follow("Workshop on effective implementation")
    assert walker.path.removesuffix(".html") == WORKSHOP.replace(BASE, "/")
    seen(walker, "attended-3-meeting", width)
    walker.follow(CAME)
    seen(walker, "attended-4-passage", width)

    activity, names = attendance(store)
    passage, _, fragment = activity.partition("#")
    assert walker.path.removesuffix(".html") == passage.replace(BASE, "/")
    assert walker.heading == "COP-6 note annex-1/5"
    told = walker.driver.find_element(By.ID, fragment).text
    assert len(names) == 5
    assert CAME in told
    assert {name for name in names if name not in told} == set()


def test_a_question_is_asked_changed_and_its_table_downloaded(
    walker: Walker, server: Served, store: Store, project: Project, width: int
) -> None:
    walker.open(server.url + "/", width)
    walker.follow("Questions")
    seen(walker, "question-1-list", width)
    walker.follow("Which meetings, of which bodies, did an actor attend")
    seen(walker, "question-2-form", width)
    walker.fill("Actor", "Minamata secretariat")
    walker.follow("Ask")
    all_rows = rows_shown(walker)
    walker.fill("On or after", "2024")
    walker.follow("Ask")
    seen(walker, "question-3-answer", width)
    graph = KnowledgeGraph(store, project)
    given: dict[str, Any] = {"agent": "Minamata secretariat", "from": "2024"}
    answer = graph.query("meetings-attended", **given)
    assert rows_shown(walker) == len(answer) < all_rows

    with walker.download("csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    meetings = [cell.value if cell else "" for cell in answer.column("meeting")]
    assert [row["meeting"] for row in rows] == meetings


def rows_shown(walker: Walker) -> int:
    return len(walker.driver.find_elements(By.CSS_SELECTOR, "table.data tbody tr"))


def test_a_broken_entry_is_pasted_and_its_line_seen(
    walker: Walker, server: Served, width: int
) -> None:
    walker.open(server.url + "/", width)
    walker.follow("Check an entry")
    seen(walker, "entry-1-form", width)
    walker.paste("Entry", ENTRY)
    walker.reach("Check", "button")
    walker.enter()
    seen(walker, "entry-2-findings", width)
    hits = walker.driver.find_elements(By.CSS_SELECTOR, "tr.hit")
    number, text = (
        hits[-1].find_element(By.TAG_NAME, "th"),
        hits[-1].find_element(By.TAG_NAME, "td"),
    )
    assert int(number.text) == line_of(ENTRY, BROKEN)
    assert BROKEN in text.text
    beneath = hits[-1].find_element(By.XPATH, "following-sibling::tr[1]")
    assert "Meeting-ordinal" in beneath.text
    field = walker.driver.find_element(By.ID, "text")
    assert field.get_property("value") == ENTRY
