"""Every rule can be explained, with an example that breaks it and one that keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.drafting.breaking import offenders
from meagraph.drafting.explanations import (
    Explanation,
    every_rule,
    explain,
    find_rule,
    wrong_examples,
)
from meagraph.drafting.targets import path_pattern, targets
from meagraph.drafting.vocabulary import Vocabulary
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.project import Project
from meagraph.validation.examples import EXAMPLES
from meagraph.validation.findings import Rule
from meagraph.validation.rules import RULES


@pytest.fixture(scope="module")
def rules(vocabulary: Vocabulary) -> dict[str, Rule]:
    return every_rule(vocabulary.shapes)


@pytest.fixture(scope="module")
def explanations(
    project: Project, vocabulary: Vocabulary, rules: dict[str, Rule]
) -> dict[str, Explanation]:
    return {name: explain(project, vocabulary, rule) for name, rule in rules.items()}


def has_a_node(vocabulary: Vocabulary, rule: Rule) -> bool:
    """Whether the graph has anything of ours that a rule looks at."""
    path = vocabulary.shapes.path(rule.iri)
    follow = f" . ?this {path_pattern(vocabulary, path)} ?value" if path else ""
    ours = f'FILTER (STRSTARTS(STR(?this), "{BASE}"))'
    return any(
        vocabulary.store.query(f"ASK {{ {target.pattern}{follow} {ours} }}")
        for target in targets(vocabulary, rule.iri)
    )


def test_every_rule_has_words_a_severity_and_a_section_of_the_model(
    rules: dict[str, Rule],
) -> None:
    assert len(rules) > 200
    for rule in rules.values():
        assert rule.says.endswith("."), rule.name
        assert rule.severity in ("violation", "warning", "info"), rule.name
        assert rule.source, rule.name


def test_every_rule_says_what_it_looks_at(explanations: dict[str, Explanation]) -> None:
    assert [name for name, found in explanations.items() if not found.looks_at] == []


def test_every_rule_has_a_wrong_example(explanations: dict[str, Explanation]) -> None:
    assert [name for name, found in explanations.items() if not found.wrong] == []


def test_a_rule_has_a_right_example_unless_nothing_in_the_graph_is_one(
    vocabulary: Vocabulary, explanations: dict[str, Explanation]
) -> None:
    missing = [found.rule for found in explanations.values() if not found.right]
    assert [rule.name for rule in missing if has_a_node(vocabulary, rule)] == []
    assert len(missing) < len(explanations) / 20


def test_examples_are_the_lines_of_their_files(
    project: Project, explanations: dict[str, Explanation]
) -> None:
    for found in explanations.values():
        for example in (*found.wrong, *found.right):
            if example.file:
                lines = (project.root / example.file).read_text().split("\n")
                shown = example.text.split("\n")
                assert lines[example.line - 1 : example.line - 1 + len(shown)] == shown


def test_a_right_example_is_of_the_data_and_has_the_path(
    explanations: dict[str, Explanation],
) -> None:
    (right,) = explanations["meash:Body-bodyOf"].right
    assert right.file.startswith("data/bodies/")
    assert "mea:bodyOf" in right.text
    (stated,) = explanations["meash:Meeting-ordinal"].right
    assert "mea:ordinal" in stated.text


def test_only_the_statements_about_the_offending_node_are_shown(
    explanations: dict[str, Explanation],
) -> None:
    shown = "\n".join(example.text for example in explanations["meash:Body-governedBy"].wrong)
    assert "mea:governedBy organisations:oecd" in shown
    assert "bodies:two-kinds" not in shown


def test_the_validator_finds_an_offender_in_every_wrong_example(
    project: Project, vocabulary: Vocabulary, rules: dict[str, Rule]
) -> None:
    for rule in rules.values():
        for path in wrong_examples(project, rule.name):
            assert offenders(vocabulary, rule.iri, path.read_text()), f"{rule.name}: {path.name}"


def test_paths_are_told_in_words_and_in_sparql(explanations: dict[str, Explanation]) -> None:
    cycle = explanations["meash:Meeting-superEvent-cycle"]
    assert cycle.looks_at == "every meeting"
    assert cycle.follows == "step by step what names it as “part of the event”"
    assert cycle.notation == (
        "?this a/rdfs:subClassOf* mea:Meeting . ?this (^schema:superEvent)+ ?value"
    )
    assert explanations["meash:Meeting-subject"].looks_at == (
        "everything of which its in series or mode is told"
    )


def test_every_rule_on_files_has_its_examples() -> None:
    assert EXAMPLES.keys() == RULES.keys()


@pytest.mark.parametrize(
    "name", ["meash:Meeting-ordinal", "Meeting-ordinal", "meeting-ordinal", " Meeting-Ordinal "]
)
def test_a_rule_is_found_in_any_spelling_of_its_name(rules: dict[str, Rule], name: str) -> None:
    assert find_rule(rules, name).name == "meash:Meeting-ordinal"


def test_a_rule_is_found_by_its_iri(rules: dict[str, Rule]) -> None:
    name = "https://w3id.org/meagraph/shapes#Body-bodyOf"
    assert find_rule(rules, name).name == find_rule(rules, f"<{name}>").name == "meash:Body-bodyOf"


def test_near_rules_are_named_where_there_is_none(rules: dict[str, Rule]) -> None:
    with pytest.raises(UnusableInput) as refused:
        find_rule(rules, "meash:Meeting-ordnal")
    assert "meash:Meeting-ordinal" in str(refused.value.hint)


def test_a_severity_behind_an_expected_rule_is_no_part_of_its_name(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.wrong_examples.mkdir(parents=True)
    example = project.wrong_examples / "one.ttl"
    example.write_text("# expects: meash:One(warning) meash:Two\n")
    assert wrong_examples(project, "meash:One") == [example]
    assert wrong_examples(project, "meash:Two") == [example]
    assert wrong_examples(project, "meash:Tw") == []
