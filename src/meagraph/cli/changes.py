"""What the verbs that change names share in printing."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, Triple

from meagraph.namespaces import compact


def counted(number: int, what: str) -> str:
    """A number and what it counts: ``1 mention``, ``2 mentions``."""
    return f"{number} {what}" + ("" if number == 1 else "s")


def said(triple: Triple) -> str:
    """A property and its value, as an entry has them."""
    value = triple.object
    if isinstance(value, Literal):
        text = str(Literal(value.value))
        datatype = compact(value.datatype.value)
        if value.language:
            text += f"@{value.language}"
        elif datatype != "xsd:string":
            text += f"^^{datatype}"
    else:
        text = compact(str(value)[1:-1])
    return f"{compact(triple.predicate.value)} {text}"


def print_prose(root: Path, prose: list[tuple[Path, int]]) -> None:
    """List the strings and comments that mention a name, if there are any."""
    if prose:
        print("Strings and comments that mention the old name, to be changed by hand:")
        for path, line in prose:
            print(f"  {path.relative_to(root).as_posix()}:{line}")
