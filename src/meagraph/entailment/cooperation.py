"""The rule on cooperation: who cooperates with whom follows from activities, and from nothing else.

Two agents cooperate if the passages name both in one cooperation activity that is more than asked
for or planned. Each pair has a node with the activities that it rests on and two counts: of those
in which both are named themselves, and of those in which each is named or something that rolls up
to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Triple

from meagraph.entailment.claims import INVOLVES
from meagraph.entailment.facts import LABEL, TYPE, Facts, Subject
from meagraph.entailment.rule import NOT_YET, STATUS, Rule, mea
from meagraph.namespaces import BASE, ENTAILED_GRAPH, XSD

COOPERATES_WITH, ROLLS_UP_TO = mea("cooperatesWith"), mea("rollsUpTo")
COOPERATION, BETWEEN, RESTS_ON = mea("Cooperation"), mea("between"), mea("restsOn")
AS_NAMED, ROLLED_UP = mea("activitiesAsNamed"), mea("activitiesRolledUp")
_COOPERATION_ACTIVITY = mea("CooperationActivity")
_NOT_ONE_AGENT = tuple(mea(name) for name in ("UnspecifiedSet", "StakeholderGroup", "MeetingSet"))
"""Of these it is not known who acts: no one is said to cooperate with them."""

_INTEGER = NamedNode(XSD + "integer")
_NAME = str.maketrans("/#", "..")

_Pair = tuple[Subject, Subject]


class _Found:
    """The activities that the cooperation of two agents rests on."""

    def __init__(self) -> None:
        self.as_named: set[Subject] = set()
        self.rolled_up: set[Subject] = set()


def _cooperations(facts: Facts) -> Iterator[Triple]:
    """Who is named in one activity cooperates, and so do those that they roll up to."""
    found = _pairs(facts)
    agents = {agent for pair in found for agent in pair}
    labels = {agent: _label(facts, agent) for agent in agents}
    for (one, other), activities in found.items():
        node = cooperation(one, other)
        if activities.as_named:
            yield Triple(one, COOPERATES_WITH, other)
            yield Triple(other, COOPERATES_WITH, one)
        yield Triple(node, TYPE, COOPERATION)
        yield Triple(node, LABEL, Literal(f"{labels[one]} and {labels[other]}", language="en"))
        yield Triple(node, BETWEEN, one)
        yield Triple(node, BETWEEN, other)
        yield Triple(node, AS_NAMED, _count(activities.as_named))
        yield Triple(node, ROLLED_UP, _count(activities.rolled_up))
        for activity in activities.rolled_up:
            yield Triple(node, RESTS_ON, activity)


def cooperation(one: Subject, other: Subject) -> NamedNode:
    """The node of the cooperation of two agents, whichever is named first."""
    names = sorted((_path(one), _path(other)))
    return NamedNode(f"{ENTAILED_GRAPH}#{'--'.join(names).translate(_NAME)}")


@lru_cache(maxsize=4096)
def _path(agent: Subject) -> str:
    return getattr(agent, "value", str(agent)).removeprefix(BASE)


def _pairs(facts: Facts) -> dict[_Pair, _Found]:
    """Each pair of agents that cooperate, in the order of their names, and its activities."""
    above = facts.links(ROLLS_UP_TO)
    found: dict[_Pair, _Found] = {}
    for activity, agents in _named(facts).items():
        for one, other in combinations(agents, 2):
            if _within(one, other, above):
                continue
            for first in (one, *above.get(one, ())):
                for second in (other, *above.get(other, ())):
                    if first == second or _within(first, second, above):
                        continue
                    pair = (first, second)
                    if _path(second) < _path(first):
                        pair = (second, first)
                    activities = found.setdefault(pair, _Found())
                    activities.rolled_up.add(activity)
                    if (first, second) == (one, other):
                        activities.as_named.add(activity)
    return found


def _named(facts: Facts) -> dict[Subject, list[Subject]]:
    """The agents that take part in each cooperation activity that has come so far as to count."""
    counted = {typed.subject for typed in facts.matching(TYPE, _COOPERATION_ACTIVITY)}
    counted -= {said.subject for said in facts.matching(STATUS) if said.object in NOT_YET}
    left_out = {typed.subject for kind in _NOT_ONE_AGENT for typed in facts.matching(TYPE, kind)}
    return {
        activity: [agent for agent in agents if agent not in left_out]
        for activity, agents in facts.links(INVOLVES).items()
        if activity in counted
    }


def _within(one: Subject, other: Subject, above: dict[Subject, list[Subject]]) -> bool:
    """Whether one of two agents is a unit, a post or staff of the other."""
    return other in above.get(one, ()) or one in above.get(other, ())


def _label(facts: Facts, agent: Subject) -> str:
    """What an agent is called; without a label, by the end of its name."""
    labels = [each.value for each in facts.values(agent, LABEL) if isinstance(each, Literal)]
    return min(labels, default=_path(agent).rpartition("/")[2])


def _count(activities: set[Subject]) -> Literal:
    return Literal(str(len(activities)), datatype=_INTEGER)


def _activities(facts: Facts, triple: Triple) -> Iterator[Triple]:
    """The parts that the two take in the activities, and how those named roll up to the two."""
    subject, predicate, value = triple
    if predicate == COOPERATES_WITH and not isinstance(value, Literal):
        node = cooperation(subject, value)
        for activity in facts.things(node, RESTS_ON):
            if _name_all(facts, activity, (subject, value)):
                yield from (Triple(activity, INVOLVES, agent) for agent in (subject, value))
    elif facts.known(subject, TYPE, COOPERATION):
        between = facts.things(subject, BETWEEN)
        activities = facts.things(subject, RESTS_ON)
        if predicate == RESTS_ON:
            activities = [activity for activity in activities if activity == value]
        elif predicate == AS_NAMED:
            named_both = [each for each in activities if _name_all(facts, each, between)]
            activities = named_both or activities  # that it is none follows from all
        for activity in activities:
            yield from _parts(facts, activity, between)


def _name_all(facts: Facts, activity: Subject, agents: Iterable[Subject]) -> bool:
    return all(facts.known(activity, INVOLVES, agent) for agent in agents)


def _parts(facts: Facts, activity: Subject, between: Iterable[Subject]) -> Iterator[Triple]:
    for named in facts.things(activity, INVOLVES):
        for agent in between:
            if named == agent:
                yield Triple(activity, INVOLVES, agent)
            elif facts.known(named, ROLLS_UP_TO, agent):
                yield Triple(activity, INVOLVES, named)
                yield Triple(named, ROLLS_UP_TO, agent)


COOPERATING = (
    Rule(
        "cooperation",
        _cooperations,
        lambda facts: (
            *(_COOPERATION_ACTIVITY, *_NOT_ONE_AGENT),
            *(INVOLVES, STATUS, ROLLS_UP_TO, LABEL),
        ),
        _activities,
    ),
)
