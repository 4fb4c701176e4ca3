"""Look-ups by pattern, asked of an endpoint in as few requests as can be.

A store of this process is asked for one thing after the other, which costs nothing there. Here more
is asked for than wanted, and kept: all of a subject, all that bears a text, and, when one property
of several subjects or with several texts was wanted, all of that property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from meagraph.endpoints.kept import Kept
from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Triple

    Pattern = tuple[
        NamedNode | BlankNode | Triple | None,
        NamedNode | None,
        NamedNode | BlankNode | Literal | Triple | None,
        NamedNode | BlankNode | DefaultGraph | None,
    ]

_MERGE = DefaultGraph()
_KEPT = 200_000
_SEVERAL_SUBJECTS = 3
_SEVERAL_TEXTS = 8  # a name is looked for as two texts, with and without a language
_MANY = 50_000


class Lookups:
    """The look-ups of one endpoint.

    Args:
        ask: answers a query with ``QuerySolutions``.
        default_graph: the graph that stands for the default graph, if one does.
    """

    def __init__(self, ask: Callable[[str], Any], default_graph: str) -> None:
        self._ask = ask
        self._default_graph = default_graph
        self._kept = Kept(_KEPT)
        self._seen: dict[tuple[NamedNode, int], set[object]] = {}
        self._large: set[NamedNode] = set()

    def quads(self, pattern: Pattern) -> Iterator[Quad]:
        """The quads that fit a pattern, ``None`` fits all.

        Raises:
            UnusableInput: the endpoint gives no answer; or a blank node is looked for.
        """
        subject, predicate, value, _ = pattern
        return (
            quad
            for quad in self._wider(pattern)
            if (subject is None or quad.subject == subject)
            and (predicate is None or quad.predicate == predicate)
            and (value is None or quad.object == value)
        )

    def _wider(self, pattern: Pattern) -> tuple[Quad, ...]:
        """The quads that fit the pattern, and others."""
        subject, _, value, graph = pattern
        of_all = self._of_property(pattern)
        if of_all is not None:
            return of_all
        wide = pattern
        if subject is not None:
            wide = (subject, None, None, graph)
        elif isinstance(value, Literal):
            wide = (None, None, value, graph)
        quads = self._kept.get(wide)
        if quads is None:
            quads = tuple(self._asked(wide))
            self._kept.put(wide, quads)
        return quads

    def _of_property(self, pattern: Pattern) -> tuple[Quad, ...] | None:
        """All quads of the pattern's property in the merge, where they are kept or worth it."""
        _, predicate, _, graph = pattern
        if predicate is None or graph != _MERGE:
            return None
        wide = (None, predicate, None, _MERGE)
        quads = self._kept.get(wide)
        if quads is not None or not self._is_wanted_often(predicate, pattern):
            return quads
        quads = tuple(self._asked(wide, _MANY + 1))
        if len(quads) > _MANY:
            self._large.add(predicate)
            return None
        self._kept.put(wide, quads)
        return quads

    def _is_wanted_often(self, predicate: NamedNode, pattern: Pattern) -> bool:
        """Whether the property was wanted of several others, and is not known to be too large."""
        subject, _, value, _ = pattern
        key: object = subject
        several = _SEVERAL_SUBJECTS
        if subject is None:
            key, several = value, _SEVERAL_TEXTS
            if not isinstance(value, Literal):
                return False
        seen = self._seen.setdefault((predicate, several), set())
        if key in seen or predicate in self._large:
            return False
        if len(seen) < several:
            seen.add(key)
            return False
        return True

    def _asked(self, pattern: Pattern, limit: int = 0) -> Iterator[Quad]:
        solutions = self._ask(as_query(pattern, self._default_graph, limit))
        names = [variable.value for variable in solutions.variables]
        given: dict[str, Any] = dict(zip("spog", pattern, strict=True))
        for solution in solutions:
            terms = given | dict(zip(names, solution, strict=True))
            yield Quad(terms["s"], terms["p"], terms["o"], terms["g"] or _MERGE)


def as_query(pattern: Pattern, default_graph: str = "", limit: int = 0) -> str:
    """SELECT for a pattern that leaves a variable; its columns are named s, p, o and g.

    Args:
        pattern: subject, predicate, object and graph; for no graph the merge and all named ones.
        default_graph: the named graph that stands for the default graph, and is not given again.
        limit: how many rows at most; 0 for all.

    Raises:
        UnusableInput: a blank node is looked for, which has no name outside its own store.
    """
    terms = []
    for name, term in zip("spo", pattern[:3], strict=True):
        if isinstance(term, BlankNode):
            raise UnusableInput(
                "a node without a name cannot be looked up at an endpoint",
                hint="Ask for what it stands beside.",
            )
        terms.append(f"?{name}" if term is None else str(term))
    triple, graph = " ".join(terms), pattern[3]
    free = " ".join(term for term in terms if term.startswith("?"))
    if isinstance(graph, DefaultGraph):
        where = triple
    elif graph is not None:
        where = f"GRAPH {graph} {{ {triple} }}"
    else:
        others = f" FILTER(?g != <{default_graph}>)" if default_graph else ""
        free = f"{free} ?g"
        where = f"{{ {triple} }} UNION {{ GRAPH ?g {{ {triple} }}{others} }}"
    return f"SELECT {free} WHERE {{ {where} }}" + (f" LIMIT {limit}" if limit else "")
