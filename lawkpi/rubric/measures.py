"""Measures: what is counted, without points.

Each measure names one ledger and up to two sides. `due` is what should have happened, `done` what
did; `done` always lies inside `due`. A measure over records looks at rows of the assessment period
only, by the ledger's `period_by` or its own; `period_by: none` takes every row.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, Protocol, cast

from pydantic import Field, ValidationInfo, model_validator

from lawkpi.params import Period, Points, Strict
from lawkpi.rubric.predicate import EVERY_ROW, PredicateField
from lawkpi.rubric.shapes.base import MeasureKind

Empty = Literal["not_applicable", "full", "pending"]
"""What an empty `due` side means: out of the base, nothing to lose, or a person decides."""


class Counted(Strict):
    """What measures over rows share: the ledger, the period's date, who is charged, the unit.

    `window` is a part of the assessment period that a figure is counted over instead of the whole.
    """

    ledger: str
    period_by: str | None = None
    charged_by: str | None = None
    window: Period | None = None
    unit: str = "项"


class CountMeasure(Counted):
    """The number of rows that satisfy `where`."""

    where: PredicateField = EVERY_ROW


class Named(Strict):
    """The named rate that a measure was made from, with the counting rule in words."""

    rate: str
    title: str
    chosen: dict[str, str]
    counting_rule: dict[str, str]


class RateMeasure(Counted):
    """Rows that are due, and those of them that are done.

    `min_base`: below so many due rows `below_base` applies instead of the shape. `named` tells
    which named rate and counting rule the two sides came from.
    """

    due: PredicateField = EVERY_ROW
    done: PredicateField
    empty: Empty
    min_base: int = 1
    below_base: Empty | None = None
    named: Named | None = None

    @model_validator(mode="after")
    def _base_declared(self) -> RateMeasure:
        if self.min_base > 1 and self.below_base is None:
            raise ValueError("写明 min_base 时应写明 below_base（基数不足时如何处理）")
        return self


class NamedUse(Strict):
    """`named_rate:` of a rule: a rate by its name, every switch of its counting rule chosen."""

    rate: str
    counting_rule: dict[str, str] = Field(default_factory=dict)
    charged_by: str | None = None
    window: Period | None = None
    empty: Empty
    min_base: int = 1
    below_base: Empty | None = None


class NamedRates(Protocol):
    """What turns the name of a rate into a measure: the rates of params/rates/."""

    def measure(self, use: NamedUse) -> RateMeasure:
        """The measure that a use of a named rate stands for."""


RATES = "rates"
"""The name under which a rubric is given the named rates when it is read."""


class StateMeasure(Counted):
    """The state of a department's one row that satisfies `where`, in `column`.

    `missing` is the state when there is no such row; without it the item is 待核.
    """

    column: str
    where: PredicateField = EVERY_ROW
    missing: str | None = None


class EnteredMeasure(Strict):
    """Two sides or a state that an office entered by hand with its source.

    Read from the ledger `entered` by item and department; without a row the item is 待核.
    """

    gives: Literal["rate", "count", "state"]
    unit: str = "项"
    empty: Empty = "pending"


class JudgedMeasure(Strict):
    """Points that the scoring office judged, within `at_most`, with reason and person.

    Read from the ledger `judged` by item and department; without a row the item is 待核.
    """

    at_most: Points
    unit: str = "项"


Measure = CountMeasure | RateMeasure | StateMeasure | EnteredMeasure | JudgedMeasure


class MeasureBox(Strict):
    """`measure:` of a rule; one name, one measure.

    `named_rate` is only a way to write a rate: once read, it is a `rate` with its conditions.
    """

    count: CountMeasure | None = None
    rate: RateMeasure | None = None
    named_rate: NamedUse | None = None
    state: StateMeasure | None = None
    entered: EnteredMeasure | None = None
    judged: JudgedMeasure | None = None

    @model_validator(mode="after")
    def _one(self) -> MeasureBox:
        if len(self._given()) != 1:
            raise ValueError(f"measure 应当且只能写一种：{'、'.join(type(self).model_fields)}")
        return self

    @model_validator(mode="after")
    def _written_out(self, info: ValidationInfo) -> MeasureBox:
        if self.named_rate is None:
            return self
        rates: NamedRates | None = (info.context or {}).get(RATES)
        if rates is None:
            raise ValueError("named_rate 只能写在考核文件夹的考核细则中")
        measure = rates.measure(self.named_rate)
        return self.model_copy(update={"named_rate": None, "rate": measure})

    def _given(self) -> list[str]:
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    @cached_property
    def name(self) -> str:
        """The name it was written under."""
        return self._given()[0]

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return cast("Measure", getattr(self, self.name))

    @property
    def kind(self) -> MeasureKind:
        """What it hands to a shape."""
        if self.entered is not None:
            return self.entered.gives
        return cast("MeasureKind", self.name)

    @property
    def ledger(self) -> str:
        """The ledger it reads."""
        return self.measure.ledger if isinstance(self.measure, Counted) else self.name
