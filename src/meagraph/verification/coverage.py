"""What passages name and no entry carries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from meagraph.entries import Entry, graph_kind, read_entries
from meagraph.namespaces import BASE, ONTOLOGY
from meagraph.project import Project
from meagraph.sources import Passage, comparable
from meagraph.verification.allowances import Allowance, read_allowances, refuse_strangers
from meagraph.verification.candidates import (
    Candidate,
    candidates,
    is_ordinal,
    number_value,
    ordinary_words,
)
from meagraph.verification.forms import LITERAL_FORMS
from meagraph.verification.indexes import IndexedDocument, document_slug, read_indexes

_FORMS = {ONTOLOGY + name for name in LITERAL_FORMS}
_ORDINAL = ONTOLOGY + "ordinal"
_COUNTS = {ONTOLOGY + name for name in ("value", "statedCount", "times")}
_AND = re.compile(r" and (?:(?:of |to )?the )?")
_AROUND = 35
"""Signs of context on each side, at most."""


class Gap(NamedTuple):
    """Something that a passage names and its entries do not carry.

    ``kind`` is name, symbol, decision, date, number or address; ``text`` is as printed, with plain
    quotes and dashes; ``context`` is the words around its first place.
    """

    document: str
    passage: str
    kind: str
    text: str
    context: str


class Coverage(NamedTuple):
    """What was found.

    ``bare`` are passages that name something and have no entry at all, as document and label;
    ``stale`` are allowances for what is not there, or not missing any more; ``unread`` are the
    documents whose text is not at hand; ``passages`` counts those that were compared.
    """

    gaps: list[Gap]
    bare: list[tuple[str, str]]
    stale: list[Allowance]
    unread: list[str]
    passages: int


class _Carried(NamedTuple):
    """What the entries of one passage carry."""

    forms: set[str]
    ordinals: set[Decimal]
    counts: set[Decimal]


_NOTHING = _Carried(set(), set(), set())


def coverage(
    project: Project,
    folder: Path,
    wanted: Callable[[str, str], bool] | None = None,
    every: bool = False,
) -> Coverage:
    """Compare what the passages name with what their entries carry.

    A thing is carried where it stands within a literal form of the passage's stated or read graph,
    a number also as the value of a node there. Headings name what the passages below them speak
    of: without an entry they are no gap.

    Args:
        project: the graph's files; what ``coverage/`` allows is left out.
        folder: where the source documents are.
        wanted: tells of a document's slug and a passage's label whether to compare it; all if
            ``None``.
        every: list what is named in passages that have no entry, too.

    Raises:
        UnusableInput: an entry, a source document or an allowance cannot be read.
    """
    entries = read_entries(project.data)
    carried = _carried(entries)
    result = Coverage([], [], [], [], 0)
    documents = list(read_indexes(entries, folder))
    refuse_strangers(project.coverage, {document.slug for document in documents})
    for document in documents:
        if document.source is None:
            result.unread.append(document.slug)
            continue
        allowed = read_allowances(project.coverage, document.slug)
        found = _compare(document, carried, allowed, wanted, every)
        result = Coverage(
            result.gaps + found.gaps,
            result.bare + found.bare,
            result.stale + found.stale,
            result.unread,
            result.passages + found.passages,
        )
    return result


def _compare(
    document: IndexedDocument,
    carried: dict[str, _Carried],
    allowed: list[Allowance],
    wanted: Callable[[str, str], bool] | None,
    every: bool,
) -> Coverage:
    assert document.source is not None
    slug, passages = document.slug, document.source.passages
    ordinary = ordinary_words(comparable(passage.text) for passage in passages)
    chosen = [p for p in passages if wanted is None or wanted(slug, p.label)]
    gaps: list[Gap] = []
    bare = []
    stale = [] if wanted else [a for a in allowed if a.passage not in {p.label for p in passages}]
    for passage in chosen:
        entry = carried.get(f"{slug}/{passage.label}")
        open_ = _gaps(slug, passage, entry or _NOTHING, ordinary)
        here = [a for a in allowed if a.passage == passage.label]
        needs_none = any(not a.text for a in here)
        is_bare = entry is None and bool(open_)
        stale += [a for a in here if not _still_needed(a, open_, is_bare)]
        if is_bare and passage.kind != "heading" and not needs_none:
            bare.append((slug, passage.label))
        if entry is not None or (every and not needs_none):
            texts = {a.text for a in here}
            gaps += [gap for gap in open_ if gap.text not in texts]
    return Coverage(gaps, bare, stale, [], len(chosen))


def _still_needed(allowance: Allowance, gaps: list[Gap], is_bare: bool) -> bool:
    if not allowance.text:
        return is_bare
    return any(gap.text == allowance.text for gap in gaps)


def _carried(entries: Iterable[Entry]) -> dict[str, _Carried]:
    """What the stated and read graphs of each passage carry, by document and label."""
    found: dict[str, _Carried] = defaultdict(lambda: _Carried(set(), set(), set()))
    for entry in entries:
        if graph_kind(entry.graph) == "supplied" or not document_slug(entry.graph):
            continue
        here = found[entry.graph.removeprefix(BASE).partition("/")[2]]
        for triple in entry.triples:
            if isinstance(triple.object, pyoxigraph.Literal):
                _take(here, triple.predicate.value, triple.object.value)
    return dict(found)


def _take(carried: _Carried, predicate: str, value: str) -> None:
    if predicate in _FORMS:
        carried.forms.add(comparable(value))
    elif predicate == _ORDINAL or predicate in _COUNTS:
        with suppress(InvalidOperation):  # what is no number is the shapes' business
            (carried.ordinals if predicate == _ORDINAL else carried.counts).add(Decimal(value))


def _gaps(slug: str, passage: Passage, carried: _Carried, ordinary: Collection[str]) -> list[Gap]:
    """What one passage names beyond what is carried, each text once."""
    text = comparable(passage.text)
    spans = [span for form in carried.forms for span in _places(form, text)]
    found: dict[tuple[str, str], Gap] = {}
    for candidate in candidates(text, ordinary):
        for start, end in _uncarried(candidate, text, spans, carried):
            key = (candidate.kind, text[start:end])
            found.setdefault(key, Gap(slug, passage.label, *key, _context(text, start, end)))
    return list(found.values())


def _uncarried(
    candidate: Candidate, text: str, spans: list[tuple[int, int]], carried: _Carried
) -> Iterator[tuple[int, int]]:
    """The spans of a candidate that no form carries: it whole, or of a name some words."""
    if candidate.kind == "number":
        values = carried.ordinals if is_ordinal(candidate.text) else carried.counts
        if number_value(candidate.text) in values:
            return
    missing: list[tuple[int, int]] = []
    for start, end in [*candidate.words, (-1, -1)]:
        if start >= 0 and not any(a <= start and end <= b for a, b in spans):
            missing.append((start, end))
        elif missing:
            span = (missing[0][0], missing[-1][1])
            missing = []
            yield from _unknown(text, span, carried.forms) if candidate.kind == "name" else (span,)


def _unknown(text: str, span: tuple[int, int], forms: Collection[str]) -> Iterator[tuple[int, int]]:
    """What of a name stands in no form: short names of what is carried are carried.

    “And” joins two names or stands within one: where one side is known, the other is told.
    """
    ends = [match.span() for match in _AND.finditer(text, *span)]
    starts = [span[0], *(end for _, end in ends)]
    parts = list(zip(starts, [*(start for start, _ in ends), span[1]], strict=True))
    unknown = [
        part for part in parts if not any(_places(text[slice(*part)], form) for form in forms)
    ]
    yield from [span] if unknown == parts else unknown


def _places(form: str, text: str) -> list[tuple[int, int]]:
    """Where a form stands in a text, in whole words."""
    if not form:
        return []
    before = r"(?<![^\W_])" if form[0].isalnum() else ""
    after = r"(?![^\W_])" if form[-1].isalnum() else ""
    return [match.span() for match in re.finditer(before + re.escape(form) + after, text)]


def _context(text: str, start: int, end: int) -> str:
    """The words around a place."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = text[first:start], text[end:last]
    if first:
        before = "…" + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + "…"
    return f"{before}{text[start:end]}{after}"
