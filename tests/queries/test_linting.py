"""Each rule of the lint has a question that breaks it, and a right one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.namespaces import CONCEPTS, ONTOLOGY
from meagraph.project import Project
from meagraph.queries.linting import RULES, known_classes, lint
from meagraph.queries.structure import Structure

CLASSES = frozenset({ONTOLOGY + "Agent", CONCEPTS + "role"})
RIGHT = """\
#+ summary = "Which meetings did an actor attend?"
#+ description = "Those that a passage reports."
#+ tags = ["meetings"]
#+ empty = "No passage reports any."
#+ [parameters.agent]
#+ label = "Actor"
#+ class = "mea:Agent"
#+ required = true
#+ [parameters.role]
#+ label = "Role"
#+ description = "Unless given, as an observer."
#+ scheme = "role"
#+ [parameters.from]
#+ label = "On or after"
#+ datatype = "xsd:date"
#+ bound = "lower"
#+ [columns.meeting]
#+ label = "Meeting"
#+ meaning = "The meeting."
#+ [columns.latest]
#+ label = "Until"
#+ meaning = "Its last day."
#+ [columns.passages]
#+ label = "Stated in"
#+ meaning = "The passages that state it."
#+ evidence = true
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX organisations: <https://w3id.org/meagraph/organisations/>
PREFIX role: <https://w3id.org/meagraph/concepts/role/>

