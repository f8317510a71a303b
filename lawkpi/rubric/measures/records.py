"""Measures over records: rows of one ledger, chosen by predicates.

`done` always lies inside `due`. Rows of the assessment period only are looked at, by the ledger's
`period_by` or the measure's own; `period_by: none` takes every row.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from lawkpi.params import Period, Points, Strict
from lawkpi.rubric.predicate import EVERY_ROW, PredicateField

Empty = Literal["not_applicable", "full", "pending"]
"""What an empty `due` side means: out of the base, nothing to lose, or a person decides."""
Share = Literal["each_full", "equal", "lead_only", "by_share"]
"""How a record charged to several departments falls on them."""


def _columns(raw: Any) -> Any:
    return (raw,) if isinstance(raw, str) else raw


Columns = Annotated[tuple[str, ...], BeforeValidator(_columns)]
"""One column, or several."""


class Counted(Strict):
    """What measures over rows share: the ledger, the period's date, who is charged, the unit.

    `charged_by` and `share` say who is charged where it is not the ledger's own declaration; the
    first column is the lead. `window` is another stretch of time than the assessment period: a part
    of the year, or a year with its own cut-off date.
    """

    ledger: str = Field(title="台账")
    period_by: str | None = Field(default=None, title="计入期间的日期")
    charged_by: Columns | None = Field(default=None, title="计入单位的列")
    share: Share | None = Field(default=None, title="共同责任的分担")
    window: Period | None = Field(default=None, title="统计期间")
    unit: str = Field(default="项", title="计量单位")


class Chosen(Counted):
    """Rows that satisfy `where`."""

    where: PredicateField = Field(default=EVERY_ROW, title="计入条件")


class CountMeasure(Chosen):
    """The number of rows that satisfy `where`."""


class DistinctMeasure(Chosen):
    """The number of different contents of `column` among the rows that satisfy `where`."""

    column: str = Field(title="不重复计数的列")


class SumMeasure(Chosen):
    """The exact sum of a number column over the rows that satisfy `where`.

    No row at all is a sum of nothing, or what `empty` says where a figure has to be there.
    """

    column: str = Field(title="合计的列")
    empty: Empty | None = Field(default=None, title="无记录时")


class CompletionMeasure(Chosen):
    """How much of its quota a department reached: rows, or the sum of `column`, over its quota.

    The quota stands in the ledger `baselines`; without it the department is 待核. More than the quota
    may be done. A quota of nothing means `empty`.
    """

    column: str | None = Field(default=None, title="合计的列")
    empty: Empty = Field(title="无任务时")


class Trigger(Chosen):
    """What has to be on record before a person judges: so many rows or more, or so many at most."""

    at_least: int | None = Field(default=None, ge=1, title="不少于")
    at_most: int | None = Field(default=None, ge=0, title="不多于")

    @model_validator(mode="after")
    def _one(self) -> Trigger:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("at_least 与 at_most 应当且只能写一个")
        return self


class TwoSided(Strict):
    """What measures with a base share.

    `min_base`: below so many due rows `below_base` applies instead of the shape.
    """

    empty: Empty = Field(title="无应计时")
    min_base: int = Field(default=1, title="最低基数")
    below_base: Empty | None = Field(default=None, title="基数不足时")

    @model_validator(mode="after")
    def _base_declared(self) -> TwoSided:
        if self.min_base > 1 and self.below_base is None:
            raise ValueError("写明 min_base 时应写明 below_base（基数不足时如何处理）")
        return self


class MeanMeasure(Chosen, TwoSided):
    """The mean of a number column over the rows that satisfy `where`, as a share of `out_of`.

    `trim`: so many of the highest and of the lowest figures are left out first.
    """

    column: str = Field(title="平均的列")
    out_of: Points = Field(title="该列满分")
    trim: int = Field(default=0, ge=0, title="去掉最高、最低各几个")

    @model_validator(mode="after")
    def _something_left(self) -> MeanMeasure:
        if self.out_of <= 0:
            raise ValueError("out_of 应大于0")
        if self.min_base <= 2 * self.trim and self.trim:
            raise ValueError("去掉最高分、最低分的，min_base 应大于去掉的个数")
        return self


class Named(Strict):
    """The named rate that a measure was made from, with the counting rule in words."""

    rate: str = Field(title="比率")
    title: str = Field(title="名称")
    chosen: dict[str, str] = Field(title="所选口径")
    counting_rule: dict[str, str] = Field(title="口径")


class RateMeasure(Counted, TwoSided):
    """Rows that are due, and those of them that are done.

    `named` tells which named rate and counting rule the two sides came from.
    """

    due: PredicateField = Field(default=EVERY_ROW, title="应计条件")
    done: PredicateField = Field(title="已计条件")
    named: Named | None = Field(default=None, title="所用比率")


class NamedUse(TwoSided):
    """`named_rate:` of a rule: a rate by its name, every switch of its counting rule chosen."""

    rate: str = Field(title="比率")
    counting_rule: dict[str, str] = Field(default_factory=dict, title="口径")
    charged_by: Columns | None = Field(default=None, title="计入单位的列")
    window: Period | None = Field(default=None, title="统计期间")


class StateMeasure(Chosen):
    """The state of a department's row that satisfies `where`, in `column`.

    Of `several` rows the worst for the department counts, unless the best is asked for. `missing` is
    the state when there is no such row; without it the item is 待核.
    """

    column: str = Field(title="情形所在的列")
    missing: str | None = Field(default=None, title="无记录时的情形")
    several: Literal["worst", "best"] = Field(default="worst", title="有多条记录时")
