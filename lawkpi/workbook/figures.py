"""Figures: one department's rules and items again, as the whole numbers that formulas pass through.

The numbers come from the scoring room itself, over the department's own rows; where they differ from
the assessment's (a rule that looks at masked cells), the assessment's stand and are values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.measure import Measured, measured, rule_input
from lawkpi.measure.words import code_label, rule_words
from lawkpi.rubric.expression import Const, Ratio
from lawkpi.rubric.measures import (
    CountMeasure,
    EnteredMeasure,
    RateMeasure,
    StateMeasure,
)
from lawkpi.rubric.model import Item, Section
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import Words
from lawkpi.rubric.shapes.base import rounded_percent
from lawkpi.scoring import (
    Departments,
    ItemScores,
    ItemState,
    RuleScores,
    Tally,
    item_scores,
    item_terms,
)
from lawkpi.scoring.exact import whole
from lawkpi.scoring.rules import rule_scores
from lawkpi.workbook.desk import Desk, RuleColumns

MOST_WHOLE = 2**53
"""Beyond this a spreadsheet's whole numbers are no longer exact."""


@dataclass(frozen=True)
class RuleFigures:
    """One rule of one department.

    `scores` is None for a veto, and for a rule whose points no formula over this department's own
    cells can give (ranks, comparisons, prices record by record, parts of the year).
    """

    item: Item
    rule: Rule
    columns: RuleColumns | None
    measured: Measured
    scores: RuleScores | None
    words: Words

    @property
    def due(self) -> int:
        """What was due."""
        return int(self.measured.due[0])

    @property
    def done(self) -> int:
        """What was done, or the count."""
        return int(self.measured.done[0])

    @property
    def is_rate(self) -> bool:
        """Whether it has two sides."""
        return self.rule.measure.kind == "rate"

    @property
    def min_base(self) -> int:
        """The least base that the shape is applied to."""
        return _least_base(self.rule)

    @property
    def is_share(self) -> bool:
        """Whether its figure is a per cent figure without counts."""
        return self.measured.is_share

    @property
    def is_from_rows(self) -> bool:
        """Whether its counts are sums of marked records."""
        return isinstance(self.rule.measure.measure, CountMeasure | RateMeasure)

    @property
    def is_pending(self) -> bool:
        """Whether the rule itself is 待核."""
        return bool(self.measured.pending[0])

    @property
    def ratio(self) -> Ratio | None:
        """The rule's tree, its own cap applied."""
        return self.rule.ratio(self.measured.scale)

    @property
    def denominator(self) -> int | None:
        """The denominator where it is the same for every count."""
        ratio = self.ratio
        is_constant = ratio is not None and isinstance(ratio.denominator, Const)
        return ratio.denominator.value if is_constant else None  # type: ignore[union-attr]

    def whole(self, name: str) -> int:
        """The engine's numerator or denominator."""
        return int(getattr(self.scores, name)[0])

    @property
    def text(self) -> str:
        """The rule in words, its cap included."""
        reading = self.rule.reading(
            self.words,
            done=self.done,
            due=self.due,
            state=self.measured.state_code[0],
            scale=self.measured.scale,
        )
        return self.rule.text(reading)

    @property
    def is_entered_text(self) -> bool:
        """Whether its figure is a state or judged points, which a person put into words."""
        is_plain = self.measured.scale == 1 and not self.is_share
        return self.rule.measure.kind in ("state", "points") or not is_plain

    @property
    def entered_text(self) -> str:
        """The state, or the judged points, as a reader sees them."""
        if self.is_pending:
            return "待核"
        measure = self.rule.measure.measure
        number = self.done / self.measured.scale
        if self.is_share:
            return rounded_percent(Fraction(self.done, self.due)) if self.due else "无基数"
        if self.rule.measure.kind == "points":
            given = "录入分值" if isinstance(measure, EnteredMeasure) else "评分单位核定"
            return f"{given}{self.rule.effect.verb}{number / max(self.due, 1):g}分"
        if self.rule.measure.kind != "state":
            return f"{number:g}{self.unit}"
        column = measure.column if isinstance(measure, StateMeasure) else "state"
        return code_label(self.measured.ledger.schema, column, self.measured.state_code[0])

    @property
    def unit(self) -> str:
        """The word after a count."""
        return self.rule.measure.measure.unit


