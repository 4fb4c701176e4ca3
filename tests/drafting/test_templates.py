"""A template is valid Turtle, says what is missing, and filled in is a valid entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from curator import filled, uncommented
from pyoxigraph import RdfFormat, parse

from meagraph.drafting.kinds import Kind, find_kind, kinds
from meagraph.drafting.passages import claim_graph, new_index, new_passage
from meagraph.drafting.slugs import Details
from meagraph.drafting.templates import Template, new_claim, new_record
from meagraph.drafting.vocabulary import Vocabulary
from meagraph.entries import Entry, entry_path, parse_entry
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY
from meagraph.project import Project
from meagraph.validation import Report, validate

MEMBER_OF = ONTOLOGY + "memberOf"
SYMBOL = DCTERMS + "identifier"
TEXT = "Annex I\n\n1. The secretariat visited a laboratory.\n\n2. It thanked the hosts.\n"


def bare_passages(project: Project, vocabulary: Vocabulary) -> list[str]:
    """Passages without a file, as document and label."""
    found = [
        f"{document.rpartition('/')[2]} {text}"
        for document in vocabulary.subjects(
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ONTOLOGY + "SourceDocument"
        )
        for passage in vocabulary.subjects(DCTERMS + "isPartOf", document)
        for text in vocabulary.texts(passage, ONTOLOGY + "label")
        if not entry_path(passage, project.data).exists()
        and not entry_path(passage.replace("/documents/", "/readings/"), project.data).exists()
    ]
    assert len(found) > 2
    return found


def record(project: Project, vocabulary: Vocabulary, word: str, **details: str) -> Template:
    kind = find_kind(vocabulary, word)
    return new_record(project, vocabulary, kind, Details(**details))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def templates(
    project: Project, vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Template]:
    """One template of each kind, by the kind's name."""
    claims, passage = bare_passages(project, vocabulary)[:2]
    found = {}
    for kind in kinds(vocabulary):
        # A paragraph is named after its decision.
        of = f"{BASE}decisions/mc-5-18" if kind.name == "decision-paragraph" else ""
        details = Details(label=f"Trial of the {kind.label}", of=of)
        if kind.name == "source-document":
            continue
        if kind.has_record:
            found[kind.name] = new_record(project, vocabulary, kind, details)
        else:
            where = ["trial"] if kind.home == "identifiers/" else claims.split()
            graph = claim_graph(vocabulary, kind, where)
            found[kind.name] = new_claim(project, vocabulary, kind, graph, details)
    document, label = passage.split()
    iri = f"{BASE}documents/{document}"
    found["passage"] = new_passage(project, vocabulary, iri, label, None)
    text = tmp_path_factory.mktemp("texts") / "trial-note.txt"
    text.write_text(TEXT)
    found["source-document"] = new_index(project, vocabulary, text)
    return found


def arriving(texts: list[tuple[Template, str]]) -> list[Entry]:
    """The entries, those of one graph taken together."""
    together: dict[str, str] = {}
    for template, text in texts:
        together[template.graph] = together.get(template.graph, "") + text
    return [
        parse_entry(Path(f"new-{number}.ttl"), graph, text.encode())
        for number, (graph, text) in enumerate(together.items())
    ]


def described(report: Report) -> list[str]:
    return [
        f"{found.rule} {found.focus} {found.path}: {found.message}" for found in report.findings
    ]


