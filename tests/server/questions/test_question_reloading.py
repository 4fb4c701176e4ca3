"""Once the graph is built anew, neither an answer nor an entity tag of the old one is left."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import pytest
from questions.stored import get
from running import CHECKOUT, STARTS_WITHIN, Served, environment, running

from copies import copied
from meagraph.project import Project

BEFORE, AFTER = "Convention on Biological Diversity", "Biodiversity, renamed"
ASKED = (
    "/queries/external-identifiers.json?thing=agreements:cbd",
    "/queries/external-identifiers?format=csv&thing=agreements:cbd",
    "/informea.svc/Treaties?$format=json",
)


class Copy(NamedTuple):
    """A copy of the graph's files, where its builds are kept, and who serves them."""

    root: Path
    store: Path
    server: Served

    def rename(self) -> None:
        """Give the convention its other label, and wait until the new build is served."""
        file = self.root / "data" / "agreements" / "cbd.ttl"
        text = file.read_text(encoding="utf-8")
        assert f'"{BEFORE}"@en' in text
        file.write_text(text.replace(f'"{BEFORE}"@en', f'"{AFTER}"@en'), encoding="utf-8")
        build = get(f"{self.server.url}/ready").json()["build"]
        words = ["meagraph", "build", "--root", str(self.root), "--store", str(self.store)]
        subprocess.run(
            [sys.executable, "-m", *words],
            check=True,
            capture_output=True,
            timeout=STARTS_WITHIN,
            cwd=CHECKOUT,
            env=environment(),
        )
        deadline = time.monotonic() + STARTS_WITHIN
        while get(f"{self.server.url}/ready").json()["build"] == build:
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.fixture(scope="module")
def copy(
    project: Project, tmp_path_factory: pytest.TempPathFactory, _directly: None
) -> Generator[Copy]:
    root = copied(project, tmp_path_factory.mktemp("copy"))
    store = tmp_path_factory.mktemp("kept") / "store"
    with running("--root", root, "--store", store) as server:
        yield Copy(root, store, server)


def test_what_was_kept_of_the_old_build_is_not_told_of_the_new(copy: Copy) -> None:
    """The same addresses, asked twice before so that they are kept, and conditionally after."""
    before = {}
    for path in ASKED:
        get(copy.server.url + path)
        before[path] = get(copy.server.url + path)
        assert BEFORE in before[path].text
    copy.rename()
    for path, old in before.items():
        new = get(copy.server.url + path, headers={"If-None-Match": old.headers["ETag"]})
        assert new.status_code == 200, path
        assert AFTER in new.text, path
        assert BEFORE not in new.text, path
        assert new.headers["ETag"] != old.headers["ETag"], path
