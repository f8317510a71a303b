"""Where a total is the plain sum of what stands before it, and the formula of that sum."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lawkpi.params import points_text
from lawkpi.rubric.model import Rubric


def base_is_added(rubric: Rubric) -> bool:
    """Whether the base is the sum of its items: rounded one by one, not folded, and there at all."""
    sections = rubric.base_sections
    is_folded = any(section.weight is not None for section in sections)
    return rubric.rounding.at == "item" and bool(sections) and not is_folded


def total_is_added(rubric: Rubric, total: Mapping[Any, Any]) -> bool:
    """Whether a total is base and bonus less malus: not rounded by itself, not taken by a veto."""
    summed = Decimal(total["base"]) + Decimal(total["bonus"]) - Decimal(total["malus"])
    return rubric.rounding.at == "item" and (bool(total["total"]) or summed <= 0)


def floored(rubric: Rubric, formula: str) -> str:
    """A sum, at least what the rubric's floor says."""
    floor = rubric.floors.total
    return f"MAX({formula},{points_text(floor)})" if isinstance(floor, Fraction) else formula
