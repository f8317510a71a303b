"""Adjustments of the scoring offices (核分调整): read from their ledger, checked against the items, said.

A positive figure adds points to a finished item, a negative one takes them. What cannot enter its item
(unknown item, item without points, beyond full points or below the floor) is refused, all at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lawkpi.errors import Finding, ResultError, Severity
from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts, value_text
from lawkpi.measure.truth import smallest_units
from lawkpi.params import points_text
from lawkpi.result.mask import shown_name
from lawkpi.result.sentences import Said
from lawkpi.rubric.model import Item, Rubric
from lawkpi.scoring import ADJUSTABLE, ItemScores, ItemTerms, adjusted, bounds_at, fits

if TYPE_CHECKING:
    from lawkpi.result.scene import Row, Scene

ADJUSTMENTS = "adjustments"
"""The ledger of adjustments; an assessment that does not list it has none."""


@dataclass(frozen=True)
class _Wrong:
    """Why an adjustment is refused: code, what, expected."""

    code: str
    what: str
    expected: str


class Adjusting:
    """The adjustments of one assessment on their way into its items."""

    def __init__(self, rubric: Rubric, facts: Facts, codes: Sequence[str]) -> None:
        self.ledger: Ledger | None = facts.ledgers.get(ADJUSTMENTS)
        self.power = 10**rubric.rounding.item_places
        self.rubric = rubric
        self.place = {code: place for place, code in enumerate(codes)}
        self.findings: list[Finding] = []

    def applied(
        self, items: Sequence[ItemScores], terms: Mapping[str, ItemTerms]
    ) -> list[ItemScores]:
        """The items with their adjustments.

        Raises
        ------
        ResultError RESULT_ADJUSTMENT_REFUSED : some cannot enter their item, each with its row
        """
        if self.ledger is None or not len(self.ledger):
            return list(items)
        known = {one.item.id: one for one in items}
        amounts = self._amounts(known)
        for (item, place), rows in amounts.items():
            self._check(known[item], terms[item], place, rows)
        self._refuse()
        sums: dict[str, dict[int, int]] = {}
        for (item, place), rows in amounts.items():
            sums.setdefault(item, {})[place] = sum(rows.values())
        return [adjusted(one, sums.get(one.item.id, {})) for one in items]

    def _amounts(self, known: Mapping[str, ItemScores]) -> dict[tuple[str, int], dict[int, int]]:
        """Item and place to the units of each row of the ledger."""
        found: dict[tuple[str, int], dict[int, int]] = {}
        for row, (item, code, units) in enumerate(self._rows()):
            wrong = self._unusable(item, code, units, known)
            if wrong is not None:
                self._note(row, wrong)
            elif units is not None:
                found.setdefault((item, self.place[code]), {})[row] = int(units)
        return found

    def _rows(self) -> Iterator[tuple[str, str, Fraction | None]]:
        """Item, department and units of every row; no units where they cannot be read."""
        frame = self._frame
        whole, scale = smallest_units(self._given, "points")
        blank = frame["points"].isna().to_numpy() | self._given.unknown_in("points")
        cells = zip(frame["item"].tolist(), frame["department"].tolist(), strict=True)
        for row, (item, code) in enumerate(cells):
            units = None if blank[row] else Fraction(int(whole[row]) * self.power, scale)
            yield str(item), str(code), units

    def _unusable(
        self, item: str, code: str, units: Fraction | None, known: Mapping[str, ItemScores]
    ) -> _Wrong | None:
        """What is wrong with a row before its item is looked at."""
        if item not in known:
            there = self.rubric.item(item) is not None
            what = "不是基础分指标，不作核分调整" if there else "不在考核细则之内"
            return _Wrong("RESULT_ADJUSTMENT_ITEM", f"第{item}项{what}", "基础分部分的指标编号")
        if code not in self.place:
            return _Wrong("RESULT_ADJUSTMENT_DEPARTMENT", "该单位不是被考核单位", "被考核单位")
        if units is None:
            return _Wrong("RESULT_ADJUSTMENT_UNREADABLE", "调整分未填或无法识别", "数字")
        if units.denominator != 1:
            places = self.rubric.rounding.item_places
            return _Wrong(
                "RESULT_ADJUSTMENT_DECIMALS", "调整分的小数位数多于得分", f"最多{places}位小数"
            )
        return None

    def _check(
        self, scores: ItemScores, terms: ItemTerms, place: int, rows: Mapping[int, int]
    ) -> None:
        """Whether the item has points, and keeps within its bounds."""
        state, first = scores.state[place], next(iter(rows))
        item = scores.item.id
        if state not in ADJUSTABLE:
            what = f"第{item}项对该单位{state.label}，没有得分可以调整"
            self._note(first, _Wrong("RESULT_ADJUSTMENT_STATE", what, "已计分的指标"))
            return
        if fits(scores, terms, place, sum(rows.values())):
            return
        bounds, own = bounds_at(terms, place), scores.points[place]
        least = "" if bounds.least is None else f"不低于{self._text(bounds.least)}分，"
        what = (
            f"第{item}项系统得分{self._text(own)}分，调整后为"
            f"{self._text(own + sum(rows.values()))}分，超出本项的最低分或分值"
        )
        expected = f"调整后{least}不高于{self._text(bounds.most)}分"
        self._note(first, _Wrong("RESULT_ADJUSTMENT_BEYOND", what, expected))

    def _text(self, units: Any) -> str:
        return points_text(Fraction(int(units), self.power))

    def _note(self, row: int, wrong: _Wrong) -> None:
        cells = self._frame.iloc[row]
        self.findings.append(
            Finding(
                code=wrong.code,
                severity=Severity.ERROR,
                what=wrong.what,
                file=str(cells["file"]),
                sheet=str(cells["sheet"]),
                cell=f"第{cells['row']}行",
                found="" if pd.isna(cells["points"]) else f"{cells['points']:g}",
                expected=wrong.expected,
                todo="更正核分调整登记表",
                department=str(cells["department"]),
            )
        )

    def _refuse(self) -> None:
        if self.findings:
            raise ResultError(
                "RESULT_ADJUSTMENT_REFUSED",
                f"有 {len(self.findings)} 处核分调整不能计入，未计分",
                todo="按下列问题更正后重新运行；系统不会自动压到上下限",
                findings=self.findings,
            )

    @property
    def _given(self) -> Ledger:
        if self.ledger is None:
            raise TypeError("no ledger of adjustments")
        return self.ledger

    @property
    def _frame(self) -> pd.DataFrame:
        return self._given.frame


def adjustment_rows(scene: Scene, item: Item, code: str) -> Iterator[Row]:
    """Rows of `losses`: one for each adjustment; what was added is a loss below zero."""
    ledger = scene.scored.facts.ledgers.get(ADJUSTMENTS)
    if ledger is None:
        return
    frame = ledger.frame
    own = ((frame["item"] == item.id) & (frame["department"] == code)).to_numpy(dtype=bool)
    whole, scale = smallest_units(ledger, "points")
    order = frame["number"].fillna(0).to_numpy(dtype=np.int64)
    for row in sorted(np.flatnonzero(own), key=lambda one: (order[one], one)):
        place, number = int(row), int(whole[row])
        amount = scene.points(Fraction(number * 10**scene.places, scale))
        verb = "核减" if number < 0 else "核增"
        said = Said(_fact(ledger, place), scene.speaker.place(ledger, place), abs(amount), verb)
        yield {
            "department": code,
            "item": item.id,
            "rule": None,
            "points": -amount,
            "ledger": ADJUSTMENTS,
            **scene.speaker.origin(ledger, place),
            "sentence": scene.speaker.deduction(item, said),
            "basis": item.basis_text,
        }


def _fact(ledger: Ledger, row: int) -> str:
    """The adjustment as it was registered: reason, person by surname, day, decision."""
    cells: dict[str, Any] = {str(name): one for name, one in ledger.frame.iloc[row].items()}
    texts = {
        name: value_text(ledger.schema, name, cells[name])
        for name in ("reason", "adjusted_on", "decision")
    }
    person = "（空）" if pd.isna(cells["person"]) else shown_name(str(cells["person"]))
    paper = "" if pd.isna(cells["decision"]) else f"，依据{texts['decision']}"
    return f"核分调整：{texts['reason']}，调整人{person}，{texts['adjusted_on']}{paper}"


def signed_points(points: Fraction) -> str:
    """An adjustment as it is read: with its sign."""
    return f"{'+' if points > 0 else ''}{points_text(points)}"
