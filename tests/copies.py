"""Copies of the product's own graph, small ones, and whether anything in a folder has changed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from meagraph.project import Project


def copied(project: Project, root: Path) -> Path:
    """Copy the files of a graph to a folder."""
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(project.root / folder, root / folder)
    return root


def written(root: Path, files: Mapping[str, str], head: str) -> Path:
    """Write a small project: files by their paths, each after the same head; it has no shapes."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + content, encoding="utf-8")
    for name in ("shapes", "queries"):
        (root / name).mkdir()
    return root


def snapshot(root: Path) -> dict[Path, bytes | None]:
    """Every file with its bytes, and every folder."""
    return {path: path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


def stop_replacing(
    patch: pytest.MonkeyPatch, root: Path, after: int, stop: BaseException | None = None
) -> list[Path]:
    """Let files of a folder be replaced so often, and the next time stop, as on a full disk.

    Returns:
        What has been replaced, a list that grows.
    """
    replace, replaced = Path.replace, list[Path]()

    def stopping(path: Path, target: Path) -> Path:
        if len(replaced) == after and target.is_relative_to(root):
            raise stop or OSError(28, "No space left on device")
        replaced.append(target)
        return replace(path, target)

    patch.setattr(Path, "replace", stopping)
    return replaced
