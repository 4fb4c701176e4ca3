"""A name is replaced where it is a name, and nowhere else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from meagraph.entries.rewriting import Change, prose, rewrite, with_successor
from meagraph.namespaces import BASE, CONCEPTS, ONTOLOGY

KIND = Change(ONTOLOGY + "kind", ONTOLOGY + "sort")
MEA = f"@prefix mea: <{ONTOLOGY}> .\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("mea:x mea:kind mea:y .", "mea:x mea:sort mea:y ."),
        ("mea:kind mea:kind mea:kind.", "mea:sort mea:sort mea:sort."),
        (f"<{ONTOLOGY}kind> a mea:x .", f"<{ONTOLOGY}sort> a mea:x ."),
        ('mea:x mea:y "mea:kind" . # mea:kind', 'mea:x mea:y "mea:kind" . # mea:kind'),
        ('mea:x mea:y """\nmea:kind""" .', 'mea:x mea:y """\nmea:kind""" .'),
        ("mea:kindOf mea:x-kind mea:kind-x .", "mea:kindOf mea:x-kind mea:kind-x ."),
        ('mea:x mea:y "1"^^mea:kind .', 'mea:x mea:y "1"^^mea:sort .'),
        ("[ mea:kind ( mea:kind ) ] a mea:x .", "[ mea:sort ( mea:sort ) ] a mea:x ."),
    ],
)
def test_names_change_and_words_stay(before: str, after: str) -> None:
    assert rewrite(MEA + before, KIND).text == MEA + after


def test_a_prefix_means_what_the_file_says_it_means() -> None:
    text = f"PREFIX mea: <http://other.org/>\nPREFIX m: <{ONTOLOGY}>\nmea:kind m:kind mea:kind .\n"
    assert rewrite(text, KIND).text == text.replace("m:kind mea", "m:sort mea")


def test_a_namespace_that_no_longer_fits_gives_way_to_the_whole_iri() -> None:
    old = BASE + "meetings/a"
    text = f"PREFIX this: <{old}#>\nthis:part a this:x .\n"
    found = rewrite(text, Change(old, BASE + "meetings/b"))
    assert found.text.endswith(f"<{BASE}meetings/b#part> a <{BASE}meetings/b#x> .\n")


def test_each_mention_is_counted_with_its_line() -> None:
    found = rewrite(MEA + "mea:x mea:kind mea:kind ;\n\n  mea:kind mea:y .\n", KIND)
    assert found.lines == (2, 2, 4)


def test_paths_and_headers_of_a_question_change_and_its_prose_does_not() -> None:
    change = Change(ONTOLOGY + "Body", ONTOLOGY + "Organ")
    text = (
        '#+ summary = "Which mea:Body?"\n#+ class = "mea:Body"\n# mea:Body\n'
        "SELECT ?Body WHERE { VALUES ?a {UNDEF} ?a(mea:x/^mea:y|!mea:Body)*?b;a mea:Body.\n"
        'FILTER(?a<?b&&STR(?b)!="mea:Body"&&?b!=mea:Body)}'
    )
    right = (
        '#+ summary = "Which mea:Body?"\n#+ class = "mea:Organ"\n# mea:Body\n'
        "SELECT ?Body WHERE { VALUES ?a {UNDEF} ?a(mea:x/^mea:y|!mea:Organ)*?b;a mea:Organ.\n"
        'FILTER(?a<?b&&STR(?b)!="mea:Body"&&?b!=mea:Organ)}'
    )
    found = rewrite(text, change, stored=True)
    assert (found.text, found.lines) == (right, (2, 4, 4, 5))


def test_the_query_inside_a_shape_changes() -> None:
    text = (
        MEA + "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        'mea:s sh:message "mea:kind"@en ; sh:select """\n'
        'SELECT $this { $this mea:kind ?k FILTER(?k != "mea:kind") }""" .\n'
    )
    found = rewrite(text, KIND)
    assert found.text == text.replace("$this mea:kind", "$this mea:sort")
    assert found.lines == (4,)


def test_prose_is_listed_by_line() -> None:
    text = (
        MEA + '# mea:kind, of old\nmea:kind mea:x "see mea:kind." , "mea:kindOf" , "a-mea:kind" .'
    )
    assert prose(text, ONTOLOGY + "kind") == [2, 3]
    assert prose(f'<x> <y> "<{ONTOLOGY}kind>" .', ONTOLOGY + "kind") == [1]


def test_the_successor_is_named_behind_its_description() -> None:
    text = (
        f"@prefix kind: <{CONCEPTS}kind/> .\n@prefix mea: <{ONTOLOGY}> .\n\n"
        'kind:a mea:x kind:new .\n\nkind:new mea:x ( 1.5 "a. b" ) , [ mea:y kind:a ] .\n\n'
        "kind:z mea:x kind:new .\n"
    )
    after = with_successor(text, Change(CONCEPTS + "kind/old", CONCEPTS + "kind/new"))
    added = "\n\nkind:old owl:deprecated true ;\n    dcterms:isReplacedBy kind:new ."
    assert f"kind:a ] .{added}\n\nkind:z mea:x" in after
    count = len(list(ox.parse(text.encode(), ox.RdfFormat.TURTLE)))
    assert len(list(ox.parse(after.encode(), ox.RdfFormat.TURTLE))) == count + 2
