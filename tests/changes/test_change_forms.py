"""What a reader sees of a difference: in a terminal, in a pull request, in a program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from small_project import FILES, ONTOLOGY, written

from meagraph.changes import Changes, Naming, as_update, compare, naming_of, read_version
from meagraph.changes.json import as_json
from meagraph.changes.markdown import as_markdown
from meagraph.changes.text import as_text
from meagraph.namespaces import BASE

NOTE = FILES["data/documents/report/note/1.ttl"]


def between(tmp_path: Path, **changed: str | None) -> tuple[Changes, Naming]:
    old, new = written(tmp_path / "old"), written(tmp_path / "new", **changed)
    before, after = (read_version(str(each), str(tmp_path)) for each in (old, new))
    changes = compare(before, after)._replace(old="v0.1.0", new="HEAD")
    return changes, naming_of(changes, [after, before])


@pytest.fixture
def edited(tmp_path: Path) -> tuple[Changes, Naming]:
    """One of each: added, removed, renamed, changed, following; and a term."""
    return between(
        tmp_path,
        oslo='places:oslo a mea:City ; rdfs:label "Oslo"@en .',
        bali=None,
        geneva="places:geneva owl:deprecated true ; dcterms:isReplacedBy places:genf .",
        genf='places:genf a mea:City ; rdfs:label "Geneva"@en .',
        one='meetings:one a mea:Meeting ; rdfs:label "Meeting, first"@en ; mea:ordinal 1, 2 .',
        meagraph=ONTOLOGY + 'mea:Region a owl:Class ; rdfs:label "region"@en .',
        **{"1": NOTE.replace("places:geneva", "places:genf")},
    )


def test_the_text_is_calm_and_names_things(edited: tuple[Changes, Naming]) -> None:
    assert as_text(*edited, cells=90).splitlines() == [
        "v0.1.0 → HEAD",
        "5 entries differ: 1 renamed, 1 added, 1 removed, 1 changed, 1 changed only in names that",
        "  were given up",
        "Terms and concepts: 1 added",
        "",
        "Renamed",
        "  places:geneva → places:genf · Geneva",
        "",
        "Added",
        "  data/places/oslo.ttl · Oslo · 2 statements",
        "",
        "Removed",
        "  data/places/bali.ttl · Bali · 2 statements",
        "",
        "Changed",
        "  data/meetings/one.ttl · Meeting, first",
        "    label   Meeting one → Meeting, first",
        "    number  + 1",
        "            + 2",
        "",
        "Changed only in names that were given up",
        "  data/documents/report/note/1.ttl · Report note/1",
        "",
        "Terms and concepts",
        "  added: mea:Region (region)",
    ]


def test_all_shows_what_was_added_and_removed(edited: tuple[Changes, Naming]) -> None:
    shown = as_text(*edited, whole=True)
    assert "oslo.ttl · Oslo · 2 statements\n    type   + city\n    label  + Oslo\n" in shown
    assert "    Meeting, first\n      place  Geneva places:geneva → Geneva places:genf" in shown


@pytest.mark.parametrize("cells", [30, 60, 100])
def test_no_line_is_wider_than_the_terminal(edited: tuple[Changes, Naming], cells: int) -> None:
    lines = as_text(*edited, cells=cells, whole=True).splitlines()
    assert max(map(len, lines)) <= cells


def test_a_claim_is_shown_by_its_label_or_its_place_in_the_entry(tmp_path: Path) -> None:
    more = 'this:act mea:statedAs "took part" . this:act-one mea:statedAs "one" .'
    text = as_text(*between(tmp_path, **{"1": NOTE + more}))
    assert "    Attendance\n      stated as  + took part\n" in text
    assert "    #act-one\n      stated as  + one\n" in text


def test_values_that_look_alike_are_told_apart(tmp_path: Path) -> None:
    text = as_text(*between(tmp_path, **{"1": NOTE.replace("ordinal 1", 'ordinal "1"')}))
    assert 'number  "1"^^xsd:integer → "1"^^xsd:string' in text
    text = as_text(*between(tmp_path / "2", bali=FILES["data/places/bali.ttl"].replace("en", "fr")))
    assert "Bali → Bali @fr" in text


def test_nothing_steers_the_terminal(tmp_path: Path) -> None:
    label = '"\\u001B[31mred\\u202Elast\\r\\nline"'
    text = as_text(*between(tmp_path, bali=f"places:bali rdfs:label {label} ."), whole=True)
    assert "red" in text and not re.search("[\x1b\u202e\r]", text)


def test_two_that_say_the_same(tmp_path: Path) -> None:
    assert as_text(*between(tmp_path)) == "v0.1.0 → HEAD\nnothing differs in what is stated\n"
    assert "nothing differs in what is stated" in as_markdown(*between(tmp_path))


def test_markdown_folds_details_away_and_links_to_files(edited: tuple[Changes, Naming]) -> None:
    page = as_markdown(*edited, links="https://example.org/blob/main/")
    assert page.count("<details><summary>") == page.count("</details>") == 5
    assert "- 5 entries differ: 1 renamed, 1 added" in page
    assert "](https://example.org/blob/main/data/meetings/one.ttl)" in page
    assert "| Meeting, first | label | Meeting one | Meeting, first |\n" in page
    assert "|  | number |  | 1<br>2 |\n" in page
    assert "[data/places/bali.ttl](" not in page, "a file that is gone has no address"
    assert "- added mea:Region (region)" in page
    for part in re.findall(r"<details>.*?</details>", page, re.S):
        assert re.search(r"</summary>\n\n", part), "GitHub reads Markdown after an empty line"


def test_what_data_say_is_no_markup_and_calls_no_one(tmp_path: Path) -> None:
    label = '"a | b </details> <script> `c` @octocat fixes #1 fixes gh-7 [x](http://y) **d**"'
    page = as_markdown(*between(tmp_path, bali=f"places:bali rdfs:label {label} ."))
    assert page.count("</details>") == 1
    assert not re.search(r"(?<!\\)<script|@octocat|#1|gh-7", page)
    summary = page[page.index("<summary>") : page.index("</summary>")]
    assert "a | b &lt;/details&gt; &lt;script&gt; `c` @<!-- -->octocat" in summary
    rows = [line for line in page.splitlines() if "octocat" in line and line.startswith("| ")]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [5, 5]


def test_a_page_is_never_longer_than_github_takes(tmp_path: Path) -> None:
    text = "x" * 400
    many = {f"p{number}": f'places:p{number} rdfs:label "{text}"@en .' for number in range(300)}
    terms = "".join(f"mea:T{number} a owl:Class .\n" for number in range(3000))
    page = as_markdown(*between(tmp_path, meagraph=ONTOLOGY + terms, **many))
    assert len(page) < 65_000
    shown = page.count("<details>")
    assert 10 < shown < 300
    assert f"*… {300 - shown} entries are left out" in page
    left_out = 3000 - page.count("\n- added mea:T")
    assert f"*… {left_out:,} names are left out" in page
    assert page.count("</details>") == shown


def test_json_is_complete(edited: tuple[Changes, Naming]) -> None:
    found = json.loads(as_json(*edited))
    assert (found["old"], found["new"], found["same"]) == ("v0.1.0", "HEAD", False)
    entries = {entry["graph"].removeprefix(BASE): entry for entry in found["entries"]}
    assert {name: entry["change"] for name, entry in entries.items()} == {
        "documents/report/note/1": "changed",
        "meetings/one": "changed",
        "places/bali": "removed",
        "places/geneva": "renamed",
        "places/oslo": "added",
    }
    assert entries["places/geneva"]["replacedBy"] == BASE + "places/genf"
    assert entries["documents/report/note/1"]["followsNewNames"]
    (thing,) = entries["meetings/one"]["things"]
    assert thing["thing"] == {
        "type": "uri",
        "value": BASE + "meetings/one",
        "label": "Meeting, first",
    }
    assert [change["property"].get("label") for change in thing["properties"]][1:] == ["number"]
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert thing["properties"][1]["added"] == [
        {"type": "literal", "value": value, "datatype": integer} for value in "12"
    ]
    assert thing["properties"][0]["removed"] == [
        {"type": "literal", "value": "Meeting one", "xml:lang": "en"}
    ]
    assert found["ontology"]["added"] == [{"name": BASE + "ontology#Region", "label": "region"}]
    assert found["register"] == {"removed": 0, "added": 0}


def test_the_update_says_only_what_differs(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old"), written(tmp_path / "new", bali=None)
    before, after = (read_version(str(each), "") for each in (old, new))
    update = as_update(before._replace(name="a\nDROP ALL"), after)
    assert update.splitlines()[0].startswith("# From a DROP ALL to ")
    assert update.splitlines()[1] == "DELETE DATA {"
    assert update.count("GRAPH") == 1 and "INSERT" not in update
    assert as_update(before, before).splitlines()[1:] == []


def test_readings_are_called_by_their_passages(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old"), written(tmp_path / "new")
    path = new / "data/readings/report/note/1.ttl"
    path.parent.mkdir(parents=True)
    path.write_text(f"<{BASE}readings/report/note/1#doubt> a <{BASE}ontology#SourceDefect> .")
    before, after = (read_version(str(each), "") for each in (old, new))
    changes = compare(before, after)
    assert "1.ttl · reading of Report note/1 · 1 statement" in (
        as_text(changes, naming_of(changes, [after, before]))
    )
