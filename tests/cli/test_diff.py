"""``meagraph diff``, from the words to what is printed and the exit status."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from copies import copied, snapshot
from meagraph.cli import main
from meagraph.project import Project


@pytest.fixture
def root(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of the graph, in which its curator is."""
    root = copied(project, tmp_path / "clone")
    who = ("-c", "user.name=curator", "-c", "user.email=curator@example.org")
    for words in (("init",), ("add", "."), (*who, "commit", "-m", "first"), ("tag", "v0.1.0")):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)
    monkeypatch.chdir(root)
    monkeypatch.delenv("MEAGRAPH_ROOT", raising=False)
    return root


def test_the_exit_status_is_that_of_diff(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD"]) == 0
    assert "nothing differs in what is stated" in capsys.readouterr().out
    (root / "data/places/bali.ttl").unlink()
    assert main(["diff", "v0.1.0"]) == 1
    assert "Removed\n  data/places/bali.ttl · Bali" in capsys.readouterr().out
    assert main(["diff", "v0.1.0", "HEAD"]) == 0
    assert main(["diff", "v0.2.0"]) == 2
    assert "Did you mean v0.1.0?" in capsys.readouterr().err


def test_formatting_is_no_difference(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (root / "data").rglob("*.ttl"):
        if path.name != "register.ttl":
            path.write_text(path.read_text().replace(" ;\n", "\n  ;\n") + "\n# remark\n")
    assert main(["diff", "HEAD"]) == 0


def test_a_rename_is_one_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rename", "organisations:oecd", "organisations:x", "--date", "2999-01-01"]) == 0
    capsys.readouterr()
    assert main(["diff", "HEAD", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    kinds = [entry["change"] for entry in found["entries"] if not entry["followsNewNames"]]
    assert kinds == ["renamed"]
    assert len(found["entries"]) > 5


def test_folders_exports_and_revisions_mix(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root / "data", tmp_path / "data")
    assert main(["export", "dumps", "-o", str(tmp_path / "export")]) == 0
    for old, new in ((tmp_path / "data", "HEAD"), (tmp_path / "export", root)):
        assert main(["diff", str(old), str(new)]) == 0
    assert "not compared" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "markdown", "json", "turtle", "sparql"])
def test_each_form_goes_to_a_file(
    root: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "data/places/bali.ttl").unlink()
    file = tmp_path / "changes"
    before = snapshot(root)
    assert main(["diff", "HEAD", "--format", form, "-o", str(file)]) == 1
    assert capsys.readouterr().out == ""
    assert main(["diff", "HEAD", "--format", form]) == 1
    assert capsys.readouterr().out == file.read_text()
    assert "bali" in file.read_text()
    assert snapshot(root) == before


def test_properties_have_labels_where_only_data_are_compared(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = shutil.copytree(root / "data", tmp_path / "data")
    bali = root / "data/places/bali.ttl"
    bali.write_text(bali.read_text().replace("schema:containedInPlace", "schema:location"))
    bali.write_text("PREFIX schema: <http://schema.org/>\n" + bali.read_text())
    assert main(["diff", str(old), "data"]) == 1
    assert "    place  + Indonesia" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_told_first(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "no such revision", "-o", "missing/changes.md"]) == 2
    assert "the folder missing does not exist" in capsys.readouterr().err
