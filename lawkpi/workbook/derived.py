"""Derived columns on a ledger sheet: live where a formula gives the same, values elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from lawkpi.law.limits import Limit
from lawkpi.law.states import TimeState
from lawkpi.ledger.schema import (
    YES_NO,
    CompareColumn,
    LatestColumn,
    LimitColumn,
    ShareColumn,
    TotalColumn,
)
from lawkpi.ledger.table import Ledger
from lawkpi.workbook.desk import LedgerSheet


def live_formula(
    sheet: LedgerSheet, name: str, limits: Mapping[str, Limit], as_of: dt.date
) -> str | None:
    """A derived column's formula for the row at hand; None where it has to be a value."""
    column = sheet.ledger.schema.derived[name]
    match column:
        case CompareColumn():
            return _compared(sheet, column, limits, as_of)
        case LatestColumn():
            cells = [sheet.cell(one) for one in column.latest]
            return f'IF(AND({_all_numbers(cells)}),MAX({",".join(cells)}),"")'
        case ShareColumn():
            return _share(sheet, column)
        case TotalColumn():
            return _total(sheet, column, sheet.ledger.schema.places_of(name))
        case _:
            return None


def _all_numbers(cells: list[str]) -> str:
    return ",".join(f"ISNUMBER({cell})" for cell in cells)


def _total(sheet: LedgerSheet, column: TotalColumn, places: int) -> str:
    cells = [sheet.cell(one) for one in column.total]
    known = ",".join(f"ISNUMBER({cell})" for cell in cells)
    return f'IF(OR({known}),ROUND(SUM({",".join(cells)}),{places}),"")'


def _share(sheet: LedgerSheet, column: ShareColumn) -> str:
    parts, whole = [sheet.cell(one) for one in column.share], sheet.cell(column.of)
    share = column.at_least
    reached = f"({'+'.join(parts)})*{share.denominator}>={whole}*{share.numerator}"
    known = f"AND({_all_numbers([*parts, whole])},{whole}>0)"
    return f'IF({known},IF({reached},"{YES_NO["yes"]}","{YES_NO["no"]}"),"")'


def _compared(
    sheet: LedgerSheet, column: CompareColumn, limits: Mapping[str, Limit], as_of: dt.date
) -> str | None:
    due = sheet.ledger.schema.derived.get(column.to)
    if isinstance(due, LimitColumn) and not _is_plain(limits.get(due.limit)):
        return None
    done, last = sheet.cell(column.compare), sheet.cell(column.to)
    judged = f'IF({done}>{last},"{TimeState.LATE.label}","{TimeState.IN_TIME.label}")'
    if isinstance(due, LimitColumn):
        start = sheet.cell(due.start)
        judged = f'IF({done}<{start},"{TimeState.UNDETERMINED.label}",{judged})'
    today = f"DATE({as_of.year},{as_of.month},{as_of.day})"
    open_one = f'IF({today}>{last},"{TimeState.OVERDUE.label}","{TimeState.NOT_YET_DUE.label}")'
    known = f"IF(ISNUMBER({done}),{judged},{open_one})"
    return f'IF(ISNUMBER({last}),{known},"{TimeState.NO_LIMIT.label}")'


def _is_plain(limit: Limit | None) -> bool:
    """Whether a limit is a plain number of days or months: no window, no named day."""
    return (
        limit is not None
        and limit.is_declared
        and all(
            one.unit.is_counted and one.at_least is None and one.count is not None
            for one in limit.versions
        )
    )


def expected_text(ledger: Ledger, name: str, row: int, as_of: dt.date) -> str | None:
    """What a live state shows for one row; None for columns that are no states."""
    column = ledger.schema.derived[name]
    if not isinstance(column, CompareColumn):
        return None
    frame = ledger.frame
    due = ledger.schema.derived.get(column.to)
    start = frame[due.start].iloc[row] if isinstance(due, LimitColumn) else pd.NaT
    return _state(frame[column.compare].iloc[row], frame[column.to].iloc[row], start, as_of).label


def _state(done: Any, last: Any, start: Any, as_of: dt.date) -> TimeState:
    if pd.isna(last):
        return TimeState.NO_LIMIT
    if pd.isna(done):
        return TimeState.OVERDUE if pd.Timestamp(as_of) > last else TimeState.NOT_YET_DUE
    if not pd.isna(start) and done < start:
        return TimeState.UNDETERMINED
    return TimeState.LATE if done > last else TimeState.IN_TIME
