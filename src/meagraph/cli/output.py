"""What verbs share in printing: notes, and the evidence below an answer."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from meagraph.tables import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from meagraph.evidence import Citation, Text
    from meagraph.names import GivenUp


def write(text: str) -> None:
    """Print an answer: UTF-8 with line feeds, whatever the machine's own habits are."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text)


def note(text: str) -> None:
    """Tell the reader something that is not part of the answer, on standard error."""
    print(f"note: {text}", file=sys.stderr)


def note_given_up(gone: GivenUp) -> None:
    """Tell the reader that a name was given up, and which takes its place."""
    note(str(gone))


def passage_blocks(citations: Mapping[str, Citation], texts: Mapping[str, Text], cells: int) -> str:
    """Each passage once: its name, the document's address, and its text, folded and indented."""
    from meagraph.evidence.account import text_lines

    blocks = []
    for iri, citation in citations.items():
        lines = [f"{citation.name}  {citation.url}".rstrip()]
        lines += text_lines(texts[iri], cells)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n" if blocks else "no passage is cited\n"


def passages_as_markdown(citations: Mapping[str, Citation], texts: Mapping[str, Text]) -> str:
    """The same as a Markdown list."""
    items = []
    for iri, citation in citations.items():
        name = f"[{escaped(citation.name)}]({iri})"
        where = f" ({citation.url})" if citation.url else ""
        text = texts[iri]
        said = escaped(text.text) if text.text is not None else ""
        remark = f" [{escaped(text.note)}]" if text.note else ""
        items.append(f"- {name}{where}:{remark} {said}".rstrip())
    return "\n".join(items) + "\n" if items else ""


def passages_as_data(
    citations: Mapping[str, Citation], texts: Mapping[str, Text]
) -> list[dict[str, str | None]]:
    """The same for JSON; ``text`` is ``null`` where it is not at hand."""
    return [
        {
            "passage": iri,
            "name": citation.name,
            "document": citation.document,
            "url": citation.url or None,
            "text": texts[iri].text,
            "note": texts[iri].note or None,
        }
        for iri, citation in citations.items()
    ]


def written_files(paths: Sequence[Path], folder: Path) -> str:
    """The files that an export wrote, with their sizes; a folder below is one line."""
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        groups.setdefault(folder / path.relative_to(folder).parts[0], []).append(path)
    lines = []
    for place, files in groups.items():
        size = sum(path.stat().st_size for path in files)
        is_file = files == [place]
        count = "1 file" if len(files) == 1 else f"{len(files):,} files"
        lines.append(f"{size:>12,} bytes  {place}" + ("" if is_file else f"{os.sep}  {count}"))
    return "\n".join(lines) + "\n"


def turtle(triples: Iterable[Triple]) -> str:
    """Triples in Turtle, with those of our prefixes that they use."""
    from pyoxigraph import NamedNode, RdfFormat, serialize

    from meagraph.namespaces import PREFIXES, compact

    listed = list(triples)
    terms = [term for triple in listed for term in triple]
    terms += [term.datatype for term in terms if hasattr(term, "datatype")]
    names = {compact(term.value) for term in terms if isinstance(term, NamedNode)}
    used = {name.partition(":")[0] for name in names if name[0] != "<"}
    prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if prefix in used}
    return (serialize(listed, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode("utf-8")
