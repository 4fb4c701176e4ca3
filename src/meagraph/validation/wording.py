"""What a constraint of SHACL asks for, in a sentence, where its shape has no message.

Each sentence is made of the constraint component (SHACL, W3C Recommendation, 20 July 2017,
section 4) and its parameters.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import SH
from meagraph.validation.engine import Result
from meagraph.validation.prefixes import Prefixes
from meagraph.validation.shapes import Shapes

_MOST_LISTED = 10
"""How many members of a list a sentence has."""

_SENTENCES = {
    "Class": "{value} is not an instance of {class}",
    "NodeKind": "{value} is not {nodeKind}",
    "MinExclusive": "{value} is not more than {minExclusive}",
    "MinInclusive": "{value} is not {minInclusive} or more",
    "MaxExclusive": "{value} is not less than {maxExclusive}",
    "MaxInclusive": "{value} is not {maxInclusive} or less",
    "MinLength": "{value} has fewer than {minLength} characters",
    "MaxLength": "{value} has more than {maxLength} characters",
    "Pattern": "{value} does not match the pattern {pattern}",
    "LanguageIn": "{value} is in none of the languages {languageIn}",
    "UniqueLang": "{path} has two values in one language",
    "Equals": "{value} is a value of one of {path} and {equals} only, which must have the same",
    "Disjoint": "{value} is a value of both {path} and {disjoint}, which must share none",
    "LessThan": "{value} is not less than each value of {lessThan}",
    "LessThanOrEquals": "{value} is more than a value of {lessThanOrEquals}, or not comparable",
    "Not": "{value} conforms to {not} and must not",
    "And": "{value} does not conform to {and}, to each of which it must",
    "Or": "{value} conforms to none of {or}",
    "Xone": "{value} does not conform to exactly one of {xone}",
    "Node": "{value} does not conform to {node}",
    "Closed": "{path} may not be said of this node: its shape is closed",
    "HasValue": "{path} must have the value {hasValue}",
    "In": "{value} is not one of {in}",
    "SPARQL": "the query of the shape finds a fault in {value}",
}
_KINDS = {
    "IRI": "an IRI",
    "BlankNode": "a blank node",
    "Literal": "a literal",
    "BlankNodeOrIRI": "a blank node or an IRI",
    "BlankNodeOrLiteral": "a blank node or a literal",
    "IRIOrLiteral": "an IRI or a literal",
}
_OF_SHAPES = ("not", "and", "or", "xone", "node", "qualifiedValueShape")


class _Words(dict[str, str]):
    """What fills a sentence: the value, the path, and the parameters as they are asked for."""

    def __init__(self, result: Result, shapes: Shapes, prefixes: Prefixes, path: str) -> None:
        super().__init__(path=path or "the node")
        value = result.focus if result.value is None else result.value
        self["value"] = prefixes.term(value)
        self._shape = result.shape
        self._shapes = shapes
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        terms = self._shapes.values(self._shape, name)
        if name == "nodeKind":
            return " and ".join(_KINDS.get(self._of_shacl(term), "") for term in terms)
        if name == "languageIn":
            return ", ".join(term.value for term in terms if isinstance(term, Literal))
        if name in _OF_SHAPES:
            return self._listed(name, [self._shape_name(term) for term in terms])
        shown = [self._prefixes.term(term) for term in terms]
        return self._listed(name, shown) if name == "in" else " and ".join(shown)

    @staticmethod
    def _of_shacl(term: object) -> str:
        return term.value.removeprefix(SH) if isinstance(term, NamedNode) else ""

    def _shape_name(self, term: object) -> str:
        iri = term.value if isinstance(term, NamedNode) else ""
        named = isinstance(self._shapes.original(iri), NamedNode) if iri else False
        return self._prefixes.short(iri) if named else ""

    @staticmethod
    def _listed(name: str, names: list[str]) -> str:
        if not all(names):  # shapes without a name
            many = len(names) > 1
            return f"the {len(names)} shapes of sh:{name}" if many else f"the shape of sh:{name}"
        more = len(names) - _MOST_LISTED
        return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def sentence(
    result: Result, shapes: Shapes, prefixes: Prefixes, path: str, number: int | None = None
) -> str:
    """What is wrong, without a full stop.

    Args:
        result: one result of validation.
        shapes: the shapes, for the parameters of the constraint.
        prefixes: how to shorten IRIs.
        path: the path in SPARQL's notation, or empty.
        number: how many values the path has, where that is known.
    """
    component = result.component.removeprefix(SH).removesuffix("ConstraintComponent")
    words = _Words(result, shapes, prefixes, path)
    if component in ("MinCount", "MaxCount", "QualifiedMinCount", "QualifiedMaxCount"):
        return _count(component, words, number)
    if component == "Datatype":
        return _datatype(result, words)
    if component in _SENTENCES:
        return _SENTENCES[component].format_map(words)
    return f"{words['value']} breaks the constraint {prefixes.short(result.component)}"


def _count(component: str, words: _Words, number: int | None) -> str:
    name = component[0].lower() + component[1:]
    asked = words[name].partition("^^")[0].strip('"')
    one = asked == "1"
    bound = "least" if "Min" in component else "most"
    text = f"at {bound} {asked} {'value' if one else 'values'} of {words['path']} "
    if component.startswith("Qualified"):
        return f"{text}must conform to {words['qualifiedValueShape']}"
    if asked == "0":
        text = f"no value of {words['path']} is allowed"
    else:
        text += ("is " if one else "are ") + ("needed" if bound == "least" else "allowed")
    if number is None:
        return text
    return f"{text}; there {'is' if number < 2 else 'are'} {number or 'none'}"


def _datatype(result: Result, words: _Words) -> str:
    value = result.focus if result.value is None else result.value
    if isinstance(value, Literal) and words["datatype"] == words["value"].rpartition("^^")[2]:
        return f"{Literal(value.value)} is no legal value of {words['datatype']}"
    return f"{words['value']} does not have the datatype {words['datatype']}"
