"""The box a measure stands in: exactly one of the known names."""

from __future__ import annotations

from typing import ClassVar, Protocol, cast

from pydantic import Field, ValidationInfo, model_validator

from lawkpi.params import OneOf
from lawkpi.rubric.measures.by_hand import EnteredMeasure, ItemPointsMeasure, JudgedMeasure
from lawkpi.rubric.measures.records import (
    CompletionMeasure,
    Counted,
    CountMeasure,
    DistinctMeasure,
    MeanMeasure,
    NamedUse,
    RateMeasure,
    StateMeasure,
    SumMeasure,
)
from lawkpi.rubric.shapes.base import MeasureKind

Measure = (
    CountMeasure
    | RateMeasure
    | DistinctMeasure
    | SumMeasure
    | MeanMeasure
    | CompletionMeasure
    | StateMeasure
    | EnteredMeasure
    | JudgedMeasure
    | ItemPointsMeasure
)
_KINDS: dict[str, MeasureKind] = {
    "count": "count",
    "rate": "rate",
    "distinct": "count",
    "sum": "amount",
    "mean": "rate",
    "completion": "rate",
    "state": "state",
    "judged": "points",
    "item_points": "count",
}
_ENTERED: dict[str, MeasureKind] = {
    "rate": "rate",
    "ratio": "rate",
    "percent": "rate",
    "count": "count",
    "amount": "amount",
    "state": "state",
    "points": "points",
}


class NamedRates(Protocol):
    """What turns the name of a rate into a measure: the rates of params/rates/."""

    def measure(self, use: NamedUse) -> RateMeasure:
        """The measure that a use of a named rate stands for."""


RATES = "rates"
"""The name under which a rubric is given the named rates when it is read."""


class MeasureBox(OneOf):
    """`measure:` of a rule; one name, one measure.

    `named_rate` is only a way to write a rate: once read, it is a `rate` with its conditions.
    """

    box: ClassVar[str] = "measure"

    count: CountMeasure | None = Field(default=None, title="记录数")
    rate: RateMeasure | None = Field(default=None, title="比率")
    named_rate: NamedUse | None = Field(default=None, title="有名称的比率")
    distinct: DistinctMeasure | None = Field(default=None, title="不重复数")
    sum: SumMeasure | None = Field(default=None, title="合计数")
    mean: MeanMeasure | None = Field(default=None, title="平均数")
    completion: CompletionMeasure | None = Field(default=None, title="完成率")
    state: StateMeasure | None = Field(default=None, title="情形")
    entered: EnteredMeasure | None = Field(default=None, title="核定录入")
    judged: JudgedMeasure | None = Field(default=None, title="评分单位评定")
    item_points: ItemPointsMeasure | None = Field(default=None, title="某项得分")

    @model_validator(mode="after")
    def _written_out(self, info: ValidationInfo) -> MeasureBox:
        if self.named_rate is None:
            return self
        rates: NamedRates | None = (info.context or {}).get(RATES)
        if rates is None:
            raise ValueError("named_rate 只能写在考核文件夹的考核细则中")
        measure = rates.measure(self.named_rate)
        return self.model_copy(update={"named_rate": None, "rate": measure})

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return cast("Measure", getattr(self, self.name))

    @property
    def kind(self) -> MeasureKind:
        """What it hands to a shape."""
        return _ENTERED[self.entered.gives] if self.entered is not None else _KINDS[self.name]

    @property
    def is_share(self) -> bool:
        """Whether it is a per cent figure without counts behind it: a mean, or one that was entered."""
        is_entered = self.entered is not None and self.entered.gives == "percent"
        return is_entered or self.mean is not None

    @property
    def ledger(self) -> str:
        """The ledger it reads; empty for one that reads none."""
        if isinstance(self.measure, Counted):
            return self.measure.ledger
        return "" if self.item_points is not None else self.name
