"""One thing laid out for a reader: as text for a terminal, as HTML for a notebook, as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from meagraph.evidence.description import Description, describe
from meagraph.evidence.outline import Group, Row, Section, is_given_up, outline
from meagraph.tables import Column, Table, shortened, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.entailment import Grounds
    from meagraph.queryable import Queryable

MOST = 8
"""How many lines of one property or role are shown where not all are wanted."""


class Portrait(NamedTuple):
    """What the graph says of one thing: the facts, and the outline that a reader sees."""

    description: Description
    sections: tuple[Section, ...]

    @property
    def iri(self) -> str:
        """The thing."""
        return self.description.iri

    @property
    def label(self) -> str:
        """Its label, or a short form of its IRI."""
        return self.description.shown(NamedNode(self.iri))

    @property
    def kinds(self) -> str:
        """The labels of its classes, or what is said where there is none."""
        named = ", ".join(self.description.shown(kind) for kind in self.description.kinds)
        return named or ("withdrawn" if is_given_up(self.description) else "no kind stated")

    def text(self, cells: int = 100, most: int = 0) -> str:
        """The outline in three columns, folded to ``cells``.

        Args:
            cells: the width of a line.
            most: how many lines of each property or role are given; 0 for all.
        """
        lines = [self.label, f"{self.kinds} · {shortened(self.iri)}", self.iri]
        for section in self.sections:
            lines += ["", section.title] if section.title else [""]
            lines += _columns([_cut(group, most) for group in section.groups], cells)
        return "\n".join(lines) + "\n"

    def table(self) -> Table:
        """Each line of the outline as a row: section, property or role, value, origin."""
        names = ("section", "property", "value", "origin")
        rows = [
            [Literal(text) for text in (section.title, group.name, row.value, row.origin)]
            for section in self.sections
            for group in section.groups
            for row in group.rows
        ]
        return Table([Column(name) for name in names], rows, {}, self.label)

    def __str__(self) -> str:
        """The outline, its long groups cut."""
        return self.text(most=MOST)

    def _repr_html_(self) -> str:
        """The outline for a notebook, its long groups folded away."""
        head = f"<p><strong>{escape(self.label)}</strong><br>{escape(self.kinds)} · "
        head += f"<code>{escape(shortened(self.iri))}</code></p>"
        return f"<div>{head}{''.join(map(_section_html, self.sections))}</div>"


def portrait(store: Queryable, iri: str, grounds: Grounds | None = None) -> Portrait:
    """Describe one thing and lay it out; see `describe`."""
    description = describe(store, iri, grounds)
    return Portrait(description, tuple(outline(store, description)))


def _cut(group: Group, most: int) -> Group:
    """The group, or its first rows and how many more there are; never one more alone."""
    left = len(group.rows) - most
    if not most or left < 2:
        return group
    return Group(group.name, (*group.rows[:most], Row(f"… and {left} more: --all", "")))


def _columns(groups: Iterable[Group], cells: int) -> list[str]:
    """Three columns, the first and the last as wide as they need within bounds."""
    groups = list(groups)
    first = min(max(len(group.name) for group in groups), cells // 4)
    last = min(max(len(row.origin) for group in groups for row in group.rows), cells // 3)
    middle = max(12, cells - first - last - 4)
    lines = []
    for group in groups:
        for place, row in enumerate(group.rows):
            folded = [wrap(group.name if not place else "", first), wrap(row.value, middle)]
            folded.append(wrap(row.origin, last))
            for number in range(max(map(len, folded))):
                parts = [column[number] if number < len(column) else "" for column in folded]
                lines.append(f"{parts[0]:<{first}}  {parts[1]:<{middle}}  {parts[2]}".rstrip())
    return lines


def _section_html(section: Section) -> str:
    title = f"<p><em>{escape(section.title)}</em></p>" if section.title else ""
    rows = "".join(_group_html(group) for group in section.groups)
    return f"{title}<table><tbody>{rows}</tbody></table>"


def _group_html(group: Group) -> str:
    name = f'<th scope="row" style="text-align:left;vertical-align:top">{escape(group.name)}</th>'
    lines = [f"{escape(row.value)} <small>{escape(row.origin)}</small>" for row in group.rows]
    shown = "<br>".join(lines[:MOST])
    if len(lines) > MOST:
        rest = "<br>".join(lines[MOST:])
        more = f"… and {len(lines) - MOST} more"
        shown += f"<details><summary>{more}</summary>{rest}</details>"
    return f'<tr>{name}<td style="text-align:left">{shown}</td></tr>'
