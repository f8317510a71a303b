"""Parameters: strict YAML into frozen models.

The room promises that a file in params/ is either used exactly as written or refused with file
and line: unknown keys, repeated keys, numbers that YAML would turn into floats. Nothing has a
default that means zero. It knows nothing about what the parameters are for.
"""

from lawkpi.params.base import Strict
from lawkpi.params.dated import Dated, on_day, refuse_overlap
from lawkpi.params.numbers import Percent, Points, points_text
from lawkpi.params.one_of import OneOf
from lawkpi.params.reference import Reference, cited
from lawkpi.params.values import Day, Period
from lawkpi.params.yaml import load_each, load_model, read_yaml

__all__ = [
    "Dated",
    "Day",
    "OneOf",
    "Percent",
    "Period",
    "Points",
    "Reference",
    "Strict",
    "cited",
    "load_each",
    "load_model",
    "on_day",
    "points_text",
    "read_yaml",
    "refuse_overlap",
]
