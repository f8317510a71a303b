"""Items: rules put together, shared caps, the item's floor, its state, one rounding.

All departments at once. An item starts full (or at its declared start), rules take from it and award to
it; what lies beyond full points or below the floor is nobody's gain or loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lawkpi.rubric.conventions import Rounding
from lawkpi.rubric.model import Item, Rubric
from lawkpi.scoring.departments import Departments
from lawkpi.scoring.exact import Mode, Whole, largest_remainder, rounded, whole
from lawkpi.scoring.rules import RuleScores, common_scale

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
class ItemTerms:
    """What an item is worth before any rule: one place per department, in points.

    `declared` are the full points as issued for the department's group, `start` the points before
    any rule, `floor` the least it can come to (None: no floor), `full` the full points in units
    after redistribution.
    """

    declared: Sequence[Fraction]
    start: Sequence[Fraction]
    floor: Fraction | None
    full: Whole
    rounding: Rounding


def item_terms(rubric: Rubric, item: Item, departments: Departments, full: Whole) -> ItemTerms:
    """The terms of an item for all departments."""
    return ItemTerms(
        declared=[item.full_for(group) for group in departments.groups],
        start=[item.start_for(code, group) for code, group in departments],
        floor=rubric.floor_of(item),
        full=full,
        rounding=rubric.rounding,
    )


@dataclass(frozen=True)
class ItemScores:
    """One item for all departments, in units (the smallest step of points).

    `adjusted` is what the scoring office added (or took, below zero); the points hold it already.
    `rule_losses` has one row per rule; its columns add up to full - points + adjusted wherever scored.
    `taken` over `scale` is what each rule takes exactly, caps and floor applied, before
    redistribution and rounding. `exact` are the points in units before rounding.
    """

    item: Item
    rules: tuple[RuleScores, ...]
    state: list[ItemState]
    full: Whole
    points: Whole
    rule_losses: Whole
    taken: Whole
    scale: Whole
    exact: tuple[Fraction, ...]
    adjusted: Whole

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


def with_shared_caps(item: Item, rules: tuple[RuleScores, ...]) -> tuple[RuleScores, ...]:
    """The rules with their shared caps applied: earlier rules use them up first."""
    for shared in item.caps:
        left = [shared.cap] * len(rules[0].numerator)
        bound = []
        for rule in rules:
            if rule.rule.id not in shared.rules:
                bound.append(rule)
                continue
            capped = rule.capped(dict(enumerate(left)))
            left = [most - capped.exact(place) for place, most in enumerate(left)]
            bound.append(capped)
        rules = tuple(bound)
    return rules


def item_scores(
    item: Item, rules: tuple[RuleScores, ...], states: list[ItemState], terms: ItemTerms
) -> ItemScores:
    """Points and rule losses of an item for all departments."""
    sheet = _Sheet(rules, terms)
    full, mode = terms.full, terms.rounding.mode
    kept = sheet.points * full
    points = rounded(kept, sheet.most, mode)
    exact = [Fraction(own, most) for own, most in zip(kept, sheet.most, strict=True)]
    _set_unreported(points, states, item, terms)
    _set_idle(points, states, full)
    for place, state in enumerate(states):
        if state is not ItemState.SCORED:
            exact[place] = Fraction(points[place])
    taken = sheet.taken(item)
    losses = _rule_losses(taken, states, full - points)
    none = np.zeros_like(points)
    return ItemScores(
        item, rules, states, full, points, losses, taken, sheet.scale, tuple(exact), none
    )


class _Sheet:
    """An item's sum before redistribution, as whole numbers over one scale per department."""

    def __init__(self, rules: tuple[RuleScores, ...], terms: ItemTerms) -> None:
        self.rules = rules
        fractions = [*terms.declared, *terms.start]
        fractions += [terms.floor] if terms.floor is not None else []
        self.scale = common_scale(rules, *{one.denominator for one in fractions})
        self.declared = self._scaled(terms.declared)
        self.start = self._scaled(terms.start)
        self.most = np.asarray(np.where(self.declared == 0, 1, self.declared), dtype=object)
        raw = self.start
        for rule in rules:
            amount = self._amount(rule)
            raw = raw + amount if rule.rule.effect.kind == "award" else raw - amount
        points = np.minimum(raw, self.declared)
        if terms.floor is not None:
            points = np.maximum(points, self._scaled([terms.floor] * len(points)))
        self.points: Whole = np.asarray(points, dtype=object)

    def _scaled(self, values: Sequence[Fraction]) -> Whole:
        return whole([value * scale for value, scale in zip(values, self.scale, strict=True)])

    def _amount(self, rule: RuleScores) -> Whole:
        return np.asarray(rule.numerator * (self.scale // rule.denominator), dtype=object)

    def taken(self, item: Item) -> Whole:
        """What each rule takes, in written order, together the item's loss.

        A rule that awards takes what it could have given and did not. A loss that no rule explains (points
        nobody can win) stands with the last rule.
        """
        loss = self.declared - self.points
        running = np.zeros_like(self.scale)
        rows = []
        for weight in self._weights(item):
            upper = np.minimum(running + weight, loss)
            rows.append(upper - running)
            running = np.asarray(upper, dtype=object)
        rows[-1] = rows[-1] + (loss - running)
        return np.array(rows, dtype=object).reshape(len(item.rules), -1)

    def _weights(self, item: Item) -> list[Whole]:
        """What each rule takes by itself; awards that share a cap miss no more than it together."""
        weights = [self._weight(rule) for rule in self.rules]
        for shared in item.caps:
            own = [place for place, rule in enumerate(self.rules) if rule.rule.id in shared.rules]
            awards = [place for place in own if self.rules[place].rule.effect.kind == "award"]
            if not awards:
                continue
            earned = sum((self._amount(self.rules[place]) for place in awards), self.scale * 0)
            left = np.maximum(self._scaled([shared.cap] * len(self.scale)) - earned, 0)
            for place in awards:
                weights[place] = np.asarray(np.minimum(weights[place], left), dtype=object)
                left = left - weights[place]
        return weights

    def _weight(self, rule: RuleScores) -> Whole:
        amount = self._amount(rule)
        if rule.rule.effect.kind != "award":
            return amount
        most = rule.rule.most()
        within = self.declared - self.start
        reach = within if most is None else self._scaled([most] * len(within))
        unearned = np.where(rule.applies, np.maximum(reach - amount, 0), 0)
        return np.asarray(unearned, dtype=object)


def _set_unreported(points: Whole, states: list[ItemState], item: Item, terms: ItemTerms) -> None:
    """An unreported item costs its declared part of the full points."""
    if item.not_reported is None or item.full_points is None:
        return
    mode: Mode = terms.rounding.mode
    kept = max(item.full_points - item.not_reported.deduct, Fraction(0)) / item.full_points
    left = rounded(terms.full * kept.numerator, np.full_like(terms.full, kept.denominator), mode)
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


def included(item: Item, departments: Departments) -> Flags:
    """Which departments an item is for; a group may have no points in it."""
    return np.array(
        [
            item.applies_to.includes(code, group)
            and not (item.full_points_for and item.full_for(group) == 0)
            for code, group in departments
        ],
        dtype=bool,
    )
