"""Records in Atom, as OData 2 writes them: lists stand inline, as feeds within an entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from meagraph.export.changed import EPOCH
from meagraph.export.informea.metadata import DATA, METADATA, element_type
from meagraph.export.informea.schema import KINDS, NAMESPACE, STRING
from meagraph.export.informea.verbose import key_uri

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record

_ATOM = "http://www.w3.org/2005/Atom"
_SCHEME = DATA + "/scheme"
_RELATED = DATA + "/related/"
_NAMES = f'xmlns="{_ATOM}" xmlns:d="{DATA}" xmlns:m="{METADATA}"'
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed(
    kind: str, records: Iterable[Record], base: str, count: int | None = None, following: str = ""
) -> bytes:
    """Records of a set as an Atom feed; see `verbose.results` for what the arguments are."""
    entries = [(record, _entry(kind, record, base)) for record in records]
    last = max((record.updated for record, _ in entries), default=EPOCH)
    parts = [
        f"{_HEAD}<feed {_NAMES} xml:base={quoteattr(base)}>",
        *_heading(base + kind, kind, last),
        f'<link rel="self" title="{kind}" href="{kind}"/>',
        *([] if count is None else [f"<m:count>{count}</m:count>"]),
        *(text for _, text in entries),
        *([f'<link rel="next" href={quoteattr(following)}/>'] if following else []),
        "</feed>\n",
    ]
    return "\n".join(parts).encode()


def entry(kind: str, record: Record, base: str) -> bytes:
    """One record as an Atom entry."""
    names = f"{_NAMES} xml:base={quoteattr(base)}"
    return (_HEAD + _entry(kind, record, base, names) + "\n").encode()


def listing(kind: str, record: Record, name: str, base: str) -> bytes:
    """What one property of a record lists, as a feed of its own."""
    names = f"{_NAMES} xml:base={quoteattr(base)}"
    return (_HEAD + _inline(kind, record, name, base, names) + "\n").encode()


def _heading(iri: str, title: str, day: date) -> list[str]:
    return [
        f"<id>{escape(iri)}</id>",
        f'<title type="text">{escape(title)}</title>',
        f"<updated>{day.isoformat()}T00:00:00Z</updated>",
    ]


def _entry(kind: str, record: Record, base: str, names: str = "") -> str:
    schema = KINDS[kind]
    uri = key_uri(base, kind, record.id)
    own = uri.removeprefix(base)
    title = next((one["value"] for one in record.fields["title"]), record.id)
    return "\n".join(
        [
            f"<entry {names}>" if names else "<entry>",
            *_heading(uri, title, record.updated),
            "<author><name/></author>",
            f'<link rel="edit" title="{schema.name}" href="{escape(own)}"/>',
            *(_link(kind, record, name, base) for name in schema.lists),
            f'<category term="{NAMESPACE}.{schema.name}" scheme="{_SCHEME}"/>',
            '<content type="application/xml"><m:properties>',
            *(_property(n, edm, record.fields[n]) for n, edm in schema.scalars.items()),
            "</m:properties></content>",
            "</entry>",
        ]
    )


def _link(kind: str, record: Record, name: str, base: str) -> str:
    href = f"{key_uri('', kind, record.id)}/{name}"
    return (
        f'<link rel="{_RELATED}{name}" type="application/atom+xml;type=feed" title="{name}" '
        f'href="{escape(href)}"><m:inline>{_inline(kind, record, name, base)}</m:inline></link>'
    )


def _inline(kind: str, record: Record, name: str, base: str, names: str = "") -> str:
    schema = KINDS[kind]
    uri = f"{key_uri(base, kind, record.id)}/{name}"
    parts = [f"<feed {names}>" if names else "<feed>", *_heading(uri, name, record.updated)]
    for item in record.fields[name]:
        parts += [
            "<entry>",
            *_heading(
                key_uri(base, kind, record.id) + f"/{name}('{item['id']}')", "", record.updated
            ),
            "<author><name/></author>",
            f'<category term="{NAMESPACE}.{element_type(schema, name)}" scheme="{_SCHEME}"/>',
            '<content type="application/xml"><m:properties>',
            *(_property(each, STRING, item.get(each)) for each in schema.lists[name]),
            "</m:properties></content></entry>",
        ]
    return "\n".join([*parts, "</feed>"])


def _property(name: str, edm: str, value: object) -> str:
    typed = "" if edm == STRING else f' m:type="{edm}"'
    if value is None:
        return f'<d:{name}{typed} m:null="true"/>'
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, date):
        text = f"{value.isoformat()}T00:00:00"
    else:
        text = escape(str(value))
    return f"<d:{name}{typed}>{text}</d:{name}>"
