"""One term of the ontology as a section of its page: its meaning, its neighbours, its use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from meagraph.export.ontology.examples import Example, Examples, named_in
from meagraph.export.ontology.snippets import snippet
from meagraph.export.ontology.terms import CHARACTERISTICS, KINDS, TYPE
from meagraph.namespaces import BASE, DCTERMS, OWL, RDFS, SKOS, compact
from meagraph.tables.values import clean, is_address

if TYPE_CHECKING:
    from meagraph.evidence import Naming
    from meagraph.export.ontology.terms import Term, Vocabulary
    from meagraph.export.ontology.usage import Usage

_CLASS, _INDIVIDUAL = KINDS[OWL + "Class"], KINDS[OWL + "NamedIndividual"]
_MOST_CLASSES = 5


def safe(text: str) -> str:
    """A text in which nothing is markup."""
    return escape(clean(" ".join(text.split())))


def outward(iri: str, text: str = "") -> str:
    """A link to another page, under a text or the IRI's short form; a name if it is no address."""
    shown = safe(text) or f"<code>{safe(compact(iri).strip('<>'))}</code>"
    return f'<a href="{escape(iri)}">{shown}</a>' if is_address(iri) else shown


class Articles:
    """What writes the sections of terms.

    Args:
        vocabulary: the terms.
        usage: how often the data use them.
        examples: what finds statements of the data.
        naming: what things and passages are called.
    """

    def __init__(
        self, vocabulary: Vocabulary, usage: Usage, examples: Examples, naming: Naming
    ) -> None:
        self._vocabulary = vocabulary
        self._facts = vocabulary.facts
        self._usage = usage
        self._examples = examples
        self._naming = naming

    def link(self, iri: str) -> str:
        """A link to a term's place in the page, or to what is not documented here."""
        term = self._vocabulary.terms.get(iri)
        if term is None:
            return outward(iri)
        return f'<a href="#{escape(term.anchor)}">{safe(term.label)}</a>'

    def article(self, term: Term) -> Iterator[str]:
        """The section of a term."""
        place = escape(term.anchor)
        yield f'<article id="{place}" aria-labelledby="{place}_name">'
        yield (
            f'<h4 id="{place}_name">{safe(term.label)} '
            f'<span class="name"><code>{safe(compact(term.iri).strip("<>"))}</code></span></h4>'
        )
        yield f'<p class="iri">{outward(term.iri, term.iri)}</p>'
        yield from self._meaning(term)
        yield "<dl>"
        for name, shown in self._rows(term):
            if shown:
                yield f"<div><dt>{name}</dt><dd>{shown}</dd></div>"
        yield "</dl>"
        yield from self._shown(term)
        yield "</article>"

    def _meaning(self, term: Term) -> Iterator[str]:
        if "true" in self._facts.values(term.iri, OWL + "deprecated"):
            others = self._facts.named(term.iri, DCTERMS + "isReplacedBy")
            instead = f" Use {self._links(others)} instead." if others else ""
            yield f'<p class="gone">No longer to be used.{instead}</p>'
        if definition := self._facts.text(term.iri, SKOS + "definition", RDFS + "comment"):
            yield f'<p class="definition">{safe(definition)}</p>'
        elif not term.ours:
            yield '<p class="quiet">Defined by the vocabulary that it comes from.</p>'

    def _rows(self, term: Term) -> Iterator[tuple[str, str]]:
        iri, facts = term.iri, self._facts
        yield "For example", safe(facts.text(iri, SKOS + "example"))
        types = facts.values(iri, TYPE)
        yield (
            "Kind",
            ", ".join(
                [term.kind, *(words for name, words in CHARACTERISTICS.items() if name in types)]
            ),
        )
        if term.kind == _CLASS:
            yield from self._rows_of_class(iri)
        elif term.kind != _INDIVIDUAL:
            yield from self._rows_of_property(iri)
        yield "In the data", self._used(term)
        yield "Elsewhere", self._matches(iri)
        sources = facts.named(iri, DCTERMS + "source")
        cited = self._naming.citations(sources).values()
        yield "Source", "; ".join(outward(one.passage, one.name) for one in cited)

    def _rows_of_class(self, iri: str) -> Iterator[tuple[str, str]]:
        facts, domain, range_ = self._facts, RDFS + "domain", RDFS + "range"
        yield "A kind of", self._links(facts.named(iri, RDFS + "subClassOf"))
        yield "Its kinds", self._links(facts.pointing(RDFS + "subClassOf", iri))
        own = facts.pointing(domain, iri)
        yield "Its properties", self._links(own)
        above = self._vocabulary.above(iri)
        shared = {each: facts.pointing(domain, each) for each in above}
        yield (
            "From wider terms",
            "; ".join(
                f"{self._links(names)} (of {self.link(each)})"
                for each, names in shared.items()
                if names
            ),
        )
        known = {*own, *(name for names in shared.values() for name in names)}
        yield "Also used", self._links(self._others_used(iri, known))
        yield "Value of", self._links(facts.pointing(range_, iri))

    def _others_used(self, iri: str, known: set[str]) -> list[str]:
        """Terms that the data use of things of a class, though it is not in their domain."""
        terms = self._vocabulary.terms
        return [
            name
            for name, term in terms.items()
            if name not in known and term.ours and iri in self._usage.subjects.get(name, ())
        ]

    def _rows_of_property(self, iri: str) -> Iterator[tuple[str, str]]:
        facts = self._facts
        yield "A kind of", self._links(facts.named(iri, RDFS + "subPropertyOf"))
        yield "Its kinds", self._links(facts.pointing(RDFS + "subPropertyOf", iri))
        yield "Domain", self._links(facts.named(iri, RDFS + "domain"))
        yield "Range", self._links(facts.named(iri, RDFS + "range"))

    def _used(self, term: Term) -> str:
        usage, iri = self._usage, term.iri
        if term.kind == _CLASS:
            return _count(usage.things[iri], "thing")
        if term.kind == _INDIVIDUAL:
            return _count(usage.values[iri], "statement")
        said = [_count(usage.statements[iri], "statement")]
        for word, found in (("of", usage.used_with(iri)), ("leading to", usage.leads_to(iri))):
            if found:
                more = ", …" if len(found) > _MOST_CLASSES else ""
                said.append(f"{word}: {self._links(found[:_MOST_CLASSES])}{more}")
        return "; ".join(said)

    def _matches(self, iri: str) -> str:
        matches = self._vocabulary.matches(iri)
        if not matches:
            return ""
        items = []
        for place, one in enumerate(matches):
            told_before = any(one.reason == other.reason for other in matches[:place])
            reason = "" if told_before else safe(one.reason)
            why = f'<span class="reason">{reason}</span>' if reason else ""
            items.append(f"<li>{one.words} {self.link(one.iri)}{why}</li>")
        return f'<ul class="plain">{"".join(items)}</ul>'

    def _shown(self, term: Term) -> Iterator[str]:
        example = self._examples.of(term)
        if example is None:
            yield '<p class="quiet">The data do not use this term yet.</p>'
            return
        subject = example.triples[0].subject.value  # type: ignore[union-attr]
        labels = self._naming.labels([subject, *named_in(example.triples)])
        lines = []
        for turtle, comment in snippet(example.triples, example.graph, labels):
            remark = f'<span class="remark"># {safe(comment)}</span>' if comment else ""
            gap = " " if turtle and comment else ""
            lines.append(f'<span class="line">{escape(clean(turtle))}{gap}{remark}\n</span>')
        yield '<figure class="example">'
        yield f"<figcaption>From the data: {self._told(example)}</figcaption>"
        yield f"<pre><code>{''.join(lines)}</code></pre>"
        yield "</figure>"

    def _told(self, example: Example) -> str:
        """Where the statements of an example stand."""
        cited = self._naming.citations(example.passages).values()
        named = ", ".join(f"<cite>{outward(one.passage, one.name)}</cite>" for one in cited)
        where = outward(example.graph, example.graph.removeprefix(BASE))
        words = {
            "stated": f"stated in {named}",
            "read": f"our reading of {named}",
            "supplied": f"supplied in {where}" + (f"; spoken of in {named}" if named else ""),
            "entailed": "follows from " + (named or "what the files state"),
        }
        more = f", with {_count(example.more, 'more statement')}" if example.more else ""
        return words.get(example.kind, f"supplied in {where}") + more

    def _links(self, iris: Iterable[str]) -> str:
        return ", ".join(self.link(iri) for iri in iris)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
