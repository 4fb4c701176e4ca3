"""A built graph kept in a folder, so that the next process opens it and need not build it.

A store folder holds ``builds/<fingerprint>/``, each a RocksDB folder that is complete before it
gets that name, and ``current``, a symbolic link to the newest. Both change by one atomic rename:
whoever is killed at any moment leaves the old graph or the new one. Nothing that another process
may have open is written again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from pyoxigraph import RdfFormat, Store

from meagraph.errors import UnusableInput
from meagraph.graph.assembly import Progress, build, fingerprint, listing
from meagraph.project import Project, cache_folder

_BUILDS, _CURRENT, _LOCK, _LISTING = "builds", "current", ".lock", ".listing"
_UNFINISHED = ".unfinished-"
_BUILD_NAME = re.compile(r"[0-9a-f]{16}")
_GRAIN = 2_000_000_000
"""Nanoseconds within which a file system's clock may give two changes the same time."""
_ABANDONED_AFTER = 3600
"""Seconds after which a build that was not finished is taken for a killed one."""
_FAILURES = (OSError, RuntimeError)
"""What the engine raises where files are missing or unwritable, and where they are damaged."""


class Opened(NamedTuple):
    """An open graph: the store, the folder it is kept in (if any), and whether it was built now."""

    store: Store
    folder: str | None
    built: bool


