"""The graph of a passage against its text: each quoted form must stand there, in whole words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import pyoxigraph

from meagraph.entries import Entry, locate
from meagraph.namespaces import BASE, ONTOLOGY
from meagraph.sources import SourceDocument, comparable
from meagraph.verification.faults import Fault, Verification
from meagraph.verification.indexes import IndexedDocument, document_slug, subject_iri

LITERAL_FORMS = ("statedAs", "whenAsStated", "definesAs", "asWritten")
"""The properties whose values are quoted from a passage, without their namespace."""

MOST_WORDS = 12
"""How long a quoted form may be that is not a name or a title."""

_FORMS = {ONTOLOGY + name: f"mea:{name}" for name in LITERAL_FORMS}
_STATED_AS = ONTOLOGY + "statedAs"
_STATUS = ONTOLOGY + "status"


def examine_passage_graph(
    entry: Entry, document: IndexedDocument | None, labels: Collection[str] | None
) -> Verification:
    """Check the graph of one passage, or what is read of a whole document."""
    slug = document_slug(entry.graph)
    label = entry.graph.removeprefix(BASE).partition("/")[2].partition("/")[2]
    if labels is not None and label not in labels:
        return Verification([], 0, 0)
    if document is None:
        message = f"there is no document {slug}: documents/{slug}/index.ttl is missing"
        hint = "Correct the file's path, or write the document's index."
        return Verification([Fault(entry.path, None, label, message, hint)], 0, 0)
    faults = list(_status_faults(entry, label))
    passages = document.source.passages if document.source else ()
    known = {passage.label for passage in passages} or {
        iri.removeprefix(f"{document.listing.graph}/") for iri in document.listed
    }
    if label and label not in known:
        faults.insert(0, Fault(entry.path, None, label, *_no_passage(slug, label, known)))
        return Verification(faults, 0, 0)
    if document.source is None:
        return Verification(faults, 0, 0)
    quoted = list(_quoted(entry))
    text = " ".join(comparable(p.text) for p in passages if not label or p.label == label)
    for triple, form in quoted:
        faults += _form_faults(entry, triple, form, label, text, document.source)
    return Verification(faults, 0, len(quoted))


def _no_passage(slug: str, label: str, known: Iterable[str]) -> tuple[str, str]:
    from difflib import get_close_matches

    near = get_close_matches(label, sorted(known), n=3, cutoff=0.5)
    hint = f"Near labels: {', '.join(near)}." if near else "meagraph paragraphs lists the labels."
    return f"the path names {label}, and {slug} has no such passage", hint


def _status_faults(entry: Entry, label: str) -> Iterator[Fault]:
    statuses: dict[str, list[pyoxigraph.Triple]] = defaultdict(list)
    for triple in entry.triples:
        if triple.predicate.value == _STATUS:
            statuses[subject_iri(triple)].append(triple)
    for node, triples in statuses.items():
        if len(triples) > 1:
            place = locate(entry).triple(triples[1])
            yield Fault(
                entry.path,
                place[0] if place else None,
                label,
                f"{node.removeprefix(BASE)} has {len(triples)} values of mea:status in one passage",
                "Keep one, or make two claims of it if the passage says two things.",
            )


def _quoted(entry: Entry) -> Iterator[tuple[pyoxigraph.Triple, str]]:
    for triple in entry.triples:
        if triple.predicate.value in _FORMS and isinstance(triple.object, pyoxigraph.Literal):
            yield triple, triple.object.value


def _form_faults(
    entry: Entry,
    triple: pyoxigraph.Triple,
    form: str,
    label: str,
    text: str,
    source: SourceDocument,
) -> Iterator[Fault]:
    name = _FORMS[triple.predicate.value]
    sought = comparable(form)
    where = label or source.slug
    severity = "fault"
    starts = [match.start() for match in re.finditer(re.escape(sought), text)]
    if not sought:
        message, hint = f"{name} is empty", "Quote the words of the passage, or leave it out."
    elif not starts:
        message = f"{name} “{form}” does not stand in {where}"
        hint = _where_else(sought, text, label, source)
    elif all(_cuts_a_word(text, start, start + len(sought)) for start in starts):
        message = f"{name} “{form}” stands in {where} only as a part of a longer word"
        hint = "Quote whole words."
    elif _is_too_long(triple, sought, text, starts):
        message = f"{name} “{form}” has {len(sought.split())} words and is no name or title"
        hint = f"Quote the shortest span that carries the value, at most {MOST_WORDS} words."
        severity = "warning"
    else:
        return
    place = locate(entry).triple(triple)
    yield Fault(entry.path, place[0] if place else None, label, message, hint, severity)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start].isalnum() and text[start].isalnum()
    after = text[end : end + 1].isalnum() and text[end - 1].isalnum()
    return before or after


def _is_too_long(triple: pyoxigraph.Triple, form: str, text: str, starts: list[int]) -> bool:
    """Whether a form is longer than allowed and is no name or title, which are quoted whole.

    A name or a title is said of a thing that has a record, begins with a capital letter, or
    stands in quotation marks.
    """
    if triple.predicate.value != _STATED_AS or len(form.split()) <= MOST_WORDS:
        return False
    if "#" not in subject_iri(triple) or form[0].isupper() or form[0] in "\"'":
        return False
    return not any(text[start - 1 : start] in ('"', "'") for start in starts if start)


def _where_else(form: str, text: str, label: str, source: SourceDocument) -> str:
    at = text.casefold().find(form.casefold())
    if at >= 0:
        return f"It is printed there as “{text[at : at + len(form)]}”."
    others = [p.label for p in source.passages if form in comparable(p.text)]
    if others:
        return f"It stands in {', '.join(others[:3])}: move the statement there."
    command = f"meagraph paragraphs {source.path}" + (f" --paragraph {label}" if label else "")
    return f"Quote the words as printed; {command} shows them."
