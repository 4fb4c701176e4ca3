from __future__ import annotations

from pyoxigraph import Store

from meagraph.export.ontology.commentary import commentary
from meagraph.export.ontology.examples import Example, Examples
from meagraph.export.ontology.snippets import snippet
from meagraph.export.ontology.terms import Vocabulary
from meagraph.export.ontology.usage import Usage
from meagraph.graph import build
from meagraph.namespaces import BASE, ENTAILED_GRAPH, ONTOLOGY, PREFIXES
from meagraph.project import Project


def example(store: Store, project: Project, name: str) -> Example | None:
    vocabulary = Vocabulary(store, commentary(project))
    return Examples(store, vocabulary.facts).of(vocabulary.terms[ONTOLOGY + name])


def test_what_the_written_example_names_goes_first(awkward: Project, small: Store) -> None:
    found = example(small, awkward, "Meeting")
    assert found is not None
    assert found.graph == BASE + "meetings/b"
    assert found.kind == "supplied"
    assert found.passages == (BASE + "documents/note/2",)


def test_else_the_first_passage_of_the_document(awkward: Project, small: Store) -> None:
    found = example(small, awkward, "statedAs")
    assert found is not None
    assert found.graph == BASE + "documents/note/1"
    assert found.kind == "stated"
    assert found.passages == (found.graph,)


def test_a_passage_goes_before_a_record(awkward: Project) -> None:
    record = awkward.root / "data/meetings/a.ttl"
    record.write_text(record.read_text().replace(" .", ' ; mea:statedAs "in the record" .'))
    found = example(build(awkward), awkward, "statedAs")
    assert found is not None
    assert found.kind == "stated"


def test_what_follows_cites_what_it_follows_from(store: Store, project: Project) -> None:
    found = example(store, project, "cooperatesWith")
    assert found is not None
    assert found.kind == "entailed"
    assert found.passages
    ends = {str(found.triples[0].subject), str(found.triples[0].object)}
    assert ends == {
        f"<{PREFIXES['organisations']}{name}>" for name in ("unep", "minamata-secretariat")
    }


def test_a_long_text_is_no_example_where_there_is_a_short_one(awkward: Project) -> None:
    passage = awkward.root / "data/documents/note/1.ttl"
    passage.write_text(passage.read_text().replace("in the first", "x" * 5000))
    found = example(build(awkward), awkward, "statedAs")
    assert found is not None
    assert found.graph == BASE + "documents/note/2"


def test_names_of_things_are_remarks_that_end_with_the_line(awkward: Project, small: Store) -> None:
    found = example(small, awkward, "about")
    assert found is not None
    labels = {BASE + "meetings/a": "A\nB # C " + "long " * 100}
    shown = snippet(found.triples, found.graph, labels)
    assert [line.turtle for line in shown] == [
        "meetings:b mea:about topic:mercury ;",
        "    mea:about meetings:a .",
    ]
    assert shown[1].comment.startswith("A B # C long")
    assert shown[1].comment.endswith("…")
    assert len(shown[1].comment) <= 60


def test_names_that_turtle_cannot_shorten_are_written_out(store: Store) -> None:
    from meagraph.export.ontology.snippets import turtle_name

    assert turtle_name(BASE + "meetings/a.") == f"<{BASE}meetings/a.>"
    assert turtle_name(BASE + "documents/unep-mc-cop.6") == "documents:unep-mc-cop.6"
    assert turtle_name(BASE + "documents/note/1#x", BASE + "documents/note/1") == "this:x"


def test_counts_are_those_of_the_merge(store: Store) -> None:
    usage = Usage(store)
    asked = f"SELECT (COUNT(*) AS ?n) {{ ?s <{ONTOLOGY}role> ?o }}"
    (row,) = store.query(asked)  # type: ignore[misc]
    assert usage.statements[ONTOLOGY + "role"] == int(row["n"].value)
    asked = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{ONTOLOGY}Activity> }}"
    (row,) = store.query(asked)  # type: ignore[misc]
    assert usage.things[ONTOLOGY + "Activity"] == int(row["n"].value)


def test_a_concept_is_counted_for_what_files_state(awkward: Project, small: Store) -> None:
    usage = Usage(small)
    assert usage.values[PREFIXES["topic"] + "mercury"] == 1
    assert usage.values[PREFIXES["topic"] + "metals"] == 0


def test_what_follows_from_a_use_is_no_further_use(store: Store) -> None:
    """Of a topic follows ``dcterms:subject``, of a status the latest one."""
    gold = PREFIXES["topic"] + "gold-mining"
    asked = (
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p { GRAPH ?g { ?s ?p <%s> } "
        "FILTER (?g != <%s>) } }"
    )
    (row,) = store.query(asked % (gold, ENTAILED_GRAPH))  # type: ignore[misc]
    assert Usage(store).values[gold] == int(row["n"].value) > 0
