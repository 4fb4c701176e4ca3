"""Which flat tables there are, and which properties are their columns."""

from __future__ import annotations

from typing import NamedTuple

from meagraph.namespaces import CONCEPTS, DCTERMS, ONTOLOGY, PREFIXES, SKOS

THINGS, LINKS = "things", "links"
"""The two tables beside those of a class: all things, and all links between them."""

TEXT, INTEGER, DECIMAL, DATE, TIME = "text", "integer", "decimal", "date", "time"
ADDRESS, TERM, LINK = "address", "term", "link"
"""The forms of a column: of the last three, an address is a plain IRI, a term is one of the
ontology, and a link is a row of `THINGS`."""


class Field(NamedTuple):
    """A column that holds the values of a property.

    Args:
        name: of the column; the one with labels has ``Label`` behind it.
        iri: of the property.
        form: one of the forms above.
        many: whether a cell holds a list.
        table: the table in whose rows all its IRIs stand; empty where that may be any.
        required: whether the shapes want a value in every row. Such a link is a foreign key; one
            that may be empty is not, since strict readers refuse it.
        inverse: whether the row is the object of the property and the cell its subject.
    """

    name: str
    iri: str
    form: str
    many: bool
    table: str = ""
    required: bool = False
    inverse: bool = False

    @property
    def is_key(self) -> bool:
        """Whether it is a foreign key."""
        return self.form == LINK and self.required and not self.many

    @property
    def has_label(self) -> bool:
        """Whether a column with labels follows."""
        return self.form in (LINK, TERM)


class Sheet(NamedTuple):
    """A table: a row for each thing of some classes, or each concept of some schemes.

    Args:
        name: of the table; its file is ``<name>.csv``.
        title: a heading.
        classes: local names of classes of the ontology.
        fields: its columns, beside those that all have.
        schemes: the schemes whose concepts are its rows; then it has no classes.
    """

    name: str
    title: str
    classes: tuple[str, ...]
    fields: tuple[Field, ...]
    schemes: tuple[str, ...] = ()


_FORMS: dict[str, str] = {
    **dict.fromkeys(
        "mea:statedAs mea:definesAs mea:acronym skos:altLabel skos:definition skos:notation "
        "mea:whenAsStated dcterms:title dcterms:identifier mea:purpose mea:condition mea:remark "
        "mea:asWritten mea:reason mea:measures mea:takenFrom mea:shortTitle mea:label "
        "mea:passageKind mea:sha256".split(),
        TEXT,
    ),
    **dict.fromkeys(
        "mea:ordinal mea:statedCount mea:times mea:order mea:rank mea:activitiesAsNamed "
        "mea:activitiesRolledUp".split(),
        INTEGER,
    ),
    "mea:value": DECIMAL,
    **dict.fromkeys(
        "mea:earliest mea:latest schema:startDate schema:endDate mea:checked".split(), DATE
    ),
    **dict.fromkeys(("mea:when", "mea:due"), TIME),
    **dict.fromkeys("schema:url skos:closeMatch skos:exactMatch skos:broadMatch".split(), ADDRESS),
    **dict.fromkeys(("mea:linksBy", "mea:pairing"), TERM),
}
"""What the values of a property are; those that are not named here are links."""

_ONE = frozenset(
    "mea:ordinal mea:statedCount mea:times mea:per mea:order mea:rank mea:activitiesAsNamed "
    "mea:activitiesRolledUp mea:value mea:unit mea:earliest mea:latest schema:startDate "
    "schema:endDate mea:checked mea:agent mea:role mea:kind mea:bodyKind mea:mode mea:closure "
    "mea:citationKind mea:cites mea:defectKind mea:registry mea:itemRole mea:listOf "
    "mea:latestStatus mea:label mea:shortTitle mea:passageKind mea:sha256 mea:paragraphOf "
    "mea:provisionOf mea:roundOf mea:governmentOf mea:unitOf mea:staffOf mea:identifies "
    "mea:quantityOf mea:measures mea:member mea:memberIn mea:madeIn mea:due mea:readingOf "
    "mea:reason mea:linksFrom mea:linksBy mea:linksTo mea:within mea:noteOf mea:reportingPeriod "
    "mea:pairing dcterms:title skos:definition skos:notation skos:inScheme".split()
)
"""Properties of which the shapes allow a thing one value."""

