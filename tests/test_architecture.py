"""The rooms of the house: which may import which, who prints, how large they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "meagraph"
MODULES = sorted(PACKAGE.rglob("*.py"))

ROOMS = (
    "errors",
    "namespaces",
    "jsontext",
    "queryable",
    "pages",
    "project",
    "tokens",
    "sources",
    "entries",
    "times",
    "verification",
    "entailment",
    "graph",
    "endpoints",
    "reasoning",
    "names",
    "description",
    "validation",
    "reports",
    "drafting",
    "tables",
    "queries",
    "evidence",
    "search",
    "networks",
    "pictures",
    "knowledge",
    "export",
    "drafts",
    "changes",
    "releases",
    "server",
    "cli",
)
"""A room imports only from the rooms before it, and from itself."""


NETWORK = {
    "socket",
    "ssl",
    "urllib.request",
    "http.client",
    "http.server",
    "ftplib",
    "requests",
    "httpx",
    "SPARQLWrapper",
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, at its top or inside its functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: names are written in full"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("meagraph.")}
    return ours - {"__version__"}


def test_each_module_stands_in_a_room() -> None:
    assert {room(path) for path in MODULES} <= {*ROOMS, "__init__", "__main__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_follow_the_order_of_the_rooms(path: Path) -> None:
    here = room(path)
    if here == "__main__":
        allowed = {"cli"}
    elif here == "__init__":
        allowed = {"errors", "knowledge"}  # its names, imported when they are used
    else:
        allowed = set(ROOMS[: ROOMS.index(here) + 1])
    assert rooms_imported(path) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints(path: Path) -> None:
    if room(path) == "cli":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"line {node.lineno} prints"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in (("sys", "stdout"), ("sys", "stderr")), (
                f"line {node.lineno} writes to the terminal"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_in_a_reading(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_endpoints_alone_open_network_connections(path: Path) -> None:
    if room(path) == "endpoints":
        return
    for name in imported(path):
        assert not any(name == open_ or name.startswith(open_ + ".") for open_ in NETWORK), name


def test_verbs_and_their_modules_agree() -> None:
    from meagraph.cli import VERBS

    written = {path.stem for path in (PACKAGE / "cli").glob("*.py")}
    with_run = {
        stem
        for stem in written
        if re.search(r"^def run\(", (PACKAGE / "cli" / f"{stem}.py").read_text(), re.M)
    }
    assert with_run == set(VERBS)


def test_the_front_door_imports_no_engine() -> None:
    """What is imported before a verb is known delays every call."""
    for path in (PACKAGE / "__init__.py", PACKAGE / "__main__.py", PACKAGE / "cli" / "__init__.py"):
        assert set(imported(path)).isdisjoint({"rdflib", "pyoxigraph", "pyshacl", "owlready2"})
