"""What the service cannot answer, and how it says so."""

from __future__ import annotations

from xml.sax.saxutils import escape

from meagraph.export.informea.metadata import METADATA
from meagraph.export.informea.texts import plain
from meagraph.export.informea.verbose import document

BAD_REQUEST, NOT_FOUND, NOT_ALLOWED, NOT_ACCEPTABLE, NOT_IMPLEMENTED = 400, 404, 405, 406, 501
_LONGEST = 400


class Refusal(Exception):
    """A request that is not answered.

    Args:
        status: the status of HTTP.
        message: why, for the one who asked.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    def document(self, json: bool) -> bytes:
        """The error document of OData 2, in JSON or in XML."""
        text = plain(self.message, _LONGEST)
        if json:
            message = {"lang": "en", "value": text}
            return document({"error": {"code": str(self.status), "message": message}})
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n<error xmlns="{METADATA}">'
            f'<code>{self.status}</code><message xml:lang="en">{escape(text)}</message></error>\n'
        ).encode()
