"""A small graph for exports: a treaty's meetings, one act, and contents that do harm."""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import Literal, Store

from meagraph.graph import build
from meagraph.namespaces import BASE, KINDS, PREFIXES, SCHEMES
from meagraph.project import Project

PASSAGE = "documents/note/annex-1/1"
RTL = "اتفاقية ميناماتا, “\u200f2013”"
LONG = ("very " * 1000).strip()
LONG += "x" * (5000 - len(LONG))
NASTY = {
    "commas": 'a, b; "c" | d \\ e \\n f',
    "lines": "one\ntwo\r\nthree\rfour\u2028five\x85six",
    "formula": '=HYPERLINK("http://example.org","x")',
    "formula-in-list": "a,=1+1",
    "markup": "<b>&amp; & ]]></b>",
    "controls": "a\x01b\x08c\x1bd\x7fe",
    "rtl": RTL,
    "long": LONG,
    "wide": "𝔐𝔢𝔯𝔠𝔲𝔯𝔶 " * 30,
}
"""Labels, each of a meeting of its name."""

PREFIX = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n"
    for name in ("mea", "rdfs", "owl", "skos", "schema", "dcterms", "edtf", "xsd", "dcat")
) + "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in (*KINDS, *SCHEMES))

RECORDS = {
    "agreements/minamata": 'a mea:Agreement ; rdfs:label "Minamata Convention"@en',
    "agreements/cbd": 'a mea:Agreement ; rdfs:label "CBD"@en',
    "bodies/minamata-cop": 'a mea:Body ; rdfs:label "COP"@en ; mea:bodyKind bodykind:conference ; '
    "mea:bodyOf agreements:minamata",
    "bodies/minamata-icc": 'a mea:Body ; rdfs:label "ICC"@en ; '
    "mea:bodyKind bodykind:committee ; mea:bodyOf bodies:minamata-cop",
    "organisations/unep": 'a mea:Organisation ; rdfs:label "UNEP"@en ; mea:acronym "UNEP" , "PNUE"',
    "organisations/unep-law": 'a mea:OrganisationalUnit ; rdfs:label "Law Division"@en ; '
    "mea:unitOf organisations:unep",
    "organisations/who": 'a mea:Organisation ; rdfs:label "Santé"@fr',
    "places/bali": 'a mea:Place ; rdfs:label "Bali"@en ; schema:containedInPlace places:indonesia',
    "places/indonesia": 'a mea:Country ; rdfs:label "Indonesia"@en',
    "meetings/cop-4": 'a mea:Meeting ; rdfs:label "COP-4"@en ; mea:meetingOf bodies:minamata-cop',
    "meetings/cop-4-online": 'a mea:Meeting ; rdfs:label "COP-4, online"@en ; mea:mode mode:online '
    '; schema:superEvent meetings:cop-4 ; mea:when "2021-11-01/2021-11-05"^^edtf:EDTF ; '
    'mea:takenFrom "a site" ; mea:checked "2026-11-21"^^xsd:date',
    "meetings/cop-4-resumed": 'a mea:Meeting ; rdfs:label "COP-4, resumed"@en ; '
    "schema:superEvent meetings:cop-4 ; schema:location places:bali",
    "meetings/icc-3": 'a mea:Meeting ; rdfs:label "ICC-3"@en ; mea:meetingOf bodies:minamata-icc',
    "meetings/expected": 'a mea:Meeting ; rdfs:label "Expected"@en',
    "meetings/torn": 'a mea:Meeting ; rdfs:label "Torn"@en',
    "meetings/day": 'a mea:Meeting ; rdfs:label "Day"@en ; mea:topic topic:mercury',
    "meetings/undated": 'a mea:Meeting ; rdfs:label "Undated"@en',
    "meetings/begun": 'a mea:Meeting ; rdfs:label "Begun"@en',
    "meetings/last": 'a mea:Meeting ; rdfs:label "Last"@en ; mea:when "9999-12-31"^^edtf:EDTF',
    "documents/note/index": 'a mea:SourceDocument ; rdfs:label "The note"@en ; '
    'mea:shortTitle "COP-6 note" ; dcterms:identifier "N/1" , "N/2"',
    "dataset": 'a dcat:Dataset ; dcterms:title "The data"@en ; dcat:version "0.1.0" ; '
    "dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; "
    "dcterms:source documents:note",
}
STATED = """
meetings:cop-4-resumed mea:when "2022-33"^^edtf:EDTF ; mea:whenAsStated "first quarter of 2022" ;
    mea:status status:tentative .
meetings:cop-4-online mea:status status:planned .
meetings:expected mea:when "2025-09-01"^^edtf:EDTF ; mea:status status:tentative .
meetings:icc-3 mea:when "2021-06-07/2021-06-08"^^edtf:EDTF ; mea:whenAsStated "7–8 June 2021" ;
    mea:status status:held .
meetings:torn mea:when "2021-06-07"^^edtf:EDTF , "2021-07"^^edtf:EDTF .
meetings:day mea:when "2021-05-22"^^edtf:EDTF .
meetings:begun mea:when "2021-05-22/2021-06"^^edtf:EDTF .
this:act a mea:CooperationActivity ; rdfs:label "An act"@en ; mea:kind kind:coordination ;
    mea:status status:done ; mea:event meetings:icc-3 ;
    mea:hasParticipation this:act-law , this:act-who .
this:act-law a mea:Participation ; mea:agent organisations:unep-law ; mea:role role:participant .
this:act-who a mea:Participation ; mea:agent organisations:who ; mea:role role:organiser .
<FOREIGN> a mea:Meeting ; rdfs:label "Réunion"@en ; mea:when "2024-03-01"^^edtf:EDTF ;
    mea:meetingOf bodies:minamata-icc .
"""
INDEXED = """
<PASSAGE> a mea:Passage ; rdfs:label "COP-6 note annex-1/1"@en ; mea:label "annex-1/1" ;
    mea:order 1 ; mea:passageKind "paragraph" ; dcterms:isPartOf documents:note ; mea:sha256 "0" .
"""
FOREIGN = BASE + "meetings/réunion-%20-(é)"
"""A meeting whose IRI is not ASCII; no file of ours could have such a name."""


