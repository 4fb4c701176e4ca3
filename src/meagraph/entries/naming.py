"""Which names can be changed, and into which: unused ones of the same kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pyoxigraph import NamedNode, Triple

from meagraph.entries.files import Entry
from meagraph.entries.paths import TOP_FOLDERS, graph_iri
from meagraph.entries.rewriting import Change, rewrite
from meagraph.entries.tombstones import REPLACED_BY, is_tombstone
from meagraph.errors import UnusableInput
from meagraph.namespaces import (
    BASE,
    CONCEPTS,
    KINDS,
    ONTOLOGY,
    RDF,
    SCHEMES,
    compact,
    expand,
)

Sort = Literal["record", "claim", "concept", "class", "property"]
"""What a name is the name of; individuals of the ontology count as properties: both begin small."""

_TYPE = NamedNode(RDF + "type")
_LEGAL = {
    "claim": (r"[a-z0-9][a-z0-9-]*", "small letters, digits and hyphens"),
    "concept": (r"[a-z0-9][a-z0-9-]*", "small letters, digits and hyphens"),
    "class": (r"[A-Z][A-Za-z0-9]*", "letters and digits, beginning with a capital"),
    "property": (r"[a-z][A-Za-z0-9]*", "letters and digits, beginning with a small letter"),
}
"""What the last part of a name may be, and how to say so; the names of records are paths."""


def split(iri: str) -> tuple[str, str]:
    """The namespace of a name and its last part."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def read_name(name: str) -> str:
    """The IRI of ours that a reader wrote: a prefixed name or an IRI, in angle brackets or not.

    Raises:
        UnusableInput: it is neither, or not one of ours.
    """
    wanted = name.strip()
    if wanted.startswith("<") and wanted.endswith(">"):
        wanted = wanted[1:-1]
    iri = wanted if wanted.startswith(BASE) else expand(wanted)
    if iri is None or not iri.startswith(BASE):
        raise UnusableInput(
            f"“{name}” is not a name of the graph",
            hint=f"Write a prefixed name, such as meetings:cbd-cop-16-1, or an IRI under {BASE}",
        )
    return iri


def sort_of(iri: str) -> Sort:
    """What an IRI is the name of.

    Raises:
        UnusableInput: its name is given by something else, and cannot be changed.
    """
    folder, _, rest = iri.removeprefix(BASE).partition("/")
    local = split(iri)[1]
    if iri.startswith(ONTOLOGY) and local:
        return "class" if local[0].isupper() else "property"
    if iri.startswith(CONCEPTS) and rest.count("/") == 1 and rest.partition("/")[0] in SCHEMES:
        return "concept"
    if "#" in rest and folder in TOP_FOLDERS:
        return "claim"
    if folder in KINDS and rest and "/" not in rest:
        return "record"
    raise UnusableInput(
        f"{compact(iri)} is not a name that can be changed",
        hint="Entities with a record, claims, terms of the ontology and concepts can be renamed. "
        "A passage is called as in its document; a scheme or a shape is renamed by hand.",
    )


def refuse_illegal(change: Change) -> None:
    """Stop where the new name is no name, or one of another kind.

    Raises:
        UnusableInput: so.
    """
    sort = sort_of(change.old)
    (namespace, _), (other, local) = split(change.old), split(change.new)
    if change.old == change.new:
        raise UnusableInput(f"{compact(change.old)} is already called so", hint="Give a new name.")
    if namespace != other:
        raise UnusableInput(
            f"{compact(change.new)} would not be of the same kind as {compact(change.old)}",
            hint=f"A name keeps its kind, scheme or passage: begin the new one with {namespace}",
        )
    if sort != "record":
        pattern, words = _LEGAL[sort]
        if not re.fullmatch(pattern, local):
            message = f"a {sort} cannot be called “{local}”"
            raise UnusableInput(message, hint=f"Such names are {words}.")
        return
    try:
        legal = graph_iri(f"{change.new.removeprefix(BASE)}.ttl") == change.new
    except UnusableInput as error:
        raise UnusableInput(error.message, hint=error.hint) from None
    if not legal:
        raise UnusableInput(f"no record can be called “{local}”", hint="Give another name.")


def refuse_unknown(
    old: str,
    entries: Sequence[Entry],
    vocabulary: Sequence[Triple],
    *,
    with_passages: bool = False,
) -> None:
    """Stop where nothing is called by the old name, or something was and is no more.

    Args:
        old: the name.
        entries: the files of ``data/``.
        vocabulary: the triples of the ontology and the concepts.
        with_passages: whether it may be that of a document whose passages are in the graph.

    Raises:
        UnusableInput: so; the nearest names are listed.
    """
    every = [*vocabulary, *(triple for entry in entries for triple in entry.triples)]
    node = NamedNode(old)
    heirs = [t.object for t in every if t.predicate == REPLACED_BY and t.subject == node]
    if heirs:
        names = ", ".join(compact(heir.value) for heir in heirs if isinstance(heir, NamedNode))
        message = f"{compact(old)} was given up before"
        raise UnusableInput(message, hint=f"What replaced it is meant: {names}.")
    if is_tombstone(old, every):
        raise UnusableInput(
            f"{compact(old)} was withdrawn",
            hint="A name that was given up stays so. Give the thing a record under a new name.",
        )
    files = {entry.graph: entry.path for entry in entries}
    if old in files and files[old].stem == "index" and not with_passages:
        raise UnusableInput(
            f"{compact(old)} is a document whose passages are in the graph",
            file=files[old],
            hint="Its name is that of its text, and is part of the name of each passage.",
        )
    typed = {str(t.subject)[1:-1] for t in every if t.predicate == _TYPE}
    if old not in (files if sort_of(old) == "record" else typed):
        raise _unknown(old, typed)


def _unknown(old: str, typed: set[str]) -> UnusableInput:
    from difflib import get_close_matches

    namespace, local = split(old)
    siblings = sorted(split(name)[1] for name in typed if split(name)[0] == namespace)
    near = get_close_matches(local, siblings, n=3, cutoff=0.5)
    likely = " or ".join(compact(namespace + name) for name in near)
    hint = f"Did you mean {likely}?" if near else "meagraph find looks for names."
    return UnusableInput(f"nothing is called {compact(old)}", hint=hint)


def refuse_used(new: str, entries: Sequence[Entry], texts: Mapping[Path, str]) -> None:
    """Stop where the new name is in use, or was: no name is used again.

    Args:
        new: the name.
        entries: the files of ``data/``.
        texts: the text of each file, of all four folders.

    Raises:
        UnusableInput: so, with the file that has the name.
    """
    hint = "A name is never used again, nor for two things. Give another name."
    for entry in entries:
        if entry.graph == new or entry.graph.startswith(new + "/"):
            raise UnusableInput(f"{compact(new)} exists already", file=entry.path, hint=hint)
    for path, text in texts.items():
        if split(new)[1] in text:
            for line in rewrite(text, Change(new, new + "-"), stored=path.suffix == ".rq").lines:
                message = f"{compact(new)} is in use already"
                raise UnusableInput(message, file=path, line=line, hint=hint)
