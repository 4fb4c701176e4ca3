"""``meagraph paragraphs``: the passages of a source document."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict
from pathlib import Path

from meagraph.drafting.listing import index_triples
from meagraph.errors import UnusableInput
from meagraph.sources import SourceDocument, read_document


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the text of a source document")
    parser.add_argument("--paragraph", metavar="LABEL", help="print the whole text of one passage")
    parser.add_argument(
        "--format",
        choices=("table", "json", "turtle"),
        default="table",
        help="turtle: the triples that the document's index.ttl holds (default: table)",
    )


def run(options: argparse.Namespace) -> int:
    """Print the passages, or one of them."""
    if options.paragraph and options.format == "turtle":
        raise UnusableInput(
            "--paragraph cannot be written as turtle", hint="Use --format json, or leave it out."
        )
    document = read_document(options.file)
    if options.paragraph:
        passage = document.passage(options.paragraph)
        as_json = options.format == "json"
        print(
            json.dumps(asdict(passage), ensure_ascii=False, indent=2) if as_json else passage.text
        )
    else:
        write = {"table": _table, "json": _json, "turtle": index_triples}[options.format]
        print(write(document))
    return 0


def _table(document: SourceDocument) -> str:
    rows = [("order", "label", "kind", "line", "length", "text")]
    rows += [
        (str(p.order), p.label, p.kind, str(p.line), str(len(p.text)), p.text)
        for p in document.passages
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    room = max(shutil.get_terminal_size().columns - sum(widths) - 2 * len(widths), 20)
    lines = []
    for order, label, kind, line, length, text in rows:
        cells = (
            order.rjust(widths[0]),
            label.ljust(widths[1]),
            kind.ljust(widths[2]),
            line.rjust(widths[3]),
            length.rjust(widths[4]),
            text if len(text) <= room else text[: room - 1] + "…",
        )
        lines.append("  ".join(cells))
    return "\n".join(lines)


def _json(document: SourceDocument) -> str:
    data = {
        "document": document.slug,
        "sha256": document.sha256,
        "passages": [asdict(passage) for passage in document.passages],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
