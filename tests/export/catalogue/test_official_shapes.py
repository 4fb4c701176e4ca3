"""The runner that holds the catalogue against official shapes tells faults."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from self_describing import (
    CHECKOUT,
)

SHAPES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
    sh:property [ sh:path dcterms:title ; sh:minCount 1 ] ,
        [ sh:path dcterms:publisher ; sh:class foaf:Agent ] ."""


FAULTS: dict[str, Callable[[str], str]] = {
    "title": lambda told: told.replace("dcterms:title", "dcterms:alternative"),
    "publisher": lambda told: told.replace("foaf:Agent", "foaf:Group"),
}


def test_the_run_against_official_shapes_tells_a_fault(
    ours: dict[str, bytes], tmp_path: Path
) -> None:
    """With shapes of our own: the official ones are not ours to keep here."""
    script = CHECKOUT / "tests/conformance/dcat_ap.py"
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes/dataset.ttl").write_text(SHAPES)
    run = subprocess.run(
        [sys.executable, script, tmp_path / "shapes"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "catalogue.jsonld" in run.stdout
    sys.path.insert(0, str(script.parent))
    try:
        import dcat_ap  # type: ignore[import-not-found, unused-ignore]
    finally:
        sys.path.remove(str(script.parent))
    path = tmp_path / "catalogue.ttl"
    for name, spoil in FAULTS.items():
        path.write_text(spoil(ours["catalogue.ttl"].decode()))
        report = dcat_ap.validate([tmp_path / "shapes"], path)
        assert not dcat_ap.tell(name, report), name


def test_shapes_that_are_not_there_or_not_well_formed_are_no_success(tmp_path: Path) -> None:
    script = CHECKOUT / "tests/conformance/dcat_ap.py"
    (tmp_path / "broken.ttl").write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> [] a sh:NodeShape ; sh:targetClass "
        "<http://www.w3.org/ns/dcat#Dataset> ; sh:property <http://nowhere.example/shape> ."
    )
    for named in ([], [tmp_path / "missing"], [tmp_path / "broken.ttl"]):
        run = subprocess.run([sys.executable, script, *named], capture_output=True, check=False)
        assert run.returncode == 2, named
