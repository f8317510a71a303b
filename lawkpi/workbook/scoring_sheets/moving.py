"""Moving: where one judged point more or less is one point of the total, so that a formula may say so.

Everywhere else (caps, shared caps, floors within reach, panels, redistributed points, other sections) the
sheet says that the figure follows from the next run: a formula there would be a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lawkpi.rubric.measures import JudgedMeasure
from lawkpi.rubric.model import Item, Rubric
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes.as_judged import AsJudged

PLACES = 2
"""Decimals of judged points: a total with fewer rounds them."""
Judged = Mapping[str, Sequence[Fraction]]
Standing = tuple[tuple[Fraction, Fraction], Judged]
"""Points and full points of the item, and the judged points on record by rule."""


@dataclass(frozen=True)
class Moves:
    """A judged point moves the total by itself: up where the rule awards, down where it deducts."""

    sign: int


def moves(
    rubric: Rubric, item: Item, rule: Rule, who: tuple[str, str], standing: Standing
) -> Moves | None:
    """How a rule's judged points move a department's total; None where no formula could say it."""
    (points, full), judged = standing
    plain = (
        full == item.full_for(who[1])
        and rubric.rounding.at == "item"
        and rubric.rounding.places >= PLACES
        and _is_plain(rubric, item, rule, who[1])
        and len(judged.get(rule.id, ())) == 1
    )
    if not plain or not _has_room(rubric, item, (points, full), judged):
        return None
    return Moves(1 if rule.effect.kind == "award" else -1)


def _is_plain(rubric: Rubric, item: Item, rule: Rule, group: str) -> bool:
    """Whether nothing between the judged points and the item changes them."""
    measure, shape, effect = rule.measure.measure, rule.shape, rule.effect
    if not isinstance(measure, JudgedMeasure) or shape is None or type(shape.shape) is not AsJudged:
        return False
    is_capped = effect.cap is not None and effect.cap < measure.at_most
    is_shared = any(rule.id in shared.rules for shared in item.caps)
    is_scaled = effect.kind == "deduct" and rubric.times_for(group) != 1
    return (
        measure.combine == "single"
        and measure.only_when is None
        and not (is_capped or is_shared or is_scaled)
    )


def _has_room(
    rubric: Rubric, item: Item, standing: tuple[Fraction, Fraction], judged: Judged
) -> bool:
    """Whether the item stays off its ends whatever is judged within the ranges of all its rules."""
    points, full = standing
    down = up = Fraction(0)
    for rule in item.rules:
        measure = rule.measure.measure
        if not isinstance(measure, JudgedMeasure):
            continue
        if len(judged.get(rule.id, ())) != 1:
            return False
        now = judged[rule.id][0]
        less, more = now - measure.at_least, measure.at_most - now
        is_award = rule.effect.kind == "award"
        down += less if is_award else more
        up += more if is_award else less
    floor = rubric.floor_of(item)
    kinds = {rule.effect.kind for rule in item.rules}
    cut_below = floor is not None and "deduct" in kinds and points <= floor
    cut_above = ("award" in kinds or item.starts_at is not None) and points >= full
    return (
        not (cut_below or cut_above)
        and (floor is None or points - down >= floor)
        and points + up <= full
    )
