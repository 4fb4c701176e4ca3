"""A report with all that could hurt a format, made by hand."""

from __future__ import annotations

from pathlib import Path

from meagraph.validation import Finding, Place, Report, Rule
from meagraph.validation.findings import Terms

BASE = Path("/graph")
FILE = BASE / "data" / "odd, 100%: näme.ttl"
OTHER = BASE / "data" / "other.ttl"
ELSEWHERE = Path("/home/curator/draft.ttl")

HOSTILE = 'a "quote", 100% <script>alert(1)</script> & {0} [x](http://e.org) ::error:: \\ end'
STEERING = "\x1b[31mred\x1b[0m \u202eback"
LINE = '\tex:s ex:label "🌊🌊 <b>&amp;</b>"@en ; ex:p ex:o .'
COLUMN = LINE.index("ex:o") + 1

SH = "http://www.w3.org/ns/shacl#"
RULES = {
    "meash:Meeting-x": Rule(
        "meash:Meeting-x",
        "https://w3id.org/meagraph/shapes#Meeting-x",
        "violation",
        "A meeting has no …",
        "It was copied.",
        "Take it out.",
        "model, section 3, item 7",
    )
}


def hostile(line: int = 2) -> Finding:
    return Finding(
        rule="meash:Meeting-x",
        severity="violation",
        message=f"{HOSTILE} {STEERING}",
        cause="First line\nsecond line.",
        remedy="Take 50% out.",
        focus="https://w3id.org/meagraph/meetings/cop-6",
        label="Sixth <COP>",
        path="mea:event/^mea:agent",
        value='"🌊🌊 <b>&amp;</b>"@en',
        places=(Place(FILE, line, COLUMN), Place(OTHER, 1, 1)),
        passage="https://w3id.org/meagraph/documents/note/annex-1/2",
        passage_name="Note annex-1/2",
        terms=Terms(
            shape="<https://w3id.org/meagraph/shapes#Meeting-x>",
            component=f"<{SH}ClassConstraintComponent>",
            focus="<https://w3id.org/meagraph/meetings/cop-6>",
            path=f"( <http://e.org/p> [ <{SH}inversePath> <http://e.org/q> ] )",
            value='"🌊🌊 <b>&amp;</b>"@en',
        ),
    )


def warning(file: Path = OTHER, line: int = 1, focus: str = "http://e.org/a b") -> Finding:
    return Finding(
        rule="ex:Shape",
        severity="warning",
        message="it looks wrong",
        cause="",
        remedy="",
        focus=focus,
        places=(Place(file, line, 1),),
        terms=Terms(shape="<http://e.org/Shape>", focus="_:b0"),
    )


PLACELESS = Finding("ex:Whole", "info", "the graph is small", "", "", "http://e.org/graph")
UNREADABLE = Finding(
    "meash:Readable",
    "violation",
    "the file stops being Turtle at “]”",
    "",
    "Is a value missing before “]”?",
    "",
    places=(Place(OTHER, 1, 4),),
)


def sample(line: int = 2, *more: Finding) -> Report:
    """Findings of each severity: with two places, with one, with none."""
    return Report(
        (hostile(line), warning(), *more, PLACELESS),
        files=2,
        triples=7,
        texts={FILE: "\n" * (line - 1) + LINE + "\n", OTHER: "ex:a ] ex:b .\n"},
        rules=RULES,
    )


def unreadable() -> Report:
    return Report((UNREADABLE,), 1, 0, {OTHER: "ex:a ] ex:b .\n"}, unreadable=1)


EMPTY = Report((), 421, 13_157)
