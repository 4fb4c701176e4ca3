"""Tags and days tell what a new build changed of what a client holds, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Generator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from linked_client import HTML, client
from running import CHECKOUT, STARTS_WITHIN, Served, environment, running

from copies import copied
from meagraph.project import Project

NAMED = "agreements/cbd"
"""Its name is changed, and the day of its file with it."""
SHOWING = "bodies/cbd-cop"
"""Its record says that it belongs to that agreement, so that its forms show the name."""
OTHER = "places/bali"
FORMS = ("ttl", "nt", "rdf", "jsonld", "trig", "nq", "csv", "html")
BEFORE, AFTER = "2020-01-01", "2020-02-03"
BETWEEN = "Wed, 15 Jan 2020 00:00:00 GMT"


class Seen(NamedTuple):
    """What a client holds of a form."""

    tag: str
    day: str


class Rebuilt(NamedTuple):
    """A server, and what its forms said before and after a new build, by path."""

    server: Served
    before: dict[str, Seen]
    after: dict[str, Seen]


@pytest.fixture(scope="module")
def rebuilt(
    project: Project, tmp_path_factory: pytest.TempPathFactory, _directly: None
) -> Generator[Rebuilt]:
    root = copied(project, tmp_path_factory.mktemp("days"))
    store = tmp_path_factory.mktemp("kept") / "store"
    register = root / "data" / "register.ttl"
    register.write_text(re.sub(r'(modified) "[-0-9]+"', rf'\1 "{BEFORE}"', register.read_text()))
    with running("--root", root, "--store", store, "--workers", 1) as server:
        before = seen(server)
        rename(root, register)
        words = ["meagraph", "build", "--root", str(root), "--store", str(store)]
        subprocess.run(
            [sys.executable, "-m", *words],
            check=True,
            capture_output=True,
            timeout=STARTS_WITHIN,
            cwd=CHECKOUT,
            env=environment(),
        )
        await_new(server, before)
        yield Rebuilt(server, before, seen(server))


def seen(server: Served) -> dict[str, Seen]:
    found = {}
    with client(server) as ask:
        for name in (NAMED, SHOWING, OTHER):
            for each in FORMS:
                got = ask.head(f"/{name}.{each}").headers
                found[f"/{name}.{each}"] = Seen(got["ETag"], got["Last-Modified"])
    return found


def rename(root: Path, register: Path) -> None:
    file = root / "data" / f"{NAMED}.ttl"
    text, old = file.read_text(), '"Convention on Biological Diversity"@en'
    assert old in text
    file.write_text(text.replace(old, '"Convention, renamed"@en'))
    entry = re.compile(
        rf'(?m)^{NAMED.replace("/", ":")}\.ttl\n(?:    .*\n)*?.*modified "([-0-9]+)"'
    )
    said = register.read_text()
    found = entry.search(said)
    assert found
    register.write_text(said[: found.start(1)] + AFTER + said[found.end(1) :])


def await_new(server: Served, before: dict[str, Seen]) -> None:
    path = f"/{NAMED}.ttl"
    deadline = time.monotonic() + STARTS_WITHIN
    with client(server) as ask:
        while ask.head(path).headers["ETag"] == before[path].tag:
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.mark.parametrize("name", [NAMED, SHOWING])
@pytest.mark.parametrize("form", FORMS)
def test_what_shows_the_new_name_has_a_new_tag_and_its_day(
    rebuilt: Rebuilt, name: str, form: str
) -> None:
    path = f"/{name}.{form}"
    before, after = rebuilt.before[path], rebuilt.after[path]
    assert before.tag != after.tag
    assert parsedate_to_datetime(before.day).date().isoformat() == BEFORE
    assert parsedate_to_datetime(after.day).date().isoformat() == AFTER
    with client(rebuilt.server) as ask:
        got = ask.get(path, headers={"If-Modified-Since": BETWEEN})
        assert (got.status_code, "renamed" in got.text) == (200, True)
        assert ask.get(path, headers={"If-Modified-Since": after.day}).status_code == 304


@pytest.mark.parametrize("form", FORMS)
def test_what_does_not_show_it_is_as_it_was(rebuilt: Rebuilt, form: str) -> None:
    path = f"/{OTHER}.{form}"
    assert rebuilt.before[path] == rebuilt.after[path]
    with client(rebuilt.server) as ask:
        assert ask.get(path, headers={"If-Modified-Since": BETWEEN}).status_code == 304


def test_the_sitemap_gives_the_day_that_the_page_itself_gives(rebuilt: Rebuilt) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    with client(rebuilt.server) as ask:
        told = {
            page.findtext(f"{space}loc", ""): page.findtext(f"{space}lastmod", "")
            for page in ElementTree.fromstring(ask.get("/sitemap.xml").content)
        }
        days = {address: day for address, day in told.items() if day}
        assert {BEFORE, AFTER} <= set(days.values())
        for address in [*list(days)[::9], f"{rebuilt.server.url}/{SHOWING}.html"]:
            got = ask.get(address, headers={"Accept": HTML})
            given = parsedate_to_datetime(got.headers["Last-Modified"])
            assert given.date().isoformat() == days[address], address
