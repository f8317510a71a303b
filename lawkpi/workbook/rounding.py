"""Rounding as spreadsheets write it: whole quotients half up, and shares; each formula with its number.

`whole.rounded_tree` says the same of trees; here the parts are formulas already.
"""

from __future__ import annotations

SHARE_PARTS = 1000
"""Shares for reading are whole tenths of a per cent: fifteen digits differ between programs."""


def half_up_formula(top: str, bottom: str, *, signed: bool = False) -> str:
    """A ratio of whole numbers to the nearest whole number, halves up, below zero by the size.

    Parameters
    ----------
    top, bottom : formulas of whole numbers, the second above zero
    signed : whether the first may be below zero (QUOTIENT cuts towards zero)
    """
    plain = f"QUOTIENT(2*{top}+{bottom},2*{bottom})"
    return f"IF({top}<0,-QUOTIENT({bottom}-2*{top},2*{bottom}),{plain})" if signed else plain


def half_up(top: int, bottom: int) -> int:
    """What `half_up_formula` gives."""
    size = (2 * abs(top) + bottom) // (2 * bottom)
    return -size if top < 0 else size


def share_formula(points: str, full: str) -> str:
    """A share to a tenth of a per cent, half up, over two whole numbers."""
    return f"QUOTIENT({2 * SHARE_PARTS}*{points}+{full},2*{full})/{SHARE_PARTS}"


def share(points: int, full: int) -> float:
    """What `share_formula` gives; the second number is above zero."""
    return half_up(SHARE_PARTS * points, full) / SHARE_PARTS
