"""The figures of all departments, indexed once: every sheet of the summary reads them from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lawkpi.ledger.departments import Department
from lawkpi.result import Assessment
from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.scoring import ItemState
from lawkpi.workbook.additive import section_units


class Score(NamedTuple):
    """One item of one department, in units of the smallest step; no points where not counted.

    `is_number` says whether the matrix shows points, not a state.
    """

    points: int | None
    full: int
    state: str
    self_points: Decimal | None
    is_number: bool

    @property
    def label(self) -> str:
        """The state in the word an evaluator reads; an item worth nothing for a group is not for it."""
        state = ItemState(self.state)
        return (ItemState.NOT_APPLICABLE if state is ItemState.SCORED else state).label


@dataclass(frozen=True)
class Board:
    """An assessment with its rows found by department and item."""

    assessment: Assessment

    @property
    def rubric(self) -> Rubric:
        """The rubric."""
        return self.assessment.rubric

    @property
    def departments(self) -> tuple[Department, ...]:
        """The assessed departments in printing order."""
        return self.assessment.departments

    @cached_property
    def groups(self) -> dict[str, list[Department]]:
        """The departments of each group that has any, in printing order."""
        found: dict[str, list[Department]] = {one: [] for one in self.assessment.register.groups}
        for department in self.departments:
            found[department.group].append(department)
        return {group: own for group, own in found.items() if own}

    @cached_property
    def places(self) -> int:
        """Decimals of points."""
        return self.rubric.rounding.item_places

    @cached_property
    def power(self) -> int:
        """Units in one point."""
        return int(10**self.places)

    @cached_property
    def items(self) -> list[tuple[Section, Item]]:
        """The base items with their sections, in printing order."""
        return [(section, one) for section in self.rubric.base_sections for one in section.items]

    @cached_property
    def outside(self) -> list[Section]:
        """Bonus sections, then malus sections."""
        return self.outside_of("bonus") + self.outside_of("malus")

    def outside_of(self, kind: str) -> list[Section]:
        """The sections of one kind outside the base."""
        return [section for section in self.rubric.sections if section.kind == kind]

    @cached_property
    def is_signed(self) -> bool:
        """Whether points may fall below zero somewhere, so that rounding has to look at the sign."""
        floors = [self.rubric.floor_of(item) for _, item in self.items]
        return None in floors or not isinstance(self.rubric.floors.total, Fraction)

    @cached_property
    def scores(self) -> dict[str, dict[str, Score]]:
        """Department to item to its score."""
        frame = self.assessment.scores
        found: dict[str, dict[str, Score]] = {one.code: {} for one in self.departments}
        texts = (_listed(frame[name]) for name in ("department", "item", "state", "self_points"))
        points, full = (self._all_units(frame[name]) for name in ("points", "full_points"))
        for code, item, state, own, earned, most in zip(*texts, points, full, strict=True):
            is_number = earned is not None and most > 0
            found[code][item] = Score(earned, most, state, own, is_number)
        return found

    def _all_units(self, points: pd.Series[Any]) -> list[Any]:
        """A column of points in units, None where there are none."""
        scaled = pc.multiply(pa.array(points, from_pandas=True), pa.scalar(Decimal(self.power)))
        whole: list[Any] = pc.cast(scaled, pa.int64()).to_pylist()
        return whole

    def units(self, points: Decimal) -> int:
        """Points, which have no finer decimals, in units."""
        return int(points.scaleb(self.places))

    @cached_property
    def adjusted(self) -> Mapping[tuple[str, str], int]:
        """Units of bonus or malus by department and item."""
        wanted = {item.id for section in self.outside for item in section.items}
        rules = self.assessment.rules
        rules = rules[rules["item"].isin(wanted)]
        found: dict[tuple[str, str], int] = defaultdict(int)
        names = (_listed(rules[name]) for name in ("department", "item"))
        for code, item, units in zip(*names, self._all_units(rules["points"]), strict=True):
            found[code, item] += units or 0
        return found

    @cached_property
    def totals(self) -> dict[str, dict[str, Any]]:
        """Department to its row of totals, missing texts empty."""
        rows = self.assessment.totals.to_dict("records")
        return {
            row["department"]: {str(name): _plain(value) for name, value in row.items()}
            for row in rows
        }

    @cached_property
    def zeroed(self) -> frozenset[str]:
        """Departments whose total a veto takes whole."""
        taking = {
            (item.id, rule.id)
            for _, item in self.rubric.lines
            for rule in item.rules
            if rule.effect.veto and rule.effect.veto.total_zero
        }
        found = self.assessment.adjustments
        vetoes = found[found["kind"] == "veto"]
        rows = zip(vetoes["department"], vetoes["item"], vetoes["rule"], strict=True)
        return frozenset(code for code, item, rule in rows if (item, rule) in taking)

    def section(self, code: str, section: Section) -> int:
        """Units of a section as it enters the total."""
        own = self.scores[code]
        added = sum(own[item.id].points or 0 for item in section.items if own[item.id].is_number)
        return section_units(self.rubric, section, added)

    def names(self, codes: list[str], most: int) -> str:
        """Short names of departments; beyond so many only how many they are."""
        if not codes:
            return "—"
        by_code = self.assessment.register.by_code
        named = "、".join(by_code[code].short for code in codes[:most])
        return named + (f"等{len(codes)}个" if len(codes) > most else "")


def _listed(column: pd.Series[Any]) -> list[Any]:
    """A column's values, None where there are none."""
    listed: list[Any] = pa.array(column, from_pandas=True).to_pylist()
    return listed


def _plain(value: Any) -> Any:
    return "" if pd.isna(value) else value
