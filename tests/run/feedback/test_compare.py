"""Whatever else was typed into a returned workbook is listed with its place, and amends nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import formualizer
import openpyxl

from lawkpi.run.feedback.compare import is_same
from lawkpi.run.feedback.notes import MOST_OF_SHEET
from lawkpi.run.feedback.opened import Found
from lawkpi.run.layout import RunFolder
from tests.run.feedback.given import (
    LITIGATION,
    agreed,
    answer,
    codes,
    of_code,
    read,
    returned,
    sent,
)

FULL = agreed(*range(5, 12))


def test_a_changed_ledger_cell_is_a_finding_and_never_an_amendment(
    run: RunFolder, tmp_path: Path
) -> None:
    cells = {"C5": "（2024）甲01行初99号", "Z50": "备注"}
    file = returned(sent(run), tmp_path / "a.xlsx", FULL, **{LITIGATION: cells})
    found = read(run, file)
    changed = of_code(found, "RUN_FEEDBACK_SHEET_CHANGED")
    assert [(one.sheet, one.cell) for one in changed] == [(LITIGATION, "C5"), (LITIGATION, "Z50")]
    assert {one.what for one in changed} == {"台账页被改动"}
    assert (changed[0].found, changed[0].expected) == (
        "（2024）甲01行初99号",
        "（2024）甲01行初31号",
    )
    assert (changed[1].expected, answer(found).agreed) == ("空白", 7)


def test_points_typed_over_the_scorecard_are_a_finding(run: RunFolder, tmp_path: Path) -> None:
    file = returned(sent(run), tmp_path / "a.xlsx", FULL, 考核评分表={"K5": 3})
    (one,) = of_code(read(run, file), "RUN_FEEDBACK_SHEET_CHANGED")
    assert (one.sheet, one.cell, one.found) == ("考核评分表", "K5", "3")
    assert (one.what, one.expected) == ("考核评分表被改动", "公式（结果2）")


def test_an_emptied_cell_is_a_finding(run: RunFolder, tmp_path: Path) -> None:
    file = returned(sent(run), tmp_path / "a.xlsx", FULL, 扣分清单={"C5": None})
    (one,) = of_code(read(run, file), "RUN_FEEDBACK_SHEET_CHANGED")
    assert (one.sheet, one.cell, one.found) == ("扣分清单", "C5", "（空白）")


def test_many_changes_of_a_sheet_are_counted_and_not_all_listed(
    run: RunFolder, tmp_path: Path
) -> None:
    cells = {f"Z{row}": "x" for row in range(50, 50 + MOST_OF_SHEET + 3)}
    file = returned(sent(run), tmp_path / "a.xlsx", FULL, **{LITIGATION: cells})
    changed = of_code(read(run, file), "RUN_FEEDBACK_SHEET_CHANGED")
    assert len(changed) == MOST_OF_SHEET + 1
    assert changed[-1].what == "台账页被改动，共23处，另有3处未逐一列出"


def test_a_program_that_computes_again_changes_nothing(run: RunFolder, tmp_path: Path) -> None:
    """The test of the test: results are compared where the file holds them."""
    file = returned(sent(run), tmp_path / "a.xlsx", FULL)
    formualizer.recalculate_xlsx_file(str(file))
    assert read(run, file).findings == []


def test_results_that_follow_a_changed_ledger_are_said_once_a_sheet(
    run: RunFolder, tmp_path: Path
) -> None:
    page = openpyxl.load_workbook(sent(run))[LITIGATION]
    heads = {cell.value: cell.column_letter for cell in page[4]}
    cells = {f"{heads['出庭人员类别']}6": "正职"}
    file = returned(sent(run), tmp_path / "a.xlsx", FULL, **{LITIGATION: cells})
    formualizer.recalculate_xlsx_file(str(file))
    found = read(run, file)
    assert len(of_code(found, "RUN_FEEDBACK_SHEET_CHANGED")) == 1
    results = of_code(found, "RUN_FEEDBACK_RESULT_CHANGED")
    assert LITIGATION in {one.sheet for one in results}
    assert len({one.sheet for one in results}) == len(results)
    assert str(answer(found).disputed_points) == "0"


def test_sheets_that_are_gone_or_new_are_said(run: RunFolder, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned(sent(run), tmp_path / "a.xlsx", FULL))
    del book["执法人员名册"]
    book.create_sheet("说明")
    book.save(tmp_path / "a.xlsx")
    differ = of_code(read(run, tmp_path / "a.xlsx"), "RUN_FEEDBACK_SHEETS_DIFFER")
    assert [one.sheet for one in differ] == ["执法人员名册", "说明"]


def test_the_workbook_as_it_was_sent_differs_in_nothing(run: RunFolder, tmp_path: Path) -> None:
    for code in ("01", "02", "03"):
        shutil.copy(sent(run, code), tmp_path)
    assert codes(read(run, tmp_path)) == {"RUN_FEEDBACK_EMPTY"}


def test_cells_are_the_same_by_value_and_kind() -> None:
    assert is_same(Found(1), Found(1.0))
    assert is_same(Found(dt.date(2024, 1, 1)), Found(dt.date(2024, 1, 1)))
    assert not is_same(Found(1), Found(1, "=1"))
    assert not is_same(Found("甲"), Found("乙"))
    assert not is_same(Found(dt.date(2024, 1, 1)), Found(45292))
