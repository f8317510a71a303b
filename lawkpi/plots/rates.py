"""The numbers behind the figures: 得分率 and lost points as plain tables, for drawing only.

得分率 = points / full points over what was scored; what is 不适用 or 待核 is on neither side. An item
or section with nothing on either side has no rate (NaN), never 0.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from lawkpi.result import Assessment

SMALLEST_GROUP = 3
"""Below this many departments a group's mean would tell another department's score."""


def item_rates(assessment: Assessment) -> pd.DataFrame:
    """得分率 per item (rows) and department (columns), in rubric and printing order."""
    scores = _counted(assessment)
    rates = scores.assign(rate=scores["points"] / scores["full_points"])
    table = rates.pivot_table(index="item", columns="department", values="rate")
    return table.reindex(index=base_items(assessment), columns=codes(assessment))


def states(assessment: Assessment) -> pd.DataFrame:
    """The state per item (rows) and department (columns)."""
    table = assessment.scores.pivot(index="item", columns="department", values="state")
    return table.reindex(index=base_items(assessment), columns=codes(assessment))


def section_rates(assessment: Assessment) -> pd.DataFrame:
    """得分率 per section (rows) and department (columns)."""
    sums = _counted(assessment).groupby(["section", "department"])[["points", "full_points"]].sum()
    table = (sums["points"] / sums["full_points"]).unstack("department")
    sections = [section.id for section in assessment.rubric.base_sections]
    return table.reindex(index=sections, columns=codes(assessment))


def group_means(assessment: Assessment, group: str) -> pd.Series[float]:
    """Mean 得分率 of a group's departments per section; none where fewer than three have one."""
    own = [one.code for one in assessment.departments if one.group == group]
    rates = section_rates(assessment)[own]
    return rates.mean(axis="columns").where(rates.notna().sum(axis="columns") >= SMALLEST_GROUP)


def lost_points(assessment: Assessment, code: str) -> dict[str, Fraction]:
    """One department's lost points per base item that lost any, exact."""
    rows: Any = assessment.of("scores", code).dropna(subset=["points"]).itertuples()
    lost = {row.item: Fraction(row.full_points) - Fraction(row.points) for row in rows}
    return {item: points for item, points in lost.items() if points}


def base_points(assessment: Assessment, code: str) -> Fraction:
    """The full points that apply to a department: scored and pending ones."""
    scores = assessment.of("scores", code)
    applies = scores[scores["points"].notna() | (scores["state"] == "pending")]
    return sum((Fraction(points) for points in applies["full_points"]), Fraction(0))


def codes(assessment: Assessment) -> list[str]:
    """The departments' codes in printing order."""
    return [one.code for one in assessment.departments]


def base_items(assessment: Assessment) -> list[str]:
    """The base items' numbers in printing order."""
    return [item.id for section in assessment.rubric.base_sections for item in section.items]


def _counted(assessment: Assessment) -> pd.DataFrame:
    scores = assessment.scores
    counted = scores["state"].isin(["scored", "not_reported"]) & scores["points"].notna()
    numbers = scores[counted].astype({"points": float, "full_points": float})
    return numbers[numbers["full_points"] > 0]


def rate_label(rate: float) -> str:
    """A 得分率 as the papers print it: per cent, one place, half up."""
    percent = Decimal(repr(float(rate))) * 100
    return f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
