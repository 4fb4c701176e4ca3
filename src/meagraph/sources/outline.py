"""Blocks get their labels: the path of a passage under its document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from meagraph.sources.blocks import Block

_SENTENCE = 20  # words: a shorter text before the body is taken for part of the title block
_LONGEST_TITLE = 60  # words


@dataclass
class Draft:
    """A passage before its order among all passages is known."""

    label: str
    kind: str
    number: str | None
    parent: str | None
    text: str
    line: int
    notes: list[str] = field(default_factory=list)


def outline(blocks: list[Block]) -> list[Draft]:
    """Give each block its kind, its label and the passage that encloses it."""
    body = next((index for index, block in enumerate(blocks) if _opens_body(block)), len(blocks))
    drafts = []
    if body:
        front = blocks[:body]
        text = " ".join(block.text for block in front)
        notes = [note for block in front for note in block.notes]
        drafts.append(Draft("front", "front", None, None, text, front[0].line, notes))
    for part in _parts(blocks[body:]):
        drafts += _Part(part).drafts
    return _with_unique_labels(drafts)


def _opens_body(block: Block) -> bool:
    if block.opening is not None:
        return block.opening.kind != "heading"
    return not block.looks_like_title and len(block.text.split()) >= _SENTENCE


def _parts(blocks: list[Block]) -> Iterator[list[Block]]:
    start = 0
    for index, block in enumerate(blocks):
        if index and block.opening and block.opening.kind in ("note", "part"):
            yield blocks[start:index]
            start = index
    if blocks:
        yield blocks[start:]


class _Part:
    """The note, or one annex: its heading with the title below it, and what it holds."""

    def __init__(self, blocks: list[Block]) -> None:
        self.drafts: list[Draft] = []
        self.base = "note"
        self.heading: str | None = None
        self.section = ""
        self.paragraph = ""
        self.following = 1
        self.count = 0
        rest = self._head(blocks)
        kinds = [block.opening.kind if block.opening else "text" for block in rest]
        self.numbered = "paragraph" in kinds
        # A roman section's digit would be taken for a paragraph's number where both occur.
        self.section_prefix = "section-" if self.numbered or kinds[:1] == ["text"] else ""
        for block in rest:
            self._place(block)

    def _head(self, blocks: list[Block]) -> list[Block]:
        opening = blocks[0].opening
        if opening is None or opening.kind not in ("note", "part"):
            return blocks
        title = 1
        while title < len(blocks) and _is_title(blocks[title]):
            title += 1
        if opening.kind == "part":
            self.base = opening.path[0]
        self.heading = self.base
        head = blocks[:title]
        text = " ".join(block.text for block in head)
        notes = [note for block in head for note in block.notes]
        self.drafts.append(
            Draft(self.base, "heading", opening.printed, None, text, head[0].line, notes)
        )
        return blocks[title:]

    def _place(self, block: Block) -> None:
        kind = block.opening.kind if block.opening else "text"
        if kind in ("section", "heading"):
            self._place_heading(block)
        elif kind == "item":
            self._place_item(block)
        else:
            self._place_paragraph(block)

    def _place_heading(self, block: Block) -> None:
        assert block.opening is not None
        path = [step for step in block.opening.path if step]
        if not path:
            path = [re.sub(r"\W+", "-", block.text.lower()).strip("-")]
        if block.opening.path[:1] != ("",) and block.opening.path:
            path[0] = self.section_prefix + path[0]
        label = f"{self.base}/{'-'.join(path)}"
        above = f"{self.base}/{'-'.join(path[:-1])}"
        known = {draft.label for draft in self.drafts}
        parent = above if above in known else self.heading
        self._add(label, "heading", block, parent)
        self.section, self.count = label, 0

    def _place_paragraph(self, block: Block) -> None:
        if block.opening:
            self.paragraph, self.following = f"{self.base}/{block.opening.path[0]}", 1
            label = self.paragraph
        elif self.numbered:
            self.paragraph = self.paragraph or f"{self.base}/0"
            self.following += 1
            label = f"{self.paragraph}-{self.following}"
        else:
            self.count += 1
            label = f"{self.section or self.base}/{self.count}"
        self._add(label, "paragraph", block, self.section or self.heading)

    def _place_item(self, block: Block) -> None:
        assert block.opening is not None
        above = next((draft for draft in reversed(self.drafts) if draft.kind == "paragraph"), None)
        root = above.label if above else self.section or self.base
        path = block.opening.path
        self._add("/".join((root, *path)), "sub-paragraph", block, "/".join((root, *path[:-1])))

    def _add(self, label: str, kind: str, block: Block, parent: str | None) -> None:
        number = block.opening.printed if block.opening else None
        self.drafts.append(
            Draft(label, kind, number, parent, block.text, block.line, list(block.notes))
        )


def _is_title(block: Block) -> bool:
    if block.opening is not None:
        return block.opening.kind == "heading"
    return block.looks_like_title and len(block.text.split()) <= _LONGEST_TITLE


def _with_unique_labels(drafts: list[Draft]) -> list[Draft]:
    """A number that the document prints twice gets ``-2`` the second time."""
    seen: dict[str, int] = {}
    for draft in drafts:
        seen[draft.label] = seen.get(draft.label, 0) + 1
        if seen[draft.label] > 1:
            draft.label = f"{draft.label}-{seen[draft.label]}"
    return drafts