@dataclass(frozen=True)
class ItemFigures:
    """One item of one department.

    `row` is the assessment's own row of scores (empty outside the base); `scores` the item scored
    again, None where that is not live; `adjusted` its points outside the base.
    """

    section: Section
    item: Item
    rules: tuple[RuleFigures, ...]
    row: Mapping[str, Any]
    scores: ItemScores | None
    adjusted: Decimal = Decimal(0)

    @property
    def state(self) -> ItemState:
        """The item's state; items outside the base are always counted."""
        return ItemState(self.row["state"]) if self.row else ItemState.SCORED

    @property
    def full_points(self) -> Decimal:
        """Full points after redistribution; 0 outside the base."""
        return Decimal(self.row["full_points"]) if self.row else Decimal(0)

    @property
    def points(self) -> Decimal | None:
        """The assessment's points; None where not scored or outside the base."""
        points = self.row.get("points")
        return None if points is None or pd.isna(points) else Decimal(points)

    @property
    def office(self) -> Decimal:
        """What the scoring office added to the item, or took; the points hold it already."""
        amount = self.row.get("adjusted")
        return Decimal(0) if amount is None or pd.isna(amount) else Decimal(amount)

    @property
    def is_live(self) -> bool:
        """Whether formulas over the department's own cells give every rule's points."""
        is_bound = self.item.caps or self.item.cap is not None or self.item.starts_at is not None
        return not is_bound and all(one.scores is not None for one in self.rules if one.rule.shape)

    @property
    def scale(self) -> int:
        """The least common multiple of the constant denominators, the item's own included."""
        constants = [rule.denominator for rule in self.rules if rule.denominator]
        own = self.item.full_points
        return lcm(own.denominator if own is not None else 1, *constants)


def item_figures(desk: Desk) -> list[ItemFigures]:
    """Every item of the rubric for one department, in printing order."""
    table = desk.assessment.of("scores", desk.department.code)
    rows = {str(row["item"]): _named(row) for row in table.to_dict("records")}
    outside = desk.assessment.of("adjustments", desk.department.code)
    sums: dict[str, Decimal] = {}
    for one, points in zip(outside["item"].tolist(), outside["points"].tolist(), strict=True):
        sums[one] = sums.get(one, Decimal(0)) + Decimal(points)
    return [
        _figures(desk, section, item, rows.get(item.id, {}), sums.get(item.id, Decimal(0)))
        for section, item in desk.assessment.rubric.lines
    ]


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _figures(
    desk: Desk, section: Section, item: Item, row: Mapping[str, Any], adjusted: Decimal
) -> ItemFigures:
    rules = tuple(_rule(desk, item, rule) for rule in item.rules)
    figures = ItemFigures(section, item, rules, row, None, adjusted)
    if not row or figures.state is not ItemState.SCORED or not _is_plain(desk, figures):
        return figures
    scores = _scored(desk, figures)
    places = desk.assessment.rubric.rounding.item_places
    again = Decimal(int(scores.points[0])).scaleb(-places)
    live = again + figures.office == figures.points and _is_safe(scores)
    return replace(figures, scores=scores if live else None)


def _is_plain(desk: Desk, figures: ItemFigures) -> bool:
    """Whether the item starts full, is only deducted from, and ends at nothing."""
    item, rubric = figures.item, desk.assessment.rubric
    deducts = all(one.rule.effect.kind == "deduct" for one in figures.rules)
    group = desk.department.group
    return (
        figures.is_live
        and deducts
        and rubric.floor_of(item) == 0
        and item.full_for(group) == item.full_points
        and rubric.times_for(group) == 1
    )


def _rule(desk: Desk, item: Item, rule: Rule) -> RuleFigures:
    name = rule.measure.ledger
    given = rule_input(item, rule, [desk.department.code])
    counted = measured(given, desk.facts_for(name))
    title = f"{item.id}{rule.id}"
    columns = desk.columns_of(title, rule, counted.marks) if desk.includes(item) else None
    scores = rule_scores(rule, Tally(counted)) if _has_formula(desk, rule, counted) else None
    words = rule_words(rule, desk.assessment.schemas)
    return RuleFigures(item, rule, columns, counted, scores, words)


def _has_formula(desk: Desk, rule: Rule, counted: Measured) -> bool:
    """Whether a rule's points follow from this department's counts alone."""
    if rule.shape is None or rule.periods is not None or rule.shape.shape.compares is not None:
        return False
    department = desk.department
    if not rule.applies_to.includes(department.code, department.group) or rule.exempt:
        return False
    is_seen = rule.measure.kind == "rate" and counted.due[0] < _least_base(rule)
    if counted.empty[0] and not is_seen:
        return False
    return not rule.is_by_record(
        counted.ledger.schema.charged.share if counted.marks else "each_full"
    )


def _least_base(rule: Rule) -> int:
    """The base below which formulas count nothing."""
    measure = rule.measure.measure
    return measure.min_base if isinstance(measure, RateMeasure) else 1


def _scored(desk: Desk, figures: ItemFigures) -> ItemScores:
    rubric = desk.assessment.rubric
    alone = Departments([desk.department.code], [desk.department.group])
    full = whole([figures.full_points.scaleb(rubric.rounding.item_places)])
    rules = tuple(rule.scores for rule in figures.rules if rule.scores is not None)
    terms = item_terms(rubric, figures.item, alone, full)
    return item_scores(figures.item, rules, [ItemState.SCORED], terms)


def _is_safe(scores: ItemScores) -> bool:
    """Whether every number on the way stays exact in a spreadsheet."""
    dynamic = np.prod([int(rule.denominator[0]) for rule in scores.rules], dtype=object)
    declared = scores.item.full_points
    most = int(declared or 1) + 1
    return bool(2 * most * dynamic * int(scores.scale[0]) * (int(scores.full[0]) + 1) < MOST_WHOLE)
