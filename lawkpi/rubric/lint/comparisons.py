"""Comparisons: a rank or a mean of two tells each of them the other's figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lawkpi.rubric.lint.faults import Around, Fault, PlacedRule, error, placed_rules
from lawkpi.rubric.model import Rubric

LEAST_COMPARED = 3
"""Fewer departments than this disclose one another."""


def comparison_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Rules that compare the departments of a group that is too small."""
    if around.register is None:
        return
    members = [(one.code, one.group) for one in around.register.assessed]
    for placed in placed_rules(rubric):
        if placed.rule.shape and placed.rule.shape.shape.compares == "group":
            yield from _too_small(placed, members)


def _too_small(placed: PlacedRule, members: list[tuple[str, str]]) -> Iterator[Fault]:
    for_whom = Counter(
        group
        for code, group in members
        if placed.item.applies_to.includes(code, group)
        and placed.rule.applies_to.includes(code, group)
    )
    for group, count in for_whom.items():
        if count < LEAST_COMPARED:
            yield error(
                "RUBRIC_GROUP_TOO_SMALL",
                placed.at("shape"),
                f"{placed.name}在{group}组内比较，该组只有{count}个单位，会透露他单位的数据",
                f"每组不少于{LEAST_COMPARED}个单位，或改用既定的指标值",
            )
