"""The feed: all records that harvesters can take, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from meagraph.entries import entry_path
from meagraph.export.informea.belonging import Belonging
from meagraph.export.informea.decisions import decisions
from meagraph.export.informea.documents import documents
from meagraph.export.informea.facts import Facts
from meagraph.export.informea.meetings import meetings
from meagraph.export.informea.names import Treaty, read_names
from meagraph.export.informea.record import LeftOut, Record, complete, missing, texts
from meagraph.export.informea.texts import plain
from meagraph.namespaces import BASE

if TYPE_CHECKING:
    from meagraph.project import Project
    from meagraph.queryable import Queryable

_TREATY_TITLE = 1024
_WHY = {
    "treaty": "it belongs to no treaty that has a machine name in InforMEA",
    "title": "it has no label in a language that harvesters know",
    "titleEnglish": "it has no label in English",
    "UUID": "no UUID of InforMEA is known for it",
    "start": "no first day is known",
    "number": "it has no number of at most 64 characters",
    "status": "nothing says that it was adopted",
    "meetingId": "no meeting at which it was adopted is in the feed of the same treaty",
    "published": "without a dated meeting it has no day of its own",
}


class Feed(NamedTuple):
    """The records of each set, the newest first, then by id; and what is in none.

    A record that is in the feed has all that its set requires, so that neither InforMEA nor ECOLEX
    rejects it.
    """

    treaties: tuple[Record, ...]
    meetings: tuple[Record, ...]
    decisions: tuple[Record, ...]
    documents: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]

    def set(self, name: str) -> tuple[Record, ...] | None:
        """The records of a set by its name in the protocol; `None` where there is no such set."""
        return {
            "Treaties": self.treaties,
            "Meetings": self.meetings,
            "Decisions": self.decisions,
            "Documents": self.documents,
        }.get(name)


def records(store: Queryable, project: Project) -> Feed:
    """All records of a built graph.

    Args:
        store: the graph, its register in it.
        project: its files; ``informea.toml`` in its folder may override machine names.

    Raises:
        UnusableInput: ``informea.toml`` is not as `names` says, or one machine name stands for two
            treaties.
    """
    facts = Facts(store)
    names = read_names(facts, project)
    belonging = Belonging(facts, names.treaties)
    left: list[LeftOut] = []

    def kept(
        kind: str, found: Iterable[tuple[str, Record | tuple[str, ...]]]
    ) -> tuple[Record, ...]:
        taken = []
        for iri, what in found:
            if isinstance(what, Record):
                taken.append(what)
            else:
                why = _why(facts, iri, what)
                left.append(LeftOut(iri, kind, what, why, _file(iri, project)))
        return tuple(sorted(taken, key=lambda one: (-one.updated.toordinal(), one.id)))

    treaties = kept("Treaties", (_treaty(facts, one) for one in names.treaties.values()))
    held = kept("Meetings", meetings(facts, belonging))
    by_meeting = {(record.iri, record.fields["treaty"]): record for record in held}
    decided = kept("Decisions", decisions(facts, names, belonging, by_meeting))
    papers = kept("Documents", documents(facts, names, belonging, by_meeting))
    for record in (*held, *decided, *papers):
        record.fields["updated"] = record.updated
    left.sort()
    return Feed(treaties, held, decided, papers, tuple(left))


def _treaty(facts: Facts, treaty: Treaty) -> tuple[str, Record | tuple[str, ...]]:
    titles = facts.titles(treaty.iri)
    english = plain(titles.get("en", ""), _TREATY_TITLE)
    fields = {
        "id": treaty.name,
        "UUID": treaty.uuid,
        "url": f"https://www.informea.org/treaties/{treaty.name}",
        "titleEnglish": english,
        "officialNameEnglish": english,
        "title": texts(treaty.name, "title", titles),
    }
    if lacking := missing("Treaties", fields):
        return treaty.iri, lacking
    day = facts.updated((treaty.iri, *treaty.grounds))
    return treaty.iri, Record(treaty.iri, day, complete("Treaties", fields))


def _why(facts: Facts, iri: str, lacking: tuple[str, ...]) -> str:
    reasons = []
    for name in lacking:
        reason = _WHY[name]
        if name == "start" and (times := facts.texts(iri, "mea:whenAsStated", "mea:when")):
            reason += f" (the time is given as {', '.join(f'“{plain(one)}”' for one in times)})"
        if name == "meetingId" and (held := facts.texts(iri, "mea:adoptedAt")):
            reason += f" ({', '.join(one.removeprefix(BASE) for one in held)})"
        reasons.append(reason)
    return "; ".join(reasons)


def _file(iri: str, project: Project) -> str:
    """The file of the graph in which a thing is told of first of all."""
    graph = iri.partition("#")[0]
    if not graph.startswith(BASE):
        return ""
    return entry_path(graph, project.data).relative_to(project.root).as_posix()
