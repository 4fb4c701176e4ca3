"""Pages speak as a reader does: no machine words, nothing twice, lists in a sensible order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from page_reading import Page, get
from running import Served

from meagraph.server.pages.order import by_number

WORKSHOP = "/meetings/central-asia-workshop-2025-06-17"
READINGS = "/readings/minamata-cop6-cooperation-activities/annex-1/2"


def names(page: Page) -> list[str]:
    """What the facts of a page are called."""
    return [one.text for one in page.all("dt")]


@pytest.mark.parametrize(
    "texts",
    [
        ["annex-1/2", "annex-1/10"],
        ["UNEP/MC/COP.4/1", "UNEP/MC/COP.4/14", "UNEP/MC/COP.4/20"],
        ["COP, first meeting", "COP, second meeting", "COP, tenth meeting", "COP, twelfth meeting"],
        ["session, nineteenth", "session, twentieth", "session, twenty-first"],
        ["The secretariat", "the secretariat of it"],
        ["east", "north"],
        ["x" * 5000, "²", "٢"],
        ["9" * 400, "1" * 5000 + "x"],
        ["paragraph 4", "paragraph, fourth"],
    ],
)
def test_numbers_and_ordinals_are_sorted_by_their_value(texts: list[str]) -> None:
    turned = [*reversed(texts)]
    assert sorted(turned, key=by_number) == texts


def test_the_meetings_of_a_body_stand_in_their_order(server: Served) -> None:
    page = get(server.url + "/bodies/minamata-cop")
    (facts,) = [
        one for one in page.all("dd") if "first meeting" in one.text and "sixth meeting" in one.text
    ]
    places = [
        facts.text.index(f"Convention, {word} meeting")
        for word in ("first", "second", "third", "fourth", "fifth", "sixth")
    ]
    assert places == sorted(places)


def test_a_list_of_a_kind_stands_in_that_order_too(server: Served) -> None:
    shown = [to for to in get(server.url + "/browse/documents").links if "cop.4-" in to]
    numbers = [int(to.rpartition("-")[2]) for to in shown]
    assert len(numbers) > 3 and all(one < after for one, after in pairwise(numbers))


def test_what_follows_and_says_the_same_is_not_told_twice(server: Served) -> None:
    page = get(server.url + WORKSHOP)
    assert "status" in names(page) and "latest status" not in names(page)
    assert "when" in names(page) and "days" not in names(page)
    assert "2025-06-17 to 2025-06-19" in page.text


def test_what_follows_and_says_more_is_told(server: Served) -> None:
    texts = [
        get(server.url + f"/documents/minamata-cop6-cooperation-activities/annex-1/{number}")
        for number in (1, 7, 24)
    ]
    assert any("days" in names(page) for page in texts)


@pytest.mark.parametrize("path", ["/concepts/role", "/dataset", "/concepts/topic/health"])
def test_addresses_and_properties_without_a_label_are_in_words(server: Served, path: str) -> None:
    page = get(server.url + path)
    assert "<http" not in page.text
    assert not [name for name in names(page) if ":" in name]


def test_a_participation_is_called_by_who_takes_part(server: Served) -> None:
    links = get(server.url + READINGS).links
    at = "/documents/minamata-cop6-cooperation-activities/annex-1/2#launch-minamata-secretariat"
    assert links[at] == "Minamata secretariat (initiator)"


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        (READINGS, "How COP-6 note annex-1/2 is read"),
        ("/readings/minamata-cop6-cooperation-activities", "How COP-6 note is read"),
        ("/identifiers/ecolex", "ECOLEX: identifiers"),
        ("/graphs/entailed", "What follows from the statements"),
        ("/dataset", "The dataset"),
    ],
)
def test_a_file_of_ours_has_a_heading_in_words(server: Served, path: str, heading: str) -> None:
    page = get(server.url + path)
    assert page.one("h1").text == heading and "no kind stated" not in page.text


def test_readings_lead_back_to_their_passage_and_say_that_it_does_not_state_them(
    server: Served,
) -> None:
    page = get(server.url + READINGS)
    passage = READINGS.replace("/readings/", "/documents/")
    assert page.links[passage] == "COP-6 note annex-1/2"
    assert "not stated by the passage" in page.text


def test_a_passage_names_its_document(server: Served) -> None:
    document = "/documents/minamata-cop6-cooperation-activities"
    page = get(server.url + document + "/annex-1/15")
    title = get(server.url + document).one("h1").text
    assert any(one.text == f"of {title}" for one in page.all("p"))


def test_a_long_page_begins_with_ways_to_its_chapters(server: Served) -> None:
    page = get(server.url + "/organisations/minamata-secretariat")
    chapters = {to[1:]: words for to, words in page.links.items() if to.startswith("#_chapter")}
    assert chapters == {
        one.attributes["id"]: one.text
        for one in page.all("h2")
        if one.attributes.get("id", "").startswith("_chapter")
    }
    assert len(chapters) > 2


def test_a_list_says_what_tells_its_things_apart(server: Served) -> None:
    notes = [one.text for one in get(server.url + "/browse/identifiers?q=ecolex").all("span")]
    assert "Minamata Convention on Mercury" in notes and "external identifier" not in notes
    notes = [one.text for one in get(server.url + "/browse/concepts?q=organisation").all("span")]
    assert len({note for note in notes if note}) > 1 and "concept" not in notes
    notes = [one.text for one in get(server.url + "/browse/defects").all("span")]
    assert "COP-6 note note/3" in notes


def test_how_others_refer_to_a_thing_is_said_from_its_side(server: Served) -> None:
    body = names(get(server.url + "/bodies/minamata-cop"))
    assert {"adopted by this", "meeting of this"} <= set(body)
    assert "with this as place" in names(get(server.url + "/places/geneva"))
