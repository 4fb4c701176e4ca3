"""Passages are cited all at once, however many there are."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from meagraph.evidence import cite
from meagraph.namespaces import BASE, ONTOLOGY, SCHEMA

NOTE = BASE + "documents/note"


class Counted:
    """A graph that can only be queried, and remembers how often it was."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked = 0

    def query(self, query: str) -> Any:
        self.asked += 1
        return self.store.query(query)


@pytest.fixture
def store() -> Any:
    filled = Store()

    def say(subject: str, name: str, *values: str) -> None:
        predicate = NamedNode(name if ":" in name else ONTOLOGY + name)
        filled.extend(Quad(NamedNode(subject), predicate, Literal(value)) for value in values)

    say(NOTE, "shortTitle", "The note", "A note")
    say(NOTE, SCHEMA + "url", "https://example.org/note")
    for number in range(1, 50):
        say(f"{NOTE}/{number}", "label", f"paragraph {number}")
        say(f"{NOTE}/{number}", "order", str(number))
        say(f"{NOTE}/{number}", "sha256", f"{number:064x}")
    return Counted(filled)


def test_one_query_is_enough_for_all(store: Any) -> None:
    passages = [f"{NOTE}/{number}" for number in range(49, 0, -1)]
    cited = cite(store, passages)
    assert list(cited) == passages[::-1]
    assert store.asked == 1
    assert tuple(cited[f"{NOTE}/7"]) == (
        f"{NOTE}/7",
        NOTE,
        "paragraph 7",
        7,
        "A note paragraph 7",
        "https://example.org/note",
        f"{7:064x}",
    )


def test_readings_documents_and_other_things_are_cited_along(store: Any) -> None:
    reading = BASE + "readings/note/3"
    cited = cite(store, [BASE + "meetings/cop-6", NOTE, reading, BASE + "documents/other/1"])
    assert [(one.passage, one.name) for one in cited.values()] == [
        (reading, "A note paragraph 3"),
        (BASE + "documents/other/1", "other 1"),
        (NOTE, "A note"),
        (BASE + "meetings/cop-6", "meetings:cop-6"),
    ]
    assert store.asked == 1


def test_nothing_is_asked_for_nothing(store: Any) -> None:
    assert cite(store, []) == {}
    assert cite(store, [BASE + "meetings/cop-6"])
    assert store.asked == 0


def test_a_text_that_is_no_iri_is_no_part_of_the_query(store: Any) -> None:
    hostile = NOTE + "/1> } UNION {"
    cited = cite(store, [hostile, NOTE + "/1"])
    assert [one.label for one in cited.values()] == ["1> } UNION {", "paragraph 1"]
