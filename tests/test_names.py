"""A thing is found by what readers call it, and never guessed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from meagraph.cli import main
from meagraph.errors import UnusableInput
from meagraph.names import find, fold, resolve
from meagraph.namespaces import BASE, ONTOLOGY, compact, expand

TEXT = """
organisations:minamata-secretariat
    rdfs:label "Secretariat of the Minamata Convention on Mercury"@en .
organisations:basel-secretariat rdfs:label "Secretariat of the Basel Convention"@en .
bodies:basel-oewg rdfs:label "Open-ended Working Group of the Basel Convention"@en ;
    mea:acronym "OEWG"@en .
bodies:spp-oewg rdfs:label "Working group on a science-policy panel"@en ; mea:acronym "OEWG"@en .
bodies:gfc-oewg rdfs:label "Open-ended Working Group of the Global Framework on Chemicals"@en ;
    mea:acronym "OEWG"@en .
programmes:iomc mea:acronym "IOMC"@en ;
    rdfs:label "Inter-Organization Programme for the Sound Management of Chemicals"@en .
documents:unep-mc-cop.6-inf-29 rdfs:label "Information document 29"@en ;
    dcterms:identifier "UNEP/MC/COP.6/INF/29" .
documents:unep-mc-cop.6-inf-16 rdfs:label "Information document 16"@en ;
    dcterms:identifier "UNEP/MC/COP.6/INF/16" .
organisations:who rdfs:label "World Health Organization"@en ; mea:acronym "WHO" .
places:yaounde rdfs:label "Yaoundé"@en .
places:geneva rdfs:label "Geneva"@en .
organisations:geneva-network rdfs:label "Geneva Environment Network"@en ;
    mea:statedAs "Geneva", "GATEWAY" .
kind:geneva skos:prefLabel "Geneva"@en .
systems:old-portal rdfs:label "Old portal"@en ; owl:deprecated true ;
    dcterms:isReplacedBy systems:older-portal .
systems:older-portal rdfs:label "Older portal"@en ; owl:deprecated true ;
    dcterms:isReplacedBy systems:portal .
systems:portal rdfs:label "Portal"@en ; skos:altLabel "Gateway" .
systems:withdrawn rdfs:label "Geneva"@en ; skos:altLabel "Atlas" , "observer" ;
    owl:deprecated true ;
    mea:remark "It is no system."@en .
systems:older-gateway rdfs:label "Gateway"@en ; owl:deprecated true ;
    dcterms:isReplacedBy systems:withdrawn .
role:observer skos:prefLabel "observer"@en .
<https://w3id.org/meagraph/documents/d/24#claim> rdfs:label "IOMC"@en .
meetings:nameless mea:event meetings:iomc-1 .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    from meagraph.namespaces import PREFIXES

    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    filled = ox.Store()
    filled.load((head + TEXT).encode(), format=ox.RdfFormat.TURTLE)
    return filled


@pytest.mark.parametrize(
    ("name", "first", "how"),
    [
        ("IOMC", "programmes:iomc", "acronym"),
        ("iomc", "programmes:iomc", "acronym"),
        ("UNEP/MC/COP.6/INF/29", "documents:unep-mc-cop.6-inf-29", "symbol"),
        ("unep mc cop6 inf 29", "documents:unep-mc-cop.6-inf-29", "near spelling"),
        ("Minimata secretariat", "organisations:minamata-secretariat", "near spelling"),
        ("open ended working group Basel", "bodies:basel-oewg", "near spelling"),
        ("YAOUNDE", "places:yaounde", "label"),
        ("world  health\norganization", "organisations:who", "label"),
        ("gateway", "systems:portal", "other name"),
        ("basel-secretariat", "organisations:basel-secretariat", "other name"),
    ],
)
def test_a_record_is_found_by_any_of_its_names(
    store: ox.Store, name: str, first: str, how: str
) -> None:
    best = find(store, name)[0]
    assert (compact(best.iri), best.how) == (first, how)
    assert (best.score == 100) is (how != "near spelling")


def test_an_acronym_of_several_bodies_finds_each_of_them(store: ox.Store) -> None:
    same = {compact(match.iri) for match in find(store, "oewg") if match.score == 100}
    assert same == {"bodies:basel-oewg", "bodies:gfc-oewg", "bodies:spp-oewg"}


def test_claims_and_things_without_records_are_not_found(store: ox.Store) -> None:
    assert all("#" not in match.iri for match in find(store, "IOMC"))
    assert find(store, "xyzzy") == []


def test_a_symbol_with_another_number_is_not_near(store: ox.Store) -> None:
    assert find(store, "UNEP/MC/COP.6/INF/30") == []


