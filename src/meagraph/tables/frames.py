"""A table as a ``DataFrame`` of pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meagraph.errors import UnusableInput, installing
from meagraph.tables.values import fields, label, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

    from meagraph.tables.table import Table


def to_pandas(table: Table) -> DataFrame:
    """The table as a ``DataFrame``: one row each, in the same order, with a plain index.

    A column that holds IRIs is followed by one with their labels, under the name plus ``Label``;
    the passages of a row are IRIs joined by blanks. Integers are ``Int64``; decimals and doubles
    are ``float64`` where each decimal reads back as it was written, else objects; truth values are
    ``boolean``; days are ``datetime64``. A column whose values do not all fit is left as objects,
    and what is text is text. ``attrs`` has the ``question``, its ``parameters``, and by column the
    ``meanings`` and ``units``.

    Raises:
        UnusableInput: pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise UnusableInput(
            "a DataFrame needs pandas, which is not installed",
            hint=installing("research"),
        ) from None

    data: dict[str, Any] = {}
    for field in fields(table):
        cells = [row[field.place] for row in table.rows]
        if field.is_label:
            values: list[Any] = [label(table, cell) or None for cell in cells]
        else:
            values = [plain(cell) for cell in cells]
        data[field.name] = pandas.Series(*_typed(values))
    frame = pandas.DataFrame(data, index=range(len(table)))
    frame.attrs = {
        "question": table.question,
        "parameters": {name: list(values) for name, values in table.parameters.items()},
        "meanings": {column.name: column.meaning for column in table.columns if column.meaning},
        "units": {column.name: column.unit for column in table.columns if column.unit},
    }
    return frame


def _typed(values: Sequence[Any]) -> tuple[Sequence[Any], None, Any]:
    """The values of a column as pandas is to have them, no index, and the column's type.

    ``None`` lets pandas choose: its own type for texts is another in its second and third version.
    """
    from datetime import date
    from decimal import Decimal

    kinds = {type(value) for value in values if value is not None}
    if kinds == {str}:
        return values, None, None
    if kinds == {bool}:
        return values, None, "boolean"
    if kinds == {int} and all(-(2**63) <= value < 2**63 for value in values if value is not None):
        return values, None, "Int64"
    if kinds == {date}:
        return [value and value.isoformat() for value in values], None, "datetime64[s]"
    if kinds and kinds <= {int, float, Decimal} and kinds != {int}:
        exact = all(value is None or _is_exact(value) for value in values)
        if exact:
            return [None if value is None else float(value) for value in values], None, "float64"
    return values, None, object


def _is_exact(value: Any) -> bool:
    """Whether a number is still the same after it was a ``float``."""
    from decimal import Decimal

    try:
        return isinstance(value, float) or Decimal(repr(float(value))) == value
    except OverflowError:
        return False
