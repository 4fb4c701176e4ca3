"""``$filter`` of OData 2: what tells whether a record passes.

A test of null is false: null is equal to null and to nothing else, and neither greater nor less.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from meagraph.export.informea.filters.parser import Parser
from meagraph.export.informea.filters.values import property_type, property_value

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

    Test = Callable[[Record], bool]

__all__ = ["filter_test", "property_type", "property_value"]


def filter_test(kind: Kind, text: str) -> Test:
    """What tells whether a record passes a filter.

    A document passes ``treaty eq 'x'`` where x is any of its treaties; functions are given the
    first of them.

    Raises:
        Refusal: 400 for what is no filter of OData 2, 501 for what this service does not know of
            it. The test itself may raise 400 where a text grows too long.
    """
    value = Parser(kind, text).whole().value
    return lambda record: value(record) is True
