"""Reach: points that nobody can lose or win, and losses larger than their item."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lawkpi.params import points_text
from lawkpi.rubric.lint.faults import (
    Around,
    Fault,
    Place,
    notice,
    placed_items,
    placed_rules,
    warning,
)
from lawkpi.rubric.model import Item, Rubric
from lawkpi.rubric.rule import Rule


def reach_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:  # noqa: ARG001 - one signature
    """Rules beyond their item, items that no rule can use up or fill."""
    for placed in placed_rules(rubric):
        most, full = placed.rule.most(), placed.item.full_points
        ends_by_itself = placed.item.floor is not None
        if full is not None and most is not None and most > full and not ends_by_itself:
            yield warning(
                "RUBRIC_LOSS_BEYOND_ITEM",
                placed.at("shape"),
                f"{placed.name}最多{placed.rule.effect.verb}{points_text(most)}分，大于本项分值{points_text(full)}分",
                "不大于本项分值，或写明最多扣分",
            )
    for place, section, item in placed_items(rubric):
        if section.kind == "base":
            yield from _bounds(place, item)
            yield from _item(place, item)
    for number, section in enumerate(rubric.sections):
        if section.kind in ("bonus", "malus") and section.cap == 0:
            yield warning(
                "RUBRIC_POINTS_UNWINNABLE",
                ("sections", number, "cap"),
                f"第{section.id}部分上限为0分，加减分都不起作用",
                "大于0的上限，或删去 cap",
            )


def _bounds(place: Place, item: Item) -> Iterator[Fault]:
    """An item that begins, ends, or is lowered beyond its own points."""
    full = item.full_points or Fraction(0)
    own = {"starts_at": item.starts_at, "floor": item.floor}
    own |= {"not_reported": item.not_reported.deduct if item.not_reported else None}
    for name, points in own.items():
        if isinstance(points, Fraction) and points > full:
            title = Item.model_fields[name].title
            yield warning(
                "RUBRIC_LOSS_BEYOND_ITEM",
                (*place, name),
                f"第{item.id}项的{title}为{points_text(points)}分，大于本项分值{points_text(full)}分",
                "不大于本项分值",
            )


def _item(place: Place, item: Item) -> Iterator[Fault]:
    full = item.full_points or Fraction(0)
    deducts = [rule for rule in item.rules if rule.effect.kind == "deduct"]
    awards = [rule for rule in item.rules if rule.effect.kind == "award"]
    lost, won = _together(item, deducts), _together(item, awards)
    if lost is not None and item.not_reported:
        lost = max(lost, item.not_reported.deduct)
    if not awards and lost is not None and lost < full:
        yield notice(
            "RUBRIC_POINTS_UNLOSABLE",
            (*place, "full_points"),
            f"第{item.id}项{points_text(full)}分，各规则合计最多扣{points_text(lost)}分，其余扣不到",
            "扣分合计等于分值，或确认条文如此",
        )
    start = item.starts_at or Fraction(0)
    if awards and won is not None and start + won < full:
        yield warning(
            "RUBRIC_POINTS_UNWINNABLE",
            (*place, "full_points"),
            f"第{item.id}项{points_text(full)}分，各规则合计最多得{points_text(start + won)}分，其余得不到",
            "得分合计等于分值，或确认条文如此",
        )


def _together(item: Item, rules: list[Rule]) -> Fraction | None:
    """The most several rules can come to, shared caps applied; None without bound."""
    left = {rule.id: rule.most() for rule in rules}
    total = Fraction(0)
    for shared in item.caps:
        own = [left.pop(name) for name in shared.rules if name in left]
        bounded = [one for one in own if one is not None]
        whole = sum(bounded, Fraction(0)) if len(bounded) == len(own) else shared.cap
        total += min(whole, shared.cap)
    rest = list(left.values())
    if any(one is None for one in rest):
        return None
    return total + sum((one for one in rest if one is not None), Fraction(0))
