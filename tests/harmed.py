"""A small graph whose every kind of thing bears every kind of harmful name."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal

from meagraph.namespaces import BASE
from meagraph.project import Project
from small_export import LONG, RTL, small

MARKUP = '<script>alert("1")</script> <b>Tom &amp; Jerry</b> &lt;i&gt; ]]> --> \' R&D'
NAMES = {
    "controls": Literal("a\x00b\x01c\x08d\x1b[31me\x7ff\x85g\ufffeh\uffffi", language="en"),
    "markup": Literal(MARKUP, language="en"),
    "french": Literal("Réunion sur l’eau", language="fr"),
    "rtl": Literal(RTL, language="ar"),
    "rtl-en": Literal("\u202eabc " + RTL, language="en"),
    "long": Literal(LONG, language="en"),
    "wide": Literal("𝔐𝔢𝔯𝔠𝔲𝔯𝔶 👩\u200d🔬", language="en"),
    "formula": Literal('=cmd|" /C calc"!A0', language="en"),
    "lines": Literal("one\r\ntwo\rthree\nfour\u2028five", language="en"),
    "empty": Literal("", language="en"),
    "é-√-%20-'(x)": Literal("An IRI beyond ASCII", language="en"),
    "x:y;z=1,2": Literal("Signs that file systems do not bear", language="en"),
}
"""What things are called, by the last part of their IRIs."""

KINDS = ("agreements", "bodies", "meetings", "organisations", "decisions", "documents")
DAY = '"2024-02-28/2024-02-29"^^edtf:EDTF'
FOREIGN_MACHINE_NAMES = ("nosuchtreaty", 'x"><script>', "no/such", "é" * 40)

DAYS = {
    "no-such-day": '"2024-02-30"^^xsd:date',
    "far": '"12024-02-01"^^xsd:date',
    "early": '"-0044-03-15"^^xsd:date',
    "inverted": '"2024-03-02"^^xsd:date ; schema:endDate "2024-03-01"^^xsd:date',
}
"""First days that are stated of meetings, and that no calendar can show."""


def iri(kind: str, name: str) -> str:
    return f"{BASE}{kind}/{name}"


def statements() -> list[str]:
    said = []
    for number, (name, label) in enumerate(NAMES.items()):
        agreement, body, meeting, organisation, decision, document = (
            f"<{iri(kind, name)}>" for kind in KINDS
        )
        text = Literal(label.value)
        plain = f"rdfs:label {label} ; mea:statedAs {text} ; mea:acronym {text}"
        said += [
            f"{agreement} a mea:Agreement ; {plain} .",
            f"{body} a mea:Body ; {plain} ; mea:bodyKind bodykind:conference ; "
            f"mea:bodyOf {agreement} .",
            f"{meeting} a mea:Meeting ; {plain} ; mea:meetingOf {body} ; mea:when {DAY} ; "
            f"mea:whenAsStated {text} ; mea:status status:held ; schema:location places:bali .",
            f"{organisation} a mea:Organisation ; {plain} .",
            f"{decision} a mea:Decision ; {plain} ; mea:adoptedAt {meeting} ; "
            f"mea:adoptedBy {body} ; dcterms:identifier {text} .",
            f"{document} a mea:Document ; {plain} ; dcterms:identifier {text} ; "
            f"dcterms:title {label} ; mea:writtenFor {meeting} ; mea:submittedBy {organisation} .",
            f"this:act{number} a mea:CooperationActivity ; rdfs:label {label} ; mea:purpose {text} "
            "; mea:kind kind:coordination ; mea:status status:done ; "
            f"mea:event {meeting} ; mea:hasParticipation this:p{number} , this:q{number} .",
            f"this:p{number} a mea:Participation ; mea:agent {organisation} ; "
            "mea:role role:participant .",
            f"this:q{number} a mea:Participation ; mea:agent organisations:who ; "
            "mea:role role:participant .",
            _named(f"n{number}", agreement, Literal(f"treaty{number}")),
        ]
    for number, foreign in enumerate(FOREIGN_MACHINE_NAMES):
        treaty, meeting = (
            f"<{iri(kind, f'foreign-{number}')}>" for kind in ("agreements", "meetings")
        )
        said += [
            f'{treaty} a mea:Agreement ; rdfs:label "Foreign {number}"@en .',
            f'{meeting} a mea:Meeting ; rdfs:label "Foreign {number}"@en ; mea:when {DAY} ; '
            f"mea:meetingOf {treaty} .",
            _named(f"f{number}", treaty, Literal(foreign)),
        ]
    return said


def _named(node: str, agreement: str, name: Literal) -> str:
    return (
        f"this:{node} a mea:ExternalIdentifier ; mea:identifies {agreement} ; "
        f"mea:registry registry:informea-name ; skos:notation {name} ; rdfs:label {name} ."
    )


def misdated(checkout: Project, root: Path) -> Project:
    """Write the files of a graph whose meetings are dated as no graph that is valid has them."""
    said = (
        f"<{iri('meetings', name)}> a mea:Meeting ; schema:startDate {day} ; mea:meetingOf "
        f'bodies:minamata-cop ; rdfs:label "{name}"@en .'
        for name, day in DAYS.items()
    )
    named = _named("n", "agreements:minamata", Literal("minamataunep"))
    return small(checkout, root, *said, named, nasty=False)


def harmed(checkout: Project, root: Path) -> Project:
    """Write the files of the graph; see `small_export.small`."""
    said = statements()
    dataset = "\n".join(
        f"<{BASE}dataset#meagraph> <http://purl.org/dc/terms/description> {label} ."
        for name, label in NAMES.items()
        if name != "empty"
    )
    return small(checkout, root, *said, dataset, nasty=False)
