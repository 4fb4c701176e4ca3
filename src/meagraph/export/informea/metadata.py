"""What the service says of itself: its sets, and in EDMX the types of their records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from meagraph.export.informea.schema import CONTAINER, KINDS, NAMESPACE, element

if TYPE_CHECKING:
    from meagraph.export.informea.schema import Kind

DATA = "http://schemas.microsoft.com/ado/2007/08/dataservices"
METADATA = DATA + "/metadata"
_EDMX = "http://schemas.microsoft.com/ado/2007/06/edmx"
_EDM = "http://schemas.microsoft.com/ado/2008/09/edm"
_APP = "http://www.w3.org/2007/app"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


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
    yield from _type(kind)
    for name in kind.lists:
        listed = element(kind, name)
        yield from _type(listed)
        yield f'<Association Name="{listed.name}Of">'
        yield f'<End Type="{NAMESPACE}.{kind.name}" Multiplicity="1" Role="{kind.name}"/>'
        yield f'<End Type="{NAMESPACE}.{listed.name}" Multiplicity="*" Role="{name}"/>'
        yield "</Association>"


def _type(kind: Kind) -> Iterator[str]:
    yield f'<EntityType Name="{kind.name}">'
    yield '<Key><PropertyRef Name="id"/></Key>'
    for name, edm in kind.scalars.items():
        yield _property(name, edm, name == "id" or name in kind.required)
    for name in kind.lists:
        yield (
            f'<NavigationProperty Name="{name}" '
            f'Relationship="{NAMESPACE}.{element(kind, name).name}Of" '
            f'FromRole="{kind.name}" ToRole="{name}"/>'
        )
    yield "</EntityType>"


def _property(name: str, edm: str, needed: bool) -> str:
    return f'<Property Name="{name}" Type="{edm}" Nullable="{str(not needed).lower()}"/>'


def _sets(kind: Kind) -> Iterator[str]:
    yield f'<EntitySet Name="{kind.set}" EntityType="{NAMESPACE}.{kind.name}"/>'
    for name in kind.lists:
        set_, type_, *_ = element(kind, name)
        yield f'<EntitySet Name="{set_}" EntityType="{NAMESPACE}.{type_}"/>'
        yield f'<AssociationSet Name="{type_}OfSet" Association="{NAMESPACE}.{type_}Of">'
        yield f'<End EntitySet="{kind.set}" Role="{kind.name}"/>'
        yield f'<End EntitySet="{set_}" Role="{name}"/>'
        yield "</AssociationSet>"
