"""Adjustments of the scoring offices, as a department's workbook says them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from lawkpi.result.adjusting import signed_points


def adjustment_note(amount: Decimal) -> str:
    """What is said of an adjusted item; empty for others."""
    return f"含核分调整{signed_points(Fraction(amount))}分" if amount else ""
