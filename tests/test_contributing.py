"""The guide for curators holds: its commands are run, one after the other, on a copy of the graph.

In ``CONTRIBUTING.md`` a block of ``console`` has commands (``$ …``) and, below each, lines of which
each must begin or stand in what the command says, in their order; ``# exits with N`` after a
command says that it fails. A block of ``turtle`` begins with the name of the file that it fills in:
whole where it declares prefixes, else line by line, each in the place of the template's line with
the same property.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import meagraph
from meagraph.project import Project

CHECKOUT = Path(__file__).parent.parent
GUIDE = (CHECKOUT / "CONTRIBUTING.md").read_text()
BLOCKS = re.findall(r"^```(console|turtle)\n(.*?)^```", GUIDE, re.S | re.M)
PASSAGE = "data/documents/example-report/note/2.ttl"
VERBS = "paragraphs new find validate explain add verify coverage reviewed evidence fmt".split()
"""What the way from a paragraph to an entry leads through."""


class Curator:
    """Someone who does as the guide says, in a copy of the checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        package = Path(meagraph.__file__).parent.parent
        self.environment = {**os.environ, "PYTHONPATH": str(package)}
        self.environment.pop("MEAGRAPH_SOURCES", None)

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the guide."""
        words = shlex.split(command, comments=True)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self.environment[name] = value
            words = ["true"]
        elif words[0] == "meagraph":
            words = [sys.executable, "-m", *words]
        else:
            words = ["sh", "-c", command]
        return subprocess.run(
            words, cwd=self.root, env=self.environment, capture_output=True, text=True
        )

    def follow(self, command: str, told: list[str]) -> None:
        """Run one command, and compare what it says with what the guide tells of it."""
        done = self.run(command)
        expected = re.search(r"# exits with (\d)", command)
        assert done.returncode == int(expected[1] if expected else 0), (
            f"{command}\n{done.stdout}\n{done.stderr}"
        )
        said, at = done.stdout + done.stderr, 0
        for line in told:
            found = said.find(line, at)
            assert found >= 0, f"{command} does not say “{line}” but\n{said}"
            at = found + len(line)

    def fill_in(self, block: str) -> None:
        """Write a file as the guide shows it."""
        heading, _, text = block.partition("\n")
        file = self.root / heading.removeprefix("# ")
        assert file.is_file(), f"{heading}: no template was written there"
        if text.startswith("PREFIX"):
            file.write_text(text)
            return
        for line in text.splitlines():
            place = re.compile(rf"^ *(?:#: )?{re.escape(line.split()[0])} .*$", re.M)
            template = file.read_text()
            assert place.search(template), f"{file.name} has no line of {line.split()[0]}"
            file.write_text(place.sub(lambda _, line=line: line, template, count=1))


def steps(block: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a block, each with what is shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, *told = part.splitlines()
        yield command, told


@pytest.fixture(scope="module")
def curator(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Curator:
    root = tmp_path_factory.mktemp("checkout")
    for folder in ("ontology", "data", "shapes", "queries", "coverage", "docs"):
        shutil.copytree(project.root / folder, root / folder)
    return Curator(root)


@pytest.fixture(scope="module")
def graph(curator: Curator) -> Curator:
    """The copy after the whole way has been gone."""
    for kind, block in BLOCKS:
        if kind == "turtle":
            curator.fill_in(block)
        else:
            for command, told in steps(block):
                curator.follow(command, told)
    return curator


def test_the_guide_leads_from_a_paragraph_to_an_entry(graph: Curator) -> None:
    assert (graph.root / PASSAGE).is_file()
    assert not (graph.root / "drafts").exists()


def test_the_guide_leads_through_every_verb_that_a_curator_needs() -> None:
    blocks = [block for kind, block in BLOCKS if kind == "console"]
    commands = [command for block in blocks for command, _ in steps(block)]
    used = {words[1] for words in map(shlex.split, commands) if words[0] == "meagraph"}
    assert set(VERBS) <= used
    assert any("add" in command and "--dry-run" in command for command in commands)


def test_the_example_is_no_part_of_the_graph(project: Project) -> None:
    assert not list(project.data.rglob("*estuar*")) and not list(project.data.rglob("*example*"))


FOUND = {
    "is still to be filled in": ('"4 to 6 March 2025"', '"FILL IN"'),
    "is used, and no file says what it is": ("agent organisations:est", "agent organisations:ets"),
    "is not a concept": ("kind:participation", "kind:participating"),
    "stands outside its record": ('mea:statedAs "Geneva"', 'rdfs:label "Geneva"@en'),
}
REFUSED = {
    "the prefix schema: has not been declared": ("PREFIX schema: <http://schema.org/>\n", ""),
    "A comment would be lost": ("\nthis:observation\n", "\n# seen twice\nthis:observation\n"),
    "does not list the passage": ("example-report/note/2#", "example-report/note/4#"),
    "--replace": ("role:observer", "role:participant"),
}
"""What the guide says goes wrong: the message, and the slip in the passage that brings it."""


def add_with(curator: Curator, slips: Iterable[tuple[str, str]], *options: str) -> str:
    """Try to add the guide's passage with slips in it, and return what is said of that."""
    (whole,) = [block for kind, block in BLOCKS if kind == "turtle" and "PREFIX" in block]
    for right, wrong in slips:
        assert right in whole
        whole = whole.replace(right, wrong)
    (curator.root / "slip.ttl").write_text(whole.partition("\n")[2])
    before = {path: path.read_bytes() for path in (curator.root / "data").rglob("*.ttl")}
    done = curator.run(" ".join(("meagraph add slip.ttl", *options)))
    assert done.returncode in (1, 2)
    assert {path: path.read_bytes() for path in (curator.root / "data").rglob("*.ttl")} == before
    return (done.stdout + done.stderr).casefold()


@pytest.mark.parametrize("message", REFUSED)
def test_what_is_refused_is_told_as_the_guide_says(graph: Curator, message: str) -> None:
    assert message.casefold() in add_with(graph, [REFUSED[message]])


def test_what_is_found_is_told_as_the_guide_says(graph: Curator) -> None:
    said = add_with(graph, FOUND.values(), "--replace")
    assert [message for message in FOUND if message not in said] == []


def test_a_literal_form_that_differs_is_told_as_the_guide_says(graph: Curator) -> None:
    file = graph.root / PASSAGE
    text = file.read_text()
    file.write_text(text.replace('"4 to 6 March 2025"', '"4–6 March 2025"'))
    done = graph.run(f"meagraph verify {PASSAGE}")
    file.write_text(text)
    assert done.returncode == 1
    assert "does not stand in" in done.stdout


def test_every_mistake_of_the_guide_is_tried() -> None:
    told = re.findall(r"^\| `([^`]+)` \|", GUIDE.partition("### What goes wrong")[2], re.M)
    assert set(told) == {*FOUND, *REFUSED, "does not stand in"}
