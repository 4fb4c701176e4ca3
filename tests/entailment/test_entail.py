"""What follows from a graph, whichever rule concludes it."""

from __future__ import annotations

from entailed import concluded, merged, short
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from meagraph import entailment
from meagraph.entailment import entail, undated
from meagraph.namespaces import ONTOLOGY, OWL, PREFIXES, RDF, RDFS, compact
from meagraph.project import Project

TYPE = NamedNode(RDF + "type")
SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
CLASS = NamedNode(OWL + "Class")
THING = NamedNode(OWL + "Thing")


def test_an_individual_has_the_superclasses_of_its_class_up_to_the_top() -> None:
    assert concluded(":B rdfs:subClassOf :A . :C rdfs:subClassOf :B . :x a :C .") == {
        ":x rdf:type :A",
        ":x rdf:type :B",
    }


def test_what_a_file_states_is_not_entailed_again() -> None:
    assert concluded(":B rdfs:subClassOf :A . :x a :B , :A .") == set()


def test_owl_thing_and_restrictions_are_not_given_as_classes() -> None:
    assert concluded(":B rdfs:subClassOf owl:Thing , [ a owl:Restriction ] . :x a :B .") == set()


def test_terms_of_the_ontology_get_no_types_but_concepts_do() -> None:
    turtle = """
        owl:ObjectProperty rdfs:subClassOf rdf:Property . :p a owl:ObjectProperty .
        :Topic rdfs:subClassOf skos:Concept . :mercury a :Topic ."""
    assert concluded(turtle) == {":mercury rdf:type skos:Concept"}


def test_what_is_said_with_a_property_is_said_with_those_above_it() -> None:
    turtle = """
        mea:acronym rdfs:subPropertyOf skos:altLabel . skos:altLabel rdfs:subPropertyOf :name .
        :x mea:acronym "OEWG" . :Term a owl:Class ; mea:acronym "T" ."""
    assert concluded(turtle) == {':x skos:altLabel "OEWG"', ':x :name "OEWG"'}


def test_days_give_bounds_and_a_start_and_an_end() -> None:
    assert concluded(':m mea:when "2024-06-11/2024-06-13"^^edtf:EDTF .') == {
        ':m mea:earliest "2024-06-11"',
        ':m mea:latest "2024-06-13"',
        ':m schema:startDate "2024-06-11"',
        ':m schema:endDate "2024-06-13"',
    }


def test_a_month_gives_bounds_but_neither_start_nor_end() -> None:
    assert concluded(':m mea:when "2025-09"^^edtf:EDTF .') == {
        ':m mea:earliest "2025-09-01"',
        ':m mea:latest "2025-09-30"',
    }


def test_by_june_has_a_latest_day_only() -> None:
    assert concluded(':m mea:when "../2026-06"^^edtf:EDTF .') == {':m mea:latest "2026-06-30"'}


def test_the_most_precise_of_several_values_dates_a_thing() -> None:
    found = concluded(':m mea:when "2024"^^edtf:EDTF , "2024-06-11"^^edtf:EDTF .')
    assert ':m mea:earliest "2024-06-11"' in found
    assert ':m mea:earliest "2024-01-01"' not in found


def test_values_that_exclude_each_other_give_no_date_and_are_found() -> None:
    turtle = (
        ':m mea:when "2023"^^edtf:EDTF , "2024-06"^^edtf:EDTF . :n mea:when "2024"^^edtf:EDTF .'
    )
    store = merged(turtle)
    concluded_triples = entail(store)
    assert {str(triple.subject) for triple in concluded_triples} == {"<http://e/n>"}
    store.extend(Quad(t.subject, t.predicate, t.object) for t in concluded_triples)
    assert undated(store) == ["http://e/m"]


def test_a_value_that_is_no_date_keeps_no_other_from_being_read() -> None:
    turtle = ':m mea:when "soon"^^edtf:EDTF . :n mea:when "2024"^^edtf:EDTF .'
    assert concluded(turtle) == {':n mea:earliest "2024-01-01"', ':n mea:latest "2024-12-31"'}


