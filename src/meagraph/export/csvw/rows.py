"""The rows of the flat tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from meagraph.errors import UnusableInput
from meagraph.export.csvw.sheets import (
    DATE,
    DECIMAL,
    IN_SCHEME,
    INTEGER,
    LINK,
    LINKS,
    SHEETS,
    TEXT,
    THINGS,
    TIME,
    Field,
    Sheet,
)
from meagraph.tables import Column, Table, as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.export.csvw.contents import Contents

SEPARATOR = "|"
"""Stands between the values of a list; no IRI has it, and in a text it is `STAND_IN`."""

STAND_IN = "¦"
_LEADING = ("iri", "label", "type", "typeLabel")
_CLOSING = ("modified", "statedIn", "statedInLabel")
_THINGS = (*_LEADING, "table", "modified")
_LINKS = (
    *("thing", "thingLabel", "property", "propertyLabel", "value", "valueLabel"),
    *("statedIn", "statedInLabel"),
)
_WRITTEN = {
    INTEGER: re.compile(r"[+-]?\d+", re.ASCII),
    DECIMAL: re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII),
    DATE: re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
}

Row = list[str]


class Rows:
    """The rows of all tables of a graph, each table's made when it is asked for.

    Args:
        contents: what the graph says.
    """

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self.of_sheet = {sheet.name: _iris(sheet, contents) for sheet in SHEETS}
        self._known = {name: frozenset(iris) for name, iris in self.of_sheet.items()}
        contents.named({iri for iris in self.of_sheet.values() for iri in iris})

    def csv(self, name: str) -> bytes:
        """The bytes of a table: UTF-8, see `meagraph.tables.as_csv`.

        Raises:
            UnusableInput: the graph breaks a rule of its shapes on which the table rests.
        """
        if name == THINGS:
            return _csv(_THINGS, self._things())
        if name == LINKS:
            return _csv(_LINKS, self._links())
        sheet = next(sheet for sheet in SHEETS if sheet.name == name)
        return _csv(columns(sheet), self._rows(sheet))

    def _rows(self, sheet: Sheet) -> Iterator[Row]:
        contents = self._contents
        for iri in self.of_sheet[sheet.name]:
            row = [*self._leading(iri)]
            for field in sheet.fields:
                values = self._values(iri, field)
                row.append(_joined(values, field.many))
                if field.has_label:
                    row.append(_joined(map(contents.label, values), field.many))
            passages = contents.stated_in(iri)
            row += [
                contents.updated(iri).isoformat(),
                _joined(passages, True),
                _joined((contents.passages[one].name for one in passages), True),
            ]
            yield row

    def _leading(self, iri: str) -> Row:
        types = self._contents.types(iri)
        labels = map(self._contents.label, types)
        return [iri, self._contents.label(iri), _joined(types, True), _joined(labels, True)]

    def _things(self) -> Iterator[Row]:
        """All that has a row or that a link leads to, and the table of its row."""
        tables = {iri: name for name, iris in self.of_sheet.items() for iri in iris}
        linked = {value for _, _, value in self._all_links()}
        self._contents.named(linked)
        for iri in sorted(linked | tables.keys()):
            day = self._contents.updated(iri).isoformat()
            yield [*self._leading(iri), tables.get(iri, ""), day]

    def _links(self) -> Iterator[Row]:
        contents = self._contents
        for one, property, other in sorted(set(self._all_links())):
            passages = contents.stated_in(one, property, other)
            row = []
            for iri in (one, property, other):
                row += [iri, contents.label(iri)]
            names = (contents.passages[passage].name for passage in passages)
            yield [*row, _joined(passages, True), _joined(names, True)]

    def _all_links(self) -> Iterator[tuple[str, str, str]]:
        for sheet in SHEETS:
            for field in sheet.fields:
                if field.form != LINK:
                    continue
                for iri in self.of_sheet[sheet.name]:
                    for value in self._values(iri, field):
                        ends = (value, iri) if field.inverse else (iri, value)
                        yield ends[0], field.iri, ends[1]

    def _values(self, iri: str, field: Field) -> list[str]:
        terms = self._contents.values(iri, field.iri, field.inverse)
        values = list(dict.fromkeys(term.value for term in terms))
        if not field.many and len(values) > 1:
            raise _broken(iri, f"has {len(values)} values of {field.name}, where one is allowed")
        if field.required and not values:
            raise _broken(iri, f"has no {field.name}")
        form, is_text = _WRITTEN.get(field.form), field.form in (TEXT, TIME, *_WRITTEN)
        for term in terms:
            if isinstance(term, Literal) != is_text or (form and not form.fullmatch(term.value)):
                raise _broken(iri, f"has “{term.value}” as {field.name}: that is no {field.form}")
            if field.table and term.value not in self._known[field.table]:
                raise _broken(iri, f"has {term.value} as {field.name}: no row of {field.table}.csv")
        return values


def columns(sheet: Sheet) -> list[str]:
    """The names of the columns of a table, in their order."""
    named = []
    for field in sheet.fields:
        named += [field.name, f"{field.name}Label"] if field.has_label else [field.name]
    return [*_LEADING, *named, *_CLOSING]


def _iris(sheet: Sheet, contents: Contents) -> list[str]:
    """The rows of a table, by their IRIs; passages in the order of their documents."""
    found = {iri for name in sheet.classes for iri in contents.of_class(name)}
    for scheme in sheet.schemes:
        found |= {iri for iri in contents.with_value(IN_SCHEME) if _is_in(iri, scheme, contents)}
    place = {iri: number for number, iri in enumerate(contents.passages, 1)}
    return sorted(found, key=lambda iri: (place.get(iri, 0), iri))


def _is_in(concept: str, scheme: str, contents: Contents) -> bool:
    """Whether a concept is of a scheme; of ``""`` is what has no table of its own."""
    apart = {one for sheet in SHEETS for one in sheet.schemes if one}
    schemes = set(contents.texts(concept, IN_SCHEME))
    return scheme in schemes if scheme else not schemes & apart


def _joined(values: Iterable[str], many: bool) -> str:
    """What a cell holds: a text, or a list of them."""
    if not many:
        return "".join(values)
    return SEPARATOR.join(value.replace(SEPARATOR, STAND_IN) for value in values)


def _csv(names: Iterable[str], rows: Iterable[Row]) -> bytes:
    cells = [[Literal(cell) for cell in row] for row in rows]
    return as_csv(Table([Column(name) for name in names], cells, {})).encode()


def _broken(iri: str, fault: str) -> UnusableInput:
    return UnusableInput(
        f"{iri} {fault}",
        hint="Run meagraph validate: it names the file and the line, and what to do.",
    )
