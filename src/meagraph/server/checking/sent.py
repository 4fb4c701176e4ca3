"""What a client has sent to be validated: its bytes, what they are, and where they would stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from starlette.datastructures import UploadFile

from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

LARGEST = 256 * 1024
"""Bytes that a draft may have: hundreds of times those of a usual entry."""

MEDIA_TYPES = {
    "text/turtle": ("Turtle", ".ttl"),
    "application/trig": ("TriG", ".trig"),
    "application/ld+json": ("JSON-LD", ".jsonld"),
    "application/n-triples": ("N-Triples", ".nt"),
    "application/n-quads": ("N-Quads", ".nq"),
}
"""What a draft may be: the name of each media type, and the ending of its files."""

_PATH = re.compile(r"(?:data/)?[A-Za-z0-9][A-Za-z0-9./_-]{0,250}\.ttl")


class Sent(NamedTuple):
    """A draft on its way.

    Args:
        body: its bytes.
        media: its media type, one of `MEDIA_TYPES`.
        path: the path under ``data/`` that it would have; empty where that is not said.
    """

    body: bytes
    media: str
    path: str


async def sent_as_body(request: Request) -> Sent:
    """A draft that is the body of a request.

    Raises:
        Problem: 415 for another media type or encoding, 413 for too many bytes, 400 for none or for
            a parameter that is none.
    """
    media = _media(request.headers.get("content-type", ""))
    unknown = set(request.query_params) - {"as"}
    if unknown:
        raise Problem(400, f"there is no parameter “{min(unknown)}”", "The only one is “as”.")
    named = request.query_params.getlist("as")
    if len(named) > 1:
        raise Problem(400, "the parameter “as” is given more than once", "Give it once.")
    path = _path(named[0] if named else "")
    return Sent(await _body(request), media, path)


def _media(header: str) -> str:
    given, *parameters = (part.strip() for part in header.lower().split(";"))
    known = ", ".join(MEDIA_TYPES)
    if given not in MEDIA_TYPES:
        said = f"“{given}”" if given else "without Content-Type"
        hint = f"Send one of these, with its Content-Type: {known}."
        raise Problem(415, f"a draft {said} is not validated here", hint)
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8"):
            raise Problem(415, "the draft is not UTF-8, as its Content-Type says", "Send UTF-8.")
    return given


def _path(given: str) -> str:
    path = given.strip()
    if path and not _PATH.fullmatch(path):
        raise Problem(
            400,
            "this is no path that an entry can have",
            "Such as documents/DOCUMENT/PASSAGE.ttl, as it would stand under data/.",
        )
    return path


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > LARGEST:
        raise too_large()
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise too_large()
    if not size:
        raise Problem(400, "there is no draft in the request", "Send it as the body.")
    return b"".join(parts)


def too_large() -> Problem:
    """What is said of a draft that has more bytes than it may."""
    most = f"{LARGEST // 1024} KiB"
    return Problem(
        413,
        f"the draft is larger than {most}",
        "Send one file at a time.",
        {"Connection": "close"},
    )


async def sent_in_form(request: Request) -> Sent:
    """A draft that a person has typed into the form, or chosen a file of.

    A file goes before the text of the form; the ending of its name says what it is.

    Raises:
        Problem: as for `sent_as_body`.
    """
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Problem(415, "this is no form", "A program sends its draft to /validate.")
    async with request.form(max_files=1, max_fields=8, max_part_size=2 * LARGEST) as form:
        body, media = await _of_form(form)
        path = _path(_field(form, "as"))
    if len(body) > LARGEST:
        raise too_large()
    return Sent(body, media, path)


async def _of_form(form: FormData) -> tuple[bytes, str]:
    media = _field(form, "media") or "text/turtle"
    if media not in MEDIA_TYPES:
        raise Problem(415, "this form of RDF is not validated here", "Choose one of the list.")
    file = form.get("file")
    if isinstance(file, UploadFile) and (body := await file.read(LARGEST + 1)):
        name = (file.filename or "").lower()
        endings = {ending: one for one, (_, ending) in MEDIA_TYPES.items()}
        told = next((one for ending, one in endings.items() if name.endswith(ending)), media)
        return body, told
    # A form ends its lines with two characters, and files of the graph with one.
    text = _field(form, "text").replace("\r\n", "\n")
    return text.encode(errors="replace"), media


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
