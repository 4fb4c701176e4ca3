"""The hooks for pre-commit and the action for GitHub: each of their commands, really run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import meagraph
from meagraph.project import Project

CHECKOUT = Path(__file__).parent.parent
GUIDE = CHECKOUT / "docs" / "where-curators-work.md"
HOOKS = {
    hook["id"]: hook for hook in yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text())
}
ACTION = yaml.safe_load((CHECKOUT / "action.yml").read_text())
STEPS = {step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]}
BROKEN = "data/plans/digital-strategy.ttl"

KEYS = {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
"""Keys of pre-commit's manifest that each of our hooks has."""


def copied(project: Project, root: Path) -> Path:
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(project.root / folder, root / folder)
    return root


@pytest.fixture(scope="module")
def valid(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(project, tmp_path_factory.mktemp("valid"))


@pytest.fixture(scope="module")
def broken(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph with a record that has lost its label, and the blanks before its type."""
    root = copied(project, tmp_path_factory.mktemp("broken"))
    text = (root / BROKEN).read_text()
    (root / BROKEN).write_text(re.sub(r"    rdfs:label .*\n", "", text).replace("    a ", "  a "))
    return root


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """A machine on which the action's first steps have installed meagraph."""
    tools = tmp_path / "meagraph" / "bin"
    tools.mkdir(parents=True)
    script = tools / "meagraph"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m meagraph "$@"\n')
    script.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(meagraph.__file__).parent.parent),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }


def hook(
    name: str, folder: Path, machine: dict[str, str], *changed: str
) -> subprocess.CompletedProcess[str]:
    """Run a hook as pre-commit does: its entry, then the changed files that it asks for."""
    one = HOOKS[name]
    asked = [file for file in changed if re.search(one["files"], file)]
    words = shlex.split(one["entry"]) + (asked if one["pass_filenames"] else [])
    return subprocess.run(words, cwd=folder, env=machine, capture_output=True, text=True)


def step(
    name: str, folder: Path, machine: dict[str, str], **given: str
) -> subprocess.CompletedProcess[str]:
    """Run the script of a step of the action in a folder, with its inputs."""
    inputs = {key: one["default"] for key, one in ACTION["inputs"].items()} | given

    def value(text: str) -> str:
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], text)

    one = STEPS[name]
    environment = machine | {key: value(text) for key, text in one["env"].items()}
    # As the runner calls it for "shell: bash".
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", one["run"]]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)


# --- pre-commit --------------------------------------------------------------------------------


def test_hooks_say_what_a_manifest_says() -> None:
    assert set(HOOKS) == {"meagraph-fmt", "meagraph-validate"}
    for one in HOOKS.values():
        assert KEYS <= set(one) <= KEYS | {"require_serial"}
        assert one["language"] == "python"
        assert type(one["pass_filenames"]) is bool


def test_hooks_run_when_a_file_of_the_graph_changes(project: Project) -> None:
    files = [path.relative_to(project.root).as_posix() for path in project.data.rglob("*.ttl")]
    for one in HOOKS.values():
        assert all(re.search(one["files"], file) for file in files)
        for other in ("data/LICENSE", "docs/model.md", "tests/invalid/plan.ttl", "src/data/x.ttl"):
            assert not re.search(one["files"], other)
    for file in ("shapes/plan.ttl", "ontology/concepts/kind.ttl"):
        assert re.search(HOOKS["meagraph-validate"]["files"], file)


def test_two_calls_of_fmt_do_not_run_at_once() -> None:
    assert HOOKS["meagraph-fmt"]["require_serial"] is True


def test_hooks_pass_over_a_graph_that_is_in_order(valid: Path, machine: dict[str, str]) -> None:
    before = {path: path.read_bytes() for path in valid.rglob("*.ttl")}
    for name in HOOKS:
        done = hook(name, valid, machine, BROKEN, "README.md", "data/register.ttl")
        assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in valid.rglob("*.ttl")} == before


def test_fmt_changes_a_file_so_that_pre_commit_stops(
    project: Project, broken: Path, machine: dict[str, str], tmp_path: Path
) -> None:
    root = copied(Project(broken), tmp_path / "graph")
    done = hook("meagraph-fmt", root, machine, BROKEN)
    assert done.stdout.split() == [BROKEN, "data/register.ttl"]
    assert (root / BROKEN).read_bytes() != (broken / BROKEN).read_bytes()


