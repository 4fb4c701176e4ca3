"""Stored questions: the files, and what their headers say."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from meagraph.errors import UnusableInput
from meagraph.namespaces import expand
from meagraph.queries.headers import parse_header
from meagraph.tables import Column
from meagraph.tokens import Token, query_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.project import Project

DATATYPES = (
    "xsd:date",
    "xsd:integer",
    "xsd:decimal",
    "xsd:boolean",
    "xsd:string",
    "edtf:EDTF",
)
RESERVED = frozenset(
    """
    help root store source file format evidence explain timeout limit columns output endpoint
    no-pager labels offset page version
    """.split()
)
"""Options of ``meagraph query`` and of questions on a server; no parameter may be called so."""

NOTHING = "Nothing in the graph answers this."
"""What an empty answer means, unless the header says it better."""

_KEYS = frozenset(["summary", "description", "tags", "empty", "parameters", "columns"])
_PARAMETER_KEYS = frozenset(
    ["label", "description", "class", "scheme", "datatype", "required", "many", "bound"]
)
_COLUMN_KEYS = frozenset(["label", "meaning", "unit", "evidence"])


class Parameter(NamedTuple):
    """What a question may be asked about.

    Args:
        name: the variable, without its question mark.
        label: its name for readers.
        description: more about it, may be empty.
        kind: the class of the entities accepted, as a prefixed name; empty for literals.
        scheme: the concept scheme whose concepts are accepted, as its prefix; mostly empty.
        datatype: one of ``DATATYPES``; empty for entities.
        required: whether it must be given.
        many: whether several values may be given.
        bound: ``lower`` or ``upper`` for a day that may be given as a month or a year.
        default: what the file's own ``VALUES`` holds, as it is written there.
    """

    name: str
    label: str
    description: str
    kind: str
    scheme: str
    datatype: str
    required: bool
    many: bool
    bound: str
    default: str


class Question(NamedTuple):
    """A stored question, or a query from elsewhere, which then mostly has no header."""

    name: str
    theme: str
    path: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Column]
    empty: str
    text: str


def load_question(project: Project, name: str) -> Question:
    """Read one stored question; no other is opened.

    Raises:
        UnusableInput: there is none of this name, or its header is faulty.
    """
    paths = _paths(project)
    if name not in paths:
        from difflib import get_close_matches

        near = get_close_matches(name, paths, n=3, cutoff=0.4)
        near += [other for other in paths if name in other and other not in near][:3]
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        raise UnusableInput(
            f"there is no stored question “{name}”", hint=f"{hint}meagraph questions lists all."
        )
    return _load(name, paths[name])


def load_questions(project: Project) -> dict[str, Question]:
    """Read all stored questions, by name, in the order of themes and names.

    Raises:
        UnusableInput: a header is faulty, or two themes have a question of the same name.
    """
    paths = _paths(project)
    ordered = sorted(paths, key=lambda name: (os.path.dirname(paths[name]), name))
    return {name: _load(name, paths[name]) for name in ordered}


def _paths(project: Project) -> dict[str, str]:
    found: dict[str, str] = {}
    with os.scandir(os.path.join(project.folder, "queries")) as folder:
        themes = sorted(entry.path for entry in folder if entry.is_dir())
    for theme in themes:
        for file in sorted(os.listdir(theme)):
            name, dot, ending = file.rpartition(".")
            if ending != "rq" or not dot:
                continue
            path = os.path.join(theme, file)
            if name in found:
                raise UnusableInput(
                    f"there is a question of this name in another theme: {found[name]}",
                    file=path,
                    hint="Give one of the two files another name.",
                )
            found[name] = path
    return found


def _load(name: str, path: str) -> Question:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(f"this file cannot be read: {error}", file=path) from None
    question = _stored(text, path, name)
    if not question.summary:
        raise UnusableInput(
            "the header has no summary",
            file=path,
            line=1,
            hint='Begin the file with a line like #+ summary = "Which …?"',
        )
    return question


@lru_cache(maxsize=128)
def _stored(text: str, path: str, name: str) -> Question:
    """What a file says, read once for each text that it has had."""
    return read_question(text, path, name)


def read_question(text: str, path: str = "", name: str = "") -> Question:
    """Read a query with or without a header.

    Args:
        text: the query.
        path: its file, for messages; its folder is the theme.
        name: its name; empty for a query that is not stored.

    Raises:
        UnusableInput: the header is faulty, with file and line.
    """
    return _Header(text, path).question(name)


class _Header:
    """The ``#+`` lines of a query: TOML, and where in the file each line stands."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.lines: list[str] = []
        self.numbers: list[int] = []
        if "#+" not in text:
            return
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith("#+"):
                self.lines.append(line[2:].removeprefix(" ").rstrip("\r"))
                self.numbers.append(number)
            elif line.strip() and not line.startswith("#"):
                break

    def question(self, name: str) -> Question:
        head = self._table()
        self._only(head, _KEYS, "")
        read = query_tokens(self.text) if head.get("parameters") else ()
        parameters = head.get("parameters", {})
        columns = head.get("columns", {})
        return Question(
            name=name,
            theme=os.path.basename(os.path.dirname(self.path)),
            path=self.path,
            summary=self._text(head, "summary", ""),
            description=self._text(head, "description", "").strip(),
            tags=tuple(head.get("tags", ())),
            parameters={key: self._parameter(key, parameters[key], read) for key in parameters},
            columns={key: self._column(key, columns[key]) for key in columns},
            empty=self._text(head, "empty", "") or NOTHING,
            text=self.text,
        )

    def _table(self) -> dict[str, Any]:
        try:
            return parse_header("\n".join(self.lines))
        except ValueError as error:
            place = re.search(r"line (\d+), column (\d+)", str(error))
            number = min(int(place[1]), len(self.lines)) if place else len(self.lines)
            message = re.sub(r" \(at .*\)$", "", str(error))
            raise UnusableInput(
                f"the header is not TOML: {message}",
                file=self.path or "query",
                line=self.numbers[number - 1] if self.numbers else 1,
                hint='Each line begins with #+ and a blank; texts stand in quotes: label = "Actor"',
            ) from None

    def _parameter(self, name: str, table: dict[str, Any], read: Sequence[Token]) -> Parameter:
        where = f"parameters.{name}"
        self._only(table, _PARAMETER_KEYS, where)
        groups = values_groups(read, name)
        if not groups:
            self._fail(where, f"the query has no VALUES ?{name} {{ … }}", "Add one, or this goes.")
        if name in RESERVED:
            self._fail(where, f"--{name} is an option of every question", "Rename the variable.")
        kind, datatype = self._text(table, "class", where), self._text(table, "datatype", where)
        scheme = self._text(table, "scheme", where)
        if scheme and not kind:
            kind = "skos:Concept"
        if bool(kind) == bool(datatype):
            self._fail(where, "it needs either a class or a datatype", "")
        if kind and not expand(kind):
            self._fail(where, f"{kind} has none of our prefixes", 'Write class = "mea:Meeting".')
        if scheme and not expand(f"{scheme}:"):
            self._fail(where, f"there is no concept scheme {scheme}", 'Write scheme = "status".')
        if datatype and datatype not in DATATYPES:
            self._fail(where, f"the datatype {datatype} is not provided", ", ".join(DATATYPES))
        bound = self._text(table, "bound", where)
        if bound not in ("", "lower", "upper") or (bound and datatype != "xsd:date"):
            self._fail(where, "bound is lower or upper, of an xsd:date", "")
        first, last = groups[0]
        default = self.text[read[first].start + 1 : read[last].start].strip()
        return Parameter(
            name=name,
            label=self._text(table, "label", where) or name,
            description=self._text(table, "description", where),
            kind=kind,
            scheme=scheme,
            datatype=datatype,
            required=self._flag(table, "required", where),
            many=self._flag(table, "many", where),
            bound=bound,
            default=" ".join(default.split()),
        )

    def _column(self, name: str, table: dict[str, Any]) -> Column:
        where = f"columns.{name}"
        self._only(table, _COLUMN_KEYS, where)
        label, meaning, unit = (
            self._text(table, key, where) for key in ("label", "meaning", "unit")
        )
        return Column(name, label, meaning, unit, self._flag(table, "evidence", where))

    def _text(self, table: dict[str, Any], key: str, where: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self._fail(where, f"{key} is a text in quotes", "", key)
        return value

    def _flag(self, table: dict[str, Any], key: str, where: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._fail(where, f"{key} is true or false, without quotes", "", key)
        return value

    def _only(self, table: object, known: frozenset[str], where: str) -> None:
        if not isinstance(table, dict):
            self._fail(where, "this is a table: write it in [square brackets]", "", where)
        for key in table:
            if key not in known:
                hint = f"Known are {', '.join(sorted(known))}."
                self._fail(where, f"the header's key “{key}” is not known", hint, key)

    def _fail(self, where: str, message: str, hint: str, key: str = "") -> NoReturn:
        line = begin = 0
        for index, text in enumerate(self.lines):
            if where and text.strip().startswith(f"[{where}]"):
                line = begin = index
        for index in range(begin, len(self.lines)):
            if key and re.match(rf"\s*\[?{re.escape(key)}\b", self.lines[index]):
                line = index
                break
        text = f"{where}: {message}" if where else message
        number = self.numbers[line] if self.numbers else 1
        raise UnusableInput(text, file=self.path or "query", line=number, hint=hint or None)


def values_groups(read: Sequence[Token], name: str) -> list[tuple[int, int]]:
    """Where ``VALUES ?name { … }`` stands: for each, the places of its two braces in the tokens."""
    found = []
    for index, token in enumerate(read[:-3]):
        # Most tokens are told apart by their kind alone.
        if token.kind != "word" or token.text.upper() != "VALUES":
            continue
        variable, brace = read[index + 1 : index + 3]
        if variable.kind == "variable" and variable.text[1:] == name and brace.text == "{":
            last = next((i for i in range(index + 3, len(read)) if read[i].text == "}"), None)
            if last is not None:
                found.append((index + 2, last))
    return found
