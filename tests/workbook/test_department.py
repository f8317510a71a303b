"""The department workbook recomputes itself, and holds nothing of another department."""

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from lawkpi.errors import ResultError, WorkbookError
from lawkpi.result import Assessment
from lawkpi.rubric.assessment import ILLUSTRATIVE
from lawkpi.workbook import write_department
from lawkpi.workbook.formula import functions_beyond
from tests.workbook.given import CODES, NAMES, SHAPES, World, world
from tests.workbook.reading import (
    cell_of,
    differences,
    edited,
    formulas,
    parts,
    recalculated,
    stored,
)

SCORECARD = "考核评分表"


def points_by_item(path: Path) -> dict[str, Any]:
    """Item to its points as the scorecard shows them."""
    sheet = openpyxl.load_workbook(path, data_only=True)[SCORECARD]
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)]
    return {str(row[2]).split()[0]: row[10] for row in rows}


def total_of(path: Path) -> float:
    sheet = openpyxl.load_workbook(path, data_only=True)[SCORECARD]
    return next(row[10] for row in sheet.iter_rows(values_only=True) if row[0] == "考评总分")


def engine_points(assessment: Assessment, code: str) -> dict[str, float]:
    rows = assessment.of("scores", code).to_dict("records")
    return {row["item"]: float(row["points"]) for row in rows if row["points"] is not None}


@pytest.mark.parametrize("shape", list(SHAPES))
def test_recalculating_changes_no_stored_value(tmp_path: Path, shape: str) -> None:
    code = CODES[list(SHAPES).index(shape) % 3]
    assessment = world(len(shape) + 11, shape=SHAPES[shape]).assessment()
    assert differences(write_department(assessment, code, tmp_path / "w.xlsx")) == {}


@pytest.mark.parametrize("seed", range(4))
def test_random_records_recalculate_to_the_stored_values(tmp_path: Path, seed: int) -> None:
    assessment = world(100 + seed, mode="truncate" if seed % 2 else "half_up").assessment()
    assert differences(write_department(assessment, CODES[seed % 3], tmp_path / "w.xlsx")) == {}


def test_unknown_cells_make_their_marks_values(tmp_path: Path) -> None:
    unknown = {
        "cases": {"held": [0, 1, 2, 3], "replied_on": [4, 5]},
        "hours": {"present": [0, 1, 2]},
    }
    assessment = world(3, unknown=unknown).assessment()
    for code in CODES:
        path = write_department(assessment, code, tmp_path / f"{code}.xlsx")
        assert differences(path) == {}
        pending = assessment.of("scores", code)
        waiting = pending[pending["state"] == "pending"]["item"].tolist()
        shown = points_by_item(path)
        assert [shown[one] for one in waiting] == ["待核"] * len(waiting)


