"""Where things stand in a Turtle file: tokens, triples and their lines and columns.

pyoxigraph parses the files; this scanner only finds positions, so it presumes text that has been
parsed without error. It follows the grammars of RDF 1.1 Turtle and TriG (W3C Recommendations, 25
February 2014), and so reads N-Triples and N-Quads as well. Graphs are read as if all were one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pyoxigraph

from meagraph.namespaces import RDF, XSD

Place = tuple[int, int]
"""Line and column, both from 1; columns count characters."""

_BASE_CHARS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_CHARS = _BASE_CHARS + "_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = (
    rf"(?:[{_BASE_CHARS}_:0-9]|{_ESCAPE})"
    rf"(?:(?:[{_NAME_CHARS}:]|{_ESCAPE}|\.)*(?:[{_NAME_CHARS}:]|{_ESCAPE}))?"
)
_PREFIX = rf"(?:[{_BASE_CHARS}](?:[{_NAME_CHARS}.]*[{_NAME_CHARS}])?)?"
_KINDS = (
    ("space", r"[ \t\r\n]+"),
    ("comment", r"#[^\r\n]*"),
    ("iri", r'<(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'),
    ("long", r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""' + r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"),
    ("string", r'"(?:[^"\\\r\n]|\\.)*"' + r"|'(?:[^'\\\r\n]|\\.)*'"),
    ("directive", r"@prefix\b|@base\b|(?i:PREFIX|BASE)(?=[ \t\r\n<#])"),
    ("language", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    ("datatype", r"\^\^"),
    ("blank", rf"_:[{_BASE_CHARS}_0-9](?:[{_NAME_CHARS}.]*[{_NAME_CHARS}])?"),
    ("pname", rf"{_PREFIX}:(?:{_LOCAL})?"),
    ("double", r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+"),
    ("decimal", r"[+-]?[0-9]*\.[0-9]+"),
    ("integer", r"[+-]?[0-9]+"),
    ("boolean", r"(?:true|false)\b"),
    ("a", r"a(?![A-Za-z0-9_:])"),
    ("graph", r"(?i:GRAPH)(?![A-Za-z0-9_:-])"),
    ("punctuation", r"[.;,\[\](){}]"),
    ("other", r"."),
)
"""The kinds of token and their patterns; the first that fits is taken."""

_STRING_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Token(NamedTuple):
    """One token: its kind, its text and where it begins (offset from 0 in characters)."""

    kind: str
    text: str
    start: int


class Statement(NamedTuple):
    """One triple as it is written, and where each of its terms is named."""

    triple: pyoxigraph.Triple
    subject: Place
    predicate: Place
    object: Place


class Declaration(NamedTuple):
    """One line that binds a prefix."""

    prefix: str
    namespace: str
    place: Place


class Scan(NamedTuple):
    """What the scanner found in one file."""

    statements: tuple[Statement, ...]
    declarations: tuple[Declaration, ...]
    comments: tuple[Place, ...]
    blanks: tuple[Place, ...]
    """Where blank nodes and collections begin."""
    mentions: dict[str, Place]
    """IRI to the place that names it first, as subject, predicate or object."""
    nameless: frozenset[pyoxigraph.BlankNode] = frozenset()
    """The blank nodes of the statements that have no label in the text; these here are ours."""


@cache
def _token() -> re.Pattern[str]:
    # Compiled when it is first used: that takes as long as all the rest of a call to read a graph.
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS), re.DOTALL)


def tokens(text: str) -> Iterator[Token]:
    """Cut a Turtle text into tokens, without the white space between them."""
    for found in _token().finditer(text):
        kind = found.lastgroup
        if kind is not None and kind != "space":
            yield Token(kind, found.group(), found.start())


def scan(text: str, base: str) -> Scan:
    """Find the triples of a Turtle text and where each of their terms stands.

    Args:
        text: the text, which a parser has accepted.
        base: the IRI that relative IRIs are resolved against.
    """
    return _Scanner(text, base).run()


class _Scanner:
    """A walk over the tokens that knows the current subject and predicate."""

    def __init__(self, text: str, base: str) -> None:
        self._lines = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        every = list(tokens(text))
        self._comments = [self._place(token) for token in every if token.kind == "comment"]
        self._tokens = [token for token in every if token.kind != "comment"]
        self._next = 0
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._statements: list[Statement] = []
        self._declarations: list[Declaration] = []
        self._blanks: list[Place] = []
        self._mentions: dict[str, Place] = {}
        self._nameless: list[pyoxigraph.BlankNode] = []
        labels = [token.text[2:] for token in self._tokens if token.kind == "blank"]
        self._stem = "nameless"  # what no label of the text begins with
        while any(label.startswith(self._stem) for label in labels):
            self._stem += "-"

    def run(self) -> Scan:
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            if token.kind == "directive":
                self._directive()
            elif token.kind == "graph" or token.text in ("{", "}"):
                self._take()
            else:
                self._triples()
        return Scan(
            tuple(self._statements),
            tuple(self._declarations),
            tuple(self._comments),
            tuple(self._blanks),
            self._mentions,
            frozenset(self._nameless),
        )

    def _place(self, token: Token) -> Place:
        line = bisect_right(self._lines, token.start)
        return line, token.start - self._lines[line - 1] + 1

    def _peek(self) -> str:
        """The text of the next token; empty at the end."""
        return self._tokens[self._next].text if self._next < len(self._tokens) else ""

    def _take(self) -> Token:
        if self._next >= len(self._tokens):
            return Token("end", "", self._lines[-1])
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _directive(self) -> None:
        word = self._take()
        if word.text.lower().endswith("base"):
            self._base = self._resolve(self._take().text)
        else:
            prefix = self._take().text.removesuffix(":")
            namespace = self._resolve(self._take().text)
            self._prefixes[prefix] = namespace
            self._declarations.append(Declaration(prefix, namespace, self._place(word)))
        if word.text.startswith("@") and self._peek() == ".":
            self._take()

    def _resolve(self, text: str) -> str:
        return resolved(_unescape(text[1:-1]), self._base)

    def _triples(self) -> None:
        """One subject with its predicates and objects, up to the full stop; or a graph's name."""
        subject, place = self._term()
        if self._peek() != "{":
            self._properties(subject, place, ".")

    def _properties(self, subject: _Term, place: Place, end: str) -> None:
        while self._next < len(self._tokens):
            if self._peek() in (end, ";", "}"):
                # The last statement of a graph in TriG needs no full stop before the bracket.
                if self._take().text != ";":
                    return
                continue
            predicate, predicate_place = self._term()
            while True:
                value, value_place = self._term()
                self._keep(subject, predicate, value, place, predicate_place, value_place)
                if self._peek() != ",":
                    break
                self._take()
            if self._kind() in ("iri", "blank"):  # the graph's name, in N-Quads
                self._term()

    def _kind(self) -> str:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else ""

    def _keep(
        self, subject: _Term, predicate: _Term, value: _Term, *places: *tuple[Place, Place, Place]
    ) -> None:
        if (
            isinstance(subject, pyoxigraph.NamedNode | pyoxigraph.BlankNode)
            and isinstance(predicate, pyoxigraph.NamedNode)
            and value is not None
        ):
            triple = pyoxigraph.Triple(subject, predicate, value)
            self._statements.append(Statement(triple, *places))

    def _term(self) -> tuple[_Term, Place]:
        """The next term, or ``None`` for what RDF 1.1 has not, and where it begins."""
        token = self._take()
        place = self._place(token)
        term: _Term = None
        if token.kind in ("iri", "pname"):
            iri = self._resolve(token.text) if token.kind == "iri" else self._expand(token.text)
            self._mentions.setdefault(iri, place)
            term = pyoxigraph.NamedNode(iri)
        elif token.kind == "a":
            term = pyoxigraph.NamedNode(RDF + "type")
            self._mentions.setdefault(term.value, place)
        elif token.kind in ("long", "string"):
            term = self._literal(token)
        elif token.kind in ("integer", "decimal", "double", "boolean"):
            term = pyoxigraph.Literal(token.text, datatype=pyoxigraph.NamedNode(XSD + token.kind))
        else:
            self._blanks.append(place)
            if token.kind == "blank":
                term = pyoxigraph.BlankNode(token.text[2:])
            elif token.text == "[":
                term = self._blank_node()
                self._properties(term, place, "]")
            elif token.text == "(":
                term = self._collection()
        return term, place

    def _blank_node(self) -> pyoxigraph.BlankNode:
        node = pyoxigraph.BlankNode(f"{self._stem}{len(self._nameless)}")
        self._nameless.append(node)
        return node

    def _collection(self) -> _Term:
        """The members up to the closing bracket; a node for each that has it and the next node."""
        head: _Term = _NIL
        node: pyoxigraph.BlankNode | None = None
        while self._next < len(self._tokens) and self._peek() != ")":
            value, place = self._term()
            following = self._blank_node()
            if node is None:
                head = following
            else:
                self._keep(node, _REST, following, place, place, place)
            node = following
            self._keep(node, _FIRST, value, place, place, place)
        closing = self._place(self._take())
        if node is not None:
            self._keep(node, _REST, _NIL, closing, closing, closing)
        return head

    def _expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes.get(prefix, "") + _LOCAL_ESCAPE.sub(r"\1", local)

    def _literal(self, token: Token) -> pyoxigraph.Literal:
        quotes = 3 if token.kind == "long" else 1
        value = _unescape(token.text[quotes:-quotes])
        if self._peek().startswith("@"):
            return pyoxigraph.Literal(value, language=self._take().text[1:])
        if self._peek() == "^^":
            self._take()
            datatype, _ = self._term()
            if isinstance(datatype, pyoxigraph.NamedNode):
                return pyoxigraph.Literal(value, datatype=datatype)
        return pyoxigraph.Literal(value)


_Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | None
_FIRST, _REST, _NIL = (pyoxigraph.NamedNode(RDF + name) for name in ("first", "rest", "nil"))


def resolved(iri: str, base: str) -> str:
    """A relative IRI made absolute (RFC 3986, section 5); an absolute one as it is."""
    if _ABSOLUTE.match(iri):
        return iri
    from urllib.parse import urljoin

    # urljoin would drop an empty fragment, which ends many a namespace.
    path, mark, fragment = iri.partition("#")
    base = base.partition("#")[0]
    return (urljoin(base, path) if path else base) + mark + fragment


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _STRING_ESCAPE.sub(
        lambda found: (
            chr(int(found[1] or found[2], 16))
            if found[1] or found[2]
            else _NAMED_ESCAPES.get(found[3], found[3])
        ),
        text,
    )
