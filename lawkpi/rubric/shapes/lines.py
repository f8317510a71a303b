"""Lines: the thresholds of shapes, a share for rates ("95%") and a plain number for counts ("3")."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from lawkpi.params.numbers import parse_percent, parse_points, percent_text, points_text
from lawkpi.rubric.expression import DONE, DUE, Const, Expression

if TYPE_CHECKING:
    from lawkpi.rubric.shapes.base import MeasureKind

Steps = Literal["up", "down", "fraction"]
"""What a part of a step costs: a whole one, nothing, or its share. There is no default."""
STEPS: dict[Steps, str] = {
    "up": "不足一步按一步计",
    "down": "不足一步不计",
    "fraction": "不足一步按比例计",
}


@dataclass(frozen=True)
class Line:
    """A threshold: a share of one, or a number in the unit of the count."""

    value: Fraction
    is_share: bool

    @property
    def text(self) -> str:
        """As it is written: 95% or 3."""
        return percent_text(self.value) if self.is_share else points_text(self.value)

    def said(self, unit: str) -> str:
        """As it is read: 95%, or 3件."""
        return self.text if self.is_share else f"{self.text}{unit}"


def parse_line(text: object) -> Line:
    """A line from quoted text such as "95%" or "3"."""
    if isinstance(text, Line):
        return text
    if isinstance(text, str) and text.endswith("%"):
        return Line(parse_percent(text), is_share=True)
    return Line(parse_points(text), is_share=False)


LineField = Annotated[
    Line,
    BeforeValidator(parse_line),
    PlainSerializer(lambda line: line.text),
    WithJsonSchema({"type": "string"}),
]


def against(line: Line, kind: MeasureKind, scale: int) -> tuple[Expression, Expression]:
    """Two whole numbers that compare as the measured figure compares with a line."""
    value = line.value
    if kind == "rate":
        return DONE * value.denominator, DUE * value.numerator
    return DONE * value.denominator, Const(value.numerator * scale)
