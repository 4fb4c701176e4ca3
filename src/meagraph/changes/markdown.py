"""A difference in GitHub's Markdown, for the text of a pull request: the details folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from meagraph.changes.wording import by_kind, counted, named_parts, nameless_told, summary
from meagraph.reports.words import printable
from meagraph.tables import escaped, shortened

if TYPE_CHECKING:
    from meagraph.changes.comparison import Changes, EntryChange, NameChanges
    from meagraph.changes.naming import Naming

_MOST = 60_000
"""Characters: GitHub takes 65,536 in a comment, and refuses a longer one."""
_SPARED = 2_000
"""Characters of them that are kept for what stands below the entries."""
_REFERENCE = re.compile(r"([@#]|\bGH-)(?=\w)", re.IGNORECASE)
_BROKEN = r"\1<!-- -->"
"""An empty comment behind the sign: GitHub then sees a sign and a word, and shows both."""


def as_markdown(changes: Changes, naming: Naming, links: str = "") -> str:
    """The difference for a pull request.

    Args:
        changes: what differs.
        naming: what things are called.
        links: the address that the paths of files are added to; without one, links lead from the
            root of the repository, which holds in its files, not in comments.

    Returns:
        At most as much as GitHub takes: where more differs, it says how many entries are left out.
    """
    lines = [f"### {_text(changes.old)} → {_text(changes.new)}", ""]
    lines += [f"- {_text(line)}" for line in summary(changes)]
    tail = [part for what, names in named_parts(changes) for part in _names(what, names, naming)]
    room = _MOST - _SPARED - _length(lines)
    tail = _fitting(tail, max(room // 3, 0), "names are left out: the text form lists all")
    blocks = list(_entries(changes, naming, links))
    left_out = "entries are left out: the text form has them"
    lines += _fitting(blocks, room - _length(tail), left_out) + tail
    return "\n".join(lines) + "\n"


def _length(lines: list[str]) -> int:
    return sum(map(len, lines)) + len(lines)


def _fitting(blocks: list[str], room: int, rest: str) -> list[str]:
    """As many blocks as there is room for, and how many are left out."""
    kept: list[str] = []
    for block in blocks:
        room -= len(block) + 1
        if room < 0:
            number = sum(not each.startswith("\n#") for each in blocks[len(kept) :])
            return [*kept, "", f"*… {number:,} {rest}.*"]
        kept.append(block)
    return kept


def _entries(changes: Changes, naming: Naming, links: str) -> Iterator[str]:
    for heading, entries in by_kind(changes).items():
        yield f"\n#### {heading} ({len(entries):,})\n"
        for entry in entries:
            yield _entry(entry, naming, links)


def _entry(entry: EntryChange, naming: Naming, links: str) -> str:
    own = entry.successor or entry.graph
    name = _code(entry.file or shortened(own))
    if entry.kind in ("renamed", "merged", "withdrawn"):
        name = _code(shortened(entry.graph))
        if entry.successor:
            name += f" → {_code(shortened(entry.successor))}"
    title = " ".join(filter(None, (name, _html(naming.title(entry)), _html(entry.reason))))
    number = f" · {counted(entry.statements, 'statement')}" if entry.statements else ""
    lines = [f"<details><summary>{title}{number}</summary>", ""]
    if entry.file and entry.kind != "removed":
        lines += [f"[{_text(entry.file)}]({links}{quote(entry.file)})", ""]
    if entry.things:
        lines += ["| thing | property | before | after |", "| --- | --- | --- | --- |"]
        lines += _rows(entry, naming, own)
    if entry.nameless != (0, 0):
        lines += ["", _text(nameless_told(entry.nameless))]
    return "\n".join([*lines, "", "</details>"])


def _rows(entry: EntryChange, naming: Naming, own: str) -> Iterator[str]:
    for thing in entry.things:
        name = _text(naming.shown(thing.thing, own))
        for change in thing.properties:
            went, came = ("<br>".join(map(_text, v)) for v in naming.values(change, own))
            yield f"| {name} | {_text(naming.shown(change.predicate))} | {went} | {came} |"
            name = ""


def _names(what: str, names: NameChanges, naming: Naming) -> Iterator[str]:
    yield f"\n#### {what}\n"
    for word, listed in (
        ("added", names.added),
        ("removed", names.removed),
        ("changed", names.changed),
    ):
        for name in listed:
            yield f"- {word} {_text(naming.called(name))}"
    for gone in names.given_up:
        successor = f" for {_text(shortened(gone.successor))}" if gone.successor else ""
        yield f"- given up {_text(shortened(gone.iri))}{successor}"
    if names.nameless != (0, 0):
        yield f"- {_text(nameless_told(names.nameless))}"


def _text(text: str) -> str:
    """A text in which nothing is markup, and no one is called and no issue named by chance."""
    return _REFERENCE.sub(_BROKEN, escaped(printable(text)))


def _html(text: str) -> str:
    """The same for a line of HTML, in which Markdown is not read."""
    return _REFERENCE.sub(_BROKEN, escape(" ".join(printable(text).split()), quote=False))


def _code(text: str) -> str:
    return f"<code>{_html(text)}</code>"
