"""A curator who fills in each placeholder of a template with the first thing that fits."""

from __future__ import annotations

import re

from meagraph.drafting.slots import EDTF, Slot, slots
from meagraph.drafting.vocabulary import TYPE, Vocabulary
from meagraph.namespaces import EDTF_NAMESPACE, ONTOLOGY, SKOS, XSD, compact, expand

_BY_PROPERTY = {ONTOLOGY + "linksBy": "mea:event", SKOS + "notation": '"TRE-999999"'}
_LINE = re.compile(r"    (?P<property>[a-z]+:\w+) (?P<value>.*(?:fill-in|FILL IN).*) ;")
_TEXTS = {
    EDTF: '"2025-06"^^edtf:EDTF',
    XSD + "integer": "3",
    XSD + "decimal": "3",
    XSD + "date": f'"2025-06-11"^^<{XSD}date>',
}


def filled(vocabulary: Vocabulary, text: str) -> str:
    """A template with a value for every placeholder that stands in a statement."""
    kind = ""
    lines = []
    for line in text.split("\n"):
        if line.startswith("    a mea:"):
            kind = expand(line.split()[1]) or ""
        found = None if "#:" in line else _LINE.fullmatch(line)
        if found:
            name = expand(found["property"])
            slot = next(slot for slot in slots(vocabulary, kind) if slot.predicate == name)
            if not slot.part:
                values = [value(vocabulary, slot, number) for number in range(max(1, slot.least))]
                line = f"    {found['property']} {' , '.join(values)} ;"
        lines.append(line)
    text = "\n".join(lines).replace("this:fill-in", "this:visit")
    return f"PREFIX edtf: <{EDTF_NAMESPACE}>\n{text}"


def value(vocabulary: Vocabulary, slot: Slot, number: int) -> str:
    """A value that a property may have, in Turtle; another for each number."""
    if slot.predicate in _BY_PROPERTY:
        return _BY_PROPERTY[slot.predicate]
    if slot.scheme:
        fitting = [name for name in vocabulary.concepts(slot.scheme) if name not in slot.refused]
        return f"<{fitting[number]}>"
    if slot.language:
        return f'"Something {number}"@{slot.language}'
    if slot.datatype:
        return _TEXTS.get(slot.datatype, '"something"')
    kinds = slot.classes or (ONTOLOGY + "Organisation",)
    things = [name for kind in kinds for name in vocabulary.subjects(TYPE.value, kind)]
    return f"<{things[number]}>"


def uncommented(text: str, predicate: str, values: str) -> str:
    """A template in which an optional line is used."""
    name = compact(predicate)
    used = re.sub(rf"#: {name} .* ;", f"{name} {values} ;", text)
    assert used != text, f"{name} is not offered"
    return used
