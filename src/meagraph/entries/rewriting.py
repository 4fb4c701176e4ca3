"""One name replaced by another in Turtle and SPARQL, token by token.

What strings and comments say is left as it is, with two exceptions that are no prose: the query
that a shape holds in a string (SHACL, section 5), and a value in the header of a stored question
that is the name and nothing else. Relative IRIs are left as well; our files hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from meagraph.entries.turtle import Token, tokens
from meagraph.namespaces import DCTERMS, OWL, PREFIXES, SH, compact

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_QUERIES = frozenset(SH + name for name in ("select", "ask", "construct", "update"))
_HEADER_VALUE = re.compile(r"""(#\+\s*[\w.-]+\s*=\s*["'])([\w.:-]+)(["']\s*)""")
_DEPRECATED = OWL + "deprecated"
_REPLACED_BY = DCTERMS + "isReplacedBy"


class Change(NamedTuple):
    """An IRI and the one that takes its place."""

    old: str
    new: str

    def of(self, iri: str) -> str:
        """What an IRI becomes: the old one and what has its fragment change, all others stay."""
        if iri == self.old or iri.startswith(self.old + "#"):
            return self.new + iri[len(self.old) :]
        return iri


class Rewritten(NamedTuple):
    """A text in which a name was replaced, and the lines, from 1, of its mentions in the old."""

    text: str
    lines: tuple[int, ...]


class _Named(NamedTuple):
    """A token, the IRI that it names (or none: empty), and what its prefix stands for."""

    token: Token
    iri: str
    namespace: str


def rewrite(text: str, change: Change, *, stored: bool = False) -> Rewritten:
    """Replace a name wherever a Turtle or SPARQL text names it.

    Args:
        text: the text; SPARQL is near enough to Turtle for one scanner to cut both into tokens.
        change: the name and its successor.
        stored: whether it is a stored query, which need not declare our prefixes.
    """
    pieces: list[str] = []
    lines: list[int] = []
    done, predicate = 0, ""
    for named in _names(text, PREFIXES if stored else {}):
        token = named.token
        new = token.text
        within: tuple[int, ...] = (1,)
        if named.iri:
            new = _spelled(change.of(named.iri), named)
        elif token.kind in ("string", "long") and predicate in _QUERIES:
            quotes = 3 if token.kind == "long" else 1
            inner = rewrite(token.text[quotes:-quotes], change, stored=True)
            new, within = token.text[:quotes] + inner.text + token.text[-quotes:], inner.lines
        elif token.kind == "comment":
            new = _header_line(token.text, change)
        if new != token.text:
            pieces += (text[done : token.start], new)
            before_it = text.count("\n", 0, token.start)
            lines += [before_it + line for line in within]
            done = token.start + len(token.text)
        if token.kind != "comment":
            predicate = named.iri
    return Rewritten("".join((*pieces, text[done:])), tuple(lines))


def prose(text: str, iri: str) -> list[int]:
    """The lines, from 1, of the strings and comments that mention an IRI or its prefixed name."""
    names = "|".join(map(re.escape, {iri, compact(iri)}))
    mention = re.compile(rf"(?<![\w:/#.-])(?:{names})(?![\w/-]|[.#]\w)")
    return [
        text.count("\n", 0, token.start + found.start()) + 1
        for token in tokens(text)
        if token.kind in ("string", "long", "comment")
        for found in mention.finditer(token.text)
    ]


def with_successor(text: str, change: Change) -> str:
    """A Turtle file that says, after the description of the new term, that it replaces the old.

    Args:
        text: the file, which describes the new term.
        change: the old term and the new.
    """
    old, new, deprecated, replaced = map(compact, (*change, _DEPRECATED, _REPLACED_BY))
    end = _end_of_description(text, change.new)
    text = f"{text[:end]}\n\n{old} {deprecated} true ;\n    {replaced} {new} .{text[end:]}"
    declared, last = _declared(text)
    needed = {name.partition(":")[0] for name in (old, new, deprecated, replaced)}
    added = [f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(needed - declared)]
    return text[:last] + "".join(added) + text[last:]


def _names(text: str, prefixes: Mapping[str, str]) -> Iterator[_Named]:
    known = dict(prefixes)
    two = one = Token("", "", 0)
    for token in tokens(text):
        iri = namespace = ""
        if token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            namespace = known.get(prefix, "")
            iri = namespace + _LOCAL_ESCAPE.sub(r"\1", local) if namespace and local else ""
        elif token.kind == "iri" and two.kind == "directive" and one.text.endswith(":"):
            known[one.text[:-1]] = token.text[1:-1]
        elif token.kind == "iri":
            iri = token.text[1:-1]
        yield _Named(token, iri, namespace)
        if token.kind != "comment":
            two, one = one, token


def _spelled(iri: str, named: _Named) -> str:
    """An IRI written as the token writes its own: with its prefix where that fits."""
    if iri == named.iri:
        return named.token.text
    local = iri[len(named.namespace) :]
    if named.namespace and iri.startswith(named.namespace) and _LOCAL.fullmatch(local):
        return named.token.text.partition(":")[0] + ":" + local
    return f"<{iri}>"


def _header_line(comment: str, change: Change) -> str:
    found = _HEADER_VALUE.fullmatch(comment)
    if found and found[2] == compact(change.old):
        return found[1] + compact(change.new) + found[3]
    return comment


def _end_of_description(text: str, iri: str) -> int:
    """Where the first statements about an IRI end, behind their full stop; else the text's end."""
    begins, within, depth = True, False, 0
    for token, named, _ in _names(text, {}):
        if token.kind == "comment":
            continue
        if begins and named == iri:
            within = True
        if token.kind == "punctuation":
            depth += (token.text in "([") - (token.text in ")]")
        begins = token.kind == "punctuation" and token.text == "." and not depth
        if within and begins:
            return token.start + 1
    return len(text.rstrip())


def _declared(text: str) -> tuple[set[str], int]:
    """The prefixes that a text declares, and where the line after the last of them begins."""
    declared, last = set(), 0
    two = one = Token("", "", 0)
    for token in tokens(text):
        if token.kind == "iri" and two.kind == "directive" and one.text.endswith(":"):
            declared.add(one.text[:-1])
            last = text.find("\n", token.start) + 1 or len(text)
        two, one = one, token
    return declared, last
