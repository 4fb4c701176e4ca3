"""What of the exports a catalogue lists: each file that stands alone, and folders as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from os.path import commonpath
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from meagraph.export.catalogue.authorities import FORMS, Form
from meagraph.export.catalogue.statements import fit
from meagraph.namespaces import BASE

_HOLDING = {
    "meagraph.nq": "What the files state, each statement in its named graph; nothing that follows.",
    "meagraph.ttl": "The merge of all files, with what follows from them.",
    "meagraph-entailed.ttl": "Only what follows from the files and none of them states.",
    "ontology.html": "The ontology as a page: what each term means, with an example of the data.",
    **{
        f"{name}.{ending}": f"{what}, without the data that use them."
        for name, what in (
            ("ontology", "The classes and properties"),
            ("concepts", "The concept schemes"),
            ("alignments", "The links of our terms to those of other vocabularies"),
        )
        for ending in ("ttl", "rdf", "jsonld", "nt")
    },
}
"""What is in files that a reader could take for the same."""

_BESIDE = {"left-out.csv", "context.jsonld"}
"""Files that stand beside others to explain them: nobody gets the dataset by fetching these."""


class Distribution(NamedTuple):
    """One form in which the dataset is published.

    Args:
        name: fit for the end of an IRI, and unique.
        title: what it is called.
        description: what it is.
        address: where it is found: a file, or the folder of several.
        form: what its files are; ``None`` where neither list has a name for it.
        single: whether it is one file, which can be fetched from its address.
    """

    name: str
    title: str
    description: str
    address: str
    form: Form | None
    single: bool


def distributions(names: Mapping[str, Sequence[str]]) -> list[Distribution]:
    """The distributions of some exports.

    Args:
        names: the files of each kind of export, as paths with “/”.

    Returns:
        One for each file in no folder, and one for all files of a kind that are in folders and have
        the same form, in the order of the kinds and of the names; a file that is the only one of
        its form stands for itself. What only explains other files is none.
    """
    kinds: dict[str, str] = import_module("meagraph.export").KINDS
    found = []
    for kind, files in names.items():
        folded: dict[str, list[str]] = {}
        for file in sorted(files):
            if PurePosixPath(file).name in _BESIDE:
                continue
            if "/" in file:
                folded.setdefault(_ending(file), []).append(file)
            else:
                found.append(_file(file, kinds.get(kind, kind)))
        for ending, inside in sorted(folded.items()):
            what = kinds.get(kind, kind)
            alone = len(inside) == 1
            found.append(_file(inside[0], what) if alone else _folder(kind, ending, inside, what))
    return found


def _file(file: str, what: str) -> Distribution:
    form = FORMS.get(_ending(file))
    title = f"{file} ({form.name})" if form else file
    what = _HOLDING.get(file, what)
    return Distribution(fit(file), title, what, _address(file), form, single=True)


def _folder(kind: str, ending: str, files: list[str], what: str) -> Distribution:
    form = FORMS.get(ending)
    folder = commonpath([str(PurePosixPath(file).parent) for file in files])
    title = f"{kind}: {len(files)} files, {form.name if form else ending}"
    address = _address(folder + "/") if folder else BASE
    return Distribution(fit(f"{kind}-{ending}-files"), title, what, address, form, single=False)


def _address(path: str) -> str:
    """Where an export is published: its path is that under our namespace, as that of a graph is."""
    return BASE + quote(path)


def _ending(file: str) -> str:
    return PurePosixPath(file).suffix.removeprefix(".").lower()
