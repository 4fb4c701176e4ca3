"""What passages state of one thing, or of two together: as text, as HTML, as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from meagraph.evidence.citations import Text, cite, texts_of
from meagraph.evidence.statements import (
    Reading,
    Stated,
    Statement,
    readings_about,
    stated_about,
    stated_between,
)
from meagraph.namespaces import compact
from meagraph.tables import Column, Table, iris, labels_of, shortened, wrap
from meagraph.tables.values import is_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from meagraph.queryable import Queryable

_NOTHING = ("", "No passage states anything of it.", "No passage links the two.")


class Account(NamedTuple):
    """What passages state, and what is read into them.

    Args:
        things: the IRIs of the one thing or the two.
        stated: each passage with its statements, in the order of the documents.
        readings: readings of passages that concern the thing; none for two things.
        labels: the label of each IRI that occurs.
        texts: the text of each passage, or why it is not at hand.
    """

    things: tuple[str, ...]
    stated: tuple[Stated, ...]
    readings: tuple[Reading, ...]
    labels: Mapping[str, str]
    texts: Mapping[str, Text]

    def shown(self, term: object) -> str:
        """A term for a reader: the label of an IRI, the value of a literal."""
        if isinstance(term, NamedNode):
            return self.labels.get(term.value) or shortened(term.value)
        return str(getattr(term, "value", term))

    def text(self, cells: int = 100) -> str:
        """Each passage with what it states and its text, then the readings, folded to ``cells``."""
        names = [f"{self.shown(NamedNode(iri))} · {compact(iri)}" for iri in self.things]
        blocks = ["\n".join(names)]
        blocks += [self._passage(each, cells) for each in self.stated]
        if not self.stated:
            blocks.append(_NOTHING[len(self.things)])
        if self.readings:
            blocks.append("Readings")
            blocks += [self._reading(reading, cells) for reading in self.readings]
        return "\n\n".join(blocks) + "\n"

    def table(self) -> Table:
        """Each statement as a row: passage, subject, property, object, roles."""
        names = ("passage", "subject", "property", "object", "roles")
        rows = [
            [NamedNode(each.citation.passage), *statement[:3], self._roles(statement)]
            for each in self.stated
            for statement in each.statements
        ]
        passages = {each.citation.passage: each.citation.name for each in self.stated}
        asked = ", ".join(self.shown(NamedNode(iri)) for iri in self.things)
        columns = [Column(name) for name in names]
        empty = _NOTHING[len(self.things)]
        return Table(columns, rows, {**self.labels, **passages}, asked, {}, empty)

    def __str__(self) -> str:
        """The same as `text`."""
        return self.text()

    def _repr_html_(self) -> str:
        """For a notebook: each passage with what it states, its text folded away."""
        names = " and ".join(self.shown(NamedNode(iri)) for iri in self.things)
        blocks = [f"<p>{escape(names)}</p>"]
        blocks += [self._passage_html(each) for each in self.stated]
        if not self.stated:
            blocks.append(f"<p>{_NOTHING[len(self.things)]}</p>")
        for reading in self.readings:
            name = f"{reading.citation.name}: {self._kinds(reading)}"
            blocks.append(f"<p><em>Reading</em> {escape(name)}. {escape(reading.reason)}</p>")
        return f"<div>{''.join(blocks)}</div>"

    def _passage(self, stated: Stated, cells: int) -> str:
        citation = stated.citation
        lines = [f"{citation.name}  {citation.url}".rstrip()]
        for statement in stated.statements:
            folded = wrap(self._sentence(statement), max(20, cells - 4))
            lines += [f"{'    ' if number else '  - '}{line}" for number, line in enumerate(folded)]
        return "\n".join([*lines, *text_lines(self.texts[citation.passage], cells)])

    def _passage_html(self, stated: Stated) -> str:
        citation = stated.citation
        name = escape(citation.name)
        if is_address(citation.passage):
            name = f'<a href="{escape(citation.passage)}">{name}</a>'
        items = "".join(f"<li>{escape(self._sentence(one))}</li>" for one in stated.statements)
        text = self.texts[citation.passage]
        said = f"<p><small>{escape(text.note)}</small></p>" if text.note else ""
        if text.text is not None:
            said += f"<details><summary>its text</summary><p>{escape(text.text)}</p></details>"
        return f"<p><strong>{name}</strong></p><ul>{items}</ul>{said}"

    def _sentence(self, statement: Statement) -> str:
        """A statement in words; where one thing is asked about, it is called “it”."""
        alone = self.things[0] if len(self.things) == 1 else ""
        parts = [
            "it" if getattr(term, "value", None) == alone else self.shown(term)
            for term in statement[:3]
        ]
        roles = ", ".join(map(self.shown, statement.roles))
        return " · ".join(parts) + (f" ({roles})" if roles else "")

    def _roles(self, statement: Statement) -> Literal | None:
        roles = ", ".join(map(self.shown, statement.roles))
        return Literal(roles) if roles else None

    def _kinds(self, reading: Reading) -> str:
        return ", ".join(map(self.shown, reading.kinds)) or "reading"

    def _reading(self, reading: Reading, cells: int) -> str:
        lines = [f"{reading.citation.name}: {self._kinds(reading)}"]
        lines += [f"  {line}" for line in wrap(reading.reason or "no reason given", cells - 2)]
        return "\n".join(lines)


def account(store: Queryable, things: Sequence[str], folder: Path | None = None) -> Account:
    """Collect what passages state of one thing, or what links two.

    Args:
        store: the graph.
        things: one IRI, or two.
        folder: the source documents, for the texts of the passages.

    Raises:
        UnusableInput: a source document cannot be read.
    """
    if len(things) > 1:
        stated, readings = stated_between(store, things[0], things[1]), []
    else:
        stated, readings = stated_about(store, things[0]), readings_about(store, things[0])
    texts = texts_of([each.citation for each in stated], folder)
    labels = _labels(store, things, stated, readings)
    return Account(tuple(things), tuple(stated), tuple(readings), labels, texts)


def _labels(
    store: Queryable,
    things: Sequence[str],
    stated: Sequence[Stated],
    readings: Sequence[Reading],
) -> dict[str, str]:
    terms = [(*statement[:3], *statement.roles) for each in stated for statement in each.statements]
    named = iris([map(NamedNode, things), *terms, *(reading.kinds for reading in readings)])
    labels = labels_of(store, named)
    passages = cite(store, (name for name in named if name not in labels))
    return labels | {name: one.name for name, one in passages.items() if one.document}


def text_lines(text: Text, cells: int) -> list[str]:
    """The lines that show a passage's text, indented, or say why it is not there."""
    lines = [f"  [{text.note}]"] if text.note else []
    if text.text is not None:
        lines += [f"  {line}" for line in wrap(text.text, max(20, cells - 2))]
    return lines
