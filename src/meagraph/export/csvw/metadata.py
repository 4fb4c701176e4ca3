"""What the flat tables mean, for programs: W3C Metadata Vocabulary for Tabular Data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meagraph.export.csvw.rows import SEPARATOR, STAND_IN
from meagraph.export.csvw.sheets import (
    ADDRESS,
    DATE,
    DECIMAL,
    INTEGER,
    LINK,
    LINKS,
    SHEETS,
    TERM,
    TEXT,
    THINGS,
    TIME,
    Field,
    Sheet,
)
from meagraph.namespaces import (
    BASE,
    DCTERMS,
    EDTF_NAMESPACE,
    ONTOLOGY,
    RDF,
    RDFS,
    SKOS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.export.csvw.contents import Contents

_DATASET = BASE + "dataset#meagraph"
_TYPE = RDF + "type"
_LABEL = RDFS + "label"
_MODIFIED = DCTERMS + "modified"
_DESCRIBED = {"title": "dc:title", "creator": "dc:creator", "publisher": "dc:publisher"}
_LINKED = {"license": "dc:license", "source": "dc:source", "language": "dc:language"}
_READING = (
    "One table for each class of record and claim. A column of IRIs is followed by one with their "
    f"labels. Values of one cell are separated by “{SEPARATOR}”, and labels stand in the same "
    f"order; a “{SEPARATOR}” within such a text is written “{STAND_IN}”. links.csv has one row for "
    "each link of any table, with the passages that state it; things.csv one for each thing that "
    "any table names. A text that a spreadsheet would take for a formula begins with an "
    "apostrophe; a control character is replaced by U+FFFD. Where a program converts the "
    "tables to RDF, links.csv gives the links of lists. The passages under statedIn are those that "
    "say something of the row; a row without any is of records alone, or derived."
)
_DATATYPES: dict[str, Any] = {
    TEXT: "string",
    INTEGER: "integer",
    DECIMAL: "decimal",
    DATE: "date",
    TIME: {"base": "string", "@id": EDTF_NAMESPACE + "EDTF"},
    **dict.fromkeys((ADDRESS, TERM, LINK), "anyURI"),
}


def metadata(contents: Contents) -> bytes:
    """The metadata of the group of tables, as JSON (UTF-8).

    Title, licence and sources are those of the data set in ``data/dataset.ttl``; names and
    definitions of columns are those of the ontology.
    """
    group: dict[str, Any] = {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}]}
    for name, key in _DESCRIBED.items():
        if told := contents.texts(_DATASET, DCTERMS + name):
            group[key] = told[0] if len(told) == 1 else told
    group["dc:description"] = " ".join(
        [*contents.texts(_DATASET, DCTERMS + "description"), _READING]
    )
    for name, key in _LINKED.items():
        if told := contents.texts(_DATASET, DCTERMS + name):
            group[key] = [{"@id": iri} for iri in told] if len(told) > 1 else {"@id": told[0]}
    for version in contents.texts(_DATASET, "http://www.w3.org/ns/dcat#version"):
        group["dcat:version"] = version
    group["dc:modified"] = {"@value": contents.updated(_DATASET).isoformat(), "@type": "xsd:date"}
    group["tables"] = [
        *(_table(sheet, contents) for sheet in SHEETS),
        _things(),
        _links(),
    ]
    return (json.dumps(group, ensure_ascii=False, indent=2) + "\n").encode()


def _table(sheet: Sheet, contents: Contents) -> dict[str, Any]:
    columns = _leading(SKOS + "prefLabel" if sheet.schemes else _LABEL)
    keys = []
    for field in sheet.fields:
        columns += _columns(field, contents)
        if field.is_key:
            keys.append(_key(field.name, field.table or THINGS))
    columns += [_modified(), *_stated_in()]
    if len(sheet.classes) == 1:
        class_ = {"virtual": True, "propertyUrl": _TYPE, "valueUrl": ONTOLOGY + sheet.classes[0]}
        columns.append({"name": "class", **class_})
    definitions = [
        text
        for name in sheet.classes
        for text in contents.texts(ONTOLOGY + name, SKOS + "definition")
    ]
    return _described(sheet.name, sheet.title, " ".join(definitions), columns, keys)


def _described(
    name: str,
    title: str,
    description: str,
    columns: list[dict[str, Any]],
    keys: list[dict[str, Any]],
    primary: list[str] | str = "iri",
) -> dict[str, Any]:
    table: dict[str, Any] = {"url": f"{name}.csv", "dc:title": title}
    if description:
        table["dc:description"] = description
    schema = {
        "columns": columns,
        "primaryKey": primary,
        "foreignKeys": keys,
        "aboutUrl": "{+iri}" if primary == "iri" else "{+thing}",
    }
    return table | {"tableSchema": schema}


def _columns(field: Field, contents: Contents) -> Iterable[dict[str, Any]]:
    """The column of a property, and the one with labels where there is one."""
    named = contents.label(field.iri)
    column = _column(field.name, named, _DATATYPES[field.form], field.iri, many=field.many)
    for definition in contents.texts(field.iri, SKOS + "definition"):
        column["dc:description"] = definition
    if field.required:
        column["required"] = True
    if field.inverse:
        column |= {"aboutUrl": f"{{+{field.name}}}", "valueUrl": "{+iri}"}
    elif _DATATYPES[field.form] == "anyURI" and not field.many:
        column["valueUrl"] = f"{{+{field.name}}}"
    yield column
    if field.has_label:
        yield _label_of(field.name, named or field.name, many=field.many)


def _column(
    name: str, title: str, datatype: Any, property: str = "", *, many: bool = False
) -> dict[str, Any]:
    titles = name if title in ("", name) else [name, title]
    column: dict[str, Any] = {"name": name, "titles": titles, "datatype": datatype}
    if many:
        column["separator"] = SEPARATOR
    if property and many and datatype == "anyURI":
        # No template makes IRIs of a list: a converter would write texts, which are not what the
        # property has. It finds these links in the table of links.
        column["rdfs:seeAlso"] = {"@id": property}
    elif property:
        column["propertyUrl"] = property
    else:
        column["suppressOutput"] = True
    return column


def _label_of(name: str, title: str, *, many: bool) -> dict[str, Any]:
    """A column of labels, for people: they are said in the rows of the things themselves."""
    return _column(f"{name}Label", f"{title} (label)", "string", many=many)


def _leading(label: str) -> list[dict[str, Any]]:
    return [
        _column("iri", "IRI", "anyURI") | {"required": True},
        _column("label", "label", "string", label),
        _column("type", "class", "anyURI", _TYPE, many=True),
        _label_of("type", "class", many=True),
    ]


def _modified() -> dict[str, Any]:
    # Said of our files; of a meeting or a passage the property would say something else.
    return _column("modified", "last changed", "date") | {"rdfs:seeAlso": {"@id": _MODIFIED}}


def _stated_in() -> list[dict[str, Any]]:
    return [
        _column("statedIn", "stated in", "anyURI", many=True),
        _label_of("statedIn", "stated in", many=True),
    ]


def _key(column: str, table: str) -> dict[str, Any]:
    return {
        "columnReference": column,
        "reference": {"resource": f"{table}.csv", "columnReference": "iri"},
    }


def _things() -> dict[str, Any]:
    columns = [*_leading(_LABEL), _column("table", "table", "string"), _modified()]
    del columns[1]["propertyUrl"]  # for some rows rdfs:label, for concepts skos:prefLabel
    what = "Each thing that any table names, and in which table its row stands."
    return _described(THINGS, "All things", what, columns, [])


def _links() -> dict[str, Any]:
    columns = []
    for name in ("thing", "property", "value"):
        columns.append(_column(name, name, "anyURI") | {"required": True})
        columns.append(_column(f"{name}Label", f"{name} (label)", "string"))
    columns[4] |= {"propertyUrl": "{+property}", "valueUrl": "{+value}"}
    del columns[4]["suppressOutput"]
    what = "Each link between two things that any table shows, one a row, to join tables by."
    keys = [_key("thing", THINGS), _key("value", THINGS)]
    primary = ["thing", "property", "value"]
    return _described(LINKS, "All links", what, [*columns, *_stated_in()], keys, primary)
