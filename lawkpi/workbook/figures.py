"""Figures: one department's rules and items counted again over its own rows, with where the counts stand.

The numbers come from the measure and scoring rooms themselves, over the department's own rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lawkpi.measure.words import rule_words
from lawkpi.params import Period
from lawkpi.result.held import HeldCounts
from lawkpi.rubric.expression import Ratio, names_in
from lawkpi.rubric.measures import (
    EnteredMeasure,
    JudgedMeasure,
)
from lawkpi.rubric.model import Item, Section
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import States, Words
from lawkpi.scoring import ItemState
from lawkpi.scoring.comparison import Compared
from lawkpi.scoring.tallies import parts_of_rule, period_name
from lawkpi.workbook.columns import Own, state_order
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.sources import Piece, Sources, sources


@dataclass(frozen=True)
class RuleFigures:
    """One rule of one department.

    `sources` are its counts over the whole time, then over each of `parts`; `ratio` its points as a tree
    over them (None for a veto); `is_for` whether the rule is for this department; `reach` what an award without
    a bound of its own could give.
    """

    item: Item
    rule: Rule
    counted: HeldCounts
    sources: tuple[Sources, ...]
    parts: tuple[Period, ...]
    ratio: Ratio | None
    words: Words
    is_for: bool
    reach: Fraction = Fraction(0)

    @property
    def due(self) -> int:
        """What was due."""
        return self.counted.due

    @property
    def done(self) -> int:
        """What was done, or the count."""
        return self.counted.done

    @property
    def names(self) -> set[str]:
        """The counts that its tree asks for."""
        if self.ratio is None:
            return set()
        return names_in(self.ratio.numerator) | names_in(self.ratio.denominator)

    @property
    def is_rate(self) -> bool:
        """Whether it has two sides."""
        return self.rule.measure.kind == "rate"

    @property
    def is_by_hand(self) -> bool:
        """Whether an office entered or judged what it counts."""
        return isinstance(self.rule.measure.measure, EnteredMeasure | JudgedMeasure)

    @property
    def why(self) -> str:
        """Why its counts are values; empty where they are live."""
        return self.sources[0].why

    @property
    def text(self) -> str:
        """The rule in words, its cap included."""
        reading = self.rule.reading(
            self.words,
            done=self.done,
            due=self.due,
            state=self.counted.state_code,
            scale=self.counted.scale,
        )
        return self.rule.text(reading)

    @property
    def unit(self) -> str:
        """The word after a count."""
        return self.rule.measure.measure.unit

    @property
    def state_order(self) -> list[str]:
        """Its states in the order whose place is the `state` count."""
        return state_order(self.rule)

    @property
    def part_names(self) -> list[str]:
        """The parts of the year as a reader knows them."""
        return [period_name(part) for part in self.parts]


@dataclass(frozen=True)
class ItemFigures:
    """One item of one department.

    `row` is the assessment's own row of scores (empty outside the base); `adjusted` its points outside
    the base; `is_open` says that a record leaves it undecided there.
    """

    section: Section
    item: Item
    rules: tuple[RuleFigures, ...]
    row: Mapping[str, Any]
    adjusted: Decimal = Decimal(0)
    is_open: bool = False

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
        return None if points is None else Decimal(points)

    @property
    def office(self) -> Decimal:
        """What the scoring office added to the item, or took; the points hold it already."""
        amount = self.row.get("adjusted")
        return Decimal(0) if amount is None else Decimal(amount)


def item_figures(desk: Desk) -> list[ItemFigures]:
    """Every item of the rubric for one department, in printing order."""
    code = desk.department.code
    rows = {str(row["item"]): row for row in desk.assessment.lines("scores", code)}
    outside = desk.assessment.lines("adjustments", code)
    sums: dict[str, Decimal] = {}
    for one in outside:
        if one["kind"] in ("bonus", "malus"):
            sums[one["item"]] = sums.get(one["item"], Decimal(0)) + Decimal(one["points"])
    undecided = {one["item"] for one in outside if one["kind"] == "pending"}
    counted = _Counted(desk)
    return [
        ItemFigures(
            section,
            item,
            tuple(counted.rule(item, rule) for rule in item.rules),
            rows.get(item.id, {}),
            sums.get(item.id, Decimal(0)),
            item.id in undecided,
        )
        for section, item in desk.assessment.rubric.lines
    ]


class _Counted:
    """Every rule as it was counted for the department, with its columns on the ledger sheets planned."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rubric, self.held = desk.assessment.rubric, desk.assessment.holdings

    def _is_for(self, item: Item, rule: Rule) -> bool:
        department = self.desk.department
        is_for = rule.applies_to.includes(department.code, department.group)
        return is_for and self.desk.includes(item)

    def rule(self, item: Item, rule: Rule) -> RuleFigures:
        """One rule with its columns planned; none for an item that is not for the department."""
        counted = self.held.counts(item, rule, self.desk.department.code)
        parts = parts_of_rule(rule, self.desk.assessment.settings.period)
        is_for = self._is_for(item, rule)
        found: Sequence[Sources] = [Sources(Piece(None, 0)) for _ in range(1 + len(parts))]
        if is_for:
            found = sources(self.desk, f"{item.id}{rule.id}", rule, Own(counted, parts))
            found = self._compared(item, rule, found)
            if found[0].why:
                self.desk.stand_still(rule)
        words = rule_words(rule, self.desk.assessment.schemas)
        ratio = self._ratio(rule, counted)
        return RuleFigures(
            item, rule, counted, tuple(found), tuple(parts), ratio, words, is_for,
            item.reach_for(self.desk.department.code, self.desk.department.group),
        )  # fmt: skip

    def _ratio(self, rule: Rule, counted: HeldCounts) -> Ratio | None:
        if rule.shape is not None and isinstance(rule.shape.shape, States):
            amounts = {code: rule.shape.shape.amounts[code] for code in state_order(rule)}
            ordered = rule.shape.model_copy(update={"states": States(amounts=amounts)})
            rule = rule.model_copy(update={"shape": ordered})
        share = counted.schema.charged.share if counted.marks is not None else "each_full"
        times = self.rubric.times_for(self.desk.department.group)
        own = times if rule.effect.kind == "deduct" else Fraction(1)
        return rule.ratio(counted.scale, share, own)

    def _compared(self, item: Item, rule: Rule, sources: Sequence[Sources]) -> Sequence[Sources]:
        """What the rule's shape compares with, as values."""
        against = self.held.compared(item, rule)
        if not against:
            return sources
        place = self.held.places[self.desk.department.code]
        pairs = zip(sources, against, strict=True)
        return [_with_reference(rule, one, other, place) for one, other in pairs]


def _with_reference(rule: Rule, sources: Sources, compared: Compared, place: int) -> Sources:
    reference = compared.reference_of(place)
    more = {
        "rank": Piece(None, compared.rank[place]),
        "last": Piece(None, compared.last[place]),
        "reference": Piece(None, reference.numerator),
        "reference_base": Piece(None, reference.denominator),
    }
    shape = rule.shape.shape if rule.shape else None
    is_of_group = shape is not None and shape.compares == "group"
    opened = sources.open
    if compared.pending[place]:
        opened = Piece(f"{opened.formula}+1" if opened.formula else None, opened.value + 1)
    return replace(
        sources,
        open=opened,
        more={**sources.more, **more},
        why="取决于同组其他单位" if is_of_group else sources.why,
    )
