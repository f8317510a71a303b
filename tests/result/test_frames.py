from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from lawkpi.result.frames import LOSSES, SCORES, points, table


@pytest.mark.parametrize("columns", [SCORES, LOSSES])
def test_a_table_without_rows_has_its_columns_and_types(columns: dict) -> None:
    frame = table([], columns)
    assert list(frame) == list(columns)
    assert [frame[name].dtype for name in columns] == [
        pd.ArrowDtype(kind) for kind in columns.values()
    ]


def test_what_a_row_does_not_say_is_null_and_not_nothing() -> None:
    frame = table([{"department": "01", "points": Decimal("0.00")}], SCORES)
    assert frame["points"][0] == 0
    assert frame["full_points"].isna().all()


def test_points_keep_every_decimal() -> None:
    assert points(1, 2) == Decimal("0.01")
    assert points(-5, 4) == Decimal("-0.0005")
    assert points(10**15 + 1, 2) == Decimal("10000000000000.01")


def test_points_finer_than_the_column_are_refused() -> None:
    with pytest.raises(pa.ArrowInvalid):
        table([{"points": Decimal("0.0000001")}], SCORES)
