"""Derived columns on a ledger sheet: live where a formula gives the same, values elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lawkpi.law.days import UNKNOWN
from lawkpi.law.definitions import Definition, DefinitionVersion, Standing
from lawkpi.law.limits import Limit
from lawkpi.law.states import TimeState
from lawkpi.ledger.derived_columns import (
    AgainColumns,
    CompareColumn,
    DefinitionColumn,
    DifferenceColumn,
    FirstOfColumn,
    LatestColumn,
    LimitColumn,
    ShareColumn,
    TotalColumn,
)
from lawkpi.ledger.schema import YES_NO
from lawkpi.result import Assessment
from lawkpi.result.held import HeldRows
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
    formula: str | None = None
    match column:
        case CompareColumn():
            formula = _compared(sheet, column, law)
        case DefinitionColumn():
            formula = _standing(sheet, column, law.definitions[column.definition])
        case FirstOfColumn():
            formula = _first_of([sheet.cell(one) for one in column.first_of])
        case LatestColumn():
            cells = [sheet.cell(one) for one in column.latest]
            formula = f'IF(AND({_all_numbers(cells)}),MAX({",".join(cells)}),"")'
        case ShareColumn():
            formula = _share(sheet, column)
        case TotalColumn():
            formula = _total(sheet, column, sheet.ledger.schema.places_of(name))
        case DifferenceColumn():
            formula = _difference(sheet, column, sheet.ledger.schema.places_of(name))
    return formula


def _first_of(cells: list[str]) -> str:
    """The first cell that holds a date."""
    answer = '""'
    for cell in reversed(cells):
        answer = f"IF(ISNUMBER({cell}),{cell},{answer})"
    return answer


def _all_numbers(cells: list[str]) -> str:
    return ",".join(f"ISNUMBER({cell})" for cell in cells)


def _total(sheet: LedgerSheet, column: TotalColumn, places: int) -> str:
    cells = [sheet.cell(one) for one in column.total]
    known = ",".join(f"ISNUMBER({cell})" for cell in cells)
    return f'IF(OR({known}),ROUND(SUM({",".join(cells)}),{places}),"")'


def _difference(sheet: LedgerSheet, column: DifferenceColumn, places: int) -> str:
    cells = [sheet.cell(one) for one in column.difference]
    return f'IF(AND({_all_numbers(cells)}),ROUND({"-".join(cells)},{places}),"")'


def _share(sheet: LedgerSheet, column: ShareColumn) -> str:
    parts, whole = [sheet.cell(one) for one in column.share], sheet.cell(column.of)
    share = column.at_least
    reached = f"({'+'.join(parts)})*{share.denominator}>={whole}*{share.numerator}"
    known = f"AND({_all_numbers([*parts, whole])},{whole}>0)"
    return f'IF({known},IF({reached},"{YES_NO["yes"]}","{YES_NO["no"]}"),"")'


def _standing(sheet: LedgerSheet, column: DefinitionColumn, definition: Definition) -> str:
    """Whether a role counts on its day, and where the court called again, on that day too."""
    first = _standing_on(sheet, definition, column.role, column.on)
    answer = first if column.again is None else _again(sheet, column.again, first, definition)
    held = [
        f"EXACT({sheet.cell(name)},{literal(sheet.ledger.schema.labels_of(name)[code])})"
        for name, code in column.when.items()
    ]
    return f'IF(AND({",".join(held)}),{answer},"")' if held else answer


def _again(sheet: LedgerSheet, columns: AgainColumns, first: str, definition: Definition) -> str:
    """The second event decides where it was asked for and the first one did not refuse."""
    again = _standing_on(sheet, definition, columns.role, columns.on)
    asked = f"EXACT({sheet.cell(columns.asked)},{literal(YES_NO['yes'])})"
    refused = f"EXACT({first},{literal(Standing.NOT_COUNTED.label)})"
    met = f"EXACT({again},{literal(Standing.COUNTED.label)})"
    return f"IF(AND({asked},NOT({refused}),NOT({met})),{again},{first})"


def _standing_on(sheet: LedgerSheet, definition: Definition, role: str, on: str) -> str:
    """The versions from the last one back."""
    cell, day = sheet.cell(role), sheet.cell(on)
    labels = sheet.ledger.schema.labels_of(role)
    undetermined = literal(Standing.UNDETERMINED.label)
    answer = undetermined
    for version in definition.versions:
        inside = _counted(cell, version, labels)
        if version.end is not None:
            inside = f"IF({day}<={_date(version.end)},{inside},{undetermined})"
        answer = f"IF({day}>={_date(version.start)},{inside},{answer})"
    return f"IF(AND(ISNUMBER({day}),LEN({cell})>0),{answer},{undetermined})"


def _date(day: dt.date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


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
    if isinstance(due, LimitColumn):
        limits = [law.limits.get(one) for one in due.limits]
        if not all(map(_is_plain, limits)):
            return None
        if column.posted and not all(_by_postmark(sheet.ledger, due, one) for one in limits):
            return None
    if column.ended or (column.posted and not isinstance(due, LimitColumn)):
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
    today = _date(law.as_of)
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


def _by_postmark(ledger: HeldRows, due: LimitColumn, limit: Limit | None) -> bool:
    """Whether the postmark decides in every version that may govern a record of the sheet."""
    if limit is None:
        return False
    used = {int(index) for index in limit.versions_at(ledger.days(due.start)) if index != UNKNOWN}
    return all(limit.versions[index].postmark for index in used)


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


def expected_texts(ledger: HeldRows, name: str, as_of: dt.date) -> list[str]:
    """What a live state shows, row by row.

    Raises
    ------
    TypeError : the column is no state
    """
    column = ledger.schema.derived[name]
    if not isinstance(column, CompareColumn):
        raise TypeError(name)
    due, nothing = ledger.schema.derived.get(column.to), [None] * len(ledger)
    cells = zip(
        ledger.cells(column.compare),
        ledger.cells(column.posted) if column.posted else nothing,
        ledger.cells(column.to),
        ledger.cells(due.start) if isinstance(due, LimitColumn) else nothing,
        strict=True,
    )
    return [_state(*one, as_of).label for one in cells]


Day = dt.date | None


def _state(done: Day, posted: Day, last: Day, start: Day, as_of: dt.date) -> TimeState:
    if done is not None and posted is not None and done < posted:
        return TimeState.UNDETERMINED
    if last is None:
        return TimeState.NO_LIMIT
    acted = done if posted is None else posted
    if acted is None:
        return TimeState.OVERDUE if as_of > last else TimeState.NOT_YET_DUE
    if start is not None and acted < start:
        return TimeState.UNDETERMINED
    return TimeState.LATE if acted > last else TimeState.IN_TIME
