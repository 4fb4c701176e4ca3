"""The ontology as one page for people: no script, and nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from meagraph.evidence import Naming
from meagraph.export.ontology.articles import Articles, outward, safe
from meagraph.export.ontology.commentary import commentary
from meagraph.export.ontology.examples import Examples
from meagraph.export.ontology.grids import Row, grid
from meagraph.export.ontology.schemes import concept_schemes, schemes
from meagraph.export.ontology.style import STYLE
from meagraph.export.ontology.terms import Vocabulary
from meagraph.export.ontology.usage import Usage
from meagraph.namespaces import DCTERMS, ONTOLOGY, ONTOLOGY_GRAPH, OWL, PREFIXES, RDFS, compact
from meagraph.pages import opening

if TYPE_CHECKING:
    from meagraph.export.ontology.terms import Term
    from meagraph.project import Project
    from meagraph.queryable import Queryable

_PARTS = (
    ("part-classes", "Classes", "Class"),
    ("part-object-properties", "Object properties", "Object property"),
    ("part-datatype-properties", "Datatype properties", "Datatype property"),
    ("part-annotation-properties", "Annotation properties", "Annotation property"),
    ("part-individuals", "Individuals", "Individual"),
)
"""Place, title and the kind of the terms of our namespace; those of others follow in one part."""

_FORMS = (("ttl", "Turtle"), ("rdf", "RDF/XML"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"))
_FILES = (
    ("ontology", "Classes and properties"),
    ("concepts", "Concept schemes"),
    ("alignments", "Alignments with other vocabularies"),
)
_BACKBONE = (
    *("hasParticipation", "agent", "role", "event", "meetingOf", "legalBasis", "output"),
    *("requestedActivity", "cites", "concerns"),
)
"""The properties that hold the model together, by which a reader finds the rest."""

_IN_FEW_WORDS = (
    "Each passage of a source document is a graph of its own, and its name is that of the passage: "
    "what stands in it, the passage states. Most of it are acts: an activity of some kind and "
    "status, the agents that take part in it and their roles, the meeting at which it took place, "
    "its legal basis and what came of it. Agreements, organisations, bodies, meetings, decisions "
    "and documents have records, which say no more than what they are and what they are called. "
    "What the project itself concludes about a passage is a reading, with its reason, and is "
    "asserted nowhere else."
)
_HOW_TO_READ = (
    "In the examples, <code>this:</code> stands for the name of the graph that is cited and "
    "“#”; a label behind “#” is no part of the statement. “Domain” and “Range” are those of RDF "
    "Schema: what has the property follows to be of the domain. Counts include what follows from "
    "the statements of the files."
)


def page(store: Queryable, project: Project) -> bytes:
    """The documentation of the ontology (HTML, the WHATWG's living standard).

    Each term's section has the fragment of its IRI as its place: ``ontology.html#Agreement``.

    Args:
        store: a built graph.
        project: its files, whose comments give headings and reasons.

    Raises:
        UnusableInput: a file of the ontology cannot be read.
    """
    return ("\n".join(_Page(store, project).lines()) + "\n").encode()


class _Page:
    def __init__(self, store: Queryable, project: Project) -> None:
        self.vocabulary = Vocabulary(store, commentary(project))
        self.facts = self.vocabulary.facts
        self.usage = Usage(store)
        examples = Examples(store, self.facts)
        self.articles = Articles(self.vocabulary, self.usage, examples, Naming(store))
        self.title = self.facts.text(ONTOLOGY_GRAPH, DCTERMS + "title") or "Ontology"

    def lines(self) -> Iterator[str]:
        yield from opening(f"{self.title} – ontology", STYLE)
        yield '<a class="skip" href="#part-content">Skip to the terms</a>'
        yield from self._header()
        yield from self._contents()
        yield '<main id="part-content">'
        yield from self._model()
        for place, title, kind in _PARTS:
            yield from self._part(place, title, self._of_kind(kind))
        yield from self._disjoint()
        yield from self._reused()
        yield from concept_schemes(self.vocabulary, self.usage)
        yield from ("</main>", "</body>", "</html>")

    def _of_kind(self, kind: str) -> dict[str, list[Term]]:
        """Our terms of a kind by the heading that they stand under, in the order of the file."""
        found: dict[str, list[Term]] = {}
        for term in self.vocabulary.terms.values():
            if term.ours and term.kind == kind:
                found.setdefault(term.heading, []).append(term)
        return found

    def _others(self) -> dict[str, list[Term]]:
        """Terms of other namespaces, by vocabulary."""
        found: dict[str, list[Term]] = {}
        for term in sorted(self.vocabulary.terms.values()):
            if not term.ours:
                prefix, colon, _ = compact(term.iri).partition(":")
                found.setdefault(prefix if colon and prefix in PREFIXES else "", []).append(term)
        return found

    def _header(self) -> Iterator[str]:
        yield "<header>"
        # Beside this page stands what tells of the whole: of a release, of a server.
        yield '<p class="quiet"><a href="./">meagraph</a> › Ontology</p>'
        yield f"<h1>{safe(self.title)}</h1>"
        about = self.facts.text(ONTOLOGY_GRAPH, DCTERMS + "description")
        yield f'<p class="lead">{safe(about)}</p>' if about else ""
        yield "<dl>"
        for name, shown in self._told():
            if shown:
                yield f"<div><dt>{name}</dt><dd>{shown}</dd></div>"
        yield "</dl>"
        yield "</header>"

    def _told(self) -> Iterator[tuple[str, str]]:
        """What the ontology says of itself, and its files."""
        facts, this = self.facts, ONTOLOGY_GRAPH
        status = [iri.rpartition("/")[2] for iri in facts.named(this, _STATUS)]
        parts = (facts.text(this, OWL + "versionInfo"), *status)
        yield "Version", safe(", ".join(part for part in parts if part))
        yield "Created", safe(facts.text(this, DCTERMS + "created"))
        yield "Published by", safe(facts.text(this, DCTERMS + "publisher", DCTERMS + "creator"))
        yield (
            "Licence",
            ", ".join(outward(iri, iri) for iri in facts.named(this, DCTERMS + "license")),
        )
        yield "To be cited as", safe(facts.text(this, DCTERMS + "bibliographicCitation"))
        yield "Namespace", f"<code>{escape(ONTOLOGY)}</code>, prefix <code>mea:</code>"
        for name, title in _FILES:
            links = (f'<a href="{name}.{ending}">{form}</a>' for ending, form in _FORMS)
            yield title, ", ".join(links)

    def _contents(self) -> Iterator[str]:
        yield '<nav aria-labelledby="part-contents">'
        yield '<h2 id="part-contents">Contents</h2>'
        yield '<p><a href="#part-model">How the model hangs together</a></p>'
        is_first = " open"
        for place, title, kind in _PARTS:
            if branches := self._of_kind(kind):
                yield from self._listed(place, title, branches, is_first)
                is_first = ""
        if self.vocabulary.disjoint():
            yield '<p><a href="#part-disjoint">What is never two of these at once</a></p>'
        if others := self._others():
            yield from self._listed("part-reused", "Terms of other vocabularies", others)
        if found := schemes(self.vocabulary):
            yield "<details><summary>Concept schemes</summary><ul>"
            for place, title in found:
                yield f'<li><a href="#{escape(place)}">{safe(title)}</a></li>'
            yield "</ul></details>"
        yield "</nav>"

    def _listed(
        self, place: str, title: str, branches: dict[str, list[Term]], is_open: str = ""
    ) -> Iterator[str]:
        number = sum(map(len, branches.values()))
        yield f"<details{is_open}><summary>{title} ({number})</summary>"
        yield f'<p><a href="#{place}">To the beginning of this part</a></p>'
        yield '<div class="branches">'
        for heading, terms in branches.items():
            yield '<div class="branch">' + (f"<p>{safe(heading)}</p>" if heading else "")
            yield "<ul>"
            for term in terms:
                if not self._above_in(term, terms):
                    yield from self._entry(term, terms, (term,))
            yield "</ul></div>"
        yield "</div></details>"

    def _entry(self, term: Term, among: list[Term], path: tuple[Term, ...]) -> Iterator[str]:
        """A term in the contents, those that stand below it in the same branch under it."""
        label = safe(term.label) if term.ours else f"<code>{safe(compact(term.iri))}</code>"
        yield f'<li><a href="#{escape(term.anchor)}">{label}</a>'
        below = [one for one in among if term in self._above_in(one, among) and one not in path]
        if below and term.ours:
            yield "<ul>"
            for one in below:
                yield from self._entry(one, among, (*path, one))
            yield "</ul>"
        yield "</li>"

    def _above_in(self, term: Term, among: Iterable[Term]) -> list[Term]:
        names = {
            iri
            for name in ("subClassOf", "subPropertyOf")
            for iri in self.facts.named(term.iri, RDFS + name)
        }
        return [one for one in among if one.iri in names and one.ours and one != term]

    def _model(self) -> Iterator[str]:
        yield '<section aria-labelledby="part-model">'
        yield '<h2 id="part-model">How the model hangs together</h2>'
        yield f"<p>{_IN_FEW_WORDS}</p>"
        rows = [row for name in _BACKBONE for row in self._backbone(ONTOLOGY + name)]
        if rows:
            caption = "The properties that lead from one to the next"
            heads = ("Property", "Of", "Leads to", "Statements")
            yield from grid("part-model_caption", caption, heads, rows)
        yield f"<p>{_HOW_TO_READ}</p>"
        yield "</section>"

    def _backbone(self, iri: str) -> Iterator[Row]:
        if iri not in self.vocabulary.terms:
            return
        of = self.facts.named(iri, RDFS + "domain") or self.usage.used_with(iri)[:3]
        to = self.usage.leads_to(iri)[:3] or self.facts.named(iri, RDFS + "range")
        link = self.articles.link
        name = f'{link(iri)} <code class="quiet">{compact(iri)}</code>'
        ends = (", ".join(map(link, each)) for each in (of, to))
        yield Row((name, *ends, f"{self.usage.statements[iri]:,}"))

    def _part(self, place: str, title: str, branches: dict[str, list[Term]]) -> Iterator[str]:
        if not branches:
            return
        yield f'<section aria-labelledby="{place}">'
        yield f'<h2 id="{place}">{title}</h2>'
        for heading, terms in branches.items():
            yield f"<h3>{safe(heading) or 'Other terms'}</h3>"
            for term in terms:
                yield from self.articles.article(term)
        yield "</section>"

    def _disjoint(self) -> Iterator[str]:
        if not (sets := self.vocabulary.disjoint()):
            return
        yield '<section aria-labelledby="part-disjoint">'
        yield '<h2 id="part-disjoint">What is never two of these at once</h2>'
        yield "<p>No thing is of two classes of one of these sets:</p><ul>"
        for classes in sets:
            yield f"<li>{', '.join(map(self.articles.link, classes))}</li>"
        yield "</ul></section>"

    def _reused(self) -> Iterator[str]:
        branches = {
            f"{prefix}: {PREFIXES[prefix]}" if prefix else "Others": terms
            for prefix, terms in self._others().items()
        }
        yield from self._part("part-reused", "Terms of other vocabularies", branches)


_STATUS = PREFIXES["bibo"] + "status"
