"""Rules explained: what one demands and why, what it looks at, a wrong and a right example."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.drafting.breaking import offenders
from meagraph.drafting.excerpts import excerpts
from meagraph.drafting.targets import looked_at, notation, path_in_words, path_pattern, targets
from meagraph.drafting.vocabulary import Vocabulary
from meagraph.entries import entry_path
from meagraph.errors import UnusableInput
from meagraph.graph import vocabulary as vocabulary_files
from meagraph.namespaces import BASE, SH, SHAPES, compact
from meagraph.project import Project
from meagraph.validation.corpus import home
from meagraph.validation.examples import EXAMPLES
from meagraph.validation.findings import SEVERITIES, Rule, shown
from meagraph.validation.rules import RULES
from meagraph.validation.shapes import Shapes

_EXPECTS = re.compile(r"#\s*expects:(.*)")


class Shown(NamedTuple):
    """Turtle to be shown: the file that it stands in, its first line there, and its text.

    ``file`` is under the project's root; it is empty and ``line`` 0 where the text stands in none,
    because the build concludes it or it is made up to show a rule.
    """

    file: str
    line: int
    text: str


class Explanation(NamedTuple):
    """A rule in words.

    ``looks_at`` says at which nodes it looks and ``follows`` at which of their values, or is empty;
    ``notation`` is both in SPARQL; ``wrong`` are examples that break the rule, ``right`` some that
    keep it.
    """

    rule: Rule
    looks_at: str
    follows: str
    notation: str
    wrong: tuple[Shown, ...]
    right: tuple[Shown, ...]


def every_rule(shapes: Shapes) -> dict[str, Rule]:
    """All rules, those of the shapes and those on files, by name.

    Args:
        shapes: the shapes of the project.
    """
    found = dict(RULES)
    for triple in shapes.triples:
        node = triple.subject
        if triple.predicate.value != SH + "message" or not isinstance(node, NamedNode):
            continue
        if shapes.named(node.value) == node.value:
            rule = _of_shape(shapes, node.value)
            found[rule.name] = rule
    return dict(sorted(found.items()))


def find_rule(rules: dict[str, Rule], name: str) -> Rule:
    """The rule that a reader means: by its name, with or without its prefix, or by its IRI.

    Raises:
        UnusableInput: there is none; the nearest are named.
    """
    wanted = name.strip().strip("<>").removeprefix(SHAPES)
    local = wanted.removeprefix("meash:")
    folded = {rule.partition(":")[2].casefold(): rule for rule in rules}
    if local.casefold() in folded:
        return rules[folded[local.casefold()]]
    from difflib import get_close_matches

    near = get_close_matches(local.casefold(), folded, n=3, cutoff=0.5)
    names = " or ".join(folded[one] for one in near)
    raise UnusableInput(
        f"there is no rule “{name}”",
        hint=f"Did you mean {names}?" if near else "meagraph explain alone lists the rules.",
    )


def explain(project: Project, vocabulary: Vocabulary, rule: Rule) -> Explanation:
    """Explain a rule.

    Args:
        project: where wrong examples and data are.
        vocabulary: the terms, the shapes and the graph.
        rule: one of `every_rule`.
    """
    if rule.name in EXAMPLES:
        looks_at, wrong, right = EXAMPLES[rule.name]
        return Explanation(rule, looks_at, "", "", (Shown("", 0, wrong),), (Shown("", 0, right),))
    shapes = vocabulary.shapes
    path = shapes.path(rule.iri)
    found = targets(vocabulary, rule.iri)
    patterns = [notation(found), f"?this {shapes.path_text(path)} ?value" if path else ""]
    return Explanation(
        rule,
        looked_at(vocabulary, found),
        path_in_words(vocabulary, path),
        " . ".join(filter(None, patterns)),
        tuple(_wrong(project, vocabulary, rule)),
        tuple(_right(project, vocabulary, rule)),
    )


def _of_shape(shapes: Shapes, iri: str) -> Rule:
    says, cause, remedy = shapes.words(iri)
    severity = "violation"
    for triple in shapes.triples:
        if triple.subject == NamedNode(iri) and triple.predicate.value == SH + "severity":
            word = str(triple.object)[1:-1].removeprefix(SH).lower()
            severity = word if word in SEVERITIES else severity
    return Rule(compact(iri), iri, severity, says, cause, remedy, shapes.source(iri))


def wrong_examples(project: Project, rule: str) -> list[Path]:
    """The files that break a rule on purpose, by the names in their first line.

    Args:
        project: where the files are.
        rule: the rule's name; in the files the severity may follow it in brackets.
    """
    found = []
    for path in sorted(project.wrong_examples.glob("*.ttl")):
        with path.open(encoding="utf-8") as file:
            heading = _EXPECTS.match(file.readline())
        names = re.sub(r"\([a-z]*\)|\*\d+", " ", heading[1]).split() if heading else []
        if rule in names:
            found.append(path)
    return found


def _wrong(project: Project, vocabulary: Vocabulary, rule: Rule) -> Iterator[Shown]:
    """The statements that break a rule, from the files that do so on purpose."""
    for path in wrong_examples(project, rule.name):
        text = path.read_text(encoding="utf-8")
        blocks = excerpts(text, SHAPES)
        broken = [node for node in offenders(vocabulary, rule.iri, text) if node in blocks]
        found = [excerpt for node in broken or blocks for excerpt in blocks[node]]
        for line, lines in sorted(found):
            yield Shown(path.relative_to(project.root).as_posix(), line, lines)


def _right(project: Project, vocabulary: Vocabulary, rule: Rule) -> Iterator[Shown]:
    """The first thing of the graph that a rule looks at, with the path if any has it."""
    path = vocabulary.shapes.path(rule.iri)
    found = targets(vocabulary, rule.iri)
    follow = [f"?this {path_pattern(vocabulary, path)} ?value"] if path else []
    for wanted in ([*follow], []) if follow else ([],):
        nodes: dict[str, None] = {}
        for target in found:
            pattern = " . ".join([target.pattern, *wanted])
            answer = vocabulary.store.query(f"SELECT DISTINCT ?this {{ {pattern} }}")
            nodes |= dict.fromkeys(str(row["this"])[1:-1] for row in answer)  # type: ignore[union-attr]
        steps = vocabulary.shapes.steps(path) if path and wanted else []
        stating = "" if not steps or steps[0].inverse else steps[0].predicate
        example = _first(project, vocabulary, list(nodes), stating) or _derived(vocabulary, nodes)
        if example:
            yield example
            return


def _first(
    project: Project, vocabulary: Vocabulary, nodes: list[str], predicate: str
) -> Shown | None:
    """The description of the first of some nodes: data before ontology, files in their order."""
    files = {graph: path for path, graph in vocabulary_files(project).items()}
    places: list[tuple[bool, str, str, str]] = []
    for node in nodes:
        if node.startswith(BASE) and not vocabulary.is_deprecated(node):
            for graph in _stating(vocabulary, node, predicate):
                file = files.get(graph) or entry_path(graph, project.data)
                name = file.relative_to(project.root).as_posix()
                places.append((graph in files, name, node, graph))
    for _, name, node, graph in sorted(places):
        blocks = excerpts((project.root / name).read_text(encoding="utf-8"), graph).get(node)
        if blocks:
            return Shown(name, *blocks[0])
    return None


def _derived(vocabulary: Vocabulary, nodes: Iterable[str]) -> Shown | None:
    """What the build concludes of the first of some nodes that no file describes."""
    for node in sorted(node for node in nodes if node.startswith(BASE)):
        quads = vocabulary.store.quads_for_pattern(NamedNode(node), None, None, DefaultGraph())
        said = sorted(f"    {compact(q.predicate.value)} {shown(q.object)} ;" for q in quads)
        return Shown("", 0, "\n".join(["# derived at build", compact(node), *said, "."]))
    return None


def _stating(vocabulary: Vocabulary, node: str, predicate: str) -> list[str]:
    """The graphs that state a property of a node, else the one that describes it."""
    store = vocabulary.store
    about = NamedNode(node)
    named = NamedNode(predicate) if predicate else None
    for wanted in (named, None):
        graphs = {
            quad.graph_name.value
            for quad in store.quads_for_pattern(about, wanted, None, None)
            if isinstance(quad.graph_name, NamedNode)
        }
        graphs = {graph for graph in graphs if "/graphs/" not in graph}
        if graphs:
            own = home(node)
            return [own] if own in graphs and wanted is None else sorted(graphs)
    return []
