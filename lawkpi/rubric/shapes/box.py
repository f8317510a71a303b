"""The box a shape stands in: exactly one of the known names."""

from __future__ import annotations

from typing import ClassVar, cast

from pydantic import Field

from lawkpi.params import OneOf
from lawkpi.rubric.shapes.as_judged import AsEntered, AsJudged
from lawkpi.rubric.shapes.base import Shape
from lawkpi.rubric.shapes.by_rank import ByRank
from lawkpi.rubric.shapes.each import Each
from lawkpi.rubric.shapes.gate import Gate
from lawkpi.rubric.shapes.linear import Linear
from lawkpi.rubric.shapes.proportional import Proportional
from lawkpi.rubric.shapes.shortfall import Shortfall
from lawkpi.rubric.shapes.slopes import Slopes
from lawkpi.rubric.shapes.states import States
from lawkpi.rubric.shapes.steps import Steps
from lawkpi.rubric.shapes.versus import Versus


class ShapeBox(OneOf):
    """`shape:` of a rule; one name, one shape."""

    box: ClassVar[str] = "shape"

    each: Each | None = Field(default=None, title="逐次计分")
    gate: Gate | None = Field(default=None, title="达标计分")
    steps: Steps | None = Field(default=None, title="分档计分")
    linear: Linear | None = Field(default=None, title="按百分点计分")
    slopes: Slopes | None = Field(default=None, title="分段按百分点计分")
    proportional: Proportional | None = Field(default=None, title="按比例计分")
    shortfall: Shortfall | None = Field(default=None, title="缺额计分")
    states: States | None = Field(default=None, title="按情形计分")
    by_rank: ByRank | None = Field(default=None, title="按名次计分")
    versus: Versus | None = Field(default=None, title="比较计分")
    as_judged: AsJudged | None = Field(default=None, title="按评定分")
    as_entered: AsEntered | None = Field(default=None, title="按录入分")

    @property
    def shape(self) -> Shape:
        """The shape itself."""
        return cast("Shape", getattr(self, self.name))
