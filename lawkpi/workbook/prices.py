"""Prices: what each record counts, as one whole-number column where records are not worth the same.

Fixed order: price, multipliers, share, same matter. The kept record of a matter is chosen among several records,
perhaps of several rules: that is a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod

from lawkpi.result.held import HeldMarks, HeldWorth
from lawkpi.rubric.effects import Multiplier
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import ByColumn, Each
from lawkpi.rubric.shapes.tiers import Tier, ordered
from lawkpi.workbook.desk import Desk, Extra, LedgerSheet
from lawkpi.workbook.formula import NotLive
from lawkpi.workbook.marks import OPEN, Marker, Stored


@dataclass(frozen=True)
class Prices:
    """A column of whole numbers over one `base`; `why` says why it is values, where it is."""

    base: int
    formula: str | None
    stored: Stored
    why: str = ""


@dataclass(frozen=True)
class Priced:
    """A rule whose records have prices: its sheet, its marks, which records cost points.

    `test` is the formula for a record that costs points and `holds` where it does; `settled` is what the engine
    takes each record for.
    """

    desk: Desk
    title: str
    rule: Rule
    sheet: LedgerSheet
    marks: HeldMarks
    test: str
    holds: Sequence[bool]
    settled: HeldWorth

    def prices(self) -> Prices:
        """The column."""
        base = self._base()
        stored = self._stored(base)
        amounting = self.rule.effect.amounting
        if amounting is not None and amounting.same_matter is not None:
            return Prices(base, None, stored, "同一事项保留哪一条由系统确定")
        try:
            formula = self._formula()
        except NotLive:
            return Prices(base, None, stored, "条件不能用公式表达")
        return Prices(base, formula, stored)

    @property
    def _shape(self) -> Each:
        shape = self.rule.shape.shape if self.rule.shape else None
        if not isinstance(shape, Each):
            raise TypeError("only occurrences have prices")
        return shape

    def _base(self) -> int:
        return self._price_base() * self._times_base() * self._share_base()

    def _price_base(self) -> int:
        by, points = self._shape.by, self._shape.points
        if by is None:
            return points.denominator if points is not None else 1
        scale = (
            int(10 ** self.sheet.ledger.schema.places_of(by.column)) if by.factor is not None else 1
        )
        return by.denominator * scale

    @property
    def _multipliers(self) -> Sequence[Multiplier]:
        amounting = self.rule.effect.amounting
        return amounting.multipliers if amounting else ()

    def _times_base(self) -> int:
        denominators = [one.times.denominator for one in self._multipliers]
        return lcm(*denominators) if self._takes_largest else prod(denominators)

    @property
    def _takes_largest(self) -> bool:
        amounting = self.rule.effect.amounting
        return amounting is not None and amounting.combine == "largest"

    def _share_base(self) -> int:
        return self.marks.base

    def _stored(self, base: int) -> Stored:
        cells: Stored = [0] * len(self.sheet.ledger)
        for row, points in self.settled.counted.items():
            cells[row] = int(points * base)
        for row in self.settled.open:
            cells[row] = OPEN
        return [one if holds else 0 for one, holds in zip(cells, self.holds, strict=True)]

    def _formula(self) -> str:
        price, has_price = self._price()
        factors = [price, *self._times(), *self._parts()]
        number = "*".join(one for one in factors if one != "1") or "1"
        if has_price:
            number = f'IF({has_price},{number},"{OPEN}")'
        for unsure in self._unsure():
            number = f'IF({unsure},"{OPEN}",{number})'
        return f"IF({self.test},{number},0)"

    def _price(self) -> tuple[str, str]:
        """A record's price in whole parts of its base, and the test that it has one."""
        by, points = self._shape.by, self._shape.points
        if by is None:
            return str(points.numerator) if points is not None else "1", ""
        if by.points is not None:
            return self._by_word(by, by.points)
        cell, scale = self._number(by)
        if by.tiers is not None:
            number, within = _by_tier(by.tiers, cell, scale, by.denominator)
        else:
            number, within = _by_factor(by, cell, scale)
        return number, f"IF(ISNUMBER({self.sheet.cell(by.column)}),{within},1=0)"

    def _by_word(self, by: ByColumn, points: dict[str, Fraction]) -> tuple[str, str]:
        cell = self.sheet.cell(by.column)
        labels = self.sheet.ledger.schema.labels_of(by.column)
        number, tests = "0", []
        for code, own in reversed(list(points.items())):
            text = labels.get(code, code).replace('"', '""')
            tests.append(f'EXACT({cell},"{text}")')
            number = f"IF({tests[-1]},{int(own * by.denominator)},{number})"
        return number, tests[0] if len(tests) == 1 else f"OR({','.join(reversed(tests))})"

    def _number(self, by: ByColumn) -> tuple[str, int]:
        scale = int(10 ** self.sheet.ledger.schema.places_of(by.column))
        cell = self.sheet.cell(by.column)
        return (f"ROUND({cell}*{scale},0)" if scale > 1 else cell), scale

    def _times(self) -> list[str]:
        """How many times a record counts."""
        marker, several = Marker(self.desk), self._multipliers
        held = [(marker.held(self.sheet, one.when), one.times) for one in several]
        if not held:
            return []
        if self._takes_largest:
            base = self._times_base()
            each = ",".join(f"IF({when},{int(times * base)},0)" for when, times in held)
            return [f"IF(OR({','.join(when for when, _ in held)}),MAX({each}),{base})"]
        return [f"IF({when},{times.numerator},{times.denominator})" for when, times in held]

    def _unsure(self) -> list[str]:
        """The tests that a multiplier may or may not hold."""
        marker = Marker(self.desk)
        return [
            test for one in self._multipliers if (test := marker.undecided(self.sheet, one.when))
        ]

    def _parts(self) -> list[str]:
        """The department's part of a joint record: who else is charged does not change here."""
        if self.marks.base == 1:
            return []
        extra = Extra(f"{self.title} 责任份额（/{self.marks.base}）", self.marks.parts)
        return [self.sheet.at(self.sheet.added((self.title, "share"), lambda: extra))]


