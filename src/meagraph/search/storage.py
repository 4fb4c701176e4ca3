"""The index as an SQLite database: made once, in a file beside the kept graph or in memory."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zlib import crc32

from pyoxigraph import Store

from meagraph import __version__
from meagraph.errors import UnusableInput
from meagraph.search.texts import PROPERTIES, STANDINGS, WEIGHTS, gather

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

    from meagraph.queryable import Queryable
    from meagraph.search.texts import Gathered

FILE = "search.sqlite"
"""The name of the index in the folder of a build, where the engine does not touch it."""

_MODULE = "fts5"
_WORDS = "unicode61 remove_diacritics 2"
_TABLES = """
CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT, label TEXT, kind TEXT);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, thing INTEGER, sort TEXT, text TEXT, folded TEXT, weight REAL
);
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE passages (id INTEGER PRIMARY KEY, iri TEXT);
CREATE TABLE stated (thing INTEGER, passage INTEGER, PRIMARY KEY (thing, passage)) WITHOUT ROWID;
CREATE TABLE classes (id INTEGER PRIMARY KEY, iri TEXT, label TEXT);
CREATE TABLE instances (class INTEGER, thing INTEGER, PRIMARY KEY (class, thing)) WITHOUT ROWID;
"""
_SEARCHED = (
    "CREATE VIRTUAL TABLE searched USING {module}"
    "(text, content='texts', content_rowid='id', tokenize='porter {words}')"
)
_UNSTEMMED = (
    "CREATE VIRTUAL TABLE temp.unstemmed USING {module}(text, content='', tokenize='{words}')",
    "INSERT INTO temp.unstemmed (rowid, text) SELECT id, text FROM texts",
    "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(temp, unstemmed, row)",
    "INSERT INTO words SELECT term FROM temp.vocabulary",
    "DROP TABLE temp.vocabulary",
    "DROP TABLE temp.unstemmed",
)
_FORMAT = crc32(
    repr((__version__, _TABLES, _SEARCHED, _WORDS, PROPERTIES, WEIGHTS, STANDINGS)).encode()
)
"""Tells an index that was made otherwise than we would make it."""


def in_memory(store: Queryable) -> Connection:
    """An index that lives as long as the connection to it.

    Raises:
        UnusableInput: this Python has no full-text search.
    """
    connection = _connect(":memory:")
    _fill(connection, gather(store))
    return connection


def kept(build: str) -> Connection | None:
    """Open the index in the folder of a build; ``None`` if there is none that is whole and ours.

    Raises:
        UnusableInput: this Python has no full-text search.
    """
    from urllib.parse import quote

    sqlite3 = engine()
    path = os.path.join(build, FILE)
    if not os.path.isfile(path):
        return None
    # Immutable: the file is complete before it gets its name and is replaced, never written to, so
    # nothing is locked and a folder that cannot be written to will do.
    address = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=ro&immutable=1"
    connection = None
    try:
        connection = _connect(address)
        if connection.execute("PRAGMA user_version").fetchone() == (_signed(_FORMAT),):
            # A look at a table finds a file that is shorter than it should be.
            connection.execute("SELECT count(*) FROM things").fetchone()
            return connection
    except sqlite3.DatabaseError:
        pass
    if connection:
        connection.close()
    return None


def keep(build: str) -> None:
    """Make the index of the graph in a build's folder and put it there.

    It is made of that graph and of no other, whichever the caller has open. It is complete before
    it gets its name: of two processes that do this at once the last one wins, and both are right.

    Raises:
        OSError, RuntimeError, sqlite3.Error: the graph cannot be read, or the index not be written.
        UnusableInput: this Python has no full-text search.
    """
    own = os.path.join(build, f".{FILE}-{os.getpid()}-{os.urandom(4).hex()}")
    gathered = gather(Store.read_only(build))
    try:
        connection = _connect(own)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            _fill(connection, gathered)
        finally:
            connection.close()
        with open(own, "rb") as file:
            os.fsync(file.fileno())
        os.replace(own, os.path.join(build, FILE))
    finally:
        with suppress(FileNotFoundError):
            os.unlink(own)


def lacks_full_text(error: Exception) -> bool:
    """Whether SQLite says that it has no full-text search of the kind that we need."""
    return "no such module" in str(error) or "tokenizer" in str(error)


def no_full_text(because: object) -> UnusableInput:
    """The error to raise where this Python's SQLite cannot do it."""
    return UnusableInput(
        f"this Python has no full-text search: {because}",
        hint="Use a Python whose sqlite3 is SQLite 3.27 or later with FTS5, as the usual ones "
        "are. meagraph find looks for names without it.",
    )


def engine() -> Any:
    """The module ``sqlite3``, imported late: it takes longer than many a verb.

    Raises:
        UnusableInput: this Python was built without it.
    """
    try:
        import sqlite3
    except ImportError as error:
        raise no_full_text(error) from None
    return sqlite3


def _connect(address: str) -> Connection:
    # Only read once it is filled, so threads may share it: SQLite puts their calls in turn.
    connection: Connection = engine().connect(
        address, uri=address.startswith("file:"), check_same_thread=False
    )
    return connection


def _signed(number: int) -> int:
    """As SQLite gives back the 32 bits of its user version."""
    return number - (1 << 32) if number >= 1 << 31 else number


def _fill(connection: Connection, gathered: Gathered) -> None:
    try:
        connection.executescript(_TABLES)
        connection.execute(_SEARCHED.format(module=_MODULE, words=_WORDS))
    except engine().OperationalError as error:
        if lacks_full_text(error):
            raise no_full_text(error) from None
        raise
    _insert(connection, gathered)
    connection.execute("CREATE INDEX texts_by_name ON texts (folded)")
    connection.execute("INSERT INTO searched (searched) VALUES ('rebuild')")
    connection.execute("INSERT INTO searched (searched) VALUES ('optimize')")
    for command in _UNSTEMMED:
        connection.execute(command.format(module=_MODULE, words=_WORDS))
    connection.execute(f"PRAGMA user_version = {_signed(_FORMAT)}")
    connection.commit()


def _insert(connection: Connection, gathered: Gathered) -> None:
    things = gathered.things
    places = {iri: place for place, iri in enumerate(gathered.passages)}
    classes = {iri: place for place, iri in enumerate(gathered.classes)}

    def insert(table: str, rows: Iterable[tuple[object, ...]], cells: int) -> None:
        marks = ", ".join("?" * cells)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    insert("passages", ((place, iri) for iri, place in places.items()), 2)
    named = gathered.classes.items()
    insert("classes", ((classes[iri], iri, label) for iri, label in named), 3)
    insert("things", ((place, one.iri, one.label, one.kind) for place, one in enumerate(things)), 4)
    texts = [
        (place, *text, WEIGHTS[text.sort] * STANDINGS[thing.standing])
        for place, thing in enumerate(things)
        for text in thing.texts
    ]
    insert("texts", ((number, *row) for number, row in enumerate(texts)), 6)
    insert(
        "stated",
        ((place, places[iri]) for place, thing in enumerate(things) for iri in thing.passages),
        2,
    )
    insert(
        "instances",
        ((classes[iri], place) for place, thing in enumerate(things) for iri in thing.classes),
        2,
    )