def test_every_class_that_a_curator_writes_is_a_kind(
    vocabulary: Vocabulary, templates: dict[str, Template]
) -> None:
    written = {iri for (iri, _), said in vocabulary.usage.said.items() if said}
    begun = {kind.iri for kind in kinds(vocabulary)}
    left_out = {iri.removeprefix(ONTOLOGY) for iri in written - begun if iri.startswith(ONTOLOGY)}
    # The register is kept by fmt, passages are listed by an index, participations stand with acts.
    assert left_out <= {"EntryFile", "Passage", "Footnote", "Participation"}
    assert "Agent" not in {kind.iri.removeprefix(ONTOLOGY) for kind in kinds(vocabulary)}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("meeting", "meeting"),
        ("group", "agreement-group"),
        ("system", "information-system"),
        ("stakeholder", "stakeholder-group"),
        ("MeetingSeries", "meeting-series"),
        ("series of meetings", "meeting-series"),
        ("list", "list-claim"),
        ("bodies", "body"),
    ],
)
def test_kinds_are_found_by_what_readers_call_them(
    vocabulary: Vocabulary, word: str, name: str
) -> None:
    assert find_kind(vocabulary, word).name == name


def test_a_filled_template_of_every_kind_is_a_valid_entry(
    project: Project, vocabulary: Vocabulary, templates: dict[str, Template]
) -> None:
    complete = dict(templates)
    report = templates["source-document"]
    symbol = uncommented(report.text, SYMBOL, '"TRIAL/NOTE/1"')
    complete["source-document"] = report._replace(text=symbol)
    texts = [(template, filled(vocabulary, template.text)) for template in complete.values()]
    group = templates["agreement-group"].iri
    for label in ("First of the trial", "Second of the trial"):
        member = record(project, vocabulary, "agreement", label=label)
        text = uncommented(member.text, MEMBER_OF, f"<{group}>")
        texts.append((member, filled(vocabulary, text)))
    report = validate(project, arriving=arriving(texts))
    assert described(report) == []


def test_an_unfilled_template_of_every_kind_is_refused_for_its_placeholders_alone(
    project: Project, vocabulary: Vocabulary, templates: dict[str, Template]
) -> None:
    entries = arriving([(template, template.text) for template in templates.values()])
    findings = validate(project, arriving=entries).findings
    # The group has no members, and nothing in the template could give it any; that a document has
    # no symbol is for its curator to say.
    others = {found.rule for found in findings} - {"meash:Filled-in"}
    assert others <= {"meash:AgreementGroup-members", "meash:SourceDocument-symbol"}
    missing = {
        (found.places[0].file.name, found.places[0].line)
        for found in findings
        if found.rule == "meash:Filled-in"
    }
    expected = {
        (entry.path.name, number)
        for entry in entries
        for number, line in enumerate(entry.text.split("\n"), start=1)
        if re.search("fill-in|FILL IN", line.partition("#:")[0])
    }
    assert {place for place in expected if place in missing} == missing
    assert len(missing) > 30


def test_guidance_stands_on_lines_of_its_own(templates: dict[str, Template]) -> None:
    for template in templates.values():
        for line in template.text.split("\n"):
            assert "#:" not in line or line.lstrip().startswith("#:")


def test_every_optional_line_is_turtle_when_its_mark_is_taken_away(
    templates: dict[str, Template],
) -> None:
    for name, template in templates.items():
        used = re.sub(r"^(\s*)#: (?=\S)", r"\1", template.text, flags=re.M)
        if used == template.text:
            assert "Optional:" not in template.text, name
            continue
        assert len(list(parse(used.encode(), RdfFormat.TURTLE))) > len(
            list(parse(template.text.encode(), RdfFormat.TURTLE))
        ), name


def test_demanded_properties_stand_before_optional_ones(
    project: Project, vocabulary: Vocabulary
) -> None:
    text = record(project, vocabulary, "body", label="Group on trials").text
    demanded, _, optional = text.partition("#:   Optional:")
    assert "mea:bodyKind <https://w3id.org/meagraph/fill-in> ;" in demanded
    assert "#: mea:bodyOf <https://w3id.org/meagraph/fill-in> ;" in optional


def test_allowed_concepts_are_those_of_the_scheme_that_fit_the_class(
    project: Project, vocabulary: Vocabulary
) -> None:
    kind = find_kind(vocabulary, "activity")
    graph = f"{BASE}documents/minamata-cop6-cooperation-activities/annex-1/14"
    text = " ".join(new_claim(project, vocabulary, kind, graph, Details()).text.split())
    assert "status:done" in text
    assert "status:held" not in text


