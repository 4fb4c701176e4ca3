"""JSON as text, indented: the bytes of ``json.dumps(…, ensure_ascii=False, indent=2)``, sooner.

The standard library indents in Python, sign by sign of the structure; here each object and list is
joined at once, and what stands in many documents is written once for each depth.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from typing import Any


class Shared(dict[str, Any]):
    """An object that stands in many documents, and does not change once it is written."""

    __slots__ = ("_texts",)

    def __init__(self, members: dict[str, Any]) -> None:
        super().__init__(members)
        self._texts: dict[str, str] = {}

    def text(self, margin: str) -> str:
        """The JSON text; see `indented`."""
        text = self._texts.get(margin)
        if text is None:
            text = self._texts[margin] = _object(self, margin)
        return text


def indented(value: Any, margin: str = "\n") -> str:
    """The JSON text of a value whose objects have texts for keys.

    Args:
        value: the value.
        margin: a line end and the blanks that the value's last line begins with.
    """
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is Shared:
        text: str = value.text(margin)
        return text
    if kind is dict:
        return _object(value, margin)
    if kind is list and value:
        inner = margin + "  "
        items = [
            quoted(held) if type(held) is str else indented(held, inner)  # spares many calls
            for held in value
        ]
        return f"[{inner}{f',{inner}'.join(items)}{margin}]"
    return json.dumps(value)


def _object(value: dict[str, Any], margin: str) -> str:
    if not value:
        return "{}"
    inner = margin + "  "
    members = [
        f"{quoted(key)}: {quoted(held) if type(held) is str else indented(held, inner)}"
        for key, held in value.items()
    ]
    return f"{{{inner}{f',{inner}'.join(members)}{margin}}}"
