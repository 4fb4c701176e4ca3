"""Sentences that every form says alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meagraph.changes.comparison import Changes, EntryChange, NameChanges

KINDS = {
    "renamed": "Renamed",
    "merged": "Merged into others",
    "withdrawn": "Withdrawn",
    "added": "Added",
    "removed": "Removed",
    "changed": "Changed",
}
"""What became of entries, in the order in which a reader is told, and the heading of each."""

FOLLOWING = "Changed only in names that were given up"


def counted(number: int, what: str, many: str = "") -> str:
    """A number and what it counts: ``1 entry``, ``2 entries``."""
    return f"{number:,} {what if number == 1 else many or what + 's'}"


def by_kind(changes: Changes) -> dict[str, list[EntryChange]]:
    """The entries by what became of them; those that only follow new names apart, and last."""
    groups: dict[str, list[EntryChange]] = {heading: [] for heading in KINDS.values()}
    groups[FOLLOWING] = [entry for entry in changes.entries if entry.follows]
    for entry in changes.entries:
        if not entry.follows:
            groups[KINDS[entry.kind]].append(entry)
    return {heading: entries for heading, entries in groups.items() if entries}


def summary(changes: Changes) -> list[str]:
    """The counts, one sentence a part."""
    lines = []
    if changes.entries:
        groups = by_kind(changes).items()
        parts = ", ".join(f"{len(entries)} {heading.lower()}" for heading, entries in groups)
        lines.append(f"{counted(len(changes.entries), 'entry differs', 'entries differ')}: {parts}")
    for what, names in named_parts(changes):
        lines.append(f"{what}: {', '.join(f'{number} {word}' for word, number in told(names))}")
    if changes.same:
        lines.append("nothing differs in what is stated")
    went, came = changes.register
    if went or came:
        facts = counted(went + came, "fact of the register differs", "facts of the register differ")
        lines.append(f"{facts}; they tell of files, not of the world")
    if changes.missing:
        lines.append(f"not compared, for only one has them: {', '.join(changes.missing)}")
    return lines


def named_parts(changes: Changes) -> list[tuple[str, NameChanges]]:
    """The parts of which names only are told, as far as they differ."""
    parts = (
        ("Terms and concepts", changes.ontology),
        ("Shapes", changes.shapes),
        ("Stored questions", changes.questions),
    )
    return [(what, names) for what, names in parts if names]


def told(names: NameChanges) -> list[tuple[str, int]]:
    """How many names there are of each sort, but for none."""
    went, came = names.nameless
    numbers = (
        ("added", len(names.added)),
        ("removed", len(names.removed)),
        ("changed", len(names.changed)),
        ("given up", len(names.given_up)),
        ("without a name added", came),
        ("without a name removed", went),
    )
    return [(word, number) for word, number in numbers if number]


def nameless_told(nameless: tuple[int, int]) -> str:
    """How many groups of statements without names went and came; mostly nothing."""
    went, came = nameless
    parts = [f"{number} {word}" for number, word in ((came, "added"), (went, "removed")) if number]
    return f"statements about things without names: {', '.join(parts)}" if parts else ""
