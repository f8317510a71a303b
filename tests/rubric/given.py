"""The tiny rubric, mended in one place, as text and as model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from lawkpi.params import read_yaml
from tests.support.tiny import RUBRIC

CASES = Path(__file__).parents[1] / "cases" / "rubric"
EXAMPLE = Path(__file__).parents[2] / "params" / "gaoxin-2022"


def cases(name: str) -> list[Any]:
    content = read_yaml(CASES / f"{name}.yaml")
    return [pytest.param(case, id=case["name"]) for case in content]


def mended(case: Mapping[str, Any]) -> str:
    """The tiny rubric with one passage replaced where it stands first; stale cases are refused."""
    old, new = case["replace"], case["by"]
    if old not in RUBRIC:
        raise LookupError(old)
    text = RUBRIC
    if case.get("shape"):
        text = text.replace('shape: {shortfall: {target: 4, points: "0.5"}}', case["shape"], 1)
    if case.get("inline"):
        place = text.index(old)
        indent = place - text.rindex("\n", 0, place) - 1
        new = ("\n" + " " * indent).join(new.rsplit(", ", 1))
    return text.replace(old, new, 1)
