"""What every report says alike: severities, sentences, names, and text that does no harm."""

from __future__ import annotations

from meagraph.namespaces import BASE, compact
from meagraph.validation import Finding, as_sentence

WORDS = {"violation": "violation", "warning": "warning", "info": "note"}
"""The word for each severity; a reader is told of a note, where SHACL says info."""

ELSEWHERE = "This file does not arrive; what arrives breaks the rule here."
"""Said of a finding that stands elsewhere, `Finding.elsewhere`."""

_JOINERS = "\u200c\u200d"
"""Invisible, and yet part of what is written: of scripts, and of emoji made of several."""


def whole_message(finding: Finding) -> str:
    """The rule, the likely cause and the remedy in one line."""
    elsewhere = ELSEWHERE if finding.elsewhere else ""
    parts = (as_sentence(finding.message), elsewhere, finding.cause, finding.remedy)
    return " ".join(" ".join(part.split()) for part in parts if part)


def node(finding: Finding) -> str:
    """The node of a finding by a short name, and what it is called; empty if there is none."""
    if not finding.focus:
        return ""
    name = finding.focus
    if ":" in name and not name.startswith("_:") and " " not in name:
        name = compact(name)
        if name.startswith(f"<{BASE}"):
            name = finding.focus.removeprefix(BASE)
    return f"{name} “{finding.label}”" if finding.label else name


def printable(text: str) -> str:
    """A text without signs that would steer a terminal or turn the reading direction."""
    if text.isprintable():
        return text
    return "".join(map(_printable, text))


def _printable(sign: str) -> str:
    if sign.isprintable() or sign == "\t" or sign in _JOINERS:
        return sign
    return " " if sign.isspace() else "\N{REPLACEMENT CHARACTER}"
