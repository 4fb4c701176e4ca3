"""What is wrong with a query that the engine cannot read: the place, and the plain cause.

The engine's parser tries all alternatives and names the farthest place that any of them reached,
often the end of the text. So plain causes are looked for first; then rdflib's parser, which is
slow but is only asked about a faulty query, and a short one, says where the readable part ends.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput
from meagraph.namespaces import PREFIXES
from meagraph.tokens import at, brackets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.tokens import Token

_KEYWORDS = """
SELECT ASK CONSTRUCT DESCRIBE WHERE PREFIX BASE DISTINCT REDUCED OPTIONAL MINUS UNION FILTER BIND
VALUES GRAPH EXISTS NOT GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET UNDEF COUNT SUM AVG MIN MAX
SAMPLE GROUP_CONCAT SEPARATOR BOUND COALESCE IF IN STR LANG LANGMATCHES DATATYPE IRI URI BNODE
RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS
STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1
SHA256 SHA384 SHA512 STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR
REPLACE A AS TRUE FALSE TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE LATERAL NAMED LANGDIR HASLANG
HASLANGDIR STRLANGDIR ADJUST
""".split()
_MOST_READ = 500
"""The tokens up to which rdflib reads a query: it takes a millisecond for each, so that strangers
could keep a server busy for minutes with one text."""

_LONGEST_READ = 10_000
"""The characters up to which rdflib reads a query, for there are comments, too."""

_LONGEST_WORD = 40
"""The characters of a word that are repeated; no word of SPARQL is longer."""

_REASONS = {
    "contains a variable that is unbound": (
        "a selected variable is neither grouped nor counted",
        "Name it after GROUP BY, or wrap it: (SAMPLE(?x) AS ?y).",
    ),
    "Prefix not found": ("a prefix is not declared", "Add a PREFIX line."),
    "IRI parsing failed": ("an IRI is relative or not well formed", "Write it in full."),
}


def mistake(
    sparql: str, read: Sequence[Token], message: str, file: str | None = None
) -> UnusableInput:
    """The exception for a query that cannot be read.

    Args:
        sparql: the query.
        read: its tokens.
        message: what the engine said of it.
        file: where the query stands.
    """
    found = _token_at_fault(read)
    if found:
        token, text, hint = found
        return at(sparql, token.start, text, hint, file)
    if not any(token.is_word("SELECT", "ASK", "CONSTRUCT", "DESCRIBE") for token in read):
        hint = "It needs SELECT, ASK, CONSTRUCT or DESCRIBE. meagraph questions lists stored ones."
        return at(sparql, 0, "this is no SPARQL query", hint, file)
    is_short = len(read) <= _MOST_READ and len(sparql) <= _LONGEST_READ
    readable_to = _end_of_readable(sparql) if is_short else None
    for sign, (text, hint) in _REASONS.items():
        if sign in message and (readable_to is None or sign != "IRI parsing failed"):
            return at(sparql, read[-1].start, text, hint, file)
    if readable_to is None:
        readable_to = _place(sparql, message)
    return at(sparql, readable_to, "the query cannot be read from here on", "", file)


def _token_at_fault(read: Sequence[Token]) -> tuple[Token, str, str] | None:
    declared = dict(PREFIXES)
    for before, token in zip([None, *read], read, strict=False):
        if token.kind == "mark" and token.text in "\"'":
            return token, "a text that begins here does not end", "Close it with the same quote."
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before is not None and before.is_word("PREFIX"):
                declared[prefix] = ""
            elif prefix not in declared and prefix != "_":
                return token, f"the prefix {prefix}: is not declared", _near_prefix(prefix)
        if token.kind == "word" and token.text.upper() not in _KEYWORDS:
            word = token.text[:_LONGEST_WORD]
            near = get_close_matches(word.upper(), _KEYWORDS, n=1, cutoff=0.6)
            hint = f"Did you mean {near[0]}?" if near else "Texts stand in quotes."
            cut = "…" if word != token.text else ""
            return token, f"“{word}{cut}” is no word of SPARQL", hint
    lonely = brackets(read)
    if lonely:
        return lonely, f"“{lonely.text}” has no partner", "Each bracket needs one."
    return None


def _near_prefix(prefix: str) -> str:
    near = get_close_matches(prefix, PREFIXES, n=1, cutoff=0.4)
    known = ", ".join(sorted(PREFIXES))
    return f"Did you mean {near[0]}:?" if near else f"Declare it with PREFIX; known are {known}."


def _end_of_readable(sparql: str) -> int | None:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(sparql)
    except ParseException as error:
        return int(error.loc)
    except Exception:  # its parser has faults of its own; then the engine's place must do
        return None
    return None


def _place(sparql: str, message: str) -> int:
    """The character that the engine's "error at line:column" means."""
    match = re.search(r"(\d+):(\d+)", message)
    if not match:
        return 0
    line, column = int(match[1]), int(match[2])
    lines = sparql.split("\n")
    return min(len(sparql), sum(len(text) + 1 for text in lines[: line - 1]) + column - 1)
