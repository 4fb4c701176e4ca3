"""What is found by a few words, in which order, and what is told of it."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Store
from searched import NOTE, iri, loaded, names

from meagraph.errors import UnusableInput
from meagraph.search import Index, hits_as_table, search
from meagraph.tables import render


@pytest.mark.parametrize(
    ("text", "name", "matched"),
    [
        ("panel", "bodies:spp-oewg", "label"),
        ("planetgold", "programmes:planet-gold", "other name"),
        ("2030", "programmes:planet-gold", "remark"),
        ("OEWG-12", "meetings:basel-oewg-12", "acronym"),
        ("UNEP/MC/COP.6/INF/2", "documents:unep-2", "symbol"),
        ('"works on wastes"', "bodies:basel-oewg", "literal form"),
        ("31 november", "https://w3id.org/meagraph/readings/note/3#odd", "literal form"),
        ("thirty", "https://w3id.org/meagraph/readings/note/3#odd", "reason"),
        ("less trade", "3#trade", "description"),
        ("mercury small", "topic:gold-mining", "description"),
        ("yaounde", "places:yaounde", "label"),
        ("YAOUNDÉ", "places:yaounde", "label"),
        ("spp", "bodies:spp-oewg", "slug"),
        ("gatehouse", "systems:portal", "former name"),
        ("portcullis", "systems:portal", "former name"),
    ],
)
def test_a_thing_is_found_by_any_of_its_texts(
    index: Index, text: str, name: str, matched: str
) -> None:
    first = index.search(text)[0]
    assert (first.iri, first.matched) == (iri(name), matched)


@pytest.mark.parametrize(
    "text",
    ["drawbridge", "flood", "xyzzy", "ontology", "gone"],
)
def test_what_was_withdrawn_and_what_stands_nowhere_is_not_found(index: Index, text: str) -> None:
    assert index.search(text) == []


def test_words_are_found_by_their_stems_and_the_last_by_its_beginning(index: Index) -> None:
    gold = {iri("topic:gold-mining"), iri("programmes:planet-gold"), iri("2#mines")}
    for text in ("gold mining", "golds mine", "gold min", "gold minin", "mines gold"):
        assert gold <= set(names(index.search(text))), text
    assert names(index.search("yaou")) == [iri("places:yaounde")]
    assert index.search("mini gold")[0].missing == ("mini",)  # not the last word


def test_a_word_as_typed_goes_before_a_longer_one() -> None:
    store = loaded(
        'topic:a skos:prefLabel "tradescantia" . topic:b skos:prefLabel "the trade in a mineral" .'
    )
    assert names(search(store, "trade")) == [iri("topic:b"), iri("topic:a")]


def test_the_number_of_a_symbol_is_not_the_beginning_of_another(index: Index) -> None:
    assert names(index.search("UNEP/MC/COP.6/INF/2")) == [iri("documents:unep-2")]


def test_a_phrase_in_quotes_keeps_its_order(index: Index) -> None:
    assert iri("programmes:planet-gold") in names(index.search('"gold mines"'))
    found = index.search('"mines gold" partnership')
    assert all(hit.missing == ("mines gold",) for hit in found)
    assert names(index.search("“gold mines” partnership")) == names(
        index.search('partnership "gold mines"')
    )


def test_all_words_may_be_spread_over_the_texts_of_a_thing(index: Index) -> None:
    hit = index.search("planetgold 2030 partnership")[0]
    assert (hit.iri, hit.missing) == (iri("programmes:planet-gold"), ())


def test_the_name_of_a_class_is_a_word_like_others(index: Index) -> None:
    assert names(index.search("basel meeting")) == [iri("meetings:basel-oewg-12")]


def test_two_common_words_go_before_a_rare_one() -> None:
    labels = ["quicksilver", "a long label on talks on a treaty"]
    labels += [f"{word} {number}" for word in ("talks", "treaty") for number in range(6)]
    labels += [f"matter {number}" for number in range(60)]
    things = enumerate(labels)
    store = loaded(" ".join(f'bodies:b{n} rdfs:label "{label}" .' for n, label in things))
    hits = search(store, "quicksilver talks treaty")
    assert [hit.missing for hit in hits[:2]] == [("quicksilver",), ("talks", "treaty")]


def test_where_nothing_has_all_words_those_with_more_go_first(index: Index) -> None:
    hits = index.search("treaty trade xyzzy")
    assert (hits[0].iri, hits[0].missing) == (iri("3#trade"), ("xyzzy",))
    both = index.search("treaty talks panel")
    assert [(hit.iri, hit.missing) for hit in both[:2]] == [
        (iri("3#trade"), ("panel",)),
        (iri("bodies:spp-oewg"), ("treaty", "talks")),
    ]


@pytest.mark.parametrize("text", ["OEWG", "oewg", '"OEWG"', " oewg "])
def test_an_acronym_goes_first_and_each_body_that_has_it(index: Index, text: str) -> None:
    hits = index.search(text)
    assert set(names(hits)[:2]) == {iri("bodies:basel-oewg"), iri("bodies:spp-oewg")}
    assert iri("meetings:basel-oewg-12") in names(hits)[2:]
    assert hits[0].score == hits[1].score > hits[2].score


def test_an_acronym_goes_before_the_word_that_it_looks_like(index: Index) -> None:
    hits = index.search("WHO")
    assert [(hit.iri, hit.matched) for hit in hits] == [
        (iri("bodies:basel-oewg"), "acronym"),
        (iri("10#who"), "label"),
    ]


def test_what_is_called_so_goes_before_what_says_it_oftener() -> None:
    store = loaded(
        """bodies:a rdfs:label "ECE ECE ECE" . bodies:b rdfs:label "ECE" .
        bodies:c mea:acronym "ECE" ; rdfs:label "Commission" .
        bodies:d dcterms:identifier "ECE" ; rdfs:label "Paper" .
        <https://w3id.org/meagraph/documents/note/1#e> mea:acronym "ECE" ."""
    )
    hits = search(store, "ece")
    assert names(hits) == [
        iri(name) for name in ("bodies:c", "bodies:d", "1#e", "bodies:b", "bodies:a")
    ]
    assert hits[2].score > hits[3].score > hits[4].score


