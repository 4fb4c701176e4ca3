"""The index asked: which things have the words, in which order, and where the words stand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput
from meagraph.names.spelling import fold
from meagraph.namespaces import compact
from meagraph.search import storage
from meagraph.search.hits import Hit
from meagraph.search.ranking import REST, forms_of, looked_for, ranked
from meagraph.search.snippets import BEGIN, END, marked_whole, snippet
from meagraph.search.words import name_of, terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from meagraph.queryable import Queryable
    from meagraph.search.ranking import Forms, Found
    from meagraph.search.words import Term

_CURRENT = "current"
"""What a folder of kept graphs calls the newest build."""


class Index:
    """The texts of one graph, to be searched any number of times.

    It is opened, or made, at the first search.

    Args:
        store: the graph.
        folder: the folder that the graph is kept in, if it is (`meagraph.graph.Opened.folder`); its
            current build is the one that is searched, also when a newer one replaces it.
    """

    def __init__(self, store: Queryable, folder: str | os.PathLike[str] | None = None) -> None:
        self._store = store
        self._build = os.path.realpath(os.path.join(folder, _CURRENT)) if folder else None
        self._connection: Connection | None = None

    def search(self, text: str, limit: int = 20, kinds: Sequence[str] = ()) -> list[Hit]:
        """Do what `search` does."""
        if limit < 1:
            raise UnusableInput("the limit is less than 1", hint="Say how many hits to list.")
        sqlite3 = storage.engine()
        for attempt in range(2):
            connection = self._opened(anew=attempt > 0)
            try:
                return _search(connection, text, limit, kinds)
            except sqlite3.DatabaseError as error:
                if storage.lacks_full_text(error):
                    raise storage.no_full_text(error) from None
                if attempt:
                    raise
                # The file is damaged where nobody looked when it was opened.
        raise AssertionError("the second attempt returns or raises")

    def _opened(self, *, anew: bool) -> Connection:
        if self._connection is None or anew:
            self._connection = self._kept(anew=anew) or storage.in_memory(self._store)
        return self._connection

    def _kept(self, *, anew: bool) -> Connection | None:
        """The index in the build's folder, made there if need be; ``None`` if that cannot be."""
        if self._build is None:
            return None
        found = None if anew else storage.kept(self._build)
        if found is None:
            try:
                storage.keep(self._build)
            except (OSError, RuntimeError, storage.engine().Error):
                return None  # read-only, full, or given up for newer builds
            found = storage.kept(self._build)
        return found


def search(
    store: Queryable,
    text: str,
    limit: int = 20,
    kinds: Sequence[str] = (),
    folder: str | os.PathLike[str] | None = None,
) -> list[Hit]:
    """The things that some words are about, the best first.

    Words are compared without case and accents and by their stems. Phrases stand in double quotes.
    The last word may be the beginning of one. A thing must have every word, in one of its texts or
    spread over several; if none has, things that have some of them are given, most of them first.
    A thing whose acronym or symbol is all that was typed goes first, then one that is called so; of
    two things with the same text, a record goes before a claim.

    Args:
        store: the graph; asked only where no index of it is at hand.
        text: words, as they were typed; nothing in it is an operator but the double quotes.
        limit: how many to return at most.
        kinds: classes, by label, prefixed name or IRI; instances of any of them are found, those of
            their subclasses too. Empty: all.
        folder: the folder that the graph is kept in, if it is (`meagraph.graph.Opened.folder`). The
            index is kept there, in the folder of the build; otherwise it is made for this call, and
            whoever calls again uses `Index`.

    Returns:
        No hits where the text has no word.

    Raises:
        UnusableInput: the limit is less than 1, there is no such class, or this Python's SQLite has
            no full-text search.
    """
    return Index(store, folder).search(text, limit, kinds)


def _search(connection: Connection, text: str, limit: int, kinds: Sequence[str]) -> list[Hit]:
    among = _instances(connection, kinds) if kinds else None
    terms = looked_for(connection, terms_of(text))
    forms = [forms_of(connection, term) for term in terms]
    found = ranked(connection, forms, name_of(text), limit, among)
    return [_hit(connection, one, terms, forms) for one in found]


def _hit(
    connection: Connection, found: Found, terms: Sequence[Term], forms: Sequence[Forms]
) -> Hit:
    iri, label, kind = connection.execute(
        "SELECT iri, label, kind FROM things WHERE id = ?", (found.thing,)
    ).fetchone()
    sort, text = connection.execute(
        "SELECT sort, text FROM texts WHERE id = ?", (found.text,)
    ).fetchone()
    passages = connection.execute(
        "SELECT passages.iri FROM stated JOIN passages ON passages.id = stated.passage "
        "WHERE stated.thing = ? ORDER BY passages.id",
        (found.thing,),
    )
    return Hit(
        iri=iri,
        label=label,
        kind=kind,
        score=float(f"{found.score:.6g}"),
        matched=sort,
        snippet=marked_whole(text) if found.tier < REST else _marked(connection, found, forms),
        passages=tuple(passage for (passage,) in passages),
        missing=tuple(term.text for place, term in enumerate(terms) if place not in found.had),
    )


def _marked(connection: Connection, found: Found, forms: Sequence[Forms]) -> str:
    words = " OR ".join(word for form in forms for word in (form.typed, *form.grown))
    (marked,) = connection.execute(
        "SELECT highlight(searched, 0, ?, ?) FROM searched WHERE searched MATCH ? AND rowid = ?",
        (BEGIN, END, words, found.text),
    ).fetchone()
    return snippet(marked)


def _instances(connection: Connection, kinds: Sequence[str]) -> set[int]:
    """The things that are of any of these classes.

    Raises:
        UnusableInput: there is no such class among those of the things that can be found.
    """
    classes = connection.execute("SELECT id, iri, label FROM classes").fetchall()
    named: dict[str, set[int]] = {}
    for place, iri, label in classes:
        for name in (iri, compact(iri), label, iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]):
            named.setdefault(fold(name), set()).add(place)
    wanted: set[int] = set()
    for kind in kinds:
        asked = fold(kind.strip("<> "))
        if asked not in named:
            raise _no_such_class(kind, named, sorted({label for _, _, label in classes}))
        wanted |= named[asked]
    marks = ", ".join("?" * len(wanted))
    found = connection.execute(
        f"SELECT DISTINCT thing FROM instances WHERE class IN ({marks})", tuple(wanted)
    )
    return {thing for (thing,) in found}


def _no_such_class(kind: str, named: dict[str, set[int]], labels: list[str]) -> UnusableInput:
    from difflib import get_close_matches

    near = get_close_matches(fold(kind), named, n=3, cutoff=0.6)
    hint = f"Nearest: {', '.join(near)}." if near else f"There are: {', '.join(labels)}."
    return UnusableInput(f"nothing that can be found is of a class “{kind}”", hint=hint)
