"""Redirects for w3id.org: from the graph's own addresses to the files of releases.

w3id.org is an Apache server that holds no files but rules: a folder with ``.htaccess`` for each
project, handed in as a change to the repository perma-id/w3id.org. Every address under
`meagraph.namespaces.BASE` leads on with 303 See Other (RFC 9110, 15.4.4), to the form that the
reader's program asks for (its Accept header) where there are several.

A site holds one folder for each release, all named after their versions. An address may name a
release (``releases/1.2.0/agreements/minamata``); one that does not leads to the release that the
rules were written with. To hand in the rules of a later release changes one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, KINDS
from meagraph.releases.contents import LICENCE_FILES
from meagraph.releases.writing import SUMS
from meagraph.reports.words import printable

TURTLE, JSON_LD, RDF_XML, N_TRIPLES, N_QUADS = (
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "application/n-quads",
)

_FORMS = {TURTLE: "ttl", JSON_LD: "jsonld", RDF_XML: "rdf", N_TRIPLES: "nt"}
"""The forms of a vocabulary; a program that asks for several gets the first."""
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*/?")
_NUMBER = r"[0-9]+\.[0-9]+\.[0-9]+"
_BEFORE = rf"(?:releases/{_NUMBER}/)?"
_THINGS = (*KINDS, "concepts")
"""The folders in which each thing has a JSON-LD document of its own."""
_INSIDE = ("readings", "identifiers")
"""The folders of graphs that have no document of their own."""


_WITHOUT_ENDING = (*LICENCE_FILES, SUMS)


class Rule(NamedTuple):
    """One redirect: a pattern of paths, the media type that it is for (or any), and the file."""

    pattern: str
    file: str
    accept: str = ""


def checked_site(site: str) -> str:
    """The address of the site that holds the releases, without a slash at its end.

    It becomes part of a server's configuration, so nothing that means something there may be in it.

    Raises:
        UnusableInput: it is no such address.
    """
    if not _SITE.fullmatch(site):
        raise UnusableInput(
            f"“{printable(site)}” is no address of a site",
            hint="Write it as https://example.org/meagraph: letters, digits and “.-_~” between "
            "slashes, without user, question mark or “#”.",
        )
    return site.rstrip("/")


def rules(names: Iterable[str]) -> list[Rule]:
    """The redirects to the files of a release, the first that fits decides.

    Args:
        names: the files of the release; a form that is not among them gets no redirect.
    """
    files = set(names)
    found = [*_descriptions(), *_questions(), *_files(), *_things()]
    return [rule for rule in found if "$" in rule.file or rule.file in files]


def _descriptions() -> Iterator[Rule]:
    """What has several forms of its own: vocabularies, the dataset, the catalogue."""
    version = rf"(?:/{_NUMBER})?/?"
    for path, name in (
        (f"ontology{version}", "ontology"),
        (f"ontology/alignments{version}", "alignments"),
        ("concepts/?", "concepts"),
    ):
        for accept, ending in _FORMS.items():
            yield Rule(path, f"{name}.{ending}", accept)
        yield Rule(path, "ontology.html")
    for path in ("", "dataset", "catalogue"):
        yield Rule(path, "catalogue.ttl", TURTLE)
        yield Rule(path, "catalogue.jsonld", JSON_LD)
        yield Rule(path, "index.html")
    yield Rule("shapes", "index.html")
    yield Rule("void", "void.ttl")
    yield Rule("graphs/entailed", "meagraph-entailed.ttl")
    yield Rule("graphs/merge", "meagraph.ttl")


def _questions() -> Iterator[Rule]:
    name = "queries/([a-z0-9-]+)"
    yield Rule(name, "queries/$1.csv", "text/csv")
    yield Rule(name, "queries/$1.json", "application/json")
    yield Rule(name, "queries/$1.rq", "application/sparql-query")
    yield Rule(name, "queries/$1.html")


def _files() -> Iterator[Rule]:
    """Each file by its path. Names of things have dots too, so their folders are told apart."""
    things, inside = "|".join(_THINGS), "|".join(_INSIDE)
    # The files of entries, of which the register speaks, are told of and not served.
    yield Rule(rf"(?:(?:{things}|{inside})/.+|dataset|register)\.ttl", "provenance.ttl")
    yield Rule(rf"((?:{things}|{inside})/.+\.jsonld)", "$1")
    yield Rule(rf"([^/]+\.[a-z][a-z0-9]*|{'|'.join(_WITHOUT_ENDING)})", "$1")
    yield Rule(rf"((?!(?:{things}|{inside}|releases)/)[^/]+/.+\.[a-z][a-z0-9]*)", "$1")


def _things() -> Iterator[Rule]:
    for accept, ending in _FORMS.items():
        if accept != JSON_LD:  # each has a document of its own in that
            yield Rule("concepts/.+", f"concepts.{ending}", accept)
    things = f"((?:{'|'.join(_THINGS)})/.*[^/])"
    yield Rule(things, "meagraph.ttl", TURTLE)
    yield Rule(things, "meagraph.nq", N_QUADS)
    yield Rule(things, "$1.jsonld")
    inside = f"(?:(?:{'|'.join(_INSIDE)})/.*[^/]|register)"
    yield Rule(inside, "meagraph.ttl", TURTLE)
    yield Rule(inside, "meagraph.nq")


def htaccess(number: str, site: str, names: Iterable[str]) -> str:
    """The rules for Apache's mod_rewrite, as they stand in the project's folder at w3id.org.

    Args:
        number: the version of the release to which addresses without a version lead.
        site: the address below which each release is a folder; see `checked_site`.
        names: the files of the release.
    """
    lines = [
        f"# {BASE} leads to {site}/VERSION/",
        "# Written by meagraph release; who answers for it: README.md",
        "Options -MultiViews",
        "RewriteEngine on",
        "# The same address leads elsewhere for another Accept: caches are told.",
        "<IfModule mod_headers.c>",
        "  Header always merge Vary Accept",
        "</IfModule>",
        "",
        "# Addresses that name no release lead to this one; the next changes this line only.",
        f"RewriteRule ^ - [E=RELEASE:{number}]",
        "# Addresses that name one lead to that.",
        rf"RewriteRule ^(?:releases|ontology|ontology/alignments)/({_NUMBER})(?:/|$) "
        "- [E=RELEASE:$1]",
        "",
    ]
    for rule in rules(names):
        if rule.accept:
            lines.append(f"RewriteCond %{{HTTP_ACCEPT}} {_literal(rule.accept)} [NC]")
        lines.append(
            f"RewriteRule ^{_BEFORE}{rule.pattern}$ {site}/%{{ENV:RELEASE}}/{rule.file} [R=303,L]"
        )
    return "\n".join(lines) + "\n"


def _literal(media_type: str) -> str:
    """A media type as a pattern that finds just it, and none of which it is the beginning."""
    return re.sub(r"([.+])", r"\\\1", media_type) + r"(?![\w.+-])"


def handing_in(number: str, site: str) -> str:
    """The page beside the rules; w3id.org asks for one, with whom to turn to."""
    return f"""# meagraph

Permanent identifiers of the meagraph project: the knowledge graph of cooperation among
multilateral environmental agreements, its ontology, its stored questions and their answers.

- {BASE} leads to the files of release {number}, below {site}/
- {BASE}releases/VERSION/ leads to those of any release

## Contact

TO BE FILLED IN before this is handed in: w3id.org asks who maintains these redirects
(a name, a GitHub account, an e-mail address).
"""
