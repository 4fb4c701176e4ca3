"""The files of ``deploy/`` hold together: their options exist, nothing runs as root."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from raw import exchange, request, status
from running import CHECKOUT, Served

from meagraph.cli import parser_of
from meagraph.project import Project

DEPLOY = CHECKOUT / "deploy"
INSTRUCTIONS = {
    "FROM", "WORKDIR", "COPY", "RUN", "LABEL", "ENV", "USER", "EXPOSE", "STOPSIGNAL",
    "HEALTHCHECK", "ENTRYPOINT",
}  # fmt: skip

_NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
_READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions with what they are given."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.M)
    joined = text.replace("\\\n", " ")
    parted = (line.partition(" ")[::2] for line in joined.splitlines() if line.strip())
    return [(name, " ".join(rest.split())) for name, rest in parted]


def given(name: str) -> list[str]:
    return [rest for instruction, rest in dockerfile() if instruction == name]


def serving_options(words: list[str]) -> None:
    """Fails unless the verb takes them."""
    assert words[1] == "serve"
    parser_of("serve").parse_args(words[2:])


def test_the_dockerfile_has_only_instructions_of_docker() -> None:
    assert {name for name, _ in dockerfile()} == INSTRUCTIONS


def test_the_image_does_not_run_as_root() -> None:
    (user,) = given("USER")
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    names = [name for name, _ in dockerfile()]
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "COPY")


def test_the_image_is_made_from_official_images_alone() -> None:
    assert all(re.fullmatch(r"python:3\.\d+-slim( AS build)?", image) for image in given("FROM"))


def test_the_image_asks_whether_it_is_ready_at_an_address_that_there_is(server: Served) -> None:
    (check,) = given("HEALTHCHECK")
    path = re.search(r"127\.0\.0\.1:8000(/\w+)", check)
    assert path and status(exchange(server, request(path[1]))) == 200


def test_what_the_image_starts_is_what_there_is() -> None:
    (entry,) = given("ENTRYPOINT")
    serving_options(re.findall(r'"([^"]*)"', entry))


def test_what_the_image_is_made_from_is_not_ignored() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    needed = ["pyproject.toml", "constraints.txt", "README.md", "LICENSE", "src", "ontology"]
    needed += ["data", "queries", "shapes", "coverage", "tests/invalid"]
    for name in needed:
        assert (CHECKOUT / name).exists() and name not in ignored
    assert ignored.index("!tests/invalid") > ignored.index("tests/*")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "meagraph.service"
    text = (DEPLOY / "meagraph.service").read_text()
    unit.write_text(text.replace("/opt/meagraph/bin/meagraph", "/bin/true"))
    words = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    complaints = [line for line in done.stderr.splitlines() if "meagraph.service" in line]
    assert complaints == []


def test_what_the_unit_starts_is_what_there_is() -> None:
    (line,) = re.findall(r"^ExecStart=(.*)", (DEPLOY / "meagraph.service").read_text(), re.M)
    serving_options(shlex.split(line))


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_what_the_proxies_are_told_to_start_is_what_there_is(name: str) -> None:
    (line,) = re.findall(r"^# +(meagraph serve .*)", (DEPLOY / name).read_text(), re.M)
    serving_options(shlex.split(line))


def test_a_store_that_cannot_be_written_is_served(
    serving: Callable[..., Served], project: Project, tmp_path: Path
) -> None:
    """As the image does, whose file system is read-only."""
    from meagraph.graph import open_or_build

    if subprocess.run([*_NAMESPACE, "true"], capture_output=True).returncode:
        pytest.skip("needs a mount namespace of its own, which the system refuses")
    store = tmp_path / "store"
    open_or_build(project, store)
    words = [*_NAMESPACE, "sh", "-c", _READ_ONLY, str(store)]
    server = serving("--store", store, "--workers", 1, words=words)
    assert status(exchange(server, request("/ready"))) == 200
    assert status(exchange(server, request("/sparql?query=ASK%7B%7D"))) == 200


def test_the_unit_keeps_its_cache_where_it_may_write() -> None:
    unit = (DEPLOY / "meagraph.service").read_text()
    (name,) = re.findall(r"^CacheDirectory=(\S+)$", unit, re.M)
    assert f"\nEnvironment=MEAGRAPH_CACHE=/var/cache/{name}\n" in unit


def test_the_proxies_wait_as_long_as_a_draft_may_take() -> None:
    from meagraph.server.checking.desk import Limits

    for name in ("nginx.conf", "Caddyfile"):
        (seconds,) = re.findall(r"_(?:read|header)_timeout (\d+)s", (DEPLOY / name).read_text())
        assert int(seconds) > Limits().patience


def test_nginx_keeps_the_metrics_below_a_prefix_to_itself_too() -> None:
    (location,) = re.findall(r"location ~ (\S+) {", (DEPLOY / "nginx.conf").read_text())
    assert re.search(location, "/metrics") and re.search(location, "/graph/metrics")


def test_a_cache_that_cannot_be_written_is_told_once(
    serving: Callable[..., Served], project: Project, tmp_path: Path
) -> None:
    from meagraph.graph import open_or_build

    store = tmp_path / "store"
    open_or_build(project, store)
    words = ["env", "MEAGRAPH_CACHE=/dev/null/cache"]
    server = serving("--store", store, "--workers", 1, words=words)
    assert status(exchange(server, request("/ready"))) == 200
    said = [line["message"] for line in server.logged() if line["level"] == "warning"]
    assert len(said) == 1
    assert said[0].startswith("/dev/null/cache cannot be written")
