from __future__ import annotations

import re

import pytest
from page_reader import Page
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from meagraph.evidence import cite
from meagraph.export.ontology.commentary import commentary
from meagraph.export.ontology.page import page
from meagraph.export.ontology.style import STYLE
from meagraph.export.ontology.terms import Vocabulary, anchor
from meagraph.graph import build
from meagraph.namespaces import DCTERMS, ONTOLOGY, PREFIXES, RDF, SKOS
from meagraph.project import Project


@pytest.fixture(scope="module")
def text(store: Store, project: Project) -> str:
    return page(store, project).decode()


@pytest.fixture(scope="module")
def vocabulary(store: Store, project: Project) -> Vocabulary:
    return Vocabulary(store, commentary(project))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_each_term_has_its_section_with_label_definition_and_example(
    ours: Page, vocabulary: Vocabulary
) -> None:
    assert len(vocabulary.terms) > 150
    for iri, term in vocabulary.terms.items():
        said = flat(ours.texts[term.anchor])
        assert term.label in said
        if term.ours:
            assert vocabulary.facts.text(iri, SKOS + "definition") in said
            assert vocabulary.facts.text(iri, SKOS + "example") in said


def test_a_term_of_ours_stands_at_the_fragment_of_its_iri(
    ours: Page, store: Store, text: str
) -> None:
    defined = NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")
    terms = {q.subject.value for q in store.quads_for_pattern(None, defined, None, None)}  # type: ignore[union-attr]
    assert len(terms) > 100
    articles = {found["id"] for tag, found in ours.elements if tag == "article"}
    assert {iri.partition("#")[2] for iri in terms} <= articles
    assert "schema-superEvent" in articles


def test_each_term_of_ours_cites_its_source_as_the_rest_of_the_software_does(
    ours: Page, vocabulary: Vocabulary, store: Store
) -> None:
    for iri, term in vocabulary.terms.items():
        for one in cite(store, vocabulary.facts.values(iri, DCTERMS + "source")).values():
            assert one.name in ours.texts[term.anchor]


def test_each_concept_has_its_place_and_meaning(ours: Page, store: Store) -> None:
    concept = NamedNode(SKOS + "Concept")
    of_type = store.quads_for_pattern(None, NamedNode(RDF + "type"), concept, None)
    concepts = {quad.subject.value for quad in of_type}  # type: ignore[union-attr]
    assert len(concepts) > 100
    for iri in concepts:
        said = ours.texts[anchor(iri)]
        definition = NamedNode(SKOS + "definition")
        for quad in store.quads_for_pattern(NamedNode(iri), definition, None, None):
            assert flat(quad.object.value) in flat(said)  # type: ignore[union-attr]


def test_examples_are_statements_of_the_data(store: Store, text: str, ours: Page) -> None:
    """What a reader copies is Turtle, and each of its triples stands in the graph."""
    from html import unescape

    shown = re.findall(
        r"<figcaption>(.*?)</figcaption>\n<pre><code>(.*?)</code></pre>", text, re.DOTALL
    )
    assert len(shown) > 200
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    for caption, snippet in shown:
        turtle = unescape(re.sub(r"<[^>]+>", "", snippet))
        places = [link.partition("#")[0] for link in re.findall(r'href="([^"]+)"', caption)]
        places += ["https://w3id.org/meagraph/graphs/entailed"]
        found = []
        for place in places:
            head = f"{prefixes}PREFIX this: <{place}#>\n"
            found.append([quad.triple for quad in parse(head + turtle, RdfFormat.TURTLE)])
        assert any(
            triples and all(Quad(*triple, None) in store for triple in triples)  # type: ignore[misc]
            for triples in found
        ), turtle


def test_an_example_stands_in_the_passage_that_is_cited(store: Store, ours: Page) -> None:
    said = flat(ours.texts["whenAsStated"])
    assert "From the data: stated in COP-6 note annex-1/24" in said
    assert 'meetings:prtr-round-table-4 mea:whenAsStated "21-20 November 2024" .' in said


def test_every_link_within_the_page_has_its_target(ours: Page) -> None:
    inside = [link[1:] for link in ours.links if link.startswith("#")]
    assert len(inside) > 1000
    assert set(inside) <= set(ours.ids)


def test_every_place_is_there_once(ours: Page) -> None:
    assert len(ours.ids) == len(set(ours.ids))


def test_links_elsewhere_are_addresses_or_files_of_the_export(
    ours: Page, store: Store, project: Project
) -> None:
    from meagraph.export.ontology import files

    names = {*files(store, project), "./"}
    for link in ours.links:
        assert link.startswith(("#", "https://", "http://")) or link in names, link
    assert names - {"ontology.html"} <= set(ours.links)


