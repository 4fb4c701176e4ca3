"""What a template says of a property: its meaning, what may stand there, and an example."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from meagraph.drafting.slots import EDTF, STRING, Slot
from meagraph.drafting.vocabulary import Vocabulary, listed, named
from meagraph.names import Match
from meagraph.namespaces import BASE, SKOS, XSD, compact
from meagraph.validation.filling import PLACEHOLDER, TEXT
from meagraph.validation.findings import shown

MARK = "#:"
"""Begins a line of meagraph's own words in a template; what adds an entry drops such lines."""

_WIDTH = 96
_SUGGESTED = 3
"""How many things are suggested for a property."""
_DATATYPES = {
    STRING: "a text",
    EDTF: "a time: a day 2024-06-11, days 2024-06-11/2024-06-13, a month 2025-09, a quarter "
    "2022-33, “by June 2026” ../2026-06",
    XSD + "integer": "a whole number",
    XSD + "decimal": "a number, whole or with a point",
    XSD + "date": "a day, such as 2024-06-11",
    XSD + "boolean": "true or false",
}


def words(text: str, indent: str = "") -> list[str]:
    """Lines of meagraph's own words, folded; set in, so that they are told from statements."""
    return textwrap.wrap(
        " ".join(text.split()),
        width=_WIDTH,
        initial_indent=f"{indent}{MARK}   ",
        subsequent_indent=f"{indent}{MARK}     ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def explained(vocabulary: Vocabulary, kind: str, slot: Slot, near: list[Match]) -> list[str]:
    """What a property is, what may stand there, and an example, as sentences.

    Args:
        vocabulary: the terms.
        kind: the class of the node that has the property.
        slot: the property.
        near: things whose names are near to that of the new one, the nearest first.
    """
    meaning = vocabulary.definition(slot.predicate)
    label = vocabulary.label(slot.predicate)
    values = f"{_values(vocabulary, slot)}."
    said = [f"{label}: {meaning}", values] if meaning else [f"{label}. {values}"]
    fitting = [] if slot.scheme or slot.choices else _fitting(vocabulary, slot, near)
    if fitting:
        said.append(f"Such as {', '.join(named(vocabulary, iri) for iri in fitting)}.")
    example = _example(vocabulary, kind, slot)
    return [sentence for sentence in [*said, example] if sentence]


def placeholders(slot: Slot) -> list[str]:
    """What stands for the values of a property until they are filled in, in Turtle."""
    if slot.language:
        return [shown(Literal(TEXT, language=slot.language))]
    if slot.datatype:
        return [shown(Literal(TEXT, datatype=NamedNode(slot.datatype)))]
    more = [f"{PLACEHOLDER}-{number}" for number in range(2, slot.least + 1)]
    return [f"<{iri}>" for iri in (PLACEHOLDER, *more)]


def _values(vocabulary: Vocabulary, slot: Slot) -> str:
    """What may stand there and how often, in words."""
    several = f"{slot.least} or more" if slot.least > 1 else "One or more"
    count = "One" if slot.most == 1 else several
    if slot.scheme:
        concepts = [name for name in vocabulary.concepts(slot.scheme) if name not in slot.refused]
        return f"{count} of {', '.join(map(compact, concepts))}"
    if slot.choices:
        return f"{count} of {', '.join(c if ':' in c else f'“{c}”' for c in _written(slot))}"
    return f"{count}: {_sort(vocabulary, slot)}"


def _written(slot: Slot) -> list[str]:
    return [compact(choice) if choice.startswith("http") else choice for choice in slot.choices]


def _sort(vocabulary: Vocabulary, slot: Slot) -> str:
    """What a value is, in words."""
    if slot.language:
        return f"a text in our own words, with @{slot.language}"
    if slot.datatype:
        return _DATATYPES.get(slot.datatype, compact(slot.datatype))
    kinds = listed(_articled(vocabulary, slot.classes)) if slot.classes else "a thing of the graph"
    return kinds + (
        f", not {listed(_articled(vocabulary, slot.excluded))}" if slot.excluded else ""
    )


def _articled(vocabulary: Vocabulary, classes: Iterable[str]) -> list[str]:
    labels = [vocabulary.label(name) for name in classes]
    return [f"{'an' if label[0] in 'aeiou' else 'a'} {label}" for label in labels]


def _fitting(vocabulary: Vocabulary, slot: Slot, near: list[Match]) -> list[str]:
    """Records that may stand there: near names first, then those that stand there most.

    Where things of any class may stand, only those are named that stand there already.
    """
    if slot.datatype or slot.language:
        return []
    often = [iri for iri, _ in vocabulary.usage.values(slot.predicate).most_common()]
    names = [match.iri for match in near if slot.classes or match.iri in often]
    found = dict.fromkeys([*names, *often])
    fitting = (
        iri
        for iri in found
        if iri.startswith(BASE)
        and "#" not in iri
        and (not slot.classes or vocabulary.is_of(iri, slot.classes))
        and not vocabulary.is_of(iri, slot.excluded)
        and not vocabulary.is_deprecated(iri)
    )
    return [iri for iri, _ in zip(fitting, range(_SUGGESTED), strict=False)]


def _example(vocabulary: Vocabulary, kind: str, slot: Slot) -> str:
    """How the files say it of another thing of the class, else the example of the ontology."""
    said = sorted(vocabulary.usage.said.get((kind, slot.predicate), ()), key=str)
    said = [triple for triple in said if not shown(triple.object).startswith("<")]
    for triple in said:
        of = str(triple.subject)[1:-1]
        if "#" not in of:
            return f"Example: {compact(of)} {compact(slot.predicate)} {_plain(triple.object)}."
    for triple in said:
        return f"Example: {compact(slot.predicate)} {_plain(triple.object)}."
    found = vocabulary.texts(slot.predicate, SKOS + "example")
    return f"Example: {found[0]}" if found else ""


def _plain(term: object) -> str:
    """A term in Turtle, numbers without their datatype."""
    number = isinstance(term, Literal) and term.datatype.value in (XSD + "integer", XSD + "decimal")
    return term.value if number and isinstance(term, Literal) else shown(term)
