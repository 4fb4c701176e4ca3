"""Values for a question's parameters: checked, turned into terms, and put into the query.

Values reach the query only as terms that pyoxigraph has made and written, and only between the
braces of a ``VALUES`` group that the tokenizer found, so no text can become part of the query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.errors import UnusableInput
from meagraph.namespaces import CONCEPTS, EDTF_NAMESPACE, RDF, RDFS, SKOS, XSD, compact, expand
from meagraph.queries.questions import values_groups
from meagraph.tables import labels_of, shortened
from meagraph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from meagraph.names import GivenUp
    from meagraph.queries.questions import Parameter, Question
    from meagraph.queryable import Queryable

ANY = "any"
"""The value that lifts the restriction of an optional parameter."""

_SHOWN = 12
_FORMS = {
    "xsd:date": "a day, as 2024-06-11",
    "xsd:integer": "a whole number, as 12",
    "xsd:string": "a text",
    "edtf:EDTF": "a time, as 2024-06-11, 2024-06, 2024 or 2024-06-11/2024-06-13",
}


def bind(
    question: Question,
    store: Queryable,
    values: Mapping[str, Sequence[str]],
    tell: Callable[[GivenUp], None] | None = None,
) -> str:
    """Put values into a question and return the SPARQL query that results.

    Args:
        question: the stored question.
        store: the graph, in which names are looked up.
        values: for each parameter given, its values: names, acronyms, prefixed names or IRIs of
            entities, or the text of a literal; ``any`` for an optional parameter.
        tell: told of each value that is a name which was given up; what replaces it is asked for.

    Raises:
        UnusableInput: a required parameter is missing, or a value does not fit.
    """
    for name in values:
        if name not in question.parameters:
            raise unknown_parameter(question, name)
    filled: dict[str, str] = {}
    for name, parameter in question.parameters.items():
        given = values.get(name, ())
        if given:
            filled[name] = _serialised(question, parameter, store, given, tell)
        elif parameter.required:
            raise _refused(question, parameter, store, f"{_called(parameter)} is not given")
    return _replaced(question.text, filled)


def _replaced(text: str, filled: Mapping[str, str]) -> str:
    read = list(tokens(text))
    spans = [
        (read[first].start + 1, read[last].start, terms)
        for name, terms in filled.items()
        for first, last in values_groups(read, name)
    ]
    for start, end, terms in sorted(spans, reverse=True):
        text = f"{text[:start]} {terms} {text[end:]}"
    return text


def defaults_used(question: Question, values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The optional parameters for which the file's own values hold, and those values."""
    return {
        name: parameter.default
        for name, parameter in question.parameters.items()
        if not values.get(name) and parameter.default.upper() != "UNDEF"
    }


def _serialised(
    question: Question,
    parameter: Parameter,
    store: Queryable,
    given: Sequence[str],
    tell: Callable[[GivenUp], None] | None,
) -> str:
    if len(given) > 1 and not parameter.many:
        message = f"{_called(parameter)} takes one value, not {len(given)}"
        raise _refused(question, parameter, store, message)
    if ANY in given:
        if parameter.required or len(given) > 1:
            message = f"{_called(parameter)} cannot be “{ANY}” here"
            raise _refused(question, parameter, store, message)
        return "UNDEF"
    if parameter.kind:
        return " ".join(str(_entity(question, parameter, store, text, tell)) for text in given)
    return " ".join(str(_literal(question, parameter, store, text)) for text in given)


def _literal(question: Question, parameter: Parameter, store: Queryable, text: str) -> Literal:
    make = {"xsd:date": _day, "xsd:integer": _integer, "edtf:EDTF": _time}.get(parameter.datatype)
    try:
        return make(text.strip(), parameter.bound) if make else Literal(text)
    except ValueError as error:
        message = f"{_called(parameter)}: “{text}” is not {_FORMS[parameter.datatype]}"
        detail = f" ({error})" if str(error) else ""
        raise _refused(question, parameter, store, message + detail) from None