def test_what_happened_during_a_period_lies_within_its_bounds() -> None:
    turtle = ':a mea:duringPeriod :p . :p mea:when "2023-12-01/2025-06-30"^^edtf:EDTF .'
    assert {fact for fact in concluded(turtle) if fact.startswith(":a")} == {
        ':a mea:earliest "2023-12-01"',
        ':a mea:latest "2025-06-30"',
    }


def test_a_date_of_its_own_goes_before_the_period() -> None:
    turtle = """:a mea:duringPeriod :p ; mea:when "2024-05"^^edtf:EDTF .
        :p mea:when "2023/2025"^^edtf:EDTF ."""
    assert {fact for fact in concluded(turtle) if fact.startswith(":a")} == {
        ':a mea:earliest "2024-05-01"',
        ':a mea:latest "2024-05-31"',
    }


def test_who_is_listed_as_a_member_is_one_and_other_lists_make_none() -> None:
    turtle = """
        :l mea:listOf :iomc ; mea:itemRole role:participating-organisation ; mea:item :who , :ilo .
        :k mea:listOf :net ; mea:itemRole role:observer ; mea:item :x ."""
    assert concluded(turtle) == {":who mea:memberOf :iomc", ":ilo mea:memberOf :iomc"}


def test_a_membership_that_is_only_planned_makes_no_member() -> None:
    turtle = """
        :m a mea:Membership ; mea:member :x ; mea:memberIn :g ; mea:status status:ongoing .
        :n a mea:Membership ; mea:member :y ; mea:memberIn :g .
        :o a mea:Membership ; mea:member :z ; mea:memberIn :g ; mea:status status:planned ."""
    assert concluded(turtle) == {":x mea:memberOf :g", ":y mea:memberOf :g"}


def test_conclusions_are_premises_of_other_rules() -> None:
    turtle = """
        mea:memberOf rdfs:subPropertyOf :partOf . :Full rdfs:subClassOf mea:Membership .
        :m a :Full ; mea:member :x ; mea:memberIn :g ."""
    assert {":x mea:memberOf :g", ":x :partOf :g"} <= concluded(turtle)


def test_an_activity_involves_its_agents_in_whatever_role() -> None:
    turtle = """
        :a mea:hasParticipation :p , :q . :p mea:agent :x ; mea:role role:observer .
        :q mea:agent :y ."""
    assert concluded(turtle) == {
        ":a mea:involves :x",
        ":a mea:involves :y",
        ":x rdf:type mea:Agent",
        ":y rdf:type mea:Agent",
    }


def test_an_observer_is_no_member() -> None:
    turtle = """
        :a a mea:Membership ; mea:member :x ; mea:memberIn :g ; mea:role role:observer .
        :b a mea:Membership ; mea:member :y ; mea:memberIn :g ; mea:role role:member ."""
    assert concluded(turtle) == {":y mea:memberOf :g"}


def test_a_part_without_a_time_lies_within_the_nearest_whole_that_has_one() -> None:
    turtle = """
        :session schema:superEvent :part . :part schema:superEvent :meeting .
        :part mea:when "2020-09-21/2020-09-25"^^edtf:EDTF . :meeting mea:when "2020"^^edtf:EDTF ."""
    assert {each for each in concluded(turtle) if each.startswith(":session")} == {
        ':session mea:earliest "2020-09-21"',
        ':session mea:latest "2020-09-25"',
    }


def test_a_whole_gets_no_time_from_its_parts_nor_a_circle_any() -> None:
    turtle = """
        :part schema:superEvent :meeting ; mea:when "2020"^^edtf:EDTF .
        :a schema:superEvent :b . :b schema:superEvent :a ."""
    assert {each.split()[0] for each in concluded(turtle)} == {":part"}


def test_a_reading_is_of_the_passage_that_its_path_names() -> None:
    store = merged("")
    for folder in ("readings", "documents"):
        graph = NamedNode(
            f"{PREFIXES['documents'].removesuffix('documents/')}{folder}/d/annex-1/24"
        )
        concerns = NamedNode(ONTOLOGY + "concerns")
        triple = (NamedNode(f"http://e/{folder}"), concerns, NamedNode("http://e/x"))
        store.add(Quad(*triple, graph))
        store.add(Quad(*triple, DefaultGraph()))
    assert [short(triple) for triple in entail(store)] == [
        "http://e/readings mea:readingOf documents:d/annex-1/24".replace("http://e/", ":")
    ]


