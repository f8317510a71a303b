"""Seconds of writing workbooks beside the same cells as plain constants; printed with -s, nothing asserted
about time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.run.check import checked
from lawkpi.run.folder import open_folder
from lawkpi.run.score import scored
from lawkpi.workbook import write_department, write_summary
from tests.bench.replay import Recording, kept_books, recording
from tests.bench.synthetic import scored_table
from tests.bench.test_bench import EXAMPLE, timed

pytestmark = pytest.mark.bench
MODULES = ("lawkpi.workbook.department", "lawkpi.workbook.summary.write")


@pytest.fixture(scope="module")
def example() -> Assessment:
    return scored(checked(open_folder(EXAMPLE)))


def alternately(
    ours: Callable[[], Any], plain: Callable[[], Any], times: int = 5
) -> tuple[float, float]:
    """The shortest of several runs of each, taken in turn on a machine that others use as well."""
    pairs = [(timed(ours, 1)[0], timed(plain, 1)[0]) for _ in range(times)]
    return min(own for own, _ in pairs), min(other for _, other in pairs)


def recorded(write: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> Recording:
    """What a call that writes one workbook puts into its cells."""
    with monkeypatch.context() as patched:
        kept = kept_books(patched, *MODULES)
        write()
    return recording(kept[0])


def told(what: str, cells: int, own: float, plain: float) -> None:
    print(  # noqa: T201 - this is what a bench is for
        f"\n{what}, {cells} cells: {own * 1000:.0f} ms; the same cells as constants by plain "
        f"XlsxWriter: {plain * 1000:.0f} ms; ratio {own / plain:.2f}"
    )


def test_a_department_workbook(
    example: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mean over all departments of the example."""
    codes = [one.code for one in example.departments]

    def ours() -> None:
        for code in codes:
            write_department(example, code, tmp_path / f"{code}.xlsx")

    records = [
        recorded(
            lambda code=code: write_department(example, code, tmp_path / "r.xlsx"), monkeypatch
        )  # type: ignore[misc]
        for code in codes
    ]

    def plain() -> None:
        for code, record in zip(codes, records, strict=True):
            record.replay(tmp_path / f"p{code}.xlsx")

    own, constants = alternately(ours, plain, 3)
    cells = sum(record.cells for record in records) // len(codes)
    assert cells > 1000
    told("a department's workbook (mean)", cells, own / len(codes), constants / len(codes))


def test_the_example_s_summary(
    example: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ours() -> Path:
        return write_summary(example, tmp_path / "s.xlsx")

    record = recorded(ours, monkeypatch)
    assert record.cells > 1000
    own, plain = alternately(ours, lambda: record.replay(tmp_path / "p.xlsx"))
    told("the example's summary", record.cells, own, plain)


def test_the_summary_of_three_thousand_departments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = scored_table(3000, 60)

    def ours() -> Path:
        return write_summary(assessment, tmp_path / "s.xlsx")

    record = recorded(ours, monkeypatch)
    assert record.cells > 3 * 3000 * 60
    own, plain = alternately(ours, lambda: record.replay(tmp_path / "p.xlsx"), 3)
    told("summary of 3000 departments x 60 items", record.cells, own, plain)