_TABLES = {
    **dict.fromkeys(
        "mea:kind mea:role mea:status mea:latestStatus mea:bodyKind mea:mode mea:closure "
        "mea:citationKind mea:unit mea:per mea:defectKind mea:registry mea:itemRole".split(),
        "concepts",
    ),
    "mea:topic": "topics",
    "mea:paragraphOf": "decisions",
    "mea:provisionOf": "agreements",
    "mea:within": "passages",
    "mea:noteOf": "passages",
}


def _field(written: str) -> Field:
    """The column of a property; ``!`` behind its name marks one that every row has."""
    name, required = written.removesuffix("!"), written.endswith("!")
    name = name if ":" in name else f"mea:{name}"
    prefix, _, local = name.partition(":")
    form = _FORMS.get(name, LINK)
    table = _TABLES.get(name, "")
    return Field(local, PREFIXES[prefix] + local, form, name not in _ONE, table, required)


def _fields(written: str) -> tuple[Field, ...]:
    return tuple(map(_field, written.split()))


def _sheet(name: str, title: str, classes: str, fields: str, *more: Field) -> Sheet:
    return Sheet(name, title, tuple(classes.split()), (*more, *_fields(fields)))


_NAMES = "acronym skos:altLabel statedAs definesAs "
_END = " topic about remark"
_DATES = "when whenAsStated schema:startDate schema:endDate earliest latest "
_DOCUMENT = Field("isPartOf", DCTERMS + "isPartOf", LINK, False, "documents", True)
_ACTIVITY = Field("activity", ONTOLOGY + "hasParticipation", LINK, False, "activities", True, True)
_PASSAGE_LABEL = Field("labelInDocument", ONTOLOGY + "label", TEXT, False, "", True)
_TOPIC_SCHEME = CONCEPTS + "topic"

