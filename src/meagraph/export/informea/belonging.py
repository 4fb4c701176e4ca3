"""To which treaties of InforMEA a body, an actor or a meeting belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meagraph.export.informea.facts import Facts
    from meagraph.export.informea.names import Treaty

OFFICIAL, PARTNER = "official", "partner"
"""Kinds of meeting: of a treaty's own body; one at which its secretariat took part."""

_UPWARDS = (
    "mea:fallsUnder",
    "mea:bodyOf",
    "mea:rollsUpTo",
    "mea:secretariatOf",
    "mea:belongsTo",
    "mea:provisionOf",
)
_PRESENT = {
    "organiser",
    "participant",
    "observer",
    "presenter",
    "contributor",
    "performer",
    "host",
    "coordinator",
    "secretariat",
    "author",
}
"""Roles of one who takes part; who is invited, consulted or a counterpart may have stayed away."""

_NOT_YET = {"requested", "needed"}
"""An act that was only asked for brings nobody to a meeting."""


class Belonging:
    """The treaties that have machine names, and what belongs to them.

    Args:
        facts: what the graph says.
        treaties: by IRI.
    """

    def __init__(self, facts: Facts, treaties: dict[str, Treaty]) -> None:
        self._facts = facts
        self._treaties = treaties

    def of(self, iri: str) -> set[str]:
        """The IRIs of the treaties that a body, an actor, a group or a paper belongs to.

        Upwards from a post to its secretariat, from a secretariat or body to its agreement, from a
        group of agreements to each of them. What has a machine name itself belongs to nothing more.
        """
        seen: set[str] = set()
        found: set[str] = set()
        waiting = [iri]
        while waiting:
            thing = waiting.pop()
            if thing in seen:
                continue
            seen.add(thing)
            if thing in self._treaties:
                found.add(thing)
                continue
            waiting += self._facts.texts(thing, *_UPWARDS)
            if "AgreementGroup" in self._classes(thing):
                waiting += self._facts.having("mea:memberOf", thing)
        return found

    def of_meeting(self, meeting: str) -> dict[str, str | None]:
        """The IRIs of the treaties in whose feeds a meeting stands, with its kind for each.

        A meeting of treaties' bodies is that of those treaties, however many others took part:
        these have bodies of their own. Any other is that of the meeting that it is a part of or
        held for, and of the treaties whose secretariats or bodies took part in it.
        """
        facts = self._facts
        bodies = facts.texts(meeting, "mea:meetingOf")
        if own := {treaty for body in bodies for treaty in self.of(body)}:
            return dict.fromkeys(sorted(own), OFFICIAL)
        found: dict[str, str | None] = {}
        for whole in facts.wholes(meeting, "schema:superEvent", "mea:relatedTo"):
            for body in facts.texts(whole, "mea:meetingOf"):
                found |= dict.fromkeys(self.of(body))
        for agent in self._present(meeting):
            for treaty in self.of(agent):
                found.setdefault(treaty, PARTNER)
        return dict(sorted(found.items()))

    def owning(self, meeting: str) -> set[str]:
        """The treaties whose own a meeting is: what it adopts, and what is written for it, is too.

        Not those whose secretariat was only among the guests.
        """
        return {treaty for treaty, kind in self.of_meeting(meeting).items() if kind != PARTNER}

    def grounds(self, treaty: str) -> tuple[str, ...]:
        """The treaty and the identifiers on which its machine name rests."""
        return (treaty, *self._treaties[treaty].grounds)

    def name(self, treaty: str) -> str:
        """The machine name of a treaty."""
        return self._treaties[treaty].name

    def acts(self, meeting: str) -> list[str]:
        """The acts that brought somebody to a meeting."""
        acts = self._facts.having("mea:event", meeting)
        return [act for act in acts if not self._facts.concepts(act, "mea:status") & _NOT_YET]

    def _present(self, meeting: str) -> list[str]:
        facts = self._facts
        return [
            agent
            for act in self.acts(meeting)
            for part in facts.texts(act, "mea:hasParticipation")
            if facts.concepts(part, "mea:role") & _PRESENT
            for agent in facts.texts(part, "mea:agent")
        ]

    def _classes(self, thing: str) -> set[str]:
        return {iri.rpartition("#")[2] for iri in self._facts.texts(thing, "rdf:type")}
