"""Whether it lives, whether it is ready, and what it counted."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from raw import exchange, request
from running import ENDS_WITHIN, STARTS_WITHIN, Served, command, environment

from meagraph import __version__

CLIENT = httpx.Client(timeout=60)


def samples(server: Served) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """What is counted: by the name of the sample and its labels."""
    told = CLIENT.get(server.url + "/metrics").text
    return {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(told)
        for one in family.samples
    }


def test_it_lives(server: Served) -> None:
    answer = CLIENT.get(server.url + "/health")
    assert (answer.status_code, answer.text) == (200, "alive\n")


def test_it_is_ready_and_says_with_what(server: Served) -> None:
    answer = CLIENT.get(server.url + "/ready")
    told = answer.json()
    assert answer.status_code == 200 and told["ready"] is True
    assert told["version"] == __version__ and len(told["build"]) == 16 and told["data"]


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
def test_nobody_keeps_what_is_told_of_the_moment(server: Served, path: str) -> None:
    assert CLIENT.get(server.url + path).headers["cache-control"] == "no-store"
    head = CLIENT.head(server.url + path)
    assert (head.status_code, head.content) == (200, b"")


def test_requests_are_counted_by_topic_and_status(serving: Callable[..., Served]) -> None:
    server = serving("--workers", 1)
    for path in ("/health", "/health", "/sparql", "/sparql?query=nonsense", "/no/such/thing"):
        CLIENT.get(server.url + path, headers={"Accept": "application/json, text/turtle"})
    exchange(server, b"GET\r\n\r\n")
    found = samples(server)

    def requests(topic: str, status: int) -> float:
        return found.get(
            ("meagraph_requests_total", (("status", str(status)), ("topic", topic))), 0
        )

    assert requests("operations", 200) == 2
    assert (requests("sparql", 200), requests("sparql", 400)) == (1, 1)
    assert (
        sum(number for (name, _), number in found.items() if name == "meagraph_requests_total") == 5
    )
    assert found["meagraph_request_seconds_count", (("topic", "sparql"),)] == 2
    assert found["meagraph_connections_refused_total", (("reason", "malformed"),)] == 1


def test_what_clients_invent_makes_no_series(serving: Callable[..., Served]) -> None:
    server = serving("--workers", 1)
    before = len(samples(server))
    for number in range(50):
        CLIENT.request("GET", f"{server.url}/{number}/invented?x={number}")
        CLIENT.request(f"X{number}", server.url)
    assert len(samples(server)) < before + 60


def test_the_state_of_the_workers_is_told(server: Served) -> None:
    found = samples(server)
    assert ("meagraph_queries_waiting", ()) in found and ("meagraph_queries_running", ()) in found
    assert found["meagraph_workers_sealed", ()] in (0, 1)


def test_a_query_that_was_ended_is_counted_by_its_limit(serving: Callable[..., Served]) -> None:
    server = serving("--workers", 1, "--timeout", 0.5)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = CLIENT.get(server.url + "/sparql", params={"query": endless}, timeout=60)
    assert answer.status_code >= 400
    assert samples(server)["meagraph_queries_ended_total", (("by", "time"),)] == 1


def drafts(server: Served, outcome: str, by: str = "") -> float:
    return samples(server)["meagraph_drafts_total", (("by", by), ("outcome", outcome))]


def test_drafts_are_counted_by_what_became_of_them(serving: Callable[..., Served]) -> None:
    server = serving("--workers", 1)
    names = set(samples(server))
    assert drafts(server, "judged") == drafts(server, "ended", "memory") == 0
    headers = {"Content-Type": "text/turtle"}
    CLIENT.post(server.url + "/validate", content="<a> <b>", headers=headers)
    assert drafts(server, "judged") == 1

    CLIENT.post(server.url + "/validate?as=nowhere/odd.ttl", content="<a>", headers=headers)
    assert (drafts(server, "judged"), drafts(server, "refused", "request")) == (1, 1)
    made = {name for name in set(samples(server)) - names if name[0].startswith("meagraph_drafts")}
    assert not made, "a series that begins later hides its first change"


def test_no_build_is_broken(server: Served) -> None:
    assert samples(server)["meagraph_build_broken", ()] == 0


def test_build_and_versions_are_told_as_labels(server: Served) -> None:
    ready = json.loads(CLIENT.get(server.url + "/ready").text)
    labels = {
        "build": ready["build"],
        "data_version": ready["data"],
        "version": __version__,
    }
    assert samples(server)["meagraph_build_info", tuple(sorted(labels.items()))] == 1


def test_they_stand_at_the_root_and_below_the_prefix(serving: Callable[..., Served]) -> None:
    server = serving("--base-url", "https://data.example.org/graph/", "--workers", 1)
    root = f"http://{server.host}:{server.port}"
    for path in ("/health", "/ready", "/metrics"):
        assert CLIENT.get(root + path).status_code == 200
        assert CLIENT.get(root + "/graph" + path).status_code == 200


def test_the_metrics_are_read_without_a_request_for_them_in_the_way(server: Served) -> None:
    answer = exchange(server, request("/metrics", Accept="application/openmetrics-text;q=1"))
    assert b"\r\ncontent-type: text/plain; version=" in answer.lower()


def test_a_terminal_that_is_closed_stops_it_in_good_order(serving: Callable[..., Served]) -> None:
    # As a shell starts it: below nohup the signal is ignored, as is meant there.
    server = serving("--workers", 1, words=["env", "--default-signal=HUP"])
    server.process.send_signal(signal.SIGHUP)
    assert server.process.wait(ENDS_WITHIN) == 0
    assert "Traceback" not in server.said()


def test_an_address_of_another_machine_is_not_called_a_port_in_use() -> None:
    words = command("--host", "192.0.2.1")
    ended = subprocess.run(
        words, capture_output=True, text=True, timeout=STARTS_WITHIN, env=environment()
    )
    assert ended.returncode == 2
    assert "--host takes an address of this machine" in ended.stderr
    assert "--port 0" not in ended.stderr
