"""A disk without room: what is there stays as it is, and the reader is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from meagraph.export import KINDS
from meagraph.project import Project
from small_export import small

NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
"""In a namespace of its own a process may mount; the mount goes with it."""

CHILD = """
import contextlib, io, json, os, resource, subprocess, sys
from pathlib import Path
from meagraph.cli import main

disk, root, way, *kinds = sys.argv[1:]
found = {}
if way == "mount":
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", disk], check=True)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
folder = Path(disk) / "dist"
for place in ("kept", "calendar"):
    (folder / place).mkdir(parents=True)
for name in ("mine", "kept/mine", "context.jsonld", "meagraph.nq", "calendar/left-out.csv"):
    (folder / name).write_text("earlier")
tree = lambda: {
    str(path.relative_to(folder)): path.read_text() if path.is_file() else None
    for path in folder.rglob("*")
}
before = tree()
for kind in kinds:
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        status = main(["export", kind, "-o", str(folder), "--root", root])
    found[kind] = [status, said.getvalue(), tree() == before, sorted(os.listdir(disk))]
print(json.dumps(found))
"""


def namespaces_work() -> bool:
    if not shutil.which("unshare"):
        return False
    mounts = [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(mounts, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def outcomes(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    """What each kind of export did: status, message, whether all is as before, what is there.

    The disk is a real one, with a page to spare, where the system lets us mount one; elsewhere no
    file may grow beyond a line, which fails in the same place.
    """
    tmp_path = tmp_path_factory.mktemp("full")
    graph = small(project, tmp_path / "project")
    (tmp_path / "disk").mkdir()
    environment = {**os.environ, "MEAGRAPH_CACHE": str(tmp_path / "cache")}
    warm = [sys.executable, "-m", "meagraph", "build", "--root", str(graph.root)]
    subprocess.run(warm, env=environment, check=True, capture_output=True)
    before, way = (NAMESPACE, "mount") if namespaces_work() else ([], "limit")
    words = [str(tmp_path / "disk"), str(graph.root), way, *KINDS, "all"]
    done = subprocess.run(
        [*before, sys.executable, "-c", CHILD, *words],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_on_a_full_disk_nothing_changes_and_the_reader_is_told(
    outcomes: dict[str, list], kind: str
) -> None:
    status, said, is_as_before, there = outcomes[kind]
    assert status == 2
    assert said.startswith("meagraph: nothing can be written to ")
    assert "No space left on device" in said or "File too large" in said
    assert said.count("\n") == 2
    assert is_as_before
    assert there == ["dist"]
