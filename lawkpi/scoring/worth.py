"""Worth: what each causing record counts, by its own cells, multipliers, shares and matter.

Only rules that sum points record by record have it. Fixed order: price, multipliers, share, same
matter; caps come later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lawkpi.errors import RubricError
from lawkpi.measure import Facts, Measured, truth
from lawkpi.measure.truth import smallest_units
from lawkpi.rubric.effects import Multiplier, SameMatter
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import ByColumn, Each
from lawkpi.rubric.shapes.tiers import tier_of
from lawkpi.scoring.exact import Whole

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class RecordWorth:
    """One record of one department: its points, its matter, and whether another stood for it."""

    row: int
    points: Fraction
    matter: str | None = None
    times: Fraction = Fraction(1)
    is_covered: bool = False

    @property
    def counted(self) -> Fraction:
        """What enters the sum."""
        return Fraction(0) if self.is_covered else self.points


@dataclass(frozen=True)
class Worth:
    """The records of one rule per department's place, in row-id order.

    `open_rows` are the rows of each place that have no price, or of which a multiplier is not known:
    they leave the place `pending`.
    """

    records: Mapping[int, tuple[RecordWorth, ...]]
    open_rows: Mapping[int, tuple[int, ...]]
    size: int

    @property
    def pending(self) -> Flags:
        """Places that are 待核."""
        flags = np.zeros(self.size, dtype=bool)
        flags[list(self.open_rows)] = True
        return flags

    def matters(self) -> Iterator[tuple[int, RecordWorth]]:
        """The records that name a matter, each with its department's place."""
        for place, own in self.records.items():
            yield from ((place, record) for record in own if record.matter is not None)

    def among(self, included: Flags) -> Worth:
        """The records of some departments only: a rule has no word on the matters of others."""
        return replace(
            self,
            records={place: own for place, own in self.records.items() if included[place]},
            open_rows={place: own for place, own in self.open_rows.items() if included[place]},
        )

    def counts(self) -> dict[str, Whole]:
        """What the trees ask for: whole sums over one base per department."""
        sums = [
            sum((one.counted for one in self.records.get(place, ())), Fraction(0))
            for place in range(self.size)
        ]
        base = lcm(*(one.denominator for one in sums)) if sums else 1
        worth = np.array([int(one * base) for one in sums], dtype=object)
        return {"worth": worth, "worth_base": np.full(self.size, base, dtype=object)}


def worth(rule: Rule, measured: Measured, facts: Facts, departments: Sequence[str]) -> Worth:
    """What each causing record of a rule is worth.

    Parameters
    ----------
    departments : codes in the order of `measured`

    Raises
    ------
    RubricError RUBRIC_SHARE_UNDECLARED : joint records are divided, and the shape cannot be
    RubricError : a price or multiplier names a column that does not fit
    """
    shape = rule.shape.shape if rule.shape else None
    amounting = rule.effect.amounting
    if not isinstance(shape, Each) or amounting is None:
        raise RubricError(
            "RUBRIC_SHARE_UNDECLARED",
            f"规则{rule.id}的计分方式不能逐条分担《{measured.ledger.schema.title}》的共同责任",
            where="rubric.yaml",
            expected="逐条计分的 each，或在 measure 中写明 share: each_full 或 lead_only",
            todo="改正考核细则",
        )
    used = sorted({int(row) for rows in measured.causing.values() for row in rows})
    prices = _prices(shape, measured, used)
    times, unknown = _times(amounting.multipliers, amounting.combine, measured, facts)
    parts = _parts(measured, departments)
    matters = _matters(amounting.same_matter, measured)
    records: dict[int, tuple[RecordWorth, ...]] = {}
    open_rows: dict[int, tuple[int, ...]] = {}
    for place, rows in measured.causing.items():
        own = []
        for row in rows.tolist():
            price = prices[row]
            points = (price or Fraction(0)) * times[row] * parts.get((row, place), Fraction(1))
            own.append(RecordWorth(row, points, matters.get(row), times[row]))
        records[place] = tuple(own)
        unsure = tuple(row for row in rows.tolist() if prices[row] is None or unknown[row])
        if unsure:
            open_rows[place] = unsure
    return Worth(records, open_rows, len(departments))


