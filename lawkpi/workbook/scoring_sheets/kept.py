"""Entries that nobody has read back yet: a new run must not write over them."""

from __future__ import annotations

from pathlib import Path

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.result.mask import shown_name
from lawkpi.workbook.scoring_sheets.plan import records_of
from lawkpi.workbook.scoring_sheets.read import ReturnedRow, read_scoring
from lawkpi.workbook.scoring_sheets.records import Fields, Key, plain


def has_unread_entries(path: Path, assessment: Assessment) -> bool:
    """Whether a workbook holds entries that the ledgers of an assessment do not have.

    What cannot be read as a scoring sheet is somebody's file and counts as such.
    """
    try:
        returned = read_scoring(path)
    except WorkbookError:
        return True
    records = records_of(assessment)
    return bool(returned.findings) or any(
        not (row.is_untouched or _is_on_record(row, records)) for row in returned.rows
    )


def _is_on_record(row: ReturnedRow, records: dict[Key, Fields]) -> bool:
    record = records.get(row.key, {})
    return all(_shown(value) == _shown(record.get(name)) for name, value in row.given.items())


def _shown(value: object) -> str:
    """A cell as both sides show it; names of persons are masked in results."""
    return shown_name(value.strip()) if isinstance(value, str) else plain(value)
