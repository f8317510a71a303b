from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import RunError, WorkbookError
from lawkpi.result import Assessment
from lawkpi.run import checked, papers
from lawkpi.run.layout import RunFolder
from lawkpi.run.papers import Notebooks, Papers
from lawkpi.run.score import scored
from tests.run.given import folder
from tests.support.filled_sheets import adjustment, filled
from tests.support.tiny import RUBRIC

NAMES = ("ranking", "matrix", "distribution", "01-甲区城管局")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was written plainly or by notebook, in order; nothing is written."""
    done: list[tuple[str, str]] = []

    def plainly(_: Assessment, code: str, target: Path) -> Path:
        done.append(("plain", code))
        if code == "02":
            raise WorkbookError("WORKBOOK_X", "坏了")
        return target

    def by_notebook(template: Path, target: Path, given: dict[str, Any], *, base: Path) -> None:
        done.append(("notebook", given["department"]))

    monkeypatch.setattr(papers, "write_department", plainly)
    monkeypatch.setattr(papers, "execute", by_notebook)
    return done


def department(path: Path, code: str, notebooks: Notebooks) -> None:
    opened = folder(path)
    written = Papers(scored(checked(opened)), RunFolder(path / "out"), path, notebooks)
    written.department(opened.register.by_code[code])


@pytest.mark.parametrize(
    ("notebooks", "code", "expected"),
    [
        ("all", "01", [("notebook", "01")]),
        ("none", "01", [("plain", "01")]),
        ("failed", "01", [("plain", "01")]),
        ("failed", "02", [("plain", "02"), ("notebook", "02")]),
    ],
)
def test_a_paper_is_made_by_notebook_plainly_or_by_notebook_where_that_failed(
    tmp_path: Path,
    made: list[tuple[str, str]],
    notebooks: Notebooks,
    code: str,
    expected: list[tuple[str, str]],
) -> None:
    department(tmp_path, code, notebooks)
    assert made == expected


def test_without_notebooks_a_failure_is_the_failure(
    tmp_path: Path, made: list[tuple[str, str]]
) -> None:
    with pytest.raises(WorkbookError):
        department(tmp_path, "02", "none")
    assert made == [("plain", "02")]


def test_figures_are_drawn_for_all_and_for_each(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    drawn = Papers(scored(checked(opened)), RunFolder(tmp_path / "out"), tmp_path, "none")
    drawn.figures([opened.register.by_code["01"]])
    files = sorted((tmp_path / "out" / "figures").iterdir())
    assert [path.name for path in files] == sorted(f"{name}.png" for name in NAMES)
    assert {path.read_bytes()[:4] for path in files} == {b"\x89PNG"}


def test_entries_in_the_run_folder_that_were_not_read_back_are_not_written_over(
    tmp_path: Path,
) -> None:
    opened = folder(
        tmp_path, rubric=RUBRIC.replace("scored_by: 甲区法制办", "scored_by: 甲区司法所", 1)
    )
    written = Papers(scored(checked(opened)), RunFolder(tmp_path / "out"), tmp_path, "none")
    written.scoring()
    first, second = sorted((tmp_path / "out" / "scoring").iterdir())
    (tmp_path / "out" / "scoring" / "旧单位.xlsx").write_bytes(first.read_bytes())
    filled(second, second, adjustment("02", "2.1"))
    entries = second.read_bytes()
    before = first.read_bytes()
    first.unlink()
    with pytest.raises(RunError) as caught:
        written.scoring()
    assert (caught.value.code, caught.value.where) == ("RUN_SCORING_FILLED", second.name)
    assert (first.read_bytes(), second.read_bytes()) == (before, entries)
    assert sorted((tmp_path / "out" / "scoring").iterdir()) == [first, second]