SHEETS: tuple[Sheet, ...] = (
    _sheet("agreements", "Agreements", "Agreement", _NAMES + "memberOf" + _END),
    _sheet(
        "agreement-groups",
        "Groups of agreements",
        "AgreementGroup",
        _NAMES + "memberOf remark",
    ),
    _sheet(
        "provisions", "Legal provisions", "LegalProvision", "provisionOf! dcterms:isPartOf statedAs"
    ),
    _sheet(
        "frameworks",
        "Frameworks, goals and indicators",
        "Framework Goal Indicator",
        _NAMES + "belongsTo indicatorOf administeredBy" + _END,
    ),
    _sheet(
        "organisations",
        "Organisations, secretariats, units and governments",
        "Organisation",
        _NAMES + "secretariatOf unitOf governmentOf administeredBy memberOf remark",
    ),
    _sheet(
        "bodies",
        "Bodies",
        "Body",
        _NAMES + "bodyKind! bodyOf fallsUnder governedBy memberOf" + _END,
    ),
    _sheet(
        "posts", "Posts and staff", "Post StaffMember", "postOf staffOf memberOf statedAs remark"
    ),
    _sheet(
        "stakeholders", "Groups of stakeholders", "StakeholderGroup", _NAMES + "drawnFrom remark"
    ),
    _sheet(
        "programmes",
        "Programmes, funds, partnerships and rounds of applications",
        "Programme FundingRound",
        _NAMES + "belongsTo administeredBy roundOf ordinal" + _END,
    ),
    _sheet(
        "projects", "Projects", "Project", _NAMES + "belongsTo partOf status latestStatus" + _END
    ),
    _sheet(
        "plans",
        "Plans",
        "Plan",
        _NAMES + "belongsTo partOf dcterms:isPartOf submittedTo " + _DATES + _END,
    ),
    _sheet(
        "systems",
        "Information systems",
        "InformationSystem",
        _NAMES + "belongsTo schema:url" + _END,
    ),
    _sheet(
        "services",
        "Services and arrangements",
        "Service Arrangement",
        "statedAs belongsTo partOf similarTo" + _END,
    ),
    _sheet("places", "Places", "Place", "skos:altLabel statedAs schema:containedInPlace"),
    _sheet(
        "meetings",
        "Meetings and parts of meetings",
        "Meeting",
        _NAMES
        + "meetingOf inSeries ordinal schema:superEvent relatedTo "
        + _DATES
        + "duringPeriod status latestStatus mode schema:location schema:url takenFrom checked"
        + _END,
    ),
    _sheet("meeting-series", "Series of meetings", "MeetingSeries", _NAMES + "belongsTo remark"),
    _sheet(
        "meeting-sets",
        "Sets of meetings",
        "MeetingSet",
        "statedAs meetingOf item statedCount partOf drawnFrom schema:superEvent relatedTo "
        + _DATES
        + "duringPeriod times per status latestStatus pairing"
        + _END,
    ),
    _sheet(
        "decisions",
        "Decisions and resolutions",
        "Decision",
        "dcterms:identifier statedAs adoptedBy adoptedAt" + _END,
    ),
    _sheet(
        "decision-paragraphs",
        "Paragraphs of decisions",
        "DecisionParagraph",
        "paragraphOf! statedAs",
    ),
    _sheet(
        "documents",
        "Documents",
        "Document",
        "dcterms:identifier dcterms:title shortTitle "
        + _NAMES
        + "dcterms:isPartOf dcterms:isVersionOf partOf belongsTo writtenFor submittedTo "
        "submittedBy reportingPeriod ordinal schema:url sha256" + _END,
    ),
    _sheet("reporting-periods", "Reporting periods", "ReportingPeriod", _DATES),
    _sheet(
        "passages",
        "Passages of the source documents",
        "Passage",
        "order passageKind within noteOf sha256",
        _DOCUMENT,
        _PASSAGE_LABEL,
    ),
    _sheet(
        "activities",
        "Activities",
        "Activity",
        "kind! involves event takesPartIn uses output legalBasis implements partOf follows until "
        + _DATES
        + "duringPeriod times per status latestStatus statedAs purpose condition pairing"
        + _END,
    ),
    _sheet("participations", "Participations", "Participation", "agent! role! statedAs", _ACTIVITY),
    _sheet(
        "memberships",
        "Memberships",
        "Membership",
        "member! memberIn! role! legalBasis status latestStatus statedAs",
    ),
    _sheet(
        "cooperations",
        "Pairs that cooperate",
        "Cooperation",
        "between activitiesAsNamed activitiesRolledUp restsOn",
    ),
    _sheet("requests", "Requests", "Request", "madeIn! addressee requestedActivity due statedAs"),
    _sheet("citations", "Citations", "Citation", "cites! citedFor citationKind! statedAs" + _END),
    _sheet(
        "quantities",
        "Numbers and their units",
        "Quantity",
        "quantityOf! measures value unit! per statedAs topic",
    ),
    _sheet(
        "lists",
        "Lists",
        "ListClaim",
        "listOf! item itemRole closure! statedCount pairing statedAs remark",
    ),
    _sheet(
        "sets",
        "Sets whose members are not named",
        "UnspecifiedSet",
        "statedAs definesAs drawnFrom partOf memberOf submittedBy submittedTo administeredBy item "
        "statedCount status latestStatus pairing" + _END,
    ),
    _sheet(
        "readings",
        "Readings: what the project concludes",
        "Reading",
        "readingOf! concerns defectKind asWritten reason linksFrom linksBy linksTo",
    ),
    _sheet(
        "identifiers",
        "Identifiers in other registries",
        "ExternalIdentifier",
        "identifies! registry! skos:notation! schema:url takenFrom checked",
    ),
    Sheet(
        "topics",
        "Topics",
        (),
        _fields("skos:definition skos:broader skos:closeMatch skos:exactMatch skos:broadMatch"),
        (_TOPIC_SCHEME,),
    ),
    Sheet(
        "concepts",
        "Kinds, roles, statuses and the other concepts",
        (),
        _fields("skos:inScheme! skos:definition mea:rank skos:broader"),
        ("",),
    ),
)
"""All tables but `THINGS` and `LINKS`. The scheme ``""`` stands for all but that of topics."""

IN_SCHEME = SKOS + "inScheme"
