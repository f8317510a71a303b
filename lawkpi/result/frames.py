"""The columns of the result tables, their types, and their emptiness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

POINTS = pa.decimal128(18, 6)
"""Points: 18 digits, 6 decimals."""

Columns = Mapping[str, pa.DataType]

SCORES: Columns = {
    "department": pa.string(),
    "section": pa.string(),
    "item": pa.string(),
    "full_points": POINTS,
    "points": POINTS,
    "self_points": POINTS,
    "state": pa.string(),
    "done": pa.int64(),
    "due": pa.int64(),
    "adjusted": POINTS,
}
RULES: Columns = {
    "department": pa.string(),
    "item": pa.string(),
    "rule": pa.string(),
    "state": pa.string(),
    "done": pa.int64(),
    "due": pa.int64(),
    "state_code": pa.string(),
    "points": POINTS,
    "sentence": pa.string(),
    "scale": pa.int64(),
    "rank": pa.int64(),
}
LOSSES: Columns = {
    "department": pa.string(),
    "item": pa.string(),
    "rule": pa.string(),
    "points": POINTS,
    "ledger": pa.string(),
    "row_id": pa.string(),
    "file": pa.string(),
    "sheet": pa.string(),
    "row": pa.int64(),
    "sentence": pa.string(),
    "basis": pa.string(),
}
ADJUSTMENTS: Columns = {
    "department": pa.string(),
    "kind": pa.string(),
    **{name: kind for name, kind in LOSSES.items() if name != "department"},
}
KINDS = {
    "bonus": "加分",
    "malus": "减分",
    "veto": "一票否决",
    "pending": "待核",
    "exempt": "免予计分",
}
"""What the rows of `adjustments` are, in the word an evaluator reads."""
TOTALS: Columns = {
    "department": pa.string(),
    "group": pa.string(),
    "base": POINTS,
    "bonus": POINTS,
    "malus": POINTS,
    "total": POINTS,
    "rank": pa.int64(),
    "grade": pa.string(),
    "veto": pa.string(),
    "pending_count": pa.int64(),
    "pending_points": POINTS,
    "converted": POINTS,
}
AMENDMENTS: Columns = {
    "number": pa.string(),
    "ledger": pa.string(),
    "record": pa.string(),
    "row_id": pa.string(),
    "former_id": pa.string(),
    "department": pa.string(),
    "column": pa.string(),
    "was": pa.string(),
    "becomes": pa.string(),
    "kind": pa.string(),
    "reason": pa.string(),
    "document": pa.string(),
    "person": pa.string(),
    "approved_on": pa.date32(),
    "status": pa.string(),
    "file": pa.string(),
    "sheet": pa.string(),
    "row": pa.int64(),
}
FINDINGS: Columns = {
    name: pa.string()
    for name in (
        "code",
        "severity",
        "what",
        "file",
        "sheet",
        "cell",
        "found",
        "expected",
        "todo",
        "department",
    )
}


def table(rows: Sequence[Mapping[str, Any]], columns: Columns) -> pd.DataFrame:
    """Rows as a frame of the declared columns and Arrow types, empty or not."""
    arrays = {
        name: pd.Series([row.get(name) for row in rows], dtype=pd.ArrowDtype(kind))
        for name, kind in columns.items()
    }
    return pd.DataFrame(arrays)


def points(units: int, places: int) -> Decimal:
    """Units of the smallest step as a decimal number of points."""
    return Decimal(units).scaleb(-places)
