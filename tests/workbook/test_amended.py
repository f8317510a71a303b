"""A department's workbook tells the amendments of its own records, marks them, and names no other department."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.ledger.departments import Register
from lawkpi.result import Assessment, load_assessment, store_assessment
from lawkpi.result.held import HeldRows
from lawkpi.run import checked, open_folder
from lawkpi.run.score import scored
from lawkpi.workbook import write_department
from lawkpi.workbook.amended import HOW_TO_READ, amended_rows, amended_text, without_others
from lawkpi.workbook.desk import Desk
from tests.support.amending import declare, entry
from tests.support.tiny import SCHEMAS, default_rows, tiny_folder, write_ledger
from tests.workbook.reading import cell_of, differences, edited, parts, stored

COURT, NOTES, LOSSES, CARD = "行政诉讼台账", "期限与口径说明", "扣分清单", "考核评分表"
CASE = "（2024）甲01行初{}号|一审|{}"
MOVED = {
    "承办单位": {"was": "市监局", "becomes": "城管局"},
    "答辩状提交日": {"was": "2024-03-27", "becomes": "2024-03-28"},
}
ENTRIES = [
    entry("1", COURT, record=CASE.format(31, "市监局"), change=MOVED, reason="市监局误报"),
    entry("2", COURT, record=CASE.format(20, "城管局"),
          change={"出庭人员类别": {"was": "工作人员", "becomes": "正职"}}),
    entry("3", COURT, record=CASE.format(77, "城管局"),
          add={"被告": "管委会", "应诉通知书收到日": "2024-03-11", "是否开庭": "否"}),
    entry("4", COURT, record=CASE.format(1, "城管局"), remove=True, document="=1+1"),
    entry("5", COURT, record=CASE.format(33, "市监局"), remove=True, status="proposed"),
]  # fmt: skip


def run(path: Path, *entries: Mapping[str, Any]) -> Assessment:
    """The small assessment; each department handed in its cases in a file that bears its name."""
    rows = default_rows()["litigation"]
    other = [row for row in rows if row["responsible_department"] == "甲区市监局"]
    own = [row for row in rows if row not in other]
    made = tiny_folder(path / "甲区2024", {"litigation": own})
    write_ledger(made / "ledgers" / "市监局案件.xlsx", SCHEMAS["litigation"], other)
    settings = made / "assessment.yaml"
    text = settings.read_text("utf-8")
    assert text.count(f"ledgers/{COURT}.xlsx") == 1
    more = f"ledgers/{COURT}.xlsx, ledgers/市监局案件.xlsx"
    settings.write_text(text.replace(f"ledgers/{COURT}.xlsx", more), encoding="utf-8")
    declare(made, *entries)
    return scored(checked(open_folder(made)))


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return run(tmp_path_factory.mktemp("a"), *ENTRIES)


@pytest.fixture(scope="module")
def workbook(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_department(assessment, "01", tmp_path_factory.mktemp("w") / "一.xlsx")


def listed(path: Path) -> list[list[str]]:
    """The lines of the table 台账更正 as they stand in the notes."""
    page = openpyxl.load_workbook(path)[NOTES]
    rows = [
        ["" if cell.value is None else str(cell.value) for cell in row[:7]]
        for row in page.iter_rows()
    ]
    first = next(place for place, row in enumerate(rows) if row[0] == "六、台账更正") + 2
    last = next(place for place, row in enumerate(rows) if row[0].startswith("七、"))
    return [row for row in rows[first:last] if any(row)]


def test_amendments_of_own_records_are_listed_and_others_are_not_named(workbook: Path) -> None:
    decided = "核查记录1号（2022-06-01批准）"
    moved = "《行政诉讼台账》（2024）甲01行初31号|一审|其他单位"
    assert listed(workbook) == [
        ["1", moved, "承办单位", "其他单位", "甲区城管局", "其他单位误报", decided],
        ["1", moved, "答辩状提交日", "2024-03-27", "2024-03-28", "其他单位误报", decided],
        ["2", f"《行政诉讼台账》{CASE.format(20, '甲区城管局')}", "出庭人员类别", "工作人员", "正职",
         "核实有误", decided],
        ["3", f"《行政诉讼台账》{CASE.format(77, '甲区城管局')}", "（整条记录）", "", "补录", "核实有误", decided],
        ["4", f"《行政诉讼台账》{CASE.format(1, '甲区城管局')}", "（整条记录）", "", "删除", "核实有误",
         "=1+1（2022-06-01批准）"],
    ]  # fmt: skip


def test_the_department_that_lost_a_record_sees_that_and_nothing_of_its_new_contents(
    assessment: Assessment, tmp_path: Path
) -> None:
    path = write_department(assessment, "02", tmp_path / "二.xlsx")
    (line,) = listed(path)
    assert line[:6] == [
        "1", f"《行政诉讼台账》{CASE.format(31, '甲区市监局')}", "承办单位", "甲区市监局", "其他单位", "市监局误报",
    ]  # fmt: skip
    content = "\n".join(parts(path).values())
    assert [
        word for word in ("城管局", "2024-03-28", "行初20号", "行初77号") if word in content
    ] == []


def test_a_department_without_amended_records_has_an_empty_table_and_no_marks(
    assessment: Assessment, tmp_path: Path
) -> None:
    path = write_department(assessment, "03", tmp_path / "三.xlsx")
    assert listed(path) == [["无", "", "", "", "", "", ""]]
    assert "更正" not in {value for (sheet, cell), value in stored(path).items() if sheet != NOTES}


def test_nothing_of_the_department_that_a_record_came_from_is_anywhere(
    assessment: Assessment, workbook: Path
) -> None:
    """Its name stands in the key, in the reason and in the file of the moved record, which lost points."""
    lost = assessment.of("losses", "01")
    moved = lost[lost["row_id"].fillna("").str.contains("行初31号")]
    assert set(moved["file"]) == {"市监局案件.xlsx"}
    content = "\n".join(parts(workbook).values())
    assert "行初31号" in content
    assert "市监局" not in content


def test_a_moved_record_s_loss_names_no_file_and_another_amended_one_its_row(
    workbook: Path,
) -> None:
    cells = [str(value) for (sheet, _), value in stored(workbook).items() if sheet == LOSSES]
    places = [one for one in cells if "更正" in one and "本簿台账页" in one]
    heads = {one.partition("\n")[0] for one in places}
    assert heads == {"原表第2行，已按第1号更正", "amendments.yaml“更正”第29行，已按第3号更正"}
    assert not any("（《行政诉讼台账》" in one for one in cells)


def test_amended_cells_are_shaded_and_the_last_column_says_which_and_why(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook)[COURT]
    heads = {cell.value: cell.column for cell in page[4]}
    assert max(heads.values()) == heads["更正"]
    dark = {
        (str(page.cell(row, heads["案号"]).value)[-4:], title)
        for title, column in heads.items()
        for row in range(5, page.max_row + 1)
        if page.cell(row, column).fill.fgColor.rgb == "FFBFBFBF"
    }
    titles = {column.title for column in SCHEMAS["litigation"].columns.values()}
    assert dark == {
        ("初31号", "承办单位"),
        ("初31号", "答辩状提交日"),
        ("初20号", "出庭人员类别"),
        *(("初77号", title) for title in titles),
    }
    said = {page.cell(row, heads["更正"]).value for row in range(5, page.max_row + 1)}
    assert said == {None, "第1号：承办单位、答辩状提交日", "第2号：出庭人员类别", "第3号：补录"}
    assert HOW_TO_READ in str(page["A2"].value)


def test_an_added_record_has_no_row_in_the_file(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook)[COURT]
    assert [page.cell(row, 2).value for row in range(5, page.max_row + 1)].count("补录") == 1


def test_a_removed_record_is_not_on_the_sheet(workbook: Path) -> None:
    assert "（2024）甲01行初1号" not in {
        value for (sheet, _), value in stored(workbook).items() if sheet == COURT
    }


def test_the_workbook_recalculates_to_what_is_stored(workbook: Path) -> None:
    assert differences(workbook) == {}


def test_an_amended_cell_is_live_like_any_other(workbook: Path) -> None:
    cell = cell_of(workbook, COURT, "出庭人员类别", "（2024）甲01行初20号")
    head = openpyxl.load_workbook(workbook)[COURT]
    mark = cell_of(workbook, COURT, "2.2a 已计", "（2024）甲01行初20号")
    assert (head[cell].value, stored(workbook)[COURT, mark]) == ("正职", 1)
    assert stored(edited(workbook, COURT, cell, "工作人员"))[COURT, mark] == 0


def test_a_loaded_run_writes_the_same_bytes(
    assessment: Assessment, workbook: Path, tmp_path: Path
) -> None:
    store_assessment(assessment, tmp_path / "data")
    again = write_department(load_assessment(tmp_path / "data"), "01", tmp_path / "一.xlsx")
    assert again.read_bytes() == workbook.read_bytes()


REGISTER = """
groups: {one: 甲类}
departments:
  - {code: A01, name: 甲区城管局, short: 城管局, group: one}
  - {code: B02, name: 甲区城管局直属分局, short: 分局, group: one, aliases: [旧分局]}
  - {code: "03", name: 甲区综合办, short: 综合办, group: one}
  - {code: "000", name: 甲区管委会, short: 管委会, group: body, assessed: false}
"""


def test_names_of_others_are_taken_out_and_own_names_and_bodies_stay() -> None:
    from ruamel.yaml import YAML

    register = Register.model_validate(YAML(typ="safe").load(REGISTER))

    class Made:
        departments = register.assessed

    desk = Desk.__new__(Desk)
    desk.assessment, desk.department = Made(), register.assessed[0]  # type: ignore[assignment]
    hidden = without_others(desk)
    assert (
        hidden("甲区城管局直属分局（旧分局，B02）移送甲区城管局")
        == "其他单位（其他单位，其他单位）移送甲区城管局"
    )
    assert hidden("甲区管委会〔2024〕03号、A01、综合办") == "甲区管委会〔2024〕03号、A01、其他单位"


def test_rows_without_amendments_say_nothing(assessment: Assessment) -> None:
    ledger = assessment.ledgers["training"]
    assert not any(amended_rows(HeldRows.of_all(ledger)))
    assert amended_text(ledger.schema, {}) == ""
    assert (
        amended_text(ledger.schema, {"hours": "10", "mode": "9"})
        == "第9号：培训方式；第10号：计入学时"
    )
