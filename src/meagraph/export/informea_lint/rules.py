"""The rules of the portals' harvesters: what they do with a record that breaks one; remedies."""

from __future__ import annotations

from typing import NamedTuple

ERROR, WARNING = "error", "warning"
SEVERITIES = (ERROR, WARNING)

READS_DECISIONS = "reads decisions only"
TAKES_IT = "imports it"
"""What ECOLEX does where a rule says nothing of it: with others than decisions, and with these."""


class Rule(NamedTuple):
    """A rule that a record keeps or breaks.

    Args:
        name: what it is called.
        severity: ``error`` where a harvester rejects or fails on the record, or the feed cannot
            carry it; ``warning`` where it takes the record and loses something, or where no treaty
            of the portal has the thing, so that nobody need mend it.
        informea: what InforMEA does with a record that breaks it.
        remedy: what to do about it.
        ecolex: what ECOLEX does, if it is told; else what it does with any record of the set.
        properties: those of the graph, by prefixed names, near which the fault stands.
    """

    name: str
    severity: str
    informea: str
    remedy: str
    ecolex: str = ""
    properties: tuple[str, ...] = ()

    def ecolex_on(self, set_: str) -> str:
        """What ECOLEX does with a record of a set that breaks the rule."""
        if set_ != "Decisions":
            return READS_DECISIONS
        return self.ecolex or TAKES_IT


_PLACE = ("schema:location",)
_TIME = ("mea:when",)
_DROPS_FILE = "imports it without that file"

