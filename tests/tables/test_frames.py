"""Tables as data frames."""

from __future__ import annotations

import sys
from decimal import Decimal

import pandas
import pytest
from pyoxigraph import Literal
from tabled import CONTROLS, FULL, MEETING, PASSAGES, number, of, typed

from meagraph.errors import UnusableInput, installing
from meagraph.tables import Column, Table


def test_a_label_column_follows_each_column_of_iris() -> None:
    frame = FULL.to_pandas()
    assert list(frame.columns) == [
        *("meeting", "meetingLabel", "days", "first", "remark", "passages", "passagesLabel")
    ]
    assert list(frame.index) == [0, 1] and isinstance(frame.index, pandas.RangeIndex)
    assert frame["meeting"][0] == MEETING.value and frame["meetingLabel"][0] == "CBD COP 16"
    assert frame["meeting"].isna().tolist() == [False, True]
    assert frame["meetingLabel"].isna().tolist() == [False, True]
    assert frame["passages"][0] == " ".join(one.value for one in PASSAGES)
    assert frame["passagesLabel"][0] == "note 2; note 4"


def test_numbers_days_and_truth_values_have_their_types() -> None:
    frame = FULL.to_pandas()
    assert str(frame["days"].dtype) == "Int64" and frame["days"].sum() == 17
    assert frame["first"].dtype.kind == "M" and frame["first"][0].year == 2024
    assert frame["first"].isna().tolist() == [False, True]
    truths = of(typed("true", "boolean"), None).to_pandas()["x"]
    assert str(truths.dtype) == "boolean" and bool(truths[0]) and truths.isna()[1]


@pytest.mark.parametrize(
    ("cells", "dtype", "values"),
    [
        ([number("1"), number(str(2**63 - 1))], "Int64", [1, 2**63 - 1]),
        ([number("1"), number(str(2**63))], "object", [1, 2**63]),
        ([typed("1.50", "decimal"), number("2")], "float64", [1.5, 2.0]),
        ([typed("0.1", "decimal"), typed("2.5e0", "double")], "float64", [0.1, 2.5]),
        (
            [typed("0.1234567890123456789", "decimal"), typed("1.0", "decimal")],
            "object",
            [Decimal("0.1234567890123456789"), Decimal("1.0")],
        ),
        ([typed("1e400", "double")], "float64", [float("inf")]),
        ([number("1"), number("many")], "object", [1, "many"]),
        ([typed("2024-01-01", "date"), typed("2024-01-01Z", "date")], "object", None),
        ([typed("0001-01-01", "date"), typed("9999-12-31", "date")], "datetime64[s]", None),
        ([None, None], "object", [None, None]),
    ],
)
def test_a_type_is_taken_where_every_value_fits(
    cells: list[object], dtype: str, values: list[object] | None
) -> None:
    column = of(*cells).to_pandas()["x"]
    assert str(column.dtype) == dtype
    if values is not None:
        assert column.tolist() == values


def test_texts_are_what_they_were() -> None:
    texts = [CONTROLS, "=1+1", "", "12", "2024-01-01"]
    assert of(*map(Literal, texts)).to_pandas()["x"].tolist() == texts


def test_the_frame_knows_what_was_asked_and_what_its_columns_mean() -> None:
    attrs = FULL.to_pandas().attrs
    assert attrs["question"] == "meetings-attended"
    assert attrs["parameters"] == {
        "agent": ["BRS secretariat"],
        "convention": ["minamata", "basel"],
    }
    assert attrs["meanings"]["days"] == "How long it was."
    assert attrs["units"] == {"days": "days"}
    assert FULL.to_pandas().head(1).attrs == attrs


def test_an_answer_without_rows_or_columns_is_a_frame_without_them() -> None:
    assert FULL.head(0).to_pandas().shape == (0, 5)
    assert Table((), [(), ()], {}).to_pandas().shape == (2, 0)
    assert list(Table((Column("x"),), [], {}).to_pandas().columns) == ["x"]


def test_the_types_survive_a_group_and_a_plot() -> None:
    frame = FULL.to_pandas()
    by_year = frame.groupby(frame["first"].dt.year, dropna=False)["days"].sum()
    assert by_year.tolist() == [5, 12]


def test_a_missing_package_is_named_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UnusableInput, match="needs pandas") as told:
        FULL.to_pandas()
    assert told.value.hint == installing("research")
