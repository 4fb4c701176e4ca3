"""The latest status of a thing, where passages and documents differ."""

from __future__ import annotations

import pytest
from entailed import short, stated

from meagraph.entailment import entail

RANKS = (
    "status:planned mea:rank 5 . status:tentative mea:rank 4 . status:held mea:rank 9 . "
    "status:expected mea:rank 3 ."
)
INDEXES = {
    "concepts/status": RANKS,
    "documents/early": "documents:early mea:writtenFor meetings:four .",
    "documents/late": "documents:late mea:writtenFor meetings:six .",
    "meetings/four-online": "meetings:four-online schema:superEvent meetings:four .",
    "documents/early/1": 'meetings:four-online mea:when "2021-11"^^edtf:EDTF .',
    "documents/late/1": 'meetings:six mea:when "2025-11-03/2025-11-07"^^edtf:EDTF .',
}


def latest(**graphs: str) -> list[str]:
    """The latest statuses, if the passages named ``<document>_<number>`` say this."""
    said = {f"documents/{name.replace('_', '/')}": turtle for name, turtle in graphs.items()}
    triples = [short(triple) for triple in entail(stated(INDEXES | said))]
    return [line for line in triples if "mea:latestStatus" in line]


def test_the_later_document_decides_even_if_it_takes_back() -> None:
    assert latest(
        early_2="meetings:x mea:status status:held .",
        late_2="meetings:x mea:status status:planned .",
    ) == ["meetings:x mea:latestStatus status:planned"]


def test_a_meeting_without_a_time_is_placed_by_its_parts_and_gets_no_time_from_them() -> None:
    store = stated(INDEXES)
    assert "meetings:four mea:earliest" not in " ".join(map(short, entail(store)))


def test_of_several_statuses_in_one_document_the_one_furthest_along_counts() -> None:
    assert latest(
        late_2="meetings:x mea:status status:held .",
        late_3="meetings:x mea:status status:planned , status:tentative .",
    ) == ["meetings:x mea:latestStatus status:held"]


def test_what_a_reading_or_a_record_says_does_not_count() -> None:
    held = "meetings:x mea:status status:held ."
    graphs = INDEXES | {"readings/late/2": held, "meetings/x": held}
    assert "latestStatus" not in " ".join(map(short, entail(stated(graphs))))


@pytest.mark.parametrize("second", ["status:held", "status:planned"])
def test_documents_that_cannot_be_put_in_order_decide_only_where_they_agree(second: str) -> None:
    found = latest(
        late_2="meetings:x mea:status status:held .",
        undated_2=f"meetings:x mea:status {second} .",
    )
    assert found == (["meetings:x mea:latestStatus status:held"] if second[7] == "h" else [])


def test_of_two_documents_for_one_meeting_the_status_furthest_along_counts() -> None:
    assert latest(
        twin="documents:twin mea:writtenFor meetings:six .",
        twin_2="meetings:x mea:status status:expected .",
        late_2="meetings:x mea:status status:tentative .",
    ) == ["meetings:x mea:latestStatus status:tentative"]
