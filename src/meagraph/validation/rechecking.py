"""An engine that looks again only where what it once looked up has changed.

A verdict is what pySHACL says of one node and one shape. It is a function of the shapes and of the
answers to what pySHACL looks up in the graph meanwhile, paths, targets and queries included: all
come down to patterns of triples, and are noted (`lookups`). Where no triple that came or went is an
answer to any of them, every answer is what it was, and so is the verdict. What the shapes say need
not be understood for that; no bound on their paths or queries is guessed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, Triple

from meagraph.namespaces import RDF, SH
from meagraph.project import Project, cache_folder
from meagraph.validation.engine import DEEPEST, Result, pyshacl_results, results_of, shapes_graph
from meagraph.validation.kept import Kept, Key, Pair, Verdict, term
from meagraph.validation.mending import graph, mended, quiet
from meagraph.validation.references import TARGETS
from meagraph.validation.shapes import Shapes
from meagraph.validation.terms import Terms

if TYPE_CHECKING:
    from rdflib.term import Node

_MANY = 300
"""How many pairs are looked at again before the kept verdicts are brought up to date first."""
_ANEW = 0.3
"""The share of the pairs from which all are looked at again, and nothing old is kept."""
_PLAIN = frozenset(
    SH + name
    for name in (
        *TARGETS,
        *("property", "node", "not", "and", "or", "xone", "class", "datatype", "nodeKind", "path"),
        *("minCount", "maxCount", "minLength", "maxLength", "pattern", "flags", "languageIn"),
        *("uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals", "closed", "in"),
        *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "ignoredProperties"),
        *("hasValue", "qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"),
        *("qualifiedValueShapesDisjoint", "severity", "message", "name", "description", "order"),
        *("group", "defaultValue", "deactivated", "sparql", "select", "prefixes", "declare"),
        *("prefix", "namespace", "inversePath", "alternativePath", "zeroOrMorePath"),
        *("oneOrMorePath", "zeroOrOnePath"),
    )
)
_PLAIN_TYPES = frozenset(SH + name for name in ("NodeShape", "PropertyShape", "SPARQLConstraint"))


def verdicts_file(project: Project) -> str:
    """Where the verdicts on a project's graph are kept: in the user's cache."""
    from zlib import crc32

    return os.path.join(cache_folder(), "verdicts", f"{crc32(os.fsencode(project.folder)):08x}")


class Rechecking:
    """The engine, with a file of its own to keep verdicts in."""

    def __init__(self, file: str, standing: Callable[[], Iterable[Triple]] | None = None) -> None:
        """Name the file.

        Args:
            file: where to keep verdicts; whatever stands there may be thrown away.
            standing: gives the graph that the kept verdicts are to be on, where this engine is
                given others that differ from it a little; without it, the file takes the verdicts
                on each graph that is validated.
        """
        self._file = file
        self._standing = standing

    def __call__(self, triples: Iterable[Triple], shapes: Shapes) -> list[Result]:
        """Validate, as `pyshacl_results` does, with the same results.

        Raises:
            Stuck: the shapes themselves are not well formed, or one is too much for the engine.
        """
        triples = list(triples)
        if not _is_plain(shapes):
            return pyshacl_results(triples, shapes)
        try:
            return self._results(triples, shapes)
        except Exception:
            # Whatever it is: the engine that looks at everything says it as it is to be said.
            return pyshacl_results(triples, shapes)

    def _results(self, triples: Sequence[Triple], shapes: Shapes) -> list[Result]:
        rules = fingerprint(shapes)
        kept = Kept.read(self._file, rules)
        terms = Terms()
        lines = written(triples, terms)
        if self._standing is None:
            kept = self._up_to_date(kept, rules, triples, shapes, terms, lines)
        else:
            touched = kept.touched(kept.graph() ^ lines) if kept else {}
            if kept is None or len(touched) > _MANY:
                standing = list(self._standing())
                own = Terms()
                kept = self._up_to_date(kept, rules, standing, shapes, own, written(standing, own))
                touched = kept.touched(kept.graph() ^ lines)
            if touched:
                _look_again(kept, touched, _Run(triples, terms, shapes))
        return [_renamed(result, terms.named) for result in kept.results()]

    def _up_to_date(
        self,
        kept: Kept | None,
        rules: str,
        triples: Sequence[Triple],
        shapes: Shapes,
        terms: Terms,
        lines: set[str],
    ) -> Kept:
        """The verdicts on a graph, in the file too: those that were kept, and new ones."""
        changed = kept.graph() ^ lines if kept else set()
        if kept and not changed:
            return kept
        touched = kept.touched(changed) if kept else {}
        if kept is None or len(touched) > _ANEW * kept.count():
            kept = Kept.empty()
            run = _Run(triples, terms, shapes)
            kept.put(run.targets(run.aiming()), {})
            kept.put(run.verdicts(run.all_pairs()), {})
        elif touched:
            _look_again(kept, touched, _Run(triples, terms, shapes))
        kept.set_graph(rules, lines)
        kept.save(self._file)
        return kept


def _look_again(kept: Kept, touched: dict[int, Pair], run: _Run) -> None:
    """Replace the verdicts on some pairs, and on those that they bring or take away."""
    known = {pair: number for number, pair in touched.items()}
    aims = [pair.shape for pair in touched.values() if not pair.focus]
    kept.put(run.targets(aims), known)
    again = {pair for pair in touched.values() if pair.focus}
    for shape in aims:
        before, now = kept.focuses(shape), run.focuses(shape)
        kept.drop(number for focus, number in before.items() if focus not in now)
        again -= {Pair(shape, focus) for focus in before if focus not in now}
        again |= {Pair(shape, focus) for focus in now if focus not in before}
    kept.put(run.verdicts(sorted(again)), known)


class _Run:
    """pySHACL, given a graph and shapes, to be asked for some verdicts."""

    def __init__(self, triples: Iterable[Triple], terms: Terms, shapes: Shapes) -> None:
        from pyshacl.graph_abstraction import DataGraph
        from pyshacl.monkey import apply_patches
        from pyshacl.validator import Validator, assign_baked_in

        from meagraph.validation.lookups import Lookups

        self._terms = terms
        self._focuses: dict[str, dict[str, Node]] = {}
        self._asked: dict[tuple[Node | None, ...], Key] = {}
        self.store = Lookups(triples, terms)
        with mended(), quiet():
            apply_patches()  # type: ignore[no-untyped-call]
            assign_baked_in()  # type: ignore[no-untyped-call]
            self._validator = Validator(
                DataGraph.from_rdflib(graph(self.store)),
                shacl_graph=shapes_graph(shapes),
                options={
                    "advanced": True,
                    "inplace": True,
                    "max_validation_depth": DEEPEST,
                },
            )
            self._data = self._validator.data_graph
            self._executor = self._validator.make_executor()
            self._shapes: dict[str, Any] = {
                str(shape.node): shape for shape in self._validator.shacl_graph.shapes
            }
            for shape in self._shapes.values():
                shape.set_advanced(True)

    def aiming(self) -> list[str]:
        """The shapes that say what they apply to."""
        return [name for name, shape in self._shapes.items() if any(map(list, shape.target()))]

    def all_pairs(self) -> Iterator[Pair]:
        """Each shape with each node that it applies to."""
        return (Pair(shape, focus) for shape in self._shapes for focus in self.focuses(shape))

    def focuses(self, shape: str) -> dict[str, Node]:
        """The nodes that a shape applies to, by how N-Triples write them."""
        if shape not in self._focuses:
            with mended(), quiet():
                found = self._shapes[shape].focus_nodes(self._data)
            self._focuses[shape] = {
                self._terms.written(self.store.original(node)): node for node in found
            }
        return self._focuses[shape]

    def targets(self, shapes: Iterable[str]) -> Iterator[Verdict]:
        """What is looked up to find the nodes that shapes apply to."""
        for shape in shapes:
            self._focuses.pop(shape, None)
            self.store.asked = set()
            self.focuses(shape)
            yield Verdict(Pair(shape, ""), (), self._noted())

    def verdicts(self, pairs: Iterable[Pair]) -> list[Verdict]:
        """What pySHACL says of pairs."""
        with mended(), quiet():
            return list(self._verdicts(pairs))

    def _verdicts(self, pairs: Iterable[Pair]) -> Iterator[Verdict]:
        for pair in pairs:
            focus = self._focuses.get(pair.shape, {}).get(pair.focus)
            if focus is None:
                focus = self._node(pair.focus)
            self.store.asked = set()
            conforms, said = self._shapes[pair.shape].validate(
                self._executor, self._data, focus=focus
            )
            found: tuple[Result, ...] = ()
            if said:
                report, _ = self._validator.create_validation_report(
                    self._validator.shacl_graph, conforms, said
                )
                found = tuple(
                    _renamed(result, self._terms.name) for result in results_of(report, self.store)
                )
            yield Verdict(pair, found, self._noted())

    def _node(self, focus: str) -> Node:
        named = term(focus)
        if isinstance(named, BlankNode):
            return self._terms.there(self._terms.named(named))
        return self._terms.there(named)

    def _noted(self) -> list[Key]:
        """What was looked up since, and an end of noting it."""
        asked, self.store.asked = self.store.asked or set(), None
        for pattern in asked:
            if pattern not in self._asked:
                subject, predicate, value = (
                    None if node is None else str(node) for node in pattern
                )
                self._asked[pattern] = subject, predicate, value
        return [self._asked[pattern] for pattern in asked]


def _renamed(result: Result, name: Callable[[Any], Any]) -> Result:
    """A result with other names for its blank nodes."""
    return result._replace(
        focus=name(result.focus),
        value=name(result.value),
        details=tuple(_renamed(detail, name) for detail in result.details),
    )


def written(triples: Iterable[Triple], terms: Terms) -> set[str]:
    """Triples as N-Triples write them, without the full stop; blank nodes with their names here."""
    found = set()
    for triple in triples:
        line = str(triple)
        if "_:" in line:
            line = " ".join(map(terms.written, triple))
        found.add(line)
    return found


def _is_plain(shapes: Shapes) -> bool:
    """Whether shapes are made of SHACL and SPARQL constraints, and compute nothing of their own."""
    types = RDF + "type"
    for _, predicate, value in shapes.triples:
        name = predicate.value
        if name.startswith(SH) and name not in _PLAIN:
            return False
        kind = value.value if name == types and isinstance(value, NamedNode) else ""
        if kind.startswith(SH) and kind not in _PLAIN_TYPES:
            return False
    return True


def fingerprint(shapes: Shapes) -> str:
    """What tells all that decides a verdict, but the graph, from another state of it.

    Returns:
        SHA-256, hexadecimal, over the shapes, our own code, and the libraries'.
    """
    from hashlib import sha256

    digest = sha256(_versions().encode())
    terms = Terms()
    for line in sorted(written(shapes.triples, terms)):
        digest.update(f"\0{line}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _versions() -> str:
    """The code of this room, and the files of the libraries: their names, sizes and times."""
    import sys
    from hashlib import sha256
    from importlib.util import find_spec

    import pyoxigraph

    own = os.path.dirname(os.path.abspath(__file__))
    digest = sha256()
    for name in sorted(os.listdir(own)):
        if name.endswith(".py"):
            with open(os.path.join(own, name), "rb") as file:
                digest.update(file.read())
    found = [sys.version, pyoxigraph.__version__, digest.hexdigest()]
    for library in ("pyshacl", "rdflib"):
        spec = find_spec(library)
        origin = spec.origin if spec and spec.origin else ""
        folder, here = os.path.dirname(os.path.dirname(origin)), f"{library}-"
        if origin:
            found += sorted(name for name in os.listdir(folder) if name.lower().startswith(here))
            found.append(str(os.stat(origin).st_mtime_ns))
    return "\n".join(found)
