"""What every shape answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal

from lawkpi.params import Strict, points_text
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.expression import DONE, DUE, Const, Expression, Larger, Ratio
from lawkpi.rubric.shapes.lines import Line

MeasureKind = Literal["count", "amount", "rate", "state", "points"]
"""What a measure hands to a shape: a count, a number with decimals, two sides, a state, points."""

Shares = Literal["per_record", "equal", "one_line"]
"""How a loss falls on its records: the same each, shared out equally, or one line for all."""

Compared = Literal["group", "baseline"]
"""Whom a shape compares with: the departments of the group, or a figure given beforehand."""


@dataclass(frozen=True)
class Words:
    """The ledger's own words, for shapes that name columns: titles, labels of codes, conditions.

    `times` are the conditions of the rule's multipliers, in order.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    times: tuple[str, ...] = ()

    def title(self, column: str) -> str:
        """The heading of a column."""
        return self.titles.get(column, column)

    def label(self, column: str, code: str) -> str:
        """The word of a code."""
        return self.labels.get(column, {}).get(code, code)


@dataclass(frozen=True)
class Reading:
    """The counts of one department, as a sentence needs them.

    `done` and `due` are whole numbers of `1/scale`; `is_share` marks a per cent figure that was given
    without counts, `is_quota` a figure over a
    quota; `rank` of `ranked` is the place in the group, `last` that from the last, `reference` what is
    compared with.
    """

    kind: MeasureKind
    unit: str
    done: int
    due: int
    verb: str = "扣"
    state: str = ""
    scale: int = 1
    is_share: bool = False
    is_quota: bool = False
    rank: int = 0
    last: int = 0
    ranked: int = 0
    reference: Fraction | None = None
    words: Words = Words()

    @property
    def missing(self) -> int:
        """What is due and not done; for a plain count, the count itself."""
        return self.due - self.done if self.kind == "rate" else self.done

    @property
    def counts(self) -> str:
        """The counts and, for a rate, the per cent to two places (for reading only)."""
        if self.kind != "rate":
            return f"共{self.number(self.done)}{self.unit}"
        rate = rounded_percent(Fraction(self.done, self.due)) if self.due else "无基数"
        if self.is_share:
            return f"为{rate}"
        due, done = self.number(self.due), self.number(self.done)
        if self.is_quota:
            return f"完成{done}{self.unit}，任务数{due}{self.unit}（完成率{rate}）"
        return f"应计{due}{self.unit}、已计{done}{self.unit}（{done}/{due}，{rate}）"

    def number(self, units: int) -> str:
        """A count in its own unit."""
        return points_text(Fraction(units, self.scale))


class Shape(Strict, ABC):
    """Turns the counts of a measure into points.

    `kinds` are the measures it can follow; `shares` says how points fall on records.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]]
    shares: ClassVar[Shares]

    @abstractmethod
    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:
        """Points as an exact tree over the counts, which are whole numbers of `1/scale`."""

    def unit_points(self) -> Fraction | None:
        """Points of a single record, where each costs the same."""
        return None

    @property
    def caused_by_done(self) -> bool:
        """Whether the rows on the `done` side cause the loss (lost cases), not the missing ones."""
        return False

    @property
    def is_by_record(self) -> bool:
        """Whether the points are summed record by record, each by its own columns."""
        return False

    @property
    def compares(self) -> Compared | None:
        """Whom it compares with; None for a department's own counts."""
        return None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The thresholds it was given: shares for rates, numbers for counts."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the ledger it looks at."""
        return ()

    @abstractmethod
    def rule_text(self, reading: Reading) -> str:
        """The rule in one Chinese clause, without any department's counts."""

    def most(self) -> Fraction | None:
        """The largest amount the shape can reach; None without bound."""
        return None


def missing_count(kind: MeasureKind) -> Expression:
    """The number a per-occurrence shape multiplies."""
    return Larger(DUE - DONE, Const(0)) if kind == "rate" else DONE


def rounded_percent(rate: Fraction) -> str:
    """A rate for reading: per cent, two places, half up."""
    units = (2 * rate.numerator * 10_000 + rate.denominator) // (2 * rate.denominator)
    return percent_text(Fraction(units, 10_000))
