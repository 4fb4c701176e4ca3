"""What is in no feed, and which rule keeps it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.export.informea_lint.checks import Breach
from meagraph.namespaces import compact, expand

if TYPE_CHECKING:
    from meagraph.export.informea.feed import Feed
    from meagraph.export.informea.record import LeftOut
    from meagraph.queryable import Queryable

_RULE_OF = {
    "title": ("no-title", "it has no title in a language that the portals know"),
    "titleEnglish": ("no-title", "it has no English title"),
    "UUID": ("no-uuid", "its UUID in InforMEA is not known"),
    "type": ("no-kind", "whether it is a decision or a resolution is not known"),
    "status": ("no-status", "nothing says that it was adopted"),
    "number": ("no-number", "its number is not known"),
    "published": ("no-date", "its day is not known"),
}


class LeavingOut:
    """Tells why things are in no feed.

    Args:
        store: the graph.
        feed: what is in the feed of it, and what is not.
    """

    def __init__(self, store: Queryable, feed: Feed) -> None:
        self._store = store
        self._meetings = {record.iri for record in feed.meetings}

    def breaches(self, left: LeftOut) -> Iterator[Breach]:
        """The rules that keep a thing out.

        What no treaty has is not looked at further: whatever else it lacks, nobody would take it.
        A decision whose meeting is in no feed has no day either, and that is told once.
        """
        if "treaty" in left.missing:
            yield Breach("no-treaty", "it belongs to no treaty that InforMEA has")
            return
        for name in left.missing:
            if name == "start":
                yield self._start(left.iri)
            elif name == "meetingId":
                yield self._meeting(left.iri)
            elif name != "published" or "meetingId" not in left.missing:
                yield Breach(*_RULE_OF[name])

    def _start(self, meeting: str) -> Breach:
        """A meeting without a first day: it has parts, or the source errs, or tells no day."""
        if parts := self._parts(meeting):
            return Breach(
                "only-parts", f"it has no days of its own; the feed has its parts: {parts}"
            )
        typed = self._values(meeting, "mea:when")
        for reading in self._subjects("mea:concerns", meeting):
            kinds = self._values(reading, "mea:defectKind")
            if any(kind.endswith("/impossible-date") for kind in kinds):
                written = _quoted(self._values(reading, "mea:asWritten"))
                certain = f"; certain is only {', '.join(typed)}" if typed else ""
                return Breach("no-start", f"its days are written as {written}{certain}")
        told = self._values(meeting, "mea:whenAsStated")
        if told or typed:
            words = " ".join(part for part in (_quoted(told), _bracketed(typed)) if part)
            return Breach("no-start", f"the day on which it starts is not known, only {words}")
        return Breach("no-start", "no day on which it starts is stated")

    def _meeting(self, decision: str) -> Breach:
        """A decision whose meeting is in no feed, or not in that of its treaty."""
        meetings = self._values(decision, "mea:adoptedAt")
        if not meetings:
            return Breach("meeting-unresolvable", "at which meeting it was adopted is not known")
        named = ", ".join(map(compact, meetings))
        if self._meetings & set(meetings):
            return Breach("meeting-unresolvable", f"{named} is in the feed of another treaty")
        for meeting in meetings:
            if parts := self._parts(meeting):
                return Breach(
                    "meeting-unresolvable",
                    f"it was adopted at {named}, of which the feed has only parts: {parts}",
                    "Name the part at which it was adopted with mea:adoptedAt.",
                )
        return Breach(
            "meeting-unresolvable",
            f"it was adopted at {named}, which is in no feed: its first day is not known",
            f"Supply the days of {named} with mea:when, with mea:takenFrom and mea:checked.",
        )

    def _parts(self, meeting: str) -> str:
        """The parts of a meeting that are in the feed."""
        parts = self._subjects("schema:superEvent", meeting)
        return ", ".join(compact(part) for part in parts if part in self._meetings)

    def _values(self, iri: str, name: str) -> list[str]:
        """The values of a property: IRIs, or what literals say; sorted."""
        predicate = NamedNode(expand(name) or name)
        said = self._store.quads_for_pattern(NamedNode(iri), predicate, None, DefaultGraph())
        return sorted(q.object.value for q in said if isinstance(q.object, Literal | NamedNode))

    def _subjects(self, name: str, iri: str) -> list[str]:
        predicate = NamedNode(expand(name) or name)
        said = self._store.quads_for_pattern(None, predicate, NamedNode(iri), DefaultGraph())
        return sorted(q.subject.value for q in said if isinstance(q.subject, NamedNode))


def _quoted(texts: list[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


def _bracketed(times: list[str]) -> str:
    return f"({', '.join(times)})" if times else ""
