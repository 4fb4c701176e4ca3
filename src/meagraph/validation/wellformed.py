"""What is wrong with shapes themselves, found before an engine stumbles over it.

The rules are those that the Shapes Constraint Language (SHACL, W3C Recommendation, 20 July 2017)
sets for shapes graphs, as far as breaking them makes a validation fail or mean nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.namespaces import RDF, SH, XSD
from meagraph.tokens import tokens
from meagraph.validation.references import ShapesGraph, Term

_COUNTS = frozenset(
    ["minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount", "minLength", "maxLength"]
)
_SWITCHES = frozenset(["deactivated", "closed", "uniqueLang", "qualifiedValueShapesDisjoint"])
_IRIS = frozenset(
    [
        *("class", "datatype", "equals", "disjoint", "lessThan", "lessThanOrEquals"),
        *("targetClass", "targetSubjectsOf", "targetObjectsOf", "severity"),
    ]
)
_STRINGS = frozenset(["pattern", "flags", "select", "ask"])
_LITERALS = frozenset(["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"])
_LISTS = frozenset(["and", "or", "xone", "in", "languageIn", "ignoredProperties"])
_NODES = frozenset(["property", "node", "not", "qualifiedValueShape", "sparql"])
_ONCE = (
    (_COUNTS | _SWITCHES | _LITERALS)
    | frozenset(["datatype", "nodeKind", "pattern", "flags", "languageIn", "in", "path"])
    | frozenset(["ignoredProperties", "severity", "select", "ask"])
)
_BOOLEANS = ("true", "false", "1", "0")
_KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
_STEPS = ("inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FIRST, _REST = RDF + "first", RDF + "rest"


class Mistake(NamedTuple):
    """One thing wrong with a shape: the triple that states it, what is wrong, and what to do."""

    triple: Triple
    message: str
    hint: str


def mistakes(triples: Iterable[Triple]) -> list[Mistake]:
    """All that is wrong with shapes.

    Args:
        triples: the shapes as their files have them.
    """
    graph = ShapesGraph(triples)
    found = [mistake for triple in graph.triples for mistake in _values(graph, triple)]
    found += _repeated(graph)
    if not found:  # else an index of shapes may lead into the wrong
        found += [*_kinds(graph), *_recursive(graph)]
    return found


def endless_lists(triples: Iterable[Triple]) -> list[Triple]:
    """Of each list that returns to itself, one triple that does so.

    Args:
        triples: any graph.
    """
    following: dict[Term, Triple] = {}
    for triple in triples:
        if triple.predicate.value == _REST:
            following.setdefault(triple.subject, triple)
    done: set[Term] = set()
    found = []
    for start in following:
        way: set[Term] = set()
        node = start
        while node in following and node not in done and node not in way:
            way.add(node)
            last = following[node]
            node = last.object
        if node in way:
            found.append(last)
        done |= way
    return found


def _values(graph: ShapesGraph, triple: Triple) -> Iterator[Mistake]:
    """What is wrong with the value of one parameter."""
    name, value = triple.predicate.value.removeprefix(SH), triple.object
    fault = hint = ""
    if triple.predicate.value == name:
        return
    if name in _COUNTS and not _is_count(value):
        fault, hint = "a whole number is needed", f"Write one without quotes, as in sh:{name} 1"
    elif name in _SWITCHES and not _is_literal(value, "boolean", *_BOOLEANS):
        fault, hint = "true or false is needed", f"Write sh:{name} true, without quotes."
    elif name in _IRIS and not isinstance(value, NamedNode):
        fault, hint = "an IRI is needed", "Write a prefixed name, or an IRI in < and >."
    elif name in _STRINGS and not _is_literal(value, "string"):
        fault, hint = "a string is needed", "Write it between quotes, without a language."
    elif name in _LITERALS and not isinstance(value, Literal):
        fault, hint = "a literal is needed", "Write a number, a date or a string."
    elif name in _NODES and isinstance(value, Literal):
        fault, hint = "a shape is needed", "Write the name of a shape, or one between [ and ]."
    elif name in _LISTS and not graph.is_list(value):
        fault, hint = "a list is needed", "Write the members between ( and )."
    elif name == "message" and not isinstance(value, Literal):
        fault, hint = "a text is needed", "Write it between quotes."
    elif name == "nodeKind" and value not in [NamedNode(SH + kind) for kind in _KINDS]:
        fault, hint = "it is no kind of node", f"Write one of sh:{', sh:'.join(_KINDS)}."
    elif name == "path":
        fault, hint = _path(graph, value)
    elif name == "pattern" and isinstance(value, Literal):
        fault, hint = _pattern(graph, triple.subject, value.value)
    elif name in ("select", "ask") and isinstance(value, Literal):
        fault, hint = _query(value.value)
    if fault:
        yield Mistake(triple, f"sh:{name} cannot be used so: {fault}", hint)


def _is_count(value: Term) -> bool:
    # The datatypes derived from xsd:integer are let through, as most validators do.
    return (
        isinstance(value, Literal)
        and re.fullmatch(r"\+?\d+", value.value, re.ASCII) is not None
        and value.datatype.value in (XSD + "integer", XSD + "nonNegativeInteger", XSD + "int")
    )


def _is_literal(value: Term, datatype: str, *forms: str) -> bool:
    return (
        isinstance(value, Literal)
        and value.datatype.value == XSD + datatype
        and (not forms or value.value in forms)
    )


def _pattern(graph: ShapesGraph, shape: Term, pattern: str) -> tuple[str, str]:
    flags = [t.object.value for t in graph.said(shape, "flags") if isinstance(t.object, Literal)]
    number = re.NOFLAG
    for letter in "".join(flags):
        number |= _FLAGS.get(letter, re.NOFLAG)
    try:
        re.compile(pattern, number)
    except (re.error, RecursionError, OverflowError) as error:
        return (
            f"the expression cannot be read: {error}",
            r"Expressions follow the rules of Python here: \p{L} or \i, say, must be spelt out.",
        )
    return "", ""


def _query(query: str) -> tuple[str, str]:
    """What would leave this machine, whatever the engine thinks of it."""
    decoded = _CODEPOINT.sub(lambda found: chr(int(found[1] or found[2], 16)), query)
    for token in tokens(decoded):
        # rdflib is more lenient than the grammar, and reads trueSERVICE as two words.
        if token.kind == "word" and re.search(r"SERVICE|FROM|LOAD", token.text.upper()):
            return (
                f"the query says {token.text}, and would fetch data from elsewhere",
                "Leave that out: a query may ask the data that are validated, and no others.",
            )
    return "", ""


def _path(graph: ShapesGraph, path: Term) -> tuple[str, str]:
    above: tuple[Term, ...] = ()
    waiting = [(path, above)]
    while waiting:
        node, above = waiting.pop()
        if isinstance(node, NamedNode):
            continue
        if node in above or not isinstance(node, BlankNode):
            return "the path leads back to itself or into a literal", _PATHS
        members = graph.members(node)
        inner = [t.object for name in _STEPS for t in graph.said(node, name)]
        for alternative in graph.said(node, "alternativePath"):
            if len(graph.members(alternative.object)) < 2:
                return "an alternative is needed", _PATHS
            inner += graph.members(alternative.object)
        if not inner and (len(members) < 2 or not graph.is_list(node)):
            return "it is no path", _PATHS
        # A node that is a list and more besides has two paths; engines take the list.
        waiting += [(one, (*above, node)) for one in members or inner]
    return "", ""


_PATHS = (
    "Write a property, a sequence ( ex:a ex:b ), [ sh:inversePath ex:a ], "
    "[ sh:alternativePath ( ex:a ex:b ) ] or [ sh:zeroOrMorePath ex:a ]."
)


def _repeated(graph: ShapesGraph) -> Iterator[Mistake]:
    counts: dict[tuple[Term, str], list[Triple]] = defaultdict(list)
    for triple in graph.triples:
        name = triple.predicate.value.removeprefix(SH)
        if name in _ONCE and name != triple.predicate.value:
            counts[triple.subject, name].append(triple)
    for (_, name), said in counts.items():
        if len(said) > 1:
            yield Mistake(
                said[1],
                f"a shape has one sh:{name}, not {len(said)}",
                "Keep one, or make two shapes.",
            )


def _kinds(graph: ShapesGraph) -> Iterator[Mistake]:
    """Property shapes have a path, node shapes have none."""
    for triple, shape in graph.references():
        name = triple.predicate.value.removeprefix(SH)
        has_path = bool(graph.said(shape, "path"))
        if name == "property" and not has_path:
            yield Mistake(
                triple,
                "sh:property leads to a shape without sh:path",
                "Say with sh:path which property it is about; is the name of the shape misspelt?",
            )
        elif name == "node" and has_path:
            yield Mistake(
                triple, "sh:node leads to a shape with sh:path", "Write sh:property instead."
            )
    for triple in graph.triples:
        if triple.predicate.value != RDF + "type":
            continue
        has_path = bool(graph.said(triple.subject, "path"))
        if triple.object == NamedNode(SH + "PropertyShape") and not has_path:
            yield Mistake(
                triple, "a property shape without sh:path", "Say which property it is about."
            )
        elif triple.object == NamedNode(SH + "NodeShape") and has_path:
            yield Mistake(
                triple,
                "a node shape with sh:path",
                "Write sh:PropertyShape, or leave the path out.",
            )


def _recursive(graph: ShapesGraph) -> Iterator[Mistake]:
    """Shapes that refer to themselves: what these mean, SHACL leaves undefined (section 3.4.3)."""
    leads: dict[Term, list[tuple[Triple, Term]]] = defaultdict(list)
    for triple, shape in graph.references():
        said = [t.object for t in graph.said(triple.subject, "deactivated")]
        if not any(_is_literal(value, "boolean", "true") for value in said):
            leads[triple.subject].append((triple, shape))
    done: set[Term] = set()
    # A shape with a name first: the mention of it is what a reader can change.
    for start in sorted(leads, key=lambda node: isinstance(node, BlankNode)):
        above: dict[Term, None] = {}
        waiting = [(start, iter(leads[start]))] if start not in done else []
        above[start] = None
        while waiting:
            node, references = waiting[-1]
            for triple, shape in references:
                if shape in above:
                    yield Mistake(
                        triple,
                        "the shape refers to itself, here or by way of others",
                        "SHACL does not define what that means. Split the shape: let the inner "
                        "one ask for less, for instance for a class only.",
                    )
                elif shape not in done:
                    above[shape] = None
                    waiting.append((shape, iter(leads[shape])))
                    break
            else:
                waiting.pop()
                above.pop(node, None)
                done.add(node)
