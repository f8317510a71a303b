"""Shapes: how counts become points, one small file each.

A shape is a parameter model that knows its arithmetic (`amount`, an expression tree), its reading
in Chinese (`rule_text`, `reading`) and how its points fall on records (`shares`). A new mechanism is
a new file and one line in `ShapeBox`.
"""

from lawkpi.rubric.shapes.as_judged import AsJudged
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.box import ShapeBox
from lawkpi.rubric.shapes.each import Each
from lawkpi.rubric.shapes.gate import Gate
from lawkpi.rubric.shapes.linear import Linear
from lawkpi.rubric.shapes.shortfall import Shortfall
from lawkpi.rubric.shapes.states import States
from lawkpi.rubric.shapes.steps import Steps

__all__ = [
    "AsJudged",
    "Each",
    "Gate",
    "Linear",
    "MeasureKind",
    "Reading",
    "Shape",
    "ShapeBox",
    "Shares",
    "Shortfall",
    "States",
    "Steps",
]
