"""Text as its author meant it: markup, split addresses and stray white space are undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_TAG = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|br|span)\b[^<>]*>", re.IGNORECASE)
_STRONG = re.compile(r"(?<!\\)(?:\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w))")
_STARRED = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<![\s\\])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w\\])_(?=[^\s_])([^_]+?)(?<![\s\\])_(?!\w)")
_HASHES = re.compile(r"^\s*#{1,6}\s+", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_ENTITY = re.compile(r"&(amp|lt|gt|quot|nbsp);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": " "}
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‘’‚‛ʼ", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)

_ADDRESS_AT_END = re.compile(r"(?:https?://|www\.)\S+$")
_ADDRESS_GOES_ON = re.compile(r"(?!https?://|www\.)[a-z0-9%?&=_~#./-]*[/=?&%][^\s]*", re.ASCII)
_JOINT_AT_END = re.compile(r"(?:\w[-‐‑/]|[\d.][–—])$")
_COMPLETE = re.compile(r"[.:;!?…][\"'”’»)\]]*$")


def unmarked(text: str) -> str:
    """Text without Markdown and inline HTML; white space is folded and the form is NFC."""
    text = _TAG.sub("", text)
    text = _HASHES.sub("", text)
    text = _STRONG.sub("", text)
    text = _STARRED.sub(r"\1", text)
    text = _UNDERLINED.sub(r"\1", text)
    text = _ESCAPE.sub(r"\1", text)
    text = _ENTITY.sub(lambda match: _ENTITIES[match[1]], text)
    text = _INVISIBLE.sub("", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def comparable(text: str) -> str:
    """The form in which a literal form and a passage are compared.

    Markup and folding as in a passage's text, and besides plain quotes and dashes, because writers
    of entries type those.

    >>> comparable("the  “Special Programme”, 2024–2025")
    'the "Special Programme", 2024-2025'
    """
    return unmarked(text).translate(_PLAIN)


def joined(lines: Iterable[str]) -> str:
    """Lines as one, with a blank between two of them unless the break cut a word or an address."""
    whole = ""
    for line in lines:
        rest = line.strip()
        if not whole or not rest or _cuts(whole, rest):
            whole += rest
        else:
            whole += f" {rest}"
    return whole


def is_complete(text: str) -> bool:
    """Whether a text ends as sentences and list items end, so that it may be a paragraph's end."""
    return bool(_COMPLETE.search(unmarked(text)))


def _cuts(before: str, after: str) -> bool:
    if _ADDRESS_AT_END.search(before):
        return before[-1] in "/-_=?&%" or bool(_ADDRESS_GOES_ON.match(after))
    return bool(_JOINT_AT_END.search(before))
