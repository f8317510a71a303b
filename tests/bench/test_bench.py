"""Seconds of scoring, printed with -s; nothing is asserted about time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lawkpi.result import Inputs, assessed
from lawkpi.run import RunOptions, run_assessment
from lawkpi.run.check import checked
from lawkpi.run.folder import open_folder
from lawkpi.run.score import scored

from .synthetic import inputs

EXAMPLE = Path(__file__).parents[2] / "params" / "gaoxin-2022"
pytestmark = pytest.mark.bench


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """The shortest of several runs, and what the last one gave."""
    best, found = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return best, found


def plain_groupby(given: Inputs) -> int:
    """The baseline: the same counts per department and item with pandas alone, without points."""
    counted = 0
    for _, item in given.rubric.lines:
        for rule in item.rules:
            frame = given.ledgers[rule.measure.ledger].frame
            sides = frame.assign(done=frame["flag"] == "yes", due=True)
            counts = sides.groupby("department")[["done", "due"]].sum()
            counted += len(counts) + len(frame[~sides["done"]])
    return counted


@pytest.mark.parametrize(("departments", "items"), [(18, 24), (60, 60), (120, 60)])
def test_scoring_alone(departments: int, items: int) -> None:
    given = inputs(departments, items)
    rows = sum(len(ledger) for ledger in given.ledgers.values())
    seconds, run = timed(lambda: assessed(given))
    baseline, counted = timed(lambda: plain_groupby(given))
    assert counted > departments
    assert len(run.scores) == departments * items
    assert len(run.losses) > departments
    print(  # noqa: T201 - this is what a bench is for
        f"\nscoring {departments} departments x {items} items, {rows} rows, "
        f"{len(run.losses)} losses: {seconds:.2f} s; pandas groupby of the same rows, counts only: "
        f"{baseline:.2f} s; ratio {seconds / baseline:.1f}"
    )


def test_checking_and_scoring_the_example() -> None:
    checking, found = timed(lambda: checked(open_folder(EXAMPLE)))
    scoring, run = timed(lambda: scored(found))
    rows = sum(len(ledger) for ledger in found.ledgers.values())
    files = [path for name in found.ledgers for path in found.folder.ledger_paths(name)]
    reading, tables = timed(lambda: [pd.read_excel(path, engine="calamine") for path in files])
    assert len(tables) == len(files)
    assert len(run.totals) == len(run.departments)
    print(  # noqa: T201
        f"\nexample, {rows} rows: check {checking:.2f} s, score {scoring:.2f} s; "
        f"plain read of the same workbooks {reading:.2f} s; ratio of check {checking / reading:.1f}"
    )


def test_the_whole_demo(tmp_path: Path) -> None:
    """Every paper of the example, with notebooks and, as the baseline, plainly."""
    seconds = {}
    for engine in ("kernel", "plain"):
        options = RunOptions(tmp_path / engine, engine=engine, fresh=True)
        start = time.perf_counter()
        outcome = run_assessment(open_folder(EXAMPLE), options)
        seconds[engine] = time.perf_counter() - start
        assert outcome.is_complete
    papers = len(outcome.assessment.departments) + 1
    print(  # noqa: T201
        f"\ndemo, {papers} workbooks and notebooks: {seconds['kernel']:.1f} s; workbooks without "
        f"notebooks: {seconds['plain']:.1f} s; ratio {seconds['kernel'] / seconds['plain']:.1f}"
    )
