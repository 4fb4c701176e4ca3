"""A draft as it was sent: which entries it holds, and where in it what is found stands.

Turtle is read as a file of the graph is. In the other forms each named graph is an entry; it is
judged as Turtle with one statement a line, and each place found there is led back to the text.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Triple

from meagraph.drafts.documents import entry_of_document
from meagraph.entries.arrival import Arrival, Illegible, arrival, read_arrivals
from meagraph.entries.files import decoded
from meagraph.entries.jsonld import refuse_remote_contexts
from meagraph.entries.limits import refuse_deep
from meagraph.entries.mistakes import syntax_mistake
from meagraph.entries.paths import graph_iri
from meagraph.entries.rdf import RdfFile
from meagraph.entries.selection import STANDARD_INPUT
from meagraph.entries.whereabouts import whereabouts
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.validation import Place
from meagraph.validation.findings import ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.drafts.documents import Own
    from meagraph.entries.whereabouts import Whereabouts
    from meagraph.validation import Report

FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
}
"""The media types that a draft may have."""

_NAME = f"Name it by the IRI of the file that it would be: {BASE}documents/DOCUMENT/PASSAGE"

_Graph = NamedNode | BlankNode | DefaultGraph


class Draft(NamedTuple):
    """What was sent, read.

    Args:
        arrivals: its entries.
        illegible: why it cannot be used, where it cannot.
        placed: leads the places of a report back to the text as it was sent.
    """

    arrivals: Sequence[Arrival]
    illegible: Sequence[Illegible]
    placed: Callable[[Report], Report]


def read_draft(
    raw: bytes,
    media: str,
    path_under_data: str | None,
    data: Path,
    own: Own | None = None,
    name: Path = STANDARD_INPUT,
) -> Draft:
    """Read a draft.

    Args:
        raw: its bytes.
        media: its media type, one of `FORMATS`.
        path_under_data: where it would stand under ``data/``, where that has been said.
        data: the folder ``data/``.
        own: what our context is, where JSON-LD may name it.
        name: what messages call it.

    Raises:
        UnusableInput: ``path_under_data`` is no path that an entry can have.
    """
    form = FORMATS[media]
    if form == RdfFormat.TURTLE:
        return _plain(raw, path_under_data, data)
    base = BASE if path_under_data is None else graph_iri(path_under_data.removeprefix("data/"))
    text = raw.decode("utf-8-sig", "replace")
    try:
        text = decoded(name, raw)
        file, graphs = _parsed(name, text, form, base, own)
        if form == RdfFormat.N_TRIPLES:
            return _plain(raw, path_under_data, data)
        if form == RdfFormat.JSON_LD and own:
            graphs = entry_of_document(file, graphs, own, path_under_data)
        _refuse_mixed(name, graphs, path_under_data)
    except UnusableInput as mistake:
        return Draft([], [Illegible(mistake, text)], lambda report: report)
    return _converted(file, graphs, path_under_data, data)


def _plain(raw: bytes, path_under_data: str | None, data: Path) -> Draft:
    usable, illegible = read_arrivals([STANDARD_INPUT], data, path_under_data, BytesIO(raw))
    return Draft(usable, illegible, lambda report: report)


def _parsed(
    name: Path, text: str, form: RdfFormat, base: str, own: Own | None
) -> tuple[RdfFile, dict[_Graph, list[Triple]]]:
    """The text as one file, and the triples of each of its graphs."""
    refuse_deep(name, text, "json" if form == RdfFormat.JSON_LD else "turtle")
    if not text.strip():
        raise UnusableInput("the draft is empty", file=name, hint="Was it sent whole?")
    whole = text
    if form == RdfFormat.JSON_LD:
        refuse_remote_contexts(name, text, own.addresses if own else ())
        whole = own.resolved(name, text) if own else text
    graphs: dict[_Graph, dict[Triple, None]] = {}
    nodes: set[BlankNode] = set()
    try:
        parser = pyoxigraph.parse(whole.encode(), form, base_iri=base)
        for quad in parser:
            graphs.setdefault(quad.graph_name, {})[quad.triple] = None
            nodes |= {term for term in quad.triple if isinstance(term, BlankNode)}
    except SyntaxError as error:
        if error.lineno is not None:
            raise syntax_mistake(error, name, text, "", form.name) from None
        raise UnusableInput(
            f"this is no {form.name}: {error.msg[:1].lower()}{error.msg[1:]}",
            file=name,
            hint="Correct it, or say with Content-Type what it is.",
        ) from None
    if not graphs:
        hint = "Terms without an IRI are passed over: does the context define them?"
        raise UnusableInput("the draft states nothing", file=name, hint=hint)
    triples = tuple(dict.fromkeys(triple for graph in graphs.values() for triple in graph))
    same = {node: node for node in nodes}
    file = RdfFile(name, text, form, base, triples, dict(parser.prefixes), same)
    return file, {graph: list(found) for graph, found in graphs.items()}


def _refuse_mixed(
    name: Path, graphs: dict[_Graph, list[Triple]], path_under_data: str | None
) -> None:
    """Stop where it is not plain which statement is to stand in which file."""
    named = [graph for graph in graphs if not isinstance(graph, DefaultGraph)]
    fault = hint = ""
    if named and path_under_data:
        fault, hint = "the draft names its graphs, and a path is named as well", "Name one only."
    elif named and len(named) < len(graphs):
        fault, hint = "some statements stand outside of the graphs", "Put each into one of them."
    elif any(isinstance(graph, BlankNode) for graph in named):
        fault, hint = "a graph has no name", _NAME
    elif foreign := [one for one in named if not str(one.value).startswith(BASE)]:
        fault, hint = f"{foreign[0]} cannot be a graph of data/", _NAME
    if fault:
        raise UnusableInput(fault, file=name, hint=hint)


class _Lines(NamedTuple):
    """One graph as Turtle, a statement a line; ``before`` lines go before the first."""

    text: str
    before: int
    triples: list[Triple]


def _converted(
    file: RdfFile, graphs: dict[_Graph, list[Triple]], path_under_data: str | None, data: Path
) -> Draft:
    where = whereabouts(file)
    written: dict[Path, _Lines] = {}
    usable: list[Arrival] = []
    illegible: list[Illegible] = []
    for number, (graph, triples) in enumerate(graphs.items(), 1):
        path, lines = Path(f"{file.path} <graph {number}>"), _lines(graph, triples, path_under_data)
        written[path] = lines
        try:
            usable.append(arrival(path, lines.text.encode(), data))
        except UnusableInput as mistake:
            line, column = _back(where, lines, mistake.line or 1, mistake.column or 1)
            told = UnusableInput(
                mistake.message, file=file.path, line=line, column=column, hint=mistake.hint
            )
            illegible.append(Illegible(told, file.text))

    def placed(report: Report) -> Report:
        return _placed(report, file, where, written)

    return Draft(usable, illegible, placed)


def _lines(graph: _Graph, triples: list[Triple], path_under_data: str | None) -> _Lines:
    iri = graph.value if isinstance(graph, NamedNode) else ""
    if path_under_data:
        iri = graph_iri(path_under_data.removeprefix("data/"))
    head = [f"PREFIX this: <{iri}#>"] if iri else []
    body = [f"{triple} ." for triple in triples]
    return _Lines("\n".join([*head, *body, ""]), len(head), triples)


def _back(where: Whereabouts, lines: _Lines, line: int, column: int) -> tuple[int, int]:
    """The place in what was sent that a place in its statements stands for."""
    number = line - lines.before - 1
    if not 0 <= number < len(lines.triples):
        return (1, 1)
    triple = lines.triples[number]
    subject = triple.subject
    at_node = where.node(subject) if isinstance(subject, NamedNode | BlankNode) else None
    return (at_node if column == 1 else where.triple(triple)) or at_node or (1, 1)


def _placed(
    report: Report, sent: RdfFile, where: Whereabouts, written: dict[Path, _Lines]
) -> Report:
    """A report whose places are those of the text that was sent."""

    def back(place: Place) -> Place:
        lines = written.get(place.file)
        if lines is None:
            return place
        return Place(sent.path, *_back(where, lines, place.line, place.column))

    found = ordered(
        one._replace(places=tuple(dict.fromkeys(map(back, one.places)))) for one in report.findings
    )
    texts = {file: known for file, known in report.texts.items() if file not in written}
    return report._replace(findings=found, texts={**texts, sent.path: sent.text})
