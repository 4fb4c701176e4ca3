"""Rules on what claims say: whom an act involves, who is a member; and what readings are of."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entailment.facts import LABEL, TYPE, Facts, Subject, Term
from meagraph.entailment.rule import NOT_YET, STATUS, Rule, mea
from meagraph.entries import graph_kind
from meagraph.namespaces import BASE, CONCEPTS, DCTERMS

_HAS_PARTICIPATION, _AGENT = mea("hasParticipation"), mea("agent")
INVOLVES, _AGENT_CLASS = mea("involves"), mea("Agent")
_CONCERNS, READING_OF = mea("concerns"), mea("readingOf")
_PASSAGE_LABEL = mea("label")
_IS_PART_OF, _SHORT_TITLE = NamedNode(DCTERMS + "isPartOf"), mea("shortTitle")
_LIST_OF, _ITEM_ROLE, _ITEM = mea("listOf"), mea("itemRole"), mea("item")
_MEMBERSHIP, _MEMBER, _MEMBER_IN = mea("Membership"), mea("member"), mea("memberIn")
_MEMBER_OF, _ROLE = mea("memberOf"), mea("role")
_MEMBER_ROLES = tuple(
    NamedNode(f"{CONCEPTS}role/{name}") for name in ("member", "participating-organisation")
)


def _involvements(facts: Facts) -> Iterator[Triple]:
    """Who has a part in an activity is involved in it, whatever the role."""
    agents = facts.links(_AGENT)
    for activity, parts in facts.links(_HAS_PARTICIPATION).items():
        for part in parts:
            for agent in agents.get(part, ()):
                yield Triple(activity, INVOLVES, agent)


def _parts_taken(facts: Facts, triple: Triple) -> Iterator[Triple]:
    activity, predicate, agent = triple
    if predicate == INVOLVES:
        for part in facts.things(activity, _HAS_PARTICIPATION):
            if facts.known(part, _AGENT, agent):
                yield Triple(activity, _HAS_PARTICIPATION, part)
                yield Triple(part, _AGENT, agent)


def _agents(facts: Facts) -> Iterator[Triple]:
    """Whoever takes part is an agent, whatever else it is."""
    for agents in facts.links(_AGENT).values():
        for agent in agents:
            yield Triple(agent, TYPE, _AGENT_CLASS)


def _acting(facts: Facts, triple: Triple) -> Iterator[Triple]:
    if (triple.predicate, triple.object) == (TYPE, _AGENT_CLASS):
        yield from facts.matching(_AGENT, triple.subject)


def _memberships(facts: Facts) -> Iterator[Triple]:
    """Who is listed as a member of a whole, or said to be one, is its member."""
    for role in _MEMBER_ROLES:
        for listing in facts.matching(_ITEM_ROLE, role):
            yield from _pairs(facts, listing.subject, _ITEM, _LIST_OF)
    for typed in facts.matching(TYPE, _MEMBERSHIP):
        if _makes_a_member(facts, typed.subject):
            yield from _pairs(facts, typed.subject, _MEMBER, _MEMBER_IN)


def _makes_a_member(facts: Facts, membership: Subject) -> bool:
    roles = facts.values(membership, _ROLE)
    is_member = not roles or not set(_MEMBER_ROLES).isdisjoint(roles)
    return is_member and NOT_YET.isdisjoint(facts.values(membership, STATUS))


def _pairs(facts: Facts, claim: Subject, member: NamedNode, whole: NamedNode) -> Iterator[Triple]:
    wholes = facts.values(claim, whole)
    for one in facts.values(claim, member):
        if isinstance(one, NamedNode | BlankNode):
            for other in wholes:
                yield Triple(one, _MEMBER_OF, other)


def _belonging(facts: Facts, triple: Triple) -> Iterator[Triple]:
    member, predicate, whole = triple
    if predicate != _MEMBER_OF:
        return
    for listed in facts.matching(_ITEM, member):
        is_of_members = not set(_MEMBER_ROLES).isdisjoint(facts.values(listed.subject, _ITEM_ROLE))
        if is_of_members and facts.known(listed.subject, _LIST_OF, whole):
            yield listed
            yield Triple(listed.subject, _LIST_OF, whole)
    for belonging in facts.matching(_MEMBER, member):
        claim = belonging.subject
        if facts.known(claim, _MEMBER_IN, whole) and _makes_a_member(facts, claim):
            yield belonging
            yield Triple(claim, _MEMBER_IN, whole)


def _readings(facts: Facts) -> Iterator[Triple]:
    """A reading is of the passage that its file stands for: the path says which."""
    for quad in facts.stated(_CONCERNS):
        graph = getattr(quad.graph_name, "value", "")
        if graph and graph_kind(graph) == "read":
            passage = BASE + "documents/" + graph.removeprefix(BASE + "readings/")
            yield Triple(quad.subject, READING_OF, NamedNode(passage))


def _concerned(facts: Facts, triple: Triple) -> Iterator[Triple]:
    if triple.predicate == READING_OF:
        for thing in facts.values(triple.subject, _CONCERNS):
            yield Triple(triple.subject, _CONCERNS, thing)


def _passage_names(facts: Facts) -> Iterator[Triple]:
    """A passage is named by the short title of its document and its label there."""
    titles: dict[Term, str] = {
        title.subject: title.object.value
        for title in facts.matching(_SHORT_TITLE)
        if isinstance(title.object, Literal)
    }
    for triple in facts.matching(_PASSAGE_LABEL):
        for document in facts.values(triple.subject, _IS_PART_OF):
            if document in titles and isinstance(triple.object, Literal):
                name = f"{titles[document]} {triple.object.value}"
                yield Triple(triple.subject, LABEL, Literal(name, language="en"))


def _labels_in_documents(facts: Facts, triple: Triple) -> Iterator[Triple]:
    if triple.predicate == LABEL:
        for label in facts.values(triple.subject, _PASSAGE_LABEL):
            yield Triple(triple.subject, _PASSAGE_LABEL, label)


CLAIMS = (
    Rule("readings", _readings, lambda facts: (_CONCERNS,), _concerned),
    Rule(
        "passage names",
        _passage_names,
        lambda facts: (_SHORT_TITLE, _PASSAGE_LABEL, _IS_PART_OF),
        _labels_in_documents,
    ),
    Rule("agents", _agents, lambda facts: (_AGENT,), _acting),
    Rule("involvements", _involvements, lambda facts: (_HAS_PARTICIPATION, _AGENT), _parts_taken),
    Rule(
        "memberships",
        _memberships,
        lambda facts: (
            *(_MEMBERSHIP, STATUS, _ROLE, _ITEM_ROLE),
            *(_ITEM, _LIST_OF, _MEMBER, _MEMBER_IN),
        ),
        _belonging,
    ),
)