def _prices(shape: Each, measured: Measured, rows: Sequence[int]) -> dict[int, Fraction | None]:
    """Each record's price; None where its cell has none."""
    if shape.by is None:
        return dict.fromkeys(rows, shape.points)
    by, ledger = shape.by, measured.ledger
    unknown = ledger.unknown_in(by.column)
    if by.points is not None:
        codes = ledger.frame[by.column].tolist()
        return {row: None if unknown[row] else by.points.get(codes[row]) for row in rows}
    units, scale = smallest_units(ledger, by.column)
    blank = ledger.frame[by.column].isna().to_numpy(dtype=bool) | unknown
    return {
        row: None if blank[row] else _priced(by, Fraction(int(units[row]), scale)) for row in rows
    }


def _priced(by: ByColumn, value: Fraction) -> Fraction | None:
    """A number's price: of its tier, or itself times the factor within the range."""
    if by.tiers is not None:
        tier = tier_of(by.tiers, value)
        return None if tier is None else tier.points
    low = by.at_least if by.at_least is not None else Fraction(0)
    if value < low or (by.at_most is not None and value > by.at_most):
        return None
    return value * (by.factor if by.factor is not None else Fraction(1))


def _times(
    multipliers: Sequence[Multiplier], combine: str | None, measured: Measured, facts: Facts
) -> tuple[list[Fraction], Flags]:
    """How many times each row counts, and where that is not known."""
    size = len(measured.ledger)
    holding: list[list[Fraction]] = [[] for _ in range(size)]
    unknown = np.zeros(size, dtype=bool)
    for one in multipliers:
        held = truth(one.when, measured.ledger, facts)
        unknown |= held.unknown
        for row in np.flatnonzero(held.yes).tolist():
            holding[row].append(one.times)
    return [_together(own, combine) for own in holding], unknown


def _together(times: Sequence[Fraction], combine: str | None) -> Fraction:
    if times and combine == "largest":
        return max(times)
    return prod(times, start=Fraction(1))


def _parts(measured: Measured, departments: Sequence[str]) -> dict[tuple[int, int], Fraction]:
    """The part of each row that falls on each place, where joint rows are divided."""
    if measured.marks is None or measured.marks.charges.base == 1:
        return {}
    charged = measured.marks.charges
    lines = zip(charged.rows, charged.places(departments), charged.parts, strict=True)
    return {(int(row), int(place)): Fraction(int(part), charged.base) for row, place, part in lines}


def _matters(same: SameMatter | None, measured: Measured) -> dict[int, str]:
    if same is None:
        return {}
    cells: list[Any] = measured.ledger.frame[same.by].tolist()
    return {row: str(cell) for row, cell in enumerate(cells) if not pd.isna(cell)}


def without_doubles(pool: Sequence[Worth]) -> list[Worth]:
    """Several rules' records with only the dearest of each matter and department counted.

    Of equals the first counts: earlier rules first, then rows in row-id order. Where a record of a matter has no
    price, which of them is the dearest is not known: all of them leave their department open.
    """
    kept: dict[Matter, tuple[Fraction, int, int]] = {}
    unsure: set[Matter] = set()
    for rule, one in enumerate(pool):
        for place, record in one.matters():
            key = (place, record.matter)
            if record.row in one.open_rows.get(place, ()):
                unsure.add(key)
            if key not in kept or record.points > kept[key][0]:
                kept[key] = (record.points, rule, record.row)
    return [_covered(one, rule, kept, unsure) for rule, one in enumerate(pool)]


Matter = tuple[int, str | None]
"""A department's place and a matter."""


def _covered(
    one: Worth, rule: int, kept: Mapping[Matter, tuple[Fraction, int, int]], unsure: set[Matter]
) -> Worth:
    def settled(place: int, record: RecordWorth) -> RecordWorth:
        if record.matter is None:
            return record
        stands = kept[place, record.matter][1:] == (rule, record.row)
        return replace(record, is_covered=not stands)

    records = {
        place: tuple(settled(place, record) for record in own) for place, own in one.records.items()
    }
    open_rows = {place: set(rows) for place, rows in one.open_rows.items()}
    for place, record in one.matters():
        if (place, record.matter) in unsure:
            open_rows.setdefault(place, set()).add(record.row)
    listed = {
        place: tuple(record.row for record in one.records[place] if record.row in rows)
        for place, rows in open_rows.items()
    }
    return replace(one, records=records, open_rows=listed)
