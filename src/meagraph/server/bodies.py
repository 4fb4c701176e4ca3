"""What a request brings: never more than the limit, and never packed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import Request

from meagraph.server.problems import Problem, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Ends a request that brings more bytes than it may, told so beforehand or found on the way.

    A body in an encoding is refused: unpacked, a kilobyte may fill the memory.

    Args:
        app: what the request is for.
        largest: the bytes that a request may bring.
        tighter: by path, what is said where less than that may be sent: the limit that holds there.
    """

    def __init__(
        self,
        app: ASGIApp,
        largest: int,
        tighter: Mapping[str, Callable[[], Problem]] | None = None,
    ) -> None:
        self.app = app
        self.largest = largest
        self.tighter = tighter or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is refused (ASGI 3)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        too_large = self.tighter.get(scope["path"], self._too_large)
        refused = self._refused(Headers(scope=scope), too_large)
        if refused:
            await told(Request(scope), refused)(scope, receive, send)
            return
        seen = 0

        async def received() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > self.largest:
                    raise too_large()
            return message

        await self.app(scope, received, send)

    def _refused(self, headers: Headers, too_large: Callable[[], Problem]) -> Problem | None:
        """What is wrong with a request before its body is read."""
        if headers.get("content-encoding", "identity").strip().lower() != "identity":
            return Problem(
                415,
                "the body is packed",
                "Send it without Content-Encoding.",
                {"Accept-Encoding": "identity", "Connection": "close"},
            )
        length = headers.get("content-length", "0")
        # More digits than 18 are not made a number of: that takes long, or is refused by Python.
        if length.isdecimal() and (len(length) > 18 or int(length) > self.largest):
            return too_large()
        return None

    def _too_large(self) -> Problem:
        most = f"{self.largest / 2**20:g} MiB"
        return Problem(
            413,
            f"the request brings more than {most}",
            "Send less, or in parts.",
            {"Connection": "close"},
        )
