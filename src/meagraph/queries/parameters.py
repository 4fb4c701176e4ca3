"""Values for a question's parameters: checked, turned into terms, and put into the query.

Values reach the query only as terms that pyoxigraph has made and written, and only between the
braces of a ``VALUES`` group that the tokenizer found, so no text can become part of the query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput
from meagraph.namespaces import compact
from meagraph.queries.entities import entity, first_member, listed
from meagraph.queries.literals import FORMS, SAMPLES, literal
from meagraph.queries.questions import values_groups
from meagraph.queries.remembering import Remembering
from meagraph.tokens import query_tokens, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pyoxigraph import Literal, NamedNode

    from meagraph.names import GivenUp
    from meagraph.queries.questions import Parameter, Question
    from meagraph.queryable import Queryable

ANY = "any"
"""The value that lifts the restriction of an optional parameter."""

MOST_VALUES = 1000
"""How many different values may be given for one parameter."""


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
    # A name that nothing bears is looked for in several ways, and what would do is listed.
    store = Remembering(store)
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
    read = query_tokens(text)
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
    given = list(dict.fromkeys(given))
    problem = ""
    if len(given) > 1 and not parameter.many:
        problem = f"takes one value, not {len(given)}"
    elif len(given) > MOST_VALUES:
        problem = f"takes at most {MOST_VALUES:,} values, not {len(given):,}"
    elif ANY in given and (parameter.required or len(given) > 1):
        problem = f"cannot be “{ANY}” here"
    if problem:
        raise _refused(question, parameter, store, f"{_called(parameter)} {problem}")
    if ANY in given:
        return "UNDEF"
    terms = (_term(question, parameter, store, text, tell) for text in given)
    return " ".join(dict.fromkeys(map(str, terms)))


def _term(
    question: Question,
    parameter: Parameter,
    store: Queryable,
    text: str,
    tell: Callable[[GivenUp], None] | None,
) -> NamedNode | Literal:
    from meagraph.names import Ambiguous

    called = _called(parameter)
    try:
        if parameter.kind:
            return entity(store, parameter, text, tell)
        return literal(parameter.datatype, parameter.bound, text)
    except Ambiguous as error:
        raise UnusableInput(f"{called}: {error.message}", hint=error.hint) from None
    except UnusableInput as error:
        message, advice = f"{called}: {error.message}", error.hint
    except ValueError as error:
        detail = f" ({error})" if str(error) else ""
        message = f"{called}: “{text}” is not {FORMS[parameter.datatype]}{detail}"
        advice = None
    raise _refused(question, parameter, store, message, advice)


def accepted(store: Queryable, parameter: Parameter) -> str:
    """What a parameter accepts, in words: entities of its class, or the form of its datatype."""
    if parameter.datatype:
        form = FORMS[parameter.datatype]
        return form + ("; a month or a year will do" if parameter.bound else "")
    return listed(store, parameter)


def _called(parameter: Parameter) -> str:
    what = parameter.scheme or parameter.kind or parameter.datatype
    return f"--{parameter.name} ({parameter.label}, {what})"


def example(question: Question, store: Queryable | None = None) -> str:
    """A call of the question that works, with each required parameter (else with the first)."""
    wanted = [one for one in question.parameters.values() if one.required]
    named = question.name or (f"--file {question.path}" if question.path else "'SELECT …'")
    words = [f"meagraph query {named}"]
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
        return SAMPLES.get(parameter.datatype, "2024-06-11")
    return (first_member(store, parameter) if store is not None else "") or "NAME"


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
