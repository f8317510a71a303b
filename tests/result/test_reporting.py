"""Self-assessed points stand beside the assessed ones and are never scored."""

from __future__ import annotations

from pathlib import Path

from lawkpi.result import Assessment

from .given import NAMED_POINTS, points, score, tiny_scored

OWN = [
    {"department": "甲区城管局", "item": "2.1", "self_points": 3.5},
    {"department": "甲区市监局", "item": "2.1", "self_points": 4.0},
]


def test_own_points_are_shown_and_change_nothing(tiny: Assessment, folder: Path) -> None:
    run = tiny_scored(folder, {"self_assessments": OWN})
    assert str(score(run, "01", "2.1")["self_points"]) == "3.500000"
    assert score(run, "03", "2.1")["self_points"] is None
    assert points(run.totals, *NAMED_POINTS) == points(tiny.totals, *NAMED_POINTS)


def test_without_own_points_none_are_made_up(tiny: Assessment) -> None:
    assert tiny.scores["self_points"].isna().all()