def test_nothing_is_loaded_from_anywhere(ours: Page, text: str) -> None:
    loading = {"src", "srcset", "data", "background", "poster", "action"}
    for tag, found in ours.elements:
        assert tag not in {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
        assert not loading & set(found), tag
        assert not any(name.startswith("on") for name in found), tag
        assert "style" not in found
    assert "url(" not in text
    assert "@import" not in text


def test_headings_are_in_order(ours: Page) -> None:
    assert ours.headings[0] == 1
    assert ours.headings.count(1) == 1
    for before, after in zip(ours.headings, ours.headings[1:], strict=False):
        assert after <= before + 1


def test_the_page_has_landmarks_and_a_way_past_the_contents(ours: Page) -> None:
    tags = [tag for tag, _ in ours.elements]
    for landmark in ("header", "nav", "main"):
        assert tags.count(landmark) == 1
    assert ours.links[0] == "#part-content"
    labelled = {
        found["aria-labelledby"] for _, found in ours.elements if "aria-labelledby" in found
    }
    assert {place for names in labelled for place in names.split()} <= set(ours.ids)


def test_tables_have_captions_and_heads_say_what_they_are_of(ours: Page) -> None:
    tags = [tag for tag, _ in ours.elements]
    assert tags.count("caption") == tags.count("table") > 5
    heads = [found for tag, found in ours.elements if tag == "th"]
    assert all(found.get("scope") in ("col", "row") for found in heads)


def test_bytes_are_equal_twice(store: Store, project: Project, text: str) -> None:
    assert page(store, project).decode() == text
    assert page(build(project), project).decode() == text


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_is_told_from_its_ground(theme: int) -> None:
    themes = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#\w{6})", themes[theme]))
    for ground in ("paper", "panel"):
        for ink in ("ink", "quiet", "link", "alarm"):
            light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])))[::-1]
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_markup_in_labels_is_text(awkward: Project, small: Store) -> None:
    made = Page(page(small, awkward).decode())
    tags = {tag for tag, _ in made.elements}
    assert not tags & {"script", "b", "i"}
    assert '</p><script>alert(1)</script> & "said"' in made.texts["Meeting"]
    assert "Gatherings & <i>others</i>" in made.texts["part-content"]
    assert "mercury & <more>" in made.texts["topic-mercury"]
    assert not any(link.startswith("javascript") for link in made.links)


def test_an_ontology_that_is_little_more_than_names_has_a_page(
    awkward: Project, small: Store
) -> None:
    made = Page(page(small, awkward).decode())
    assert {link[1:] for link in made.links if link[0] == "#"} <= set(made.ids)
    assert len(made.ids) == len(set(made.ids))
    assert "mea:Bare" in made.texts["Bare"]


def test_a_page_of_next_to_nothing(awkward: Project) -> None:
    for path in awkward.root.rglob("*.ttl"):
        path.unlink()
    (awkward.ontology / "meagraph.ttl").write_text("")
    made = Page(page(build(awkward), awkward).decode())
    assert "How the model hangs together" in made.texts["part-content"]


def test_what_is_no_longer_to_be_used_says_what_to_use(awkward: Project, small: Store) -> None:
    made = Page(page(small, awkward).decode())
    assert "No longer to be used. Use meeting instead." in flat(made.texts["Session"])
    assert "No longer" not in made.texts["Meeting"]


def test_a_term_that_the_data_do_not_use_says_so(awkward: Project, small: Store) -> None:
    made = Page(page(small, awkward).decode())
    assert "The data do not use this term yet." in made.texts["Session"]
    assert "From the data" not in made.texts["Session"]
    assert "The data do not use this term yet." not in made.texts["about"]


def test_an_alignment_is_told_with_its_reason(awkward: Project, small: Store) -> None:
    said = flat(Page(page(small, awkward).decode()).texts["Meeting"])
    assert "close to org:OrganizationBecause a <meeting> is no organisation." in said
    assert "a kind of org:ChangeEvent" in said
    assert "org:ChangeEventBecause" not in said


def test_classes_in_a_circle_are_each_named(awkward: Project, small: Store) -> None:
    vocabulary = Vocabulary(small, commentary(awkward))
    assert vocabulary.above(ONTOLOGY + "Meeting")[-1] == ONTOLOGY + "Thing"
    made = Page(page(small, awkward).decode())
    assert "Meeting" in made.ids
    assert "Thing" in made.ids


def test_properties_of_wider_classes_are_told_apart(awkward: Project, small: Store) -> None:
    said = flat(Page(page(small, awkward).decode()).texts["Meeting"])
    assert "From wider termsabout (of thing)" in said
    assert "Also usedstated as" in said


def test_no_name_of_a_term_can_be_the_place_of_something_else(ours: Page) -> None:
    """Fragments of ours are letters and digits only; all other places have a sign more."""
    own = {found["id"] for tag, found in ours.elements if tag == "article"}
    for place in set(ours.ids) - own:
        assert not place.isalnum(), place
