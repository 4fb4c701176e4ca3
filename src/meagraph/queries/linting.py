"""Faults of stored questions that do not keep them from being asked, and yet give wrong answers,
unstable ones, or ones that a reader cannot understand.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from meagraph.errors import UnusableInput
from meagraph.namespaces import CONCEPTS, ONTOLOGY, OWL, RDF, RDFS, SKOS, expand
from meagraph.queries.questions import NOTHING, read_question, values_groups
from meagraph.queries.sparql import examined
from meagraph.queries.structure import Group, Structure

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from meagraph.project import Project
    from meagraph.queries.questions import Question

RULES = {
    "readable": "the header is TOML that we know, and both engines can read the query",
    "summary": "the summary is a question",
    "told": "summary, description, tags, what an empty answer means, labels of parameters",
    "default": "a value that holds unless another is given is told; a required one has a default",
    "class": "the ontology has the classes and schemes of the parameters",
    "name": "the file has a name in small letters with hyphens",
    "answer": "the checkout has an expected answer",
    "prefix": "all prefixes are declared, so that any tool can run the file",
    "columns": "what is selected is told with label and meaning, and nothing else is",
    "used": "the query uses each parameter",
    "place": "VALUES stands in the group that it restricts",
    "guard": "a condition on an optional parameter holds off where it is not given",
    "scope": "a condition on a parameter stands where the parameter is bound",
    "order": "ORDER BY leaves no two rows without an order",
    "graph": "GRAPH with a variable holds triples only",
    "evidence": "what is shown as evidence is a passage",
}
"""What each rule demands."""

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_APART = ("OPTIONAL", "MINUS", "VALUES", "SELECT")
_SEES_OUTSIDE = ("OPTIONAL", "EXISTS")
"""Groups whose filters see what is bound outside of them."""
_CLASSES = frozenset((OWL + "Class", RDFS + "Class", SKOS + "ConceptScheme"))
_OF_LANGUAGES = frozenset(
    (
        RDFS + "Resource",
        RDF + "Property",
        SKOS + "Concept",
        *(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty")),
    )
)


class Problem(NamedTuple):
    """A fault of a question: its line, the rule that it breaks, what is wrong, and what to do."""

    line: int
    rule: str
    message: str
    remedy: str


class _Reading(NamedTuple):
    """A question and the structure of its query."""

    question: Question
    query: Structure

    def header(self, section: str) -> int:
        """The line of the header where a section begins; 1 if it has none."""
        for number, line in enumerate(self.question.text.split("\n"), 1):
            if line.startswith("#+") and line[2:].strip() == f"[{section}]":
                return number
        return 1


def known_classes(project: Project) -> frozenset[str]:
    """The IRIs of the classes and concept schemes that a question may name.

    Raises:
        UnusableInput: a file of the ontology cannot be read.
    """
    from pyoxigraph import parse

    found = set()
    for path in sorted(project.ontology.rglob("*.ttl")):
        try:
            for quad in parse(path=path):
                if quad.predicate.value == RDF + "type" and quad.object.value in _CLASSES:
                    found.add(quad.subject.value)
        except (OSError, SyntaxError) as error:
            raise UnusableInput(f"this file cannot be read: {error}", file=path) from None
    return frozenset(found)


def lint(
    text: str, path: str, classes: Container[str], answers: str | None = None
) -> list[Problem]:
    """What is wrong with a stored question, by line.

    Args:
        text: the file's text.
        path: its path; the question's name is the file's.
        classes: the IRIs of the classes and concept schemes that there are, of `known_classes`.
        answers: the folder with the expected answer of each question, if there is one.
    """
    name = os.path.basename(path).removesuffix(".rq")
    try:
        question = read_question(text, path, name)
        examined(text, path)
    except UnusableInput as error:
        return [Problem(error.line or 1, "readable", error.message, error.hint or "")]
    one = _Reading(question, Structure(text))
    found = [*_told(one), *_known(one, classes), *_named(one, answers)]
    unreadable = [*_prefixes(one), *_engines(one)][:1]
    if not one.query.lonely:
        found += [*_columns(one), *_used(one), *_filters(one), *_ordered(one), *_graphs(one)]
    return sorted([*found, *unreadable])


# --- the header --------------------------------------------------------------------------------


def _told(one: _Reading) -> Iterator[Problem]:
    question = one.question
    if not question.summary.endswith("?"):
        yield Problem(1, "summary", "the summary is no question", "End it with a question mark.")
    missing = [
        name
        for name, is_there in (
            ("summary", question.summary),
            ("description", question.description),
            ("tags", question.tags),
            ("empty", question.empty != NOTHING),
        )
        if not is_there
    ]
    for name in missing:
        yield Problem(1, "told", f"the header has no {name}", f"Add #+ {name} = …")
    for name, parameter in question.parameters.items():
        line = one.header(f"parameters.{name}")
        if parameter.label == name:
            yield Problem(line, "told", f"--{name} has no label", "Say what it is in a few words.")
        is_any = parameter.default.upper() == "UNDEF"
        if not parameter.required and not is_any and not parameter.description:
            message = f"--{name} restricts the answer even if it is not given, and does not say so"
            remedy = "Say in its description what holds by default and why, or let it be UNDEF."
            yield Problem(line, "default", message, remedy)
        if parameter.required and is_any:
            message = f"--{name} is required, and the file gives it no value that works"
            remedy = "Put one in its VALUES, so that the file runs in any tool."
            yield Problem(line, "default", message, remedy)


def _known(one: _Reading, classes: Container[str]) -> Iterator[Problem]:
    for name, parameter in one.question.parameters.items():
        line = one.header(f"parameters.{name}")
        kind = expand(parameter.kind)
        if kind and kind not in _OF_LANGUAGES and kind not in classes:
            message = f"--{name}: the ontology has no class {parameter.kind}"
            yield Problem(line, "class", message, "Correct the name, or add the class.")
        if parameter.scheme and CONCEPTS + parameter.scheme not in classes:
            message = f"--{name}: there is no concept scheme {parameter.scheme}"
            yield Problem(line, "class", message, "Correct the name, or add the scheme.")


def _named(one: _Reading, answers: str | None) -> Iterator[Problem]:
    name = one.question.name
    if not _NAME.fullmatch(name):
        message = f"{name} is not a name in small letters with hyphens"
        yield Problem(1, "name", message, "Rename the file, as in meetings-attended.rq.")
    if answers and not os.path.exists(os.path.join(answers, f"{name}.json")):
        message = "there is no expected answer of it"
        yield Problem(1, "answer", message, f"Check one by hand and write it to {name}.json.")


# --- can it be asked anywhere ------------------------------------------------------------------


def _prefixes(one: _Reading) -> Iterator[Problem]:
    declared = {"_"}
    for before, token in pairwise([None, *one.query.tokens]):
        if token is None or token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before is not None and before.is_word("PREFIX"):
            declared.add(prefix)
        elif prefix not in declared:
            message = f"the prefix {prefix}: is not declared, so other tools cannot run the file"
            yield Problem(one.query.line(token), "prefix", message, "Add its PREFIX line.")


def _engines(one: _Reading) -> Iterator[Problem]:
    from pyoxigraph import Store

    try:
        Store().query(one.question.text)
    except SyntaxError as error:
        from meagraph.queries.mistakes import mistake

        found = mistake(one.question.text, one.query.tokens, str(error))
        yield Problem(found.line or 1, "readable", found.message, found.hint or "")
        return
    from rdflib.plugins.sparql import prepareQuery

    try:
        prepareQuery(one.question.text)
    except Exception as error:  # its parser raises what it likes
        place = re.search(r"line:(\d+)", str(error))
        message = f"rdflib cannot read it: {str(error).splitlines()[0]}"
        remedy = "Write it so that both engines can."
        yield Problem(int(place[1]) if place else 1, "readable", message, remedy)


# --- the query ---------------------------------------------------------------------------------


def _columns(one: _Reading) -> Iterator[Problem]:
    selected, told = one.query.columns(), one.question.columns
    start = next((t for t in one.query.tokens if t.is_word("SELECT")), None)
    line = one.query.line(start) if start else 1
    for name in selected:
        if name == "*":
            message = "SELECT * leaves open what the columns are"
            yield Problem(line, "columns", message, "Name the variables, in the order wanted.")
        elif name not in told:
            message = f"the header does not tell what the column ?{name} is"
            yield Problem(line, "columns", message, f"Add [columns.{name}] with label and meaning.")
    for name, column in told.items():
        where = one.header(f"columns.{name}")
        if name not in selected and "*" not in selected:
            message = f"the query does not select ?{name}"
            yield Problem(where, "columns", message, "Select it, or take it out of the header.")
        for key, value in (("label", column.label), ("meaning", column.meaning)):
            if not value:
                message = f"the column ?{name} has no {key}"
                yield Problem(where, "columns", message, f"Add #+ {key} = …")


def _used(one: _Reading) -> Iterator[Problem]:
    query = one.query
    for name in one.question.parameters:
        own = [(first - 2, last) for first, last in values_groups(query.tokens, name)]
        elsewhere = (
            token.kind == "variable"
            and token.text[1:] == name
            and not any(start <= place <= end for start, end in own)
            for place, token in enumerate(query.tokens)
        )
        if not any(elsewhere):
            message = f"--{name} restricts nothing: the query has ?{name} in VALUES only"
            remedy = "Use the variable in a pattern, or take the parameter out."
            yield Problem(one.header(f"parameters.{name}"), "used", message, remedy)
            continue
        for start, _ in own:
            group = query.enclosing(start)
            if group is None or name not in query.named(group.first, group.last, own):
                message = f"?{name} stands nowhere else in the group of its VALUES"
                remedy = "Put the VALUES line into the group whose patterns have the variable."
                yield Problem(query.line(query.tokens[start]), "place", message, remedy)


def _filters(one: _Reading) -> Iterator[Problem]:
    query = one.query
    for first, last in query.filters:
        words = query.tokens[first : last + 1]
        if words[0].is_word("EXISTS", "NOT"):
            continue  # a pattern like others: what is not given matches anything
        line = query.line(words[0])
        variables = {
            word.text[1:]
            for at, word in enumerate(words)
            if word.kind == "variable" and not (at > 1 and words[at - 2].is_word("BOUND"))
        }
        for parameter in one.question.parameters.values():
            name = parameter.name
            if name not in variables or parameter.required or query.is_bound(first, name):
                continue
            if not _is_guarded([word.text.upper() for word in words], name.upper()):
                message = f"the condition on ?{name} does not hold off where --{name} is not given"
                remedy = f"Write FILTER (!BOUND(?{name}) || …)."
                yield Problem(line, "guard", message, remedy)
            elif not _is_seen(query, first, name):
                message = f"?{name} is not bound in the group of this condition, so all passes it"
                remedy = f"Move the FILTER, or a VALUES ?{name}, into the other's group."
                yield Problem(line, "scope", message, remedy)


def _is_guarded(words: list[str], name: str) -> bool:
    for sign in "?$":
        guard = ["!", "BOUND", "(", sign + name, ")", "|", "|"]
        if any(words[at : at + len(guard)] == guard for at in range(len(words))):
            return True
    return False


def _is_seen(query: Structure, place: int, name: str) -> bool:
    group: Group | None = query.enclosing(place)
    if group is None:
        return True  # HAVING: the grouping decides, and the engines refuse what is not grouped
    while name not in query.named(group.first, group.last, query.filters):
        outer = query.enclosing(group.first)
        if group.kind not in _SEES_OUTSIDE or outer is None:
            return False
        group = outer
    return True


def _ordered(one: _Reading) -> Iterator[Problem]:
    query = one.query
    ordered, grouped = query.ordered_by(), query.grouped_by()
    columns = query.columns()
    line = query.line(query.tokens[-1]) if query.tokens else 1
    remedy = "End it with ORDER BY and "
    if ordered is None:
        keys = " ".join(f"?{name}" for name in grouped or columns)
        yield Problem(line, "order", "the rows have no order", f"{remedy}{keys}.")
        return
    if grouped is None:
        missing = [
            name
            for name, made_of in columns.items()
            if name not in ordered
            and not any(token.text[1:] in ordered for token in made_of if token.kind == "variable")
        ]
    else:
        missing = sorted(grouped - ordered)
    if missing:
        keys = " ".join(f"?{name}" for name in missing)
        message = f"rows that differ in {keys} alone have no order among them"
        yield Problem(line, "order", message, f"Add {keys} at the end of ORDER BY.")


def _graphs(one: _Reading) -> Iterator[Problem]:
    query = one.query
    columns = query.columns()
    evidence = {
        token.text
        for name, column in one.question.columns.items()
        if column.evidence
        for token in columns.get(name, ())
        if token.kind == "variable"
    }
    for group in query.groups:
        if group.kind != "GRAPH" or group.variable is None:
            continue
        line = query.line(group.variable)
        inside = query.tokens[group.first : group.last]
        apart = next((word.text.upper() for word in inside if word.is_word(*_APART)), "")
        if apart:
            message = f"GRAPH {group.variable.text} stands around {apart}; engines differ there"
            yield Problem(line, "graph", message, f"Let GRAPH hold triples only, {apart} outside.")
        if group.variable.text in evidence:
            evidence.discard(group.variable.text)
            if not _is_passage(query, group.variable.text):
                message = f"{group.variable.text} may be a record or an entailed graph"
                remedy = f"Add {group.variable.text} a mea:Passage beside the GRAPH."
                yield Problem(line, "evidence", message, remedy)


def _is_passage(query: Structure, variable: str) -> bool:
    passages = {ONTOLOGY + "Passage", ONTOLOGY + "Footnote"}
    words = query.tokens
    return any(
        words[at].text == variable
        and words[at + 1].text == "a"
        and not passages.isdisjoint((expand(words[at + 2].text), words[at + 2].text.strip("<>")))
        for at in range(len(words) - 2)
    )
