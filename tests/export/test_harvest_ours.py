"""What the two harvesters make of our feed: all of it is imported, and each warning is foretold."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from pyoxigraph import Store

from harvesters import ecolex, informea
from harvesters.informea import Harvest
from harvesters.ours import ADDRESS, asking
from meagraph.export.informea import Feed, files, records
from meagraph.export.informea.service import SERVICE
from meagraph.export.informea_lint import lint
from meagraph.project import Project

LONG_AGO = datetime(2000, 1, 1)


@pytest.fixture(scope="module")
def feed(store: Store, project: Project) -> Feed:
    return records(store, project)


@pytest.fixture(scope="module")
def harvest(feed: Feed) -> Harvest:
    return informea.harvest(asking(feed))


def test_informea_imports_every_record_of_ours_once(feed: Feed, harvest: Harvest) -> None:
    assert harvest.warnings == []
    assert {outcome.fate for outcome in harvest.outcomes} == {"imported"}
    for set_ in ("Meetings", "Decisions", "Documents"):
        assert set(harvest.nodes(set_)) == {record.id for record in feed.set(set_) or ()}
        assert harvest.nodes(set_)
    assert len(harvest.outcomes) == sum(map(len, (feed.meetings, feed.decisions, feed.documents)))


def test_the_lint_foretells_each_warning_of_informea_and_none_that_it_does_not_give(
    store: Store, project: Project, feed: Feed, harvest: Harvest
) -> None:
    told = {
        (fault.set, id_, fault.rule.name)
        for fault in lint(store, project, feed).faults
        for id_ in fault.ids
    }
    warned = {(o.set, o.id, reason) for o in harvest.outcomes for reason in o.reasons}
    assert warned
    assert warned <= told
    # What is told beside them are rules on which the harvester is silent.
    assert {rule for *_, rule in told - warned}.isdisjoint(rule for *_, rule in warned)


def test_the_portal_has_the_days_and_titles_that_the_feed_has(feed: Feed, harvest: Harvest) -> None:
    nodes = harvest.nodes("Meetings")
    for record in feed.meetings:
        node = nodes[record.id]
        assert (node["start"], node["end"]) == (record.fields["start"], record.fields["end"])
        assert node["title"] == record.fields["title"][0]["value"]
        assert node["treaty"] == record.fields["treaty"]
    for record in feed.decisions:
        node = harvest.nodes("Decisions")[record.id]
        assert node["published"] == record.fields["published"]
        assert node["meeting"] == record.fields["meetingId"]
    for record in feed.documents:
        node = harvest.nodes("Documents")[record.id]
        assert node["authors"] == [author["name"] for author in record.fields["authors"]]
        assert len(node["files"]) == len(record.fields["files"])
        assert node["treaties"] == sorted(one["value"] for one in record.fields["treaties"])


def test_a_portal_that_cannot_count_by_number_counts_in_atom(feed: Feed, harvest: Harvest) -> None:
    get = asking(feed)

    def without_count(path: str, accept: str) -> tuple[int, str]:
        return (200, "") if path.endswith("/$count") else get(path, accept)

    assert informea.harvest(without_count) == harvest


def test_more_than_a_page_is_imported_whole_and_nothing_twice(feed: Feed) -> None:
    first = feed.meetings[0]
    many = tuple(
        first._replace(
            fields={**first.fields, "id": f"meeting-{number:03}.{first.fields['treaty']}"}
        )
        for number in range(250)
    )
    asked: list[str] = []
    get = asking(feed._replace(meetings=many, decisions=(), documents=()))

    def noted(path: str, accept: str) -> tuple[int, str]:
        asked.append(path)
        return get(path, accept)

    harvest = informea.harvest(noted)
    assert harvest.warnings == []
    assert {outcome.fate for outcome in harvest.outcomes} == {"imported"}
    assert len(harvest.nodes("Meetings")) == 250
    assert sum(path.startswith("Meetings?$top") for path in asked) == 3


def test_what_is_no_more_is_deleted_and_nothing_else(feed: Feed) -> None:
    get = asking(feed)
    for set_ in ("Meetings", "Decisions", "Documents"):
        ids = [record.id for record in feed.set(set_) or ()]
        assert informea.orphans(get, set_, [*ids, "gone", "o'clock"]) == ["gone", "o'clock"]
        found = informea.single(get, set_, ids[0])
        assert found is not None
        assert found["id"] == ids[0]
    without_last = asking(feed._replace(decisions=feed.decisions[:-1]))
    ids = [record.id for record in feed.decisions]
    assert informea.orphans(without_last, "Decisions", ids) == ids[-1:]


def test_the_files_hold_what_the_service_gives(store: Store, project: Project, feed: Feed) -> None:
    written = files(store, project)
    sets = {
        name: {one["id"]: one for one in json.loads(written[f"{name}.json"]())["d"]["results"]}
        for name in ("Meetings", "Decisions", "Documents")
    }
    for name, by_id in sets.items():
        assert set(by_id) == {record.id for record in feed.set(name) or ()}
    plain = sets["Decisions"][feed.decisions[0].id]
    served = informea.single(asking(feed), "Decisions", feed.decisions[0].id)
    assert served is not None
    # Only the address of the service is another.
    assert json.loads(json.dumps(served).replace(ADDRESS, SERVICE)) == plain


def test_ecolex_imports_every_decision_of_ours(feed: Feed) -> None:
    found = ecolex.harvest(asking(feed), LONG_AGO)
    assert set(found) == {record.id for record in feed.decisions}
    for record in feed.decisions:
        kept = found[record.id]
        assert kept["treaty"] == record.fields["treaty"]
        assert kept["heading"].strip() == record.fields["title"][0]["value"]
        assert kept["updated"].date() == record.updated
        assert kept["number"] == record.fields["number"]


def test_ecolex_is_given_only_what_is_newer_than_it_asks(feed: Feed) -> None:
    days = sorted({record.updated for record in feed.decisions})
    last = datetime(days[-1].year, days[-1].month, days[-1].day)
    assert ecolex.harvest(asking(feed), last) == {}
    newest = {record.id for record in feed.decisions if record.updated == days[-1]}
    assert set(ecolex.harvest(asking(feed), last - timedelta(seconds=1))) == newest
    stored = {
        record.id: datetime.combine(record.updated, datetime.min.time(), UTC)
        for record in feed.decisions
    }
    assert ecolex.harvest(asking(feed), LONG_AGO, stored) == {}


def test_ecolex_pages_through_more_decisions_than_it_asks_for_at_once(feed: Feed) -> None:
    first = feed.decisions[0]
    many = tuple(
        first._replace(
            updated=first.updated + timedelta(days=number % 7),
            fields={
                **first.fields,
                "id": f"decision-{number:02}",
                "updated": first.updated + timedelta(days=number % 7),
            },
        )
        for number in range(70)
    )
    found = ecolex.harvest(asking(feed._replace(decisions=many)), LONG_AGO)
    assert len(found) == 70
    in_order = [decision["updated"] for decision in found.values()]
    assert in_order == sorted(in_order)