def small(checkout: Project, root: Path, *more: str, nasty: bool = True) -> Project:
    """Write the graph's files; ``more`` is stated in its one passage."""
    for folder in ("ontology", "queries"):
        shutil.copytree(checkout.root / folder, root / folder)
    (root / "shapes").mkdir()
    records = {path: f"<{_iri(path)}> {said} ." for path, said in RECORDS.items()}
    records["documents/note/index"] += INDEXED.replace("PASSAGE", BASE + PASSAGE)
    for name, label in NASTY.items() if nasty else ():
        said = f"a mea:Meeting ; rdfs:label {Literal(label, language='en')} ; "
        records[f"meetings/{name}"] = (
            f"meetings:{name} {said} mea:statedAs {Literal(label)} , {Literal('b')} ; "
            'mea:when "2024-02-28/2024-02-29"^^edtf:EDTF .'
        )
    records[PASSAGE] = STATED.replace("FOREIGN", FOREIGN) + "\n".join(more)
    modified = {"meetings/icc-3": "2026-03-01", PASSAGE: "2026-02-01"}
    records["register"] = "\n".join(
        f"<{BASE}{path}.ttl> a mea:EntryFile ; dcterms:modified "
        f'"{modified.get(path, "2026-01-01")}"^^xsd:date .'
        for path in records
    )
    for path, text in records.items():
        file = root / "data" / f"{path}.ttl"
        file.parent.mkdir(parents=True, exist_ok=True)
        this = f"PREFIX this: <{BASE}{path.removesuffix('/index')}#>\n"
        file.write_text(PREFIX + this + text, encoding="utf-8")
    return Project(root)


def built(project: Project) -> Store:
    return build(project)


def _iri(path: str) -> str:
    if path == "dataset":
        return BASE + "dataset#meagraph"
    return BASE + path.removesuffix("/index")


def written(files: dict, folder: Path) -> Path:
    """Write the files of an export to a folder."""
    for name, make in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())
    return folder
