"""The pages of documents and passages: from a passage to what it states, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from page_reading import get
from pyoxigraph import NamedNode, Store
from running import Served

from meagraph.namespaces import BASE, ONTOLOGY, RDF

DOCUMENT = "/documents/minamata-cop6-cooperation-activities"
PASSAGE = DOCUMENT + "/annex-1/15"


def test_the_way_from_a_fact_to_its_passage_leads_back(server: Served) -> None:
    thing = "/frameworks/gfc"
    assert PASSAGE in get(server.url + thing).links
    assert thing in get(server.url + PASSAGE).links


def test_a_link_to_a_claim_leads_to_its_place(server: Served) -> None:
    links = get(server.url + "/frameworks/gfc").links
    claims = [one for one in links if one.startswith("/documents/") and "#" in one]
    assert claims
    for claim in claims:
        parts = urlsplit(claim)
        assert parts.fragment in get(server.url + parts.path).ids, claim


def test_everything_that_a_passage_names_has_its_place(server: Served, store: Store) -> None:
    graph = NamedNode(BASE + PASSAGE[1:])
    subjects = {q.subject.value for q in store.quads_for_pattern(None, None, None, graph)}  # type: ignore[union-attr]
    own = {one.partition("#")[2] for one in subjects if one.startswith(graph.value + "#")}
    assert own and own <= set(get(server.url + PASSAGE).ids)


def test_a_passage_tells_how_things_on_record_are_called_in_it(server: Served) -> None:
    page = get(server.url + PASSAGE)
    assert "What it says of things on record" in page.text
    assert "Minamata Convention secretariat" in page.text


def test_a_passage_shows_how_it_is_read(server: Served) -> None:
    page = get(server.url + PASSAGE)
    assert "Who carries the planned activities out is not said" in page.text
    assert "The sentence names the counterpart alone." in page.text


def test_from_passage_to_passage_through_the_document(server: Served, store: Store) -> None:
    wanted = {
        quad.subject.value[len(BASE) - 1 :]  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(
            None, NamedNode(RDF + "type"), NamedNode(ONTOLOGY + "Passage"), None
        )
        if quad.subject.value.startswith(BASE + DOCUMENT[1:] + "/")  # type: ignore[union-attr]
    }
    at, seen = DOCUMENT + "/front", list[str]()
    while at:
        seen.append(at)
        following = [
            one.attributes["href"]
            for one in get(server.url + at).all("a")
            if one.attributes.get("rel") == "next"
        ]
        at = following[0] if following else ""
    assert len(seen) == len(wanted) and set(seen) == wanted


def test_a_document_lists_its_passages_in_order(server: Served) -> None:
    page = get(server.url + DOCUMENT)
    rows = [one.attributes.get("scope") == "row" for one in page.all("th")]
    assert rows.count(True) == 54
    labels = [one.text for one in page.all("a") if one.attributes["href"].startswith(DOCUMENT)]
    assert labels.index("annex-1/2") < labels.index("annex-1/10")


def test_without_the_documents_a_passage_has_no_text(server: Served) -> None:
    page = get(server.url + PASSAGE)
    assert "The text itself is not kept here." in page.text and not page.all("blockquote")


def test_an_operator_who_has_the_documents_shows_the_text(
    serving: Callable[..., Served], sources: Path
) -> None:
    page = get(serving("--sources", sources).url + PASSAGE)
    assert "The Minamata Convention secretariat is engaged" in page.one("blockquote").text


@pytest.mark.parametrize("content", [b"Another text.\n\n1. Altogether.\n", b"\xff\xfe\x00"])
def test_a_document_that_does_not_fit_costs_the_text_only(
    serving: Callable[..., Served], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / f"{DOCUMENT.rsplit('/', 1)[1]}.txt").write_bytes(content)
    answer = httpx.get(serving("--sources", tmp_path).url + PASSAGE, timeout=60)
    assert answer.status_code == 200 and str(tmp_path) not in answer.text
