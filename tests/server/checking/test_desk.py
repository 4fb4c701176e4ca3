"""Drafts are judged within limits, a few at once, and a process that fails costs one answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from drafts import ODD, all_wrong_examples, post

from meagraph.graph import open_or_build
from meagraph.project import Project

uvicorn = pytest.importorskip("uvicorn", reason="needs the packages of the extra “serve”")

QUICK = "<a> <b>"
"""A draft that cannot be read, and is answered at once."""
WITHIN = 240.0


@contextmanager
def running(
    project: Project,
    folder: str,
    count: Callable[[str, str], None] | None = None,
    **limits: float,
) -> Generator[str]:
    """A server of this topic alone, in this process."""
    from starlette.applications import Starlette

    from meagraph.server.checking.desk import Desk, Limits
    from meagraph.server.checking.views import Checking
    from meagraph.server.problems import Problem, told
    from meagraph.server.serving import Server
    from meagraph.server.settings import Settings

    desk = Desk(project, Limits(**limits), count)  # type: ignore[arg-type]
    routes = Checking(Server(project, folder, Settings()), desk).routes()
    app = Starlette(routes=routes, exception_handlers={Problem: told})  # type: ignore[dict-item]
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    served = uvicorn.Server(config)
    bound = config.bind_socket()
    bound.listen()
    thread = threading.Thread(target=served.run, args=([bound],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        served.should_exit = True
        thread.join(WITHIN)


@pytest.fixture
def start(project: Project) -> Generator[Callable[..., str]]:
    """Starts servers with other limits."""
    folder = open_or_build(project).folder
    assert folder
    with ExitStack() as stack:
        yield lambda **limits: stack.enter_context(running(project, folder, **limits))


@pytest.fixture
def judging() -> Callable[[], list[int]]:
    """Tells the processes that judge drafts, but those of servers of other tests."""
    others = set(processes())
    return lambda: [process for process in processes() if process not in others]


def processes() -> list[int]:
    """All processes of ours that judge drafts."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        ours = int(stat[1]) == os.getpid() and stat[0] != "Z"
        if ours and b"meagraph.server.checking.judging" in command:
            found.append(int(folder.name))
    return found


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_draft_that_takes_too_long_is_given_up(
    start: Callable[..., str],
    judging: Callable[[], list[int]],
) -> None:
    answer = post(start(patience=0.05), ODD)
    assert answer.status_code == 422
    assert "0.05 s" in answer.json()["detail"]
    until(lambda: len(judging()) <= 1)  # the one that is ready for the next


def test_a_draft_that_computes_too_long_is_given_up(start: Callable[..., str]) -> None:
    draft, _ = all_wrong_examples()
    answer = post(start(seconds=0), draft, "application/trig")
    assert answer.status_code == 422
    assert "0 s of computing" in answer.json()["detail"]


def test_a_draft_that_takes_too_much_memory_is_given_up(start: Callable[..., str]) -> None:
    answer = post(start(memory=90 << 20), ODD)
    assert answer.status_code == 422
    assert "more than 90 MiB of memory" in answer.json()["detail"]


def test_memory_that_ends_while_shapes_are_read_is_not_blamed_on_the_files(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meagraph import validation
    from meagraph.errors import UnusableInput
    from meagraph.server.checking.judging import answered

    def validate(*_: object, **__: object) -> None:
        try:
            raise MemoryError
        except MemoryError as error:  # as the engine of validation has it
            raise UnusableInput(f"the shapes cannot be used: {error!r}") from None

    monkeypatch.setattr(validation, "validate", validate)
    asked = {"media": "text/turtle", "as": "", "form": "json", "context": ""}
    with pytest.raises(MemoryError):
        answered(asked, ODD.encode(), project.folder)


def test_who_comes_while_all_are_busy_is_told_to_come_again(start: Callable[..., str]) -> None:
    url = start(at_once=1, waiting=0)
    answers: list[int] = []

    def insist() -> None:
        while not answers or answers[-1] == 503:
            answers.append(post(url, ODD).status_code)

    def is_sent_away() -> bool:
        answer = post(url, QUICK)
        return answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0

    busy = threading.Thread(target=insist)
    busy.start()
    until(is_sent_away)
    busy.join(WITHIN)
    assert answers[-1] == 200
    assert post(url, QUICK).status_code == 400


def test_who_comes_while_all_are_busy_may_wait(start: Callable[..., str]) -> None:
    url = start(at_once=1, waiting=6)
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(url, QUICK).status_code))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WITHIN)
    assert answers == [400] * 4


def test_a_process_that_was_killed_while_it_waited_is_replaced(
    start: Callable[..., str],
    judging: Callable[[], list[int]],
) -> None:
    url = start()
    assert post(url, QUICK).status_code == 400
    until(lambda: len(judging()) == 1)
    os.kill(judging()[0], signal.SIGKILL)
    until(lambda: not judging())
    assert post(url, QUICK).status_code == 400


def test_a_process_that_is_killed_at_work_costs_one_answer(
    start: Callable[..., str],
    judging: Callable[[], list[int]],
) -> None:
    url = start()
    answers = []
    busy = threading.Thread(target=lambda: answers.append(post(url, ODD)))
    busy.start()
    until(lambda: bool(judging()))
    os.kill(judging()[0], signal.SIGKILL)
    busy.join(WITHIN)
    assert answers[0].status_code == 422
    assert post(url, QUICK).status_code == 400


