"""What meagraph costs, against named peers, in one run: ``make bench``.

Each line: our median, the peer's median, the ratio pair by pair, and the goal.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pyoxigraph
from paired import PYTHON, compare, process, report

from meagraph.graph import build, open_graph
from meagraph.project import Project, find_project
from meagraph.queries import bind, load_question

ROOT = Path(__file__).parent.parent
MEAGRAPH = str(Path(PYTHON).parent / "meagraph")
QUESTION = "meetings-attended"
ACTOR = "organisations:minamata-secretariat"

BARE_HELP = """
import argparse
parser = argparse.ArgumentParser(prog="bare", description="A program with nothing to it.")
verbs = parser.add_subparsers()
for name in ("build", "validate", "query", "export"):
    verbs.add_parser(name, help="Does something.")
parser.parse_args(["--help"])
"""

BARE_QUESTION = """
import sys
import pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
with open(sys.argv[2]) as file:
    for row in store.query(file.read()):
        print(*row, sep="\\t")
"""

RDFLIB_QUESTION = """
import sys
import rdflib
graph = rdflib.Dataset(default_union=False)
graph.parse(sys.argv[1], format="nquads")
with open(sys.argv[2]) as file:
    for row in graph.query(file.read()):
        print(*row, sep="\\t")
"""


def main() -> None:
    """Measure start-up, one question, and the build."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MEAGRAPH_CACHE"] = str(folder / "cache")
        project = find_project(ROOT)
        print(f"{'':<58} {'meagraph':>11} {'peer':>11}")
        _help(folder)
        _question(project, folder)
        _build(project, folder)


def _script(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text)
    return str(path)


def _help(folder: Path) -> None:
    bare = _script(folder, "bare_help.py", BARE_HELP)
    result = compare(process([MEAGRAPH, "--help"]), process([PYTHON, bare]), runs=25)
    report("meagraph --help / a bare argparse program’s --help", result, "≤ 1.3")


def _question(project: Project, folder: Path) -> None:
    store_folder = folder / "store"
    store = open_graph(project, store=store_folder)
    question = load_question(project, QUESTION)
    query = folder / "question.rq"
    query.write_text(bind(question, store, {"agent": [ACTOR]}))
    dump = folder / "graph.nq"
    store.dump(str(dump), format=pyoxigraph.RdfFormat.N_QUADS)
    open_graph(project)
    ours = process([MEAGRAPH, "query", QUESTION, "--agent", ACTOR, "--root", str(ROOT)])
    bare = _script(folder, "bare_question.py", BARE_QUESTION)
    peer = process([PYTHON, bare, str(store_folder / "current"), str(query)])
    report("a stored question / a bare script on a prebuilt store", compare(ours, peer, 25), "≤ 2")
    slow = _script(folder, "rdflib_question.py", RDFLIB_QUESTION)
    peer = process([PYTHON, slow, str(dump), str(query)])
    report("a stored question / the same through rdflib", compare(ours, peer, 5), "≤ 0.1")


def _build(project: Project, folder: Path) -> None:
    store = build(project)
    named = [quad for quad in store if not isinstance(quad.graph_name, pyoxigraph.DefaultGraph)]
    merge = [quad for quad in store if isinstance(quad.graph_name, pyoxigraph.DefaultGraph)]
    files = folder / "peer"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    for name, quads in (("named.nq", named), ("merge.nq", merge)):
        pyoxigraph.serialize(quads, output=str(files / name), format=pyoxigraph.RdfFormat.N_QUADS)

    def peer() -> None:
        loaded = pyoxigraph.Store()
        for path in sorted(files.iterdir()):
            loaded.load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)

    report(
        "build from the files / pyoxigraph loading its quads",
        compare(lambda: build(project), peer, 15),
        "≤ 2",
    )


if __name__ == "__main__":
    main()
