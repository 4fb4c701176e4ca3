"""A whole graph against its shapes and its files' own rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from pyoxigraph import Literal, Triple

from meagraph.errors import UnusableInput
from meagraph.graph.assembly import Progress
from meagraph.project import Project
from meagraph.validation.corpus import Corpus, Place, iri, iri_or_text, passage_of, read_corpus
from meagraph.validation.engine import Engine, Result, pyshacl_results
from meagraph.validation.findings import Finding, Report, ordered, shown
from meagraph.validation.rules import file_findings
from meagraph.validation.shapes import Shapes, Step, fill, read_shapes
from meagraph.validation.undefined import refuse_undefined

_IRI = re.compile(r"https?://[^\s<>\"'“”{}|^`\\]*[^\s<>\"'“”{}|^`\\.,;:!?)]")
_STEPS = 3
"""The steps of validation that progress tells of: the rules, the shapes, the places."""


def validate(
    project: Project,
    store: Path | None = None,
    files: Collection[Path] | None = None,
    progress: Progress | None = None,
    engine: Engine = pyshacl_results,
) -> Report:
    """Check the graph against ``shapes/*.ttl`` and the rules on files.

    What is validated is the merge (ontology, concepts, data and what follows from them), with each
    literal as its file writes it.

    Args:
        project: where the files are.
        store: the folder to keep the built graph in; by default one of the user's cache.
        files: data files, files of the ontology, or folders; the whole graph is validated, and
            what stands in these is reported. All if ``None``.
        progress: told of the progress.
        engine: what validates against the shapes.

    Raises:
        UnusableInput: a file cannot be read; a name that nothing defines is used; a shape is not
            well formed; one of ``files`` holds nothing of the graph.
    """
    tell = progress or (lambda done, total, what: None)
    shapes = read_shapes(project.shapes)
    corpus = read_corpus(project, store, progress)
    wanted = None if files is None else _wanted(corpus, files)
    tell(0, _STEPS, "rules on files")
    refuse_undefined(corpus)
    found = file_findings(corpus)
    tell(1, _STEPS, "shapes")
    results = engine(corpus.triples(), shapes)
    tell(2, _STEPS, "places")
    found += [_from_result(corpus, shapes, result) for result in results]
    tell(_STEPS, _STEPS, "places")
    if wanted is not None:
        found = [one for one in found if any(place.file in wanted for place in one.places)]
    counted = [e for e in corpus.entries if wanted is None or e.path in wanted]
    passages = {entry.path: passage_of(entry.graph) for entry in corpus.entries}
    return Report(
        ordered(one._replace(passage=_first_passage(one, passages)) for one in found),
        len(counted),
        sum(len(entry.triples) for entry in counted),
    )


def _first_passage(finding: Finding, passages: dict[Path, str]) -> str:
    return passages.get(finding.places[0].file, "") if finding.places else ""


def _wanted(corpus: Corpus, files: Collection[Path]) -> set[Path]:
    """The files of the graph that are named, or stand in folders that are named."""
    wanted: set[Path] = set()
    known = {entry.path.resolve(): entry.path for entry in corpus.files}
    for file in files:
        named = file.resolve()
        found = {path for real, path in known.items() if real.is_relative_to(named)}
        if not found:
            raise UnusableInput(
                "this is no file of the graph, and no folder with such files",
                file=file,
                hint="Name files or folders of data/ or ontology/, or none to see all findings.",
            )
        wanted |= found
    return wanted


def _from_result(corpus: Corpus, shapes: Shapes, result: Result) -> Finding:
    """A result in the reader's words, with its places."""
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
    rule, cause = (
        _without_iris(corpus, fill(text, filled))
        for text in shapes.message((result.constraint, result.shape), result.messages)
    )
    return Finding(
        rule=shapes.name(result.shape),
        severity=result.severity,
        message=rule,
        cause=cause,
        focus=focus,
        label=corpus.label(focus),
        path=filled["path"],
        value="" if value is None else shown(value),
        places=_places(corpus, result, shapes.steps(path) if path else []),
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