def test_a_symbol_goes_before_what_speaks_of_it(index: Index) -> None:
    hits = index.search("unep/mc/cop.6/inf/29")
    assert names(hits) == [iri("documents:unep-29"), iri("documents:unep-2")]


@pytest.mark.parametrize("text", ["gold mines", "partnership for gold mines", "partnership"])
def test_of_two_things_with_the_same_text_the_record_goes_first(index: Index, text: str) -> None:
    found = names(index.search(text))
    assert found.index(iri("programmes:planet-gold")) < found.index(iri("2#mines"))


def test_having_more_texts_costs_a_thing_nothing() -> None:
    wordy = " , ".join(f'"remark {number} of many about other matters"' for number in range(60))
    store = loaded(
        f"""bodies:b rdfs:label "Waste panel" ; mea:remark {wordy} .
        <{NOTE}/1#c> rdfs:label "Waste panel" ."""
    )
    assert names(search(store, "waste")) == [iri("bodies:b"), iri("1#c")]


def test_a_label_weighs_more_than_a_name_a_literal_form_and_a_remark() -> None:
    store = loaded(
        """bodies:a mea:remark "amalgam here" . bodies:b mea:statedAs "amalgam here" .
        bodies:c skos:altLabel "amalgam here" . bodies:d rdfs:label "amalgam here" ."""
    )
    assert names(search(store, "amalgam")) == [iri(f"bodies:{slug}") for slug in "dcba"]


def test_scores_fall_and_no_more_hits_come_than_asked_for(index: Index) -> None:
    hits = index.search("working group of the basel convention")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0
    assert index.search("working group of the basel convention", limit=1) == hits[:1]
    with pytest.raises(UnusableInput, match="limit"):
        index.search("basel", limit=0)


