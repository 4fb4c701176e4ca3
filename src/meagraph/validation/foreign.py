"""Data of others against shapes of others: no graph of ours is needed, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from pyoxigraph import Triple

from meagraph.entries.limits import read_bounded
from meagraph.errors import UnusableInput
from meagraph.validation.corpus import Place
from meagraph.validation.engine import Engine, Stuck, pyshacl_results, shape_at
from meagraph.validation.findings import Finding, Report, ordered, unreadable
from meagraph.validation.pool import Pool
from meagraph.validation.prefixes import Prefixes
from meagraph.validation.references import ShapesGraph
from meagraph.validation.shapes import Shapes
from meagraph.validation.telling import Telling
from meagraph.validation.time_limit import OutOfTime, time_limit
from meagraph.validation.wellformed import endless_lists, mistakes

SECONDS = 60.0
"""How long shapes of others may take, unless more is allowed: some never end."""


def validate_foreign(
    shapes: Sequence[Path],
    data: Sequence[Path],
    seconds: float | None = SECONDS,
    engine: Engine | None = None,
) -> Report:
    """Check any data against any shapes.

    Both are read from files in any RDF serialisation. All graphs of all data files are validated
    as one; nothing is inferred, but an instance of a subclass is one of the class, as SHACL has
    it. SHACL and SHACL-SPARQL are checked; what else the shapes hold is named in a note.

    Args:
        shapes: files and folders with shapes.
        data: files and folders with data.
        seconds: how long it may take; without limit if ``None``.
        engine: what validates; pySHACL without its extensions if ``None``.

    Returns:
        The findings. Where files cannot be read, or shapes are not well formed, these alone.

    Raises:
        UnusableInput: there is no such file, its name tells no format, no shape applies to
            anything, a shape is too much for the engine, or the time is over.
    """
    begun: list[Telling] = []
    try:
        with time_limit(seconds):
            return _validated(shapes, data, engine, begun)
    except OutOfTime as stopped:
        at = shape_at(stopped)
        said = f"validation was stopped after {seconds:g} s"
        hint = "More time is given by --timeout."
        if at and begun:
            said += f" while {begun[0].rule_name(at)} was checked"
            hint = f"A pattern or a query in it may never end. {hint}"
            raise _at(begun[0].shape_places(at), said, hint) from None
        raise UnusableInput(said, hint=hint) from None


def _validated(
    shapes: Sequence[Path], data: Sequence[Path], engine: Engine | None, begun: list[Telling]
) -> Report:
    taken: set[str] = set()
    subject, rules = Pool(data, taken), Pool(shapes, taken)
    unusable = [*subject.mistakes, *rules.mistakes]
    unusable += [
        _endless(pool, triple)
        for pool in (subject, rules)
        for triple in endless_lists(pool.triples)
    ]
    if unusable:
        return _unusable(map(unreadable, unusable), (subject, rules))
    prefixes = Prefixes(file.prefixes for pool in (rules, subject) for file in pool.files)
    asked = Shapes(rules.triples, prefixes.short)
    telling = Telling(subject, rules, asked, prefixes)
    begun.append(telling)
    broken = [
        telling.broken(mistake.triple, mistake.message, mistake.hint)
        for mistake in mistakes(rules.triples)
    ]
    if broken:
        return _unusable(broken, (subject, rules))
    if not ShapesGraph(rules.triples).aims():
        raise UnusableInput(
            "no shape says what it applies to",
            file=shapes[0],
            hint="Are --shapes and --data the right way round? A shape has sh:targetClass, say.",
        )
    try:
        results = (engine or _without_extensions)(subject.triples, asked)
    except Stuck as stuck:
        places = telling.shape_places(stuck.shape) if stuck.shape else ()
        raise _at(places, stuck.message, stuck.hint) from None
    return _report(ordered(telling.findings(results)), telling, (subject, rules))


def _endless(pool: Pool, triple: Triple) -> UnusableInput:
    said = "a list returns to itself and never ends"
    return _at(pool.places([triple]), said, "The last rdf:rest of a list is rdf:nil.")


def _at(places: Sequence[Place], message: str, hint: str | None) -> UnusableInput:
    """The exception for something wrong at the first of some places, if there is any."""
    file, line, column = places[0] if places else (None, None, None)
    return UnusableInput(message, file=file, line=line, column=column, hint=hint)


def _unusable(found: Iterable[Finding], pools: tuple[Pool, Pool]) -> Report:
    """What cannot be used, and nothing else: nothing can be said without it."""
    findings = ordered(found)
    files = {place.file for one in findings for place in one.places}
    texts = {file.path: file.text for pool in pools for file in pool.files if file.path in files}
    for path in files - set(texts):
        texts[path] = _as_it_is(path)
    return Report(findings, len(files), 0, texts, unreadable=len(files))


def _as_it_is(path: Path) -> str:
    try:
        return read_bounded(path).decode("utf-8-sig", "replace")
    except UnusableInput:
        return ""


_without_extensions = partial(pyshacl_results, advanced=False)


def _report(found: tuple[Finding, ...], telling: Telling, pools: tuple[Pool, Pool]) -> Report:
    data = pools[0].files
    files = {place.file for one in found for place in one.places}
    return Report(
        found,
        len(data),
        sum(len(file.triples) for file in data),
        {file.path: file.text for pool in pools for file in pool.files if file.path in files},
        rules=telling.rules(found),
    )
