"""What a record of each set has, by name and type, as the harvesters of InforMEA read it.

OData 2, namespace ``informea``, container ``InforMEAService``; names are spelled as those services
spell them (``UUID``, ``filename``). There is no set of contacts: these are data of persons.
"""

from __future__ import annotations

from typing import NamedTuple

NAMESPACE = "informea"
CONTAINER = "InforMEAService"

STRING = "Edm.String"
DATETIME = "Edm.DateTime"
INT16 = "Edm.Int16"
INT32 = "Edm.Int32"
DOUBLE = "Edm.Double"
BOOLEAN = "Edm.Boolean"


class Kind(NamedTuple):
    """The records of one set.

    Args:
        set: the name of the set, such as ``Meetings``.
        name: the name of one record's type, such as ``Meeting``.
        scalars: type of each property that has one value or null.
        lists: the properties, all texts, of what each navigation property lists.
        required: what a record cannot do without; `id` goes without saying.
    """

    set: str
    name: str
    scalars: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    required: tuple[str, ...]


_TEXT = ("id", "language", "value")
_FILE = ("id", "url", "content", "mimeType", "language", "filename")


def _typed(texts: str, **others: str) -> dict[str, str]:
    return dict.fromkeys(texts.split(), STRING) | others


KINDS = {
    kind.set: kind
    for kind in (
        Kind(
            "Treaties",
            "Treaty",
            _typed("id UUID url titleEnglish officialNameEnglish treatyWebsiteURL"),
            {"title": _TEXT, "description": _TEXT},
            ("UUID", "titleEnglish"),
        ),
        Kind(
            "Meetings",
            "Meeting",
            _typed(
                "id treaty url repetition kind type access status imageUrl imageCopyright "
                "location city country",
                protocolVersion=INT16,
                start=DATETIME,
                end=DATETIME,
                latitude=DOUBLE,
                longitude=DOUBLE,
                virtual=BOOLEAN,
                updated=DATETIME,
            ),
            {"title": _TEXT, "description": _TEXT},
            ("treaty", "title", "start"),
        ),
        Kind(
            "Decisions",
            "Decision",
            _typed(
                "id link type status number treaty meetingId meetingTitle meetingUrl",
                protocolVersion=INT16,
                published=DATETIME,
                updated=DATETIME,
                displayOrder=INT32,
            ),
            {
                "title": _TEXT,
                "longTitle": _TEXT,
                "summary": _TEXT,
                "content": _TEXT,
                "keywords": ("id", "term", "namespace"),
                "files": _FILE,
            },
            ("treaty", "title", "type", "status", "number", "meetingId", "published"),
        ),
        Kind(
            "Documents",
            "Document",
            _typed(
                "id schemaVersion treaty thumbnailUrl country content",
                published=DATETIME,
                updated=DATETIME,
                displayOrder=INT32,
            ),
            {
                "treaties": ("id", "value"),
                "types": ("id", "value"),
                "authors": ("id", "name", "value", "type"),
                "keywords": ("id", "termURI", "scope", "literalForm", "sourceURL"),
                "tags": ("id", "language", "scope", "value", "comment"),
                "title": _TEXT,
                "description": _TEXT,
                "identifiers": ("id", "name", "value"),
                "files": _FILE,
                "referenceToEntities": ("id", "type", "refId"),
            },
            ("treaty", "title"),
        ),
    )
}
"""The sets of the feed, in the order in which a harvester takes them."""


def element(kind: Kind, name: str) -> Kind:
    """What one property of a record lists, as a set of its own: OData 2 has no other lists.

    >>> element(KINDS["Meetings"], "title").set
    'MeetingTitleSet'
    """
    type_ = kind.name + name[0].upper() + name[1:]
    return Kind(f"{type_}Set", type_, dict.fromkeys(kind.lists[name], STRING), {}, ())


LISTS = {element(kind, name).set: (kind, name) for kind in KINDS.values() for name in kind.lists}
"""The set and the property whose elements stand in each of those further sets, by its name."""
