"""One server: its settings, the edition of the graph that it serves, and its workers."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from meagraph.errors import UnusableInput
from meagraph.server.edition import Edition, current_build
from meagraph.server.metrics import Metrics
from meagraph.server.workers import Pool

if TYPE_CHECKING:
    from meagraph.project import Project
    from meagraph.server.settings import Settings

_LOOKS_EVERY = 1.0
"""Seconds between two looks whether the graph was rebuilt."""

_log = logging.getLogger("meagraph.server")


class Server:
    """What all topics share; entering it starts the workers, leaving it ends them.

    Args:
        project: the graph's files.
        folder: the folder that the builds are kept in.
        settings: the limits and names.
    """

    def __init__(self, project: Project, folder: str, settings: Settings) -> None:
        self.project = project
        self.folder = folder
        self.settings = settings
        self.edition = _edition(project, folder, current_build(folder))
        self.pool = Pool(self.edition.path, settings)
        self.metrics = Metrics(self)
        self.ready = False
        self._broken = ""
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.pool.start()
        self._watch = asyncio.create_task(self._watched())
        self.ready = True
        return self

    async def __aexit__(self, *_: object) -> None:
        self.ready = False
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await self.pool.stop()

    @property
    def broken(self) -> bool:
        """Whether there is another build than the one that is served, which cannot be opened."""
        return bool(self._broken)

    def address(self, path: str) -> str:
        """The full address of a path of ours, which begins with a slash."""
        return self.settings.base_url.rstrip("/") + path

    async def _watched(self) -> None:
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            try:
                await self._look()
            except Exception:
                _log.exception("the look for a new build failed; the next is not far")

    async def _look(self) -> None:
        """Serve the newest build from now on; who has begun with the old one keeps it."""
        try:
            build = current_build(self.folder)
            if build == self.edition.build:
                self._broken = ""
                return
            newer = await asyncio.to_thread(_edition, self.project, self.folder, build)
            await self.pool.renew(newer.path)
        except (UnusableInput, OSError, RuntimeError, ValueError) as error:
            self._tell_broken(str(error))
            return
        self._broken = ""
        self.edition = newer
        _log.info("serving build %s, version %s", newer.build, newer.version)

    def _tell_broken(self, why: str) -> None:
        """Log it once; it is tried again at every look, for it may be mended in its place."""
        if why != self._broken:
            _log.warning("the new build cannot be opened, the old one is kept: %s", why)
        self._broken = why


def _edition(project: Project, folder: str, build: str) -> Edition:
    opened = Edition(project, folder, build)
    opened.prepare()
    return opened
