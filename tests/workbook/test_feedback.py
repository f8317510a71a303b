"""反馈与申诉: a row for every line of the list of losses, open cells for the department only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.book import Book, Imprint
from lawkpi.workbook.desk import PAPERS, Desk
from lawkpi.workbook.feedback import (
    FIRST,
    HEADINGS,
    ID,
    NAME,
    POINTS,
    Layout,
    department_text,
    line_ids,
    said_of,
    write_feedback,
)
from lawkpi.workbook.fingerprint import fingerprint
from tests.workbook.given import CODES, NAMES, World, world
from tests.workbook.reading import differences, edited, parts, stored


def page(path: Path) -> Any:
    return openpyxl.load_workbook(path)[NAME]


def ids(path: Path) -> list[str]:
    cells = (row[ID].value for row in page(path).iter_rows(min_row=FIRST + 1))
    return [str(one) for one in cells if str(one).startswith("R")]


def without_losses(assessment: Assessment) -> Assessment:
    return replace(
        assessment,
        losses=assessment.losses.iloc[:0],
        adjustments=assessment.adjustments.iloc[:0],
    )


def alone(assessment: Assessment, path: Path, code: str = "ZX777") -> Path:
    """The sheet by itself."""
    desk = Desk(assessment, assessment.department(code))
    with Book(path, Imprint.of(assessment, "反馈")) as book:
        write_feedback(book, desk)
    return path


def test_the_sheet_follows_the_list_of_losses(workbook: Path) -> None:
    sheets = openpyxl.load_workbook(workbook).sheetnames
    assert sheets[: len(PAPERS) - 1] == list(PAPERS[:-1])
    assert sheets.index(NAME) == sheets.index("扣分清单") + 1


@pytest.mark.parametrize("seed", range(3))
def test_lines_are_those_of_the_list_of_losses(tmp_path: Path, seed: int) -> None:
    """Number, item, fact and points; whatever the records."""
    path = write_department(world(40 + seed).assessment(), CODES[seed], tmp_path / "w.xlsx")
    book = openpyxl.load_workbook(path, data_only=True)
    losses = book["扣分清单"].iter_rows(min_row=5, max_col=7, values_only=True)
    own = book[NAME].iter_rows(min_row=5, max_col=4, values_only=True)
    listed = [(row[0], row[2], row[3], row[6]) for row in losses if isinstance(row[0], int)]
    assert listed
    assert [row for row, _ in zip(own, listed, strict=False)] == listed
    assert len(ids(path)) == len(listed) == len(set(ids(path)))
    assert differences(path) == {}


def test_whose_sheet_of_which_run_it_is_can_be_read_from_it(
    workbook: Path, assessment: Assessment
) -> None:
    texts = [str(cell.value) for cell in page(workbook)[2] if cell.value]
    assert said_of(texts) == {
        "被考核单位": department_text("甲字局", "ZX777"),
        "阶段": "初评",
        "考核编号": "small",
        "数据指纹": fingerprint(assessment.inputs),
    }
    assert "自收到本表之日起5日内向考核办（电话：0）提出申诉" in page(workbook)["A3"].value


def test_ids_stay_when_other_lines_come_and_go() -> None:
    lines = [
        {"item": "1", "rule": "a", "row_id": "cases/1"},
        {"item": "1", "rule": "a", "row_id": None},
        {"item": "1", "rule": "a", "row_id": None},
        {"item": "1", "rule": "b", "row_id": "cases/1"},
    ]
    found = line_ids(lines)
    assert len(set(found)) == 4
    assert line_ids(lines[1:]) == found[1:]
    assert line_ids([{**lines[0], "department": "乙"}]) == found[:1]
    assert found[0] == "R7382826efc"


def test_only_the_department_s_cells_are_open(workbook: Path) -> None:
    sheet = page(workbook)
    layout = Layout(len(ids(workbook)))
    open_cells = {
        (cell.row - 1, cell.column - 1)
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert layout.open_cells <= open_cells
    merged = open_cells - layout.open_cells
    assert all(sheet.cell(row + 1, column + 1).value is None for row, column in merged)
    assert {row for row, _ in merged} <= {
        *layout.general,
        *(row for row, _ in layout.people.values()),
    }


def test_choices_and_bounds_are_held_by_the_sheet(workbook: Path) -> None:
    rules = {str(one.sqref): one for one in page(workbook).data_validations.dataValidation}
    last = FIRST + len(ids(workbook))
    assert rules[f"F5:F{last}"].formula1 == '"认可,申诉"'
    assert rules[f"G5:G{last}"].formula1 == '"撤销扣分,核减扣分"'
    points = rules[f"H5:H{last}"]
    assert (points.type, points.operator, points.formula1, points.formula2) == (
        "decimal", None, "0", "$D5",
    )  # fmt: skip
    assert all(one.prompt for one in rules.values())


def test_the_sum_and_the_counts_are_live(workbook: Path, tmp_path: Path) -> None:
    count = len(ids(workbook))
    row = FIRST + count + 1
    before = stored(workbook)
    assert before[NAME, f"E{row}"] == f"认可0行，申诉0行，未填写{count}行"
    points = (before[NAME, f"D{line}"] for line in range(5, row))
    assert Decimal(str(before[NAME, f"D{row}"])) == sum(Decimal(str(one)) for one in points)
    after = stored(edited(workbook, NAME, "F5", "申诉"))
    assert after[NAME, f"E{row}"] == f"认可0行，申诉1行，未填写{count - 1}行"


def test_points_stay_when_the_list_of_losses_is_typed_over(workbook: Path) -> None:
    before = stored(workbook)
    after = stored(edited(workbook, "扣分清单", "G5", 0))
    assert after[NAME, "D5"] == before[NAME, "D5"]


def test_a_department_that_lost_nothing_may_still_say_something(
    assessment: Assessment, tmp_path: Path
) -> None:
    path = alone(without_losses(assessment), tmp_path / "w.xlsx")
    values = [row[0] for row in page(path).iter_rows(values_only=True)]
    assert "无扣分事项" in values
    layout = Layout(0)
    assert values[layout.general_title] == "对未扣分指标的意见"
    assert not page(path).cell(layout.general[0] + 1, 2).protection.locked
    assert differences(path) == {}


@pytest.mark.parametrize("is_empty", [False, True])
def test_the_sheet_prints_on_a4_with_its_head_on_every_page(
    assessment: Assessment, tmp_path: Path, is_empty: bool
) -> None:
    given = without_losses(assessment) if is_empty else assessment
    sheet = page(alone(given, tmp_path / "w.xlsx"))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area.startswith("'反馈与申诉'!$A$1:$J$")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet["A4"].value == HEADINGS[0]


def test_two_writings_of_the_sheet_are_the_same_bytes(
    assessment: Assessment, tmp_path: Path
) -> None:
    first, second = (alone(assessment, tmp_path / name) for name in ("1.xlsx", "2.xlsx"))
    assert first.read_bytes() == second.read_bytes()


def test_nothing_of_another_department_stands_on_the_sheet(tmp_path: Path, small: World) -> None:
    rows = {**small.rows, "cases": [{**row, "handler": None} for row in small.rows["cases"]]}
    given = World(rows, small.rubric, small.settings, {}).assessment()
    for code in CODES:
        content = "".join(parts(alone(given, tmp_path / f"{code}.xlsx", code)).values())
        assert NAMES[code] in content
        assert not any(word in content for other in CODES if other != code
                       for word in (other, NAMES[other]))  # fmt: skip


def test_a_line_s_points_are_a_number_and_never_a_formula(workbook: Path) -> None:
    sheet = page(workbook)
    cells = [sheet.cell(row + 1, POINTS + 1) for row in Layout(len(ids(workbook))).lines]
    assert {cell.data_type for cell in cells} == {"n"}
