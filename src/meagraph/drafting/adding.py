"""Arriving entries put in their places under ``data/``: all of them together, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Triple

from meagraph.entries import Entry, data_files, parse_entry, refusals
from meagraph.entries.arrival import Arrival
from meagraph.entries.formatting import renew_register
from meagraph.entries.limits import read_bounded
from meagraph.entries.paths import REGISTER
from meagraph.entries.replacement import replace_together
from meagraph.entries.tombstones import is_tombstone
from meagraph.entries.writer import write
from meagraph.errors import UnusableInput
from meagraph.namespaces import compact
from meagraph.project import Project
from meagraph.validation.findings import shown


class Placing(NamedTuple):
    """What is to become of one arriving entry.

    ``arrival`` is the entry and where it goes, and ``text`` its canonical form; ``standing`` is
    the file that has its graph already, with its bytes ``before``, or ``None``. ``lost`` are the
    triples of that file which the entry does not state, and ``gained`` how many it states that the
    file does not; where that file cannot be read, nothing is known of them.
    """

    arrival: Arrival
    text: str
    standing: Path | None = None
    before: bytes = b""
    lost: tuple[Triple, ...] = ()
    gained: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything is to be written: not where the file states the same already."""
        return self.standing is None or self.replaces

    @property
    def replaces(self) -> bool:
        """Whether a file would be lost that states something else."""
        return self.standing is not None and bool(self.lost or self.gained)

    def difference(self, root: Path) -> str:
        """The unified difference of the standing file and what is to replace it.

        Args:
            root: the folder that files are named from.
        """
        old, new = (
            path.relative_to(root).as_posix() if path else "/dev/null"
            for path in (self.standing, self.arrival.destination)
        )
        before = self.before.decode("utf-8", "replace").splitlines(keepends=True)
        return "".join(unified_diff(before, self.text.splitlines(keepends=True), old, new))


class Adding(NamedTuple):
    """What adding entries would do; nothing is to be written unless ``refused`` is empty."""

    placings: list[Placing]
    refused: list[UnusableInput]


def adding(project: Project, arrivals: Sequence[Arrival]) -> Adding:
    """Work out where entries go and what stands there; writes nothing, and validates nothing.

    Args:
        project: the graph's files.
        arrivals: the entries.

    Raises:
        UnusableInput: a path under ``data/`` gives no legal IRI, or two files are one graph.
    """
    files = {graph: path for path, graph in data_files(project.data).items()}
    found = Adding([], [])
    for arrival in arrivals:
        entry = arrival.entry
        standing = files.get(entry.graph)
        refused = refusals(entry) or _given_up(entry, standing)
        found.refused.extend(refused)
        if not refused:
            text = write(entry.graph, entry.triples)
            found.placings.append(
                _replacing(arrival, text, standing) if standing else Placing(arrival, text)
            )
    return found


def _given_up(entry: Entry, standing: Path | None) -> list[UnusableInput]:
    """Refuse an entry for a name that was given up: it is never used again (model, section 6)."""
    if standing is None or is_tombstone(entry.graph, entry.triples):
        return []
    try:
        old = parse_entry(standing, entry.graph, read_bounded(standing))
    except UnusableInput:
        return []
    if not is_tombstone(entry.graph, old.triples):
        return []
    return [
        UnusableInput(
            f"{compact(entry.graph)} was given up, and no name is used again",
            file=entry.path,
            hint="meagraph describe says what became of it. Give the thing another name; meagraph "
            "new makes a free one.",
        )
    ]


def _replacing(arrival: Arrival, text: str, standing: Path) -> Placing:
    before = read_bounded(standing)
    try:
        old = dict.fromkeys(parse_entry(standing, arrival.entry.graph, before).triples)
    except UnusableInput:
        old = {}
    new = dict.fromkeys(arrival.entry.triples)
    lost = tuple(triple for triple in old if triple not in new)
    return Placing(arrival, text, standing, before, lost, sum(t not in old for t in new))


def refusal_to_replace(placing: Placing, root: Path) -> UnusableInput:
    """Say that a file stands where an entry is to go, and what would be lost with it."""
    assert placing.standing is not None
    path = placing.standing.relative_to(root).as_posix()
    lines = [f"{path} exists already, and states something else"]
    if placing.lost:
        lines.append(f"  {lost_triples(placing)}")
    return UnusableInput(
        "\n".join(lines),
        file=placing.arrival.entry.path,
        hint="Put what it states into this file too, or give --replace.",
    )


def lost_triples(placing: Placing, most: int = 10) -> str:
    """The triples that a replacement would lose, in Turtle's notation, in lines.

    Args:
        placing: the replacement.
        most: how many are listed.
    """
    count = len(placing.lost)
    lines = [f"{count} {'triple' if count == 1 else 'triples'} would be lost:"]
    lines += ["    " + " ".join(map(shown, triple)) for triple in placing.lost[:most]]
    if count > most:
        lines.append(f"    and {count - most} more")
    return "\n".join(lines)


def changes(project: Project, placings: Sequence[Placing], day: date) -> dict[Path, str | None]:
    """The new text of each file that changes, the register's last; ``None`` for a file that goes.

    Args:
        project: the graph's files.
        placings: what is to become of the entries.
        day: the day that the register records for them.

    Raises:
        UnusableInput: the register cannot be read or written in canonical form, or a file is not
            as it was when the placings were worked out.
    """
    texts: dict[Path, str] = {}
    gone: list[Path] = []
    for placing in placings:
        if placing.changes:
            _refuse_changed(placing)
            texts[placing.arrival.destination] = placing.text
            if placing.standing and placing.standing != placing.arrival.destination:
                gone.append(placing.standing)
    if not texts:
        return {}
    files = {*data_files(project.data), *texts}.difference(gone)
    refused: list[UnusableInput] = []
    renew_register(project.data / REGISTER, sorted(files), texts, day, refused)
    for error in refused:
        raise error
    return {**texts, **dict.fromkeys(gone)}


def _refuse_changed(placing: Placing) -> None:
    """Stop where someone has written the file since it was looked at."""
    path = placing.standing or placing.arrival.destination
    exists = path.exists()
    if exists != (placing.standing is not None) or (exists and path.read_bytes() != placing.before):
        raise UnusableInput(
            "the file was changed while the entries were being validated",
            file=path,
            hint="Nothing has been changed. Try again.",
        )


def put(changed: Mapping[Path, str | None]) -> None:
    """Write all files, in folders made where they are missing, or leave everything as it was.

    Args:
        changed: what `changes` gives.

    Raises:
        UnusableInput: a folder cannot be made or a file cannot be written.
    """
    made: list[Path] = []
    try:
        for path in changed:
            _make(path.parent, made)
        replace_together(changed)
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those that it stands in, noting which were made."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        try:
            os.mkdir(place)
        except OSError as error:
            raise UnusableInput(
                f"the folder cannot be made: {error.strerror}",
                file=place,
                hint="Nothing has been changed. Give yourself the right to write in its folder.",
            ) from None
        made.append(place)