SELECT ?meeting ?latest (GROUP_CONCAT(DISTINCT STR(?passage); separator=" ") AS ?passages)
WHERE {
  VALUES ?agent { organisations:minamata-secretariat }
  VALUES ?role { role:observer }
  VALUES ?from { UNDEF }
  GRAPH ?passage {
    ?activity mea:event ?meeting ;
      mea:hasParticipation ?participation .
    ?participation mea:agent ?agent ; mea:role ?role .
  }
  ?passage a mea:Passage .
  FILTER (?agent != ?meeting)
  FILTER NOT EXISTS { ?meeting mea:bodyOf ?agent }
  OPTIONAL { ?meeting mea:latest ?latest }
  FILTER (!BOUND(?from) || ?latest >= ?from)
}
GROUP BY ?meeting ?latest
ORDER BY ?latest ?meeting
"""

# ruff: noqa: E501 -- each example stands on its line
WRONG = [
    ("readable", '#+ tags = ["meetings"]', '#+ tagz = ["meetings"]', 3),
    ("readable", "WHERE {", "WHERE {{", 32),
    ("readable", "?passage a mea:Passage .", "SERVICE <http://x/> { ?a ?b ?c }", 41),
    ("readable", "?passage a mea:Passage .", "?passage a mea:Passage . ?meeting mea:is .", 41),
    ("readable", "?passage a mea:Passage .", "?passage a mea:Passage . LATERAL { ?a a ?b }", None),
    ("summary", "did an actor attend?", "an actor attended", 1),
    ("told", '#+ description = "Those that a passage reports."\n', "", 1),
    ("told", '#+ tags = ["meetings"]\n', "", 1),
    ("told", '#+ empty = "No passage reports any."\n', "", 1),
    ("told", '#+ label = "Actor"\n', "", 5),
    ("default", '#+ description = "Unless given, as an observer."\n', "", 9),
    ("default", "{ organisations:minamata-secretariat }", "{ UNDEF }", 5),
    ("class", "mea:Agent", "mea:Actor", 5),
    ("class", '#+ class = "mea:Agent"', '#+ scheme = "topic"', 5),
    ("prefix", "PREFIX role: <https://w3id.org/meagraph/concepts/role/>\n", "", 33),
    ("columns", "SELECT ?meeting ", "SELECT ?activity ?meeting ", 31),
    ("columns", "SELECT ?meeting ?latest ", "SELECT ?meeting ", 20),
    ("columns", '#+ meaning = "Its last day."\n', "", 20),
    ("columns", '#+ label = "Until"\n', "", 20),
    ("columns", '?latest (GROUP_CONCAT(DISTINCT STR(?passage); separator=" ") AS ?passages)', "*", None),
    ("used", " ; mea:role ?role .", ".", 9),
    ("place", "  VALUES ?role { role:observer }\n  VALUES", "  { VALUES ?role { role:observer } }\n  VALUES", 34),
    ("place", "ORDER BY ?latest ?meeting\n", "ORDER BY ?latest ?meeting\nVALUES ?agent { UNDEF }\n", 49),
    ("guard", "!BOUND(?from) || ", "", 45),
    ("guard", "FILTER (!BOUND(?from) || ?latest >= ?from)", "FILTER (STR(?latest) != STR(?from))", 45),
    ("guard", "!BOUND(?from) ||", "BOUND(?from) ||", 45),
    ("scope", "GRAPH ?passage {", "{ ?x mea:latest ?day FILTER (!BOUND(?from) || ?day >= ?from) } GRAPH ?passage {", 36),
    ("order", "ORDER BY ?latest ?meeting\n", "", 47),
    ("order", "ORDER BY ?latest ?meeting\n", "ORDER BY DESC(?latest)\n", 48),
    ("graph", "mea:role ?role .", "mea:role ?role . OPTIONAL { ?activity mea:kind ?kind }", 36),
    ("graph", "mea:role ?role .", "mea:role ?role . VALUES ?x { 1 }", 36),
    ("graph", "mea:role ?role .", "mea:role ?role . MINUS { ?activity mea:kind ?kind }", 36),
    ("evidence", "  ?passage a mea:Passage .\n", "  ?passage mea:order ?order .\n", 36),
]  # fmt: skip


def test_the_right_question_has_no_fault() -> None:
    assert lint(RIGHT, "queries/meetings/attended-by.rq", CLASSES) == []


@pytest.mark.parametrize(("rule", "right", "wrong", "line"), WRONG)
def test_a_wrong_question_is_told_with_rule_and_line(
    rule: str, right: str, wrong: str, line: int | None
) -> None:
    assert RIGHT.count(right) >= 1
    found = lint(RIGHT.replace(right, wrong, 1), "queries/meetings/attended-by.rq", CLASSES)
    assert rule in {problem.rule for problem in found}
    if line is not None:
        assert line in {problem.line for problem in found if problem.rule == rule}
    assert all(problem.message for problem in found)


def test_a_name_with_capitals_and_a_missing_answer_are_told(tmp_path: Path) -> None:
    found = lint(RIGHT, "queries/meetings/Attended_by.rq", CLASSES, str(tmp_path))
    assert [problem.rule for problem in found] == ["answer", "name"]
    (tmp_path / "attended-by.json").write_text("[]")
    assert lint(RIGHT, "queries/meetings/attended-by.rq", CLASSES, str(tmp_path)) == []


def test_each_rule_has_a_wrong_example() -> None:
    assert {rule for rule, *_ in WRONG} | {"name", "answer"} == RULES.keys()


@pytest.mark.parametrize(
    "more",
    [
        # Bound by a pattern beside it, in whatever group: not given, it has its value from there.
        "{ ?role mea:x ?y } FILTER (?role != ?agent)",
        "{ SELECT ?role { ?role mea:x ?y } } FILTER (?role != ?agent)",
        "FILTER (?role != ?agent) { ?role mea:x ?y }",
        "GRAPH ?g { ?role mea:x ?y } FILTER (STR(?role) < STR(?agent))",
        # A pattern that needs not match anything is no restriction.
        "FILTER EXISTS { ?meeting mea:when ?from }",
        "FILTER NOT EXISTS { ?meeting mea:when ?from }",
        # It asks nothing else than whether it is given.
        "FILTER (BOUND(?from) || !BOUND(?latest))",
        # The condition of an optional pattern sees what is bound outside.
        "OPTIONAL { ?meeting mea:earliest ?day FILTER (!BOUND(?from) || ?day >= ?from) }",
        "FILTER EXISTS { ?meeting mea:earliest ?day FILTER (!BOUND($from) || ?day >= $from) }",
    ],
)
def test_what_only_looks_like_a_fault_is_none(more: str) -> None:
    text = RIGHT.replace("  OPTIONAL {", f"  {more}\n  OPTIONAL {{")
    assert lint(text, "queries/meetings/attended-by.rq", CLASSES) == []


@pytest.mark.parametrize(
    "more",
    [
        "OPTIONAL { ?x mea:x ?from } FILTER (?from != ?agent)",
        "{ ?x mea:x ?from } UNION { ?x mea:y ?z } FILTER (?from != ?agent)",
        "MINUS { ?x mea:x ?from } FILTER (?from != ?agent)",
    ],
)
def test_what_is_bound_only_perhaps_needs_its_guard(more: str) -> None:
    text = RIGHT.replace("  OPTIONAL {", f"  {more}\n  OPTIONAL {{")
    found = lint(text, "queries/meetings/attended-by.rq", CLASSES)
    assert [problem.rule for problem in found] == ["guard"]


def test_the_classes_are_those_of_the_ontology(project: Project) -> None:
    known = known_classes(project)
    assert {ONTOLOGY + "Meeting", CONCEPTS + "topic"} <= known
    assert ONTOLOGY + "hasParticipation" not in known
    assert CONCEPTS + "topic/biodiversity" not in known


def test_the_structure_of_a_query_is_read_off_its_tokens() -> None:
    query = Structure(
        "SELECT ?a (MAX(?n) AS ?most) WHERE { GRAPH ?g { ?a ?p ?n } { SELECT ?b { ?b ?q ?r } } "
        "VALUES (?x ?y) { (1 2) } OPTIONAL { ?a ?z ?a } } GROUP BY ?a (STR(?g) AS ?h) "
        "HAVING (?most > 1) ORDER BY DESC(?most) ?a LIMIT 1"
    )
    kinds = [group.kind for group in query.groups]
    assert kinds == ["WHERE", "GRAPH", "SELECT", "", "VALUES", "OPTIONAL"]
    assert list(query.columns()) == ["a", "most"]
    assert query.grouped_by() == {"a", "g", "h"}
    assert query.ordered_by() == {"most", "a"}
    assert query.named(0, len(query.tokens) - 1).isdisjoint({"q", "r"})
