"""The notebook that answers a research question, executed as a reader would."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

CHECKOUT = Path(__file__).parent.parent
NOTEBOOK = CHECKOUT / "examples" / "who-came-closer.ipynb"
PICTURES = ("matrix", "network-picture", "timeline")


@pytest.fixture(scope="module")
def written() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def executed() -> Any:
    """The notebook with its outputs; a cell that fails ends the execution with its traceback."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    # The interpreter that runs the tests, whatever kernels are registered on this machine.
    words = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = AsyncKernelManager()
    kernel._kernel_spec = KernelSpec(argv=words, display_name="Python 3", language="python")
    book = nbformat.read(NOTEBOOK, as_version=4)
    where = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(book, km=kernel, timeout=300, resources=where).execute(cleanup_kc=True)
    return book


def outputs(book: Any) -> Iterator[tuple[str, Any]]:
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            yield cell.id, output


def test_the_committed_notebook_is_valid_small_and_without_outputs(written: Any) -> None:
    nbformat.validate(written)
    assert (written.nbformat, written.nbformat_minor) == (4, 5)
    assert not list(outputs(written))
    assert {cell.get("execution_count") for cell in written.cells} == {None}
    assert all(not cell.metadata for cell in written.cells)
    assert set(written.metadata) == {"kernelspec", "language_info"}
    assert written.metadata.kernelspec.name == "python3"
    assert all(re.fullmatch(r"[a-z][a-z0-9-]+", cell.id) for cell in written.cells)


def test_the_notebook_names_no_place_of_a_machine(written: Any) -> None:
    text = "\n".join(cell.source for cell in written.cells)
    assert not re.search(r"(?<![\w/:.])/(home|root|tmp|work|usr|opt)\b|[A-Z]:\\", text)


def test_every_cell_runs_without_error_or_warning(executed: Any) -> None:
    counts = [cell.execution_count for cell in executed.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    for name, output in outputs(executed):
        assert output.output_type != "error", name
        assert output.output_type != "stream", f"{name} writes: {output.get('text')}"


def test_pictures_are_shown_as_drawings(executed: Any) -> None:
    shown = {name: output.data for name, output in outputs(executed) if name in PICTURES}
    assert set(shown) == set(PICTURES)
    for name, data in shown.items():
        assert data["image/svg+xml"].startswith("<svg "), name
        assert "text/html" not in data, f"{name} is stored twice"


def test_tables_and_evidence_are_shown_as_markup(executed: Any) -> None:
    """A reader sees tables, not the text by which Python names an object."""
    shown = {"text/html", "image/svg+xml"}
    named = {name for name, output in outputs(executed) if shown.isdisjoint(output.data)}
    assert named == {"between"}


def test_the_prose_is_held_by_assertions(written: Any) -> None:
    """What tells of numbers has a cell that fails when the data say otherwise."""
    asserting = {cell.id for cell in written.cells if re.search(r"^assert ", cell.source, re.M)}
    assert {"by-topic", "shared", "share", "actors", "between", "clique", "bases"} <= asserting
    assert "conclusion-numbers" in asserting


def test_passages_referred_to_in_the_prose_exist(written: Any) -> None:
    import meagraph

    graph = meagraph.open(CHECKOUT)
    asked = "SELECT ?label { ?passage a mea:Passage ; mea:label ?label }"
    known = {cell.value for cell in graph.query(asked).column("label")}
    prose = "\n".join(cell.source for cell in written.cells if cell.cell_type == "markdown")
    named = set(re.findall(r"\b(?:annex(?:-1)?|note|fn)/[\w/-]*\w", prose))
    assert len(named) > 10
    assert named <= known
