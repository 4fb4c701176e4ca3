"""Machine names of treaties and labels of thesaurus terms: from the data, overridable by a file.

``informea.toml`` in the project's folder, which need not exist, may say::

    [treaties]        # a thing of the graph = its machine name in InforMEA
    "agreements:minamata" = "minamataunep"

    [terms]           # a term of the thesaurus = its English label, letter by letter
    "http://www.informea.org/terms/mercury" = "Mercury"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from meagraph.errors import UnusableInput
from meagraph.export.informea.texts import plain
from meagraph.namespaces import BASE, expand

if TYPE_CHECKING:
    from pathlib import Path

    from meagraph.export.informea.facts import Facts
    from meagraph.project import Project

SETTINGS = "informea.toml"
TERMS = "http://www.informea.org/terms"
"""The thesaurus; terms are written with this namespace however the address of a match begins."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Treaty(NamedTuple):
    """What InforMEA keeps as a treaty.

    Args:
        iri: the agreement, framework or body.
        name: its machine name.
        uuid: its UUID there, empty where none is known.
        grounds: the IRIs of the identifiers that say so.
    """

    iri: str
    name: str
    uuid: str
    grounds: tuple[str, ...]


class Names(NamedTuple):
    """Treaties by IRI, and the English labels of thesaurus terms by their addresses."""

    treaties: dict[str, Treaty]
    terms: dict[str, str]


def read_names(facts: Facts, project: Project) -> Names:
    """The machine names and labels to use.

    Raises:
        UnusableInput: ``informea.toml`` cannot be read, names a thing that the graph does not
            have, or gives a name that InforMEA cannot have or gives it twice.
    """
    named = _identified(facts, "informea-name")
    numbered = _identified(facts, "informea")
    names = {iri: name for iri, (name, _) in named.items()}
    path = project.root / SETTINGS
    settings = _settings(path)
    for thing, name in settings.get("treaties", {}).items():
        names[_known_thing(facts, thing, path)] = _legal_name(name, path)
    treaties: dict[str, Treaty] = {}
    owners: dict[str, str] = {}
    for iri, name in sorted(names.items()):
        if not _NAME.fullmatch(name):
            continue
        if name.lower() in owners:
            raise UnusableInput(
                f"{iri} and {owners[name.lower()]} have the same machine name, “{name}”",
                file=path if settings else project.data / "identifiers" / "informea-name.ttl",
                hint="A machine name stands for one treaty: correct one of the two.",
            )
        owners[name.lower()] = iri
        grounds = [found[iri][1] for found in (named, numbered) if iri in found]
        uuid = numbered[iri][0].lower() if iri in numbered else ""
        treaties[iri] = Treaty(iri, name, uuid if _UUID.fullmatch(uuid) else "", tuple(grounds))
    return Names(treaties, {_term(key): label for key, label in settings.get("terms", {}).items()})


def label_of_term(facts: Facts, names: Names, term: str) -> str | None:
    """The English label of a thesaurus term; `None` where none is known letter by letter.

    From the settings, else what the graph itself says of the term; never read off its address.
    """
    if not _is_term(term):
        return None
    return plain(names.terms.get(_term(term), "")) or facts.titles(term).get("en")


def _is_term(address: str) -> bool:
    return _term(address).startswith(TERMS + "/")


def _term(address: str) -> str:
    """The address of a term as we write it: harvested data spell the scheme both ways."""
    return re.sub(r"^https://", "http://", address)


def _identified(facts: Facts, registry: str) -> dict[str, tuple[str, str]]:
    """Things with an identifier of a registry: its value, and the IRI of the node that gives it."""
    found: dict[str, tuple[str, str]] = {}
    for node in facts.things("mea:ExternalIdentifier"):
        if registry in facts.concepts(node, "mea:registry"):
            for thing in facts.texts(node, "mea:identifies"):
                for value in facts.texts(node, "skos:notation"):
                    found.setdefault(thing, (value, node))
    return found


def _settings(path: Path) -> dict[str, dict[str, str]]:
    import tomllib

    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableInput(f"{SETTINGS} cannot be read: {error}", file=path) from None
    for section, values in read.items():
        right = isinstance(values, dict) and all(isinstance(v, str) for v in values.values())
        if section not in ("treaties", "terms") or not right:
            raise UnusableInput(
                f"“{section}” is not a part of {SETTINGS}",
                file=path,
                hint="It has [treaties], machine names of things of the graph, and [terms], "
                "English labels of thesaurus terms; all values are texts.",
            )
    return read


def _known_thing(facts: Facts, thing: str, path: Path) -> str:
    iri = thing if thing.startswith(BASE) else expand(thing) or thing
    if facts.texts(iri, "rdf:type"):
        return iri
    raise UnusableInput(
        f"the graph has no {thing}",
        file=path,
        hint="Under [treaties] stand names such as “agreements:minamata”.",
    )


def _legal_name(name: str, path: Path) -> str:
    if _NAME.fullmatch(name):
        return name
    raise UnusableInput(
        f"“{name}” cannot be a machine name of InforMEA",
        file=path,
        hint="Machine names have at most 32 letters, digits, hyphens and low lines.",
    )
