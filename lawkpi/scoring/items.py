"""Items: rule losses in order, their caps, the item's floor, its state, one rounding.

All departments at once. Rules of an item take from it in written order; what a rule would take
beyond the item is nobody's loss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lawkpi.measure import Measured
from lawkpi.rubric.expression import Ratio
from lawkpi.rubric.model import Item, Rounding, Rule
from lawkpi.scoring.exact import Mode, Whole, evaluated, largest_remainder, rounded, whole

Flags = NDArray[np.bool_]


class ItemState(StrEnum):
    """The four states of an item, never mixed."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    NOT_REPORTED = "not_reported"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """The word an evaluator reads."""
        return _LABELS[self]


_LABELS = {
    ItemState.SCORED: "已计分",
    ItemState.NOT_APPLICABLE: "不适用",
    ItemState.NOT_REPORTED: "未报送",
    ItemState.PENDING: "待核",
}


@dataclass(frozen=True)
class Reporting:
    """Which departments did not report what an item needs.

    `unreported`: no rows and neither a report nor a nil report; `reminded`: a reminder is on record.
    """

    unreported: Flags
    reminded: Flags


@dataclass(frozen=True)
class RuleScores:
    """One rule for all departments: its exact points, capped, as numerator over denominator.

    `applies`: its base was not empty (or an empty base means full points); `pending` as measured.
    """

    rule: Rule
    measured: Measured
    numerator: Whole
    denominator: Whole
    applies: Flags
    pending: Flags

    def exact(self, place: int) -> Fraction:
        """A department's exact points of this rule."""
        return Fraction(self.numerator[place], self.denominator[place])


@dataclass(frozen=True)
class ItemScores:
    """One item for all departments, in units (the smallest step of points).

    `rule_losses` has one row per rule; its columns add up to full - points wherever scored.
    `taken` over `scale` is what each rule takes exactly, caps and floor applied, before
    redistribution and rounding.
    """

    item: Item
    rules: tuple[RuleScores, ...]
    state: list[ItemState]
    full: Whole
    points: Whole
    rule_losses: Whole
    taken: Whole
    scale: Whole

    def exact_loss(self, rule: int, place: int) -> Fraction:
        """What a rule takes from a department's item, exactly and within caps and floor."""
        return Fraction(self.taken[rule, place], self.scale[place])

    @property
    def is_counted(self) -> Flags:
        """Departments whose points enter the total; what does not apply only where it kept them."""
        counted = (ItemState.SCORED, ItemState.NOT_REPORTED)
        return np.array(
            [
                state in counted or (state is ItemState.NOT_APPLICABLE and full > 0)
                for state, full in zip(self.state, self.full, strict=True)
            ],
            dtype=bool,
        )


def rule_scores(rule: Rule, measured: Measured) -> RuleScores:
    """A rule's exact points for all departments, its own cap applied."""
    box = rule.shape
    if box is None:
        raise TypeError("a veto has no points")
    ratio: Ratio = box.shape.amount(rule.measure.kind).capped(rule.effect.cap)
    idle = measured.empty | measured.pending
    counts = {
        "done": whole(np.where(idle, 0, measured.done)),
        "due": whole(np.where(idle, 1, np.maximum(measured.due, 1))),
        "state": whole(measured.state),
    }
    numerator = evaluated(ratio.numerator, counts)
    numerator[idle] = 0
    means = measured.empty_means
    return RuleScores(
        rule=rule,
        measured=measured,
        numerator=numerator,
        denominator=evaluated(ratio.denominator, counts),
        applies=~measured.empty | (means == "full"),
        pending=measured.pending | (measured.empty & (means == "pending")),
    )


def item_states(
    included: Flags, rules: Sequence[RuleScores], item: Item, reporting: Reporting
) -> list[ItemState]:
    """Each department's state for an item.

    Not reporting costs only what the item declares and only after a reminder; until then the item
    is pending, as it is wherever a rule is.
    """
    applies = np.logical_or.reduce([rule.applies | rule.pending for rule in rules])
    pending = np.logical_or.reduce([rule.pending for rule in rules])
    charged = reporting.reminded if item.not_reported else np.zeros_like(included)
    states = np.select(
        [~included, reporting.unreported & charged, reporting.unreported, ~applies, pending],
        [
            ItemState.NOT_APPLICABLE,
            ItemState.NOT_REPORTED,
            ItemState.PENDING,
            ItemState.NOT_APPLICABLE,
            ItemState.PENDING,
        ],
        default=ItemState.SCORED,
    )
    return [ItemState(state) for state in states]


def item_scores(
    item: Item,
    rules: tuple[RuleScores, ...],
    states: list[ItemState],
    *,
    full: Whole,
    rounding: Rounding,
) -> ItemScores:
    """Points and rule losses of an item for all departments.

    Parameters
    ----------
    full : each department's full points of the item in units, after redistribution
    """
    declared = item.full_points or Fraction(0)
    taken, scale = _taken(rules, declared)
    most = declared.numerator * (scale // declared.denominator)
    points = rounded((most - taken.sum(axis=0)) * full, most, rounding.mode)
    _set_unreported(points, states, item, full, rounding.mode)
    _set_idle(points, states, full)
    losses = _rule_losses(taken, states, full - points)
    return ItemScores(item, rules, states, full, points, losses, taken, scale)


def _taken(rules: tuple[RuleScores, ...], declared: Fraction) -> tuple[Whole, Whole]:
    """What each rule takes from the item: numerators over one denominator per department.

    Rules take in written order and together no more than the declared full points.
    """
    scale = np.full_like(rules[0].numerator, declared.denominator)
    for rule in rules:
        scale = np.asarray(np.lcm(scale, rule.denominator), dtype=object)
    most = declared.numerator * (scale // declared.denominator)
    running = np.zeros_like(scale)
    rows = []
    for rule in rules:
        upper = np.minimum(running + rule.numerator * (scale // rule.denominator), most)
        rows.append(upper - running)
        running = upper
    return np.array(rows, dtype=object), scale


def _set_unreported(
    points: Whole, states: list[ItemState], item: Item, full: Whole, mode: Mode
) -> None:
    """An unreported item costs its declared part of the full points."""
    if item.not_reported is None or item.full_points is None:
        return
    kept = max(item.full_points - item.not_reported.deduct, Fraction(0)) / item.full_points
    left = rounded(full * kept.numerator, np.full_like(full, kept.denominator), mode)
    for place, state in enumerate(states):
        if state is ItemState.NOT_REPORTED:
            points[place] = left[place]


def _set_idle(points: Whole, states: list[ItemState], full: Whole) -> None:
    """What does not apply has what it kept after redistribution; what is pending has nothing."""
    for place, state in enumerate(states):
        if state is ItemState.NOT_APPLICABLE:
            points[place] = full[place]
        elif state is ItemState.PENDING:
            points[place] = 0


def _rule_losses(taken: Whole, states: list[ItemState], loss: Whole) -> Whole:
    """Each rule's whole units of the item's loss, by largest remainder in rule order."""
    shares = np.zeros_like(taken)
    for place, state in enumerate(states):
        if state is ItemState.SCORED and loss[place]:
            weights = [Fraction(part) for part in taken[:, place]]
            shares[:, place] = largest_remainder(weights, int(loss[place]))
    return shares


def included(item: Item, departments: Mapping[str, str]) -> Flags:
    """Which departments (code to group, in order) an item is for."""
    return np.array([item.applies_to.includes(code, group) for code, group in departments.items()])
