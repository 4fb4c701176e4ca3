"""What is looked up again, and only that, gives the findings that looking at everything gives.

Some are compared on a part of the real graph, with all its shapes; MEAGRAPH_SOAK, a number, makes
that many times as many comparisons.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from small_graph import Small

from meagraph.entries.arrival import arrival
from meagraph.graph import build
from meagraph.namespaces import BASE, EDTF_NAMESPACE, RDF, XSD
from meagraph.project import Project
from meagraph.validation import rechecking, validate
from meagraph.validation.corpus import Corpus, read_files
from meagraph.validation.engine import Result, pyshacl_results
from meagraph.validation.rechecking import Rechecking, verdicts_file
from meagraph.validation.shapes import Shapes, read_shapes
from wrong_examples import INVALID

SOAK = int(os.environ.get("MEAGRAPH_SOAK", "0"))
TYPE = RDF + "type"
DATES = {XSD + "date", EDTF_NAMESPACE + "EDTF"}


class Ground(NamedTuple):
    """A part of the real graph, the shapes, and a file with the verdicts on both."""

    triples: list[Triple]
    shapes: Shapes
    file: str


@pytest.fixture(scope="module")
def ground(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    read = read_files(project)
    entries = read.entries[::15]
    corpus = Corpus(read.vocabulary, entries, build(project, entries=entries))
    file = str(tmp_path_factory.mktemp("verdicts") / "kept")
    made = Ground(corpus.triples(), read_shapes(project.shapes), file)
    Rechecking(file)(made.triples, made.shapes)
    return made


def told(results: Sequence[Result]) -> list[str]:
    return sorted(map(str, results))


def agree(ground: Ground, triples: Sequence[Triple]) -> int:
    """Compare the two engines on a graph, and say how many results there are."""
    whole = told(pyshacl_results(triples, ground.shapes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rechecking, "pyshacl_results", _not_to_be_asked)
        again = told(Rechecking(ground.file, lambda: ground.triples)(triples, ground.shapes))
    assert again == whole
    return len(whole)


def _not_to_be_asked(*words: object, **more: object) -> NoReturn:
    raise AssertionError("everything was looked at")


# --- comparisons --------------------------------------------------------------------------------


def test_the_first_time_everything_is_found(ground: Ground) -> None:
    assert agree(ground, ground.triples) > 0


TOGETHER = [[example] for example in INVALID] if SOAK else [INVALID[n::7] for n in range(7)]


@pytest.mark.parametrize("examples", TOGETHER, ids=lambda examples: examples[0].stem)
def test_wrong_examples_are_found(ground: Ground, examples: Sequence[Path]) -> None:
    quads = [q for path in examples for q in parse(path.read_bytes(), RdfFormat.TURTLE)]
    wrong = list(dict.fromkeys([*ground.triples, *(quad.triple for quad in quads)]))
    assert agree(ground, wrong) > len(examples)


def removed(triples: list[Triple], at: int, dice: random.Random) -> list[Triple]:
    return triples[:at] + triples[at + 1 :]


def _exchanged(
    suits: Callable[[Triple], bool], other: Callable[[list[Triple], Triple, random.Random], object]
) -> Callable[[list[Triple], int, random.Random], list[Triple]]:
    def change(triples: list[Triple], at: int, dice: random.Random) -> list[Triple]:
        where = next((n for n in range(at, len(triples)) if suits(triples[n])), None)
        if where is None:
            return triples
        old = triples[where]
        new = Triple(old.subject, old.predicate, other(triples, old, dice))  # type: ignore[arg-type]
        return list(dict.fromkeys([*triples[:where], new, *triples[where + 1 :]]))

    return change


def _of_data(triple: Triple) -> bool:
    return isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(BASE)


def _is_link(triple: Triple) -> bool:
    return _of_data(triple) and isinstance(triple.object, NamedNode)


def _any_object(triples: list[Triple], old: Triple, dice: random.Random) -> object:
    return dice.choice(triples).object


def _another_value(triples: list[Triple], old: Triple, dice: random.Random) -> object:
    return dice.choice([t.object for t in triples if t.predicate == old.predicate])


CHANGES = {
    "removed": removed,
    "object": _exchanged(_of_data, _any_object),
    "value": _exchanged(_of_data, _another_value),
    "type": _exchanged(lambda t: _of_data(t) and t.predicate.value == TYPE, _another_value),
    "link": _exchanged(_is_link, lambda ts, old, dice: dice.choice(ts).subject),
    "date": _exchanged(
        lambda t: isinstance(t.object, Literal) and t.object.datatype.value in DATES,
        lambda ts, old, dice: Literal(
            dice.choice(["1999-12-31", "2031-01", "2025-13", ""]),
            datatype=old.object.datatype,  # type: ignore[union-attr]
        ),
    ),
}


@settings(
    max_examples=max(1, SOAK) * 16,
    derandomize=not SOAK,
    database=None,
    phases=[Phase.generate],  # an example takes seconds: none is made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.floats(0, 1, exclude_max=True)),
        min_size=1,
        max_size=4,
    ),
    seed=st.integers(0, 2**32),
)
def test_changed_statements_are_found(
    ground: Ground, changes: list[tuple[str, float]], seed: int
) -> None:
    triples, dice = ground.triples, random.Random(seed)
    for kind, share in changes:
        triples = CHANGES[kind](triples, int(share * len(triples)), dice)
    agree(ground, triples)


def test_drafts_have_the_same_report(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A passage that lost a line, a record with another type, a record that was given up."""
    passage = "documents/minamata-cop6-cooperation-activities/annex-1/10.ttl"
    record, given_up = "meetings/prtr-round-table-4.ttl", "organisations/oecd.ttl"
    said = {name: (project.data / name).read_text(encoding="utf-8") for name in (passage, record)}
    lines = said[passage].splitlines(keepends=True)
    del lines[next(n for n, line in enumerate(lines) if "mea:hasParticipation" in line)]
    said[passage] = "".join(lines)
    assert "a mea:Meeting" in said[record]
    said[record] = said[record].replace("a mea:Meeting", "a mea:Body")
    said[given_up] = f"<{BASE}organisations/oecd> <http://www.w3.org/2002/07/owl#deprecated> true ."
    entries = []
    for number, (name, text) in enumerate(said.items()):
        draft = tmp_path / f"{number}.ttl"
        draft.write_text(text, encoding="utf-8")
        place = PurePosixPath(name)
        entries.append(arrival(draft, draft.read_bytes(), project.data, place).entry)
    whole = validate(project, arriving=entries, engine=pyshacl_results)
    monkeypatch.setattr(rechecking, "pyshacl_results", _not_to_be_asked)
    assert validate(project, arriving=entries) == whole
    assert {one.elsewhere for one in whole.findings} == {True, False}