def test_a_planted_wrong_value_is_caught(tmp_path: Path, workbook: Path) -> None:
    """The test of the test: the other program does compute."""
    planted = tmp_path / "planted.xlsx"
    total = f"<v>{total_of(workbook):g}</v>"
    found = 0
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(planted, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                found += content.count(total.encode())
                content = content.replace(total.encode(), b"<v>12.34</v>")
            new.writestr(name, content)
    assert found
    assert len(differences(planted)) == found


def test_a_formula_that_fails_is_caught_too(tmp_path: Path) -> None:
    path = tmp_path / "fails.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("甲").write_formula("A1", "=QUOTIENT(1,0)", None, "")
    assert differences(path)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_an_official_attended_after_all(tmp_path: Path, shape: str) -> None:
    """One cell changed in the file gives exactly the engine's points for the amended record."""
    before = world(3, shape=SHAPES[shape])
    absent = next(
        row
        for row in before.rows["cases"]
        if row["department"] == "ZX777"
        and row["held"] == "yes"
        and row["who"] not in ("head", None)
        and row["served_on"].year == 2022
    )
    key = absent["number"]
    path = write_department(before.assessment(), "ZX777", tmp_path / "w.xlsx")
    after = before.amended("cases", lambda row: {**row, "who": "head"}, key).assessment()
    changed = edited(path, "案件台账", cell_of(path, "案件台账", "出庭人员", key), "正职")
    _agrees(changed, after, "ZX777")


def _agrees(path: Path, assessment: Assessment, code: str) -> None:
    shown = points_by_item(path)
    for item, points in engine_points(assessment, code).items():
        assert repr(float(shown[item])) == repr(points), item
    assert repr(float(total_of(path))) == repr(float(assessment.total(code)["total"]))


AMENDMENTS = [
    ("cases", "案件台账", "答辩日期", "replied_on", "served_on"),
    ("cases", "案件台账", "退回次数", "sent_back", 3),
    ("hours", "培训记录", "学时", "hours", 12.5),
    ("hours", "培训记录", "是否到场", "present", "no"),
]


@pytest.mark.parametrize("amendment", AMENDMENTS, ids=lambda one: str(one[3]))
def test_any_live_cell_may_change(
    tmp_path: Path, small: World, workbook: Path, amendment: tuple[str, str, str, str, Any]
) -> None:
    name, sheet, title, column, value = amendment
    rows = [row for row in small.rows[name] if row["department"] == "ZX777"]
    changed_any = False
    for row in rows[:2]:
        new = row[value] if value == "served_on" else value
        key = next(iter(row.values()))
        after = small.amended(name, lambda one, new=new: {**one, column: new}, key).assessment()
        if after.of("scores", "ZX777")["state"].tolist() != _states(small):
            continue
        written = "否" if new == "no" else new
        changed = edited(workbook, sheet, cell_of(workbook, sheet, title, key), written)
        _agrees(changed, after, "ZX777")
        changed_any = True
    assert changed_any


def _states(given: World) -> list[str]:
    return given.assessment().of("scores", "ZX777")["state"].tolist()


def test_two_writings_give_the_same_bytes(
    tmp_path: Path, assessment: Assessment, workbook: Path
) -> None:
    again = write_department(assessment, "ZX777", tmp_path / "again.xlsx")
    assert again.read_bytes() == workbook.read_bytes()


def test_scoring_results_are_not_changed_by_writing(tmp_path: Path) -> None:
    assessment = world(5).assessment()
    before = [frame.frame.copy() for frame in assessment.ledgers.values()]
    write_department(assessment, "ZX888", tmp_path / "w.xlsx")
    for copy, ledger in zip(before, assessment.ledgers.values(), strict=True):
        assert copy.equals(ledger.frame)


def test_nothing_of_another_department_is_anywhere(
    assessment: Assessment, small: World, tmp_path: Path
) -> None:
    """Names stand only where the own record carries them (the handling department)."""
    for code in CODES:
        content = "\n".join(
            parts(write_department(assessment, code, tmp_path / f"{code}.xlsx")).values()
        )
        own = {
            row["number"]
            for row in small.rows["cases"]
            if code in (row["department"], row["handler"])
        }
        for other in CODES:
            if other == code:
                continue
            carried = {number for number in own if number.endswith(other)}
            bare = content
            for number in carried:
                bare = bare.replace(number, "")
            assert other not in bare
            assert f"{NAMES[other]}旧名" not in content
        assert ("乙字局案件" in content) == (code == "ZX888")


def test_another_name_stands_only_where_a_record_carries_it(tmp_path: Path, small: World) -> None:
    rows = {**small.rows, "cases": [{**row, "handler": None} for row in small.rows["cases"]]}
    alone = World(rows, small.rubric, small.settings, {}).assessment()
    content = "\n".join(parts(write_department(alone, "ZX777", tmp_path / "w.xlsx")).values())
    assert NAMES["ZX777"] in content
    for other in ("ZX888", "ZX999"):
        assert other not in content
        assert NAMES[other] not in content


def test_ranks_and_grades_are_hidden_before_the_final_stage(workbook: Path, tmp_path: Path) -> None:
    assert "终评前不公布" in stored(workbook).values()
    shown = write_department(world(3, stage="final").assessment(), "ZX777", tmp_path / "w.xlsx")
    assert any("建议等次：" in str(value) for value in stored(shown).values())


def test_text_is_never_a_formula(workbook: Path, small: World) -> None:
    sheet = openpyxl.load_workbook(workbook)["案件台账"]
    column = next(cell.column for cell in sheet[4] if cell.value == "备注")
    cells = [row[column - 1] for row in sheet.iter_rows(min_row=5)]
    texts = [cell for cell in cells if cell.value]
    assert {cell.data_type for cell in texts} == {"s"}
    assert {str(cell.value)[0] for cell in texts} <= set("=+-@{h")
    assert not any(cell.hyperlink for cell in texts)


def test_only_listed_functions_are_used(workbook: Path, summary: Path) -> None:
    used = [*formulas(workbook).values(), *formulas(summary).values()]
    assert len(used) > 100
    assert [one for one in used if functions_beyond(one)] == []
    assert [one for one in used if re.search(r"[{}]", re.sub(r'"[^"]*"', "", one))] == []


def test_every_sheet_says_that_the_data_are_invented(workbook: Path, summary: Path) -> None:
    for path in (workbook, summary):
        sheets = [
            text for name, text in parts(path).items() if name.startswith("xl/worksheets/sheet")
        ]
        assert sheets
        assert all(ILLUSTRATIVE in text for text in sheets)
        assert all("内部资料，注意保存" in text for text in sheets)


def test_a_real_assessment_does_not_say_so(tmp_path: Path) -> None:
    path = write_department(world(3, illustrative=False).assessment(), "ZX777", tmp_path / "w.xlsx")
    assert not any(ILLUSTRATIVE in text for text in parts(path).values())


def test_the_list_of_losses_adds_up(workbook: Path, assessment: Assessment) -> None:
    losses = sum(Decimal(one) for one in assessment.of("losses", "ZX777")["points"])
    malus = sum(
        Decimal(row["points"])
        for row in assessment.of("adjustments", "ZX777").to_dict("records")
        if row["kind"] == "malus"
    )
    sheet = openpyxl.load_workbook(workbook, data_only=True)["扣分清单"]
    foot = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")
    assert Decimal(str(foot[6])) == losses + malus


def test_too_long_text_stops_instead_of_vanishing(tmp_path: Path, small: World) -> None:
    key = next(row["number"] for row in small.rows["cases"] if row["department"] == "ZX777")
    long = small.amended("cases", lambda row: {**row, "remark": "长" * 32768}, key).assessment()
    with pytest.raises(WorkbookError) as refused:
        write_department(long, "ZX777", tmp_path / "w.xlsx")
    assert refused.value.code == "WORKBOOK_TEXT_TOO_LONG"
    assert "案件台账" in refused.value.where


def test_an_unknown_department_is_refused(assessment: Assessment, tmp_path: Path) -> None:
    with pytest.raises(ResultError) as refused:
        write_department(assessment, "丁字局", tmp_path / "w.xlsx")
    assert refused.value.code == "RESULT_DEPARTMENT_UNKNOWN"
    assert not (tmp_path / "w.xlsx").exists()


def test_an_unwritable_file_is_said_so(assessment: Assessment, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refused:
        write_department(assessment, "ZX777", tmp_path / "none" / "w.xlsx")
    assert refused.value.code == "WORKBOOK_FILE_UNWRITABLE"


def test_a_department_without_records_gets_a_whole_workbook(tmp_path: Path, small: World) -> None:
    rows = {
        name: [
            row for row in rows if row["department"] != "ZX999" and row.get("handler") != "ZX999"
        ]
        for name, rows in small.rows.items()
    }
    empty = World(rows, small.rubric, small.settings, {}).assessment()
    path = write_department(empty, "ZX999", tmp_path / "w.xlsx")
    assert differences(path) == {}
    assert "案件台账" not in openpyxl.load_workbook(path).sheetnames


def test_many_records_become_values(
    tmp_path: Path, small: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lawkpi.workbook.desk.MOST_FORMULAS", 5)
    path = write_department(small.assessment(), "ZX777", tmp_path / "w.xlsx")
    assert not [key for key in formulas(path) if key[0] == "案件台账"]
    assert differences(path) == {}
    assert recalculated(path).exists()
