"""Findings as the validation report of SHACL, in Turtle.

The terms are those of the Shapes Constraint Language (SHACL, W3C Recommendation, 20 July 2017,
section 3.6). As it says, a graph with any result does not conform, be it a warning. Where a finding
stands is told with Pointers in RDF 1.0, through ``earl:pointer`` of the Evaluation and Report
Language (both of the W3C); lines and characters count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal

from meagraph.namespaces import DCTERMS, SH, SHAPES, XSD
from meagraph.reports.places import relative
from meagraph.reports.words import whole_message
from meagraph.validation import Finding, Place, Report

_PREFIXES = {
    "dcterms": DCTERMS,
    "earl": "http://www.w3.org/ns/earl#",
    "meash": SHAPES,
    "ptr": "http://www.w3.org/2009/pointers#",
    "sh": SH,
    "xsd": XSD,
}
_SEVERITIES = {"violation": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}
_OF_FILES = "meash:FileConstraintComponent"
"""Stands for the constraint component of a rule that is about files and no shape."""


def render(report: Report, base: Path) -> str:
    """Write one ``sh:ValidationReport``, with a blank node for each result.

    Args:
        report: what validation found.
        base: files in this folder are named as seen from it, others whole.
    """
    lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items()]
    conforms = "false" if report.findings else "true"
    lines.append(f"\n[] a sh:ValidationReport ;\n    sh:conforms {conforms}")
    for finding in report.findings:
        said = " ;\n".join(f"        {line}" for line in _result(finding, base))
        lines.append(f" ;\n    sh:result [\n{said}\n    ]")
    return "".join([*lines, " .\n"])


def _result(finding: Finding, base: Path) -> Iterator[str]:
    terms = finding.terms
    yield "a sh:ValidationResult"
    yield f"sh:focusNode {_focus(finding, base)}"
    if terms.path:
        yield f"sh:resultPath {terms.path}"
    if terms.value:
        yield f"sh:value {terms.value}"
    if terms.shape:
        yield f"sh:sourceShape {terms.shape}"
    yield f"sh:sourceConstraintComponent {terms.component or _OF_FILES}"
    yield f"sh:resultSeverity {_SEVERITIES[finding.severity]}"
    yield f"sh:resultMessage {Literal(whole_message(finding))}"
    if finding.passage:
        yield f"dcterms:relation <{finding.passage}>"
    yield from (f"earl:pointer {_pointer(place, base)}" for place in finding.places)


def _focus(finding: Finding, base: Path) -> str:
    """The focus node; a file that cannot be read has none and is named itself."""
    if finding.terms.focus or not finding.places:
        return finding.terms.focus or "[]"
    return _file(finding.places[0].file, base)


def _file(file: Path, base: Path) -> str:
    return f"[ dcterms:identifier {Literal(relative(file, base))} ]"


def _pointer(place: Place, base: Path) -> str:
    return (
        f"[ a ptr:LineCharPointer ; ptr:reference {_file(place.file, base)} ; "
        f'ptr:lineNumber "{place.line}"^^xsd:positiveInteger ; '
        f'ptr:charNumber "{place.column}"^^xsd:positiveInteger ]'
    )
