"""Records in Atom, as OData 2 writes them: lists stand inline, as feeds within an entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from meagraph.export.changed import EPOCH
from meagraph.export.informea.metadata import DATA, METADATA
from meagraph.export.informea.record import elements
from meagraph.export.informea.schema import NAMESPACE, STRING, element
from meagraph.export.informea.verbose import key_uri

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

_ATOM = "http://www.w3.org/2005/Atom"
_SCHEME = DATA + "/scheme"
_RELATED = DATA + "/related/"
_NAMES = f'xmlns="{_ATOM}" xmlns:d="{DATA}" xmlns:m="{METADATA}"'
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed(
    kind: Kind,
    records: Iterable[Record],
    base: str,
    count: int | None = None,
    following: str = "",
    path: str = "",
) -> bytes:
    """Records of a set as an Atom feed; see `verbose.results` for what the arguments are.

    ``path`` is the address of what was asked, below the service's, if it is not that of the set.
    """
    path = path or kind.set
    written = [(record, _entry(kind, record, base)) for record in records]
    last = max((record.updated for record, _ in written), default=EPOCH)
    parts = [
        f"{_HEAD}<feed {_NAMES} xml:base={quoteattr(base)}>",
        *_heading(base + path, kind.set, last),
        f'<link rel="self" title="{kind.set}" href={quoteattr(path)}/>',
        *([] if count is None else [f"<m:count>{count}</m:count>"]),
        *(text for _, text in written),
        *([f'<link rel="next" href={quoteattr(following)}/>'] if following else []),
        "</feed>\n",
    ]
    return "\n".join(parts).encode()


def entry(kind: Kind, record: Record, base: str) -> bytes:
    """One record as an Atom entry."""
    names = f"{_NAMES} xml:base={quoteattr(base)}"
    return (_HEAD + _entry(kind, record, base, names) + "\n").encode()


def value(kind: Kind, record: Record, name: str) -> bytes:
    """One property of a record, as an XML document."""
    names = f'xmlns:d="{DATA}" xmlns:m="{METADATA}"'
    return f"{_HEAD}{_property(name, kind.scalars[name], record.fields[name], names)}\n".encode()


def as_text(value: object) -> str:
    """The value of one property as OData writes it in XML, and alone."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value.isoformat()}T00:00:00" if isinstance(value, date) else str(value)


def _heading(iri: str, title: str, day: date) -> list[str]:
    return [
        f"<id>{escape(iri)}</id>",
        f'<title type="text">{escape(title)}</title>',
        f"<updated>{day.isoformat()}T00:00:00Z</updated>",
    ]


def _entry(kind: Kind, record: Record, base: str, names: str = "") -> str:
    own = key_uri("", kind.set, record.id)
    title = next((one["value"] for one in record.fields.get("title", ())), record.id)
    return "\n".join(
        [
            f"<entry {names}>" if names else "<entry>",
            *_heading(base + own, title, record.updated),
            "<author><name/></author>",
            f'<link rel="edit" title="{kind.name}" href={quoteattr(own)}/>',
            *(_link(kind, record, name, base) for name in kind.lists),
            f'<category term="{NAMESPACE}.{kind.name}" scheme="{_SCHEME}"/>',
            '<content type="application/xml"><m:properties>',
            *(_property(n, edm, record.fields[n]) for n, edm in kind.scalars.items()),
            "</m:properties></content>",
            "</entry>",
        ]
    )


def _link(kind: Kind, record: Record, name: str, base: str) -> str:
    """What a property lists, in a feed within the entry."""
    href = f"{key_uri('', kind.set, record.id)}/{name}"
    inline = [
        "<feed>",
        *_heading(base + href, name, record.updated),
        *(_entry(element(kind, name), one, base) for one in elements(kind, record, name)),
        "</feed>",
    ]
    return (
        f'<link rel="{_RELATED}{name}" type="application/atom+xml;type=feed" title="{name}" '
        f"href={quoteattr(href)}><m:inline>{chr(10).join(inline)}</m:inline></link>"
    )


def _property(name: str, edm: str, value: object, names: str = "") -> str:
    tag = f"d:{name} {names}" if names else f"d:{name}"
    tag += "" if edm == STRING else f' m:type="{edm}"'
    if value is None:
        return f'<{tag} m:null="true"/>'
    return f"<{tag}>{escape(as_text(value))}</d:{name}>"
