"""A source document: its passages in reading order, and what identifies its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from meagraph.errors import UnusableInput
from meagraph.sources.blocks import gather
from meagraph.sources.lines import lift_footnotes, split_lines
from meagraph.sources.outline import Draft, outline

_SUFFIX = ".txt"


@dataclass(frozen=True)
class Passage:
    """A piece of a document that can be cited.

    Attributes:
        label: its path under the document, such as ``annex-1/15/a`` or ``fn/4``.
        kind: ``front``, ``heading``, ``paragraph``, ``sub-paragraph`` or ``footnote``.
        number: its number as printed (``15``, ``(a)``, ``A.``, ``*``); ``None`` if it has none.
        order: its place in the document, from 1; a footnote's is where it is printed.
        parent: the label of the passage that encloses it.
        text: its whole text, without its number, markup and footnote marks; white space folded,
            NFC, quotes and dashes as printed.
        sha256: of the text in UTF-8, hexadecimal.
        line: its first line in the file, from 1.
        notes: the labels of the footnotes whose marks stand in it.
    """

    label: str
    kind: str
    number: str | None
    order: int
    parent: str | None
    text: str
    sha256: str
    line: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceDocument:
    """A document's text: ``slug`` is the file's stem, ``sha256`` is of the file's bytes."""

    slug: str
    path: Path
    sha256: str
    passages: tuple[Passage, ...]

    def passage(self, label: str) -> Passage:
        """The passage with a label.

        Raises:
            UnusableInput: there is none; near labels are named.
        """
        for passage in self.passages:
            if passage.label == label:
                return passage
        from difflib import get_close_matches

        near = get_close_matches(label, [p.label for p in self.passages], n=3, cutoff=0.5)
        raise UnusableInput(
            f"{self.slug} has no passage {label}",
            file=self.path,
            hint=f"Near labels: {', '.join(near)}." if near else "List them: meagraph paragraphs.",
        )


def find_document(folder: Path, slug: str) -> Path | None:
    """The file of a document in the folder of sources; ``None`` if it is not there."""
    path = folder / f"{slug}{_SUFFIX}"
    return path if path.is_file() else None


def read_document(path: Path) -> SourceDocument:
    """Read a document's passages.

    Raises:
        UnusableInput: the file is missing, empty, not UTF-8, or has no numbered paragraph, heading
            or paragraph of running text.
    """
    data = _bytes(path)
    body, footnotes = lift_footnotes(split_lines(_text(path, data)))
    drafts = outline(gather(body))
    if all(draft.kind == "front" for draft in drafts):
        raise UnusableInput(
            "no passages are found in this text",
            file=path,
            hint="A source document has a heading such as “Note by the secretariat” or “Annex I”, "
            "or numbered paragraphs, or paragraphs of running text.",
        )
    drafts += [
        Draft(note.label, "footnote", note.number, None, note.text, note.line) for note in footnotes
    ]
    drafts.sort(key=lambda draft: draft.line)
    passages = tuple(_passage(draft, order) for order, draft in enumerate(drafts, start=1))
    return SourceDocument(path.stem, path, hashlib.sha256(data).hexdigest(), passages)


def _passage(draft: Draft, order: int) -> Passage:
    return Passage(
        label=draft.label,
        kind=draft.kind,
        number=draft.number,
        order=order,
        parent=draft.parent,
        text=draft.text,
        sha256=hashlib.sha256(draft.text.encode()).hexdigest(),
        line=draft.line,
        notes=tuple(draft.notes),
    )


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnusableInput(
            f"the file cannot be read: {(error.strerror or str(error)).lower()}",
            file=path,
            hint="Name the text file of a source document.",
        ) from error
    if not data.strip():
        raise UnusableInput("the file is empty", file=path, hint="Convert the document again.")
    return data


def _text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInput(
            f"the file is not UTF-8 text: byte {error.start + 1} is 0x{data[error.start]:02x}",
            file=path,
            line=data.count(b"\n", 0, error.start) + 1,
            hint="Save it as plain text in UTF-8; PDF and Word files are to be converted first.",
        ) from error
