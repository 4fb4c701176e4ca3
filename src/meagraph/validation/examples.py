"""Of each rule on files: what it looks at, an example that breaks it, and one that keeps it.

An example is one file of ``data/`` or several, each headed by its path; they belong to a small
graph in which there are a document, two of its passages and two meetings. A test breaks and keeps
each rule with them.
"""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """Files that break a rule, and files that keep it; ``looks_at`` says what is looked at."""

    looks_at: str
    wrong: str
    right: str


_VISIT = '<#visit> a mea:Activity ; rdfs:label "A visit"@en ; mea:event meetings:cop-6 .'
_PASSAGE = "# data/documents/note/annex-1/2.ttl\n"
_RECORD = '# data/meetings/cop-5.ttl\nmeetings:cop-5 a mea:Meeting ; rdfs:label "Fifth COP"@en .'
_TOMBSTONE = (
    "# data/meetings/cop-4.ttl\nmeetings:cop-4 owl:deprecated true ;\n"
    "    dcterms:isReplacedBy meetings:cop-5 .\n"
)
_READING = "# data/readings/note/annex-1/2.ttl\n"
_OTHER = "# data/documents/note/annex-1/1.ttl\n"

EXAMPLES: dict[str, Example] = {
    "meash:Readable": Example(
        "every file of ontology/, data/ and shapes/",
        _PASSAGE + "meetings:cop-6 mea:status status:held",
        _PASSAGE + "meetings:cop-6 mea:status status:held .",
    ),
    "meash:Name-defined": Example(
        "every term, concept, entity, claim and passage of ours that a file names",
        _PASSAGE + "meetings:cop-6 mea:status status:hold .",
        _PASSAGE + "meetings:cop-6 mea:status status:held .",
    ),
    "meash:Iri-kind": Example(
        "every IRI under https://w3id.org/meagraph/ that a data file names",
        f"{_PASSAGE}{_VISIT.replace('meetings:cop-6', '<https://w3id.org/meagraph/meeting/cop-6>')}",
        _PASSAGE + _VISIT,
    ),
    "meash:Term-declared": Example(
        "every property and class of another vocabulary that a data file uses",
        _PASSAGE + 'meetings:cop-6 dcterms:identifer "COP/6" .',
        _PASSAGE + 'meetings:cop-6 dcterms:identifier "COP/6" .',
    ),
    "meash:Record-identity": Example(
        "rdf:type and rdfs:label of entities and passages, in files that are not their own",
        _PASSAGE + 'meetings:cop-6 rdfs:label "Conference of the Parties"@en .',
        _PASSAGE + 'meetings:cop-6 mea:statedAs "Conference of the Parties" .',
    ),
    "meash:Claim-home": Example(
        "every claim (a name with #) that a data file describes",
        _PASSAGE + "<1#visit> mea:status status:held .",
        _PASSAGE + _VISIT,
    ),
    "meash:Reading-subject": Example(
        "every node that a file of data/readings/ describes",
        _READING + "meetings:cop-6 mea:ordinal 6 .",
        _READING + "<#doubt> a mea:Reading ; mea:concerns meetings:cop-6 .",
    ),
    "meash:Record-subject": Example(
        "every node that a record describes",
        _RECORD + "\nmeetings:cop-6 mea:ordinal 6 .",
        _RECORD,
    ),
    "meash:Passage-listed": Example(
        "the path of every file of a passage, and of a reading of one",
        "# data/documents/note/annex-1/9.ttl\nmeetings:cop-6 mea:status status:held .",
        _PASSAGE + "meetings:cop-6 mea:status status:held .",
    ),
    "meash:Term-derived": Example(
        "every property that a data file uses",
        _PASSAGE + 'meetings:cop-6 mea:earliest "2025-11-01"^^xsd:date .',
        _PASSAGE + 'meetings:cop-6 mea:when "2025-11"^^edtf:EDTF .',
    ),
    "meash:Record-date": Example(
        "mea:when in every record",
        _RECORD + '\nmeetings:cop-5 mea:when "2023-11"^^edtf:EDTF .',
        _RECORD + '\nmeetings:cop-5 mea:when "2023-11"^^edtf:EDTF ; mea:takenFrom "A calendar" ;\n'
        '    mea:checked "2026-11-21"^^xsd:date .',
    ),
    "meash:Name-in-use": Example(
        "every IRI that a data file names and whose record is deprecated",
        _TOMBSTONE + _PASSAGE + "meetings:cop-4 mea:status status:held .",
        _TOMBSTONE + _PASSAGE + "meetings:cop-5 mea:status status:held .",
    ),
    "meash:Label-unique": Example(
        "rdfs:label of every record; case, accents and blanks make no difference",
        _RECORD.replace("Fifth", "sixth"),
        _RECORD,
    ),
    "meash:Identifier-unique": Example(
        "dcterms:identifier of every record, wherever it is stated",
        f'{_OTHER}{_VISIT}\nmeetings:cop-5 dcterms:identifier "COP/6" .\n\n'
        f'{_PASSAGE}meetings:cop-6 dcterms:identifier "COP/6" .',
        f'{_OTHER}{_VISIT}\nmeetings:cop-5 dcterms:identifier "COP/5" .\n\n'
        f'{_PASSAGE}meetings:cop-6 dcterms:identifier "COP/6" .',
    ),
    "meash:Time-edtf": Example(
        "every value of mea:when, and every EDTF literal",
        _PASSAGE + 'meetings:cop-6 mea:when "2025-11-31"^^edtf:EDTF .',
        _PASSAGE + 'meetings:cop-6 mea:when "2025-11-30"^^edtf:EDTF .',
    ),
    "meash:When-agrees": Example(
        "all values of mea:when that the files state of one thing",
        f'{_OTHER}{_VISIT}\nmeetings:cop-6 mea:when "2025-11"^^edtf:EDTF .\n\n'
        f'{_PASSAGE}meetings:cop-6 mea:when "2024-12"^^edtf:EDTF .',
        f'{_OTHER}{_VISIT}\nmeetings:cop-6 mea:when "2025-11"^^edtf:EDTF .\n\n'
        f'{_PASSAGE}meetings:cop-6 mea:when "2025"^^edtf:EDTF .',
    ),
    "meash:Filled-in": Example(
        "every placeholder of a template of meagraph new",
        _PASSAGE + 'meetings:cop-6 mea:when "FILL IN"^^edtf:EDTF .',
        _PASSAGE + 'meetings:cop-6 mea:when "2025-11-03/2025-11-07"^^edtf:EDTF .',
    ),
}
"""By the name of the rule; each rule of `meagraph.validation.rules` has one."""
