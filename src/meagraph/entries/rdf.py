"""Files of others in any RDF serialisation, read as one set of triples each.

Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD, told apart by the ends of their names. The
graphs of a dataset are read as one. Nothing that a file names is fetched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, Triple

from meagraph.entries.files import decoded
from meagraph.entries.limits import Syntax, read_bounded, refuse_deep
from meagraph.entries.mistakes import syntax_mistake
from meagraph.errors import UnusableInput

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".xml": RdfFormat.RDF_XML,
    ".json": RdfFormat.JSON_LD,
}
"""What the end of a file's name tells of its format; ``.owl`` may be Turtle as well."""
_ONLY_NAMED = (".xml", ".json")
"""Ends that many other files have: in a folder, such files are passed over."""
_SYNTAX: dict[RdfFormat, Syntax] = {RdfFormat.RDF_XML: "xml", RdfFormat.JSON_LD: "json"}
_MADE_UP = re.compile(r"[0-9a-f]{25,32}")
"""The labels that the parser gives to blank nodes without one; they differ from call to call."""
_XMLNS = re.compile(r"""\bxmlns:([\w.-]+)\s*=\s*["']([^"'<&]+)["']""")


class RdfFile(NamedTuple):
    """One file.

    ``path`` is the file as it was named, ``text`` what it holds, ``base`` the IRI that relative
    ones were resolved against, ``triples`` each triple once, in the order of the file;
    ``prefixes`` those that it declares; ``labels`` the label that the parser gave to each of its
    blank nodes.
    """

    path: Path
    text: str
    format: RdfFormat
    base: str
    triples: tuple[Triple, ...]
    prefixes: Mapping[str, str]
    labels: Mapping[BlankNode, BlankNode]


def rdf_files(named: Iterable[Path]) -> list[Path]:
    """The files that are named, and those in folders that are named, each once.

    Raises:
        UnusableInput: there is no such file or folder; a folder holds no RDF file; the end of a
            file's name tells no format.
    """
    found: dict[Path, Path] = {}
    for path in named:
        files = list(_within(path)) if path.is_dir() else [path]
        if not files:
            raise UnusableInput(
                "the folder holds no RDF file",
                file=path,
                hint=f"RDF files end in {_listed(end for end in FORMATS if _tells(end))}.",
            )
        for file in files:
            if file.suffix.lower() not in FORMATS:
                raise UnusableInput(
                    "the end of its name tells no RDF format",
                    file=file,
                    hint=f"Rename it: {_listed(FORMATS)} are known.",
                )
            found.setdefault(file.absolute(), file)
    return list(found.values())


def _within(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if _tells(Path(name).suffix.lower()) and not name.startswith("."):
                yield Path(here) / name


def _tells(end: str) -> bool:
    return end in FORMATS and end not in _ONLY_NAMED


def _listed(ends: Iterable[str]) -> str:
    *most, last = ends
    return f"{', '.join(most)} and {last}"


def read_rdf(path: Path, taken: set[str]) -> RdfFile:
    """Read a file.

    Args:
        path: the file; the end of its name tells the format.
        taken: the labels of blank nodes in the files read before, which this file must not share;
            its own are added.

    Raises:
        UnusableInput: it cannot be read, is too large, nested too deep, not UTF-8 or not of its
            format; it is RDF/XML with a DOCTYPE, or JSON-LD with a context elsewhere; it holds
            triples about triples or other things that are newer than RDF 1.1.
    """
    text = decoded(path, read_bounded(path))
    form = FORMATS[path.suffix.lower()]
    if path.suffix.lower() == ".owl" and not text.lstrip().startswith("<"):
        form = RdfFormat.TURTLE
    elif path.suffix.lower() == ".owl" and re.match(r"\s*<[^\s>]*>\s", text):
        form = RdfFormat.TURTLE  # it begins with an IRI, not with an element
    refuse_deep(path, text, _SYNTAX.get(form, "turtle"))
    base = path.absolute().as_uri()
    if form == RdfFormat.RDF_XML:
        from meagraph.entries.rdfxml import refuse_doctype

        refuse_doctype(path, text)
    elif form == RdfFormat.JSON_LD:
        from meagraph.entries.jsonld import refuse_remote_contexts

        refuse_remote_contexts(path, text)
    try:
        parser = pyoxigraph.parse(text.encode(), form, base_iri=base)
        labelling = _Labelling(taken)
        triples = tuple(dict.fromkeys(labelling.renamed(quad) for quad in parser))
    except SyntaxError as error:
        raise _not_readable(error, path, text, form) from None
    except _Newer as newer:
        raise UnusableInput(
            f"it holds what only RDF 1.2 has: {newer}",
            file=path,
            hint="Shapes speak of RDF 1.1: leave such statements out.",
        ) from None
    prefixes = _XMLNS.findall(text) if form == RdfFormat.RDF_XML else parser.prefixes
    return RdfFile(path, text, form, base, triples, dict(prefixes), labelling.given)


def _not_readable(error: SyntaxError, path: Path, text: str, form: RdfFormat) -> UnusableInput:
    if error.lineno is None:
        from meagraph.entries.rdfxml import first_fault

        fault = first_fault(text) if form == RdfFormat.RDF_XML else None
        said, (line, column) = fault or (error.msg, (1, 1))
        return UnusableInput(
            f"the file is not {form.name}: {said}",
            file=path,
            line=line,
            column=column,
            hint="Correct it, or correct the end of its name.",
        )
    return syntax_mistake(error, path, text, "", form.name)


class _Newer(Exception):
    """A term that RDF 1.1 does not have."""


class _Labelling:
    """Gives blank nodes labels that are the same at every call, and that no other file has."""

    def __init__(self, taken: set[str]) -> None:
        self.given: dict[BlankNode, BlankNode] = {}
        self._taken = taken
        self._new: dict[BlankNode, BlankNode] = {}

    def renamed(self, quad: Quad) -> Triple:
        subject, value = quad.subject, quad.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            raise _Newer("a triple stands in the place of a node")
        if isinstance(value, Literal) and value.direction is not None:
            raise _Newer(f"a string with a direction, {value}")
        return Triple(
            self._label(subject) if isinstance(subject, BlankNode) else subject,
            quad.predicate,
            self._label(value) if isinstance(value, BlankNode) else value,
        )

    def _label(self, node: BlankNode) -> BlankNode:
        if node not in self._new:
            made_up = _MADE_UP.fullmatch(node.value)
            number = len(self._taken) + 1
            label = f"b{number}" if made_up else node.value
            while label in self._taken:
                number += 1
                label = f"b{number}" if made_up else f"{node.value}-{number}"
            self._taken.add(label)
            self._new[node] = BlankNode(label)
            self.given[self._new[node]] = node
        return self._new[node]
