"""Names that nothing defines: terms, concepts and entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from meagraph.entries.paths import DATASET
from meagraph.namespaces import BASE, CONCEPTS, KINDS, ONTOLOGY, compact
from meagraph.validation.corpus import TYPE, Corpus, data_iris, iri
from meagraph.validation.findings import Finding, finding

_SUGGESTED = 3
"""How many near names are suggested."""
_ALIKE = 0.6
"""The likeness, of 1, from which a name is suggested."""
_VOCABULARY = (ONTOLOGY, CONCEPTS)
_ENTITIES = (*KINDS, "readings", "identifiers")
_OF_THE_DATASET = BASE + DATASET.removesuffix(".ttl") + "#"
_NO_ENTITIES = ("ontology", "concepts", "shapes", "graphs")
"""What else begins IRIs of ours."""


def undefined(corpus: Corpus) -> Iterator[Finding]:
    """Every name of ours is defined.

    They are the terms of the ontology and the concepts that the ontology's files do not define,
    and the entities, claims and passages that no file gives a type.
    """
    yield from _unknown_terms(corpus)
    yield from _unknown_things(corpus)


def _unknown_terms(corpus: Corpus) -> Iterator[Finding]:
    defined = {
        iri(triple.subject)
        for entry in corpus.vocabulary
        for triple in entry.triples
        if triple.predicate.value == TYPE
    }
    for entry in corpus.files:
        for name in data_iris(entry):
            if corpus.is_deprecated(name):
                continue  # the rule on names that were given up says what became of it
            if name.startswith(_VOCABULARY) and name not in defined:
                what = "term of the ontology" if name.startswith(ONTOLOGY) else "concept"
                yield finding(
                    corpus,
                    "Name-defined",
                    name,
                    f"{compact(name)} is not a {what}",
                    "",
                    _advice(near(name, defined), "Define it in ontology/, or use another."),
                    [corpus.mention(entry, name)],
                )


def _unknown_things(corpus: Corpus) -> Iterator[Finding]:
    for entry in corpus.statements:
        for name in data_iris(entry):
            if is_entity(name) and name not in corpus.typed:
                yield finding(
                    corpus,
                    "Name-defined",
                    name,
                    f"{compact(name)} is used, and no file says what it is",
                    "",
                    _advice(near(name, corpus.typed), _remedy(name)),
                    [corpus.mention(entry, name)],
                )


def _advice(suggested: list[str], remedy: str) -> str:
    names = [compact(name) for name in suggested]
    return f"Did you mean {' or '.join(names)}? {remedy}" if names else remedy


def _remedy(name: str) -> str:
    path, mark, _ = name.removeprefix(BASE).partition("#")
    if mark:
        return f"Describe it with its type in data/{path}.ttl."
    folder, _, rest = path.partition("/")
    if folder == "documents" and "/" in rest:
        return f"List it in data/documents/{rest.partition('/')[0]}/index.ttl."
    return f"Add its record, data/{path}.ttl."


def near(name: str, defined: Iterable[str]) -> list[str]:
    """The names most like one, the most alike first.

    Only names of the same sort are compared: those in the same namespace, else for a record those
    of all kinds.

    Args:
        name: an IRI.
        defined: IRIs to choose from.
    """
    from difflib import get_close_matches

    namespace, local = _split(name)
    same: dict[str, str] = {}
    other: dict[str, list[str]] = {}
    for candidate in sorted(defined):
        there, word = _split(candidate)
        if there == namespace:
            same[word] = candidate
        elif is_record(candidate) and is_record(name):
            other.setdefault(word, []).append(candidate)
    found = get_close_matches(local, same, n=_SUGGESTED, cutoff=_ALIKE)
    if found:
        return [same[word] for word in found]
    words = get_close_matches(local, other, n=_SUGGESTED, cutoff=_ALIKE)
    return [candidate for word in words for candidate in other[word]][:_SUGGESTED]


def _split(name: str) -> tuple[str, str]:
    """The namespace of an IRI and what follows; all passages of a document share one."""
    if "#" not in name and name.startswith(f"{BASE}documents/"):
        document, _, passage = name.removeprefix(f"{BASE}documents/").partition("/")
        if passage:
            return f"{BASE}documents/{document}/", passage
    cut = max(name.rfind("#"), name.rfind("/")) + 1
    return name[:cut], name[cut:]


def is_entity(name: str) -> bool:
    """Whether an IRI is one that an entity, a claim, a passage or a file of ours may have."""
    if not name.startswith(BASE):
        return False
    if name.startswith(_OF_THE_DATASET):
        return True
    segments = name.removeprefix(BASE).partition("#")[0].split("/")
    if segments[0] not in _ENTITIES or len(segments) < 2 or not all(segments):
        return False
    return len(segments) == 2 or segments[0] not in KINDS or segments[0] == "documents"


def is_record(name: str) -> bool:
    """Whether an IRI is that of an entity with a record."""
    if not is_entity(name) or "#" in name:
        return False
    folder, *rest = name.removeprefix(BASE).split("/")
    return folder in KINDS and len(rest) == 1


def is_stray(name: str) -> bool:
    """Whether an IRI begins as ours do and is none that the graph has a place for."""
    if not name.startswith(BASE) or is_entity(name):
        return False
    first = name.removeprefix(BASE).partition("#")[0].partition("/")[0]
    return first not in _NO_ENTITIES
