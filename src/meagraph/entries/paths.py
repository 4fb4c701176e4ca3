"""The path of a data file and the IRI of its graph: each is told from the other.

``data/<p>.ttl`` is the graph ``https://w3id.org/meagraph/<p>``, a file named ``index.ttl`` is the
graph of its folder, and the first folder says what kind of statement the graph may hold.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, KINDS

GraphKind = Literal["stated", "supplied", "read"]

REGISTER = "register.ttl"
"""What is said of our files, not of the world."""

DATASET = "dataset.ttl"
"""What is said of the data as a whole: title, creator, licence, version."""

TOP_FILES = (DATASET, REGISTER)
"""The files that stand directly under ``data/``."""

TOP_FOLDERS = (*KINDS, "readings", "identifiers")
"""The folders that ``data/`` may have: one for each kind of record, and two more."""

_SEGMENT = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9-])?")
_SUFFIX = ".ttl"


def graph_iri(relative_path: str | PurePath) -> str:
    """The IRI of the graph that a data file holds.

    Args:
        relative_path: the file's path under ``data/``, such as ``meetings/cbd-cop-16-1.ttl``.

    Raises:
        UnusableInput: the path gives no IRI that can be written as a prefixed name, or its first
            folder is none of ours.

    >>> graph_iri("documents/minamata-cop6/index.ttl")
    'https://w3id.org/meagraph/documents/minamata-cop6'
    """
    path = PurePosixPath(PurePath(relative_path).as_posix())
    if path.suffix != _SUFFIX:
        raise UnusableInput(
            f"{path} is not a Turtle file of the graph",
            file=path,
            hint=f"Files of the graph end in {_SUFFIX}.",
        )
    segments = [*path.parts[:-1], path.name[: -len(_SUFFIX)]]
    for segment in segments:
        _check_segment(segment, path)
    if path.as_posix() not in TOP_FILES:
        _check_folder(segments, path)
    if segments[-1] == "index":
        segments.pop()
    _check_depth(segments, path)
    return BASE + "/".join(segments)


def _check_segment(segment: str, path: PurePosixPath) -> None:
    if _SEGMENT.fullmatch(segment) and ".." not in segment:
        return
    legal = _legal_spelling(segment)
    raise UnusableInput(
        f"“{segment}” cannot be part of an IRI of the graph",
        file=path,
        hint=(f"Rename it, for instance to “{legal}”: " if legal else "Rename it: ")
        + "lower-case letters, digits, “.” and “-”, "
        "beginning with a letter or digit, not ending with “.”, and no two dots together.",
    )


def _legal_spelling(segment: str) -> str:
    """The nearest legal spelling; empty where nothing of the name can be kept."""
    plain = unicodedata.normalize("NFKD", segment).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\.{2,}", ".", re.sub(r"[^a-z0-9.-]+", "-", plain))
    return plain.strip(".-")


def _check_folder(segments: list[str], path: PurePosixPath) -> None:
    if len(segments) > 1 and segments[0] in TOP_FOLDERS:
        return
    from difflib import get_close_matches

    if len(segments) == 1:
        raise UnusableInput(
            f"{path} stands in no folder",
            file=path,
            hint=f"Only {' and '.join(TOP_FILES)} stand directly under data/; move the file to the "
            f"folder of its kind: {', '.join(TOP_FOLDERS)}.",
        )
    near = get_close_matches(segments[0], TOP_FOLDERS, n=1, cutoff=0.5)
    raise UnusableInput(
        f"“{segments[0]}” is not a folder of the graph",
        file=path,
        hint=(f"Did you mean “{near[0]}”? " if near else "")
        + f"The folders are {', '.join(TOP_FOLDERS)}.",
    )


def _check_depth(segments: list[str], path: PurePosixPath) -> None:
    """A record's IRI has no slash after its kind, so that it can be a prefixed name."""
    if segments[0] in KINDS and segments[0] != "documents" and len(segments) > 2:
        raise UnusableInput(
            "the IRI of a record has no slash after its kind",
            file=path,
            hint=f"Move the file to {segments[0]}/{'-'.join(segments[1:])}{_SUFFIX}.",
        )


def graph_kind(iri: str) -> GraphKind:
    """Which kind of statement the graph holds.

    ``stated``: what a passage of a document states. ``read``: what we conclude about a passage.
    ``supplied``: identity, given by us.

    >>> graph_kind("https://w3id.org/meagraph/documents/minamata-cop6/annex-1/24")
    'stated'
    """
    folder, _, rest = iri.removeprefix(BASE).partition("/")
    if folder == "documents" and "/" in rest:
        return "stated"
    return "read" if folder == "readings" else "supplied"


def entry_path(iri: str, data: Path) -> Path:
    """The file that holds a graph, or would hold it.

    Args:
        iri: the graph's IRI, which begins with ``namespaces.BASE``.
        data: the folder ``data/``.

    Returns:
        ``<p>/index.ttl`` where that file exists, else ``<p>.ttl``.
    """
    path = data.joinpath(*iri.removeprefix(BASE).split("/"))
    index = path / "index.ttl"
    return index if index.is_file() else path.with_name(path.name + _SUFFIX)


def data_files(data: Path) -> dict[Path, str]:
    """Every file of the graph and the IRI of its graph, in the order of their paths.

    Files and folders whose names begin with a dot belong to editors and are passed over.

    Raises:
        UnusableInput: a path gives no legal IRI, or two files would be the same graph.
    """
    found: dict[str, Path] = {}
    for path in sorted(data.rglob("*" + _SUFFIX)):
        relative = path.relative_to(data)
        if any(part.startswith(".") for part in relative.parts):
            continue
        try:
            iri = graph_iri(relative)
        except UnusableInput as error:
            raise UnusableInput(error.message, file=path, hint=error.hint) from None
        other = found.setdefault(iri, path)
        if other != path:
            raise UnusableInput(
                f"this file and {other} would both be the graph {iri}",
                file=path,
                hint="Move the statements of one into the other, or rename one of them.",
            )
    return {path: iri for iri, path in found.items()}
