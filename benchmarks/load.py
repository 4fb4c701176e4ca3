"""Load on an HTTP server of this machine: as many requests a second as it answers.

wrk (Debian: ``apt install wrk``) makes it; without it threads of this process do, which take as
much of the machine as what they measure, so that differences come out smaller than they are.
"""

from __future__ import annotations

import http.client
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from functools import cache
from itertools import count, cycle, islice
from pathlib import Path
from shutil import which
from typing import NamedTuple
from urllib.parse import urlsplit

JSON = "application/sparql-results+json"
CLIENTS = 200
"""So many addresses ask, as a proxy tells them: one client alone gets a share of a server only."""
PATIENCE = 60
"""Seconds after which a request that is not answered counts as failed."""

SCRIPT = """
local requests, turn = {}, 0
function init(words)
  for path in io.lines(words[1]) do
    wrk.headers["X-Forwarded-For"] = "10.0.0." .. (#requests % CLIENTS + 1)
    requests[#requests + 1] = wrk.format("GET", path)
  end
  turn = tonumber(words[2])
end
function request()
  turn = turn + 1
  return requests[(turn - 1) % #requests + 1]
end
function done(summary)
  local e = summary.errors
  local failed = e.status + e.connect + e.read + e.write + e.timeout
  print("done", summary.requests, summary.duration, failed)
end
"""


class Load(NamedTuple):
    """What a server answered: requests, in how many seconds, and how many not as it should."""

    requests: int
    seconds: float
    failed: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def has_wrk() -> bool:
    """Whether wrk makes the load."""
    return which("wrk") is not None


def load(
    address: str, paths: Sequence[str], connections: int, seconds: float, first: int = 0
) -> Load:
    """Ask one after the other on each connection.

    Args:
        address: of the server, without a slash at its end.
        paths: what is asked, in turn; each with its query.
        connections: how many are kept open.
        seconds: for how long.
        first: the path to begin with.
    """
    paths = [*islice(cycle(paths), max(len(paths), CLIENTS))]
    if has_wrk():
        return _by_wrk(address, paths, connections, seconds, first)
    return _by_threads(address, paths, connections, seconds, first)


def _by_wrk(
    address: str, paths: Sequence[str], connections: int, seconds: float, first: int
) -> Load:
    with tempfile.TemporaryDirectory() as name:
        script, listed = Path(name) / "load.lua", Path(name) / "paths"
        script.write_text(SCRIPT.replace("CLIENTS", str(CLIENTS)))
        listed.write_text("\n".join(paths))
        words = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
        words += [f"--timeout={PATIENCE}s", f"-HAccept: {JSON}", f"-s{script}", address]
        words += ["--", str(listed), str(first)]
        said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    done = next(line for line in said.splitlines() if line.startswith("done"))
    requests, micros, failed = map(int, done.split()[1:])
    return Load(requests, micros / 1e6, failed)


def _by_threads(
    server: str, paths: Sequence[str], connections: int, seconds: float, first: int
) -> Load:
    counted: list[tuple[int, int]] = []
    begin = time.perf_counter()

    def ask(start: int) -> None:
        done = failed = 0
        connection = connected(server)
        for number in count(start):
            if time.perf_counter() - begin >= seconds:
                break
            address = f"10.0.0.{number % CLIENTS + 1}"
            headers = {"Accept": JSON, "X-Forwarded-For": address}
            connection.request("GET", paths[number % len(paths)], headers=headers)
            response = connection.getresponse()
            response.read()
            done += 1
            failed += response.status >= 400
        connection.close()
        counted.append((done, failed))

    share = len(paths) // connections
    threads = [
        threading.Thread(target=ask, args=(first + share * number,))
        for number in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.perf_counter() - begin
    return Load(sum(done for done, _ in counted), passed, sum(bad for _, bad in counted))


def connected(address: str) -> http.client.HTTPConnection:
    """A connection to a server, which no proxy comes between."""
    parts = urlsplit(address)
    return http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)


@cache
def generator() -> str:
    """What makes the load, in a sentence."""
    if has_wrk():
        return "The load is made by wrk."
    return (
        "wrk is missing (Debian: apt install wrk): the load is made by threads in Python, which "
        "take a core themselves; what is measured is the less for it."
    )
