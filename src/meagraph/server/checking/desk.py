"""Where drafts are judged: a few processes, started ahead, each for one draft; a short queue."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.concurrency import run_in_threadpool

from meagraph.project import cache_folder
from meagraph.server.checking.turns import Turns
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.project import Project

_PROGRAM = "meagraph.server.checking.judging"
_ENDS: dict[int, str] = {signal.SIGXCPU: "time", signal.SIGABRT: "memory"}
"""What a signal means that ended a process; libraries abort where they are given no memory."""
_BECAME = {
    "large": ("ended", "size"),
    **{why: ("ended", why) for why in ("time", "late", "memory", "crash")},
}
"""What became of a draft that was not judged to its end, and why, by the outcome."""
_log = logging.getLogger("meagraph.server")


class Limits(NamedTuple):
    """What judging may take.

    Args:
        seconds: of computing, for one draft.
        patience: seconds after which a draft is given up though its computing time is not over, as
            on a machine that is busy with other work.
        memory: bytes of memory for one draft; it leaves out the files that the store maps.
        at_once: how many drafts are judged at once.
        waiting: how many may wait for their turn.
    """

    seconds: float = 60.0
    patience: float = 180.0
    memory: int = 1536 << 20
    at_once: int = 2
    waiting: int = 6


class Desk:
    """Judges what is sent, each in a process of its own that has no other work.

    Args:
        project: the graph's files.
        limits: what judging may take.
        count: told what became of each draft, and why: ``judged``; ``refused`` by ``busy`` or
            ``share`` (too many wait, or too many of this client), ``request``, ``graph`` (whose
            files cannot be used); or ``ended`` by ``time``, ``late``, ``memory``, ``crash``,
            ``size`` (of the report), ``left`` (who asks no longer waits).
    """

    def __init__(
        self,
        project: Project,
        limits: Limits | None = None,
        count: Callable[[str, str], None] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._count = count
        self._command = [
            *(sys.executable, "-I", "-m", _PROGRAM, project.folder),
            *(str(self.limits.memory), str(self.limits.seconds)),
        ]
        # The graph is kept apart from the one that is served: judging publishes no build of it.
        kept = os.path.join(cache_folder(), "checking")
        self._environment = {"LC_ALL": "C.UTF-8", "MEAGRAPH_CACHE": kept}
        _tell_unkept(kept)
        self._turns = Turns(self.limits.at_once, self.limits.waiting)
        self._ready: list[subprocess.Popen[bytes]] = []
        self._lock = Lock()

    async def ask(
        self, head: dict[str, str], body: bytes = b"", client: str = ""
    ) -> dict[str, Any]:
        """What a process of `meagraph.server.checking.judging` answers.

        Where the task that asks is cancelled, the process is ended.

        Args:
            head: the request.
            body: the draft.
            client: the address of who sends it; one client takes no more than a share.

        Raises:
            Problem: 503 or 429 where too many wait; 422 where it was ended at a limit, or failed;
                or what the process refuses.
        """
        became = "ended", "crash"
        try:
            answer = await self._answered(head, body, client)
            became = _became(answer)
        except Problem as sent_away:
            became = "refused", "share" if sent_away.status == 429 else "busy"
            raise
        except asyncio.CancelledError:
            became = "ended", "left"
            raise
        finally:
            if self._count and "media" in head:
                self._count(*became)
        await run_in_threadpool(self.prepare)
        return self._checked(answer)

    async def _answered(self, head: dict[str, str], body: bytes, client: str) -> dict[str, Any]:
        """What a process answers, or how it ended, once it is the client's turn."""
        async with self._turns.turn(client):
            process = await run_in_threadpool(self._taken)
            answer = asyncio.create_task(run_in_threadpool(self._asked, process, head, body))
            try:
                await asyncio.shield(answer)
            except asyncio.CancelledError:
                process.kill()
                raise
            finally:
                with suppress(asyncio.CancelledError):
                    await asyncio.wait({answer})
        return answer.result()

    def prepare(self) -> None:
        """Have a process ready for whoever comes next."""
        with self._lock:
            if not self._ready:
                self._ready.append(self._started())

    def _started(self) -> subprocess.Popen[bytes]:
        # Nothing of our environment, which may hold credentials, goes to it.
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )

    def _taken(self) -> subprocess.Popen[bytes]:
        """A process that is ready, else a new one."""
        with self._lock:
            while self._ready:
                process = self._ready.pop()
                if process.poll() is None:
                    return process
                process.communicate()  # closes its pipes
        return self._started()

    def _asked(
        self, process: subprocess.Popen[bytes], head: dict[str, str], body: bytes
    ) -> dict[str, Any]:
        request = json.dumps(head).encode() + b"\n" + body
        try:
            answer, _ = process.communicate(request, timeout=self.limits.patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return {"outcome": "late"}
        if process.returncode:
            outcome = _ENDS.get(-process.returncode, "crash")
            return {"outcome": outcome, "status": process.returncode}
        answered: dict[str, Any] = json.loads(answer)
        return answered

    def _checked(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer, if it is one."""
        outcome = answer["outcome"]
        if outcome != "refused" and "status" in answer:
            _log.warning("a process that judged a draft ended with %d", answer["status"])
        if outcome == "refused":
            raise Problem(answer["status"], answer["detail"], answer["hint"])
        if outcome == "large":
            hint = "Correct what is found in a smaller part of the draft first."
            raise Problem(413, "more was found than can be told", hint)
        mebibytes = self.limits.memory / 2**20
        told = {
            "time": f"took more than {self.limits.seconds:g} s of computing, and was given up",
            "late": f"had not been validated after {self.limits.patience:g} s, and was given up",
            "memory": f"and the graph took more than {mebibytes:,.0f} MiB of memory",
            "crash": "ended the process that validated it",
        }
        if outcome in told:
            raise Problem(422, f"the draft {told[outcome]}", "Send a smaller part of it.")
        return answer


def _became(answer: dict[str, Any]) -> tuple[str, str]:
    if answer["outcome"] == "refused":
        return "refused", "graph" if answer["status"] == 503 else "request"
    return _BECAME.get(answer["outcome"], ("judged", ""))


def _tell_unkept(folder: str) -> None:
    """Log it where what is found cannot be kept for the next draft, once."""
    with suppress(OSError):
        os.makedirs(folder, exist_ok=True)
    if not os.access(folder, os.W_OK):
        _log.warning(
            "%s cannot be written: each draft is validated with the whole graph, which takes long; "
            "MEAGRAPH_CACHE names another folder",
            os.path.dirname(folder),
        )
