"""Texts as a harvester can take them: no mark-up, no entities, no control characters, no excess."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote

LONGEST_TITLE = 2048
"""InforMEA cuts titles here; what we cut ourselves ends with a mark that says so."""

LONGEST_NAME = 64
"""Most texts of the protocol, ids and numbers of decisions among them, have room for so much."""

LONGEST_ADDRESS = 255

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
"""What both harvesters keep; any other language InforMEA takes for English, which it is not."""

_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ROUNDS = 8
"""Mark-up may be escaped more than once; what is still escaped after so many rounds is left so."""


def plain(text: str, longest: int = LONGEST_TITLE) -> str:
    """A text without HTML, entities and control characters, on one line.

    What comes out would come out again: a harvester that takes out mark-up finds none.

    Args:
        text: any text.
        longest: the number of characters that there is room for.
    """
    for _ in range(_ROUNDS):
        before, text = text, unescape(_TAG.sub(" ", text))
        if text == before:
            break
    text = _SPACES.sub(" ", _CONTROL.sub("", text)).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def html(text: str) -> str:
    """A plain text for a property that may hold HTML."""
    return escape(_CONTROL.sub("", text), quote=False)


def address(iri: str) -> str | None:
    """An IRI as an address in ASCII; `None` where it is longer than the protocol has room for."""
    written = quote(iri, safe="!#$%&'()*+,/:;=?@[]~")
    return written if len(written) <= LONGEST_ADDRESS else None


def language(tag: str | None) -> str | None:
    """The code that harvesters know a language tag by, `None` for a language that they do not.

    A text without a language is taken for English, as InforMEA takes it. Chinese is ``zh``:
    InforMEA makes ``zh-hans`` of it, and ECOLEX knows no other.
    """
    code = (tag or "en").lower().partition("-")[0]
    return code if code in LANGUAGES else None
