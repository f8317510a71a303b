"""Derived columns on a ledger sheet: live where a formula gives the same, values elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lawkpi.law.definitions import Definition, DefinitionVersion, Standing
from lawkpi.law.limits import Limit
from lawkpi.law.states import TimeState
from lawkpi.ledger.schema import (
    YES_NO,
    CompareColumn,
    DefinitionColumn,
    LatestColumn,
    LimitColumn,
    ShareColumn,
    TotalColumn,
)
from lawkpi.ledger.table import Ledger
from lawkpi.result import Assessment
from lawkpi.workbook.desk import LedgerSheet
from lawkpi.workbook.formula import literal


@dataclass(frozen=True)
class LawUsed:
    """The limits and definitions that derived columns rest on, and the day of asking."""

    limits: Mapping[str, Limit]
    definitions: Mapping[str, Definition]
    as_of: dt.date

    @classmethod
    def of(cls, assessment: Assessment) -> LawUsed:
        """The law of an assessment."""
        return cls(assessment.limits, assessment.definitions, assessment.settings.as_of)


def live_formula(sheet: LedgerSheet, name: str, law: LawUsed) -> str | None:
    """A derived column's formula for the row at hand; None where it has to be a value."""
    column = sheet.ledger.schema.derived[name]
    match column:
        case CompareColumn():
            return _compared(sheet, column, law)
        case DefinitionColumn():
            return _standing(sheet, column, law.definitions[column.definition])
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


def _standing(sheet: LedgerSheet, column: DefinitionColumn, definition: Definition) -> str:
    """Whether a role counts on its day: the versions from the last one back."""
    role, day = sheet.cell(column.role), sheet.cell(column.on)
    labels = sheet.ledger.schema.labels_of(column.role)
    answer = literal(Standing.UNDETERMINED.label)
    for version in definition.versions:
        inside = _counted(role, version, labels)
        start = f"DATE({version.start.year},{version.start.month},{version.start.day})"
        before = answer
        if version.end is not None:
            end = f"DATE({version.end.year},{version.end.month},{version.end.day})"
            inside = f"IF({day}<={end},{inside},{literal(Standing.UNDETERMINED.label)})"
        answer = f"IF({day}>={start},{inside},{before})"
    known = f"AND(ISNUMBER({day}),LEN({role})>0)"
    return f"IF({known},{answer},{literal(Standing.UNDETERMINED.label)})"


def _counted(role: str, version: DefinitionVersion, labels: Mapping[str, str]) -> str:
    no = literal(Standing.NOT_COUNTED.label)
    open_ones = _any_of(role, version.review, labels, Standing.REVIEW, no)
    return _any_of(role, version.counted, labels, Standing.COUNTED, open_ones)


def _any_of(
    role: str, roles: list[str], labels: Mapping[str, str], then: Standing, otherwise: str
) -> str:
    """One of some roles gives a standing; roles that the ledger has no word for never stand there."""
    tests = [f"EXACT({role},{literal(labels[one])})" for one in roles if one in labels]
    if not tests:
        return otherwise
    return f"IF(OR({','.join(tests)}),{literal(then.label)},{otherwise})"


def _compared(sheet: LedgerSheet, column: CompareColumn, law: LawUsed) -> str | None:
    due = sheet.ledger.schema.derived.get(column.to)
    limit = law.limits.get(due.limit) if isinstance(due, LimitColumn) else None
    if isinstance(due, LimitColumn) and not _is_plain(limit):
        return None
    if column.posted and not _by_postmark(limit):
        return None
    last, done = sheet.cell(column.to), sheet.cell(column.compare)
    acted = _acted(sheet, column)
    judged = f'IF({acted}>{last},"{TimeState.LATE.label}","{TimeState.IN_TIME.label}")'
    if isinstance(due, LimitColumn):
        start = sheet.cell(due.start)
        judged = f'IF({acted}<{start},"{TimeState.UNDETERMINED.label}",{judged})'
    if column.posted:
        reversed_days = f"AND(ISNUMBER({done}),{done}<{acted})"
        judged = f'IF({reversed_days},"{TimeState.UNDETERMINED.label}",{judged})'
    today = f"DATE({law.as_of.year},{law.as_of.month},{law.as_of.day})"
    open_one = f'IF({today}>{last},"{TimeState.OVERDUE.label}","{TimeState.NOT_YET_DUE.label}")'
    known = f"IF(ISNUMBER({acted}),{judged},{open_one})"
    return f'IF(ISNUMBER({last}),{known},"{TimeState.NO_LIMIT.label}")'


def _acted(sheet: LedgerSheet, column: CompareColumn) -> str:
    """The day that counts: that of the postmark where there is one."""
    done = sheet.cell(column.compare)
    if column.posted is None:
        return done
    posted = sheet.cell(column.posted)
    return f"IF(ISNUMBER({posted}),{posted},{done})"


def _by_postmark(limit: Limit | None) -> bool:
    """Whether every version of a limit lets the postmark decide."""
    return limit is not None and all(version.postmark for version in limit.versions)


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
    done = frame[column.compare].iloc[row]
    posted = frame[column.posted].iloc[row] if column.posted else pd.NaT
    if pd.notna(done) and pd.notna(posted) and done < posted:
        return TimeState.UNDETERMINED.label
    acted = done if pd.isna(posted) else posted
    return _state(acted, frame[column.to].iloc[row], start, as_of).label


def _state(done: Any, last: Any, start: Any, as_of: dt.date) -> TimeState:
    if pd.isna(last):
        return TimeState.NO_LIMIT
    if pd.isna(done):
        return TimeState.OVERDUE if pd.Timestamp(as_of) > last else TimeState.NOT_YET_DUE
    if not pd.isna(start) and done < start:
        return TimeState.UNDETERMINED
    return TimeState.LATE if done > last else TimeState.IN_TIME
