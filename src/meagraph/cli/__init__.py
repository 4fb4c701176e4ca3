"""The command line: one module a verb, imported only when that verb is called.

A verb's module has ``arguments(parser)``, which declares its options, and ``run(options) -> int``,
which returns the exit status: 0 done, 1 findings, 2 unusable input. Only these modules print.
argparse starts in half the time of the other libraries, which is felt at every call.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from types import ModuleType

from meagraph import __version__
from meagraph.cli.terminal import width
from meagraph.errors import UnusableInput

VERBS = {
    "run": "Do the main job: build, validate, count, answer three questions, export.",
    "build": "Build the graph from the files.",
    "validate": "Check the data against the shapes.",
    "verify": "Check the entries against the source texts.",
    "coverage": "List what passages name that no entry carries.",
    "questions": "List the stored questions.",
    "query": "Answer a stored question, or any SPARQL query.",
    "defects": "List what is wrong with the sources as they are written.",
    "describe": "Show what the graph says of one thing.",
    "evidence": "Show the passages that state something of one thing, or that link two.",
    "search": "Find things and passages by the words in them.",
    "plot": "Draw who cooperates, meetings over time, or what changed.",
    "find": "Find the records that a name, an acronym or a near spelling may mean.",
    "paragraphs": "List the passages of a source document.",
    "add": "Put new entries in their places, if the graph stays valid.",
    "new": "Begin an entry: print a template that says what to fill in.",
    "explain": "Show what a rule demands, with a wrong and a right example.",
    "fmt": "Write entries in canonical form and keep the register.",
    "rename": "Rename an entity or a term in every file.",
    "merge": "Make one record of two that are of the same thing.",
    "withdraw": "Give up a record that nothing mentions, and say why.",
    "reviewed": "Record that entries were read a second time.",
    "lint": "Check stored questions, or what harvesters will make of the feed.",
    "reason": "Prove the ontology consistent and its classes satisfiable.",
    "diff": "Tell what changed between two versions, entry by entry.",
    "export": "Write the graph as files for other tools.",
    "serve": "Serve the graph over HTTP: SPARQL, linked data, questions, the feed, pages.",
    "release": "Write a version as a folder with all that belongs to it.",
}
"""Each verb and what it does; the help of the command and of the verb both say it from here."""


def _overview() -> str:
    width = max(map(len, VERBS))
    verbs = "\n".join(f"  {name:<{width}}  {summary}" for name, summary in VERBS.items())
    return (
        "usage: meagraph VERB [options]\n\n"
        "The knowledge graph of cooperation among multilateral environmental agreements.\n\n"
        f"verbs:\n{verbs}\n\n"
        "options:\n"
        "  --help, -h  show this, or with a verb its options\n"
        "  --version   show the version\n\n"
        "Try: meagraph questions\n"
    )


def _near(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, VERBS, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else "meagraph --help lists the verbs."


def _formatter(prog: str) -> argparse.HelpFormatter:
    # Told the width: to find it out itself, argparse would import half of the file utilities.
    return argparse.RawDescriptionHelpFormatter(prog, width=width() - 2)


def parser_of(verb: str, words: list[str] | None = None) -> argparse.ArgumentParser:
    """The parser of a verb's options.

    Args:
        verb: one of `VERBS`.
        words: what stands after the verb, which may bring options of its own: the parameters of the
            stored question that it names. Without it, the parser has those that never change.

    Raises:
        UnusableInput: there is no such verb, or the words name nothing that can be asked.
    """
    module = _module(verb)
    parser = argparse.ArgumentParser(
        prog=f"meagraph {verb}",
        description=VERBS[verb],
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    module.arguments(parser)
    more_arguments = getattr(module, "more_arguments", None)
    if more_arguments and words is not None:
        more_arguments(parser, words)
    return parser


def _module(verb: str) -> ModuleType:
    if verb not in VERBS:
        raise UnusableInput(f"there is no verb “{verb}”", hint=_near(verb))
    return import_module(f"meagraph.cli.{verb}")


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in ("--help", "-h", "help"):
        print(_overview(), end="")
        return 0
    if words[0] == "--version":
        print(f"meagraph {__version__}")
        return 0
    verb = words[0]
    try:
        parser = parser_of(verb, words[1:])
        status: int = _module(verb).run(parser.parse_args(words[1:]))
        sys.stdout.flush()
        return status
    except UnusableInput as error:
        print(f"meagraph: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("meagraph: stopped", file=sys.stderr)
        return 130


def console() -> None:
    """Run one verb as a process of its own, and end it.

    What was opened was opened to be read, and is left to the system to close: taking the
    interpreter and the store apart takes a tenth of the time of a stored question.
    """
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)
