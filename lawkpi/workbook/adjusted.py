"""Adjustments of the scoring offices in a department's workbook: cells of its own ledger sheet, added live."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from lawkpi.result.adjusting import ADJUSTMENTS, signed_points
from lawkpi.workbook.desk import FIRST_ROW, ROW, Desk
from lawkpi.workbook.formula import sheet_ref


def adjusted_formula(earned: str, desk: Desk, item: str, places: int) -> str:
    """An item's points: what its rules left, and its adjustments from their ledger sheet."""
    cells = "".join(f"+{cell}" for cell in _cells(desk, item))
    return f"ROUND({earned}{cells},{places})"


def _cells(desk: Desk, item: str) -> list[str]:
    sheet = desk.sheets[ADJUSTMENTS]
    rows = (sheet.ledger.frame["item"] == item).to_numpy().nonzero()[0]
    column = sheet.cell("points")
    return [
        sheet_ref(sheet.name) + column.replace(ROW, f"${FIRST_ROW + 1 + int(row)}") for row in rows
    ]


def adjustment_note(amount: Decimal) -> str:
    """What is said of an adjusted item; empty for others."""
    return f"含核分调整{signed_points(Fraction(amount))}分" if amount else ""
