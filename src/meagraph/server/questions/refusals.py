"""What is wrong with a request, in the words of the web and not of the command line."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.releases.numbers import read_number
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meagraph.queries import Question
    from meagraph.server.serving import Server

_EXAMPLE = re.compile(r"Example: meagraph query .*\Z", re.DOTALL)
_FIND = "meagraph find looks for names"


def refused(
    error: UnusableInput, question: Question, examples: Mapping[str, str], server: Server
) -> Problem:
    """The problem that an unfit value is: as the command line tells it, with an address to try."""
    address = example_address(question, examples, server)
    hint = _EXAMPLE.sub(lambda _: f"Example: {address}", error.hint or "").replace("\n  ", "\n")
    hint = hint.replace(_FIND, f"{server.address('/search')} looks for names")
    return Problem(400, _bare(error.message, question), _bare(hint, question))


def example_address(question: Question, examples: Mapping[str, str], server: Server) -> str:
    """An address of a question that works."""
    given = f"?{urlencode(examples)}" if examples else ""
    return server.address(f"/queries/{question.name}{given}")


def _bare(text: str, question: Question) -> str:
    """A text in which the names of parameters have no dashes before them."""
    names = "|".join(map(re.escape, question.parameters)) or "-"
    return re.sub(rf"--(?=(?:{names})\b)", "", text)


def no_question(name: str, known: Iterable[str], server: Server) -> Problem:
    """The problem that there is no question of this name; near names are told."""
    names = list(known)
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    near += [other for other in names if len(name) > 2 and name in other and other not in near][:3]
    guess = f"Did you mean {' or '.join(near)}? " if near else ""
    return Problem(
        404,
        f"there is no stored question “{name[:100]}”",
        f"{guess}{server.address('/queries')} lists all.",
    )


def other_version(wanted: str, served: str, name: str) -> Problem:
    """The problem that another version of the data is asked for than is served.

    Raises:
        UnusableInput: it is no version.
    """
    release = f"{BASE}releases/{wanted}/queries/{name}"
    here = f"This server has version {served}."
    asked = read_number(wanted)
    try:
        is_past = asked < read_number(served)
    except UnusableInput:
        is_past = False
    if is_past:
        hint = f"{here} The release keeps what it answered then: {release}"
        return Problem(410, f"version {wanted} is served no more", hint)
    hint = f"{here} If there is such a release, it keeps what it answered: {release}"
    return Problem(404, f"version {wanted} is not served", hint)
