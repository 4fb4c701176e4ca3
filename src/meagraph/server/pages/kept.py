"""What pages work out once for each edition of the graph and keep for as long as it is served."""

from __future__ import annotations

from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.entailment import Grounds
    from meagraph.server.edition import Edition

_T = TypeVar("_T")


def once(make: Callable[[Edition], _T]) -> Callable[[Edition], _T]:
    """A function of an edition whose result is kept; two requests do not both work it out."""
    found: WeakKeyDictionary[Edition, _T] = WeakKeyDictionary()
    lock = Lock()

    @wraps(make)
    def kept(edition: Edition) -> _T:
        with lock:
            if edition not in found:
                found[edition] = make(edition)
            return found[edition]

    return kept


@once
def grounds(edition: Edition) -> Grounds:
    """What the derived triples of the graph rest on."""
    from meagraph.entailment import Grounds

    return Grounds(edition.store)
