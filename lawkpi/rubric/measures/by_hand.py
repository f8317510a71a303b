"""Measures by hand: what an office entered or judged, and what another item came to.

They are read from the ledgers `entered` and `judged` by item, rule and department. Without a row the
item is 待核: nothing is assumed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from lawkpi.params import Points, Strict
from lawkpi.rubric.measures.records import Empty, Trigger

Gives = Literal["rate", "ratio", "percent", "count", "amount", "state", "points"]


class EnteredMeasure(Strict):
    """A figure, a state or points that an office entered by hand with its source.

    `rate`: two whole numbers, done within due; `ratio`: the same where done may exceed due;
    `percent`: a printed per cent figure; `count` and `amount`: a whole or a decimal number;
    `state`: one of the words that the shape prices; `points`: a score from another office or rule.
    `proof`: without the number of its proof the entry is 待核, and so is one above `at_most`; a per
    cent figure lies within 100 unless `at_most` says more. `min_base`: below so many due `below_base`
    applies instead of the shape.
    """

    gives: Gives = Field(title="录入内容")
    unit: str = Field(default="项", title="计量单位")
    empty: Empty = Field(default="pending", title="无应计时")
    proof: bool = Field(default=False, title="须附佐证")
    at_most: Points | None = Field(default=None, title="最高")
    min_base: int = Field(default=1, ge=1, title="最低基数")
    below_base: Empty | None = Field(default=None, title="基数不足时")

    @model_validator(mode="after")
    def _bounded(self) -> EnteredMeasure:
        if self.at_most is not None and self.gives not in ("points", "amount", "percent"):
            raise ValueError("at_most 只用于录入 points、amount 或 percent")
        if self.min_base > 1 and self.gives not in ("rate", "ratio"):
            raise ValueError("min_base 只用于录入 rate 或 ratio")
        if (self.min_base > 1) != (self.below_base is not None):
            raise ValueError("min_base 与 below_base（基数不足时如何处理）应同时写明")
        return self


class JudgedMeasure(Strict):
    """Points that people judged, within a range, each with reason and person.

    `persons` is how many judge at least; several judgments are joined as `combine` says. Two signatures on
    one judgment are asked for by `second_person`. `only_when`: records decide whether there is anything
    to judge at all; where they do not, nothing is.
    """

    at_least: Points = Field(default=Fraction(0), title="最低")
    at_most: Points = Field(title="最高")
    unit: str = Field(default="项", title="计量单位")
    persons: int = Field(default=1, ge=1, title="评分人数")
    combine: Literal["single", "sum", "mean", "trimmed_mean"] = Field(
        default="single", title="多人评分的合成"
    )
    second_person: bool = Field(default=False, title="须有复核人")
    only_when: Trigger | None = Field(default=None, title="须评定的情形")

    @model_validator(mode="after")
    def _range_and_panel(self) -> JudgedMeasure:
        if self.at_least > self.at_most:
            raise ValueError("at_least 大于 at_most")
        least = {"single": 1, "sum": 1, "mean": 1, "trimmed_mean": 3}[self.combine]
        if self.persons < least or (self.combine == "single" and self.persons > 1):
            raise ValueError("persons 与 combine 不符：single 只一人，去掉最高最低分的至少三人")
        return self


class ItemPointsMeasure(Strict):
    """Whether another item's (or a section's, or the total) points are at most `at_most`.

    Only a veto can look at points (an item used up, and no award is left).
    """

    item: str | None = Field(default=None, title="指标编号")
    section: str | None = Field(default=None, title="部分编号")
    at_most: Points = Field(title="得分不高于")
    unit: str = Field(default="项", title="计量单位")

    @model_validator(mode="after")
    def _one(self) -> ItemPointsMeasure:
        if (self.item is None) == (self.section is None):
            raise ValueError("item 与 section 应当且只能写一个")
        return self