# --- what is kept -------------------------------------------------------------------------------

SHAPE = (
    "meash:Meeting a sh:NodeShape ; sh:targetClass mea:Meeting ; sh:property meash:Meeting-x .\n"
    "meash:Meeting-x sh:path mea:ordinal ; sh:{} ."
)
TWO = "data/documents/note/annex-1/2.ttl"


def found(project: Project) -> list[str]:
    return [finding.rule for finding in validate(project).findings]


def test_an_unchanged_graph_is_not_looked_at(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write("shapes/meeting.ttl", SHAPE.format("minCount 1"))
    before = validate(small)
    monkeypatch.setattr(rechecking, "_Run", _not_to_be_asked)
    monkeypatch.setattr(rechecking, "pyshacl_results", _not_to_be_asked)
    assert validate(small) == before
    assert before.findings


def test_changed_files_and_shapes_are_seen(small: Small) -> None:
    small.write("shapes/meeting.ttl", SHAPE.format("maxCount 1"))
    assert found(small) == []
    small.write(TWO, "meetings:cop-6 mea:ordinal 5 , 6 .")
    assert found(small) == ["meash:Meeting-x"]
    small.write("shapes/meeting.ttl", SHAPE.format("maxCount 2"))
    assert found(small) == []
    small.write("data/meetings/cop-7.ttl", 'meetings:cop-7 a mea:Resumption ; rdfs:label "7"@en .')
    small.write(TWO, "meetings:cop-7 mea:ordinal 5 , 6 , 7 .")
    assert found(small) == ["meash:Meeting-x"]
    (small.data / "meetings/cop-7.ttl").unlink()
    small.write(TWO, "meetings:cop-6 mea:ordinal 5 .")
    assert found(small) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:-9] + b"\x00" + content[-8:],
        lambda content: content[:5000] + b"?" + content[5001:],
        lambda content: b"",
    ],
    ids=["cut", "last", "midst", "empty"],
)
def test_damaged_verdicts_are_thrown_away(small: Small, damage: Callable[[bytes], bytes]) -> None:
    small.write("shapes/meeting.ttl", SHAPE.format("minCount 1"))
    expected = found(small)
    file = Path(verdicts_file(small))
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert file.read_bytes() != whole
    assert found(small) == expected
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert len(file.read_bytes()) == len(whole)


def test_a_draft_leaves_the_verdicts_on_the_graph_as_they_are(small: Small, tmp_path: Path) -> None:
    small.write("shapes/meeting.ttl", SHAPE.format("maxCount 0"))
    assert found(small) == []
    kept = Path(verdicts_file(small)).read_bytes()
    draft = small.write("../draft.ttl", "meetings:cop-6 mea:ordinal 6 .")
    name = PurePosixPath("documents/note/annex-1/2.ttl")
    entry = arrival(draft, draft.read_bytes(), small.data, name).entry
    assert [one.rule for one in validate(small, arriving=[entry]).findings] == ["meash:Meeting-x"]
    assert Path(verdicts_file(small)).read_bytes() == kept


def test_without_a_place_for_verdicts_all_is_found(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write("shapes/meeting.ttl", SHAPE.format("minCount 1"))
    taken = tmp_path / "taken"
    taken.write_text("no folder")
    monkeypatch.setenv("MEAGRAPH_CACHE", str(taken))
    assert found(small) == ["meash:Meeting-x", "meash:Meeting-x"]


def test_shapes_that_compute_are_left_to_the_engine_that_looks_at_everything(
    small: Small,
) -> None:
    small.write(
        "shapes/meeting.ttl",
        SHAPE.format("maxCount 0")
        + "\nmeash:Meeting sh:rule [ a sh:TripleRule ; sh:subject sh:this ; "
        "sh:predicate mea:ordinal ; sh:object 7 ] .",
    )
    assert found(small) == ["meash:Meeting-x", "meash:Meeting-x"]
    assert not Path(verdicts_file(small)).exists()
