"""Shapes: how counts become points, one small file each.

A shape is a parameter model that knows its arithmetic (`amount`, an expression tree), its reading
in Chinese (`rule_text`, `reading`) and how its points fall on records (`shares`). A new mechanism is
a new file and one line in `ShapeBox`.
"""

from lawkpi.rubric.shapes.as_judged import AsEntered, AsJudged
from lawkpi.rubric.shapes.base import Compared, MeasureKind, Reading, Shape, Shares, Words
from lawkpi.rubric.shapes.box import ShapeBox
from lawkpi.rubric.shapes.by_column import ByColumn
from lawkpi.rubric.shapes.by_rank import ByRank
from lawkpi.rubric.shapes.each import Each
from lawkpi.rubric.shapes.gate import Gate
from lawkpi.rubric.shapes.linear import Linear
from lawkpi.rubric.shapes.proportional import Proportional
from lawkpi.rubric.shapes.shortfall import Shortfall
from lawkpi.rubric.shapes.slopes import Slopes
from lawkpi.rubric.shapes.states import States
from lawkpi.rubric.shapes.steps import Steps
from lawkpi.rubric.shapes.tiers import Tier
from lawkpi.rubric.shapes.versus import Versus

__all__ = [
    "AsEntered",
    "AsJudged",
    "ByColumn",
    "ByRank",
    "Compared",
    "Each",
    "Gate",
    "Linear",
    "MeasureKind",
    "Proportional",
    "Reading",
    "Shape",
    "ShapeBox",
    "Shares",
    "Shortfall",
    "Slopes",
    "States",
    "Steps",
    "Tier",
    "Versus",
    "Words",
]
