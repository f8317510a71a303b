"""Where a total is the plain sum of what stands before it, and the formulas of sums that are exact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lawkpi.params import points_text
from lawkpi.rubric.model import Rubric, Section
from lawkpi.workbook.rounding import half_up, half_up_formula
from lawkpi.workbook.whole import MOST_WHOLE


def base_is_added(rubric: Rubric) -> bool:
    """Whether the base is the sum of its items: rounded one by one, not folded, and there at all."""
    sections = rubric.base_sections
    is_folded = any(section.weight is not None for section in sections)
    return rubric.rounding.at == "item" and bool(sections) and not is_folded


def total_is_added(rubric: Rubric, total: Mapping[Any, Any]) -> bool:
    """Whether a total is base and bonus less malus: not rounded by itself, not taken by a veto."""
    summed = Decimal(total["base"]) + Decimal(total["bonus"]) - Decimal(total["malus"])
    floor = rubric.floors.total
    least = Decimal(floor.numerator) / floor.denominator if isinstance(floor, Fraction) else summed
    return rubric.rounding.at == "item" and Decimal(total["total"]) == max(summed, least)


def floored(rubric: Rubric, formula: str) -> str:
    """A sum, at least what the rubric's floor says."""
    floor = rubric.floors.total
    return f"MAX({formula},{points_text(floor)})" if isinstance(floor, Fraction) else formula


def section_units(rubric: Rubric, section: Section, units: int) -> int:
    """Units of a section's items as the section enters the total: folded by its weight, rounded once."""
    exact = rubric.weight_of(section) * units
    if rubric.rounding.mode == "truncate":
        return int(exact)
    return half_up(exact.numerator, exact.denominator)


def section_formula(rubric: Rubric, section: Section, added: str, *, signed: bool) -> str | None:
    """A section's points over the sum of its items; None where the numbers would grow too large.

    Parameters
    ----------
    added : the SUM over its items' points
    """
    places = rubric.rounding.item_places
    if section.weight is None:
        return f"ROUND({added},{places})"
    power, weight = 10**places, rubric.weight_of(section)
    largest = 2 * (section.full_points or rubric.full_points) * power * weight.numerator
    if largest + weight.denominator >= MOST_WHOLE:
        return None
    top, bottom = f"ROUND({added}*{power},0)*{weight.numerator}", str(weight.denominator)
    if rubric.rounding.mode == "truncate":
        return f"QUOTIENT({top},{bottom})/{power}"
    return f"{half_up_formula(top, bottom, signed=signed)}/{power}"