def open_graph(
    project: Project,
    store: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Store:
    """Open the graph, built first where the files have changed since it was last built.

    Args:
        project: where the files are.
        store: the folder to keep the graph in; by default a folder of the user's cache.
        progress: told of the progress of a build.

    Returns:
        A store to read from; writing to it is an error where it is kept in a folder.

    Raises:
        UnusableInput: a file is unusable (the kept graph stays as it was), or ``store`` is not a
            folder that a graph can be kept in.
    """
    return open_or_build(project, store, progress).store


def open_or_build(
    project: Project,
    store: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Opened:
    """Do what `open_graph` does and say what was done."""
    if store is not None:
        _check_ours(store)
    folder = os.path.abspath(store) if store is not None else _default_folder(project)
    state = _state(project, folder)
    kept = _open_kept(folder, state)
    if kept is not None:
        return Opened(kept, folder, False)
    built, state = _build_settled(project, progress)
    if progress:
        progress(0, 1, "writing the store")
    try:
        _keep(built, folder, state)
    except _FAILURES as error:
        if store is not None:
            raise _unwritable(store, error) from None
        return Opened(built, None, True)
    # What was just published is what every later call opens; if a third process has already
    # replaced it twice over, the graph in memory is as good.
    kept = _open_kept(folder, state)
    return Opened(kept or built, folder, True)


def _state(project: Project, folder: str) -> str:
    """The fingerprint of the files: the one remembered for this listing of them, or a new one."""
    import time

    listed, newest = listing(project)
    memory = os.path.join(folder, _BUILDS, _LISTING)
    try:
        with open(memory, encoding="utf-8", errors="surrogateescape") as file:
            state, _, remembered = file.read().partition("\n")
        if remembered == listed:
            return state
    except (OSError, ValueError):
        pass
    state = fingerprint(project)
    if newest < time.time_ns() - _GRAIN and listing(project)[0] == listed:
        with suppress(OSError):
            own = f"{memory}-{os.getpid()}"
            with open(own, "w", encoding="utf-8", errors="surrogateescape") as file:
                file.write(f"{state}\n{listed}")
            os.replace(own, memory)
    return state


def _build_settled(project: Project, progress: Progress | None) -> tuple[Store, str]:
    """Build from files that nobody changed meanwhile, so that the fingerprint is the build's."""
    for _ in range(3):
        state = fingerprint(project)
        built = build(project, progress)
        if fingerprint(project) == state:
            return built, state
    raise UnusableInput(
        "the files were changed while they were being read, three times over",
        file=project.root,
        hint="Wait until whatever writes them has finished, and try again.",
    )


def _default_folder(project: Project) -> str:
    """One folder for each root, in the user's cache.

    Two roots whose checksums are the same share a folder, which does no harm: the builds in it
    have their fingerprints.
    """
    from zlib import crc32

    return os.path.join(cache_folder(), f"{crc32(os.fsencode(project.folder)):08x}")


def _check_ours(store: str | os.PathLike[str]) -> None:
    """Raise `UnusableInput` if the folder holds anything that is not a graph that we keep."""
    try:
        names = os.listdir(store)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unwritable(store, error) from None
    if not _is_ours(store, names):
        raise UnusableInput(
            f"{store} is not empty and does not hold a graph of meagraph",
            hint="Name an empty folder, a new one, or one that an earlier --store has filled.",
        )


def _is_ours(store: str | os.PathLike[str], names: list[str]) -> bool:
    """Whether these names in a folder are ours; ``builds`` may be anyone's word for a folder."""
    if not {*names} <= {_BUILDS, _CURRENT}:
        return False
    if _CURRENT in names and not os.path.islink(os.path.join(store, _CURRENT)):
        return False
    if _BUILDS not in names:
        return not names
    try:
        builds = os.listdir(os.path.join(store, _BUILDS))
    except OSError:
        return False
    return all(
        _BUILD_NAME.fullmatch(name) or name == _LOCK or name.startswith((_UNFINISHED, _LISTING))
        for name in builds
    )


def _unwritable(store: object, error: OSError | RuntimeError) -> UnusableInput:
    return UnusableInput(
        f"the graph cannot be kept in {store}: {getattr(error, 'strerror', None) or error}",
        hint="Name a folder that you may write to and that has room, or leave out --store.",
    )


def _build_path(folder: str, state: str) -> str:
    return os.path.join(folder, _BUILDS, state[:16])


def _open_kept(folder: str, state: str) -> Store | None:
    """Open the build of these files, if it is kept here and whole; make it the current one."""
    path = _build_path(folder, state)
    try:
        opened = Store.read_only(path)
    except _FAILURES:
        return None
    if _current(folder) == state[:16]:
        return opened
    # The files are again as they were at an earlier build. Where we may not write, others see the
    # newer one as current, and we have what we need.
    with suppress(OSError), _lock(folder):
        if os.path.isdir(path):
            _make_current(folder, state)
    return opened


def _keep(built: Store, folder: str, state: str) -> None:
    """Write the build to a folder of its own, then publish it.

    Raises:
        OSError, RuntimeError: it cannot be written.
    """
    import shutil
    from tempfile import TemporaryFile, mkdtemp

    builds = os.path.join(folder, _BUILDS)
    os.makedirs(builds, exist_ok=True)
    unfinished = mkdtemp(prefix=_UNFINISHED, dir=builds)
    try:
        target = os.path.join(unfinished, "store")
        # Written out and loaded in bulk: a fifth of the size and of the time of adding quads.
        with TemporaryFile(dir=unfinished) as quads:
            built.dump(quads, RdfFormat.N_QUADS)
            quads.seek(0)
            disk = Store(target)
            disk.bulk_load(quads, RdfFormat.N_QUADS)
        disk.flush()
        disk.optimize()
        del disk  # closes it: its lock must not be held by us when others open the folder
        with _lock(folder):
            previous = _current(folder)
            _publish(target, folder, state)
            _sweep(builds, keep={state[:16], previous})
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _publish(finished: str, folder: str, state: str) -> None:
    import shutil

    path = _build_path(folder, state)
    if not _readable(path):
        # Nothing is there, or what is there is damaged and no one can have it open.
        shutil.rmtree(path, ignore_errors=True)
        os.rename(finished, path)
    _make_current(folder, state)


def _readable(path: str) -> bool:
    try:
        Store.read_only(path)
    except _FAILURES:
        return False
    return True


def _make_current(folder: str, state: str) -> None:
    link = os.path.join(folder, _BUILDS, f"{_UNFINISHED}link-{os.getpid()}")
    with suppress(FileNotFoundError):
        os.unlink(link)  # left by a killed process that had our number
    os.symlink(os.path.join(_BUILDS, state[:16]), link)
    os.replace(link, os.path.join(folder, _CURRENT))


def _current(folder: str) -> str:
    """The name of the build that ``current`` links to; empty where there is none."""
    try:
        return os.path.basename(os.readlink(os.path.join(folder, _CURRENT)))
    except OSError:
        return ""


@contextmanager
def _lock(folder: str) -> Iterator[None]:
    """Hold others off while builds are named and removed; a killed holder holds nothing."""
    import fcntl

    with open(os.path.join(folder, _BUILDS, _LOCK), "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sweep(builds: str, keep: set[str]) -> None:
    """Remove old builds, but not the previous one, and what killed processes left."""
    import shutil
    import time

    abandoned = time.time() - _ABANDONED_AFTER
    for found in list(os.scandir(builds)):
        if found.name.startswith((_UNFINISHED, f"{_LISTING}-")):
            old = found.stat(follow_symlinks=False).st_mtime < abandoned
        else:
            old = found.name not in keep and _BUILD_NAME.fullmatch(found.name) is not None
        if old and found.is_dir(follow_symlinks=False):
            shutil.rmtree(found.path, ignore_errors=True)
        elif old:
            os.unlink(found.path)
