"""The files of a revision, as git keeps them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from typing import NoReturn

from meagraph.errors import UnusableInput

_LOCAL = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
"""A clone without all of its objects would ask the server for them: nothing here may."""
_FILE = "100"
"""What the mode of a file begins with in git's trees; that of a link does not."""
_NOT_FETCHED = "lazy fetching disabled"


def revision_files(
    revision: str, folder: str, wanted: tuple[str, ...]
) -> tuple[str, dict[str, bytes]]:
    """The files of a revision.

    Args:
        revision: what git takes for one: ``HEAD~3``, ``v0.1.0``, a branch, a hash.
        folder: a folder of the repository, the root of the repository or below it.
        wanted: names in that folder, of files and folders; those that the revision lacks are left
            out.

    Returns:
        The hash of its commit; path below ``folder`` and bytes of each file. Links are left out.

    Raises:
        UnusableInput: there is no such revision, the folder belongs to no repository, or git is
            not installed.
    """
    commit = _commit(revision, folder)
    listed = _git(folder, "ls-tree", "-r", "-z", commit, "--", *wanted).decode(errors="replace")
    files = [line.split("\t", 1) for line in listed.split("\0") if line.startswith(_FILE)]
    blobs = {path: head.split()[2] for head, path in files}
    return commit, dict(zip(blobs, _contents(folder, list(blobs.values())), strict=True))


def _contents(folder: str, blobs: list[str]) -> Iterator[bytes]:
    """The bytes of some files as they were committed, in their order.

    ``git archive`` would leave out what attributes hide from releases, and run filters.
    """
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    try:
        answer = _git(folder, "cat-file", "--batch", asked=asked) if blobs else b""
    except _Failed as failure:
        # Some versions of git stop at the first that a partial clone lacks, others name each.
        raise _lacking() if _NOT_FETCHED in failure.said else failure from None
    start = 0
    for _ in blobs:
        end = answer.index(b"\n", start)
        _, kind, *size = answer[start:end].split()
        if kind == b"missing":
            raise _lacking()
        start = end + 1 + int(size[0])
        yield answer[end + 1 : start]
        start += 1


def _lacking() -> UnusableInput:
    return UnusableInput(
        "this clone was made without all files of its history",
        hint="Fetch them: git fetch --refetch --no-filter",
    )


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


def _git(folder: str, *words: str, asked: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", folder, *words],
            capture_output=True,
            check=False,
            input=asked,
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
