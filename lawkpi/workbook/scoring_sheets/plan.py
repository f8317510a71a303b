"""The rows of one office's scoring sheets: departments by items, and departments by judged rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pandas as pd

from lawkpi.ledger.departments import Department
from lawkpi.params import points_text
from lawkpi.result import Assessment
from lawkpi.result.adjusting import ADJUSTMENTS
from lawkpi.rubric.measures import JudgedMeasure
from lawkpi.rubric.model import Item, Section
from lawkpi.rubric.rule import Rule
from lawkpi.scoring import ADJUSTABLE, ItemState, item_bounds
from lawkpi.workbook.scoring_sheets.moving import Moves, moves
from lawkpi.workbook.scoring_sheets.records import JUDGED, Fields, Key, Value, on_record

Bound = Decimal | None


@dataclass(frozen=True)
class Line:
    """One row: what it is about, what is shown, what is on record.

    `shown` are the protected cells by heading. `least` and `most` bind the row's points (judged), or the sum
    of the adjustments of its item. `is_open`: the office may fill it in; `is_first` of its item.
    """

    key: Key
    shown: Mapping[str, Value]
    given: Fields
    least: Bound
    most: Bound
    is_open: bool = True
    is_first: bool = True
    moves: Moves | None = None


@dataclass(frozen=True)
class Planned:
    """All rows of one office, department by department."""

    office: str
    adjusting: tuple[Line, ...]
    judging: tuple[Line, ...]


def scoring_offices(assessment: Assessment) -> list[str]:
    """Every office that scores a base item or judges points of any department, in printing order."""
    lines = [
        item
        for section, item in assessment.rubric.lines
        if section.kind == "base" or _judged_rules(item)
    ]
    names = [office for item in lines for office in item.offices]
    names += [
        office
        for item in lines
        for one in assessment.departments
        for office in assessment.rubric.offices_for(item, one)
    ]
    return list(dict.fromkeys(names))


def records_of(assessment: Assessment) -> dict[Key, Fields]:
    """Everything on record in an assessment, names of persons masked."""
    ledgers = assessment.ledgers
    found: dict[Key, Fields] = {}
    for name in (ADJUSTMENTS, JUDGED):
        found |= on_record(ledgers[name], assessment.rubric) if name in ledgers else {}
    return found


def planned(assessment: Assessment, office: str) -> Planned:
    """The rows of an office."""
    planner = _Planner(assessment, office)
    return Planned(office, tuple(planner.adjusting()), tuple(planner.judging()))


class _Planner:
    """What rows are made from."""

    def __init__(self, assessment: Assessment, office: str) -> None:
        self.assessment, self.rubric = assessment, assessment.rubric
        self.places = self.rubric.rounding.item_places
        self.office = office
        table = assessment.scores.to_dict("records")
        self.scores = {(str(row["department"]), str(row["item"])): row for row in table}
        self.records = records_of(assessment)

    def adjusting(self) -> Iterator[Line]:
        """One row for each department and base item; further ones where several adjustments are on record."""
        for one in self.assessment.departments:
            for section, item in self._lines(one):
                if section.kind == "base":
                    yield from self._adjusting(one, item)

    def _lines(self, one: Department) -> Iterator[tuple[Section, Item]]:
        """The items of a department that the office scores."""
        for section, item in self.rubric.lines:
            if is_for(item, one) and self.office in self.rubric.offices_for(item, one):
                yield section, item

    def _adjusting(self, one: Department, item: Item) -> Iterator[Line]:
        row = self.scores[one.code, item.id]
        state = ItemState(row["state"])
        is_open = state in ADJUSTABLE
        numbers = sorted(key.number or 0 for key in self._of(ADJUSTMENTS, one.code, item.id)) or [1]
        least, most = self._room(one, item, row) if is_open else (None, None)
        for place, number in enumerate(numbers):
            key = Key(ADJUSTMENTS, one.code, item.id, "", number)
            given = self.records.get(key, {})
            shown = self._about(one, item) | {
                "评分标准（原文）": item.clause,
                "分值": self._amount(row["full_points"]),
                "系统得分": earned(row) if is_open else state.label,
                "调整序号": number,
                "已登记调整": given.get("points"),
            }
            yield Line(key, shown, given, least, most, is_open, is_first=place == 0)

    def _about(self, one: Department, item: Item) -> dict[str, Value]:
        return {
            "代码": one.code,
            "单位": one.name,
            "组别": self.assessment.register.groups.get(one.group, ""),
            "指标": f"{item.id} {item.title}",
        }

    def _room(self, one: Department, item: Item, row: Mapping[Any, Any]) -> tuple[Bound, Bound]:
        """How much all adjustments of an item may take and add together."""
        power = 10**self.places
        own, full = int(earned(row) * power), int(Decimal(row["full_points"]) * power)
        bounds = item_bounds(
            self.rubric.floor_of(item), item.full_for(one.group), full, self.rubric.rounding
        )
        least = None if bounds.least is None else self._points(ceil(bounds.least - own))
        return least, self._points(floor(bounds.most - own))

    def _points(self, units: int) -> Decimal:
        return Decimal(units).scaleb(-self.places)

    @staticmethod
    def _amount(value: Any) -> Value:
        return None if pd.isna(value) else Decimal(value)

    def _of(self, ledger: str, department: str, item: str, rule: str = "") -> list[Key]:
        wanted = (ledger, department, item, rule)
        return [key for key in self.records if key[:4] == wanted]

    def judging(self) -> Iterator[Line]:
        """One row for each department, judged rule and seat."""
        for one in self.assessment.departments:
            for section, item in self._lines(one):
                for rule in _judged_rules(item):
                    if rule.applies_to.includes(one.code, one.group):
                        moving = section.kind == "base"
                        yield from self._judging(one, item, rule, is_base=moving)

    def _judging(self, one: Department, item: Item, rule: Rule, *, is_base: bool) -> Iterator[Line]:
        measure = rule.measure.measure
        if not isinstance(measure, JudgedMeasure):
            return
        moving = self._moves(one, item, rule) if is_base else None
        least, most = (_decimal(one) for one in (measure.at_least, measure.at_most))
        for seat in self._seats(one.code, item.id, rule.id, measure):
            key = Key(JUDGED, one.code, item.id, rule.id, seat)
            given = self.records.get(key, {})
            shown = self._about(one, item) | {
                "规则": rule.id,
                "评委序号": seat,
                "评分标准（原文）": item.clause,
                "计分": f"{rule.effect.verb}分",
                "幅度": f"{points_text(measure.at_least)}—{points_text(measure.at_most)}",
                "已登记核定分": given.get("points"),
            }
            yield Line(key, shown, given, least, most, moves=moving if given else None)

    def _seats(
        self, department: str, item: str, rule: str, measure: JudgedMeasure
    ) -> list[int | None]:
        """The seats on record, and as many more as the rule asks for."""
        seats = [key.number for key in self._of(JUDGED, department, item, rule)]
        if measure.combine == "single":
            return seats or [None]
        free = (number for number in range(1, 10_000) if number not in seats)
        while len(seats) < measure.persons:
            seats.append(next(free))
        return sorted(seats, key=lambda seat: seat or 0)

    def _moves(self, one: Department, item: Item, rule: Rule) -> Moves | None:
        row = self.scores[one.code, item.id]
        if row["state"] != ItemState.SCORED.value:
            return None
        judged = {
            other.id: [
                Fraction(str(self.records[key].get("points") or 0))
                for key in self._of(JUDGED, one.code, item.id, other.id)
            ]
            for other in _judged_rules(item)
        }
        points = (Fraction(earned(row)), Fraction(Decimal(row["full_points"])))
        return moves(self.rubric, item, rule, (one.code, one.group), (points, judged))


def earned(row: Mapping[Any, Any]) -> Decimal:
    """The engine's points without any adjustment."""
    points, adjusted = row["points"], row.get("adjusted")
    if adjusted is None or pd.isna(adjusted):
        return Decimal(points)
    return Decimal(points) - Decimal(adjusted)


def is_for(item: Item, one: Department) -> bool:
    """Whether a department is scored on an item at all."""
    has_points = not item.full_points_for or item.full_for(one.group) > 0
    return item.applies_to.includes(one.code, one.group) and has_points


def _judged_rules(item: Item) -> list[Rule]:
    return [one for one in item.rules if isinstance(one.measure.measure, JudgedMeasure)]


def _decimal(value: Fraction) -> Decimal:
    return Decimal(points_text(value))
