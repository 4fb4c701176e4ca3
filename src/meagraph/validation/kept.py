"""Verdicts kept in a file: which node of which shape gave which results, and what was looked up.

The file is a database of SQLite behind a checksum of it. It is read whole, and changed by writing
another and putting it in its place: whoever reads has one state, and one that was damaged or cut
short is none.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from meagraph.validation.engine import Result

_SUM = 32
"""How many bytes of checksum stand before the database."""
_SCHEMA = """
CREATE TABLE state (rules TEXT, graph BLOB);
CREATE TABLE pair (id INTEGER PRIMARY KEY, shape TEXT, focus TEXT, results TEXT);
CREATE INDEX pair_shape ON pair (shape);
CREATE TABLE lookup (pattern INTEGER, pair INTEGER, PRIMARY KEY (pattern, pair)) WITHOUT ROWID;
"""
Term = NamedNode | BlankNode | Literal
Key = tuple[str | None, str | None, str | None]
"""A pattern by the characters of its terms; ``None`` stands for any term."""


class Pair(NamedTuple):
    """A node to be validated against a shape; without a node, which nodes the shape applies to.

    ``shape`` is an IRI, ``focus`` a term as N-Triples write it or empty.
    """

    shape: str
    focus: str


class Verdict(NamedTuple):
    """What came of a pair, and the patterns that were looked up for it."""

    pair: Pair
    results: tuple[Result, ...]
    asked: Collection[Key]


class Kept:
    """The verdicts on one state of a graph, in memory; `save` puts them into the file."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take an open database."""
        self._database = database

    @classmethod
    def empty(cls) -> Kept:
        """No verdicts."""
        database = sqlite3.connect(":memory:")
        database.executescript(_SCHEMA)
        return cls(database)

    @classmethod
    def read(cls, file: str, rules: str) -> Kept | None:
        """The verdicts of a file; ``None`` if it has none, or not by these rules.

        Args:
            file: its path.
            rules: the fingerprint of all that decides a verdict, but the graph.
        """
        try:
            with open(file, "rb") as opened:
                checksum, content = opened.read(_SUM), opened.read()
            if checksum != _checksum(content):
                return None
            database = sqlite3.connect(":memory:")
            database.deserialize(content)
            ((known,),) = database.execute("SELECT rules FROM state")
        except (OSError, sqlite3.Error, ValueError):
            return None
        return cls(database) if known == rules else None

    def save(self, file: str) -> None:
        """Put the verdicts into a file, whole or not at all; where that cannot be, there is none.

        Args:
            file: its path.
        """
        self._database.commit()
        content = self._database.serialize()
        own = f"{file}-{os.getpid()}"
        with suppress(OSError):
            os.makedirs(os.path.dirname(file), exist_ok=True)
            try:
                with open(own, "wb") as opened:
                    opened.write(_checksum(content) + content)
                os.replace(own, file)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(own)

    def graph(self) -> set[str]:
        """The triples that the verdicts are on, as N-Triples write them, without the full stop."""
        ((content,),) = self._database.execute("SELECT graph FROM state")
        text = zlib.decompress(content).decode()
        return set(text.split("\n")) if text else set()

    def set_graph(self, rules: str, lines: Iterable[str]) -> None:
        """Say which triples and rules the verdicts are on."""
        content = zlib.compress("\n".join(sorted(lines)).encode(), 1)
        self._database.execute("DELETE FROM state")
        self._database.execute("INSERT INTO state VALUES (?, ?)", (rules, content))

    def count(self) -> int:
        """How many pairs there are."""
        ((count,),) = self._database.execute("SELECT count(*) FROM pair")
        return int(count)

    def touched(self, lines: Iterable[str]) -> dict[int, Pair]:
        """The pairs for which something was looked up that these triples are an answer to."""
        numbers: set[int] = set()
        for pattern in {pattern for line in lines for pattern in _patterns(line)}:
            found = self._database.execute("SELECT pair FROM lookup WHERE pattern = ?", (pattern,))
            numbers.update(number for (number,) in found)
        pairs = {}
        for number in numbers:
            for row in self._database.execute(
                "SELECT shape, focus FROM pair WHERE id = ?", (number,)
            ):
                pairs[number] = Pair(*row)
        return pairs

    def focuses(self, shape: str) -> dict[str, int]:
        """The nodes that were validated against a shape, with the numbers of their pairs."""
        found = self._database.execute(
            "SELECT focus, id FROM pair WHERE shape = ? AND focus != ''", (shape,)
        )
        return dict(found.fetchall())

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget pairs."""
        # What was looked up for them stays: it can but make one look again at another pair.
        self._database.executemany("DELETE FROM pair WHERE id = ?", ((one,) for one in numbers))

    def put(self, verdicts: Iterable[Verdict], known: dict[Pair, int]) -> None:
        """Take verdicts, in the place of those of the same pairs.

        Args:
            verdicts: what came of each pair.
            known: the numbers of the pairs that are here already.
        """
        keys: dict[Key, int] = {}
        for pair, results, asked in verdicts:
            said = json.dumps(results, default=str) if results else ""
            row = (known.get(pair), pair.shape, pair.focus, said)
            number = self._database.execute(
                "INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?)", row
            ).lastrowid
            for pattern in asked:
                if pattern not in keys:
                    keys[pattern] = _number(pattern)
            self._database.executemany(
                "INSERT OR IGNORE INTO lookup VALUES (?, ?)",
                [(keys[pattern], number) for pattern in asked],
            )

    def results(self) -> list[Result]:
        """All results; a blank node in them has the name under which it was put here."""
        rows = self._database.execute("SELECT results FROM pair WHERE results != ''")
        return [_result(one) for (said,) in rows for one in json.loads(said)]


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SUM).digest()


def _number(pattern: Key) -> int:
    """A number for a pattern. Two may have one: then a pair too many is looked at again."""
    text = "\0".join("*" if one is None else f"={one}" for one in pattern)
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _patterns(line: str) -> Iterator[int]:
    """The numbers of the eight patterns that a triple is an answer to."""
    (quad,) = parse(f"{line} .".encode(), RdfFormat.N_TRIPLES)
    terms = [str(term.value) for term in quad.triple]
    for chosen in range(8):
        subject, predicate, value = (
            text if chosen & 1 << place else None for place, text in enumerate(terms)
        )
        yield _number((subject, predicate, value))


def _result(said: list[Any]) -> Result:
    """A result, as it was before it became JSON."""
    made = Result(*said)
    focus, path, value = (None if one is None else term(one) for one in said[4:7])
    assert focus is not None
    assert path is None or isinstance(path, NamedNode)
    return made._replace(
        messages=tuple(made.messages),
        focus=focus,
        path=path,
        value=value,
        details=tuple(map(_result, said[8])),
    )


def term(text: str) -> Term:
    """A term that N-Triples write so."""
    (quad,) = parse(f"<x:s> <x:p> {text} .".encode(), RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, NamedNode | BlankNode | Literal)
    return quad.object
