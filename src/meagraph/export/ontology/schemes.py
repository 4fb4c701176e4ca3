"""The concept schemes as tables: each concept, what it means, and how often it is used."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from meagraph.export.ontology.articles import outward, safe
from meagraph.export.ontology.grids import Row, grid
from meagraph.export.ontology.terms import MATCHES, TYPE, anchor
from meagraph.namespaces import CONCEPTS, DCTERMS, OWL, RDFS, SKOS, compact

if TYPE_CHECKING:
    from meagraph.export.ontology.terms import Vocabulary
    from meagraph.export.ontology.usage import Usage


def schemes(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Place and title of each scheme, in the order of the titles."""
    concepts = vocabulary.concepts
    found = concepts.pointing(TYPE, SKOS + "ConceptScheme")
    titled = [(_title(vocabulary, iri), _place(iri)) for iri in found]
    return [(place, title) for title, place in sorted(titled)]


def concept_schemes(vocabulary: Vocabulary, usage: Usage) -> Iterator[str]:
    """The part of the page on concepts; nothing where there are none."""
    found = vocabulary.concepts.pointing(TYPE, SKOS + "ConceptScheme")
    if not found:
        return
    yield '<section aria-labelledby="part-schemes">'
    yield '<h2 id="part-schemes">Concept schemes</h2>'
    yield (
        "<p>Values of properties that are no things of their own: kinds, roles, topics. Each "
        "scheme is a SKOS concept scheme with a namespace of its own.</p>"
    )
    for iri in sorted(found, key=lambda iri: _title(vocabulary, iri)):
        yield from _scheme(vocabulary, usage, iri)
    yield "</section>"


def _scheme(vocabulary: Vocabulary, usage: Usage, iri: str) -> Iterator[str]:
    concepts, title, place = vocabulary.concepts, _title(vocabulary, iri), escape(_place(iri))
    yield f'<h3 id="{place}">{safe(title)}</h3>'
    about = concepts.text(iri, DCTERMS + "description")
    version = concepts.text(iri, OWL + "versionInfo")
    told = f" Version {safe(version)}." if version else ""
    yield f'<p>{safe(about)} <span class="quiet">{outward(iri, iri)}{told and "."}{told}</span></p>'
    members = concepts.pointing(SKOS + "inScheme", iri)
    number = f"{len(members):,} concept{'' if len(members) == 1 else 's'}"
    members.sort(key=lambda name: (_label(vocabulary, name).casefold(), name))
    rows = (_concept(vocabulary, usage, concept) for concept in members)
    yield from grid(f"{place}_caption", number, ("Concept", "Meaning", "Uses"), rows)


def _concept(vocabulary: Vocabulary, usage: Usage, iri: str) -> Row:
    concepts = vocabulary.concepts
    name = f'<span class="quiet"><code>{safe(compact(iri).strip("<>"))}</code></span>'
    said = [safe(concepts.text(iri, SKOS + "definition"))]
    said += [
        f"narrower than {_link(vocabulary, other)}"
        for other in concepts.named(iri, SKOS + "broader")
    ]
    said += [
        f"{words} {outward(other, other)}"
        for predicate, words in MATCHES.items()
        if predicate.startswith(SKOS)
        for other in concepts.named(iri, predicate)
    ]
    meaning = "<br>".join(part for part in said if part)
    cells = (f"{safe(_label(vocabulary, iri))} {name}", meaning, f"{usage.values[iri]:,}")
    return Row(cells, escape(anchor(iri)))


def _link(vocabulary: Vocabulary, iri: str) -> str:
    if not vocabulary.concepts.values(iri, SKOS + "inScheme"):
        return outward(iri)
    return f'<a href="#{escape(anchor(iri))}">{safe(_label(vocabulary, iri))}</a>'


def _label(vocabulary: Vocabulary, iri: str) -> str:
    return vocabulary.concepts.text(iri, SKOS + "prefLabel", RDFS + "label") or compact(iri)


def _place(iri: str) -> str:
    """Where a scheme stands in the page; no prefix of ours is called “concepts”."""
    return "concepts-" + iri.removeprefix(CONCEPTS).replace("/", "-")


def _title(vocabulary: Vocabulary, iri: str) -> str:
    return vocabulary.concepts.text(iri, RDFS + "label", DCTERMS + "title") or compact(iri)
