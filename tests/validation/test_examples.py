"""The examples of the rules on files: each wrong one breaks its rule, each right one none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_graph import Small

from meagraph.validation import rules, validate
from meagraph.validation.examples import EXAMPLES

_HEADING = re.compile(r"^# (data/\S+)$", re.MULTILINE)


def put(project: Small, example: str) -> None:
    """Write the files of an example, each after the path that heads it."""
    _, *parts = _HEADING.split(example)
    assert parts
    for path, statements in zip(parts[::2], parts[1::2], strict=True):
        project.write(path, statements)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_wrong_example_breaks_its_rule_and_no_other(small: Small, rule: str) -> None:
    put(small, EXAMPLES[rule].wrong)
    assert {found.rule for found in validate(small).findings} == {rule}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_right_example_breaks_no_rule(small: Small, rule: str) -> None:
    put(small, EXAMPLES[rule].right)
    assert validate(small).findings == ()


def test_every_rule_on_files_is_in_the_table_and_has_examples() -> None:
    """What a check calls its finding is found in the code, where it is written."""
    package = Path(rules.__file__).parent
    named = {
        word
        for module in ("agreement", "filling", "findings", "placement", "tombstones", "undefined")
        for word in re.findall(
            r'"(?:meash:)?([A-Z][a-z]+(?:-[a-z]+)+|Readable)",',
            package.joinpath(f"{module}.py").read_text(),
        )
    }
    assert {f"meash:{word}" for word in named} == set(rules.RULES) == set(EXAMPLES)
