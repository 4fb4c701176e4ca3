"""A folder with no graph of ours in it, and shapes and data of others to be put there."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.errors import UnusableInput
from meagraph.validation import Finding, Report
from meagraph.validation.foreign import validate_foreign

PREFIXES = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    " @prefix ex: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    " @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
)
MEETING = "ex:Meeting a sh:NodeShape ; sh:targetClass ex:Meeting ; "
DATA = 'ex:cop a ex:Meeting ; ex:name "Sixth meeting" ; ex:venue [ ex:city "Geneva" ] .'


class Desk:
    """A folder with no graph of ours in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(PREFIXES + text if name.endswith((".ttl", ".trig")) else text, "utf-8")
        return path

    def check(self, shapes: str, data: str = DATA, name: str = "data.ttl") -> Report:
        """Validate; the statements of both begin on line 2."""
        files = [self.write("shapes.ttl", shapes)], [self.write(name, data)]
        return validate_foreign(*files, seconds=20)

    def refuse(self, shapes: str, data: str = DATA) -> str:
        with pytest.raises(UnusableInput) as error:
            self.check(shapes, data)
        return str(error.value)


def at(finding: Finding) -> list[str]:
    return [f"{place.file.name}:{place.line}:{place.column}" for place in finding.places]


def told(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in report.findings]
