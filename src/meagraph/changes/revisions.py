"""The files of a revision, as git keeps them."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from typing import NoReturn

from meagraph.errors import UnusableInput

_LOCAL = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
"""A clone without all of its objects would ask the server for them: nothing here may."""


def revision_files(revision: str, folder: str, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """The files of a revision.

    Args:
        revision: what git takes for one: ``HEAD~3``, ``v0.1.0``, a branch, a hash.
        folder: a folder of the repository, the root of the repository or below it.
        wanted: names in that folder, of files and folders; those that the revision lacks are left
            out.

    Returns:
        Path below ``folder`` and bytes of each file. Links are left out.

    Raises:
        UnusableInput: there is no such revision, the folder belongs to no repository, or git is
            not installed.
    """
    commit = _commit(revision, folder)
    listed = _git(folder, "ls-tree", "-z", "--name-only", commit, "--", *wanted).decode()
    present = [name for name in listed.split("\0") if name]
    if not present:
        return {}
    archive = _git(folder, "archive", "--format=tar", commit, "--", *present)
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        for member in packed:
            content = packed.extractfile(member) if member.isfile() else None
            if content is not None:
                files[member.name] = content.read()
    return files


def _commit(revision: str, folder: str) -> str:
    """The hash of a revision's commit."""
    if revision.startswith("-") or not revision or "\0" in revision:
        _unknown(revision, folder)
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except _Failed as failure:
        if failure.said:  # quiet of a revision that is missing, and of nothing else
            raise _no_repository(revision, folder, failure.said) from None
        _unknown(revision, folder)
    return found.decode().strip()


class _Failed(UnusableInput):
    """Git ended with an error; ``said`` is what it wrote."""

    def __init__(self, said: str) -> None:
        super().__init__(f"git says: {said or 'nothing'}", hint="Is the repository whole?")
        self.said = said


def _git(folder: str, *words: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", folder, *words],
            capture_output=True,
            check=False,
            env={**os.environ, **_LOCAL},
        )
    except FileNotFoundError:
        raise UnusableInput(
            "revisions are read by git, which is not installed",
            hint="Install git, or name folders: meagraph diff OLD-FOLDER NEW-FOLDER",
        ) from None
    if done.returncode:
        raise _Failed(done.stderr.decode(errors="replace").strip())
    return done.stdout


def _no_repository(revision: str, folder: str, said: str) -> UnusableInput:
    if "not a git repository" in said:
        return UnusableInput(
            f"“{revision}” is no folder, and {folder} belongs to no git repository",
            hint="Correct the folder's name. For revisions, call this in a clone of the project, "
            "or name its folder with --root.",
        )
    return UnusableInput(f"git cannot read “{revision}” in {folder}", hint=f"It says: {said}")


def _unknown(revision: str, folder: str) -> NoReturn:
    from difflib import get_close_matches

    refs = _git(folder, "for-each-ref", "--format=%(refname:short)").decode(errors="replace")
    near = get_close_matches(revision, refs.split(), n=3, cutoff=0.5)
    raise UnusableInput(
        f"“{revision}” is neither a folder nor a revision of {folder}",
        hint=(f"Did you mean {' or '.join(near)}? " if near else "")
        + "git log lists revisions, git tag releases; a clone without history lacks them: "
        "git fetch --unshallow --tags",
    )
