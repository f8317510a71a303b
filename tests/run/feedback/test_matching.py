"""Lines are known by their id, wherever they stand; protected cells count as they were sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.run.layout import RunFolder
from lawkpi.workbook.feedback import NAME
from tests.run.feedback.given import agreed, answer, codes, disputed, of_code, read, returned, sent

ALL = range(5, 12)
FULL = agreed(*ALL) | disputed(7)


@pytest.mark.parametrize(
    ("cell", "value", "was"),
    [
        ("D7", 0.5, "2"),
        ("C7", "没有的事", "（2024）甲01行初31号（一审）"),
        ("B7", None, "2.1 答辩举证"),
        ("D12", 1, "公式（结果11.25）"),
        ("C23", "写在表外", "空白"),
        ("L30", "写在表外", "空白"),
    ],
)
def test_a_protected_cell_that_was_changed_is_said_and_not_used(
    run: RunFolder, tmp_path: Path, cell: str, value: Any, was: str
) -> None:
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", FULL | {cell: value}))
    (one,) = of_code(found, "RUN_FEEDBACK_CELL_PROTECTED")
    assert (one.cell, one.what) == (cell, "受保护单元格被改动，按原值处理")
    assert one.expected.startswith(was)
    (appeal,) = answer(found).appeals
    assert (appeal.item, str(appeal.points)) == ("2.1 答辩举证", "2")
    assert appeal.fact.startswith("（2024）甲01行初31号")


def test_what_may_be_asked_for_is_bounded_by_the_points_as_they_were_sent(
    run: RunFolder, tmp_path: Path
) -> None:
    cells = FULL | {"D7": 5, "G7": "核减扣分", "H7": 4}
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", cells))
    assert codes(found) == {"RUN_FEEDBACK_CELL_PROTECTED", "RUN_FEEDBACK_POINTS_WRONG"}


def test_a_changed_id_is_said_and_the_line_is_still_known(run: RunFolder, tmp_path: Path) -> None:
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", FULL | {"E7": "R0000000000"}))
    (one,) = of_code(found, "RUN_FEEDBACK_LINE_UNKNOWN")
    assert (one.cell, one.found) == ("E7", "R0000000000")
    assert codes(found) == {"RUN_FEEDBACK_LINE_UNKNOWN"}
    assert [one.item for one in answer(found).appeals] == ["2.1 答辩举证"]
    assert answer(found).appeals[0].line != "R0000000000"


def moved(path: Path, target: Path, change: Any) -> Path:
    """A copy whose rows somebody moved."""
    book = openpyxl.load_workbook(path)
    change(book[NAME])
    book.save(target)
    return target


def unmerged(sheet: Any) -> None:
    """openpyxl moves cells and leaves merged ranges where they are."""
    for block in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(block))


def test_inserted_rows_move_nothing_to_another_line(run: RunFolder, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        unmerged(sheet)
        sheet.insert_rows(6, 2)

    cells = FULL | {"C16": "总体意见", "C21": "张三"}
    filled = returned(sent(run), tmp_path / "a.xlsx", cells)
    found = read(run, moved(filled, tmp_path / "b.xlsx", change))
    own = answer(found)
    assert own.counts == (7, 6, 1, 0)
    assert [one.item for one in own.appeals] == ["2.1 答辩举证"]
    assert (own.people["填报人"], own.remarks[0].opinion) == ("张三", "总体意见")
    assert found.findings == []


def test_a_removed_line_is_said_and_counts_as_not_answered(run: RunFolder, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        unmerged(sheet)
        sheet.delete_rows(7)

    filled = returned(sent(run), tmp_path / "a.xlsx", FULL)
    found = read(run, moved(filled, tmp_path / "b.xlsx", change))
    (one,) = of_code(found, "RUN_FEEDBACK_LINE_MISSING")
    assert "第3行" in one.what
    assert answer(found).counts == (7, 6, 0, 1)


def test_a_line_that_was_added_is_said_and_not_registered(run: RunFolder, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        unmerged(sheet)
        sheet.insert_rows(8, 2)
        for row, own_id in ((8, sheet["E7"].value), (9, "Rabcdefabcd")):
            sheet.cell(row, 3).value = "另一件事"
            sheet.cell(row, 5).value = own_id
            sheet.cell(row, 6).value = "申诉"

    filled = returned(sent(run), tmp_path / "a.xlsx", FULL)
    found = read(run, moved(filled, tmp_path / "b.xlsx", change))
    lines = of_code(found, "RUN_FEEDBACK_LINE_UNKNOWN")
    assert [(one.cell, "重复" in one.what) for one in lines] == [("E8", True), ("E9", False)]
    assert codes(found) == {"RUN_FEEDBACK_LINE_UNKNOWN"}
    assert len(answer(found).appeals) == 1