# --- literals ----------------------------------------------------------------------------------


def _day(text: str, bound: str) -> Literal:
    from calendar import monthrange
    from datetime import date

    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    if not match or (not bound and not match[3]):
        raise ValueError
    year, month = int(match[1]), int(match[2] or (12 if bound == "upper" else 1))
    if not 1 <= month <= 12:
        raise ValueError("there are twelve months")
    last = monthrange(year, month)[1] if year else 1
    day = int(match[3] or (last if bound == "upper" else 1))
    if not 1 <= day <= last:
        raise ValueError(f"that month has {last} days")
    return Literal(date(year, month, day).isoformat(), datatype=NamedNode(XSD + "date"))


def _integer(text: str, _bound: str) -> Literal:
    if not re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII):
        raise ValueError
    return Literal(str(int(text)), datatype=NamedNode(XSD + "integer"))


def _time(text: str, _bound: str) -> Literal:
    from meagraph.times import bounds

    try:
        bounds(text)
    except UnusableInput as error:
        raise ValueError(error.message) from None
    return Literal(text, datatype=NamedNode(EDTF_NAMESPACE + "EDTF"))


# --- entities ----------------------------------------------------------------------------------


def _entity(
    question: Question,
    parameter: Parameter,
    store: Queryable,
    text: str,
    tell: Callable[[GivenUp], None] | None,
) -> NamedNode:
    from meagraph.names import resolve

    advice = None
    followed: list[GivenUp] = []
    try:
        found = NamedNode(resolve(store, text, followed.append))
        problem = _unfit(store, parameter, found)
    except ValueError:
        problem = f"“{text}” is no name and no IRI"
    except UnusableInput as error:
        problem, advice = error.message, error.hint
    if not problem:
        if tell:
            for gone in followed:
                tell(gone)
        return found
    wanted = text.strip().casefold()
    named = [
        iri
        for iri, label in _members(store, parameter)
        if wanted in (label.casefold(), shortened(iri).partition(":")[2].casefold())
    ]
    if len(named) == 1:
        return NamedNode(named[0])
    raise _refused(question, parameter, store, f"{_called(parameter)}: {problem}", advice)


def _belongs(parameter: Parameter) -> tuple[NamedNode, NamedNode | None]:
    """The property and the object that tell whether an entity may be the parameter's value.

    ``None`` for any object: whatever has a type is an ``rdfs:Resource``.
    """
    if parameter.scheme:
        return NamedNode(SKOS + "inScheme"), NamedNode(CONCEPTS + parameter.scheme)
    if parameter.kind == "rdfs:Resource":
        return NamedNode(RDF + "type"), None
    return NamedNode(RDF + "type"), NamedNode(str(expand(parameter.kind)))


def _unfit(store: Queryable, parameter: Parameter, found: NamedNode) -> str:
    predicate, expected = _belongs(parameter)
    if any(True for _ in store.quads_for_pattern(found, predicate, expected, DefaultGraph())):
        return ""
    types = store.quads_for_pattern(found, NamedNode(RDF + "type"), None, DefaultGraph())
    names = [quad.object.value for quad in types if isinstance(quad.object, NamedNode)]
    labels = labels_of(store, [found.value, *names])
    label = labels.get(found.value, shortened(found.value))
    if not names:
        from meagraph.names import given_up

        gone = given_up(store, found.value)
        return str(gone) if gone else f"nothing is known of {compact(found.value)}"
    kinds = ", ".join(sorted(labels.get(name, compact(name)) for name in names))
    return f"{label} ({shortened(found.value)}) is not {_kind(store, parameter)} but: {kinds}"


def _kind(store: Queryable, parameter: Parameter) -> str:
    if parameter.scheme:
        return f"of the scheme {parameter.scheme}"
    if parameter.kind == "rdfs:Resource":
        return "of any class"
    iri = str(expand(parameter.kind))
    return f"of the class {labels_of(store, [iri]).get(iri, parameter.kind)}"


