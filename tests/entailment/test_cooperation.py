"""Who cooperates with whom follows from activities, as named and rolled up."""

from __future__ import annotations

import pytest
from entailed import concluded, merged, short

from meagraph.entailment import entail

UNITS = """
    mea:unitOf rdfs:subPropertyOf mea:rollsUpTo . mea:postOf rdfs:subPropertyOf mea:rollsUpTo .
    mea:rollsUpTo a owl:ObjectProperty , owl:TransitiveProperty .
    organisations:branch mea:unitOf organisations:division .
    organisations:division mea:unitOf organisations:unep .
    posts:director mea:postOf organisations:unep . """


def act(name: str, *agents: str, more: str = "") -> str:
    parts = " ".join(f":{name}-{n} mea:agent {agent} ." for n, agent in enumerate(agents))
    named = " , ".join(f":{name}-{n}" for n in range(len(agents)))
    return f":{name} a mea:CooperationActivity ; mea:hasParticipation {named} {more} . {parts} "


def cooperations(turtle: str) -> dict[str, tuple[int, int]]:
    """Each pair that cooperates, with the activities as named and rolled up."""
    counts: dict[str, dict[str, int]] = {}
    for triple in entail(merged(turtle)):
        node, predicate, value = short(triple).split(" ", 2)
        if predicate in ("mea:activitiesAsNamed", "mea:activitiesRolledUp"):
            counts.setdefault(node.removeprefix("derived:"), {})[predicate] = int(value.strip('"'))
    return {node: (found[min(found)], found[max(found)]) for node, found in counts.items()}


def test_two_named_in_one_activity_cooperate_with_each_other() -> None:
    labels = 'organisations:oecd rdfs:label "OECD"@en . organisations:who rdfs:label "WHO"@en . '
    found = concluded(act("a", "organisations:who", "organisations:oecd") + labels)
    node = "derived:organisations.oecd--organisations.who"
    assert {line for line in found if "Agent" not in line and "involves" not in line} == {
        "organisations:oecd mea:cooperatesWith organisations:who",
        "organisations:who mea:cooperatesWith organisations:oecd",
        f"{node} rdf:type mea:Cooperation",
        f'{node} rdfs:label "OECD and WHO"@en',
        f"{node} mea:between organisations:oecd",
        f"{node} mea:between organisations:who",
        f"{node} mea:restsOn :a",
        f'{node} mea:activitiesAsNamed "1"',
        f'{node} mea:activitiesRolledUp "1"',
    }


@pytest.mark.parametrize("status", ["requested", "planned", "expected", "tentative", "needed"])
def test_what_is_not_yet_done_makes_no_cooperation(status: str) -> None:
    agents = ("organisations:who", "organisations:oecd")
    assert cooperations(act("a", *agents, more=f"; mea:status status:{status}")) == {}
    assert cooperations(act("a", *agents, more="; mea:status status:ongoing")) != {}


def test_an_activity_that_is_no_cooperation_makes_none() -> None:
    turtle = act("a", "organisations:who", "organisations:oecd")
    assert cooperations(turtle.replace("CooperationActivity", "Activity")) == {}


@pytest.mark.parametrize("kind", ["UnspecifiedSet", "StakeholderGroup", "MeetingSet"])
def test_no_one_cooperates_with_a_set(kind: str) -> None:
    assert cooperations(act("a", "organisations:who", ":some") + f":some a mea:{kind} .") == {}


def test_units_and_posts_are_rolled_up_and_each_activity_is_counted_once() -> None:
    turtle = UNITS + act("a", "organisations:who", "organisations:branch", "posts:director")
    turtle += act("b", "organisations:who", "organisations:unep")
    found = cooperations(turtle)
    who = {name: count for name, count in found.items() if name.endswith("organisations.who")}
    assert who == {
        "organisations.branch--organisations.who": (1, 1),
        "organisations.division--organisations.who": (0, 1),
        "organisations.unep--organisations.who": (1, 2),
    }
    assert found["organisations.who--posts.director"] == (1, 1)
    assert found["organisations.branch--posts.director"] == (1, 1)


def test_a_pair_that_is_only_rolled_up_is_not_said_to_cooperate() -> None:
    found = concluded(UNITS + act("a", "organisations:who", "organisations:branch"))
    assert "organisations:who mea:cooperatesWith organisations:branch" in found
    assert "organisations:who mea:cooperatesWith organisations:unep" not in found


def test_no_organisation_cooperates_with_its_own_units() -> None:
    turtle = UNITS + act("a", "organisations:unep", "organisations:branch", "posts:director")
    assert cooperations(turtle) == {
        "organisations.branch--posts.director": (1, 1),
        "organisations.division--posts.director": (0, 1),
    }


def test_a_claim_is_named_by_its_passage() -> None:
    staff = "<https://w3id.org/meagraph/documents/note/annex/2#staff>"
    found = cooperations(act("a", staff, "bodies:cop"))
    assert list(found) == ["bodies.cop--documents.note.annex.2.staff"]


def test_what_a_transitive_property_reaches_ends_in_a_circle_too() -> None:
    turtle = """:on a owl:TransitiveProperty . :under rdfs:subPropertyOf :on .
        :a :under :b . :b :under :c . :x :on :y . :y :on :x ."""
    assert concluded(turtle) == {
        *(":a :on :b", ":b :on :c", ":a :on :c"),
        *(":x :on :x", ":y :on :y"),
    }
