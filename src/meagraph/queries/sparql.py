"""SPARQL: what is refused before evaluation, and evaluation itself.

The engine is more lenient than the grammar: it reads ``trueSERVICE`` as two words, and takes
``<'>`` for a comparison with a string where the grammar has an IRI. What could be read in two ways
is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.errors import UnusableInput
from meagraph.namespaces import PREFIXES
from meagraph.tokens import Token, at, query_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from pyoxigraph import Triple

    from meagraph.queryable import Queryable
    from meagraph.tables import Term

DEEPEST = 100
"""How many brackets may be open at once; some two thousand crash the engine's process."""

LONGEST = 1_000_000
"""How many characters a query may have."""

_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_BEFORE_VARIABLES = frozenset(["SELECT", "DISTINCT", "REDUCED"])
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
_LONGEST_KEPT = 20_000
"""The characters up to which it is kept that a query passed; a question is often asked again."""


class Answer(NamedTuple):
    """What a query gave: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE)."""

    variables: tuple[str, ...] = ()
    rows: Sequence[tuple[Term | None, ...]] = ()
    boolean: bool | None = None
    triples: Sequence[Triple] | None = None


def ask(store: Queryable, sparql: str, file: str | None = None) -> Answer:
    """Evaluate a query; our prefixes need not be declared.

    Rows without an order of their own are sorted, so that an answer is always the same.

    Args:
        store: the graph.
        sparql: the query, SPARQL 1.1.
        file: where the query stands, for messages.

    Raises:
        UnusableInput: it is no query, or one that would leave this machine or change the graph.
    """
    read = examined(sparql, file)
    try:
        result: Any = store.query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        raise unreadable(sparql, read, str(error), file) from None
    return answered(result, read)


def examined(sparql: str, file: str | None = None, dataset: bool = False) -> Sequence[Token]:
    """The tokens of a query that may be evaluated.

    Args:
        sparql: the query.
        file: where it stands, for messages.
        dataset: whether it may name its dataset with ``FROM``.

    Raises:
        UnusableInput: it may not, by `refuse`, or is too long, or is no text.
    """
    if len(sparql) <= _LONGEST_KEPT:
        return _passed(sparql, file, dataset)
    return _read(sparql, file, dataset)


@lru_cache(maxsize=64)
def _passed(sparql: str, file: str | None, dataset: bool) -> Sequence[Token]:
    return _read(sparql, file, dataset)


def _read(sparql: str, file: str | None, dataset: bool) -> Sequence[Token]:
    if len(sparql) > LONGEST:
        raise UnusableInput(
            f"the query has {len(sparql):,} characters; {LONGEST:,} are the most",
            file=file,
            hint="Ask it in parts, with fewer values in each.",
        )
    try:
        sparql.encode()
    except UnicodeEncodeError as error:
        message = "this sign is half of one, or a byte that is no text"
        shown = sparql.encode(errors="replace").decode()
        raise at(shown, error.start, message, "Write the query in UTF-8.", file) from None
    read = query_tokens(sparql)
    refuse(sparql, read, file, dataset)
    return read


def unreadable(sparql: str, read: Sequence[Token], message: str, file: str | None) -> UnusableInput:
    """The exception for a query that the engine cannot read, of which it says ``message``."""
    from meagraph.queries.mistakes import mistake

    return mistake(sparql, read, message, file)


def answered(result: Any, read: Sequence[Token]) -> Answer:
    """The answer in what the engine gave, in the order that a reader expects.

    Args:
        result: what pyoxigraph returns for a query, or for results that were written down.
        read: the tokens of the query.
    """
    form = type(result).__name__
    if form == "QueryBoolean":
        return Answer(boolean=bool(result))
    if form == "QueryTriples":
        return Answer(triples=sorted(set(result), key=str))
    variables = tuple(variable.value for variable in result.variables)
    rows = [tuple(solution) for solution in result]
    if _selects_all(read):
        # The engine gives all variables by the alphabet; a reader expects them as written.
        written = [token.text[1:] for token in read if token.kind == "variable"]
        order = sorted(range(len(variables)), key=lambda at: written.index(variables[at]))
        variables = tuple(variables[at] for at in order)
        rows = [tuple(row[at] for at in order) for row in rows]
    if not is_ordered(read):
        rows.sort(key=lambda row: tuple(map(_rank, row)))
    return Answer(variables, rows)