@pytest.fixture
def at_work(judging: Callable[[], list[int]]) -> Generator[Callable[[], int]]:
    """Holds the one process that judges, so that it will not end by itself; tells its number."""
    held: list[int] = []

    def hold() -> int:
        until(lambda: bool(judging()))
        held.extend(judging())
        os.kill(held[0], signal.SIGSTOP)
        return held[0]

    yield hold
    for process in set(held) & set(judging()):
        os.kill(process, signal.SIGCONT)


def sent(url: str, draft: str) -> HTTPConnection:
    """A connection on which a draft was sent, and nothing was read yet."""
    line = HTTPConnection(urlsplit(url).netloc, timeout=WITHIN)
    line.request("POST", "/validate", draft, {"Content-Type": "text/turtle"})
    return line


def test_a_client_that_leaves_ends_its_process_and_frees_its_place(
    start: Callable[..., str],
    judging: Callable[[], list[int]],
    at_work: Callable[[], int],
) -> None:
    url = start(at_once=1, waiting=1, patience=3600)
    line = sent(url, ODD)
    process = at_work()
    line.close()
    until(lambda: process not in judging())
    assert post(url, QUICK).status_code == 400


def test_a_client_that_leaves_the_queue_frees_its_place(
    start: Callable[..., str], at_work: Callable[[], int]
) -> None:
    url = start(at_once=1, waiting=1, patience=3600)
    first, process = sent(url, ODD), at_work()
    waiting = sent(url, QUICK)
    until(lambda: post(url, QUICK).status_code == 503)
    waiting.close()

    def waits() -> bool:
        line = sent(url, QUICK)
        line.sock.settimeout(0.5)
        try:
            return line.getresponse().status != 503
        except TimeoutError:
            return True
        finally:
            line.close()

    until(waits)
    os.kill(process, signal.SIGCONT)
    assert first.getresponse().status == 200


def test_one_client_does_not_take_the_places_of_others(
    start: Callable[..., str], at_work: Callable[[], int]
) -> None:
    url = start(at_once=2, waiting=0, patience=3600)
    first, process = sent(url, ODD), at_work()
    again = post(url, QUICK)
    assert again.status_code == 429
    assert int(again.headers["Retry-After"]) > 0
    other = HTTPConnection(urlsplit(url).netloc, timeout=WITHIN, source_address=("127.0.0.2", 0))
    other.request("POST", "/validate", QUICK, {"Content-Type": "text/turtle"})
    assert other.getresponse().status == 400
    os.kill(process, signal.SIGCONT)
    assert first.getresponse().status == 200
    assert post(url, QUICK).status_code == 400


def test_what_became_of_each_draft_is_counted(
    start: Callable[..., str], at_work: Callable[[], int]
) -> None:
    counted: list[tuple[str, str]] = []

    def count(outcome: str, by: str) -> None:
        counted.append((outcome, by))

    url = start(count=count, at_once=2, waiting=0, patience=3600)
    line = sent(url, ODD)
    at_work()
    assert post(url, QUICK).status_code == 429
    line.close()
    until(lambda: len(counted) == 2)
    assert post(url, QUICK).status_code == 400
    assert post(f"{url}?as=nowhere/odd.ttl", QUICK).status_code == 400
    assert post(start(count=count, patience=0.05), ODD).status_code == 422
    assert counted == [
        *(("refused", "share"), ("ended", "left")),
        *(("judged", ""), ("refused", "request"), ("ended", "late")),
    ]


def test_a_process_is_cut_off_from_the_network(
    start: Callable[..., str], judging: Callable[[], list[int]]
) -> None:
    program = "from meagraph.queries.sealed import sealed; print(sealed())"
    how = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout
    if not how.strip():
        pytest.skip("the system lets no process cut itself off")
    assert post(start(), QUICK).status_code == 400
    until(lambda: len(judging()) == 1)
    process = Path(f"/proc/{judging()[0]}")
    if "filter" in how:
        until(lambda: "Seccomp:\t2\n" in (process / "status").read_text())
    if "namespace" in how:
        own = os.readlink("/proc/self/ns/net")
        until(lambda: os.readlink(process / "ns/net") != own)


def test_a_process_has_nothing_of_the_servers_environment(
    start: Callable[..., str],
    judging: Callable[[], list[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOME_CREDENTIAL", "of-the-server")
    assert post(start(), QUICK).status_code == 400
    until(lambda: len(judging()) == 1)
    environment = Path(f"/proc/{judging()[0]}/environ").read_bytes()
    assert b"of-the-server" not in environment


def test_a_process_has_limits_before_it_reads_a_draft(
    start: Callable[..., str],
    judging: Callable[[], list[int]],
) -> None:
    assert post(start(memory=1 << 30), QUICK).status_code == 400
    until(lambda: len(judging()) == 1)
    limits = Path(f"/proc/{judging()[0]}/limits")
    until(lambda: "Max open files            256 " in limits.read_text())
    until(lambda: f"Max data size             {1 << 30} " in limits.read_text())
    assert "Max core file size        0 " in limits.read_text()
    assert f"Max file size             {1 << 30} " in limits.read_text()
