"""Drafts to be sent, and what sends them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import requests

from wrong_examples import INVALID, expected

WAIT = 400
"""Seconds after which a server is taken for dead; a validation may wait for others."""

PREFIXES = """\
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

ODD = PREFIXES + 'meetings:odd a mea:Meeting ;\n  rdfs:label "Odd"@en ;\n  mea:ordinal "six" .\n'
"""The ordinal, on line 6, is no number."""


def post(
    url: str, body: bytes | str, media: str = "text/turtle", accept: str = "application/json"
) -> requests.Response:
    """Send a draft to ``/validate``; ``url`` may end in a query."""
    address, mark, query = url.partition("?")
    return requests.post(
        f"{address}/validate{mark}{query}",
        data=body.encode() if isinstance(body, str) else body,
        headers={"Content-Type": media, "Accept": accept},
        timeout=WAIT,
    )


def found(report: dict[str, Any]) -> set[tuple[str, int]]:
    """The rules that are broken, each with the line of the draft at which it is."""
    return {
        (finding["rule"].partition(":")[2], place["line"])
        for finding in report["findings"]
        for place in finding["places"][:1]
        if place["file"] == "<stdin>"
    }


class Part(NamedTuple):
    """A wrong example within a draft: what it breaks, and its first and last line there."""

    name: str
    rules: Counter[str]
    first: int
    last: int


def all_wrong_examples() -> tuple[str, list[Part]]:
    """Every wrong example in one TriG, each in a graph of its own."""
    lines: list[str] = []
    parts = []
    for path in INVALID:
        text = path.read_text()
        heads = re.findall(r"^@prefix .*$|^PREFIX .*$", text, re.M)
        body = re.sub(r"^@prefix .*$|^PREFIX .*$|^#.*$", "", text, flags=re.M)
        lines += [*heads, f"GRAPH <https://w3id.org/meagraph/documents/invalid/{path.stem}> {{"]
        first = len(lines) + 1
        lines += [*body.rstrip().split("\n"), "}"]
        parts.append(Part(path.stem, expected(path), first, len(lines)))
    return "\n".join(lines) + "\n", parts


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file in a folder."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
