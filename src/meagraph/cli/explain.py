"""``meagraph explain``: what a rule demands and why, with a wrong and a right example."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from meagraph.cli.output import write
from meagraph.cli.progress import progress
from meagraph.cli.terminal import width
from meagraph.project import find_project
from meagraph.tables import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meagraph.drafting.explanations import Explanation, Shown
    from meagraph.validation.findings import Rule

_ON_FILES = "Rules on files"
_WORDS = {"info": "note"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "rule",
        metavar="RULE",
        nargs="?",
        help="a rule's name, as validate prints it; alone: list all",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how it is written (text)"
    )
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")
    parser.epilog = "Try: meagraph explain meash:Meeting-ordinal"


def run(options: argparse.Namespace) -> int:
    """Print the explanation of a rule, or the list of all rules."""
    from meagraph.drafting.explanations import every_rule, explain, find_rule
    from meagraph.validation.shapes import read_shapes

    project = find_project(options.root)
    shapes = read_shapes(project.shapes)
    rules = every_rule(shapes)
    if options.rule is None:
        write(
            _json([_rule(rule) for rule in rules.values()]) if _is_json(options) else _list(rules)
        )
        return 0
    rule = find_rule(rules, options.rule)
    from meagraph.drafting.vocabulary import Vocabulary
    from meagraph.graph import open_graph

    with progress() as tell:
        store = open_graph(project, progress=tell)
    explanation = explain(project, Vocabulary(store, shapes), rule)
    if _is_json(options):
        shown = {
            **_rule(rule),
            "looks_at": explanation.looks_at,
            "follows": explanation.follows,
            "sparql": explanation.notation,
            "wrong": [example._asdict() for example in explanation.wrong],
            "right": [example._asdict() for example in explanation.right],
        }
        write(_json(shown))
    else:
        write("\n".join(_lines(explanation, width())) + "\n")
    return 0


def _is_json(options: argparse.Namespace) -> bool:
    return bool(options.format == "json")


def _json(value: object) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, str]:
    """A rule for JSON: its name, and not twice, for that tells its IRI."""
    return rule._asdict()


def _list(rules: dict[str, Rule]) -> str:
    """All rules, by the class that they are about, each with its severity and its words."""
    from meagraph.validation.rules import RULES

    groups: dict[str, list[Rule]] = {}
    for name, rule in rules.items():
        group = _ON_FILES if name in RULES else name.partition(":")[2].partition("-")[0]
        groups.setdefault(group, []).append(rule)
    cells = width()
    lines: list[str] = []
    for group in sorted(groups, key=lambda name: (name == _ON_FILES, name)):
        lines.append(group)
        for rule in groups[group]:
            lines.append(f"  {rule.name}  {_word(rule)}")
            lines += [f"      {line}" for line in wrap(rule.says, cells - 6)]
        lines.append("")
    return "\n".join([*lines, f"{len(rules)} rules. Try: meagraph explain NAME"]) + "\n"


def _word(rule: Rule) -> str:
    return _WORDS.get(rule.severity, rule.severity)


def _lines(explanation: Explanation, cells: int) -> Iterator[str]:
    rule = explanation.rule
    yield f"{rule.name} · {_word(rule)}"
    yield from wrap(rule.says, cells)
    yield ""
    looks_at = explanation.looks_at
    if explanation.follows:
        looks_at += f"; there at {explanation.follows}"
    for name, text in (
        ("Likely cause", rule.cause),
        ("Remedy", rule.remedy),
        ("Called for by", rule.source),
        ("Looks at", looks_at),
        ("In SPARQL", explanation.notation),
    ):
        if text:
            folded = wrap(text, max(20, cells - 15))
            yield f"{name + ':':<14} {folded[0]}"
            yield from (" " * 15 + line for line in folded[1:])
    yield from _examples("Wrong", explanation.wrong, "No wrong example is at hand.")
    yield from _examples("Right", explanation.right, "Nothing in the data has what it looks at.")


def _examples(title: str, examples: tuple[Shown, ...], nothing: str) -> Iterator[str]:
    yield ""
    if not examples:
        yield f"{title}: {nothing}"
    for number, example in enumerate(examples):
        where = f" ({example.file}:{example.line})" if example.file else ""
        if number:
            yield ""
        yield f"{title}{where}"
        yield from (f"    {line}" for line in example.text.split("\n"))
