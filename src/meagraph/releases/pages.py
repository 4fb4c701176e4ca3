"""The pages of a release: what it is, how to check it, how to cite it, and where everything is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from meagraph.export import KINDS
from meagraph.namespaces import BASE
from meagraph.pages import opening
from meagraph.releases.contents import LICENCE_FILES, address
from meagraph.releases.writing import SUMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meagraph.queries import Question

_STYLE = (
    "body {max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; "
    "font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word} "
    "h1 {font-size: 1.4rem} h2 {font-size: 1.1rem; margin-top: 2rem}"
)


class About(NamedTuple):
    """What the pages tell.

    Args:
        number: the version.
        day: the day of the release; empty for a draft.
        previous: the version before, or empty.
        step: what its changes ask for, in sentences; empty without a version before.
    """

    number: str
    day: str
    previous: str
    step: tuple[str, ...]

    @property
    def title(self) -> str:
        """The project and the version."""
        return f"meagraph {self.number}" + ("" if self.day else " (draft)")


def readme(about: About, *, has_rules: bool) -> str:
    """The page that a reader of the folder opens first, in Markdown."""
    kinds = "\n".join(f"- {name}: {what}" for name, what in KINDS.items())
    status = (
        f"Released on {about.day}."
        if about.day
        else "**A draft, made for trial.** It is no release: do not cite it, do not publish it "
        "under its address, do not hand in its redirects."
    )
    parts = [
        f"# {about.title}",
        "The knowledge graph of cooperation among multilateral environmental agreements: what "
        f"treaty secretariats report, each statement with the passage that makes it. {status}",
        "## What is here",
        f"{kinds}\n- `queries/`: the stored questions (`.rq`), each with the answer that this "
        "version of the data gives (`.html`, `.csv`, `.json`)\n- `shapes/`: the rules that the "
        "data keep, in SHACL\n- `index.html`: all of this as a page",
        "## Check that it is whole",
        f"    sha256sum --check --quiet {SUMS}",
        "## Cite it",
        f"`CITATION.cff` says how. The address of this version is {address(about.number, '')}, "
        f"that of a question's answer in it {address(about.number, 'queries/NAME')}; addresses "
        "with a version lead to the same bytes for ever.",
        *_changed(about),
        "## Licence",
        f"`{LICENCE_FILES[0]}` for the data, the ontology, the shapes and all that is made of "
        f"them; `{LICENCE_FILES[1]}` for the stored questions.",
    ]
    if has_rules:
        parts += [
            "## Redirects",
            "`w3id/meagraph/` is the folder to hand in at https://github.com/perma-id/w3id.org, "
            "once its `README.md` says who answers for it.",
        ]
    return "\n\n".join(parts) + "\n"


def _changed(about: About) -> list[str]:
    if not about.previous:
        return ["## What changed", "No earlier release was compared."]
    lines = "\n".join(f"- {line}" for line in about.step)
    return [
        "## What changed",
        f"Since {about.previous}: `changes.md` for readers, `changes.json` for programs, "
        "`changes.ttl` as RDF, and `changes.ru`, which brings a store with that version's "
        f"`meagraph.nq` up to date.\n\n{lines}".rstrip(),
    ]


def index(about: About, names: Iterable[str], questions: Mapping[str, Question]) -> str:
    """The page for a browser, to which the address of the project leads."""
    top, folders = _top(names)
    lines = [
        *opening(about.title, _STYLE),
        "<main>",
        f"<h1>{escape(about.title)}</h1>",
        "<p>The knowledge graph of cooperation among multilateral environmental agreements: what "
        "treaty secretariats report, each statement with the passage that makes it.</p>",
        f"<p>{f'Released on {about.day}' if about.day else 'A draft, made for trial'}. "
        f"Permanent address: <code>{escape(address(about.number, ''))}</code>. "
        f"{_link('README.md')} says how to check and cite it.</p>",
        "<h2>Questions and their answers</h2>",
        "<ul>",
        *(_asked(one) for _, one in sorted(questions.items())),
        "</ul>",
        "<h2>Files</h2>",
        "<ul>",
        *(f"<li>{_link(name)}</li>" for name in top),
        *(f"<li>{escape(name)}/: {count:,} files</li>" for name, count in folders.items()),
        "</ul>",
        f"<p>Each thing has a document of its own below its address: <code>{BASE}agreements/…"
        "</code> is <code>agreements/….jsonld</code> here.</p>",
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _top(names: Iterable[str]) -> tuple[list[str], dict[str, int]]:
    top, folders = [], dict[str, int]()
    for name in sorted(names):
        folder, slash, _ = name.partition("/")
        if slash:
            folders[folder] = folders.get(folder, 0) + 1
        else:
            top.append(name)
    return top, folders


def _asked(question: Question) -> str:
    name = f"queries/{question.name}"
    forms = ", ".join(_link(f"{name}.{ending}", ending) for ending in ("csv", "json", "rq"))
    return f"<li>{_link(f'{name}.html', question.summary)} ({forms})</li>"


def _link(path: str, text: str = "") -> str:
    return f'<a href="{quote(path)}">{escape(text or path)}</a>'
