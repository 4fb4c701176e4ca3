"""What is counted of a server's work, for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from meagraph import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client.core import Metric

    from meagraph.server.serving import Server

_DRAFTS = {
    "judged": ("",),
    "refused": ("busy", "share", "request", "graph"),
    "ended": ("time", "late", "memory", "crash", "size", "left"),
}
"""What becomes of drafts, and by what; `meagraph.server.checking.desk` says which."""
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counters of one server, in a registry of their own.

    Args:
        server: asked for the state of its workers and for its edition when they are read.
    """

    def __init__(self, server: Server) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "meagraph_requests",
            "Requests answered",
            ("topic", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "meagraph_request_seconds",
            "Time from a request's head to the end of its answer",
            ("topic",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._refused = Counter(
            "meagraph_connections_refused",
            "Connections ended because of what the client did, by the reason",
            ("reason",),
            registry=self.registry,
        )
        self._drafts = Counter(
            "meagraph_drafts",
            "Drafts that came to be validated, by what became of them and why",
            ("outcome", "by"),
            registry=self.registry,
        )
        for outcome, reasons in _DRAFTS.items():
            for by in reasons:
                self._drafts.labels(outcome, by)
        self.running = Gauge(
            "meagraph_requests_running",
            "Requests that are being answered",
            registry=self.registry,
        )
        self._counted: dict[tuple[str, int], Counter] = {}
        self._timed: dict[str, Histogram] = {}
        self.registry.register(_State(server))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def answered(self, topic: str, status: int, seconds: float) -> None:
        """Count a request that has been answered."""
        key = topic, status
        counter = self._counted.get(key)
        if counter is None:
            counter = self._counted[key] = self._requests.labels(topic, status)
            self._timed.setdefault(topic, self._seconds.labels(topic))
        counter.inc()
        self._timed[topic].observe(seconds)

    def refused(self, reason: str) -> None:
        """Count a connection that was ended: `meagraph.server.connections.protocol` says why."""
        self._refused.labels(reason).inc()

    def draft(self, outcome: str, by: str) -> None:
        """Count a draft: `meagraph.server.checking.desk` says what became of it."""
        self._drafts.labels(outcome, by).inc()

    def text(self) -> bytes:
        """All of it in the text format of Prometheus, version 1.0.0."""
        return generate_latest(self.registry)


class _State(Collector):
    """What is known when it is asked for: the edition, and the workers."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        edition = self.server.edition
        yield InfoMetricFamily(
            "meagraph_build",
            "What is served",
            {"version": __version__, "build": edition.build, "data_version": edition.version},
        )
        yield GaugeMetricFamily(
            "meagraph_build_broken",
            "1 if another build than the one that is served is there and cannot be opened",
            self.server.broken,
        )
        pool = self.server.pool
        yield GaugeMetricFamily(
            "meagraph_queries_running", "Queries of clients that are evaluated", pool.running
        )
        yield GaugeMetricFamily(
            "meagraph_queries_waiting", "Queries of clients that wait for a worker", pool.waiting
        )
        yield GaugeMetricFamily(
            "meagraph_workers_sealed",
            "1 if workers are cut off from the network",
            bool(pool.sealed),
        )
        ended = CounterMetricFamily(
            "meagraph_queries_ended", "Queries not answered to their end", labels=("by",)
        )
        for by, number in sorted(pool.ended.items()):
            ended.add_metric((by,), number)
        yield ended
