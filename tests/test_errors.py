"""What the one exception and its common hint say to the reader."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from meagraph import errors
from meagraph.errors import UnusableInput, installing

CHECKOUT = Path(errors.__file__).parent.parent.parent
ASK = "from meagraph.errors import installing; print(installing('research'))"


def test_place_excerpt_and_hint_stand_below_each_other() -> None:
    error = UnusableInput("wrong", file=Path("a.ttl"), line=3, column=4, excerpt="x", hint="Mend.")
    assert str(error) == "a.ttl:3:4: wrong\n  x\n  Mend."
    assert str(UnusableInput("wrong")) == "wrong"


def test_in_a_checkout_the_hint_installs_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.setattr(sys, "executable", str(CHECKOUT / ".venv/bin/python"))
    assert installing("research") == ".venv/bin/python -m pip install -e '.[research]'"


def test_from_elsewhere_the_hint_names_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shlex.split(installing("reason")) == [
        *(sys.executable, "-m", "pip", "install", "-e", f"{CHECKOUT}[reason]")
    ]


def said_by(package: Path, **kept: object) -> str:
    command = [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = [{str(package)!r}]; {ASK}"]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, **kept
    ).stdout.strip()  # type: ignore[call-overload]


def test_names_with_blanks_can_be_pasted(tmp_path: Path) -> None:
    source = tmp_path / "my graph" / "src"
    shutil.copytree(Path(errors.__file__).parent, source / "meagraph")
    (source.parent / "pyproject.toml").touch()
    told = said_by(source, cwd=tmp_path)
    assert shlex.split(told)[-1] == f"{source.parent}[research]"


def test_an_installed_package_is_named_as_a_package(tmp_path: Path) -> None:
    place = tmp_path / "lib/site-packages"
    shutil.copytree(Path(errors.__file__).parent, place / "meagraph")
    assert said_by(place) == "pip install 'meagraph[research]'"