def test_validate_fails_where_the_graph_is_broken(broken: Path, machine: dict[str, str]) -> None:
    done = hook("meagraph-validate", broken, machine, BROKEN)
    assert done.returncode == 1
    assert BROKEN in done.stdout and "meash:Labelled-label" in done.stdout


@pytest.mark.parametrize("name", list(HOOKS))
def test_a_folder_that_holds_no_graph_is_not_passed_over(
    name: str, machine: dict[str, str], tmp_path: Path
) -> None:
    """Without --root the package's own graph would be checked, and be in order."""
    done = hook(name, tmp_path, machine, BROKEN)
    assert done.returncode == 2
    assert "holds no graph" in done.stderr


# --- GitHub ------------------------------------------------------------------------------------


def test_the_action_is_a_composite_one_with_what_it_says() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for one in ACTION["inputs"].values():
        assert set(one) == {"description", "default"} and isinstance(one["default"], str)
    text = (CHECKOUT / "action.yml").read_text()
    named = set(re.findall(r"\binputs\.([\w-]+)", text))
    assert named == set(ACTION["inputs"])
    for one in re.findall(r"steps\.(\w+)\.", text):
        assert one in {each.get("id") for each in ACTION["runs"]["steps"]}


def test_what_the_action_uses_is_pinned_by_its_major_tag() -> None:
    used = [one["uses"] for one in ACTION["runs"]["steps"] if "uses" in one]
    assert len(used) == 2
    assert all(re.fullmatch(r"[\w-]+(/[\w-]+)+@v[0-9]+", one) for one in used)
    assert any(one.startswith("github/codeql-action/upload-sarif@") for one in used)


def test_no_input_becomes_part_of_a_script() -> None:
    for one in ACTION["runs"]["steps"]:
        if "run" in one:
            assert one["shell"] == "bash"
            assert "${{" not in one["run"]


def test_the_action_installs_from_its_own_checkout() -> None:
    one = STEPS["Install meagraph"]
    assert one["env"] == {"PACKAGE": "${{ github.action_path }}"}
    named = re.findall(r'"\$PACKAGE(/?[\w./-]*)"', one["run"])
    assert "" in named
    assert all((CHECKOUT / name.strip("/")).exists() for name in named)


def test_findings_are_written_uploaded_and_shown(broken: Path, machine: dict[str, str]) -> None:
    machine["GITHUB_WORKSPACE"] = str(broken.parent)
    written = step("Write the findings as SARIF", broken.parent, machine, root=broken.name)
    assert written.returncode == 0, written.stderr
    output = Path(machine["GITHUB_OUTPUT"]).read_text()
    assert output.startswith("file=")
    sarif = json.loads(Path(output[5:].strip()).read_text())
    (run,) = sarif["runs"]
    assert sarif["version"] == "2.1.0"
    assert f"{broken.name}/{BROKEN}" in json.dumps(run["results"])
    shown = step("Show them, and fail if they are grave", broken.parent, machine, root=broken.name)
    assert shown.returncode == 1
    assert f"::error file={broken.name}/{BROKEN},line=" in shown.stdout


def test_a_folder_without_a_graph_fails_the_job_and_uploads_nothing(
    machine: dict[str, str], tmp_path: Path
) -> None:
    written = step("Write the findings as SARIF", tmp_path, machine, root="no; echo x")
    assert written.returncode == 0
    assert not Path(machine["GITHUB_OUTPUT"]).exists()
    shown = step("Show them, and fail if they are grave", tmp_path, machine, root="no; echo x")
    assert shown.returncode == 2
    assert "no; echo x holds no graph" in shown.stderr


# --- the guide to both -------------------------------------------------------------------------


def examples() -> list[Any]:
    return [
        yaml.safe_load(one) for one in re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.S)
    ]


def test_the_guide_names_the_hooks_and_the_inputs() -> None:
    config, workflow = examples()
    assert [one["id"] for one in config["repos"][0]["hooks"]] == list(HOOKS)
    assert workflow["permissions"] == {"contents": "read", "security-events": "write"}
    for permission, access in workflow["permissions"].items():
        assert f"{permission}: {access}" in (CHECKOUT / "action.yml").read_text()
    used = workflow["jobs"]["validate"]["steps"][-1]
    assert set(used["with"]) <= set(ACTION["inputs"])
    rows = dict(re.findall(r"^\| `([\w-]+)` \| `([^`]*)` \|", GUIDE.read_text(), re.M))
    assert rows == {name: one["default"] for name, one in ACTION["inputs"].items()}