def refuse(
    sparql: str, read: Sequence[Token], file: str | None = None, dataset: bool = False
) -> None:
    """Refuse what must not be evaluated.

    Args:
        sparql: the query.
        read: its tokens.
        file: where it stands, for messages.
        dataset: whether it may name its dataset with ``FROM``.

    Raises:
        UnusableInput: an update, ``SERVICE``, ``FROM``, brackets too deep, or a text that the
            engine might read otherwise than this scanner.
    """
    depth = 0
    named = (name for before, name in pairwise(read) if before.is_word("PREFIX"))
    prefixes = PREFIXES.keys() | {name.text.partition(":")[0] for name in named}
    for token in read:
        problem = None
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
            if depth > DEEPEST:
                problem = (f"brackets stand more than {DEEPEST} deep", "Write the query flatter.")
        elif token.kind == "iri":
            if _is_ambiguous(token.text, prefixes):
                problem = (
                    "this can be read in two ways",
                    "Put blanks around <, or write the IRI in full.",
                )
        elif not (dataset and token.is_word("FROM")):
            problem = _problem(token)
        if problem:
            raise at(sparql, token.start, problem[0], problem[1], file)
    first = next((token for token in read if token.is_word(*_FORMS, *_UPDATES)), None)
    if first and first.is_word(*_UPDATES):
        hint = "The graph's files are the truth: change them, then run meagraph build."
        message = f"{first.text.upper()} would change the graph; a query can only read it"
        raise at(sparql, first.start, message, hint, file)


def _is_ambiguous(iri: str, prefixes: Set[str]) -> bool:
    """Whether ``<`` may mean “less than”, and a string or a comment begin before ``>``.

    It cannot where ``//`` follows the scheme, or where the scheme is no prefix.
    """
    if "'" not in iri and "#" not in iri:
        return False
    scheme = re.match(r"<([A-Za-z][\w+.-]*):", iri)
    return not scheme or (scheme[1] in prefixes and not iri.startswith("//", scheme.end()))


def _problem(token: Token) -> tuple[str, str] | None:
    kind, text = token.kind, token.text
    prefix = text.partition(":")[0] if kind == "name" else text
    if kind not in ("name", "word") or prefix in PREFIXES:
        return None
    folded = prefix.lower()
    found = "SERVICE" if "service" in folded else "FROM" if folded.endswith("from") else ""
    if found and kind == "name":
        return (
            f"{prefix[:40]}: can be read in two ways, as a prefix and as the word {found}",
            f"Call the prefix something without “{found.lower()}”, here and after PREFIX.",
        )
    if found == "SERVICE":
        hint = "Load what you need into a store of your own and ask that."
        return "SERVICE would ask another machine; meagraph opens no connection", hint
    if found:
        return (
            "FROM is not for this graph, which is always asked whole",
            "Use GRAPH ?passage { … } ?passage a mea:Passage . to ask for evidence.",
        )
    return None


def standalone(sparql: str) -> str:
    """The query with a PREFIX line for each of our prefixes that it uses without declaring it."""
    read = query_tokens(sparql)
    named = {token.text.partition(":")[0] for token in read if token.kind == "name"}
    declared = {
        token.text.partition(":")[0] for before, token in pairwise(read) if before.is_word("PREFIX")
    }
    missing = sorted(named & PREFIXES.keys() - declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing) + sparql


def without_header(sparql: str) -> str:
    """The query without the ``#+`` lines that it begins with."""
    return re.sub(r"\A(?:\s*#\+[^\n]*(?:\n|\Z))+", "", sparql)


def _selects_all(read: Sequence[Token]) -> bool:
    """Whether the outermost form is ``SELECT *``."""
    after = dropwhile(lambda token: not token.is_word("SELECT"), read)
    what = next((token for token in after if not token.is_word(*_BEFORE_VARIABLES)), None)
    return what is not None and what.text == "*"


def is_ordered(read: Sequence[Token]) -> bool:
    """Whether the outermost query has an order of its own."""
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
            number = float(term.value)  # type: ignore[union-attr]
        except ValueError:
            pass
        else:
            if number == number:  # what is no number, called so, is in no order with numbers
                return (1, number, str(term))
    return (2, 0.0, str(term))
