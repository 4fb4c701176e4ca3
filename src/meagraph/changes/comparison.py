"""What differs between two versions of the graph, entry by entry and property by property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from pyoxigraph import NamedNode, Triple

from meagraph.changes.renaming import GivenUp, given_up, renamed, renames
from meagraph.changes.statements import Statements, group_subjects
from meagraph.changes.versions import PARTS, Version, is_vocabulary
from meagraph.entries.paths import REGISTER, graph_iri
from meagraph.errors import UnusableInput
from meagraph.namespaces import RDF
from meagraph.tokens import query_tokens

if TYPE_CHECKING:
    from meagraph.tables import Term

Kind = Literal["added", "removed", "changed", "renamed", "merged", "withdrawn"]

_REGISTER = graph_iri(REGISTER)
_TYPE = NamedNode(RDF + "type")
_NOTHING = Statements()


class PropertyChange(NamedTuple):
    """The values of one property that went and that came, sorted."""

    predicate: NamedNode
    removed: tuple[Term, ...]
    added: tuple[Term, ...]


class ThingChange(NamedTuple):
    """What changed in what an entry says of one thing."""

    thing: Term
    properties: tuple[PropertyChange, ...]


class EntryChange(NamedTuple):
    """What changed in one entry.

    Args:
        kind: what became of it. ``renamed``: its name was given up for a new one; ``merged``: for
            one that was there before; ``withdrawn``: for none.
        graph: the IRI of its graph; the old one where the name was given up.
        successor: the name that takes its place, or nothing.
        reason: why the name was given up, as far as its record says so.
        file: the path of its file from the project's root; empty where it is not known.
        things: what changed, the entry's own subject first. Of a renamed one: what its record says
            differently under the new name.
        nameless: how many groups of statements without names went and came.
        follows: all that changed are names that were given up for others.
    """

    kind: Kind
    graph: str
    successor: str
    reason: str
    file: str
    things: tuple[ThingChange, ...]
    nameless: tuple[int, int]
    follows: bool

    @property
    def statements(self) -> int:
        """How many statements went or came; a group without names is one."""
        return sum(self.nameless) + sum(
            len(change.removed) + len(change.added)
            for thing in self.things
            for change in thing.properties
        )


class NameChanges(NamedTuple):
    """Names that came, went, or mean something else now; and how many axioms without a name."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    nameless: tuple[int, int] = (0, 0)

    def __bool__(self) -> bool:
        return any(self[:4]) or self.nameless != (0, 0)


_UNCHANGED = NameChanges()


class Changes(NamedTuple):
    """The difference of two versions.

    ``register`` counts the register's facts that went and came; they tell of files, and do not
    make two versions different. ``missing`` are the parts that one version lacks: not compared.
    """

    old: str
    new: str
    entries: tuple[EntryChange, ...]
    ontology: NameChanges
    shapes: NameChanges
    questions: NameChanges
    register: tuple[int, int]
    missing: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return not (self.entries or self.ontology or self.shapes or self.questions)


def comparable(old: Version, new: Version) -> tuple[Version, Version]:
    """Both versions with values written alike, if one of them is an export and the other is not.

    Raises:
        UnusableInput: they have no part in common.
    """
    if not old.parts & new.parts:
        raise UnusableInput(
            f"{old.name} and {new.name} have nothing in common to compare",
            hint="Name two that both hold data.",
        )
    if old.stored == new.stored:
        return old, new
    return (old, new.through_engine()) if old.stored else (old.through_engine(), new)


def compare(old: Version, new: Version) -> Changes:
    """Tell what differs.

    Graphs are compared as sets of statements, questions without comments and white space: order,
    formatting, prefixes and labels of blank nodes never count.

    Args:
        old: the earlier version, as `comparable` gives it.
        new: the later one.
    """
    both = old.parts & new.parts
    gone = given_up(old.graphs, new.graphs)
    register = (one.graphs.get(_REGISTER, _NOTHING) for one in (old, new))
    return Changes(
        old.name,
        new.name,
        _entries(old, new, gone) if "data" in both else (),
        _vocabulary(old, new, gone) if "ontology" in both else _UNCHANGED,
        _shapes(old, new) if "shapes" in both else _UNCHANGED,
        _questions(old, new) if "questions" in both else _UNCHANGED,
        _counts(*register) if "data" in both else (0, 0),
        tuple(part for part in PARTS if part not in both and part in old.parts | new.parts),
    )


