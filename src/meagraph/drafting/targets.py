"""What a shape looks at: its targets and its path, in words and in SPARQL's notation."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from meagraph.drafting.vocabulary import Vocabulary, listed
from meagraph.namespaces import RDF, RDFS, SH, compact
from meagraph.validation.shapes import Term

_ANY_KIND = f"<{RDF}type>/<{RDFS}subClassOf>*"
_ANY_KIND_SHORT = "a/rdfs:subClassOf*"
_PATTERNS = {
    "targetClass": "?this {1} {0}",
    "targetSubjectsOf": "?this {0} []",
    "targetObjectsOf": "[] {0} ?this",
    "targetNode": "VALUES ?this {{ {0} }}",
}
_WORDS = {
    "targetClass": "every {}",
    "targetSubjectsOf": "everything of which its {} is told",
    "targetObjectsOf": "everything that is told as the {} of another",
    "targetNode": "{}",
}
_REPEATED = {
    "zeroOrMorePath": "itself, and step by step {}",
    "oneOrMorePath": "step by step {}",
    "zeroOrOnePath": "itself, or {}",
}


class Target(NamedTuple):
    """Nodes that a shape looks at: ``sort`` is SHACL's name of the target, ``iri`` its value."""

    sort: str
    iri: str

    @property
    def pattern(self) -> str:
        """A graph pattern of SPARQL for these nodes as ``?this``, with whole IRIs."""
        return _PATTERNS[self.sort].format(f"<{self.iri}>", _ANY_KIND)


def targets(vocabulary: Vocabulary, shape: str) -> list[Target]:
    """The targets of a shape, and of the shapes that hold it."""
    return [
        Target(sort, value)
        for holder in vocabulary.ask(f"?holder sh:property* <{shape}>", "holder")
        for sort in _PATTERNS
        for value in vocabulary.ask(f"<{holder}> sh:{sort} ?value", "value")
    ]


def looked_at(vocabulary: Vocabulary, found: list[Target]) -> str:
    """The targets of a shape in one phrase; empty where it has none."""
    phrases = []
    for sort, words in _WORDS.items():
        names = [vocabulary.label(target.iri) for target in found if target.sort == sort]
        if names:
            phrases.append(words.format(listed(names)))
    return ", and ".join(phrases)


def notation(found: list[Target]) -> str:
    """The targets of a shape as a graph pattern of SPARQL for ``?this``, with our prefixes."""
    alternatives = []
    for sort, pattern in _PATTERNS.items():
        names = [compact(target.iri) for target in found if target.sort == sort]
        if len(names) == 1:
            alternatives.append(pattern.format(names[0], _ANY_KIND_SHORT))
        elif names:
            several = pattern.format("?target", _ANY_KIND_SHORT)
            alternatives.append(f"VALUES ?target {{ {' '.join(names)} }} {several}")
    if len(alternatives) < 2:
        return "".join(alternatives)
    return " UNION ".join(f"{{ {alternative} }}" for alternative in alternatives)


def path_in_words(vocabulary: Vocabulary, path: Term | None) -> str:
    """What is followed from a node: the names of properties; empty where there is no path."""
    if path is None:
        return ""
    if isinstance(path, NamedNode):
        return f"its “{vocabulary.label(path.value)}”"
    members = _members(vocabulary, path)
    if members:
        first, *others = (path_in_words(vocabulary, member) for member in members)
        return first + "".join(f", and of that {word}" for word in others)
    for inner in _inner(vocabulary, path, "inversePath"):
        if isinstance(inner, NamedNode):
            return f"what names it as “{vocabulary.label(inner.value)}”"
        return f"what leads to it by {path_in_words(vocabulary, inner)}"
    for inner in _inner(vocabulary, path, "alternativePath"):
        return listed([path_in_words(vocabulary, m) for m in _members(vocabulary, inner)])
    for name, words in _REPEATED.items():
        for inner in _inner(vocabulary, path, name):
            return words.format(path_in_words(vocabulary, inner))
    return ""


def path_pattern(vocabulary: Vocabulary, path: Term) -> str:
    """A path in SPARQL's notation with whole IRIs."""
    if isinstance(path, NamedNode):
        return str(path)
    members = _members(vocabulary, path)
    if members:
        return "/".join(f"({path_pattern(vocabulary, member)})" for member in members)
    for inner in _inner(vocabulary, path, "inversePath"):
        return f"^({path_pattern(vocabulary, inner)})"
    for inner in _inner(vocabulary, path, "alternativePath"):
        found = (path_pattern(vocabulary, member) for member in _members(vocabulary, inner))
        return f"({'|'.join(found)})"
    for name, mark in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        for inner in _inner(vocabulary, path, name):
            return f"({path_pattern(vocabulary, inner)}){mark}"
    return ""


def _inner(vocabulary: Vocabulary, node: Term, name: str) -> list[Term]:
    return _objects(vocabulary, node, SH + name)


def _members(vocabulary: Vocabulary, head: Term) -> list[Term]:
    members: list[Term] = []
    while first := _objects(vocabulary, head, RDF + "first"):
        members.append(first[0])
        head = _objects(vocabulary, head, RDF + "rest")[0]
    return members


def _objects(vocabulary: Vocabulary, node: Term, predicate: str) -> list[Term]:
    if isinstance(node, Triple):
        return []
    return [
        t.object
        for t in vocabulary.shapes.triples
        if t.subject == node and t.predicate.value == predicate
    ]
