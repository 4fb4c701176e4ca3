"""What may be said of the things of a class, and what must be: read from shapes and ontology."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from meagraph.drafting.kinds import wholes
from meagraph.drafting.vocabulary import LABEL, TYPE, Vocabulary
from meagraph.namespaces import DCTERMS, EDTF_NAMESPACE, ONTOLOGY, OWL, RDFS, SH, XSD

_NOT_WRITTEN = frozenset((TYPE.value, OWL + "deprecated", DCTERMS + "isReplacedBy"))
"""The type is written first; the other two are written by ``meagraph rename``."""
_LITERAL = (OWL + "DatatypeProperty", OWL + "AnnotationProperty")
_MEMBERS = "rdf:rest*/rdf:first"
STRING = XSD + "string"
EDTF = EDTF_NAMESPACE + "EDTF"


class Slot(NamedTuple):
    """A property of the things of a class.

    ``least`` and ``most`` say how many values a thing has; ``most`` is 0 where there is no bound.
    ``classes`` are those that a value may be of and ``excluded`` those that it may not; ``scheme``
    is the concept scheme that it is taken from, ``choices`` the values that there are, ``refused``
    values that are not for this class. A literal has a ``datatype`` or a ``language``; both are
    empty where the value is a thing. ``part`` is the class of the nodes that stand only with the
    one that has this property.
    """

    predicate: str
    least: int = 0
    most: int = 0
    classes: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    scheme: str = ""
    choices: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    datatype: str = ""
    language: str = ""
    part: str = ""


def slots(vocabulary: Vocabulary, kind: str) -> list[Slot]:
    """The properties of a class's things: the demanded first, then those used most.

    Args:
        vocabulary: the terms.
        kind: the IRI of the class.
    """
    found = [_slot(vocabulary, kind, name) for name in _properties(vocabulary, kind)]
    found = [slot for slot in found if not slot.most < 0]
    usage = vocabulary.usage

    def order(slot: Slot) -> tuple[bool, bool, int, str]:
        often = usage.count(kind, slot.predicate)
        return slot.predicate != LABEL, not slot.least, -often, slot.predicate

    return sorted(found, key=order)


def alternatives(vocabulary: Vocabulary, kind: str) -> list[list[tuple[str, bool]]]:
    """The choices that shapes leave: for each, the properties of which one must be there.

    Returns:
        For each ``sh:or`` of a shape of the class its alternatives that speak of one property,
        with ``True`` where it must be there and ``False`` where it must be missing.
    """
    found = []
    for name in vocabulary.broader(kind):
        shapes = vocabulary.ask(f"?shape sh:targetClass <{name}> ; sh:or ?list", "shape")
        for shape in shapes:
            inner = f"<{shape}> sh:or/{_MEMBERS}/sh:property ?inner . ?inner sh:path ?path"
            needed = vocabulary.ask(f"{inner} ; sh:minCount 1 FILTER (isIRI(?path))", "path")
            missing = vocabulary.ask(f"{inner} ; sh:maxCount 0", "path")
            found.append([(path, False) for path in missing] + [(path, True) for path in needed])
    return [choice for choice in found if choice]


def implied(vocabulary: Vocabulary, predicate: str) -> list[str]:
    """The properties that whatever has this one must have too."""
    return vocabulary.ask(
        f"?holder sh:targetSubjectsOf <{predicate}> ; sh:property ?shape . "
        "?shape sh:minCount ?least ; sh:path ?path FILTER (isIRI(?path) && ?least > 0)",
        "path",
    )


def _properties(vocabulary: Vocabulary, kind: str) -> list[str]:
    """The properties that shapes or the ontology give to a class, or that its things have."""
    found: dict[str, None] = {}
    closed: set[str] = set()
    for name in vocabulary.broader(kind):
        target = f"?holder sh:targetClass <{name}>"
        paths = vocabulary.ask(
            f"{target} ; sh:property/sh:path ?path FILTER (isIRI(?path))", "path"
        )
        found |= dict.fromkeys(paths)
        found |= dict.fromkeys(vocabulary.subjects(RDFS + "domain", name))
        found |= dict.fromkeys(
            vocabulary.ask(f"?shape sh:class <{name}> ; sh:targetSubjectsOf ?path", "path")
        )
        ignored = f"{target} ; sh:closed true ; sh:ignoredProperties/{_MEMBERS} ?path"
        if allowed := vocabulary.ask(ignored, "path"):
            closed |= {*allowed, *paths}
            found |= dict.fromkeys(allowed)
    found |= dict.fromkeys(vocabulary.usage.predicates(kind))
    return [
        name
        for name in found
        if name not in _NOT_WRITTEN
        and (not closed or name in closed)
        and not vocabulary.usage.is_derived(name)
        and not name.startswith(SH)
    ]


def _slot(vocabulary: Vocabulary, kind: str, predicate: str) -> Slot:
    """All that the shapes of a class and of a property say of its values, taken together."""
    by_class = _shapes_of_class(vocabulary, kind, predicate)
    path = f"?holder sh:property ?shape . ?shape sh:path <{predicate}>"
    wherever = vocabulary.ask(f"{path} . ?holder sh:targetSubjectsOf <{predicate}>", "shape")
    shapes = by_class + wherever

    def said(pattern: str) -> list[str]:
        return list(dict.fromkeys(v for shape in shapes for v in _ask(vocabulary, shape, pattern)))

    # A shape that looks at whatever has the property cannot demand that a thing has it.
    least = [int(n) for shape in by_class for n in _ask(vocabulary, shape, "sh:minCount")]
    counts = [int(text) for text in said("sh:maxCount")]
    classes = next(filter(None, (_classes(vocabulary, shape) for shape in shapes)), [])
    datatypes = said("sh:datatype") or said(f"sh:or/{_MEMBERS}/sh:datatype")
    languages = said(f"sh:languageIn/{_MEMBERS}")
    ranges = vocabulary.links(predicate, RDFS + "range")
    if not classes:
        classes = [name for name in ranges if name.startswith(ONTOLOGY)]
    is_literal = not set(vocabulary.links(predicate, TYPE.value)).isdisjoint(_LITERAL)
    if not datatypes and not languages and is_literal:
        datatypes = [name for name in ranges if name.startswith(XSD)]
        languages = [] if datatypes else vocabulary.usage.languages(predicate)
        datatypes = datatypes or [STRING]
    return Slot(
        predicate,
        least=max(least, default=0),
        most=-1 if 0 in counts else min(counts, default=0),
        classes=tuple(classes),
        excluded=(*said("sh:not/sh:class"), *said(f"sh:not/sh:or/{_MEMBERS}/sh:class")),
        scheme=next(iter(said("sh:node/sh:property/sh:hasValue")), ""),
        choices=tuple(said(f"sh:in/{_MEMBERS}")),
        refused=tuple(said(f"sh:not/sh:in/{_MEMBERS}")),
        datatype="" if languages else next(iter(datatypes), ""),
        language=next(iter(languages), ""),
        part=_part(vocabulary, predicate, classes),
    )


def _shapes_of_class(vocabulary: Vocabulary, kind: str, predicate: str) -> list[str]:
    """The shapes of a property that look at a class's things, those of the nearest class first."""
    path = f"?holder sh:property ?shape . ?shape sh:path <{predicate}>"
    return [
        shape
        for name in vocabulary.broader(kind)
        for shape in vocabulary.ask(f"{path} . ?holder sh:targetClass <{name}>", "shape")
    ]


def _classes(vocabulary: Vocabulary, shape: str) -> list[str]:
    """The classes of which, by one shape, a value may be."""
    own = _ask(vocabulary, shape, "sh:class")
    return own or _ask(vocabulary, shape, f"sh:or/{_MEMBERS}/sh:class")


def _ask(vocabulary: Vocabulary, shape: str, path: str) -> list[str]:
    return vocabulary.ask(f"<{shape}> {path} ?value", "value")


def _part(vocabulary: Vocabulary, predicate: str, classes: Iterable[str]) -> str:
    return next((name for name in classes if predicate in wholes(vocabulary, name)), "")
