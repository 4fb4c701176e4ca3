"""Results about files of others, in the words of their shapes and with the lines of their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.namespaces import OWL, SH
from meagraph.validation.corpus import Place
from meagraph.validation.engine import Result
from meagraph.validation.findings import Finding, Rule, Terms
from meagraph.validation.pool import Pool, Term
from meagraph.validation.prefixes import Prefixes
from meagraph.validation.references import ShapesGraph
from meagraph.validation.shapes import Shapes, Step, as_sentence, fill
from meagraph.validation.wording import sentence

_LEFT_OUT = {
    SH + "rule": "Rules are not applied: the data are validated as they stand.",
    SH + "target": "Only the targets of SHACL itself are looked for, not those of its extensions.",
    SH + "expression": "Node expressions are an extension of SHACL, and are not checked.",
    SH + "js": "Constraints in JavaScript are not checked.",
    OWL + "imports": "Nothing is fetched: if it is needed, name a copy of it as well.",
}
"""What shapes may hold and is not done, with what is to be said of it."""
_FAR = 1000
"""How many nodes are looked at for the place of a value at the end of a path."""
_VALIDATORS = ("validator", "nodeValidator", "propertyValidator")
_MOST_LISTED = 9
"""How many classes of the data a note lists."""


class Telling:
    """Turns what an engine finds in some data with some shapes into findings."""

    def __init__(self, data: Pool, rules: Pool, shapes: Shapes, prefixes: Prefixes) -> None:
        """Take data and shapes.

        Args:
            data: what is validated.
            rules: the files that the shapes come from.
            shapes: the shapes.
            prefixes: how to shorten IRIs.
        """
        self._data = data
        self._rules = rules
        self._shapes = shapes
        self._prefixes = prefixes
        self._given = {str(shapes.original(iri)): iri for iri in shapes.given}

    def findings(self, results: Iterable[Result]) -> Iterator[Finding]:
        """What was found, and notes on what was not looked for."""
        yield from map(self._finding, results)
        yield from self._left_out()
        yield from self._idle()

    def rules(self, found: Iterable[Finding]) -> dict[str, Rule]:
        """The shapes that findings are about, in words that do for any node."""
        rules: dict[str, Rule] = {}
        for one in found:
            if one.rule not in rules:
                node = one.terms.shape
                iri = self._given.get(node, node[1:-1])
                rules[one.rule] = Rule(
                    one.rule,
                    "" if node.startswith("_:") else iri,
                    one.severity,
                    self._description(iri) or one.message,
                )
        return rules

    def _description(self, shape: str) -> str:
        for name in ("description", "name"):
            for term in self._shapes.values(shape, name):
                return _iri(term)
        return " ".join(filter(None, self._shapes.words(shape)))

    def broken(self, triple: Triple, message: str, hint: str) -> Finding:
        """A finding about a shape itself."""
        shape = self._given.get(str(triple.subject), _iri(triple.subject))
        value = triple.object
        return Finding(
            rule=self.rule_name(shape),
            severity="violation",
            message=message,
            cause="",
            remedy=hint,
            focus=str(triple.subject) if isinstance(triple.subject, BlankNode) else shape,
            path=self._prefixes.short(triple.predicate.value),
            value="" if isinstance(value, BlankNode) else self._prefixes.term(value),
            places=self._rules.places([triple]),
            terms=Terms(
                shape=str(triple.subject),
                focus=str(triple.subject),
                path=str(triple.predicate),
                value=str(value),
            ),
        )

    def _left_out(self) -> Iterator[Finding]:
        """A note for each thing in the shapes that is not done."""
        for triple in self._rules.triples:
            hint = _LEFT_OUT.get(triple.predicate.value)
            if hint:
                name = self._prefixes.short(triple.predicate.value)
                found = self.broken(triple, f"{name} is passed over", hint)
                yield found._replace(severity="info")

    def _idle(self) -> Iterator[Finding]:
        """A note if no shape applies to any node: then all data are valid, and nothing is said."""
        typed = self._data.classes()
        used: set[Term] = {triple.predicate for triple in self._data.triples}
        met = {
            "targetClass": {one for known in typed for one in self._data.above(known)},
            "targetSubjectsOf": used,
            "targetObjectsOf": used,
        }
        aims = ShapesGraph(self._rules.triples).aims()
        if any(aim.kind not in met or aim.node in met[aim.kind] for aim in aims):
            return
        known = sorted(map(self._prefixes.term, typed))[:_MOST_LISTED]
        hint = f"Are the IRIs the same? Classes of the data are {', '.join(known)}."
        note = self.broken(
            aims[0].triple,
            "no shape applies to any node of the data",
            hint if known else "No node of the data has a type.",
        )
        yield note._replace(severity="info")

    def _finding(self, result: Result) -> Finding:
        """A result in the reader's words, with its places."""
        path = result.path or self._shapes.path(result.shape)
        steps = self._shapes.steps(path) if path else []
        value = None if result.value == result.focus and path is None else result.value
        why = [self._said(one) for one in result.details]
        return Finding(
            rule=self.rule_name(result.shape),
            severity=result.severity,
            message=self._said(result),
            cause=as_sentence("; ".join(dict.fromkeys(why))),
            remedy="",
            focus=_iri(result.focus),
            label=self._data.label(result.focus),
            path=self._shapes.path_text(path) if path else "",
            value="" if value is None else self._prefixes.term(value),
            places=self._places(result, steps),
            terms=Terms(
                shape=str(self._shapes.original(result.shape)),
                component=f"<{result.component}>" if result.component else "",
                focus=str(result.focus),
                path=self._shapes.path_turtle(path) if path else "",
                value="" if value is None else str(value),
            ),
        )

    def _said(self, result: Result) -> str:
        """The message of the shape; without one, a sentence made of the constraint."""
        path = result.path or self._shapes.path(result.shape)
        shown = self._shapes.path_text(path) if path else ""
        validators = [
            term.value
            for name in _VALIDATORS
            for term in self._shapes.values(result.component, name)
            if isinstance(term, NamedNode)
        ]
        sources = (result.constraint, result.shape, *validators, result.component)
        said = self._shapes.whole_message(sources, result.messages)
        if said:
            value = result.focus if result.value is None else result.value
            filled = {
                "this": self._prefixes.term(result.focus),
                "path": shown,
                "value": self._prefixes.term(value),
            }
            return self._prefixes.text(fill(said, filled))
        number = None
        if isinstance(path, NamedNode):
            number = len(self._data.said(result.focus, path.value))
        return sentence(result, self._shapes, self._prefixes, shown, number)

    def _places(self, result: Result, steps: list[Step]) -> tuple[Place, ...]:
        """Where the value stands; where it is missing, where the node is given its type."""
        focus = result.focus
        if isinstance(focus, Literal):
            return self._data.places(self._data.pointing(focus))
        found: list[Triple] = []
        for predicate, inverse in steps:
            ask = self._data.pointing if inverse else self._data.said
            found += ask(focus, predicate)
        if result.value is not None and result.value != focus:
            near = found if steps else self._data.said(focus)
            exact = [t for t in near if result.value in (t.object, t.subject)]
            found = exact or self._on_the_way(found, result.value) or found
        return self._data.places(found) or self._data.node_places(focus)

    def _on_the_way(self, begun: list[Triple], value: Term) -> list[Triple]:
        """The triples that end a path of several steps: with the value, at a node before it."""
        seen = {term for triple in begun for term in (triple.subject, triple.object)}
        before: dict[Term, Triple] = {t.subject: t for t in self._data.pointing(value)}
        while seen and not seen & before.keys():
            further = {t.object for node in seen for t in self._data.said(node)} - seen
            if len(seen) + len(further) > _FAR:
                return []
            seen = seen | further if further else set()
        return [before[node] for node in seen & before.keys()]

    def shape_places(self, shape: str) -> tuple[Place, ...]:
        """Where a shape begins in its file."""
        return self._rules.node_places(self._shapes.original(shape))

    def rule_name(self, shape: str) -> str:
        """What a shape is called: a nameless one by the nearest that holds it, and its path."""
        node, path = shape, ""
        while isinstance(self._shapes.original(node), BlankNode):
            own = self._shapes.path(node)
            path = path or (self._shapes.path_text(own) if own else "")
            above = self._shapes.holder(node)
            if not above:
                name = self._aim(node)
                break
            node = above
        else:
            name = self._prefixes.short(node) if ":" in node else node
        return f"{name}/{path}" if path else name

    def _aim(self, shape: str) -> str:
        """A shape without any name, by what it applies to."""
        for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"):
            for term in self._shapes.values(shape, name):
                return f"[{self._prefixes.term(term)}]"
        places = self.shape_places(shape)
        return f"[{places[0].file.name}:{places[0].line}]" if places else "[]"


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
