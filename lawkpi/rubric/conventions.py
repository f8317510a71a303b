"""Conventions of a whole rubric: rounding, floors, ranks, grades, what does not apply, classes."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lawkpi.params import Percent, Points, Strict
from lawkpi.rubric.shapes.lines import Line, LineField

ITEM_PLACES = 6
"""Decimals that an item is printed with where only the total is rounded."""


class Rounding(Strict):
    """Where and how points are rounded: each finished item once, or only the total."""

    at: Literal["item", "total"] = Field(title="舍入对象")
    places: int = Field(ge=0, le=4, title="小数位数")
    mode: Literal["half_up", "truncate"] = Field(title="舍入方式")

    @property
    def item_places(self) -> int:
        """Decimals that items are kept with; exact below the total all the same."""
        return self.places if self.at == "item" else ITEM_PLACES


class Ranking(Strict):
    """Ranks within the group, on printed totals or on exact ones; ties as declared.

    `tie_breakers` are sections or items whose points decide between equal totals, in order.
    """

    on: Literal["printed", "exact"] = Field(title="排名依据")
    ties: Literal["competition", "dense"] = Field(title="并列")
    tie_breakers: tuple[str, ...] = Field(default=(), title="总分相同时先比")


Treatment = Literal["redistribute_section", "redistribute_rubric", "leave_base", "full", "none"]
"""Where the points of an item that does not apply go.

`redistribute_section` and `redistribute_rubric` spread them over the other items of the section or of the
whole rubric; `leave_base` and `none` take them out of the base; `full` keeps them as earned.
"""


class NotApplicable(Strict):
    """What happens to items that do not apply, unless an item says otherwise.

    `empty_section` says what happens when a whole section does not apply.
    """

    default: Treatment = Field(title="不适用指标的分值")
    empty_section: Literal["redistribute_rubric", "leave_base"] = Field(
        default="leave_base", title="整部分不适用时"
    )


class OwnTreatment(Strict):
    """One item's own treatment: as a rubric's, or its points go `to` another item."""

    treatment: Treatment | None = Field(default=None, title="不适用时的分值")
    to: str | None = Field(default=None, title="并入的指标")

    @model_validator(mode="after")
    def _one(self) -> OwnTreatment:
        if (self.treatment is None) == (self.to is None):
            raise ValueError("treatment 与 to 应当且只能写一个")
        return self


Floor = Annotated[Points | Literal["none"], Field(union_mode="left_to_right")]
"""The least that points can come to; `none` lets them fall below zero."""


class Floors(Strict):
    """How low points can fall: of an item that does not say so itself, and of the total."""

    item: Floor = Field(title="单项最低")
    total: Floor = Field(title="总分最低")


class Quota(Strict):
    """How many departments of a group may have a grade: a number or a share of the group.

    `rounding` is for a share that is no whole number; `ties` says whether equal totals on the edge
    all stay in or all fall to the next grade.
    """

    share: Percent | None = Field(default=None, title="占本组比例")
    count: int | None = Field(default=None, ge=0, title="每组个数")
    rounding: Literal["down", "up", "half_up"] | None = Field(default=None, title="名额取整")
    ties: Literal["in", "out"] = Field(title="末位同分")

    @model_validator(mode="after")
    def _one(self) -> Quota:
        if (self.share is None) == (self.count is None):
            raise ValueError("share 与 count 应当且只能写一个")
        if (self.share is None) != (self.rounding is None):
            raise ValueError("按比例（share）定名额的应写明 rounding，其他的不写")
        return self


class Band(Strict):
    """A grade and the lowest total it takes: the line itself included (`at_least`) or not (`above`).

    The line is a number of points, or a share of the rubric's full points ("85%", 得分率).
    """

    grade: str = Field(title="等次")
    at_least: LineField | None = Field(default=None, title="不低于")
    above: LineField | None = Field(default=None, title="高于")
    quota: Quota | None = Field(default=None, title="名额")

    @model_validator(mode="after")
    def _one(self) -> Band:
        if (self.at_least is None) == (self.above is None):
            raise ValueError("at_least 与 above 应当且只能写一个")
        return self

    @property
    def line(self) -> Fraction:
        """The line, whichever side it belongs to: points, or a share where it is written as one."""
        return self.written.value

    @property
    def written(self) -> Line:
        """The line as it is written."""
        return self.at_least or self.above or Line(Fraction(0), is_share=False)

    def in_points(self, full: Fraction) -> Band:
        """The same band with its line in points, of so many full points."""
        if not self.written.is_share:
            return self
        line = Line(self.line * full, is_share=False)
        return self.model_copy(update={"above" if self.at_least is None else "at_least": line})

    @property
    def text(self) -> str:
        """The line in words: 90分, 得分率85%."""
        return f"得分率{self.written.text}" if self.written.is_share else self.written.said("分")

    @property
    def order(self) -> tuple[Fraction, bool]:
        """Where it stands among the others: by line, the line itself below what lies above it."""
        return self.line, self.above is not None


class GroupTerms(Strict):
    """What a class of departments has of its own: deductions count so many times."""

    deductions_times: Points = Field(title="扣分倍数")