def test_a_passage_is_named_by_its_document_and_its_label() -> None:
    turtle = """
        :d mea:shortTitle "COP-6 note" . :p dcterms:isPartOf :d ; mea:label "annex-1/24" ."""
    assert concluded(turtle) == {':p rdfs:label "COP-6 note annex-1/24"@en'}


def test_nothing_is_concluded_about_blank_nodes() -> None:
    turtle = """:B rdfs:subClassOf :A . :p rdfs:subPropertyOf :q . [] a :B . :x :p [] , :y ."""
    assert concluded(turtle) == {":x :q :y"}


def test_the_order_of_conclusions_is_always_the_same() -> None:
    lines = [f':m{n} mea:when "20{n:02}"^^edtf:EDTF .' for n in range(20)]
    assert entail(merged("\n".join(lines))) == entail(merged("\n".join(reversed(lines))))


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [rule.name for rule in entailment.RULES]
    assert len(names) == len(set(names))


def test_what_belongs_to_the_rules_alone_is_defined(project: Project) -> None:
    ontology = (project.ontology / "meagraph.ttl").read_text(encoding="utf-8")
    for iri in entailment.ONLY_DERIVED:
        assert f"{compact(iri)} a owl:" in ontology


CLASSES = [NamedNode(f"http://e/C{n}") for n in range(4)]
PROPERTIES = [NamedNode(f"http://e/p{n}") for n in range(4)]
TRANSITIVE = NamedNode(OWL + "TransitiveProperty")
THINGS = [NamedNode(f"http://e/x{n}") for n in range(3)]

triples = st.one_of(
    st.builds(
        Triple,
        st.sampled_from(CLASSES),
        st.just(SUBCLASS_OF),
        st.sampled_from([*CLASSES, THING]),
    ),
    st.builds(
        Triple, st.sampled_from(PROPERTIES), st.just(SUBPROPERTY_OF), st.sampled_from(PROPERTIES)
    ),
    st.builds(Triple, st.sampled_from(PROPERTIES), st.just(TYPE), st.just(TRANSITIVE)),
    st.builds(
        Triple,
        st.sampled_from([*THINGS, CLASSES[0]]),
        st.just(TYPE),
        st.sampled_from([*CLASSES, CLASS]),
    ),
    st.builds(
        Triple,
        st.sampled_from([*THINGS, CLASSES[0]]),
        st.sampled_from(PROPERTIES),
        st.sampled_from(THINGS),
    ),
)


def naive(stated: set[Triple]) -> set[Triple]:
    """Two rules of RDF Schema and one of OWL 2 RL, one step at a time until nothing changes."""
    transitive = {t.subject for t in stated if t.object == TRANSITIVE}
    terms = {t.subject for t in stated if t.predicate == TYPE and t.object == CLASS}
    known = set(stated)
    while True:
        new = {
            Triple(fact.subject, TYPE, axiom.object)
            for axiom in known
            if axiom.predicate == SUBCLASS_OF and axiom.object != THING
            for fact in known
            if fact.predicate == TYPE and fact.object == axiom.subject
        } | {
            Triple(fact.subject, axiom.object, fact.object)
            for axiom in known
            if axiom.predicate == SUBPROPERTY_OF and isinstance(axiom.object, NamedNode)
            for fact in known
            if fact.predicate == axiom.subject
        }
        chained = {
            Triple(first.subject, first.predicate, then.object)
            for first in known
            if first.predicate in transitive
            for then in known
            if then.predicate == first.predicate and then.subject == first.object
        }
        new = {triple for triple in new if triple.subject not in terms} | chained
        new -= known
        if not new:
            return known - stated
        known |= new


@given(st.sets(triples, max_size=14))
@settings(max_examples=300, deadline=None)
def test_the_rules_on_terms_agree_with_a_naive_closure(stated: set[Triple]) -> None:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in stated)
    found = entail(store)
    assert set(found) == naive(stated)
    assert len(found) == len(set(found))
