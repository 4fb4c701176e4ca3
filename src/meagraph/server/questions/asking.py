"""What a request asks: the values of the question's parameters, and how to tell the answer.

Beside its own parameters every question takes the `WORDS`. A parameter of a question that is
called like one of them wins.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from meagraph.server.problems import Problem
from meagraph.server.questions.windows import PAGE, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.queries import Question

WORDS = {
    "format": "the form of the answer, before what the header Accept says",
    "labels": "0 or false for IRIs only, without the names of things beside them",
    "columns": "only these columns of the answer, in this order",
    "limit": "how many rows to give at most",
    "offset": "how many rows to leave out before",
    "page": f"which page to give, from 1, of as many rows as limit says, or {PAGE}",
    "version": "the version of the data that the answer must be made from",
}
"""What every question takes, and what each is."""

_MOST_FIELDS = 5000
_NUMBER = re.compile(r"[0-9]{1,9}")
_TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class Asked(NamedTuple):
    """One request.

    Args:
        question: the stored question.
        given: for each parameter that is given, its values as the client wrote them.
        format: the name of a form, or empty.
        labels: whether names stand beside IRIs.
        columns: those wanted; empty for all.
        window: the rows wanted.
        version: of the data, or empty.
    """

    question: Question
    given: dict[str, list[str]]
    format: str
    labels: bool
    columns: tuple[str, ...]
    window: Window
    version: str


def fields_of(query: bytes) -> list[tuple[str, str]]:
    """The names and values of an address's query.

    Raises:
        Problem: it is no UTF-8, or has more of them than anyone means.
    """
    if query.count(b"&") >= _MOST_FIELDS:
        raise Problem(400, f"the address gives more than {_MOST_FIELDS:,} values")
    # Each byte is read as a sign first, so that what is no UTF-8 is found and not replaced.
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    try:
        return [(_in_utf8(name), _in_utf8(value)) for name, value in pairs]
    except UnicodeDecodeError:
        raise Problem(400, "the address is not in UTF-8", "Percent-encode its bytes.") from None


def _in_utf8(text: str) -> str:
    return text.encode("latin-1").decode()


def read(question: Question, pairs: Sequence[tuple[str, str]]) -> Asked:
    """What a client asks of a question; an empty value is as good as none.

    Raises:
        Problem: there is no such parameter, or one of the `WORDS` has an unfit value.
    """
    given: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in question.parameters and name not in WORDS:
            raise _unknown(question, name)
        if value.strip():
            (given if name in question.parameters else words).setdefault(name, []).append(value)
    columns = [one.strip() for text in words.pop("columns", []) for one in text.split(",")]
    single = {name: _one(name, values) for name, values in words.items()}
    return Asked(
        question,
        given,
        single.get("format", ""),
        _truth("labels", single.get("labels", "1")),
        tuple(one for one in columns if one),
        _window(single),
        single.get("version", ""),
    )


def _unknown(question: Question, name: str) -> Problem:
    near = get_close_matches(name, question.parameters, n=1, cutoff=0.6)
    near = near or get_close_matches(name, WORDS, n=1, cutoff=0.6)
    guess = f"Did you mean {near[0]}? " if near else ""
    known = ", ".join(question.parameters) or "none"
    return Problem(
        400,
        f"{question.name} has no parameter “{name}”",
        f"{guess}Its parameters: {known}. Of every question: {', '.join(WORDS)}.",
    )


def _one(name: str, values: Sequence[str]) -> str:
    if len(values) > 1:
        raise Problem(400, f"{name} is given {len(values)} times", "Give it once.")
    return values[0].strip()


def _truth(name: str, text: str) -> bool:
    if text.lower() not in _TRUTHS:
        raise Problem(400, f"{name} is “{text}”", "It takes 1 or 0.")
    return _TRUTHS[text.lower()]


def _window(words: dict[str, str]) -> Window:
    if "page" in words and "offset" in words:
        raise Problem(400, "both page and offset are given", "Leave one of them out.")
    limit = _number("limit", words["limit"], 1) if "limit" in words else None
    if "page" in words:
        size = limit or PAGE
        return Window((_number("page", words["page"], 1) - 1) * size, size, by_page=True)
    return Window(_number("offset", words.get("offset", "0"), 0), limit)


def _number(name: str, text: str, least: int) -> int:
    if not _NUMBER.fullmatch(text) or int(text) < least:
        raise Problem(
            400, f"{name} is “{text}”", f"It takes a whole number from {least} to 999999999."
        )
    return int(text)
