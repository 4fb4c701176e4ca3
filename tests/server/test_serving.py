"""``meagraph serve`` as a process: how it starts, what it says, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from raw import connected, exchange, request, rest, status
from running import CHECKOUT, ENDS_WITHIN, STARTS_WITHIN, Served, command, environment

from meagraph import __version__

FORM = "application/x-www-form-urlencoded"
PROC = pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="needs /proc")


def outcome(*options: object, program: str = "") -> subprocess.CompletedProcess[str]:
    """What comes of a server that is not expected to start."""
    words = command(*options)
    if program:
        words = [sys.executable, "-c", program, *map(str, options)]
    return subprocess.run(
        words,
        capture_output=True,
        text=True,
        timeout=STARTS_WITHIN,
        cwd=CHECKOUT,
        env=environment(),
    )


def told(server: Served, lines: int) -> str:
    assert server.process.stdout
    return "".join(server.process.stdout.readline() for _ in range(lines))


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(one) for task in tasks for one in (task / "children").read_text().split()]


def all_ended(processes: list[int]) -> bool:
    """Whether they have, within the time that a busy machine takes for it."""
    deadline = time.monotonic() + ENDS_WITHIN
    while time.monotonic() < deadline:
        if not any(_runs(one) for one in processes):
            return True
        time.sleep(0.05)
    return False


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_it_says_what_it_serves_and_what_guards_it(serving: Callable[..., Served]) -> None:
    said = told(serving("--workers", 1, "--timeout", 3, "--memory", 512), 3)
    assert f"meagraph {__version__}, data " in said and ", build " in said
    assert "1 processes, each with 3 s and 512 MiB" in said
    assert "cut off from the network" in said


def test_a_port_in_use_is_told(server: Served) -> None:
    ended = outcome("--port", server.port)
    assert ended.returncode == 2 and not ended.stdout
    assert f"cannot listen at http://127.0.0.1:{server.port}: " in ended.stderr
    assert "--port 0" in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--port", 70000), "--port 70000"),
        (("--port", -1), "--port -1"),
        (("--host", "no.such.host.invalid"), "cannot listen at"),
        (("--host", "192.0.2.1"), "cannot listen at"),
        (("--base-url", "javascript:alert(1)"), "no address that a server can have"),
        (("--base-url", "https://user:secret@example.org/"), "no address"),
        (("--base-url", "https://example.org/?a=b"), "no address"),
        (("--base-url", "https://example.org/a b/"), "no address"),
        (("--timeout", "nan"), "--timeout nan"),
        (("--timeout", 0), "--timeout 0"),
        (("--memory", 1), "--memory 1"),
        (("--workers", 0), "--workers 0"),
        (("--patience", "inf"), "--patience inf"),
        (("--connections", 0), "--connections 0"),
        (("--trust-proxy", "proxy.example.org"), "neither an address nor a network"),
        (("--trust-proxy", "10.0.0.1/8"), "neither an address nor a network"),
        (("--sources", "/no/such/folder"), "does not exist"),
        (("--root", "/no/such/folder"), "/no/such/folder"),
        (("--store", __file__), "cannot be kept in"),
    ],
)
def test_options_that_cannot_be_are_told(options: tuple[object, ...], said: str) -> None:
    ended = outcome(*options)
    assert ended.returncode == 2 and not ended.stdout
    assert said in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize("package", ["uvicorn", "starlette", "jinja2", "prometheus_client"])
def test_without_the_extra_it_says_how_to_install_it(package: str) -> None:
    program = (
        f"import sys; sys.modules['{package}'] = None; from meagraph.cli import main; "
        "sys.exit(main(['serve', '--port', '0']))"
    )
    ended = outcome(program=program)
    assert ended.returncode == 2
    assert f"the server needs {package}" in ended.stderr and "serve]" in ended.stderr


def test_other_verbs_do_not_wait_for_the_packages_of_the_server() -> None:
    program = (
        "import sys; from meagraph.cli import main; main(['--help']); "
        "main(['query', 'members-of', '--whole', 'IOMC']); "
        "print({'uvicorn', 'starlette', 'jinja2', 'prometheus_client'} & {*sys.modules})"
    )
    assert outcome(program=program).stdout.endswith("set()\n")


def test_a_prefix_of_the_base_address_begins_every_path(serving: Callable[..., Served]) -> None:
    server = serving("--base-url", "https://data.example.org/graph", "--workers", 1)
    assert server.url.endswith("/graph")
    assert told(server, 1) == "clients reach it at https://data.example.org/graph/\n"
    assert status(exchange(server, request("/graph/ready"))) == 200
    assert status(exchange(server, request("/sparql?query=ASK%7B%7D"))) == 404
    assert status(exchange(server, request("/graph/sparql?query=ASK%7B%7D"))) == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "a b", "", "x" * 300, "@", "[::1"])
def test_no_answer_repeats_the_host_that_a_client_names(server: Served, host: str) -> None:
    for target in (
        "/",
        "/sparql",
        "/queries/",
        "/static",
        "http://evil.example/sparql/",
        "/nothing",
    ):
        for proto in ("https", "gopher"):
            given = {"Host": host, "X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": proto}
            answer = exchange(server, request(target, Accept="text/html", **given))
            assert 200 <= status(answer) < 500
            assert not any(named in answer for named in (b"evil.example", b"x" * 300, b"gopher:"))


def test_redirections_lead_to_the_base_address(serving: Callable[..., Served]) -> None:
    server = serving("--base-url", "https://data.example.org/graph/", "--workers", 1)
    answer = exchange(server, request("/graph", Host="evil.example"))
    assert status(answer) == 307
    assert b"\r\nlocation: https://data.example.org/graph/\r\n" in answer


@PROC
def test_told_to_stop_it_answers_what_runs_and_ends_its_workers(
    serving: Callable[..., Served],
) -> None:
    server = serving()
    workers = children(server.process.pid)
    assert len(workers) >= 2
    body = b"query=ASK%7B%7D"
    with connected(server) as line:
        line.sendall(request("/sparql", "POST", Content_Type=FORM, Content_Length=len(body)))
        line.sendall(body[:5])
        assert status(exchange(server, request())) == 200
        server.process.send_signal(signal.SIGTERM)
        _wait_until_closed(server)
        line.sendall(body[5:])
        answer = rest(line)
    assert status(answer) == 200 and b"true" in answer
    assert server.process.wait(ENDS_WITHIN) == 0
    assert all_ended(workers)
    assert "Traceback" not in server.said()


def _wait_until_closed(server: Served) -> None:
    deadline = time.monotonic() + ENDS_WITHIN
    while time.monotonic() < deadline:
        try:
            socket.create_connection((server.host, server.port), 1).close()
        except OSError:
            return
        time.sleep(0.02)
    pytest.fail("new clients are still accepted")


def test_a_client_that_never_ends_does_not_keep_it_from_stopping(
    serving: Callable[..., Served],
) -> None:
    server = serving("--patience", 600, "--workers", 1)
    with connected(server) as line:
        line.sendall(request("/sparql", "POST", Content_Type=FORM, Content_Length=9))
        assert status(exchange(server, request())) == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(ENDS_WITHIN) == 0
        assert status(rest(line)) == 503


def test_an_interrupt_from_the_keyboard_stops_it(serving: Callable[..., Served]) -> None:
    server = serving("--workers", 1)
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(ENDS_WITHIN) == 130
    assert "Traceback" not in server.said()


@PROC
def test_killed_it_leaves_no_process_behind(serving: Callable[..., Served]) -> None:
    server = serving()
    workers = children(server.process.pid)
    assert len(workers) >= 2
    server.process.kill()
    server.process.wait(ENDS_WITHIN)
    assert all_ended(workers)
    with socket.socket() as again:  # nor does anything keep the port
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind((server.host, server.port))
