"""Names that were given up: a renamed thing is elsewhere for good, a withdrawn one is gone."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from linked_client import BROWSER, FORMATS, TURTLE, client
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from running import Served, running

from copies import copied
from meagraph.entries.tombstones import tombstone
from meagraph.namespaces import BASE, OWL, RDFS
from meagraph.project import Project

OLD, GONE, NEW = "meetings/old-name", "meetings/never-held", "meetings/basel-oewg-12"
NAMELESS = "programmes/some-old-programme"
LABEL, GONE_LABEL = "The meeting by its old name", "A meeting never held"
REASON = "Recorded by mistake: no passage speaks of it."
DATA_FORMS = ("ttl", "jsonld", "nt", "rdf", "trig", "nq", "csv")


@pytest.fixture(scope="module")
def graveyard(
    _own_cache: None,
    _directly: None,
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[Served]:
    """The server of a copy of the graph in which one name was changed and one withdrawn."""
    root = copied(project, tmp_path_factory.mktemp("graveyard"))
    _bury(root, OLD, LABEL, successor=BASE + NEW)
    _bury(root, GONE, GONE_LABEL, reason=REASON)
    _bury(root, NAMELESS, reason=REASON)
    with running("--root", root, "--workers", 1) as served:
        yield served


def _bury(root: Path, name: str, label: str = "", successor: str = "", reason: str = "") -> None:
    iri = BASE + name
    called = Triple(NamedNode(iri), NamedNode(RDFS + "label"), Literal(label, language="en"))
    text = tombstone(iri, [called] if label else [], successor, reason)
    (root / "data" / f"{name}.ttl").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("ending", ["", ".html", *(f".{each}" for each in DATA_FORMS)])
def test_a_name_that_was_changed_leads_to_the_new_one_in_the_same_form(
    graveyard: Served, ending: str
) -> None:
    with client(graveyard) as ask:
        got = ask.get(f"/{OLD}{ending}", headers={"Accept": TURTLE})
    assert (got.status_code, got.headers["Location"]) == (301, f"/{NEW}{ending}")


@pytest.mark.parametrize("ending", DATA_FORMS)
def test_what_was_withdrawn_is_gone_and_each_form_says_why(graveyard: Served, ending: str) -> None:
    with client(graveyard) as ask:
        got = ask.get(f"/{GONE}.{ending}")
    assert got.status_code == 410
    assert REASON in got.text
    if ending in FORMATS:
        said = {quad.predicate.value for quad in parse(got.content, FORMATS[ending])}
        assert OWL + "deprecated" in said


def test_what_was_withdrawn_is_gone_at_its_own_name(graveyard: Served) -> None:
    with client(graveyard) as ask:
        data = ask.get(f"/{GONE}", headers={"Accept": TURTLE})
        page = ask.get(f"/{GONE}", headers={"Accept": BROWSER})
        again = ask.get(f"/{GONE}.ttl", headers={"If-None-Match": "*"})
    assert data.status_code == page.status_code == again.status_code == 410
    assert list(parse(data.content, RdfFormat.TURTLE))
    assert page.headers["Content-Type"].startswith("text/html")
    assert REASON in page.text
    assert f"“{GONE_LABEL}” was withdrawn" in page.text
    assert GONE.replace("/", ":") not in page.text


def test_a_name_without_a_label_is_told_in_the_words_of_its_address(graveyard: Served) -> None:
    with client(graveyard) as ask:
        page = ask.get(f"/{NAMELESS}", headers={"Accept": BROWSER})
    assert page.status_code == 410
    assert "“some old programme” was withdrawn" in page.text


def test_a_question_tells_of_a_name_that_was_given_up_by_labels(graveyard: Served) -> None:
    with client(graveyard) as ask:
        answer = ask.get(
            "/queries/parts-of-meetings",
            params={"whole": OLD.replace("/", ":")},
            headers={"Accept": BROWSER},
        )
    assert answer.status_code == 200, answer.text
    assert f"“{LABEL}” was given up for “Open-ended Working Group" in answer.text


def test_names_that_were_given_up_are_no_pages_of_the_sitemap(graveyard: Served) -> None:
    with client(graveyard) as ask:
        sitemap = ask.get("/sitemap.xml").text
    assert NEW in sitemap
    assert OLD not in sitemap and GONE not in sitemap
