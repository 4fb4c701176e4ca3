"""SPARQL text: its tokens, what is refused before evaluation, and evaluation itself.

The scanner follows the terminals of SPARQL 1.1, but is on guard where the engine is more lenient
than the grammar: Oxigraph reads ``trueSERVICE`` as two words, and takes ``<'>`` for a comparison
with a string where the grammar has an IRI. What could be read in two ways is refused.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.errors import UnusableInput
from meagraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Store, Triple

    from meagraph.tables import Term

DEEPEST = 100
"""How many brackets may be open at once; some two thousand crash the engine's process."""

_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
             | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+ | \d*\.\d+ | \d+)
  | (?P<name>(?:[^\W\d](?:[\w.-]*[\w-])?)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[^\W\d]\w*)
  | (?P<space>\s+)
  | (?P<escape>\\.)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Token(NamedTuple):
    """A piece of a query: its kind, its text and where it begins, counted in characters from 0."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words


class Answer(NamedTuple):
    """What a query gave: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE)."""

    variables: tuple[str, ...] = ()
    rows: Sequence[tuple[Term | None, ...]] = ()
    boolean: bool | None = None
    triples: Sequence[Triple] | None = None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query but blanks and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def ask(store: Store, sparql: str, file: str | None = None) -> Answer:
    """Evaluate a query; our prefixes need not be declared.

    Rows without an order of their own are sorted, so that an answer is always the same.

    Args:
        store: the graph.
        sparql: the query, SPARQL 1.1.
        file: where the query stands, for messages.

    Raises:
        UnusableInput: it is no query, or one that would leave this machine or change the graph.
    """
    read = list(tokens(sparql))
    refuse(sparql, read, file)
    try:
        result: Any = store.query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        from meagraph.queries.mistakes import mistake

        raise mistake(sparql, read, str(error), file) from None
    form = type(result).__name__
    if form == "QueryBoolean":
        return Answer(boolean=bool(result))
    if form == "QueryTriples":
        return Answer(triples=sorted(set(result), key=str))
    variables = tuple(variable.value for variable in result.variables)
    rows = [tuple(solution) for solution in result]
    if not _is_ordered(read):
        rows.sort(key=lambda row: tuple(map(_rank, row)))
    return Answer(variables, rows)


def refuse(sparql: str, read: Sequence[Token], file: str | None = None) -> None:
    """Refuse what must not be evaluated.

    Raises:
        UnusableInput: an update, ``SERVICE``, ``FROM``, brackets too deep, or a text that the
            engine might read otherwise than this scanner.
    """
    depth = 0
    for token in read:
        problem = _problem(token)
        depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "mark" else 0
        if depth > DEEPEST:
            problem = (f"brackets stand more than {DEEPEST} deep", "Write the query flatter.")
        if problem:
            raise at(sparql, token.start, problem[0], problem[1], file)
    first = next((token for token in read if token.is_word(*_FORMS, *_UPDATES)), None)
    if first and first.is_word(*_UPDATES):
        hint = "The graph's files are the truth: change them, then run meagraph build."
        message = f"{first.text.upper()} would change the graph; a query can only read it"
        raise at(sparql, first.start, message, hint, file)


def _problem(token: Token) -> tuple[str, str] | None:
    kind, text = token.kind, token.text
    if kind == "iri" and "'" in text and not re.match(r"<[A-Za-z][\w+.-]*:[^']", text):
        return "this can be read in two ways", "Put blanks around <, or write the IRI in full."
    prefix = text.partition(":")[0] if kind == "name" else text
    if kind not in ("name", "word") or prefix in PREFIXES:
        return None
    folded = prefix.lower()
    if "service" in folded:
        hint = "Load what you need into a store of your own and ask that."
        return "SERVICE would ask another machine; meagraph opens no connection", hint
    if folded.endswith("from"):
        return (
            "FROM is not for this graph, which is always asked whole",
            "Use GRAPH ?passage { … } ?passage a mea:Passage . to ask for evidence.",
        )
    return None


def at(sparql: str, start: int, message: str, hint: str, file: str | None = None) -> UnusableInput:
    """The exception for a fault at a place in a query: line, column, and the line with a caret."""
    before = sparql[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1) + 1
    lines = sparql.split("\n")
    shown = lines[line - 1].replace("\t", " ") if line <= len(lines) else ""
    caret = f"{shown}\n  {' ' * (column - 1)}^"
    text = f"{caret}\n  {hint}" if hint else caret
    return UnusableInput(message, file=file or "query", line=line, column=column, hint=text)


def standalone(sparql: str) -> str:
    """The query with a PREFIX line for each of our prefixes that it uses without declaring it."""
    read = list(tokens(sparql))
    named = {token.text.partition(":")[0] for token in read if token.kind == "name"}
    declared = {
        token.text.partition(":")[0] for before, token in pairwise(read) if before.is_word("PREFIX")
    }
    missing = sorted(named & PREFIXES.keys() - declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing) + sparql


def _is_ordered(read: Sequence[Token]) -> bool:
    depth = 0
    for token in read:
        if token.text == "{":
            depth += 1
        elif token.text == "}":
            depth -= 1
        elif depth == 0 and token.is_word("ORDER"):
            return True
    return False


def _rank(term: Term | None) -> tuple[int, float, str]:
    """Nothing first, then numbers by value, then all else by its text."""
    if term is None:
        return (0, 0.0, "")
    datatype = getattr(term, "datatype", None)
    if datatype is not None:
        try:
            return (1, float(term.value), str(term))  # type: ignore[union-attr]
        except ValueError:
            pass
    return (2, 0.0, str(term))


def brackets(read: Sequence[Token]) -> Token | None:
    """The first bracket without its partner, if any."""
    open_ones: list[Token] = []
    for token in read:
        if token.kind != "mark":
            continue
        if token.text in "([{":
            open_ones.append(token)
        elif token.text in _CLOSING:
            if not open_ones or open_ones[-1].text != _CLOSING[token.text]:
                return token
            open_ones.pop()
    return open_ones[-1] if open_ones else None