def test_a_parent_is_named_by_the_property_that_takes_it(
    project: Project, vocabulary: Vocabulary
) -> None:
    body = record(
        project, vocabulary, "body", label="Group on trials", of=f"{BASE}agreements/basel"
    )
    assert body.iri == f"{BASE}bodies/basel-group-trials"
    assert "    mea:bodyOf agreements:basel ;" in body.text
    meeting = record(
        project, vocabulary, "meeting", label="On trials", of=f"{BASE}bodies/basel-oewg"
    )
    assert "    mea:meetingOf bodies:basel-oewg ;" in meeting.text
    paragraph = record(
        project, vocabulary, "decision-paragraph", of=f"{BASE}decisions/mc-5-18", part="para 5"
    )
    assert paragraph.iri == f"{BASE}decisions/mc-5-18-para-5"
    assert "    mea:paragraphOf decisions:mc-5-18 ;" in paragraph.text


def test_what_a_passage_states_of_a_record_is_not_offered_in_it(
    project: Project, vocabulary: Vocabulary
) -> None:
    kind = find_kind(vocabulary, "meeting")
    details = Details(of=f"{BASE}bodies/basel-oewg", ordinal=99, when="2031-06-11/2031-06-13")
    template = new_record(project, vocabulary, kind, details)
    assert template.iri == f"{BASE}meetings/basel-oewg-99"
    assert "#: mea:statedAs" not in template.text
    stated = (
        '#: meetings:basel-oewg-99 mea:ordinal 99 ; mea:when "2031-06-11/2031-06-13"^^edtf:EDTF .'
    )
    assert stated in template.text


def test_a_decision_with_a_symbol_must_name_who_adopted_it(
    project: Project, vocabulary: Vocabulary
) -> None:
    symbol = record(project, vocabulary, "decision", symbol="MC-99/1", label="Trial").text
    assert "    mea:adoptedBy <https://w3id.org/meagraph/fill-in> ;" in symbol
    plain = record(project, vocabulary, "decision", label="Trial").text
    assert "    #: mea:adoptedBy <https://w3id.org/meagraph/fill-in> ;" in plain


def test_namesakes_are_named_first_the_one_whose_name_is_taken(
    project: Project, vocabulary: Vocabulary
) -> None:
    template = record(
        project, vocabulary, "body", acronym="OEWG", of=f"{BASE}agreements/basel", label="Group"
    )
    assert template.iri == f"{BASE}bodies/basel-oewg-2"
    assert template.namesakes[0].iri == f"{BASE}bodies/basel-oewg"
    assert "Is it not bodies:basel-oewg" in template.text


def test_quotation_marks_in_a_label_are_escaped(project: Project, vocabulary: Vocabulary) -> None:
    template = record(project, vocabulary, "project", label='A "trial" \\ of marks')
    (label,) = (
        quad.object.value
        for quad in parse(template.text.encode(), RdfFormat.TURTLE)
        if quad.predicate.value.endswith("#label")
    )
    assert label == 'A "trial" \\ of marks'


def test_a_kind_needs_no_data(project: Project, vocabulary: Vocabulary) -> None:
    from pyoxigraph import Store

    terms = Store()
    for quad in vocabulary.store:
        if "/ontology" in str(quad.graph_name) or "/concepts/" in str(quad.graph_name):
            terms.add(quad)
            terms.add(type(quad)(quad.subject, quad.predicate, quad.object))
    empty = Vocabulary(terms, vocabulary.shapes)
    homes = {kind.name: kind.home for kind in kinds(empty)}
    assert homes["body"] == "bodies"
    assert homes["organisation"] == "organisations"
    assert homes["reading"] == "readings/"
    text = new_record(
        project, empty, Kind("body", ONTOLOGY + "Body", "body", "", "bodies"), Details()
    )
    assert "mea:bodyKind" in text.text