_RULES = (
    Rule(
        "no-title",
        ERROR,
        "rejects it: it has no title in any language",
        "Give its record an rdfs:label in English.",
        "stops with an error, and takes nothing that follows",
        ("rdfs:label",),
    ),
    Rule(
        "title-language",
        ERROR,
        "imports it under the title that there is",
        "Give its record an rdfs:label in English.",
        "stops with an error: it keeps titles in en, es, fr, ar, ru and zh only",
        ("rdfs:label",),
    ),
    Rule(
        "no-english",
        WARNING,
        "imports it under the first title that there is",
        "Give its record an rdfs:label in English.",
        "",
        ("rdfs:label",),
    ),
    Rule(
        "treaty-unknown",
        ERROR,
        "rejects it: it has no treaty of that machine name",
        "Correct the name in data/identifiers/informea-name.ttl or in informea.toml.",
        "imports it without a treaty",
        ("mea:meetingOf", "mea:adoptedBy", "mea:writtenFor"),
    ),
    Rule(
        "no-treaty",
        WARNING,
        "would reject it: it has no treaty to file it under",
        "If it is a treaty's, say so with mea:meetingOf, mea:adoptedBy or mea:writtenFor; if "
        "InforMEA has the treaty, give its machine name in data/identifiers/informea-name.ttl.",
        "imports it without a treaty",
        ("mea:meetingOf", "mea:adoptedBy", "mea:writtenFor"),
    ),
    Rule(
        "no-start",
        ERROR,
        "rejects the meeting, and with it each decision taken there",
        "Supply its days with mea:when on its record, with mea:takenFrom and mea:checked.",
        "",
        _TIME,
    ),
    Rule(
        "only-parts",
        WARNING,
        "imports its parts, and not the whole",
        "Nothing needs to be done. A decision adopted there names the part with mea:adoptedAt.",
        "",
        _TIME,
    ),
    Rule(
        "end-before-start",
        WARNING,
        "keeps both days as they are",
        "Correct mea:when.",
        "",
        _TIME,
    ),
    Rule(
        "no-type",
        WARNING,
        "imports it without a type",
        "Say with mea:meetingOf whose meeting it is, and of that body with mea:bodyKind what it "
        "is; for some kinds the protocol has no type.",
        "",
        ("mea:meetingOf",),
    ),
    Rule(
        "no-url",
        WARNING,
        "imports it, and leaves it out of what it publishes itself as OData",
        "Supply its official address with schema:url.",
        "",
        ("schema:url",),
    ),
    Rule(
        "no-country",
        WARNING,
        "imports it without a country",
        "Supply where it took place with schema:location.",
        "",
        _PLACE,
    ),
    Rule(
        "country-unknown",
        WARNING,
        "imports it without a country: it knows none of that code",
        "Correct the code in data/identifiers/iso-3166-alpha-2.ttl.",
        "",
        _PLACE,
    ),
    Rule(
        "no-city",
        WARNING,
        "imports it without a city",
        "Supply the city with schema:location.",
        "",
        _PLACE,
    ),
    Rule(
        "no-location",
        WARNING,
        "imports it without a venue",
        "Nothing needs to be done: the graph has no venues.",
        "",
        _PLACE,
    ),
    Rule(
        "same-title",
        WARNING,
        "imports both, and may file a decision that names its meeting by title under either",
        "Give one of them a label that tells it from the other.",
        "",
        ("rdfs:label",),
    ),
    Rule(
        "meeting-unresolvable",
        ERROR,
        "rejects it: its meeting is not among those of the treaty that are imported",
        "Name its meeting with mea:adoptedAt, and supply that meeting's days.",
        "",
        ("mea:adoptedAt",),
    ),
    Rule(
        "no-date",
        ERROR,
        "takes the day from the meeting; the protocol requires one",
        "Supply the days of its meeting.",
        "",
        ("mea:adoptedAt",),
    ),
    Rule(
        "no-number",
        ERROR,
        "imports it without a number; the protocol requires one",
        "Give its record the number with dcterms:identifier.",
        "",
        ("dcterms:identifier",),
    ),
    Rule(
        "no-kind",
        ERROR,
        "imports it without a type; the protocol requires decision, resolution or recommendation",
        "Give its record the type mea:Decision or mea:Resolution.",
        "",
        ("rdf:type",),
    ),
    Rule(
        "no-status",
        ERROR,
        "imports it without a status; the protocol requires one",
        "Have a passage state its mea:status.",
        "",
        ("mea:status",),
    ),
    Rule(
        "no-uuid",
        ERROR,
        "cannot tell which of its treaties this is",
        "Give InforMEA's UUID of it in data/identifiers/informea.ttl.",
    ),
    Rule(
        "no-files",
        WARNING,
        "imports it without a file",
        "Supply the official address of a file of it with schema:url, and its language with "
        "dcterms:language.",
        "",
        ("schema:url", "dcterms:identifier"),
    ),
    Rule(
        "file-url",
        WARNING,
        _DROPS_FILE,
        "Correct the address: it begins with https:// and a host.",
        "imports it with that address",
        ("schema:url",),
    ),
    Rule(
        "file-name",
        WARNING,
        _DROPS_FILE,
        "Give an address that ends in the name of a file.",
        "imports it, the file without a name",
        ("schema:url",),
    ),
    Rule(
        "file-language",
        WARNING,
        _DROPS_FILE,
        "Say with dcterms:language in which language the text at its address is.",
        "",
        ("schema:url",),
    ),
    Rule(
        "file-image",
        WARNING,
        _DROPS_FILE,
        "Give the address of the text itself.",
        "",
        ("schema:url",),
    ),
    Rule(
        "author-value",
        WARNING,
        "imports it without that author: it reads value, not name",
        "Give the author an rdfs:label in English.",
        "",
        ("mea:submittedBy",),
    ),
    Rule(
        "long-title",
        WARNING,
        "cuts the title",
        "Shorten its rdfs:label.",
        "",
        ("rdfs:label",),
    ),
    Rule(
        "long-id",
        ERROR,
        "may cut the id, and then takes two records for one",
        "Rename the thing with meagraph rename.",
    ),
    Rule(
        "duplicate-id",
        ERROR,
        "ignores all but the first record of that id",
        "Rename one of the two things with meagraph rename.",
        "stores one over the other",
    ),
    Rule(
        "control-character",
        ERROR,
        "gets no answer: such a service fails on a control character",
        "Take the character out of the text.",
        "gets no answer",
        ("rdfs:label",),
    ),
)

RULES = {rule.name: rule for rule in _RULES}
"""The rules by name."""
