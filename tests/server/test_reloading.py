"""A new build is served as soon as it is there; each answer is of the old or of the new one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import NamedTuple
from urllib.parse import quote

import pytest
from raw import exchange, request, status
from running import CHECKOUT, STARTS_WITHIN, Served, environment, running

from copies import copied
from meagraph.project import Project

FILES = ("cbd", "escazu")
ASKED = """SELECT ?cbd ?escazu WHERE {
  <https://w3id.org/meagraph/agreements/cbd> rdfs:label ?cbd .
  <https://w3id.org/meagraph/agreements/escazu> rdfs:label ?escazu }"""


class Copy(NamedTuple):
    """A copy of the graph's files, where its builds are kept, and who serves them."""

    root: Path
    store: Path
    server: Served

    def named(self) -> tuple[str, ...]:
        """The two labels, as the server tells them in one answer."""
        target = "/sparql?query=" + quote(ASKED)
        answer = exchange(self.server, request(target, Accept="application/sparql-results+json"))
        assert status(answer) == 200, answer
        body = answer.partition(b"\r\n\r\n")[2]
        (row,) = json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])["results"]["bindings"]
        return row["cbd"]["value"], row["escazu"]["value"]

    def build_served(self) -> str:
        answer = exchange(self.server, request("/ready"))
        assert status(answer) == 200
        return str(json.loads(answer.partition(b"\r\n\r\n")[2])["build"])

    def broken(self) -> float:
        """What the metrics say of it."""
        lines = exchange(self.server, request("/metrics")).decode().splitlines()
        (told,) = (line for line in lines if line.startswith("meagraph_build_broken "))
        return float(told.split()[1])

    def rename(self, labels: tuple[str, ...]) -> None:
        """Give both another label."""
        for name, before, label in zip(FILES, self.named(), labels, strict=True):
            file = self.root / "data" / "agreements" / f"{name}.ttl"
            text = file.read_text()
            assert f'"{before}"@en' in text
            file.write_text(text.replace(f'"{before}"@en', f'"{label}"@en'))

    def build(self) -> None:
        """As someone does in another terminal."""
        words = ["meagraph", "build", "--root", str(self.root), "--store", str(self.store)]
        subprocess.run(
            [sys.executable, "-m", *words],
            check=True,
            capture_output=True,
            timeout=STARTS_WITHIN,
            cwd=CHECKOUT,
            env=environment(),
        )

    def comes_to(self, labels: tuple[str, ...]) -> bool:
        """Whether they are served, within a generous time."""
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            if self.named() == labels:
                return True
            time.sleep(0.05)
        return False


@pytest.fixture(scope="module")
def copy(
    project: Project, tmp_path_factory: pytest.TempPathFactory, _directly: None
) -> Generator[Copy]:
    root = copied(project, tmp_path_factory.mktemp("copy"))
    store = tmp_path_factory.mktemp("kept") / "store"
    with running("--root", root, "--store", store) as server:
        yield Copy(root, store, server)


def test_a_label_changed_and_built_is_served(copy: Copy) -> None:
    before, build = copy.named(), copy.build_served()
    after = ("Biodiversity, renamed", "Escazú, renamed")
    copy.rename(after)
    assert copy.named() == before, "what is not built is not served"
    copy.build()
    assert copy.comes_to(after)
    assert copy.build_served() != build
    assert any(line["message"].startswith("serving build") for line in copy.server.logged())


def test_each_answer_is_of_one_build(copy: Copy) -> None:
    """Eight clients ask all the while; nobody sees one label of the old and one of the new."""
    before, after = copy.named(), ("Biodiversity, twice", "Escazú, twice")
    stop = Event()

    def watch(_: int) -> set[tuple[str, ...]]:
        seen = set()
        while not stop.is_set():
            seen.add(copy.named())
        return seen

    with ThreadPoolExecutor(8) as clients:
        watching = [clients.submit(watch, number) for number in range(8)]
        try:
            copy.rename(after)
            copy.build()
            assert copy.comes_to(after)
        finally:
            stop.set()
        seen = set().union(*(one.result() for one in watching))
    assert seen == {before, after}


def test_a_build_that_is_broken_is_logged_and_the_old_one_goes_on(copy: Copy) -> None:
    before, build = copy.named(), copy.build_served()
    broken = copy.store / "builds" / "0123456789abcdef"
    broken.mkdir()
    (broken / "CURRENT").write_text("MANIFEST-999999\n")
    link = copy.store / "builds" / ".unfinished-link-test"
    os.symlink("builds/0123456789abcdef", link)
    os.replace(link, copy.store / "current")

    def complaints() -> int:
        return sum("cannot be opened" in line["message"] for line in copy.server.logged())

    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and not complaints():
        time.sleep(0.05)
    assert complaints() == 1
    assert copy.broken() == 1
    assert (copy.named(), copy.build_served()) == (before, build)
    after = ("Biodiversity, mended", "Escazú, mended")
    copy.rename(after)
    copy.build()
    assert copy.comes_to(after)
    assert complaints() == 1, "it is told once"
    assert copy.broken() == 0
    shutil.rmtree(broken, ignore_errors=True)


def test_a_broken_build_that_is_taken_back_is_no_longer_told(copy: Copy) -> None:
    served = os.readlink(copy.store / "current")
    for name, broken in (("builds/fedcba9876543210", 1), (served, 0)):
        link = copy.store / "builds" / ".unfinished-link-test"
        os.symlink(name, link)
        os.replace(link, copy.store / "current")
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and copy.broken() != broken:
            time.sleep(0.05)
        assert copy.broken() == broken


def test_files_that_make_no_graph_leave_the_old_one(copy: Copy) -> None:
    before = copy.named()
    file = copy.root / "data" / "agreements" / "cbd.ttl"
    text = file.read_text()
    file.write_text(text + "this is no Turtle\n")
    with pytest.raises(subprocess.CalledProcessError):
        copy.build()
    assert copy.named() == before
    file.write_text(text)
