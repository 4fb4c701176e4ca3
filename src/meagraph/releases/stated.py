"""What the files of a project say of its version, and which of them a release must change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from meagraph import __version__
from meagraph.changes.versions import is_vocabulary
from meagraph.errors import UnusableInput
from meagraph.namespaces import ALIGNMENTS_GRAPH, BASE, DCTERMS, ONTOLOGY_GRAPH, OWL, PREFIXES

if TYPE_CHECKING:
    from meagraph.changes import Version
    from meagraph.project import Project

PACKAGE = "src/meagraph/__init__.py"
CHANGELOG = "CHANGELOG.md"
CITATION = "CITATION.cff"
LICENCES = ("data/LICENSE", "LICENSE")
"""The licence of data, ontology and shapes, and that of the code and the stored questions."""

_DATASET = BASE + "dataset#meagraph"
_DATASET_GRAPH = BASE + "dataset"
_VERSION = PREFIXES["dcat"] + "version"
_STATUS = PREFIXES["bibo"] + "status"
_STATUSES = _STATUS + "/"


def texts_of(project: Project) -> dict[str, str]:
    """The texts that a release takes with it, by their paths.

    Raises:
        UnusableInput: one is missing or cannot be read.
    """
    found = {}
    for name in (CHANGELOG, CITATION, *LICENCES):
        path = project.root / name
        try:
            found[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise UnusableInput(
                f"a release takes {name} with it, and it cannot be read: {reason}",
                file=path,
                hint="Release from a checkout of the project; --root names its folder.",
            ) from None
    return found


def day_of(number: str, changelog: str) -> str:
    """The day of a release as the changelog has it, ``unreleased``, or nothing.

    >>> day_of("0.2.0", "## 0.2.0, 2027-01-31")
    '2027-01-31'
    """
    heading = re.search(rf"^## {re.escape(number)}, (.+?)\s*$", changelog, re.M)
    return heading[1] if heading else ""


def stated_version(version: Version) -> str:
    """The version that the data, or else the ontology, say they have; empty if they do not."""
    for graph, subject, predicate in (
        (_DATASET_GRAPH, _DATASET, _VERSION),
        (ONTOLOGY_GRAPH, ONTOLOGY_GRAPH, OWL + "versionInfo"),
    ):
        if said := _said(version, graph, subject, predicate):
            return said[0]
    return ""


def objections(version: Version, number: str, texts: dict[str, str], *, draft: bool) -> list[str]:
    """Each place that says another version than this, or that it is not released yet.

    Args:
        version: the project's graphs, with their files.
        number: the version that is to be released.
        texts: see `texts_of`.
        draft: whether it may be unreleased.

    Returns:
        Sentences that begin with the file.
    """
    found = [*_of_package(number), *_of_vocabulary(version, number), *_of_data(version, number)]
    cited = re.findall(r"^version: *[\"']?([^\"'\s]+)", texts[CITATION], re.M)
    if cited != [number]:
        found.append(f"{CITATION}: version is {', '.join(cited) or 'not there'}")
    day = day_of(number, texts[CHANGELOG])
    if not day:
        found.append(f"{CHANGELOG}: there is no heading “## {number}, DAY”")
    elif not draft:
        found += _of_status(version, number, day)
    return found


def _of_package(number: str) -> Iterator[str]:
    if __version__ != number:
        yield f"{PACKAGE}: __version__ is {__version__}"


def _of_vocabulary(version: Version, number: str) -> Iterator[str]:
    for graph in sorted(filter(is_vocabulary, version.graphs)):
        yield from _wrong(version, graph, graph, OWL + "versionInfo", number)
        if graph in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH):
            yield from _wrong(version, graph, graph, OWL + "versionIRI", f"{graph}/{number}")
            yield from _uncited(version, graph, graph, number)


def _of_data(version: Version, number: str) -> Iterator[str]:
    yield from _wrong(version, _DATASET_GRAPH, _DATASET, _VERSION, number)
    conforms = f"{ONTOLOGY_GRAPH}/{number}"
    yield from _wrong(version, _DATASET_GRAPH, _DATASET, DCTERMS + "conformsTo", conforms)
    yield from _uncited(version, _DATASET_GRAPH, _DATASET, number)


def _of_status(version: Version, number: str, day: str) -> Iterator[str]:
    is_day = bool(re.fullmatch(r"\d{4}-\d\d-\d\d", day))
    if not is_day:
        yield f"{CHANGELOG}: version {number} is {day}, where the day of the release stands"
    for graph in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH):
        if graph in version.graphs:
            yield from _wrong(version, graph, graph, _STATUS, _STATUSES + "published")
            if is_day or not _said(version, graph, graph, DCTERMS + "issued"):
                yield from _wrong(version, graph, graph, DCTERMS + "issued", day)


def _wrong(
    version: Version, graph: str, subject: str, predicate: str, wanted: str
) -> Iterator[str]:
    said = _said(version, graph, subject, predicate)
    if said != [wanted]:
        name = predicate.replace("#", "/").rpartition("/")[2]
        yield f"{_file(version, graph)}: {name} is {', '.join(said) or 'not there'}"


def _uncited(version: Version, graph: str, subject: str, number: str) -> Iterator[str]:
    said = _said(version, graph, subject, DCTERMS + "bibliographicCitation")
    if not any(f"Version {number}. " in one for one in said):
        yield f"{_file(version, graph)}: bibliographicCitation does not say “Version {number}.”"


def _file(version: Version, graph: str) -> str:
    default = "data/dataset.ttl" if graph == _DATASET_GRAPH else "ontology/"
    return version.files.get(graph, default)


def _said(version: Version, graph: str, subject: str, predicate: str) -> list[str]:
    statements = version.graphs.get(graph)
    return sorted(
        triple.object.value
        for triple in (statements.triples if statements else ())
        if triple.subject == NamedNode(subject)
        and triple.predicate.value == predicate
        and isinstance(triple.object, NamedNode | Literal)
    )
