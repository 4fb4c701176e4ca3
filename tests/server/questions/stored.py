"""What the tests of questions over HTTP share: questions, examples, and requests."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx

ANSWERS = Path(__file__).parent.parent.parent / "answers"
NAMES = sorted(path.stem for path in (ANSWERS.parent.parent / "queries").glob("*/*.rq"))
WAIT = 60.0
"""Seconds, more than any answer takes on the slowest machine."""

BODY = "bodies:iomc-mercury-group"
ASKED = {"body": BODY}
QUESTION = "/queries/participants-not-members"


_CLIENT = httpx.Client(timeout=WAIT, trust_env=False)


def get(url: str, /, **more: Any) -> httpx.Response:
    """A GET request by a client that takes anything and follows nothing."""
    return _CLIENT.get(url, **more)


def ask(method: str, url: str, /, **more: Any) -> httpx.Response:
    """A request with any method."""
    return _CLIENT.request(method, url, **more)


def example(name: str) -> dict[str, list[str]]:
    """Values for which a question has an answer that was checked by hand."""
    cases = json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))
    given = max(cases, key=lambda case: len(case["rows"]))["parameters"]
    return {one: values if isinstance(values, list) else [values] for one, values in given.items()}


@lru_cache(maxsize=1)
def graph() -> Any:
    """The same graph, opened in this process."""
    import meagraph

    return meagraph.open()


def expected(name: str, given: dict[str, list[str]]) -> Any:
    """The answer that the library gives."""
    return graph().query(name, **given)
