"""What the tests of this room read: cases and their terms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.params import read_yaml

ROOT = Path(__file__).parents[2]


def cases(name: str) -> list[Any]:
    """The cases of one file as pytest parameters named by their sentence."""
    content = read_yaml(ROOT / "tests" / "cases" / "law" / f"{name}.yaml")
    return [pytest.param(case, id=str(case.get("name", case.get("year")))) for case in content]


def terms(given: dict[str, Any]) -> dict[str, Any]:
    """What was granted in a case, as arguments of last_days."""
    known = {key: given[key] for key in ("extended", "notified_on") if key in given}
    return {**known, "pauses": [tuple(pause) for pause in given.get("pauses", [])]}
