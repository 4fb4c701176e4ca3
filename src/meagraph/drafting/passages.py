"""Templates of the files that belong to a document: its index, a passage, the claims in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal

from meagraph.drafting.guidance import MARK, words
from meagraph.drafting.kinds import Kind, kind_of
from meagraph.drafting.listing import home, passage_entries
from meagraph.drafting.slugs import Details
from meagraph.drafting.templates import Template, claim, finished, record_lines
from meagraph.drafting.vocabulary import TYPE, Vocabulary
from meagraph.entries import entry_path, graph_iri
from meagraph.errors import UnusableInput
from meagraph.names import find, resolve
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, compact
from meagraph.project import Project
from meagraph.sources import SourceDocument, comparable, find_document, read_document
from meagraph.validation.filling import SLUG
from meagraph.validation.findings import shown
from meagraph.verification.candidates import Candidate, candidates, ordinary_words

_DOCUMENT = ONTOLOGY + "SourceDocument"
_PASSAGE = ONTOLOGY + "Passage"
_EXAMPLE = ONTOLOGY + "CooperationActivity"
_SAME = 90.0
"""How near, of 100, a record's name must be to be taken for what a passage names."""


def claim_graph(vocabulary: Vocabulary, kind: Kind, named: list[str]) -> str:
    """The graph of the file that a claim belongs in.

    Args:
        vocabulary: the terms.
        kind: what is claimed.
        named: the document and the label of the passage, or the document alone for what is said
            of it as a whole; of an external identifier, the name of its registry.

    Raises:
        UnusableInput: none is named, or there is no such document or passage.
    """
    folder = kind.home
    if folder == "identifiers/":
        if len(named) != 1:
            raise UnusableInput("no registry is named", hint="Try: meagraph new KIND REGISTRY")
        return graph_iri(f"{folder}{named[0]}.ttl")
    if not 0 < len(named) < 3:
        raise UnusableInput(
            f"a {kind.label} stands in the file of a passage: name its document and label",
            hint=f"Try: meagraph new {kind.name} DOCUMENT annex-1/14",
        )
    document = find_source(vocabulary, named[0])
    graph = listed_passage(vocabulary, document, named[1]) if len(named) > 1 else document
    return graph.replace(f"{BASE}documents/", BASE + folder, 1)


def find_source(vocabulary: Vocabulary, name: str) -> str:
    """The IRI of the source document that a reader means, by slug, short title or title.

    Raises:
        UnusableInput: there is none.
    """
    known = vocabulary.subjects(TYPE.value, _DOCUMENT)
    iri = f"{BASE}documents/{name}"
    if iri not in known:
        iri = resolve(vocabulary.store, name)
    if iri in known:
        return iri
    raise UnusableInput(
        f"{compact(iri)} is no document whose passages are in the graph",
        hint=f"Those are {', '.join(map(compact, known))}; meagraph new document FILE.txt begins "
        "another.",
    )


def listed_passage(vocabulary: Vocabulary, document: str, label: str) -> str:
    """The IRI of a passage that the index of a document lists.

    Raises:
        UnusableInput: the index does not list it; near labels are named.
    """
    iri = f"{document}/{label}"
    if vocabulary.is_of(iri, (_PASSAGE,)):
        return iri
    from difflib import get_close_matches

    passages = vocabulary.subjects(DCTERMS + "isPartOf", document)
    labels = [text for one in passages for text in vocabulary.texts(one, ONTOLOGY + "label")]
    near = get_close_matches(label, labels, n=3, cutoff=0.5)
    raise UnusableInput(
        f"the index of {compact(document)} lists no passage {label}",
        hint=f"Near labels: {', '.join(near)}." if near else "meagraph paragraphs lists labels.",
    )


def new_passage(
    project: Project, vocabulary: Vocabulary, document: str, label: str, folder: Path | None
) -> Template:
    """The file of a passage: an act to be told, and what the text names.

    Args:
        project: where the files are.
        vocabulary: the terms.
        document: the IRI of the source document.
        label: the passage's label in it.
        folder: the source documents; ``None`` where they are not at hand.

    Raises:
        UnusableInput: the index does not list the passage, the passage has a file already, or its
            text cannot be read.
    """
    graph = listed_passage(vocabulary, document, label)
    path = entry_path(graph, project.data)
    if path.exists():
        raise UnusableInput(
            f"the passage {label} has a file already",
            file=path,
            hint="Edit that file; meagraph new activity DOCUMENT LABEL gives statements for it.",
        )
    lines = claim(vocabulary, _EXAMPLE, SLUG, Details(), [])
    named = list(_named(vocabulary, document, label, folder))
    lines += ["", *named] if named else []
    passage = Kind(
        "passage", _PASSAGE, vocabulary.label(_PASSAGE), vocabulary.definition(_PASSAGE), ""
    )
    return finished(project, passage, graph, graph, (), lines)


def _named(vocabulary: Vocabulary, document: str, label: str, folder: Path | None) -> Iterator[str]:
    """What the text of a passage names, each with the record that it may be."""
    path = find_document(folder, document.rsplit("/", 1)[-1]) if folder else None
    if path is None:
        yield from words(
            "What the passage names is listed here where its text is at hand: name the folder of "
            "the source documents with --source or MEAGRAPH_SOURCES."
        )
        return
    source = read_document(path)
    found = {each.text: each for each in _candidates(source, label)}
    if found:
        yield from words("What the passage names, and what is recorded so:")
    for text, each in found.items():
        matches = find(vocabulary.store, text, limit=1, least=_SAME) if each.kind in _THINGS else []
        for match in matches:
            yield from words(f"{each.kind}: {text}, which may be {compact(match.iri)}")
            yield f"{MARK} {compact(match.iri)} mea:statedAs {shown(Literal(text))} ."
        if not matches:
            yield from words(f"{each.kind}: {text}{_ADVICE.get(each.kind, '')}")


_THINGS = ("name", "symbol", "decision")
_ADVICE = {
    "name": ", of which no record is found",
    "symbol": ", of which no record is found",
    "decision": ", of which no record is found",
    "date": " (mea:whenAsStated)",
}


def _candidates(source: SourceDocument, label: str) -> list[Candidate]:
    ordinary = ordinary_words(comparable(passage.text) for passage in source.passages)
    return candidates(comparable(source.passage(label).text), ordinary)


def new_index(project: Project, vocabulary: Vocabulary, file: Path) -> Template:
    """The index of a source document that is new to the graph.

    Args:
        project: where the files are.
        vocabulary: the terms.
        file: the document's text; its name without its ending is the slug.

    Raises:
        UnusableInput: the text cannot be read, its name cannot be part of an IRI, or the graph has
            a document of this name.
    """
    document = read_document(file)
    graph = graph_iri(f"documents/{document.slug}/index.ttl")
    path = entry_path(graph, project.data)
    if path.exists():
        raise UnusableInput(
            f"{compact(graph)} exists already",
            file=path,
            hint="Compare with meagraph paragraphs --format turtle, or rename the text.",
        )
    kind = kind_of(vocabulary, _DOCUMENT)
    if kind is None:
        raise UnusableInput("the ontology has no mea:SourceDocument", hint="Restore it.")
    given = {ONTOLOGY + "sha256": shown(Literal(document.sha256))}
    lines = record_lines(vocabulary, _DOCUMENT, compact(home(document)), given)
    for entry in passage_entries(document):
        lines += ["", *entry.split("\n")]
    template = finished(project, kind, graph, graph, (), lines)
    where = f"documents/{document.slug}/index.ttl"
    return template._replace(path=where, text=template.text.replace(template.path, where))