def _entries(old: Version, new: Version, gone: Mapping[str, GivenUp]) -> tuple[EntryChange, ...]:
    """Each entry that differs, in the order of the names of graphs."""
    names = renames(gone)
    found = []
    # What arrived is told under the name that was given up, if that has a record.
    arrived = {
        one.successor
        for one in gone.values()
        if one.how == "renamed" and old.graphs.get(one.iri) != new.graphs.get(one.iri)
    }
    for graph in sorted({*old.graphs, *new.graphs}):
        if is_vocabulary(graph) or graph == _REGISTER:
            continue
        # A file that states nothing is as good as none: an export has no graph for it.
        before, after = old.graphs.get(graph, _NOTHING), new.graphs.get(graph, _NOTHING)
        if before == after or (graph in arrived and before == _NOTHING):
            continue
        file = new.files.get(graph) or old.files.get(graph) or ""
        if graph in gone:
            found.append(_given_up(gone[graph], before, new, names, file))
            continue
        kind: Kind = "changed"
        if _NOTHING in (before, after):
            kind = "added" if before == _NOTHING else "removed"
        under_new_names = renamed(before, names, unless_in=after)
        follows = under_new_names == after
        was = before if follows else under_new_names
        things, nameless = _things(was, after, graph), _nameless(was, after)
        found.append(EntryChange(kind, graph, "", "", file, things, nameless, follows))
    return tuple(found)


def _given_up(
    one: GivenUp, before: Statements, new: Version, names: Mapping[str, str], file: str
) -> EntryChange:
    """What became of a record whose name was given up."""
    entry = EntryChange(one.how, one.iri, one.successor, one.reason, file, (), (0, 0), False)
    if one.how != "renamed":
        return entry
    was, now = renamed(before, names), new.graphs.get(one.successor, _NOTHING)
    return entry._replace(
        file=new.files.get(one.successor, file),
        things=_things(was, now, one.successor),
        nameless=_nameless(was, now),
    )


def _things(old: Statements, new: Statements, graph: str) -> tuple[ThingChange, ...]:
    sides = (old.triples - new.triples, new.triples - old.triples)
    found: dict[Term, dict[NamedNode, tuple[list[Term], list[Term]]]] = {}
    for side, triples in enumerate(sides):
        for triple in triples:
            properties = found.setdefault(triple.subject, {})
            properties.setdefault(triple.predicate, ([], []))[side].append(triple.object)
    own = NamedNode(graph)
    return tuple(
        ThingChange(
            thing,
            tuple(
                PropertyChange(name, *(tuple(sorted(values, key=str)) for values in changed))
                for name, changed in sorted(
                    found[thing].items(), key=lambda item: (item[0] != _TYPE, str(item[0]))
                )
            ),
        )
        for thing in sorted(found, key=lambda thing: (thing != own, str(thing)))
    )


def _nameless(old: Statements, new: Statements) -> tuple[int, int]:
    was, now = Counter(old.nameless), Counter(new.nameless)
    return (was - now).total(), (now - was).total()


def _counts(old: Statements, new: Statements) -> tuple[int, int]:
    went, came = _nameless(old, new)
    return went + len(old.triples - new.triples), came + len(new.triples - old.triples)


def _merged(graphs: Mapping[str, Statements]) -> Statements:
    """The groups without a subject that has a name, of several graphs together."""
    groups = [group for one in graphs.values() for group in one.nameless]
    return Statements(nameless=tuple(group for group in groups if not group_subjects(group)))


def _signatures(graphs: Mapping[str, Statements]) -> dict[str, set[Triple | str]]:
    """All that is said of each subject with a name; with blank nodes, as canonical groups."""
    found: dict[str, set[Triple | str]] = {}
    for graph in graphs.values():
        for triple in graph.triples:
            if isinstance(triple.subject, NamedNode):
                found.setdefault(triple.subject.value, set()).add(triple)
        for group, number in Counter(graph.nameless).items():
            for subject in group_subjects(group):
                found.setdefault(subject, set()).add(f"{number} {group}")
    return found


def _vocabulary(old: Version, new: Version, gone: Mapping[str, GivenUp]) -> NameChanges:
    """Terms and concepts; which file says a thing of them does not count."""
    was, now = (
        {name: one for name, one in version.graphs.items() if is_vocabulary(name)}
        for version in (old, new)
    )
    terms = _names(_signatures(was), _signatures(now), gone)
    return terms._replace(nameless=_nameless(_merged(was), _merged(now)))


def _shapes(old: Version, new: Version) -> NameChanges:
    names = _names(_signatures(old.shapes), _signatures(new.shapes), {})
    return names._replace(nameless=_nameless(_merged(old.shapes), _merged(new.shapes)))


def _questions(old: Version, new: Version) -> NameChanges:
    was, now = ({k: _query(v) for k, v in one.questions.items()} for one in (old, new))
    return _names(was, now, {})


def _names(
    old: Mapping[str, object], new: Mapping[str, object], gone: Mapping[str, GivenUp]
) -> NameChanges:
    told = {name: one for name, one in gone.items() if name in old and name in new}
    successors = {one.successor for one in told.values() if one.how == "renamed"}
    return NameChanges(
        _sorted((new.keys() - old.keys()) - successors),
        _sorted(old.keys() - new.keys()),
        _sorted(
            name for name in old.keys() & new.keys() if old[name] != new[name] and name not in told
        ),
        tuple(told[name] for name in sorted(told)),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _query(text: str) -> tuple[object, ...]:
    """A stored question without comments and white space; the lines of its header count."""
    header = tuple(line.rstrip() for line in text.splitlines() if line.startswith("#+"))
    return header, tuple(token.text for token in query_tokens(text))
