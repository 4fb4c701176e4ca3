"""The W3C test suite of SHACL through ``validate --shapes --data``: how many results agree.

    python tests/conformance/shacl_suite.py FOLDER [FOLDER …]

FOLDER holds the suite's ``manifest.ttl``, as in ``data-shapes-test-suite/tests/core`` of the
repository w3c/data-shapes. Results agree if they are as many, with the same focus nodes, paths,
values, constraint components, severities and (where these have a name) source shapes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyoxigraph import NamedNode, Triple

from meagraph.entries.rdf import read_rdf
from meagraph.errors import UnusableInput
from meagraph.namespaces import SH
from meagraph.validation.engine import Result, pyshacl_results
from meagraph.validation.foreign import validate_foreign
from meagraph.validation.shapes import Shapes

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SEVERITIES = {SH + "Warning": "warning", SH + "Info": "info"}


class Manifest:
    """One file of the suite: its tests, and the files that it includes."""

    def __init__(self, path: Path) -> None:
        self.triples = read_rdf(path, set()).triples
        self.shapes = Shapes(self.triples)

    def values(self, node: object, predicate: str) -> list[object]:
        return [
            t.object
            for t in self.triples
            if t.subject == node and t.predicate == NamedNode(predicate)
        ]

    def pairs(self, predicate: str) -> list[Triple]:
        return [t for t in self.triples if t.predicate == NamedNode(predicate)]


def files(path: Path) -> Iterator[Path]:
    yield path
    for triple in Manifest(path).pairs(MF + "include"):
        yield from files(local(triple.object))


def local(iri: object) -> Path:
    assert isinstance(iri, NamedNode)
    return Path(unquote(urlsplit(iri.value).path))


def told(shapes: Shapes, path: object, shape: str, *rest: object) -> tuple[str, ...]:
    """A result in a form that can be compared."""
    text = shapes.path_turtle(path) if path else ""  # type: ignore[arg-type]
    named = isinstance(shapes.original(shape), NamedNode) if ":" in shape else False
    return (text, shape if named else "", *map(str, rest))


def expected(manifest: Manifest, report: object) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for result in manifest.values(report, SH + "result"):
        one = {
            name: next(iter(manifest.values(result, SH + name)), None)
            for name in ("focusNode", "value", "sourceConstraintComponent", "resultSeverity")
        }
        path = next(iter(manifest.values(result, SH + "resultPath")), None)
        source = next(iter(manifest.values(result, SH + "sourceShape")), None)
        shape = source.value if isinstance(source, NamedNode) else ""
        severity = one.pop("resultSeverity")
        word = SEVERITIES.get(getattr(severity, "value", ""), "violation")
        found[told(manifest.shapes, path, shape, *one.values(), word)] += 1
    return found


def actual(shapes: Shapes, results: Iterable[Result]) -> Counter[tuple[str, ...]]:
    return Counter(
        told(
            shapes,
            one.path or shapes.path(one.shape),
            one.shape,
            one.focus,
            one.value,
            f"<{one.component}>",
            one.severity,
        )
        for one in results
    )


def difference(manifest: Manifest, test: object) -> str | None:
    """What differs from the result that the suite expects; ``None`` if nothing does."""
    (action,) = manifest.values(test, MF + "action")
    shapes, data = (
        list(map(local, manifest.values(action, SHT + name)))
        for name in ("shapesGraph", "dataGraph")
    )
    (wanted,) = manifest.values(test, MF + "result")
    found: list[Counter[tuple[str, ...]]] = []

    def engine(triples: Iterable[Triple], asked: Shapes) -> list[Result]:
        results = pyshacl_results(triples, asked, advanced=False)
        found.append(actual(asked, results))
        return results

    said = "the shapes are not well formed"
    try:
        validate_foreign(shapes, data, engine=engine)
    except UnusableInput as refused:
        said = refused.message
    if wanted == NamedNode(SHT + "Failure"):
        return "a failure is expected" if found else None
    if not found:
        return said
    return None if found == [expected(manifest, wanted)] else "other results"


def main(folders: list[str]) -> int:
    agreeing = tests = 0
    for folder in folders:
        for path in files(Path(folder) / "manifest.ttl"):
            manifest = Manifest(path)
            for test in manifest.pairs(MF + "action"):
                tests += 1
                differs = difference(manifest, test.subject)
                agreeing += differs is None
                if differs is not None:
                    print(f"{path.relative_to(folder)}: {differs}")
    print(f"{agreeing} of {tests} tests agree")
    return 0 if tests else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
