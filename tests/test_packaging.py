"""The wheel alone, and the script that sets a new machine up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from meagraph import __version__

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    assert built.name.startswith(f"meagraph-{__version__}-")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_alone_answers_a_question_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    words = ["query", "participants-not-members", "--body", "Mercury group under IOMC"]
    done = subprocess.run(
        # -P: nothing from the current folder; the wheel stands before the checkout.
        [sys.executable, "-P", "-m", "meagraph", *words, "--format", "csv"],
        cwd=empty,
        env={
            **os.environ,
            "PYTHONPATH": str(wheel),
            "MEAGRAPH_CACHE": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "organisations/gef-secretariat" in done.stdout
    assert not list(empty.iterdir())


def test_the_wheel_carries_licences_types_and_no_tests(wheel: Path) -> None:
    assert (wheel / "meagraph" / "py.typed").is_file()
    assert list(wheel.glob("*.dist-info/licenses/LICENSE"))
    assert not list(wheel.rglob("test_*"))


def test_the_wheel_alone_explains_a_rule_with_a_wrong_example(wheel: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "meagraph", "explain", "Body-bodyKind"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(wheel),
            "MEAGRAPH_CACHE": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Wrong (tests/invalid/body.ttl:" in done.stdout
    assert "Right (data/bodies/" in done.stdout


def _setup(tmp_path: Path, path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    folder = tmp_path / "a folder"
    shutil.copytree(CHECKOUT / "tools", folder / "tools")
    (folder / "src" / "meagraph").mkdir(parents=True)
    for name in ("pyproject.toml", "constraints.txt", "src/meagraph/__init__.py", "README.md"):
        shutil.copy(CHECKOUT / name, folder / name)
    return subprocess.run(
        ["/bin/sh", str(folder / "tools" / "setup.sh")],
        cwd="/",
        env={"PATH": path, "HOME": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


def test_without_a_python_that_is_new_enough_setup_says_so(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "cat", "cksum", "rm", "tail"):
        (tools / name).symlink_to(str(shutil.which(name)))
    old = tools / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.1 && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = _setup(tmp_path, str(tools))
    assert done.returncode != 0
    assert "needs Python 3.11 or newer, and found Python 3.9.1" in done.stderr


def test_without_a_network_setup_says_so(tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    done = _setup(tmp_path, path, PYTHON=sys.executable, PIP_NO_INDEX="1")
    assert done.returncode == 2
    assert "Is there a network?" in done.stderr
