"""The page of a question: what it asks, a form to ask it otherwise, and the answer."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from meagraph.namespaces import BASE
from meagraph.queries import bind, defaults_used, standalone, without_header
from meagraph.server.pages.rendering import html as rendered
from meagraph.server.pages.wording import given_up_words, named
from meagraph.server.questions.catalogue import theme_title
from meagraph.server.questions.forms import FORMS, HTML, QUERY, reading
from meagraph.server.questions.values import FEW, in_force, name, values_of, written
from meagraph.tables import is_numeric, labels_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Literal
    from starlette.requests import Request

    from meagraph.names import GivenUp
    from meagraph.queries import Parameter, Question
    from meagraph.server.edition import Edition
    from meagraph.server.problems import Problem
    from meagraph.server.questions.answering import Prepared
    from meagraph.server.questions.asking import Asked
    from meagraph.server.questions.forms import Part
    from meagraph.server.questions.values import Choice
    from meagraph.server.serving import Server
    from meagraph.tables import Table

ANY = "any"
_BLANKS = 1
"""Empty fields that a parameter with several values has, for more of them."""
_WIDTHS = ((12, "short"), (30, ""), (90, "long"))
"""How a column looks whose longest cell has at most so many signs, that none is many lines high."""


class Option(NamedTuple):
    """What can be chosen: the value that is sent, what a reader sees, whether it holds now."""

    value: str
    label: str
    chosen: bool


class Field(NamedTuple):
    """A field of the form.

    Args:
        parameter: what it gives.
        look: ``select``, ``checks``, ``text`` or ``number``.
        hint: what to write in it.
        options: what can be chosen, or is suggested.
        texts: what stands in it, each in an input of its own.
        listed: the name of the list of suggestions; empty for none.
        wrong: what is wrong with what was written in it; empty for nothing.
    """

    parameter: Parameter
    look: str
    hint: str
    options: Sequence[Option]
    texts: Sequence[str]
    listed: str
    wrong: str = ""


class Row(NamedTuple):
    """A row of the answer.

    Args:
        cells: the texts of each cell, each with the IRI that it stands for, or an empty one.
        spans: in how many rows from this on the first cell holds; 0 where one above does.
    """

    cells: Sequence[Sequence[tuple[str, str]]]
    spans: int


def html(request: Request, server: Server, prepared: Prepared, part: Part) -> str:
    """The page with an answer."""
    asked, edition = prepared.asked, prepared.edition
    question = asked.question
    terms = {
        key: in_force(edition.store, question, prepared.sparql, one)
        for key, one in question.parameters.items()
    }
    now = {key: [written(term) for term in found] for key, found in terms.items()}
    table = reading(part)
    rows = _rows(table)
    numbers = [is_numeric(part.table, at) for at in range(len(table.columns))]
    around = asked.window.others(len(part.table))
    return rendered(
        request,
        server,
        "question.html",
        question=question,
        theme=theme_title(question.theme),
        fields=_fields(edition, question, now),
        lists=_lists(edition, question),
        problem=None,
        part=part,
        table=table,
        notes=_notes(prepared, terms),
        rows=rows,
        looks=["number" if is_ else _look(rows, at) for at, is_ in enumerate(numbers)],
        pages={
            relation: prepared.path("", around[relation])
            for relation in ("first", "prev", "next", "last")
            if relation in around and around[relation].offset != asked.window.offset
        },
        downloads=[(one, prepared.path(one.ending)) for one in FORMS if one not in (HTML, QUERY)],
        query=(QUERY, prepared.path(QUERY.ending)),
        sparql=standalone(without_header(prepared.sparql)).strip(),
        is_own=not asked.given,
        release=f"{BASE}releases/{edition.version}/queries/{question.name}",
    )


def refused(
    request: Request, server: Server, edition: Edition, asked: Asked, problem: Problem
) -> str:
    """The page without an answer, because a value does not fit; what was written still stands."""
    question = asked.question
    return rendered(
        request,
        server,
        "question.html",
        question=question,
        theme=theme_title(question.theme),
        fields=_fields(edition, question, asked.given, problem.detail),
        lists=_lists(edition, question),
        problem=problem,
        # What would be accepted can be chosen in the fields, or is suggested there.
        advice=f"\n{problem.hint}".partition("\nAccepted: ")[0].strip(),
        part=None,
    )


def _fields(
    edition: Edition, question: Question, now: Mapping[str, Sequence[str]], wrong: str = ""
) -> list[Field]:
    values = values_of(edition)
    found = []
    for key, parameter in question.parameters.items():
        given = list(now.get(key, ()))
        fault = _fault(key, wrong)
        choices = values.choices(parameter)
        named = {name(one.iri): one.value for one in choices}
        known = {ANY, *named, *named.values()}
        if values.is_few(parameter) and known.issuperset(given):
            options = _options(parameter, given, choices)
            look = "checks" if parameter.many else "select"
            found.append(Field(parameter, look, _hint(parameter), options, (), "", fault))
            continue
        texts = [named.get(text, text) for text in given]
        if parameter.many or not texts:
            texts += [""] * _BLANKS
        look = "number" if parameter.datatype == "xsd:integer" else "text"
        listed = _list_name(parameter) if choices else ""
        found.append(Field(parameter, look, _hint(parameter), (), texts, listed, fault))
    return found


def _fault(name: str, detail: str) -> str:
    """What a problem says of one parameter, without what that is called; empty of another."""
    found = re.fullmatch(rf"{re.escape(name)} \(.*?\):? (.*)", detail, re.DOTALL)
    return found[1] if found else ""


def _options(parameter: Parameter, given: Sequence[str], choices: Sequence[Choice]) -> list[Option]:
    options = [
        Option(name(one.iri), one.label, name(one.iri) in given or one.value in given)
        for one in choices
    ]
    if not parameter.required:
        # Where the question has values of its own, to leave all out would mean these.
        has_own = parameter.default.upper() != "UNDEF"
        if has_own or not parameter.many:
            is_any = not given or ANY in given
            options.insert(0, Option(ANY if has_own else "", "any", is_any))
    return options


def _hint(parameter: Parameter) -> str:
    parts = [parameter.description.rstrip(".")] if parameter.description else []
    if parameter.bound:
        end = "first" if parameter.bound == "lower" else "last"
        parts.append(f"A day, a month or a year: 2024-06-11, 2024-06 or 2024, its {end} day")
    elif parameter.datatype == "edtf:EDTF":
        parts.append("A day, a month, a year or a span, as 2024-06-11/2024-06-13")
    elif parameter.datatype == "xsd:date":
        parts.append("A day, as 2024-06-11")
    if not parameter.required and not parameter.datatype:
        is_any = parameter.default.upper() == "UNDEF"
        parts.append("Empty for any" if is_any else "“any” lifts the restriction")
    return ". ".join(parts) + "." if parts else ""


def _list_name(parameter: Parameter) -> str:
    sort = parameter.scheme or parameter.kind
    return "list-" + "".join(sign if sign.isalnum() else "-" for sign in sort)


def _lists(edition: Edition, question: Question) -> dict[str, list[str]]:
    """The suggestions of the fields that a reader writes in, each list once."""
    values = values_of(edition)
    return {
        _list_name(one): [choice.value for choice in values.suggested(one)]
        for one in question.parameters.values()
        if len(values.choices(one)) > FEW
    }


def _notes(prepared: Prepared, terms: Mapping[str, Sequence[NamedNode | Literal]]) -> list[str]:
    """What the reader should know of the values, in the words of the page."""
    asked, store = prepared.asked, prepared.edition.store
    question = asked.question
    used = defaults_used(question, asked.given)
    gone: list[GivenUp] = []
    if len(prepared.notes) > len(used):  # the others tell of names that were given up
        bind(question, store, asked.given, gone.append)
    notes = [f"{given_up_words(store, one)}." for one in gone]
    for key in used:
        parameter = question.parameters[key]
        held = terms[key]
        labels = labels_of(store, [one.value for one in held if isinstance(one, NamedNode)])
        shown = ", ".join(
            named(one.value, labels) if isinstance(one, NamedNode) else one.value for one in held
        )
        values = "value holds" if len(held) == 1 else "values hold"
        note = f"{parameter.label}: nothing is given, so the question’s own {values}: {shown}."
        notes.append(note if parameter.required else f"{note} “any” lifts this.")
    return notes


def _rows(table: Table) -> list[Row]:
    """The rows; what several in turn begin with stands once, in a cell that spans them."""
    found = [[_cell(table, cell) for cell in row] for row in table.rows]
    rows = []
    for first, run in groupby(found, key=lambda cells: cells[0]):
        several = list(run)
        is_once = bool(first) and len(table.columns) > 1
        spans = [len(several)] + [0] * (len(several) - 1) if is_once else [1] * len(several)
        rows += [Row(cells, spanned) for cells, spanned in zip(several, spans, strict=True)]
    return rows


def _look(rows: Sequence[Row], at: int) -> str:
    """How wide a column is, by the longest of its cells."""
    longest = max((sum(len(text) + 2 for text, _ in row.cells[at]) for row in rows), default=0)
    return next((look for most, look in _WIDTHS if longest - 2 <= most), "longest")


def _cell(table: Table, cell: object) -> list[tuple[str, str]]:
    """The texts of a cell, each with the IRI that it stands for, or an empty one."""
    if cell is None:
        return []
    if isinstance(cell, tuple):
        return [part for one in cell for part in _cell(table, one)]
    return [(table.shown(cell), cell.value if isinstance(cell, NamedNode) else "")]
