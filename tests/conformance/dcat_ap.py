"""Our catalogue against the official SHACL shapes of DCAT-AP.

    python tests/conformance/dcat_ap.py FOLDER [FOLDER …]

FOLDER holds shapes in Turtle, as ``releases/3.0.1/html/shacl`` or ``releases/3.0.1/shacl`` of the
repository SEMICeu/DCAT-AP does. The catalogue of this checkout is made anew, and its Turtle and its
JSON-LD are validated each by itself. Exit status: 0 without a violation (warnings are told), 1 with
one, 2 where nothing could be validated.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from meagraph.errors import UnusableInput
from meagraph.export.catalogue import files
from meagraph.graph import open_graph
from meagraph.project import Project
from meagraph.validation.findings import Report
from meagraph.validation.foreign import validate_foreign

CHECKOUT = Path(__file__).parent.parent.parent
NAMES = ("catalogue.ttl", "catalogue.jsonld")


def validate(shapes: list[Path], catalogue: Path) -> Report:
    """What breaks a rule of the shapes in one form of the catalogue."""
    return validate_foreign(shapes, [catalogue])


def tell(name: str, report: Report) -> bool:
    """Print what was found, notes counted only; whether no rule is violated."""
    severities = Counter(one.severity for one in report.findings)
    told = ", ".join(f"{count} × {word}" for word, count in sorted(severities.items()))
    print(f"{name}: {report.triples} triples, {told or 'nothing found'}")
    for one in report.findings:
        if one.severity != "info":
            value = f" (value {one.value})" if one.value else ""
            print(f"  {one.severity}: {one.focus} {one.path}{value}: {one.message}")
    return not severities["violation"]


def main(folders: list[str]) -> int:
    if not folders:
        print(__doc__)
        return 2
    project = Project(CHECKOUT)
    made = files(open_graph(project), project)
    sound = True
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            path = Path(folder) / name
            path.write_bytes(made[name]())
            try:
                report = validate([Path(each) for each in folders], path)
            except UnusableInput as refused:
                print(refused)
                return 2
            sound = tell(name, report) and sound
            if not report.triples:
                print("The shapes themselves are not well formed: nothing was validated.")
                return 2
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
