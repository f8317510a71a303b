"""Charges: which departments each row of a ledger is charged to, and with what part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lawkpi.errors import RubricError
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.measure.truth import column_type
from lawkpi.rubric.measures import Counted, Share
from lawkpi.rubric.model import Rubric

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
WHOLE_SHARE = 100
"""Shares are written in per cent and add up to a hundred."""


@dataclass(frozen=True)
class Charges:
    """One line for each row and each department that it is charged to.

    `rows` are positions in the ledger, `codes` the departments, `parts` whole parts of `base`. `unknown`
    marks rows of the ledger whose shares cannot be read or do not add up.
    """

    rows: Counts
    codes: NDArray[Any]
    parts: Counts
    base: int
    unknown: Flags

    def places(self, departments: Sequence[str]) -> Counts:
        """The place of each line's department; -1 for bodies that are not assessed."""
        order = {code: place for place, code in enumerate(departments)}
        return np.array([order.get(code, -1) for code in self.codes], dtype=np.int64)

    def of(self, code: str) -> Flags:
        """The rows of the ledger that are charged to a department."""
        flags = np.zeros(len(self.unknown), dtype=bool)
        flags[self.rows[self.codes == code]] = True
        return flags


def charged_columns(measure: Counted, schema: Schema) -> tuple[str, ...]:
    """The columns that name the charged departments, the lead first.

    Raises
    ------
    RubricError RUBRIC_COLUMN_UNKNOWN : the ledger has no such column
    """
    columns = measure.charged_by or schema.charged.columns
    for column in columns:
        column_type(schema, column)
    return columns[:1] if share_of(measure, schema) == "lead_only" else columns


def charging(rubric: Rubric, schema: Schema) -> set[str]:
    """The columns by which a ledger's rows are charged to departments, by itself or by any rule."""
    measures = [rule.measure.measure for _, item in rubric.lines for rule in item.rules]
    own = [one for one in measures if isinstance(one, Counted) and one.ledger == schema.id]
    return {*schema.charged.columns, *(column for one in own for column in one.charged_by or ())}


def share_of(measure: Counted, schema: Schema) -> Share:
    """How joint records are shared: the measure's own word, or the ledger's."""
    return measure.share or schema.charged.share


def charges(measure: Counted, ledger: Ledger) -> Charges:
    """Who is charged with each row of a measure's ledger.

    A department that two columns name is charged once. Blank columns charge nobody.

    Raises
    ------
    RubricError RUBRIC_COLUMN_UNKNOWN : the ledger has no such column
    RubricError RUBRIC_SHARE_UNDECLARED : parts are asked for that the ledger has no columns for
    """
    columns = charged_columns(measure, ledger.schema)
    if len(columns) == 1:
        size = len(ledger)
        codes = ledger.frame[columns[0]].to_numpy(dtype=object)
        nothing = np.zeros(size, dtype=bool)
        return Charges(np.arange(size), codes, np.ones(size, dtype=np.int64), 1, nothing)
    share = share_of(measure, ledger.schema)
    lines = _lines(ledger, columns)
    if share == "by_share":
        return _by_share(ledger, lines)
    if share == "equal":
        return _equal(ledger, lines, len(columns))
    parts = np.ones(len(lines), dtype=np.int64)
    return _charges(ledger, lines, parts, 1)


Lines = list[tuple[int, str, int]]
"""Row, department, number of the column."""


def _lines(ledger: Ledger, columns: Sequence[str]) -> Lines:
    cells = [ledger.frame[column].tolist() for column in columns]
    found: Lines = []
    for row, codes in enumerate(zip(*cells, strict=True)):
        seen: set[str] = set()
        for number, code in enumerate(codes):
            if not pd.isna(code) and code not in seen:
                seen.add(code)
                found.append((row, str(code), number))
    return found


def _charges(
    ledger: Ledger, lines: Lines, parts: Counts, base: int, unknown: Flags | None = None
) -> Charges:
    rows = np.array([row for row, _, _ in lines], dtype=np.int64)
    codes = np.array([code for _, code, _ in lines], dtype=object)
    nothing = np.zeros(len(ledger), dtype=bool)
    return Charges(rows, codes, parts, base, nothing if unknown is None else unknown)


def _equal(ledger: Ledger, lines: Lines, most: int) -> Charges:
    base = lcm(*range(1, most + 1))
    number = np.bincount([row for row, _, _ in lines], minlength=len(ledger))
    parts = np.array([base // number[row] for row, _, _ in lines], dtype=np.int64)
    return _charges(ledger, lines, parts, base)


def _by_share(ledger: Ledger, lines: Lines) -> Charges:
    """Parts as agreed; a row whose parts do not make a whole, or lie below zero, is not known."""
    shares = ledger.schema.charged.shares
    if len(shares) <= max((number for _, _, number in lines), default=-1) or not shares:
        raise RubricError(
            "RUBRIC_SHARE_UNDECLARED",
            f"《{ledger.schema.title}》没有各责任单位的比例列",
            where="rubric.yaml",
            expected="台账声明 charged.shares，每个责任单位一列",
            todo="改用 each_full、equal、lead_only，或在台账中增加比例列",
        )
    scale = 10 ** max(ledger.schema.places_of(name) for name in shares)
    base = WHOLE_SHARE * scale
    cells = [
        np.rint(ledger.frame[name].fillna(0).to_numpy(dtype="float64") * scale) for name in shares
    ]
    parts = np.array([int(cells[number][row]) for row, _, number in lines], dtype=np.int64)
    rows = np.array([row for row, _, _ in lines], dtype=np.int64)
    whole = np.bincount(rows, weights=parts, minlength=len(ledger)) if len(rows) else 0
    unknown = np.asarray(whole != base, dtype=bool) | np.zeros(len(ledger), dtype=bool)
    unknown[rows[parts < 0]] = True
    return _charges(ledger, lines, parts, base, unknown)
