"""``meagraph reason``: is the ontology consistent, and can each class have members?"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from meagraph.cli.progress import progress
from meagraph.namespaces import compact
from meagraph.project import find_project
from meagraph.reasoning import Axiom, Clash, Proof, prove


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--data",
        action="store_true",
        help="take the data in: find things of two classes that exclude each other",
    )
    parser.add_argument(
        "--alignments",
        action="store_true",
        help="take the links to other vocabularies in, and what these say themselves",
    )
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Print the verdict, and for each contradiction the statements that make it."""
    with progress() as tell:
        proof = prove(
            find_project(options.root),
            data=options.data,
            alignments=options.alignments,
            progress=tell,
        )
    for clash in proof.clashes:
        print(_printed(clash))
    print(_verdict(proof, options.alignments))
    return 0 if proof.consistent and not proof.unsatisfiable else 1


def _verdict(proof: Proof, aligned: bool) -> str:
    counted = f"{proof.terms:,} terms" + (" with their alignments" if aligned else "")
    if proof.things:
        counted += f" and {proof.things:,} things"
    if not proof.consistent:
        cause = "" if proof.clashes else "; the cause is none that meagraph can name"
        return f"{counted}, inconsistent{cause} (HermiT)"
    if proof.unsatisfiable:
        classes = ", ".join(map(compact, proof.unsatisfiable))
        return f"{counted}, consistent; nothing can be a {classes} (HermiT)"
    return f"{counted}, consistent; every class satisfiable (HermiT)"


def _printed(clash: Clash) -> str:
    name = compact(clash.subject)
    both = " and ".join(map(compact, clash.classes))
    heading = f"{name} would be both {both}" if both else f"nothing can be a {name}"
    return "\n".join([heading, *map(_line, clash.axioms)])


def _line(axiom: Axiom) -> str:
    here = Path.cwd()
    file = axiom.file.relative_to(here) if axiom.file.is_relative_to(here) else axiom.file
    place = os.fspath(file) + (f":{axiom.line}" if axiom.line else "")
    return f"    {axiom.text}\n        {place}"
