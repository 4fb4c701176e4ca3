"""The page on tables, networks and calendars tells the truth, and its examples run."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from meagraph.errors import installing
from meagraph.export import files_of, write_files
from meagraph.graph import build
from meagraph.project import Project

PAGE = Path(__file__).parent.parent / "docs" / "flat.md"
TEXT = PAGE.read_text()
NEEDS = {"pandas": "research", "networkx": "research", "csvw": "dev", "icalendar": "dev"}
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", TEXT, re.S | re.M)
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.S | re.M)


@pytest.fixture(scope="module")
def above(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder above ``dist``."""
    folder = tmp_path_factory.mktemp("reader")
    store = build(project)
    for kind in ("csvw", "graphml", "calendar"):
        write_files(files_of(kind, store, project), folder / "dist")
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=[text.split()[1] for text in EXAMPLES])
def test_examples_in_python_run(
    example: str, above: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for package, extra in NEEDS.items():
        if package in example and not find_spec(package):
            pytest.skip(f"needs {package}: {installing(extra)}")
    monkeypatch.chdir(above)
    exec(compile(example, str(PAGE), "exec"), {})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_of_commands_run(command: str, above: Path, tmp_path: Path) -> None:
    if not shutil.which(command.split()[0]):
        pytest.skip(f"needs {command.split()[0]}")
    (tmp_path / "dist").symlink_to(above / "dist")
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert done.stdout.strip()


def test_every_table_is_on_the_page(above: Path) -> None:
    section = TEXT[TEXT.index("## Tables") : TEXT.index("## Networks")]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row.split("|")[1])}
    assert named == {path.stem for path in (above / "dist/tables").glob("*.csv")}


def test_each_row_begins_and_ends_as_the_page_says(above: Path) -> None:
    for path in (above / "dist/tables").glob("*.csv"):
        if path.stem in ("things", "links"):
            continue
        with path.open(newline="") as file:
            head = next(csv.reader(file))
        assert head[:4] == ["iri", "label", "type", "typeLabel"], path
        assert head[-3:] == ["modified", "statedIn", "statedInLabel"], path


def test_every_value_of_a_network_is_on_the_page(above: Path) -> None:
    section = TEXT[TEXT.index("## Networks") : TEXT.index("## Calendars")]
    for path in (above / "dist/network").iterdir():
        names = re.findall(r'attr.name="(\w+)"', path.read_text())
        assert names and [name for name in names if f"`{name}`" not in section] == []


def test_every_property_of_a_meeting_is_on_the_page(above: Path) -> None:
    section = TEXT[TEXT.index("## Calendars") :]
    events = (above / "dist/calendar/meetings.ics").read_text().split("BEGIN:VEVENT")[1:]
    found = {name for event in events for name in re.findall(r"^([A-Z-]+)[;:]", event, re.M)}
    assert {name for name in found if name not in section} <= {"END"}


def test_links_of_the_page_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert targets and [name for name in targets if not (PAGE.parent / name).exists()] == []
