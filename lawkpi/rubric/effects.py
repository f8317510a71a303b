"""Effects: where a rule's points go.

`deduct` lowers its item and `award` raises it, within the item; `bonus` and `malus` stand outside the
items; `veto` limits the grade, or takes the whole total. Fixed order inside a rule: multipliers, same
matter, the rule's cap; then shared caps and the item's floor.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal, cast

from pydantic import Field, model_validator

from lawkpi.params import OneOf, Points, Strict
from lawkpi.rubric.predicate import PredicateField
from lawkpi.rubric.shapes.lines import Line, LineField

EffectKind = Literal["deduct", "award", "bonus", "malus", "veto"]
_VERBS: dict[EffectKind, str] = {
    "deduct": "扣",
    "award": "得",
    "bonus": "加",
    "malus": "减",
}


class Multiplier(Strict):
    """A record that satisfies `when` is worth `times` as much ("2" doubles, "0.5" halves)."""

    when: PredicateField = Field(title="条件")
    times: Points = Field(title="倍数")


class SameMatter(Strict):
    """Of several records of one matter only the dearest counts.

    `by` is the column that names the matter. Rules of one `pool` are looked at together; without a
    pool the rule stands alone. Records whose matter is blank stand for themselves.
    """

    by: str = Field(title="同一事项的列")
    keep: Literal["highest"] = Field(title="保留")
    pool: str | None = Field(default=None, title="合并比较的名称")


class Amounting(Strict):
    """At most `cap` points from this rule; none means up to the item or section.

    Where several multipliers hold, `combine` says whether they are multiplied or the largest counts.
    """

    cap: Points | None = Field(default=None, title="本规则上限")
    multipliers: tuple[Multiplier, ...] = Field(default=(), title="加倍、减半")
    combine: Literal["product", "largest"] | None = Field(default=None, title="多个倍数")
    same_matter: SameMatter | None = Field(default=None, title="同一事项")

    @model_validator(mode="after")
    def _combined(self) -> Amounting:
        if (len(self.multipliers) > 1) != (self.combine is not None):
            raise ValueError(
                "有两个以上 multipliers 的应写明 combine（product 或 largest），其他的不写"
            )
        return self


class Veto(Strict):
    """What a veto takes: grades above a limit, the whole total, or a right.

    It holds at one occurrence or more; at `at_least` so many, or `below` so much, where they are written (a
    rate or an amount needs one of them). Where nothing is due it does not hold.
    """

    at_least: LineField | None = Field(default=None, title="达到此数时")
    below: LineField | None = Field(default=None, title="低于此数时")
    grade_at_most: str | None = Field(default=None, title="等次不高于")
    total_zero: bool = Field(default=False, title="总分计0分")
    cancels: str = Field(default="", title="取消的资格")

    @model_validator(mode="after")
    def _something(self) -> Veto:
        if not (self.grade_at_most or self.total_zero or self.cancels):
            raise ValueError("veto 应写明 grade_at_most、total_zero 或 cancels")
        if self.at_least is not None and self.below is not None:
            raise ValueError("veto 的 at_least 与 below 只写一个")
        return self

    @property
    def line(self) -> Line:
        """Where it begins to hold: one occurrence where nothing is written."""
        return self.at_least or self.below or Line(Fraction(1), is_share=False)

    @property
    def is_written(self) -> bool:
        """Whether the line was written."""
        return self.at_least is not None or self.below is not None

    def holds(self, figure: Fraction) -> bool:
        """Whether a figure (a share of one, or a number) is on its side of the line."""
        return figure < self.line.value if self.below is not None else figure >= self.line.value

    def when_text(self, unit: str) -> str:
        """When it holds, in words: 有1件以上的, 低于60%的."""
        if self.below is not None:
            return f"低于{self.line.said(unit)}的"
        had = "达到" if self.line.is_share else "有"
        return f"{had}{self.line.said(unit)}以上的"

    @property
    def text(self) -> str:
        """What follows, in words."""
        parts = [
            f"建议等次不高于{self.grade_at_most}" if self.grade_at_most else "",
            "总分计0分" if self.total_zero else "",
            self.cancels,
        ]
        return "，".join(part for part in parts if part)


class EffectBox(OneOf):
    """`effect:` of a rule."""

    box: ClassVar[str] = "effect"

    deduct: Amounting | None = Field(default=None, title="扣分")
    award: Amounting | None = Field(default=None, title="得分")
    bonus: Amounting | None = Field(default=None, title="加分")
    malus: Amounting | None = Field(default=None, title="减分")
    veto: Veto | None = Field(default=None, title="一票否决")

    @property
    def kind(self) -> EffectKind:
        """The name it was written under."""
        return cast("EffectKind", self.name)

    @property
    def verb(self) -> str:
        """What it does to points, in one word; empty for a veto."""
        return _VERBS.get(self.kind, "")

    @property
    def loss_verb(self) -> str:
        """How its points are said of one record: what was not awarded is missing, not taken."""
        return "少得" if self.kind == "award" else self.verb

    @property
    def amounting(self) -> Amounting | None:
        """How points come together; None for a veto."""
        return self.deduct or self.award or self.bonus or self.malus

    @property
    def cap(self) -> Points | None:
        """The rule's own cap."""
        return self.amounting.cap if self.amounting else None