def _members(store: Queryable, parameter: Parameter) -> list[tuple[str, str]]:
    """IRI and label of each entity that may be the parameter's value: records first, by label."""
    predicate, expected = _belongs(parameter)
    solutions: Any = store.query(
        f"SELECT DISTINCT ?thing ?label {{ ?thing {predicate} {expected or '?any'} . "
        "FILTER(ISIRI(?thing)) "
        f"{{ ?thing <{RDFS}label> ?label }} UNION {{ ?thing <{SKOS}prefLabel> ?label }} }}"
    )
    found = {thing.value: label.value for thing, label in solutions}
    return sorted(found.items(), key=lambda item: ("#" in item[0], item[1].casefold(), item[0]))


def accepted(store: Queryable, parameter: Parameter) -> str:
    """What a parameter accepts, in words: entities of its class, or the form of its datatype."""
    if parameter.datatype:
        form = _FORMS[parameter.datatype]
        return form + ("; a month or a year will do" if parameter.bound else "")
    members = _members(store, parameter)
    if not members:
        return f"entities {_kind(store, parameter)}, of which the graph has none"
    lines = [f"  {shortened(iri)}  {label}" for iri, label in members[:_SHOWN]]
    more = len(members) - _SHOWN
    if more > 0:
        lines.append(f"  and {more} more")
    return f"{len(members)} entities {_kind(store, parameter)}:\n" + "\n".join(lines)


# --- what is said of it ------------------------------------------------------------------------


def _called(parameter: Parameter) -> str:
    what = parameter.scheme or parameter.kind or parameter.datatype
    return f"--{parameter.name} ({parameter.label}, {what})"


def example(question: Question, store: Queryable | None = None) -> str:
    """A call of the question that works, with each required parameter (else with the first)."""
    wanted = [one for one in question.parameters.values() if one.required]
    words = [f"meagraph query {question.name or '--file ' + question.path}"]
    for parameter in wanted or list(question.parameters.values())[:1]:
        words.append(f"--{parameter.name} {_sample(parameter, store)}")
    return " ".join(words)


def _sample(parameter: Parameter, store: Queryable | None) -> str:
    first = next(tokens(parameter.default), None)
    if first is not None and not first.is_word("UNDEF"):
        if first.kind != "string":
            return compact(first.text[1:-1]) if first.kind == "iri" else first.text
        value = first.text.strip("\"'")
        return f"'{value}'" if " " in value else value
    if parameter.datatype:
        samples = {"xsd:integer": "1", "xsd:string": "TEXT"}
        return samples.get(parameter.datatype, "2024-06-11")
    members = _members(store, parameter) if store is not None else []
    return shortened(members[0][0]) if members else "NAME"


def unknown_parameter(question: Question, name: str) -> UnusableInput:
    """The exception for a parameter that the question does not have."""
    from difflib import get_close_matches

    near = get_close_matches(name, question.parameters, n=1, cutoff=0.6)
    known = ", ".join(f"--{other}" for other in question.parameters) or "none"
    guess = f"Did you mean --{near[0]}? " if near else ""
    return UnusableInput(
        f"this question has no parameter --{name}", hint=f"{guess}Its parameters: {known}."
    )


def _refused(
    question: Question,
    parameter: Parameter,
    store: Queryable,
    message: str,
    advice: str | None = None,
) -> UnusableInput:
    lines = [advice.replace("\n", "\n  ")] if advice else []
    values = accepted(store, parameter).replace("\n", "\n  ")
    lines.append(f"Accepted: {values}")
    if not parameter.required:
        lines.append(f"Or “{ANY}”, for no restriction.")
    lines.append(f"Example: {example(question, store)}")
    return UnusableInput(message, hint="\n  ".join(lines))