def test_a_hit_tells_its_class_and_the_passages_in_order(index: Index) -> None:
    programme = next(
        hit for hit in index.search("planetgold") if hit.iri == iri("programmes:planet-gold")
    )
    assert (programme.label, programme.kind) == ("Partnership for gold mines", "programme")
    assert programme.passages == (iri("2"), iri("3"), iri("10"))
    assert programme.passage_count == 3
    claim = index.search("treaty")[0]
    assert (claim.kind, claim.passages) == ("activity", (iri("3"),))
    reading = index.search("thirty")[0]
    assert (reading.kind, reading.passages) == ("defect of the source", (iri("3"),))
    passage = index.search("Note 10")[0]
    assert (passage.iri, passage.kind, passage.passages) == (iri("10"), "passage", (iri("10"),))


def test_the_class_that_a_file_states_is_told_and_not_those_above_it(index: Index) -> None:
    mines = next(hit for hit in index.search("gold mines") if hit.iri == iri("2#mines"))
    assert mines.kind == "cooperation activity"


def test_a_claim_is_found_by_its_topic(index: Index) -> None:
    found = {hit.iri: hit for hit in index.search("gold mining")}
    assert (found[iri("10#who")].matched, found[iri("10#who")].snippet) == (
        "topic",
        "«gold mining»",
    )
    assert names(index.search("gold mining"))[0] == iri("topic:gold-mining")


@pytest.mark.parametrize(
    "kind", ["activity", "Activity", "mea:Activity", "https://w3id.org/meagraph/ontology#Activity"]
)
def test_kinds_keep_a_class_and_those_below_it(index: Index, kind: str) -> None:
    found = index.search("gold mining", kinds=[kind])
    assert set(names(found)) == {iri("2#mines"), iri("10#who")}
    both = index.search("gold mining", kinds=[kind, "programme"])
    assert set(names(both)) == {*names(found), iri("programmes:planet-gold")}
    assert names(index.search("OEWG", kinds=["meeting"])) == [iri("meetings:basel-oewg-12")]


def test_a_class_that_there_is_not_is_refused_with_the_nearest(index: Index) -> None:
    with pytest.raises(UnusableInput, match="meting") as caught:
        index.search("gold", kinds=["meting"])
    assert "meeting" in (caught.value.hint or "")


def test_a_snippet_marks_the_words_and_cuts_what_is_long() -> None:
    text = " ".join(["before"] * 60 + ["gold", "mining", "and", "mercury"] + ["after"] * 60)
    store = loaded(f'bodies:b mea:remark "{text}" ; rdfs:label "Something" .')
    shown = search(store, "mercury gold mining")[0].snippet
    assert "«gold mining» and «mercury»" in shown
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert len(shown) < 230


def test_control_signs_in_a_text_reach_nobody() -> None:
    store = loaded(r'bodies:b rdfs:label "gold\u0002 and \u001B[31m mercury" .')
    hit = search(store, "gold")[0]
    assert hit.snippet == "«gold» and [31m mercury"
    assert hit.label.isprintable()


class Counted:
    """A graph that gives answers to queries and nothing else, as a remote one, and counts them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.count = 0

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> object:
        self.count += 1
        return self.store.query(query, prefixes=prefixes)

    def quads_for_pattern(self, *pattern: object) -> object:
        raise AssertionError("asked thing by thing")

    def __contains__(self, quad: object) -> bool:
        raise AssertionError("asked thing by thing")


def test_a_remote_graph_is_asked_a_few_queries_and_only_once(small: Store, index: Index) -> None:
    remote = Counted(small)
    far = Index(remote)  # type: ignore[arg-type]
    assert far.search("gold mining") == index.search("gold mining")
    assert remote.count <= 10
    asked = remote.count
    far.search("waste")
    assert remote.count == asked


def test_hits_as_a_table_have_a_row_each_in_order(index: Index) -> None:
    hits = index.search("gold mines")
    table = hits_as_table(hits, "gold mines", {iri("2"): "Note 2"})
    assert table.column("thing") == [NamedNode(hit.iri) for hit in hits]
    assert table.column("stated") == [Literal(hit.passage_count) for hit in hits]
    assert table.column("passages")[0] == tuple(map(NamedNode, hits[0].passages))
    text = render(table.select(["thing", "passages"]), "table")
    assert "Partnership for gold mines" in str(text)
    assert "Note 2" in str(text)
