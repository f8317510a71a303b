"""Scoring sheets (评分底稿): one workbook for each scoring office, filled in and read back.

The package writes, for one office, every department's points of the items that it scores, open cells for
adjustments and judged points, and live expected totals; and it reads a returned workbook as rows with
their addresses. It decides nothing: what a returned row means for the ledgers is the run room's business.
"""

from lawkpi.workbook.scoring_sheets.kept import has_unread_entries
from lawkpi.workbook.scoring_sheets.plan import scoring_offices
from lawkpi.workbook.scoring_sheets.read import Returned, ReturnedRow, read_scoring
from lawkpi.workbook.scoring_sheets.records import (
    JUDGED,
    Fields,
    Key,
    is_same,
    key_of,
    on_record,
    plain,
    shown_record,
)
from lawkpi.workbook.scoring_sheets.write import write_scoring

__all__ = [
    "JUDGED",
    "Fields",
    "Key",
    "Returned",
    "ReturnedRow",
    "has_unread_entries",
    "is_same",
    "key_of",
    "on_record",
    "plain",
    "read_scoring",
    "scoring_offices",
    "shown_record",
    "write_scoring",
]
