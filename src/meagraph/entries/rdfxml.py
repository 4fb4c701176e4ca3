"""Where things stand in an RDF/XML file (RDF 1.1 XML Syntax, W3C Recommendation, 25 February 2014).

pyoxigraph parses the files; this finds lines and columns with the XML parser of the standard
library. A triple stands where the element of its property begins.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entries.turtle import Place, Scan, Statement, resolved
from meagraph.errors import UnusableInput
from meagraph.namespaces import RDF

_XML = "http://www.w3.org/XML/1998/namespace"
_STEPPED_OVER = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_FIRST, _REST, _NIL, _TYPE = (NamedNode(RDF + name) for name in ("first", "rest", "nil", "type"))
_SYNTAX = frozenset(
    RDF + name for name in ("about", "ID", "nodeID", "resource", "datatype", "parseType")
)

Node = NamedNode | BlankNode


def refuse_doctype(path: Path, text: str) -> None:
    """Stop before a text with a DOCTYPE is parsed.

    Its entities may stand for one another, so that a few lines grow to more than any memory holds.

    Raises:
        UnusableInput: the text has one.
    """
    at = 0
    while (at := text.find("<", at)) >= 0:
        for opening, closing in _STEPPED_OVER:
            if text.startswith(opening, at):
                end = text.find(closing, at)
                at = len(text) if end < 0 else end
                break
        else:
            if text[at : at + 9].upper() == "<!DOCTYPE":
                raise UnusableInput(
                    "the file has a DOCTYPE, which is not read",
                    file=path,
                    line=text.count("\n", 0, at) + 1,
                    column=at - text.rfind("\n", 0, at),
                    hint="Entities declared there can grow without bound. Replace each &name; by "
                    "what it stands for and delete the DOCTYPE, or save the file as Turtle.",
                )
        at += 1


def first_fault(text: str) -> tuple[str, Place] | None:
    """What the XML of a text breaks first, and where; ``None`` if it is XML."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(text, True)
    except expat.ExpatError as error:
        return expat.ErrorString(error.code), (error.lineno, error.offset + 1)
    return None


def scan_rdfxml(text: str, base: str) -> Scan:
    """Find the triples of an RDF/XML text and where they stand.

    Args:
        text: the text, which a parser has accepted.
        base: the IRI that relative IRIs are resolved against.
    """
    return _Scanner(base).run(text)


class _Frame:
    """An open element: what it means for those within it."""

    def __init__(self, kind: str, above: _Frame | None, place: Place, base: str) -> None:
        self.kind = kind  # "node", "property", "collection", or "literal": what is not looked into
        self.place = place
        self.base: str = above.base if above else base
        self.language: str = above.language if above else ""
        self.subject: Node | None = None
        self.subject_place = place
        self.predicate = _TYPE
        self.value: Node | Literal | None = None
        self.statement: Node | None = None  # what the element names its triple, if anything
        self.text: list[str] = []
        self.datatype = ""
        self.members: list[tuple[Node, Place]] = []
        self.items = 0  # how many rdf:li came before


