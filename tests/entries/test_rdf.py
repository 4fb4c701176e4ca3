"""Files in any RDF serialisation: read as triples, each with its place, and nothing fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Triple

from meagraph.entries.rdf import RdfFile, rdf_files, read_rdf
from meagraph.entries.whereabouts import whereabouts
from meagraph.errors import UnusableInput

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'


def read(folder: Path, name: str, text: str) -> RdfFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_rdf(path, set())


def refused(folder: Path, name: str, text: str) -> str:
    with pytest.raises(UnusableInput) as error:
        read(folder, name, text)
    return str(error.value).removeprefix(f"{folder}/")


def placed(file: RdfFile) -> dict[str, tuple[int, int] | None]:
    """The last part of each object, or its label, and where it stands."""
    where = whereabouts(file)
    return {_end(triple): where.triple(triple) for triple in file.triples}


def _end(triple: Triple) -> str:
    predicate = triple.predicate.value.replace("#", "/").rpartition("/")[2]
    value = triple.object
    text = str(value) if isinstance(value, BlankNode | Triple) else value.value
    return f"{predicate} {text.rpartition('/')[2]}"


def test_blank_nodes_are_placed_in_turtle(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "a.ttl",
        "@prefix : <http://e/> .\n:a :p [ :q 1 ] , [\n :q 2 ] .\n[] :r ( 3\n  4 ) .\n_:x :s _:x .",
    )
    places = list(placed(file).items())
    assert sorted((name.partition(" ")[0], place) for name, place in places) == [
        ("first", (4, 9)),
        ("first", (5, 3)),
        ("p", (2, 7)),
        ("p", (2, 18)),
        ("q", (2, 12)),
        ("q", (3, 5)),
        ("r", (4, 7)),
        ("rest", (5, 3)),
        ("rest", (5, 5)),
        ("s", (6, 8)),
    ]
    assert whereabouts(file).node(BlankNode("x")) == (6, 1)


def test_graphs_are_read_as_one(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "a.trig",
        "@prefix : <http://e/> .\n:g { :a :p 1 . :a :p [ :q 2 ] }\n"
        "GRAPH :h { :a :p 1, 3 }\n:a :p 4 .",
    )
    places = placed(file)
    assert (places["p 1"], places["q 2"], places["p 3"], places["p 4"]) == (
        (2, 12),
        (2, 27),
        (3, 21),
        (4, 7),
    )
    assert len(file.triples) == 5


def test_n_quads_and_n_triples_are_placed(tmp_path: Path) -> None:
    quads = '<http://e/a> <http://e/p> "1" <http://e/g> .\n_:z <http://e/p> "2" _:g .\n'
    assert placed(read(tmp_path, "a.nq", quads)) == {"p 1": (1, 27), "p 2": (2, 18)}
    triples = '<http://e/a> <http://e/p> "1" .\n_:z <http://e/p> "2" .\n'
    assert placed(read(tmp_path, "a.nt", triples)) == {"p 1": (1, 27), "p 2": (2, 18)}


def test_rdf_xml_is_placed_by_its_elements(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "a.rdf",
        XML + '<e:C rdf:about="http://e/a" e:n="x">\n'
        "  <e:p>1</e:p>\n"
        '  <e:r rdf:resource="http://e/b"/>\n'
        '  <e:s rdf:parseType="Resource">\n    <e:t xml:lang="fr">deux</e:t>\n  </e:s>\n'
        '  <e:u rdf:parseType="Collection">\n    <e:D/>\n  </e:u>\n'
        "</e:C>\n</rdf:RDF>",
    )
    places = placed(file)
    assert None not in places.values()
    assert places["type C"] == places["n x"] == (2, 1)
    assert (places["p 1"], places["r b"], places["t deux"]) == ((3, 3), (4, 3), (6, 5))
    assert places["type D"] == (9, 5)
    assert file.prefixes["e"] == "http://e/"


def test_json_ld_is_placed_by_its_strings(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "a.jsonld",
        '{"@context": {"e": "http://e/", "p": "e:p", "k": {"@id": "e:k", "@type": "@id"}},\n'
        ' "@graph": [{"@id": "e:b", "p": "other"},\n'
        '  {"@id": "e:a",\n   "p": ["one", 2],\n   "k": "e:b",\n   "e:q": {"p": "three"}}]}',
    )
    places = placed(file)
    assert (places["p other"], places["p one"], places["p 2"]) == ((2, 33), (4, 10), (4, 17))
    assert places["k b"] == (5, 9)
    assert places["p three"] == (6, 17)
    assert whereabouts(file).node(file.triples[1].subject) == (3, 11)  # type: ignore[arg-type]


def test_blank_nodes_are_named_alike_at_every_reading_and_apart_in_every_file(
    tmp_path: Path,
) -> None:
    text = "<http://e/a> <http://e/p> [] , _:b1 , _:x ."
    first = read(tmp_path, "a.ttl", text)
    assert first.triples == read(tmp_path, "a.ttl", text).triples
    taken: set[str] = set()
    files = [read_rdf(tmp_path / "a.ttl", taken) for _ in range(2)]
    assert len({triple for file in files for triple in file.triples}) == 6


def test_a_doctype_is_refused_before_parsing(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?>\n<!-- <!DOCTYPE no> --><!DOCTYPE r [<!ENTITY a "&a;&a;">]>\n'
    said = refused(tmp_path, "a.rdf", bomb + XML + "</rdf:RDF>")
    assert said.startswith("a.rdf:2:23: the file has a DOCTYPE, which is not read")
    inside = "<e:C><e:p><![CDATA[<!DOCTYPE is only a word]]></e:p></e:C></rdf:RDF>"
    assert len(read(tmp_path, "a.rdf", XML + inside).triples) == 2


@pytest.mark.parametrize(
    ("context", "place"),
    [
        ('"https://schema.org/"', "1:14"),
        ('[{"a": "http://a/"},\n "https://schema.org/"]', "2:2"),
        ('{"@import": "https://schema.org/"}', "1:26"),
        ('{"a": {"@id": "http://a/", "@context": "https://schema.org/"}}', "1:53"),
    ],
)
def test_a_context_that_would_be_fetched_is_refused(
    tmp_path: Path, context: str, place: str
) -> None:
    said = refused(tmp_path, "a.jsonld", f'{{"@context": {context}, "a": 1}}')
    assert said.startswith(
        f"a.jsonld:{place}: the context https://schema.org/ stands elsewhere, and nothing is"
    )


def test_what_is_not_of_its_format_is_refused_with_its_place(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.ttl", "\n<a> <b> .").startswith(
        "a.ttl:2:9: the file stops being Turtle"
    )
    assert "Add a line that says what ex: stands for" in refused(tmp_path, "a.ttl", "ex:a <b> 1 .")
    assert refused(tmp_path, "a.nq", "<http://a> 1").startswith(
        "a.nq:1:12: the file stops being N-Quads"
    )
    assert refused(tmp_path, "a.rdf", XML + "<a></b>").startswith(
        "a.rdf:2:6: the file is not RDF/XML: mismatched tag"
    )
    assert refused(tmp_path, "a.json", '{"a"\n 1}').startswith("a.json:2:2: the file is not JSON")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<a> <b> " + "[ <b> " * 200 + "1" + " ]" * 200 + " ."),
        ("a.jsonld", '{"a":' * 200 + "1" + "}" * 200),
        ("a.rdf", XML + "<e:C><e:p>" * 100 + "</e:p></e:C>" * 100 + "</rdf:RDF>"),
    ],
)
def test_what_is_nested_too_deep_is_refused(tmp_path: Path, name: str, text: str) -> None:
    assert "more than 100" in refused(tmp_path, name, text)


def test_what_only_rdf_1_2_has_is_refused(tmp_path: Path) -> None:
    assert "what only RDF 1.2 has: a triple" in refused(
        tmp_path, "a.ttl", "<a> <b> <<( <c> <d> <e> )>> ."
    )
    assert "a string with a direction" in refused(tmp_path, "a.ttl", '<a> <b> "x"@en--ltr .')


def test_an_owl_file_may_be_turtle(tmp_path: Path) -> None:
    for text in ("@prefix e: <http://e/> . e:a e:p 1 .", "<http://e/a> <http://e/p> 1 ."):
        assert len(read(tmp_path, "a.owl", text).triples) == 1
    assert len(read(tmp_path, "a.owl", XML + "<e:C/></rdf:RDF>").triples) == 1


def test_a_folder_stands_for_its_rdf_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/z.nt", "a.ttl", "c.TRIG", "package.json", "note.txt", ".git/x.ttl", ".y.ttl"):
        (tmp_path / name).touch()
    names = [path.relative_to(tmp_path).as_posix() for path in rdf_files([tmp_path])]
    assert names == ["a.ttl", "c.TRIG", "b/z.nt"]
    assert len(rdf_files([tmp_path, tmp_path / "a.ttl", tmp_path / "package.json"])) == 4
    with pytest.raises(UnusableInput, match=r"note\.txt: the end of its name tells no RDF format"):
        rdf_files([tmp_path / "note.txt"])
    (tmp_path / "d").mkdir()
    with pytest.raises(UnusableInput, match="the folder holds no RDF file"):
        rdf_files([tmp_path / "d"])
