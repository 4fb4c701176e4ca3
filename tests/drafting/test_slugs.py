"""The last part of a new name follows the rules of the model, and is never one that was used."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from meagraph.drafting.slugs import Details, free, slug
from meagraph.drafting.vocabulary import Vocabulary
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.project import Project

BASEL = f"{BASE}agreements/basel"
OEWG = f"{BASE}bodies/basel-oewg"


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        (Details(of=BASEL, acronym="OEWG", label="Open-ended Working Group"), "basel-oewg"),
        (Details(of=BASEL, label="Group of the Basel Convention"), "basel-group-convention"),
        (Details(of=OEWG, ordinal=14), "basel-oewg-14"),
        (Details(of=OEWG, ordinal=12, part="online"), "basel-oewg-12-online"),
        (Details(of=OEWG, when="2024-02-06/2024-02-08"), "basel-oewg-2024-02-06"),
        (Details(of=OEWG, when="2024-11"), "basel-oewg-2024-11"),
        (Details(of=OEWG, when="2024-11/2024-12-03"), "basel-oewg-2024-11"),
        (Details(of=OEWG, when="2024-33"), "basel-oewg-2024"),
        (Details(symbol="MC-5/18"), "mc-5-18"),
        (Details(of=f"{BASE}decisions/mc-5-18", part="para 4"), "mc-5-18-para-4"),
        (Details(symbol="UNEP/MC/COP.6/INF/29"), "unep-mc-cop.6-inf-29"),
        (Details(symbol="UNEP/MC/COP.6/1/Rev.1"), "unep-mc-cop.6-1-rev.1"),
        (Details(symbol="UNEP/MC/COP.6/INF/29", part="annex 1"), "unep-mc-cop.6-inf-29-annex-1"),
        (Details(label="Écologie  et Forêts"), "ecologie-et-forets"),
        (Details(label="The Union for the Study of Marshes"), "union-study-marshes"),
        (Details(acronym="OECD", label="Organisation"), "oecd"),
        (Details(), "fill-in"),
        (Details(ordinal=3), "fill-in-3"),
        (Details(of=OEWG), "basel-oewg-fill-in"),
        (Details(label="日本"), "fill-in"),
    ],
)
def test_a_slug_is_made_of_what_is_known(details: Details, expected: str) -> None:
    assert slug(details) == expected


def test_a_long_label_is_cut_between_words() -> None:
    found = slug(Details(label="word " * 40))
    assert found.endswith("-word")
    assert len(found) <= 80


def test_a_time_that_is_no_time_makes_no_slug() -> None:
    with pytest.raises(UnusableInput):
        slug(Details(of=OEWG, when="next June"))


def test_a_time_without_a_beginning_makes_no_slug() -> None:
    with pytest.raises(UnusableInput, match="has no beginning"):
        slug(Details(of=OEWG, when="../2026-06"))


def test_a_name_that_exists_is_not_given_again(project: Project, vocabulary: Vocabulary) -> None:
    assert free(project, vocabulary.store, f"{BASE}bodies/", "basel-oewg") == "basel-oewg-2"
    assert free(project, vocabulary.store, f"{BASE}bodies/", "basel-group") == "basel-group"


def test_a_document_with_an_index_has_its_name(project: Project) -> None:
    slug = "minamata-cop6-cooperation-activities"
    assert free(project, Store(), f"{BASE}documents/", slug) == f"{slug}-2"


def test_a_name_that_was_given_up_is_not_given_again(tmp_path: Path) -> None:
    text = (
        f"<{OEWG}> <http://www.w3.org/2002/07/owl#deprecated> true ; "
        f"<http://purl.org/dc/terms/isReplacedBy> <{OEWG}-2> ."
    )
    from pyoxigraph import RdfFormat, parse

    store = Store()
    for quad in parse(text.encode(), RdfFormat.TURTLE):
        store.add(Quad(quad.subject, quad.predicate, quad.object))
    project = Project(tmp_path)
    assert free(project, store, f"{BASE}bodies/", "basel-oewg") == "basel-oewg-3"
