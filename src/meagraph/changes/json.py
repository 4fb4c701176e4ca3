"""A difference as JSON; terms are written as in the SPARQL 1.1 Query Results JSON Format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from meagraph.namespaces import XSD

if TYPE_CHECKING:
    from meagraph.changes.comparison import Changes, EntryChange, NameChanges, ThingChange
    from meagraph.changes.naming import Naming
    from meagraph.tables import Term

_STRING = XSD + "string"


def as_json(changes: Changes, naming: Naming) -> str:
    """The difference for programs, complete; keys and lists are in a fixed order."""
    return (
        json.dumps(
            {
                "old": changes.old,
                "new": changes.new,
                "same": changes.same,
                "notCompared": list(changes.missing),
                "entries": [_entry(entry, naming) for entry in changes.entries],
                "ontology": _names(changes.ontology, naming),
                "shapes": _names(changes.shapes, naming),
                "questions": _names(changes.questions, naming),
                "register": dict(zip(("removed", "added"), changes.register, strict=True)),
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _entry(entry: EntryChange, naming: Naming) -> dict[str, Any]:
    return {
        "change": entry.kind,
        "graph": entry.graph,
        "file": entry.file or None,
        "title": naming.title(entry) or None,
        "replacedBy": entry.successor or None,
        "reason": entry.reason or None,
        "followsNewNames": entry.follows,
        "things": [_thing(thing, naming) for thing in entry.things],
        "withoutName": dict(zip(("removed", "added"), entry.nameless, strict=True)),
    }


def _thing(thing: ThingChange, naming: Naming) -> dict[str, Any]:
    return {
        "thing": _term(thing.thing, naming),
        "properties": [
            {
                "property": _term(change.predicate, naming),
                "removed": [_term(term, naming) for term in change.removed],
                "added": [_term(term, naming) for term in change.added],
            }
            for change in thing.properties
        ],
    }


def _term(term: Term, naming: Naming) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        found = {"type": "uri", "value": term.value}
        label = naming.labels.get(term.value)
        return {**found, "label": label} if label else found
    if isinstance(term, Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            return {**found, "xml:lang": term.language}
        datatype = term.datatype.value
        return found if datatype == _STRING else {**found, "datatype": datatype}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    parts = zip(("subject", "predicate", "object"), term, strict=True)
    return {"type": "triple", "value": {name: _term(part, naming) for name, part in parts}}


def _names(names: NameChanges, naming: Naming) -> dict[str, Any]:
    def named(listed: tuple[str, ...]) -> list[dict[str, str | None]]:
        return [{"name": name, "label": naming.labels.get(name)} for name in listed]

    return {
        "added": named(names.added),
        "removed": named(names.removed),
        "changed": named(names.changed),
        "givenUp": [
            {"name": gone.iri, "change": gone.how, "replacedBy": gone.successor or None}
            for gone in names.given_up
        ],
        "withoutName": dict(zip(("removed", "added"), names.nameless, strict=True)),
    }
