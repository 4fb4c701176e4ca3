"""Values of parameters that are entities or concepts: looked up by any of their names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.errors import UnusableInput
from meagraph.namespaces import CONCEPTS, RDF, RDFS, SKOS, compact, expand
from meagraph.tables import labels_of, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.names import GivenUp
    from meagraph.queries.questions import Parameter
    from meagraph.queryable import Queryable

_TYPE = NamedNode(RDF + "type")
_SHOWN = 12


def entity(
    store: Queryable,
    parameter: Parameter,
    text: str,
    tell: Callable[[GivenUp], None] | None = None,
) -> NamedNode:
    """The entity that a text means, as a value of this parameter.

    A name that has several meanings has that which fits the parameter, if only one does.

    Args:
        store: the graph.
        parameter: what is asked for.
        text: a name, acronym, prefixed name or IRI.
        tell: told where it means a name that was given up.

    Raises:
        meagraph.names.Ambiguous: several things that fit are called so.
        UnusableInput: nothing is, or only what does not fit.
    """
    from meagraph.names import Ambiguous, Match, resolve

    advice = None
    followed: list[GivenUp] = []
    fits = fitting(store, parameter)
    try:
        found = NamedNode(resolve(store, text, followed.append, fits))
        problem = "" if fits(found.value) else _unfit(store, parameter, found)
    except ValueError:
        problem = f"“{text}” is no name and no IRI"
    except Ambiguous as error:
        if all(fits(match.iri) for match in error.meanings):
            raise
        problem = f"{error.message}, none of which is {of_sort(store, parameter)}"
        advice = error.hint
    except UnusableInput as error:
        problem, advice = error.message, error.hint
    if not problem:
        if tell:
            for gone in followed:
                tell(gone)
        return found
    # Not only records and concepts have labels: terms of the ontology do, and claims.
    wanted = text.strip().casefold()
    named = [
        Match(iri, label, label, "label", 100.0)
        for iri, label in members(store, parameter)
        if wanted == label.casefold() or _ends_as(iri, wanted)
    ]
    if len(named) == 1:
        return NamedNode(named[0].iri)
    if named:
        raise Ambiguous(text.strip(), named)
    raise UnusableInput(problem, hint=advice)


def _ends_as(iri: str, wanted: str) -> bool:
    """Whether this is the part of the IRI's short name that stands behind its prefix."""
    # To shorten takes longer than all else, and there may be thousands of them.
    return iri.casefold().endswith(wanted) and (
        wanted == shortened(iri).partition(":")[2].casefold()
    )


def fitting(store: Queryable, parameter: Parameter) -> Callable[[str], bool]:
    """What tells of an IRI whether it may be the parameter's value."""
    predicate, expected = _belongs(parameter)

    @cache
    def fits(iri: str) -> bool:
        quads = store.quads_for_pattern(NamedNode(iri), predicate, expected, DefaultGraph())
        return any(True for _ in quads)

    return fits


def _belongs(parameter: Parameter) -> tuple[NamedNode, NamedNode | None]:
    """The property and the object that tell whether an entity may be the parameter's value.

    ``None`` for any object: whatever has a type is an ``rdfs:Resource``.
    """
    if parameter.scheme:
        return NamedNode(SKOS + "inScheme"), NamedNode(CONCEPTS + parameter.scheme)
    if parameter.kind == "rdfs:Resource":
        return _TYPE, None
    return _TYPE, NamedNode(str(expand(parameter.kind)))


def _unfit(store: Queryable, parameter: Parameter, found: NamedNode) -> str:
    types = store.quads_for_pattern(found, _TYPE, None, DefaultGraph())
    names = [quad.object.value for quad in types if isinstance(quad.object, NamedNode)]
    labels = labels_of(store, [found.value, *names])
    label = labels.get(found.value, shortened(found.value))
    if not names:
        from meagraph.names import given_up

        gone = given_up(store, found.value)
        return str(gone) if gone else f"nothing is known of {compact(found.value)}"
    kinds = ", ".join(sorted(labels.get(name, compact(name)) for name in names))
    return f"{label} ({shortened(found.value)}) is not {of_sort(store, parameter)} but: {kinds}"


def of_sort(store: Queryable, parameter: Parameter) -> str:
    """What the parameter's values are, as the end of a sentence."""
    if parameter.scheme:
        return f"of the scheme {parameter.scheme}"
    if parameter.kind == "rdfs:Resource":
        return "of any class"
    iri = str(expand(parameter.kind))
    return f"of the class {labels_of(store, [iri]).get(iri, parameter.kind)}"


def members(store: Queryable, parameter: Parameter) -> list[tuple[str, str]]:
    """IRI and label of each entity that may be the parameter's value: records first, by label."""
    predicate, expected = _belongs(parameter)
    solutions: Any = store.query(
        f"SELECT DISTINCT ?thing ?label {{ ?thing {predicate} {expected or '?any'} . "
        "FILTER(ISIRI(?thing)) "
        f"{{ ?thing <{RDFS}label> ?label }} UNION {{ ?thing <{SKOS}prefLabel> ?label }} }}"
    )
    found = {thing.value: label.value for thing, label in solutions}
    return sorted(found.items(), key=lambda item: ("#" in item[0], item[1].casefold(), item[0]))


def first_member(store: Queryable, parameter: Parameter) -> str:
    """The short name of an entity that may be the parameter's value; empty if there is none."""
    found = members(store, parameter)
    return shortened(found[0][0]) if found else ""


def listed(store: Queryable, parameter: Parameter) -> str:
    """The entities that may be the parameter's value: how many, and some of them."""
    found = members(store, parameter)
    if not found:
        return f"entities {of_sort(store, parameter)}, of which the graph has none"
    lines = [f"  {shortened(iri)}  {label}" for iri, label in found[:_SHOWN]]
    more = len(found) - _SHOWN
    if more > 0:
        lines.append(f"  and {more} more")
    return f"{len(found)} entities {of_sort(store, parameter)}:\n" + "\n".join(lines)
