"""What every shape answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from lawkpi.params import Strict
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.expression import DONE, DUE, Expression, Ratio

MeasureKind = Literal["count", "rate", "state", "judged"]
"""What a measure hands to a shape: a count, two sides, a state, judged points."""

Shares = Literal["per_record", "equal", "one_line"]
"""How a loss falls on its records: the same each, shared out equally, or one line for all."""


@dataclass(frozen=True)
class Reading:
    """The counts of one department, as a sentence needs them."""

    kind: MeasureKind
    unit: str
    done: int
    due: int
    verb: str = "扣"
    state: str = ""

    @property
    def missing(self) -> int:
        """What is due and not done; for a plain count, the count itself."""
        return self.due - self.done if self.kind == "rate" else self.done

    @property
    def counts(self) -> str:
        """The counts and, for a rate, the per cent to two places (for reading only)."""
        if self.kind != "rate":
            return f"共{self.done}{self.unit}"
        rate = rounded_percent(Fraction(self.done, self.due)) if self.due else "无基数"
        return f"应计{self.due}{self.unit}、已计{self.done}{self.unit}（{self.done}/{self.due}，{rate}）"


class Shape(Strict, ABC):
    """Turns the counts of a measure into points.

    `kinds` are the measures it can follow; `shares` says how points fall on records.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]]
    shares: ClassVar[Shares]

    @abstractmethod
    def amount(self, kind: MeasureKind) -> Ratio:
        """Points as an exact tree over the counts."""

    def unit_points(self) -> Fraction | None:
        """Points of a single record, where each costs the same."""
        return None

    @property
    def caused_by_done(self) -> bool:
        """Whether the rows on the `done` side cause the loss (lost cases), not the missing ones."""
        return False

    @abstractmethod
    def rule_text(self, reading: Reading) -> str:
        """The rule in one Chinese clause, without any department's counts."""

    def most(self) -> Fraction | None:
        """The largest amount the shape can reach; None without bound."""
        return None


def missing_count(kind: MeasureKind) -> Expression:
    """The number a per-occurrence shape multiplies."""
    return DUE - DONE if kind == "rate" else DONE


def rounded_percent(rate: Fraction) -> str:
    """A rate for reading: per cent, two places, half up."""
    units = (2 * rate.numerator * 10_000 + rate.denominator) // (2 * rate.denominator)
    return percent_text(Fraction(units, 10_000))