def test_no_more_are_listed_than_asked_for_and_none_twice(store: ox.Store) -> None:
    assert len(find(store, "oewg", limit=2)) == 2
    found = [match.iri for match in find(store, "secretariat convention", limit=50, least=1)]
    assert len(found) == len(set(found)) > 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<https://w3id.org/meagraph/places/geneva>", "places:geneva"),
        ("https://w3id.org/meagraph/places/geneva", "places:geneva"),
        ("places:geneva", "places:geneva"),
        ("meetings:iomc-1", "meetings:iomc-1"),
        ("IOMC", "programmes:iomc"),
        ("UNEP/MC/COP.6/INF/29", "documents:unep-mc-cop.6-inf-29"),
        ("secretariat of the basel convention", "organisations:basel-secretariat"),
        ("who", "organisations:who"),
        ("Geneva", "places:geneva"),
        (" yaounde ", "places:yaounde"),
        ("observer", "role:observer"),
        ("GATEWAY", "systems:portal"),
        ("mea:event", "mea:event"),
        ("Old portal", "systems:portal"),
        ("systems:old-portal", "systems:portal"),
    ],
)
def test_what_means_one_thing_resolves_to_it(store: ox.Store, text: str, meant: str) -> None:
    assert resolve(store, text) == expand(meant)


def test_an_acronym_of_several_bodies_is_refused_with_each_of_them(store: ox.Store) -> None:
    with pytest.raises(UnusableInput, match="OEWG") as caught:
        resolve(store, "OEWG")
    for name in ("bodies:basel-oewg", "bodies:gfc-oewg", "bodies:spp-oewg"):
        assert name in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Minimata secretariat", "organisations:minamata-secretariat"),
        ("organisations:minimata-secretariat", "organisations:minamata-secretariat"),
        (BASE + "places/genva", "places:geneva"),
        ("UNEP/MC/COP.6/INF/30", "documents:unep-mc-cop.6-inf-29"),
        ("xyzzy", "meagraph find"),
        ("", "meagraph find"),
        ("<not an iri>", ""),
    ],
)
def test_what_means_nothing_is_refused_with_the_nearest(
    store: ox.Store, text: str, near: str
) -> None:
    with pytest.raises(UnusableInput, match="nothing in the graph") as caught:
        resolve(store, text)
    assert near in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Old portal", "systems:old-portal was given up for systems:portal"),
        ("systems:older-portal", "systems:older-portal was given up for systems:portal"),
        ("Atlas", "systems:withdrawn was withdrawn: It is no system."),
        (
            "older-gateway",
            "systems:older-gateway was given up for systems:withdrawn, which was withdrawn: "
            "It is no system.",
        ),
    ],
)
def test_what_became_of_a_name_that_was_given_up_is_told(
    store: ox.Store, text: str, told: str
) -> None:
    heard: list[str] = []
    resolve(store, text, lambda gone: heard.append(str(gone)))
    assert heard == [told]


@pytest.mark.parametrize("text", ["Portal", "Gateway", "Geneva", "Yaounde", "observer"])
def test_what_is_still_called_so_wins_over_what_was(store: ox.Store, text: str) -> None:
    heard: list[object] = []
    assert "withdrawn" not in resolve(store, text, heard.append)
    assert heard == []


def test_nothing_that_was_withdrawn_is_suggested(store: ox.Store) -> None:
    with pytest.raises(UnusableInput) as caught:
        resolve(store, "systems:atlass")
    assert "systems:withdrawn" not in (caught.value.hint or "")
    (match,) = [one for one in find(store, "atlass") if one.was]
    assert match.iri == match.was == expand("systems:withdrawn")


def test_records_that_replace_each_other_do_not_hang() -> None:
    looped = ox.Store()
    old, new = f"{BASE}places/a", f"{BASE}places/b"
    looped.load(
        f"""<{old}> <http://www.w3.org/2002/07/owl#deprecated> true ;
            <http://purl.org/dc/terms/isReplacedBy> <{new}> .
        <{new}> <http://www.w3.org/2002/07/owl#deprecated> true ;
            <http://purl.org/dc/terms/isReplacedBy> <{old}> .""".encode(),
        format=ox.RdfFormat.TURTLE,
    )
    assert resolve(looped, "places:a") == new


def test_folding_forgets_case_accents_and_spaces() -> None:
    assert fold("  Yaoundé\u00a0 PLAN ") == fold("yaounde plan")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("ontology", "shapes", "queries", "data/places"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ontology" / "meagraph.ttl").write_text(
        f"<{ONTOLOGY}Place> a <http://www.w3.org/2002/07/owl#Class> ."
    )
    (tmp_path / "data" / "places" / "yaounde.ttl").write_text(
        f'<{BASE}places/yaounde> <http://www.w3.org/2000/01/rdf-schema#label> "Yaoundé"@en .'
    )
    monkeypatch.setenv("MEAGRAPH_CACHE", str(tmp_path / "cache"))
    return tmp_path


def test_the_command_lists_what_it_finds(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "yaunde", "--root", str(root)]) == 0
    assert capsys.readouterr().out.split("  ") == [
        "Yaoundé",
        "places:yaounde",
        "near spelling\n",
    ]


def test_the_command_says_what_is_nearest_where_it_finds_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "yaounde 4", "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "no record is called “yaounde 4”" in said.err and "places:yaounde" in said.err


def test_the_command_refuses_to_list_less_than_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "yaounde 4", "--limit", "0", "--root", str(root)]) == 2
    assert "--limit" in capsys.readouterr().err
