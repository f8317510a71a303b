"""The box a shape stands in: exactly one of the known names."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from pydantic import model_validator

from lawkpi.params import Strict
from lawkpi.rubric.shapes.as_judged import AsJudged
from lawkpi.rubric.shapes.base import Shape
from lawkpi.rubric.shapes.each import Each
from lawkpi.rubric.shapes.gate import Gate
from lawkpi.rubric.shapes.linear import Linear
from lawkpi.rubric.shapes.shortfall import Shortfall
from lawkpi.rubric.shapes.states import States
from lawkpi.rubric.shapes.steps import Steps


class ShapeBox(Strict):
    """`shape:` of a rule; one name, one shape."""

    each: Each | None = None
    gate: Gate | None = None
    steps: Steps | None = None
    linear: Linear | None = None
    shortfall: Shortfall | None = None
    states: States | None = None
    as_judged: AsJudged | None = None

    @model_validator(mode="after")
    def _one(self) -> ShapeBox:
        if len(self._given()) != 1:
            raise ValueError(f"shape 应当且只能写一种：{'、'.join(type(self).model_fields)}")
        return self

    def _given(self) -> list[str]:
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    @cached_property
    def name(self) -> str:
        """The name it was written under."""
        return self._given()[0]

    @property
    def shape(self) -> Shape:
        """The shape itself."""
        return cast("Shape", getattr(self, self.name))
