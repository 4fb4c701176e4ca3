"""What is wrong in a file that cannot be read, in the words of the person who wrote it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from meagraph.entries.turtle import Scan
from meagraph.errors import UnusableInput
from meagraph.namespaces import PREFIXES

_PARSER_PLACE = re.compile(r"^Parser error .*?(?:\d): ", re.DOTALL)
_UNDECLARED = re.compile(r"The prefix (.*?): has not been declared")


def syntax_mistake(
    error: SyntaxError, path: Path, text: str, graph: str, language: str = "Turtle"
) -> UnusableInput:
    """Say where a file stops being Turtle, show the line, and name the likely cause.

    Args:
        error: what pyoxigraph reported.
        path: the file.
        text: what the parser was given.
        graph: the IRI of the file's graph; empty where it is not a file of our graph.
        language: what the file is, where it is not Turtle.
    """
    line, column = error.lineno or 1, error.offset or 1
    end = error.end_offset if error.end_lineno == line else None
    lines = [*text.split("\n"), ""]
    shown = lines[line - 1]
    width = max(1, (end or column + 1) - column)
    token = shown[column - 1 : column - 1 + width].strip()
    said = _PARSER_PLACE.sub("", error.msg)
    what = "the file ends too early" if line > text.count("\n") else "this line ends too early"
    if token:
        what = f"the file stops being {language} at “{token}”"
    caret = f"{shown}\n  {' ' * (column - 1)}{'^' * width}"
    return UnusableInput(
        f"{what}: {said[:1].lower()}{said[1:]}",
        file=path,
        line=line,
        column=column,
        excerpt=caret,
        hint=_cause(said, token, shown[: column - 1], graph),
    )


def _cause(said: str, token: str, before: str, graph: str) -> str:
    undeclared = _UNDECLARED.search(said)
    if undeclared:
        return _undeclared(undeclared[1], graph)
    if token[:1] in ("'", '"') and "end of file" in said:
        return "The string that begins here is never closed; add the quotation mark."
    if "Invalid IRI code point ' '" in said:
        return "An IRI holds no space: write %20 for it, or is a “>” missing before it?"
    if "Line jumps" in said:
        return "A string ends on its own line: close it, and write \\n for a new line in it."
    if "dot is expected" in said:
        if before.strip():
            return "Is a “;” (same subject), “,” (same predicate) or “.” (end) missing before it?"
        return "Is the “.” missing at the end of the statement before it, or a “;” on that line?"
    if "nexpected end" in said:
        return "Is the “.” missing at the end of the last statement?"
    if before.endswith('"') or before.count('"') % 2 or '"' in token:
        return 'Is a quotation mark missing? One inside a string is written \\".'
    if token == "/":
        return "A prefixed name has no “/” after its colon: write the whole IRI, in < and >."
    if token in (".", ";", ",", "]"):
        return f"Is a value missing before “{token}”, or is it one too many?"
    if token in ("True", "False"):
        return f"Write {token.lower()}."
    return (
        "Turtle is: subject predicate object, then “;” (same subject), “,” (same predicate) or “.”."
    )


def _undeclared(prefix: str, graph: str) -> str:
    from difflib import get_close_matches

    if prefix == "this" and graph:
        return f"Add the line: PREFIX this: <{graph}#>"
    if prefix in PREFIXES:
        return f"Add the line: PREFIX {prefix}: <{PREFIXES[prefix]}>"
    if not graph:
        return f"Add a line that says what {prefix}: stands for: PREFIX {prefix}: <…>"
    near = get_close_matches(prefix, PREFIXES, n=3, cutoff=0.5)
    if near:
        return f"Did you mean {' or '.join(f'{name}:' for name in near)}?"
    return f"The prefixes of the graph are {', '.join(PREFIXES)}."


def prefix_mistake(prefix: str, right: str, path: Path, found: Scan) -> UnusableInput:
    """Say that a prefix stands for something else than in all other files."""
    wrong = [item for item in found.declarations if item.prefix == prefix]
    line, column = wrong[-1].place
    return UnusableInput(
        f"the prefix {prefix}: stands for <{wrong[-1].namespace}> here",
        file=path,
        line=line,
        column=column,
        hint=f"Write: PREFIX {prefix}: <{right}>",
    )


def encoding_mistake(error: UnicodeDecodeError, path: Path, raw: bytes) -> UnusableInput:
    """Say which byte is not UTF-8."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UnusableInput("the file is UTF-16", file=path, hint="Save it as UTF-8.")
    before = raw[: error.start].decode("utf-8-sig", "replace")
    return UnusableInput(
        f"the file is not UTF-8: the byte 0x{raw[error.start]:02X} stands for no character",
        file=path,
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
        hint="Save the file as UTF-8.",
    )