class _Scanner:
    def __init__(self, base: str) -> None:
        self._base = base
        self._stack: list[_Frame] = []
        self._statements: list[Statement] = []
        self._mentions: dict[str, Place] = {}
        self._nameless: list[BlankNode] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def run(self, text: str) -> Scan:
        with suppress(expat.ExpatError):  # stricter than the parser; what came before stays
            self._parser.Parse(text, True)
        return Scan(tuple(self._statements), (), (), (), self._mentions, frozenset(self._nameless))

    def _start(self, tag: str, given: dict[str, str]) -> None:
        place = (self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        name = tag.replace(" ", "", 1)
        above = self._stack[-1] if self._stack else None
        frame = _Frame("literal", above, place, self._base)
        attributes = {
            key.replace(" ", "", 1): value
            for key, value in given.items()
            if not key.startswith(_XML + " ")
        }
        frame.base = resolved(given.get(_XML + " base", ""), frame.base)
        frame.language = given.get(_XML + " lang", frame.language)
        self._stack.append(frame)
        if name == RDF + "RDF" and above is None:
            frame.kind = "top"
        elif above is not None and above.kind == "node":
            self._property(frame, above, name, attributes)
        elif above is None or above.kind != "literal":
            self._node(frame, above, name, attributes)

    def _node(
        self, frame: _Frame, above: _Frame | None, name: str, attributes: dict[str, str]
    ) -> None:
        frame.kind = "node"
        subject = frame.subject = self._named(frame, attributes, "about", "ID")
        if name != RDF + "Description":
            self._keep(frame, subject, _TYPE, self._mentioned(name, frame.place), frame.place)
        self._say(frame, subject, attributes)
        if above is not None and above.kind == "collection":
            above.members.append((subject, frame.place))
        elif above is not None:
            above.value = subject

    def _property(
        self, frame: _Frame, above: _Frame, name: str, attributes: dict[str, str]
    ) -> None:
        if name == RDF + "li":
            above.items += 1
            name = f"{RDF}_{above.items}"
        frame.subject, frame.subject_place = above.subject, above.place
        frame.predicate = self._mentioned(name, frame.place)
        kind = attributes.pop(RDF + "parseType", "")
        frame.datatype = attributes.pop(RDF + "datatype", "")
        if RDF + "ID" in attributes:
            frame.statement = self._named(frame, attributes, "ID")
            del attributes[RDF + "ID"]
        if kind == "Resource":
            frame.value = self._blank_node()
            self._state(frame, frame.value)
            frame.kind, frame.subject = "node", frame.value
        elif kind:
            frame.kind = "collection" if kind == "Collection" else "literal"
        else:
            frame.kind = "property"
            if attributes:
                frame.value = self._named(frame, attributes, "resource")
                self._say(frame, frame.value, attributes)

    def _say(self, frame: _Frame, subject: Node, attributes: dict[str, str]) -> None:
        """The triples that attributes state."""
        for name, value in attributes.items():
            if name in _SYNTAX or ":" not in name:  # those without a namespace state nothing
                continue
            term: Node | Literal = _literal(value, frame)
            if name == RDF + "type":
                term = self._mentioned(resolved(value, frame.base), frame.place)
            predicate = self._mentioned(name, frame.place)
            self._keep(frame, subject, predicate, term, frame.place)

    def _named(self, frame: _Frame, attributes: dict[str, str], *ways: str) -> Node:
        """The node that attributes name; a new one without a name if they do not."""
        for way in ways:
            if RDF + way in attributes:
                value = attributes[RDF + way]
                iri = resolved("#" * (way == "ID") + value, frame.base)
                return self._mentioned(iri, frame.place)
        if RDF + "nodeID" in attributes:
            return BlankNode(attributes[RDF + "nodeID"])
        return self._blank_node()

    def _end(self, tag: str) -> None:
        frame = self._stack.pop()
        if frame.kind == "property":
            self._state(frame, frame.value or _literal("".join(frame.text), frame))
        elif frame.kind == "collection":
            self._collection(frame)
        elif frame.kind == "literal" and self._stack and self._stack[-1].kind == "node":
            self._state(frame, Literal("", datatype=NamedNode(RDF + "XMLLiteral")))

    def _collection(self, frame: _Frame) -> None:
        nodes: list[Node] = [self._blank_node() for _ in frame.members]
        nodes.append(_NIL)
        self._state(frame, nodes[0])
        for place, (member, stands) in enumerate(frame.members):
            for predicate, value in ((_FIRST, member), (_REST, nodes[place + 1])):
                triple = Triple(nodes[place], predicate, value)
                self._statements.append(Statement(triple, stands, stands, stands))

    def _state(self, frame: _Frame, value: Node | Literal) -> None:
        """The triple of a property's element, and those about it if the element names it."""
        subject, place = frame.subject, frame.subject_place
        self._keep(frame, subject, frame.predicate, value, place)
        if frame.statement is not None and subject is not None:
            parts = (("object", value), ("predicate", frame.predicate), ("subject", subject))
            for name, part in (*parts, ("type", NamedNode(RDF + "Statement"))):
                self._keep(frame, frame.statement, NamedNode(RDF + name), part, frame.place)

    def _characters(self, text: str) -> None:
        if self._stack:
            self._stack[-1].text.append(text)

    def _keep(
        self,
        frame: _Frame,
        subject: Node | None,
        predicate: NamedNode,
        value: Node | Literal,
        stands: Place,
    ) -> None:
        if subject is not None:
            triple = Triple(subject, predicate, value)
            self._statements.append(Statement(triple, stands, frame.place, frame.place))

    def _mentioned(self, iri: str, place: Place) -> NamedNode:
        self._mentions.setdefault(iri, place)
        return NamedNode(iri)

    def _blank_node(self) -> BlankNode:
        self._nameless.append(BlankNode())
        return self._nameless[-1]


def _literal(text: str, frame: _Frame) -> Literal:
    if frame.datatype:
        return Literal(text, datatype=NamedNode(resolved(frame.datatype, frame.base)))
    return Literal(text, language=frame.language) if frame.language else Literal(text)