def _by_tier(tiers: Sequence[Tier], cell: str, scale: int, base: int) -> tuple[str, str]:
    """The first tier that holds the number decides."""
    number, tests = "0", []
    for tier in reversed(ordered(tiers)):
        tests.append(_inside(tier, cell, scale))
        number = f"IF({tests[-1]},{int(tier.points * base)},{number})"
    return number, tests[0] if len(tests) == 1 else f"OR({','.join(reversed(tests))})"


def _by_factor(by: ByColumn, cell: str, scale: int) -> tuple[str, str]:
    """The number itself, times the factor, within its range."""
    factor = by.factor if by.factor is not None else Fraction(1)
    bounds = [_bound(cell, ">=", (by.at_least or Fraction(0)) * scale)]
    bounds += [_bound(cell, "<=", by.at_most * scale)] if by.at_most is not None else []
    within = bounds[0] if len(bounds) == 1 else f"AND({','.join(bounds)})"
    return f"{cell}*{int(factor * by.denominator)}", within


def _inside(tier: Tier, cell: str, scale: int) -> str:
    lines = (("at_least", ">="), ("above", ">"), ("below", "<"), ("at_most", "<="))
    found = [
        _bound(cell, sign, line.value * scale)
        for name, sign in lines
        if (line := getattr(tier, name)) is not None
    ]
    return found[0] if len(found) == 1 else f"AND({','.join(found)})"


def _bound(cell: str, sign: str, value: Fraction) -> str:
    """A comparison of whole numbers."""
    own = cell if value.denominator == 1 else f"{cell}*{value.denominator}"
    return f"{own}{sign}{value.numerator}"
