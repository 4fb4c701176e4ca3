"""What the service says of itself: its sets, and in EDMX the types of their records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from meagraph.export.informea.schema import CONTAINER, KINDS, NAMESPACE, STRING

if TYPE_CHECKING:
    from meagraph.export.informea.schema import Kind

DATA = "http://schemas.microsoft.com/ado/2007/08/dataservices"
METADATA = DATA + "/metadata"
_EDMX = "http://schemas.microsoft.com/ado/2007/06/edmx"
_EDM = "http://schemas.microsoft.com/ado/2008/09/edm"
_APP = "http://www.w3.org/2007/app"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def element_type(kind: Kind, name: str) -> str:
    """The name of the type of what a property lists.

    >>> element_type(KINDS["Meetings"], "title")
    'MeetingTitle'
    """
    return kind.name + name[0].upper() + name[1:]


def service_document(base: str) -> bytes:
    """The sets, as an Atom service document."""
    sets = "\n".join(
        f'<collection href="{name}"><atom:title>{name}</atom:title></collection>' for name in KINDS
    )
    return (
        f'{_HEAD}<service xmlns="{_APP}" xmlns:atom="http://www.w3.org/2005/Atom" '
        f"xml:base={quoteattr(base)}>\n"
        f"<workspace><atom:title>Default</atom:title>\n{sets}\n</workspace>\n</service>\n"
    ).encode()


def metadata() -> bytes:
    """The types of all records, as EDMX 1.0 for OData 2."""
    lines = [
        f'{_HEAD}<edmx:Edmx Version="1.0" xmlns:edmx="{_EDMX}">',
        f'<edmx:DataServices m:DataServiceVersion="2.0" xmlns:m="{METADATA}">',
        f'<Schema Namespace="{NAMESPACE}" xmlns="{_EDM}">',
        *(line for kind in KINDS.values() for line in _types(kind)),
        f'<EntityContainer Name="{CONTAINER}" m:IsDefaultEntityContainer="true">',
        *(line for kind in KINDS.values() for line in _sets(kind)),
        "</EntityContainer>",
        "</Schema>",
        "</edmx:DataServices>",
        "</edmx:Edmx>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _types(kind: Kind) -> Iterator[str]:
    yield f'<EntityType Name="{kind.name}">'
    yield '<Key><PropertyRef Name="id"/></Key>'
    for name, edm in kind.scalars.items():
        yield _property(name, edm, name == "id" or name in kind.required)
    for name in kind.lists:
        yield (
            f'<NavigationProperty Name="{name}" '
            f'Relationship="{NAMESPACE}.{element_type(kind, name)}Of" '
            f'FromRole="{kind.name}" ToRole="{name}"/>'
        )
    yield "</EntityType>"
    for name, texts in kind.lists.items():
        yield f'<EntityType Name="{element_type(kind, name)}">'
        yield '<Key><PropertyRef Name="id"/></Key>'
        yield from (_property(text, STRING, text == "id") for text in texts)
        yield "</EntityType>"
    for name in kind.lists:
        element = element_type(kind, name)
        yield f'<Association Name="{element}Of">'
        yield f'<End Type="{NAMESPACE}.{kind.name}" Multiplicity="1" Role="{kind.name}"/>'
        yield f'<End Type="{NAMESPACE}.{element}" Multiplicity="*" Role="{name}"/>'
        yield "</Association>"


def _property(name: str, edm: str, needed: bool) -> str:
    return f'<Property Name="{name}" Type="{edm}" Nullable="{str(not needed).lower()}"/>'


def _sets(kind: Kind) -> Iterator[str]:
    yield f'<EntitySet Name="{kind.set}" EntityType="{NAMESPACE}.{kind.name}"/>'
    for name in kind.lists:
        element = element_type(kind, name)
        yield f'<EntitySet Name="{element}Set" EntityType="{NAMESPACE}.{element}"/>'
        yield f'<AssociationSet Name="{element}OfSet" Association="{NAMESPACE}.{element}Of">'
        yield f'<End EntitySet="{kind.set}" Role="{kind.name}"/>'
        yield f'<End EntitySet="{element}Set" Role="{name}"/>'
        yield "</AssociationSet>"
