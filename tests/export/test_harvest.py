"""What two harvesters make of a feed: of small ones made by hand, and of ours."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from harvesters import ecolex, informea
from harvesters.handmade import Record, decision, document, file, meeting, service, texts, without

LONG_AGO = datetime(2000, 1, 1)


def run(**sets: list[Record]) -> informea.Harvest:
    return informea.harvest(service(sets))


def fate(harvest: informea.Harvest, number: int = -1) -> tuple[str, tuple[str, ...]]:
    outcome = harvest.outcomes[number]
    return outcome.fate, outcome.reasons


def ecolex_of(*decisions: Record) -> dict[str, dict[str, Any]]:
    return ecolex.harvest(service({"Decisions": list(decisions)}), LONG_AGO)


def test_good_records_are_imported_without_a_warning() -> None:
    harvest = run(Meetings=[meeting()], Decisions=[decision()], Documents=[document()])
    assert [(o.set, o.fate, o.reasons) for o in harvest.outcomes] == [
        ("Meetings", "imported", ()),
        ("Decisions", "imported", ()),
        ("Documents", "imported", ()),
    ]
    node = harvest.nodes("Meetings")["m"]
    assert node["start"] == date(2022, 6, 6)
    assert node["status"] == "over"
    assert node["coordinates"] is None
    assert harvest.nodes("Decisions")["d"]["meeting"] == "m"
    assert harvest.nodes("Documents")["p"]["treaties"] == ["basel", "rotterdam"]
    assert harvest.nodes("Documents")["p"]["authors"] == ["Secretariat"]


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (meeting(treaty="Basel", surprise=1, type="Something new"), ("imported", ())),
        (meeting(treaty="minamata"), ("rejected", ("treaty-unknown",))),
        (meeting(treaty=None), ("rejected", ("no-treaty",))),
        (meeting(title={"results": []}), ("rejected", ("no-title",))),
        (meeting(title=texts(" <b> </b>\x01")), ("rejected", ("no-title",))),
        (meeting(title=texts("Réunion", "fr")), ("imported", ())),
        (without(meeting(), "start"), ("rejected", ("no-start",))),
        (meeting(start="2022-06-06"), ("rejected", ("no-start",))),
        (meeting(country="Switzerland"), ("imported", ("country-unknown",))),
        (meeting(country="CHE"), ("imported", ())),
        (
            without(meeting(), "type", "url", "country", "city", "location"),
            ("imported", ("no-type", "no-url", "no-country", "no-city", "no-location")),
        ),
    ],
)
def test_a_meeting_is_rejected_warned_of_or_tolerated(
    record: Record, outcome: tuple[str, tuple[str, ...]]
) -> None:
    assert fate(run(Meetings=[record])) == outcome


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (decision(meetingId="other"), ("rejected", ("meeting-unresolvable",))),
        (decision(treaty="rotterdam"), ("rejected", ("meeting-unresolvable",))),
        (decision(meetingId=None, meetingTitle="Meeting"), ("imported", ())),
        (decision(meetingId=None), ("rejected", ("meeting-unresolvable",))),
        (decision(title={"results": []}), ("rejected", ("no-title",))),
        (decision(files={"results": []}), ("imported", ("no-files",))),
        (decision(files={"results": [file(url="BC-15-1.pdf")]}), ("imported", ("file-url",))),
        (decision(files={"results": [file(language="")]}), ("imported", ("file-language",))),
        (decision(files={"results": [without(file(), "filename")]}), ("imported", ())),
        (
            decision(files={"results": [file(url="https://example.org/", filename="")]}),
            ("imported", ("file-name",)),
        ),
        (
            decision(files={"results": [file(mimeType="image/jpeg")]}),
            ("imported", ("file-image",)),
        ),
    ],
)
def test_a_decision_is_rejected_warned_of_or_tolerated(
    record: Record, outcome: tuple[str, tuple[str, ...]]
) -> None:
    harvest = run(Meetings=[meeting()], Decisions=[record])
    assert fate(harvest) == outcome
    for node in harvest.nodes("Decisions").values():
        assert node["published"] == date(2022, 6, 6)
        assert bool(node["files"]) == (not outcome[1])


def test_a_decision_of_a_meeting_that_was_rejected_is_rejected_too() -> None:
    harvest = run(Meetings=[without(meeting(), "start")], Decisions=[decision()])
    assert fate(harvest) == ("rejected", ("meeting-unresolvable",))


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (document(title={"results": []}), ("rejected", ("no-title",))),
        (without(document(), "treaty", "treaties"), ("rejected", ("no-treaty",))),
        (
            document(treaty="escazu", treaties={"results": []}),
            ("rejected", ("treaty-unknown",)),
        ),
        (document(files={"results": []}), ("imported", ("no-files",))),
        (document(country="XX"), ("imported", ("country-unknown",))),
    ],
)
def test_a_document_is_rejected_or_warned_of(
    record: Record, outcome: tuple[str, tuple[str, ...]]
) -> None:
    assert fate(run(Documents=[record])) == outcome


def test_titles_are_made_plain_and_cut_and_authors_without_a_value_are_lost() -> None:
    title = texts("A &amp; B <i>c</i>\x0b" + "x" * 3000)
    authors = {"results": [{"id": "a", "name": "Secretariat"}]}
    node = run(Documents=[document(title=title, authors=authors)]).nodes("Documents")["p"]
    assert node["title"].startswith("A & B cxx")
    assert len(node["title"]) == 2048
    assert node["authors"] == []


@pytest.mark.parametrize(
    ("languages", "chosen"),
    [(("fr", "en"), "en"), (("fr", "und"), "und"), (("zh", "es"), "zh"), (("fr", "de"), "de")],
)
def test_the_title_is_english_or_of_no_language_or_the_first(
    languages: tuple[str, ...], chosen: str
) -> None:
    title = {"results": [{"language": each, "value": each} for each in languages]}
    assert run(Meetings=[meeting(title=title)]).nodes("Meetings")["m"]["title"] == chosen


def test_a_day_before_midnight_lands_on_the_next() -> None:
    late = meeting(start="/Date(1654466400000)/")  # 5 June 2022, 22:00 UTC
    assert run(Meetings=[late]).nodes("Meetings")["m"]["start"] == date(2022, 6, 6)


def test_pages_of_a_hundred_are_asked_for_after_the_number() -> None:
    asked: list[str] = []
    sets = {"Meetings": [meeting(f"m{n}") for n in range(250)]}
    harvest = informea.harvest(service(sets, asked=asked))
    assert len(harvest.nodes("Meetings")) == 250
    assert asked[0] == "Meetings/$count"
    assert asked[3] == (
        "Meetings?$top=100&$skip=200&$expand=title,description&$orderby=updated%20desc,id"
    )
    without_count = informea.harvest(service(sets, counts=False))
    assert len(without_count.nodes("Meetings")) == 250


def test_a_service_that_ignores_skip_does_not_keep_the_harvester_forever() -> None:
    sets = {"Meetings": [meeting(f"m{n}") for n in range(950)]}
    asked: list[str] = []
    harvest = informea.harvest(service(sets, skips=False, asked=asked))
    assert harvest.warnings == ["Meetings: two pages are the same; $skip is ignored"]
    assert len(harvest.outcomes) == 100
    assert len(asked) < 10


def test_a_second_record_of_an_id_is_ignored() -> None:
    harvest = run(Meetings=[meeting(), meeting(title=texts("Again"))])
    assert fate(harvest) == ("ignored", ("duplicate-id",))
    assert harvest.nodes("Meetings")["m"]["title"] == "Meeting"


def test_what_the_service_answers_with_404_is_deleted() -> None:
    get = service({"Meetings": [meeting("o'clock")]})
    assert informea.orphans(get, "Meetings", ["o'clock", "gone"]) == ["gone"]
    assert informea.single(get, "Meetings", "o'clock") is not None
    assert informea.single(get, "Meetings", "gone") is None


def test_a_link_in_place_of_a_list_is_followed_and_a_bare_list_is_read() -> None:
    titles = json.dumps({"d": texts("Behind a link")})
    plain = service({"Meetings": [meeting(title={"__deferred": {"uri": "m/title"}})]})

    def get(path: str, accept: str) -> tuple[int, str]:
        return (200, titles) if path == "m/title" else plain(path, accept)

    node = informea.harvest(get).nodes("Meetings")["m"]
    assert node["title"] == "Behind a link"
    bare = run(Meetings=[meeting(title=[{"language": "en", "value": "Bare"}])])
    assert bare.nodes("Meetings")["m"]["title"] == "Bare"


@pytest.mark.parametrize("answer", [(500, ""), (200, "<feed/>"), (200, "[]"), (404, "{}")])
def test_a_page_that_is_no_page_ends_the_run(answer: tuple[int, str]) -> None:
    def get(path: str, accept: str) -> tuple[int, str]:
        return (200, "1") if path.endswith("$count") else answer

    with pytest.raises(informea.Broken, match="Meetings"):
        informea.harvest(get)


def test_ecolex_takes_a_good_decision() -> None:
    found = ecolex_of(decision())
    assert found["d"]["heading"] == "Decision "
    assert found["d"]["keywords"] == ["mercury"]
    assert found["d"]["treaty"] == "basel"
    assert found["d"]["updated"] == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("name", ["title", "longTitle", "summary", "content", "keywords", "files"])
def test_ecolex_fails_where_a_list_is_absent(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        ecolex_of(without(decision(), name))
    with pytest.raises(KeyError, match="results"):
        ecolex_of({**decision(), name: {"__deferred": {"uri": "elsewhere"}}})
    with pytest.raises(TypeError):
        ecolex_of({**decision(), name: [{"language": "en", "value": "x"}]})


def test_ecolex_fails_where_a_file_has_no_name() -> None:
    with pytest.raises(KeyError, match="filename"):
        ecolex_of(decision(files={"results": [without(file(), "filename")]}))


@pytest.mark.parametrize("language", ["zh-hans", "de", "und"])
def test_ecolex_fails_where_no_title_is_in_a_language_of_its_own(language: str) -> None:
    with pytest.raises(TypeError):
        ecolex_of(decision(title=texts("Title", language)))
    assert ecolex_of(decision(title=texts("决定", "zh")))["d"]["heading"] == "决定 "


@pytest.mark.parametrize("moment", ["/Date(1700000000000+0000)/", "2023-11-14T22:13:20"])
def test_ecolex_fails_where_a_moment_is_no_number(moment: str) -> None:
    with pytest.raises(ValueError):
        ecolex_of(decision(updated=moment))


def test_ecolex_asks_for_what_is_new_in_pages_of_twenty_and_keeps_what_is_newer() -> None:
    asked: list[str] = []
    get = service({"Decisions": [decision(f"d{n}") for n in range(45)]}, asked=asked)
    same = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    stored = {"d0": same, "d1": datetime(2020, 1, 1, tzinfo=UTC)}
    found = ecolex.harvest(get, datetime(2023, 1, 1), stored)
    assert len(found) == 44
    assert "d0" not in found
    assert len(asked) == 4
    assert asked[1] == (
        "Decisions?$filter=updated%20gt%20datetime%272023-01-01T00%3A00%3A00%27"
        "&$orderby=updated%20asc&$top=20&$skip=20"
    )


def test_ecolex_would_never_end_where_skip_is_ignored() -> None:
    get = service({"Decisions": [decision(f"d{n}") for n in range(45)]}, skips=False)
    with pytest.raises(RuntimeError, match="never end"):
        ecolex.harvest(get, LONG_AGO)
