from __future__ import annotations

import pytest

from lawkpi.plots import Drawing, Plots
from lawkpi.result import Assessment, frames

CALLS = [
    ("sections", ("201",)),
    ("items", ("201",)),
    ("ranking", ()),
    ("matrix", ()),
    ("distribution", ()),
]


@pytest.mark.parametrize(("name", "given"), CALLS)
def test_each_method_returns_a_new_figure(plots: Plots, name: str, given: tuple[str, ...]) -> None:
    first, second = (getattr(plots, name)(*given) for _ in range(2))
    assert isinstance(first, Drawing)
    assert first is not second


@pytest.mark.parametrize(("name", "given"), CALLS)
def test_drawing_does_not_change_the_assessment(
    plots: Plots, assessment: Assessment, name: str, given: tuple[str, ...]
) -> None:
    before = {table: getattr(assessment, table).copy() for table in ("scores", "totals", "losses")}
    getattr(plots, name)(*given)
    for table, frame in before.items():
        assert frame.equals(getattr(assessment, table))
        assert set(frame.columns) <= set(getattr(frames, table.upper()))
