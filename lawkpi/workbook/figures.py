"""Figures: one department's rules and items again, as the whole numbers that formulas pass through.

The numbers come from the scoring room itself, over the department's own rows; where they differ from
the assessment's (a rule that looks at masked cells), the assessment's stand and are values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import lcm
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.measure import Measured, RuleInput, measured
from lawkpi.measure.words import code_label
from lawkpi.params import points_text
from lawkpi.rubric.expression import Const, Ratio
from lawkpi.rubric.measures import Counted, RateMeasure, StateMeasure
from lawkpi.rubric.model import Item, Rule, Section
from lawkpi.rubric.shapes import Reading
from lawkpi.scoring import ItemScores, ItemState, RuleScores, item_scores
from lawkpi.scoring.exact import whole
from lawkpi.scoring.items import rule_scores
from lawkpi.workbook.desk import Desk, RuleColumns

MOST_WHOLE = 2**53
"""Beyond this a spreadsheet's whole numbers are no longer exact."""


@dataclass(frozen=True)
class RuleFigures:
    """One rule of one department; `scores` is None for a veto."""

    item: Item
    rule: Rule
    columns: RuleColumns | None
    measured: Measured
    scores: RuleScores | None

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
        measure = self.rule.measure.measure
        return measure.min_base if isinstance(measure, RateMeasure) else 1

    @property
    def is_from_rows(self) -> bool:
        """Whether its counts are sums of marked records."""
        return isinstance(self.rule.measure.measure, Counted) and self.rule.measure.kind != "state"

    @property
    def is_pending(self) -> bool:
        """Whether the rule itself is 待核."""
        return self.scores is not None and bool(self.scores.pending[0])

    @property
    def ratio(self) -> Ratio | None:
        """The rule's tree, its own cap applied."""
        shape = self.rule.shape
        if shape is None:
            return None
        return shape.shape.amount(self.rule.measure.kind).capped(self.rule.effect.cap)

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
        shape, verb = self.rule.shape, self.rule.effect.verb
        if shape is None:
            return f"有1{self.unit}以上的，建议等次受限"
        reading = Reading(
            kind=self.rule.measure.kind,
            unit=self.unit,
            done=self.done,
            due=self.due,
            verb=verb,
            state=self.measured.state_code[0],
        )
        cap = self.rule.effect.cap
        most = f"，最多{verb}{points_text(cap)}分" if cap is not None else ""
        return shape.shape.rule_text(reading) + most

    @property
    def is_entered_text(self) -> bool:
        """Whether its figure is a state or judged points, which a person put into words."""
        return self.rule.measure.kind in ("state", "judged")

    @property
    def entered_text(self) -> str:
        """The state, or the judged points, as a reader sees them."""
        if self.is_pending:
            return "待核"
        if self.rule.measure.kind == "judged":
            return f"评分单位核定{self.rule.effect.verb}{self.done / 100:g}分"
        measure = self.rule.measure.measure
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
    again, None where that is not live.
    """

    section: Section
    item: Item
    rules: tuple[RuleFigures, ...]
    row: Mapping[str, Any]
    scores: ItemScores | None

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
    def scale(self) -> int:
        """The least common multiple of the constant denominators, the item's own included."""
        constants = [rule.denominator for rule in self.rules if rule.denominator]
        own = self.item.full_points
        return lcm(own.denominator if own is not None else 1, *constants)


def item_figures(desk: Desk) -> list[ItemFigures]:
    """Every item of the rubric for one department, in printing order."""
    table = desk.assessment.of("scores", desk.department.code)
    rows = {str(row["item"]): _named(row) for row in table.to_dict("records")}
    return [
        _figures(desk, section, item, rows.get(item.id, {}))
        for section, item in desk.assessment.rubric.lines
    ]


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _figures(desk: Desk, section: Section, item: Item, row: Mapping[str, Any]) -> ItemFigures:
    rules = tuple(_rule(desk, item, rule) for rule in item.rules)
    figures = ItemFigures(section, item, rules, row, None)
    if not row or figures.state is not ItemState.SCORED:
        return figures
    scores = _scored(desk, figures)
    places = desk.assessment.rubric.rounding.places
    again = Decimal(int(scores.points[0])).scaleb(-places)
    live = again == figures.points and _is_safe(scores)
    return ItemFigures(section, item, rules, row, scores if live else None)


def _rule(desk: Desk, item: Item, rule: Rule) -> RuleFigures:
    name = rule.measure.ledger
    counted = measured(RuleInput(item.id, rule, [desk.department.code]), desk.facts_for(name))
    title = f"{item.id}{rule.id}"
    columns = desk.columns_of(title, rule, counted.marks) if desk.includes(item) else None
    scores = rule_scores(rule, counted) if rule.shape else None
    return RuleFigures(item, rule, columns, counted, scores)


def _scored(desk: Desk, figures: ItemFigures) -> ItemScores:
    rounding = desk.assessment.rubric.rounding
    full = whole([figures.full_points.scaleb(rounding.places)])
    rules = tuple(rule.scores for rule in figures.rules if rule.scores is not None)
    states = [ItemState.SCORED]
    return item_scores(figures.item, rules, states, full=full, rounding=rounding)


def _is_safe(scores: ItemScores) -> bool:
    """Whether every number on the way stays exact in a spreadsheet."""
    dynamic = np.prod([int(rule.denominator[0]) for rule in scores.rules], dtype=object)
    declared = scores.item.full_points
    most = int(declared or 1) + 1
    return bool(2 * most * dynamic * int(scores.scale[0]) * (int(scores.full[0]) + 1) < MOST_WHOLE)
