"""``meagraph new``: a template of a new entry, to be filled in by a curator."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli.output import note, write
from meagraph.cli.progress import progress
from meagraph.cli.terminal import width
from meagraph.errors import UnusableInput
from meagraph.namespaces import compact
from meagraph.project import find_project, sources_folder
from meagraph.tables import wrap

if TYPE_CHECKING:
    from meagraph.drafting.slugs import Details
    from meagraph.drafting.templates import Template
    from meagraph.drafting.vocabulary import Vocabulary
    from meagraph.project import Project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "kind", metavar="KIND", nargs="?", help="what is new; alone: list the kinds"
    )
    parser.add_argument(
        "named",
        metavar="WHERE",
        nargs="*",
        help="of a passage, a reading or another claim: DOCUMENT LABEL; of a source document: its "
        "text, FILE.txt",
    )
    parser.add_argument("--label", metavar="TEXT", default="", help="its label, in English")
    parser.add_argument("--acronym", metavar="TEXT", default="", help="its acronym")
    parser.add_argument("--symbol", metavar="TEXT", default="", help="its symbol, as printed")
    parser.add_argument(
        "--of", metavar="NAME", default="", help="its parent: of a meeting the body, of a body ..."
    )
    parser.add_argument("--ordinal", metavar="N", type=int, help="its number in its series")
    parser.add_argument("--when", metavar="EDTF", default="", help="its time, such as 2024-06-11")
    parser.add_argument(
        "--part", metavar="TEXT", default="", help="a part, such as online, annex-1"
    )
    parser.add_argument(
        "--output", "-o", metavar="FILE", type=Path, help="write to a new file; never over another"
    )
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")
    parser.add_argument("--source", metavar="DIR", help="folder of the source documents")
    parser.epilog = (
        "Try: meagraph new meeting --of bodies:basel-oewg --ordinal 14\n"
        "     meagraph new passage minamata-cop6-cooperation-activities annex-1/12"
    )


def run(options: argparse.Namespace) -> int:
    """Print the template, or write it; and name the records that may be the same thing."""
    from meagraph.drafting.vocabulary import Vocabulary
    from meagraph.graph import open_graph
    from meagraph.validation.shapes import read_shapes

    project = find_project(options.root)
    with progress() as tell:
        store = open_graph(project, progress=tell)
    vocabulary = Vocabulary(store, read_shapes(project.shapes))
    if not options.kind:
        write(_kinds(vocabulary))
        return 0
    template = _template(options, project, vocabulary)
    for match in template.namesakes:
        note(f"is it not {compact(match.iri)} ({match.label})?")
    if template.exists:
        note(f"data/{template.path} exists: put these statements into it")
    if options.output:
        _write_new(options.output, template.text)
    else:
        write(template.text)
    return 0


def _template(options: argparse.Namespace, project: Project, vocabulary: Vocabulary) -> Template:
    from meagraph.drafting.kinds import find_kind
    from meagraph.drafting.passages import claim_graph, find_source, new_index, new_passage
    from meagraph.drafting.templates import new_claim, new_record

    named = options.named
    if options.kind == "passage":
        if len(named) != 2:
            raise UnusableInput(
                "a passage is named by its document and its label",
                hint="Try: meagraph new passage minamata-cop6-cooperation-activities annex-1/12",
            )
        folder = sources_folder(options.source)
        return new_passage(project, vocabulary, find_source(vocabulary, named[0]), named[1], folder)
    kind = find_kind(vocabulary, options.kind)
    if kind.has_record and len(named) == 1 and kind.home == "documents":
        return new_index(project, vocabulary, Path(named[0]))
    if kind.name == "source-document":
        raise UnusableInput(
            "a source document is begun from its text",
            hint="Try: meagraph new document FILE.txt",
        )
    details = _details(options, vocabulary)
    if not kind.has_record:
        graph = claim_graph(vocabulary, kind, named)
        return new_claim(project, vocabulary, kind, graph, details)
    if named:
        raise UnusableInput(
            f"“{named[0]}” is not understood: a {kind.label} has a record of its own",
            hint=f'Try: meagraph new {kind.name} --label "{named[0]}"',
        )
    return new_record(project, vocabulary, kind, details)


def _details(options: argparse.Namespace, vocabulary: Vocabulary) -> Details:
    from meagraph.drafting.slugs import Details
    from meagraph.names import resolve

    if options.ordinal is not None and options.ordinal < 1:
        raise UnusableInput("--ordinal is less than 1", hint="Write a whole number from 1.")
    return Details(
        label=" ".join(options.label.split()),
        acronym=options.acronym.strip(),
        symbol=options.symbol.strip(),
        of=resolve(vocabulary.store, options.of) if options.of else "",
        ordinal=options.ordinal,
        when=options.when.strip(),
        part=options.part,
    )


def _kinds(vocabulary: Vocabulary) -> str:
    from meagraph.drafting.kinds import kinds

    rows = [(kind.name, kind.home, kind.definition) for kind in kinds(vocabulary)]
    rows.append(("passage", "documents/", vocabulary.definition(_PASSAGE)))
    rows.sort()
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    lines = []
    for name, home, what in rows:
        folded = wrap(what, max(20, width() - first - second - 4))
        lines.append(f"{name:<{first}}  {home:<{second}}  {folded[0]}")
        lines += [" " * (first + second + 4) + line for line in folded[1:]]
    return "\n".join([*lines, "", "Try: meagraph new meeting --label TEXT"]) + "\n"


_PASSAGE = "https://w3id.org/meagraph/ontology#Passage"


def _write_new(path: Path, text: str) -> None:
    """Write a file that does not exist, whole or not at all."""
    if path.exists():
        raise UnusableInput(
            "the file exists already", file=path, hint="Name another file after -o."
        )
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        waiting.write_bytes(text.encode())
        waiting.replace(path)
    except OSError as error:
        raise UnusableInput(
            f"the file cannot be written: {(error.strerror or str(error)).lower()}",
            file=path,
            hint="Name a new file in a folder that exists and that you may write to.",
        ) from None
    finally:
        waiting.unlink(missing_ok=True)
