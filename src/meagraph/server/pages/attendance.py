"""Who took part in a meeting, which no statement about the meeting itself says.

A passage tells of an act, of its event and of who takes part in it; a reader of the meeting's page
wants to see them without going by way of the act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from meagraph.evidence import cite
from meagraph.namespaces import CONCEPTS, PREFIXES
from meagraph.server.pages.facts import Chapter, Facts, Line, Source
from meagraph.server.pages.order import by_number
from meagraph.server.pages.wording import named
from meagraph.tables import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.server.edition import Edition

_TITLE = "Who took part, as passages tell it"
_PLAIN = ("", CONCEPTS + "status/done")
"""The status of an act that needs no word: it is what a reader expects."""
_QUERY = """
SELECT DISTINCT ?role ?agent ?status ?passage {
  ?act mea:event %s ; mea:hasParticipation ?participation .
  GRAPH ?passage { ?participation mea:agent ?agent } ?passage a mea:Passage .
  OPTIONAL { ?participation mea:role ?role }
  OPTIONAL { ?act mea:status ?status }
}
"""


def attendance(edition: Edition, iri: str) -> Chapter | None:
    """Who took part in what has this event, by role, each with its passages.

    Args:
        edition: the graph.
        iri: a meeting, or anything that may be an event.

    Returns:
        Nothing where no passage tells of anybody.
    """
    rows: Any = edition.store.query(_QUERY % NamedNode(iri), prefixes=PREFIXES)
    told: dict[tuple[str, str, str], set[str]] = {}
    for role, agent, status, passage in rows:
        key = (getattr(role, "value", ""), agent.value, getattr(status, "value", ""))
        told.setdefault(key, set()).add(passage.value)
    if not told:
        return None
    labels = labels_of(edition.store, {name for key in told for name in key if name})
    cited = cite(edition.store, {passage for found in told.values() for passage in found})

    def name(one: str) -> str:
        return named(one, labels)

    by_role: dict[str, list[Line]] = {}
    for (role, agent, status), passages in told.items():
        value = f"{name(agent)} ({name(status)})" if status not in _PLAIN else name(agent)
        sources = tuple(
            Source("", citation.name, passage, False)
            for passage, citation in cited.items()
            if passage in passages
        )
        by_role.setdefault(name(role) if role else "agent", []).append(Line(value, agent, sources))
    return Chapter(_TITLE, tuple(_facts(by_role.items())))


def _facts(by_role: Iterable[tuple[str, list[Line]]]) -> list[Facts]:
    return [
        Facts(role, tuple(sorted(lines, key=lambda line: by_number(line.value))), ())
        for role, lines in sorted(by_role)
    ]
