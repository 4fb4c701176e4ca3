"""A whole graph against its shapes and its files' own rules."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from pyoxigraph import Literal, Triple

from meagraph.entries import Entry
from meagraph.entries.arrival import Illegible
from meagraph.entries.limits import read_bounded
from meagraph.entries.selection import is_within
from meagraph.errors import UnusableInput
from meagraph.graph import build, open_graph
from meagraph.graph.assembly import Progress
from meagraph.project import Project
from meagraph.validation.consequences import new, with_arriving, without_replaced
from meagraph.validation.corpus import (
    Corpus,
    Place,
    Reading,
    iri,
    iri_or_text,
    passage_of,
    read_files,
)
from meagraph.validation.engine import Engine, Result
from meagraph.validation.filling import is_placeholder
from meagraph.validation.findings import (
    Finding,
    Report,
    Rule,
    Terms,
    ordered,
    shown,
    unreadable,
)
from meagraph.validation.rules import RULES, file_findings
from meagraph.validation.shapes import Shapes, Step, fill, read_shapes

_IRI = re.compile(r"https?://[^\s<>\"'“”{}|^`\\]*[^\s<>\"'“”{}|^`\\.,;:!?)]")
_STEPS = 3
"""The steps of validation that progress tells of: the rules, the shapes, the places."""


def validate(
    project: Project,
    store: Path | None = None,
    files: Collection[Path] | None = None,
    progress: Progress | None = None,
    engine: Engine | None = None,
    arriving: Sequence[Entry] = (),
    illegible: Sequence[Illegible] = (),
) -> Report:
    """Check the graph against ``shapes/*.ttl`` and the rules on files.

    What is validated is the merge (ontology, concepts, data and what follows from them), with each
    literal as its file writes it. Where files cannot be read, they alone are reported.

    Args:
        project: where the files are.
        store: the folder to keep the built graph in; by default one of the user's cache.
        files: data files, files of the ontology, or folders; the whole graph is validated, and
            what stands in these is reported. All if ``None``.
        progress: told of the progress.
        engine: what validates against the shapes; if ``None``, pySHACL, which looks again only at
            what changed since the graph was last validated.
        arriving: entries that do not stand in ``data/`` yet. The graph is validated as if they
            did, each in the place of the file that has its graph; reported is what stands in
            them, and what they break elsewhere.
        illegible: files that were to arrive and cannot be read; they are reported like those of
            the graph.

    Raises:
        UnusableInput: a path under ``data/`` gives no legal IRI; a shape is not well formed; one of
            ``files`` holds nothing of the graph.
    """
    every = read_files(project, progress)
    read = without_replaced(every, arriving, project.data)
    mistakes = [*read.mistakes, *(one.mistake for one in illegible)]
    try:
        shapes = read_shapes(project.shapes)
    except UnusableInput as mistake:
        mistakes.append(mistake)
    if mistakes:
        return _not_readable(mistakes, {str(one.mistake.file): one.text for one in illegible})
    entries = with_arriving(read.entries, arriving, project.data)
    graph = build(project, progress, entries) if arriving else open_graph(project, store, progress)
    corpus = Corpus(read.vocabulary, entries, graph)
    arrived = {entry.path for entry in arriving}
    wanted = arrived | _wanted(corpus, files or ())
    standing = cache(partial(_as_it_stands, project, store, progress, every))
    usual, judge = _engines(project, standing if arriving else None)
    all_found = list(_findings(corpus, shapes, engine or judge, progress, arrived))
    found = all_found
    if files is None and not arriving:
        wanted = {entry.path for entry in corpus.entries}
    else:
        found = [one for one in all_found if not wanted.isdisjoint(_files(one))]
    if arriving and len(found) < len(all_found):
        beyond = [one for one in all_found if wanted.isdisjoint(_files(one))]
        asked = {one.rule for one in beyond}
        found += new(beyond, _findings(standing(), shapes, engine or usual, asked=asked))
    counted = [entry for entry in corpus.entries if entry.path in wanted]
    named = {file for one in found for file in _files(one)}
    report = ordered(found)
    return Report(
        report,
        len(counted),
        sum(len(entry.triples) for entry in counted),
        {entry.path: entry.text for entry in corpus.files if entry.path in named},
        rules=_rules(report, shapes),
    )


def _files(finding: Finding) -> set[Path]:
    return {place.file for place in finding.places}


def _as_it_stands(
    project: Project, store: Path | None, progress: Progress | None, read: Reading
) -> Corpus:
    """The graph without what arrives; built anew where a file that is replaced cannot be read."""
    if read.mistakes:
        graph = build(project, progress, read.entries)
    else:
        graph = open_graph(project, store, progress)
    return Corpus(read.vocabulary, read.entries, graph)


def _engines(project: Project, standing: Callable[[], Corpus] | None) -> tuple[Engine, Engine]:
    """What validates the graph as it stands, and what validates it with what arrives, if any."""
    from meagraph.validation.rechecking import Rechecking, verdicts_file

    file = verdicts_file(project)
    usual = Rechecking(file)
    return usual, Rechecking(file, lambda: standing().triples()) if standing else usual


def _rules(found: Sequence[Finding], shapes: Shapes) -> dict[str, Rule]:
    """The rules that are broken, as the table of the files' rules or their shapes have them."""
    rules: dict[str, Rule] = {}
    for one in found:
        if one.rule not in rules:
            iri = one.terms.shape[1:-1]
            says, cause, remedy = shapes.words(iri)
            rules[one.rule] = RULES.get(one.rule) or Rule(
                one.rule,
                iri,
                one.severity,
                says or one.message,
                cause,
                remedy,
                shapes.source(iri),
            )
    return rules


def _not_readable(mistakes: Sequence[UnusableInput], known: Mapping[str, str]) -> Report:
    """The files that cannot be read: nothing can be said of the others without them."""
    found = ordered(map(unreadable, mistakes))
    files = {place.file for one in found for place in one.places}
    texts = {path: known.get(str(path)) or _as_it_is(path) for path in files}
    rules = {one.rule: RULES[one.rule] for one in found}
    return Report(found, len(files), 0, texts, unreadable=len(files), rules=rules)


def _as_it_is(path: Path) -> str:
    """What can be shown of a file that cannot be read."""
    try:
        return read_bounded(path).decode("utf-8-sig", "replace")
    except UnusableInput:
        return ""


def _findings(
    corpus: Corpus,
    shapes: Shapes,
    engine: Engine,
    progress: Progress | None = None,
    first: Collection[Path] = (),
    asked: Collection[str] | None = None,
) -> Iterator[Finding]:
    """What breaks the rules on files and the shapes; the places in some files go first.

    Where only some rules are asked for, findings of others may be missing, and none has its
    places if a shape gives it: they are to be known again, not to be read.
    """
    tell = progress or (lambda done, total, what: None)
    passages = {entry.path: passage_of(entry.graph) for entry in corpus.entries}
    tell(0, _STEPS, "rules on files")
    of_files = asked is None or not RULES.keys().isdisjoint(asked)
    found = file_findings(corpus) if of_files else []
    tell(1, _STEPS, "shapes")
    of_shapes = asked is None or not RULES.keys() >= set(asked)
    results = engine(corpus.triples(), shapes) if of_shapes else []
    tell(2, _STEPS, "places")
    found += [
        _from_result(corpus, shapes, result, placed=asked is None)
        for result in results
        if not (is_placeholder(result.value) or is_placeholder(result.focus))
    ]
    tell(_STEPS, _STEPS, "places")
    for one in found:
        places = tuple(sorted(one.places, key=lambda place: (place.file not in first, place)))
        one = one._replace(places=places)
        passage = _first_passage(one, passages)
        yield one._replace(passage=passage, passage_name=corpus.passage_name(passage))


def _first_passage(finding: Finding, passages: dict[Path, str]) -> str:
    return passages.get(finding.places[0].file, "") if finding.places else ""


def _wanted(corpus: Corpus, files: Collection[Path]) -> set[Path]:
    """The files of the graph that are named, or stand in folders that are named."""
    wanted: set[Path] = set()
    known = {os.path.realpath(entry.path): entry.path for entry in corpus.files}
    for file in files:
        named = os.path.realpath(file)
        found = {path for real, path in known.items() if is_within(real, named)}
        if not found:
            raise UnusableInput(
                "this is no file of the graph, and no folder with such files",
                file=file,
                hint="Name files or folders of data/ or ontology/, or none to see all findings.",
            )
        wanted |= found
    return wanted


def _from_result(corpus: Corpus, shapes: Shapes, result: Result, *, placed: bool) -> Finding:
    """A result in the reader's words, with its places if it is to be placed."""
    focus = iri_or_text(result.focus)
    path = result.path or shapes.path(result.shape)
    value = None if result.value == result.focus and path is None else result.value
    filled = {
        "this": corpus.called(iri(result.focus))
        if not isinstance(result.focus, Literal)
        else focus,
        "path": shapes.path_text(path) if path else "",
        "value": "" if value is None else _in_message(corpus, value),
    }
    rule, cause, remedy = (
        _without_iris(corpus, fill(text, filled))
        for text in shapes.message((result.constraint, result.shape), result.messages)
    )
    return Finding(
        rule=shapes.name(result.shape),
        severity=result.severity,
        message=rule,
        cause=cause,
        remedy=remedy,
        focus=focus,
        label=corpus.label(focus),
        path=filled["path"],
        value="" if value is None else shown(value),
        places=_places(corpus, result, shapes.steps(path) if path else []) if placed else (),
        terms=Terms(
            shape=f"<{shapes.named(result.shape)}>",
            component=f"<{result.component}>" if result.component else "",
            focus=str(result.focus),
            path=shapes.path_turtle(path) if path else "",
            value="" if value is None else str(value),
        ),
    )


def _in_message(corpus: Corpus, value: object) -> str:
    return shown(value) if isinstance(value, Literal) else corpus.called(iri(value))


def _without_iris(corpus: Corpus, text: str) -> str:
    """A message with names for the IRIs that the engine has put in it."""
    plain = _IRI.sub(lambda found: corpus.called(found[0]), text)
    return " ".join(plain.split())


def _places(corpus: Corpus, result: Result, steps: list[Step]) -> tuple[Place, ...]:
    """Where the value stands; where it is missing, where the node is given its type."""
    if isinstance(result.focus, Literal):
        return corpus.places([t for t in corpus.stating if t.object == result.focus])
    candidates = list(_candidates(corpus, iri(result.focus), steps))
    if result.value is not None and result.value != result.focus:
        if not steps:
            candidates = corpus.said(iri(result.focus))
        exact = [t for t in candidates if result.value in (t.object, t.subject)]
        candidates = exact or candidates * bool(steps)
    return corpus.places(candidates) or corpus.node_places(iri(result.focus))


def _candidates(corpus: Corpus, focus: str, steps: list[Step]) -> Iterator[Triple]:
    """The stated triples that a path begins with, or that its derived ones come from."""
    for predicate, inverse in steps:
        yield from corpus.pointing(focus, predicate) if inverse else corpus.said(focus, predicate)
        yield from corpus.grounds(focus, predicate, inverse=inverse)
