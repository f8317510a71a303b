"""Returned scoring sheets: what they change, what stands in the way, and that a new run comes to the same."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
import pytest

from lawkpi.errors import LawkpiError, RunError
from lawkpi.run import AssessmentFolder, checked, open_folder
from lawkpi.run.office_ledgers import write_changes
from lawkpi.run.score import scored
from lawkpi.run.scoring_read import ScoringRead, read_scoring_sheets
from lawkpi.workbook.scoring_sheets import write_scoring
from tests.run.given import folder
from tests.support.filled_sheets import (
    ADJUSTING,
    DAY,
    ENTRY,
    JUDGING,
    OFFICE,
    SUMS,
    adjustment,
    cell_at,
    filled,
)
from tests.support.tiny import RUBRIC, default_rows
from tests.workbook.reading import stored

SECOND = "甲区市监局"
ON_RECORD = {"item": "2.1", "department": SECOND, "number": 1, "points": 0.5, "reason": "甲",
             "person": "王五", "adjusted_on": DAY}  # fmt: skip
TWO_OFFICES = RUBRIC.replace("scored_by: 甲区法制办", "scored_by: 甲区法制办、甲区司法所")


@pytest.fixture
def opened(tmp_path: Path) -> AssessmentFolder:
    return folder(tmp_path, {"adjustments": [ON_RECORD]})


def sheet(opened: AssessmentFolder, target: Path, office: str = OFFICE) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return write_scoring(scored(checked(opened)), office, target)


def again(opened: AssessmentFolder) -> AssessmentFolder:
    return open_folder(opened.path)


def read(opened: AssessmentFolder, *paths: Path) -> ScoringRead:
    return read_scoring_sheets(again(opened), paths)


def write(found: ScoringRead) -> list[Any]:
    assert found.is_writable, [one.message for one in found.findings]
    return [
        one
        for name, ledger in found.ledgers.items()
        if found.changed(name)
        for one in write_changes(found.folder, ledger, found.changed(name))
    ]


def codes(found: ScoringRead) -> list[str]:
    return [one.code for one in found.findings]


def kinds(found: ScoringRead) -> list[tuple[str, str, str]]:
    return [(one.kind, one.key.department, one.key.item) for one in found.changes]


def test_an_unchanged_sheet_changes_nothing(opened: AssessmentFolder, tmp_path: Path) -> None:
    found = read(opened, sheet(opened, tmp_path / "s.xlsx"))
    assert (found.changes, found.findings) == ((), ())


def test_what_a_spreadsheet_saves_again_changes_nothing(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    found = read(opened, filled(path, tmp_path / "saved.xlsx"))
    assert (found.changes, found.findings) == ((), ())


def test_filled_in_read_back_and_run_again_comes_to_the_expected_total(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    judged = {"核定分": 0.75, "理由": "案卷复查"}
    returned = filled(
        path,
        tmp_path / "back" / "s.xlsx",
        adjustment("02", "2.1", 调整分=0.75),
        adjustment("01", "1.2", 调整分=-0.3),
        (JUDGING, "02", "2.2", judged),
    )
    formualizer.recalculate_xlsx_file(str(returned))
    expected = {
        code: stored(returned)[SUMS, f"H{row}"] for code, row in (("01", 5), ("02", 6), ("03", 7))
    }
    write(read(opened, returned))
    after = scored(checked(again(opened)))
    assert {code: float(after.total(code)["total"]) for code in expected} == expected
    assert after.total("02")["total"] == Decimal("8.75") + Decimal("0.75") - Decimal("0.5")


def test_the_three_kinds_of_change_are_told_apart(opened: AssessmentFolder, tmp_path: Path) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    more = filled(
        path,
        tmp_path / "a.xlsx",
        adjustment("02", "2.1", 调整分=0.25),
        adjustment("01", "2.1", 调整分=-1),
    )
    assert kinds(read(opened, more)) == [("新增", "01", "2.1"), ("变更", "02", "2.1")]
    blank = dict.fromkeys(ENTRY)
    gone = filled(path, tmp_path / "b.xlsx", (ADJUSTING, "02", "2.1", blank))
    assert kinds(read(opened, gone)) == [("删除", "02", "2.1")]


def test_rows_of_others_and_blank_rule_cells_stay_as_they_are(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    returned = filled(
        sheet(opened, tmp_path / "s.xlsx"),
        tmp_path / "b.xlsx",
        (JUDGING, "02", "2.2", {"核定分": 1}),
    )
    (written,) = write(read(opened, returned))
    rows = list(openpyxl.load_workbook(written.path).active.iter_rows(values_only=True))
    assert rows[0] == (
        "指标编号",
        "规则编号",
        "单位",
        "评委序号",
        "核定扣分",
        "扣分理由",
        "评分人",
        "复核人",
        "评分日期",
    )
    assert [row[4] for row in rows[1:]] == [0, 1, 0]
    assert [row[1] for row in rows[1:]] == [None] * 3
    assert {row[6] for row in rows[1:]} == {"李四"}


def test_a_masked_name_left_alone_keeps_the_name_and_a_new_one_is_taken(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    shown = stored(path)[ADJUSTING, cell_at(path, ADJUSTING, "02", "2.1", "调整人")]
    assert shown == "王某某"
    kept = filled(path, tmp_path / "a.xlsx", (ADJUSTING, "02", "2.1", {"调整分": 0.3}))
    (change,) = read(opened, kept).changes
    assert change.after is not None
    assert change.after["person"] == "王五"
    new = filled(path, tmp_path / "b.xlsx", (ADJUSTING, "02", "2.1", {"调整人": "王六"}))
    (change,) = read(opened, new).changes
    assert change.after is not None
    assert change.after["person"] == "王六"


def test_the_former_file_is_kept_and_read_by_no_ledger(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    ledgers = opened.path / "ledgers"
    before = (ledgers / "核分调整登记表.xlsx").read_bytes()
    path = sheet(opened, tmp_path / "s.xlsx")
    for number, amount in enumerate((0.25, 0.75), 1):
        returned = filled(path, tmp_path / "a.xlsx", (ADJUSTING, "02", "2.1", {"调整分": amount}))
        (written,) = write(read(opened, returned))
        assert written.former is not None
        assert written.former.name == f"核分调整登记表.xlsx.{number}.bak"
        path = sheet(again(opened), tmp_path / "s.xlsx")
    assert (ledgers / "核分调整登记表.xlsx.1.bak").read_bytes() == before
    assert again(opened).ledger_paths("adjustments") == [ledgers / "核分调整登记表.xlsx"]
    assert not list(ledgers.glob("*.tmp"))


def test_a_pattern_that_would_read_the_former_file_is_refused_and_nothing_is_written(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    settings = opened.path / "assessment.yaml"
    text = settings.read_text("utf-8").replace(
        "[ledgers/核分调整登记表.xlsx]", '["ledgers/核分调整*"]'
    )
    settings.write_text(text, encoding="utf-8")
    before = sorted((one.name, one.read_bytes()) for one in (opened.path / "ledgers").iterdir())
    returned = filled(path, tmp_path / "a.xlsx", (ADJUSTING, "02", "2.1", {"调整分": 0.1}))
    with pytest.raises(RunError) as caught:
        write(read(opened, returned))
    assert caught.value.code == "SCORING_BACKUP_READ"
    after = sorted((one.name, one.read_bytes()) for one in (opened.path / "ledgers").iterdir())
    assert after == before


def test_a_ledger_that_is_not_listed_is_written_and_its_line_is_said(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    path = sheet(opened, tmp_path / "s.xlsx")
    returned = filled(path, tmp_path / "a.xlsx", adjustment("02", "2.1"))
    found = read(opened, returned)
    ledger = found.ledgers["adjustments"]
    assert not ledger.is_listed
    assert ledger.line(found.folder) == "adjustments: {files: [ledgers/核分调整登记表.xlsx]}"
    (written,) = write(found)
    assert (written.path.name, written.former) == ("核分调整登记表.xlsx", None)
    assert read(opened, returned).changes == ()
    settings = opened.path / "assessment.yaml"
    text = settings.read_text("utf-8").replace(
        "ledgers:\n", f"ledgers:\n  {ledger.line(found.folder)}\n"
    )
    settings.write_text(text, encoding="utf-8")
    assert scored(checked(again(opened))).total("02")["total"] == Decimal("9.25")


def test_a_sheet_read_a_second_time_has_nothing_left_to_change(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    returned = filled(
        path, tmp_path / "a.xlsx", adjustment("02", "2.1"), adjustment("01", "2.3", 调整分=-1)
    )
    write(read(opened, returned))
    second = read(opened, returned)
    assert (second.changes, codes(second)) == ((), ["SCORING_DATA_CHANGED"])


@pytest.mark.parametrize(
    ("cells", "code", "heading"),
    [
        ({"调整理由": None}, "SCORING_CELL_MISSING", "调整理由"),
        ({"调整人": " "}, "SCORING_CELL_MISSING", "调整人"),
        ({"调整日期": None}, "SCORING_CELL_MISSING", "调整日期"),
        ({"调整分": None}, "SCORING_CELL_MISSING", "调整分"),
        ({"调整日期": "2025年1月"}, "LEDGER_DATE_UNREADABLE", "调整日期"),
        ({"调整分": "半分"}, "LEDGER_NUMBER_UNREADABLE", "调整分"),
        ({"调整分": 0.125}, "LEDGER_NUMBER_UNREADABLE", "调整分"),
        ({"调整分": "#N/A"}, "LEDGER_CELL_ERROR", "调整分"),
        ({"调整分": "=0.25+0.25"}, "SCORING_CELL_FORMULA", "调整分"),
        ({"调整分": 2.01}, "SCORING_POINTS_BEYOND", "调整分"),
        ({"调整分": -2.01}, "SCORING_POINTS_BEYOND", "调整分"),
        ({"系统得分": 4.0}, "SCORING_CELL_PROTECTED", "系统得分"),
        ({"单位": "甲区综合办"}, "SCORING_CELL_PROTECTED", "单位"),
        ({"调整后得分": 3.0}, "SCORING_CELL_PROTECTED", "调整后得分"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_found_with_its_address(
    opened: AssessmentFolder, tmp_path: Path, cells: dict[str, Any], code: str, heading: str
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    found = read(opened, filled(path, tmp_path / "a.xlsx", adjustment("02", "2.1", **cells)))
    wrong = {(one.code, one.sheet, one.cell) for one in found.findings}
    assert (code, ADJUSTING, cell_at(path, ADJUSTING, "02", "2.1", heading)) in wrong
    assert not found.is_writable


def test_both_ends_of_what_an_item_takes_are_accepted(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    for amount in (2.0, -2.0):
        found = read(
            opened, filled(path, tmp_path / "a.xlsx", adjustment("02", "2.1", 调整分=amount))
        )
        assert found.is_writable


def test_judged_points_beyond_their_range_are_found(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    found = read(
        opened, filled(path, tmp_path / "a.xlsx", (JUDGING, "01", "2.2", {"核定分": 1.01}))
    )
    (one,) = found.findings
    assert (one.code, one.expected) == ("SCORING_POINTS_BEYOND", "0 至 1")


def test_points_with_fewer_decimals_than_the_adjustment_refuse_it(tmp_path: Path) -> None:
    opened = folder(tmp_path, rubric=RUBRIC.replace("{at: item, places: 2", "{at: item, places: 1"))
    path = sheet(opened, tmp_path / "s.xlsx")
    found = read(opened, filled(path, tmp_path / "a.xlsx", adjustment("02", "2.1", 调整分=0.25)))
    assert codes(found) == ["SCORING_POINTS_DECIMALS"]


def test_a_second_signature_is_asked_for_where_the_rule_asks(tmp_path: Path) -> None:
    rubric = RUBRIC.replace(
        '{judged: {at_most: "1"}}', '{judged: {at_most: "1", second_person: true}}'
    )
    opened = folder(tmp_path, rubric=rubric)
    path = sheet(opened, tmp_path / "s.xlsx")
    found = read(opened, filled(path, tmp_path / "a.xlsx", (JUDGING, "01", "2.2", {"核定分": 0.5})))
    (one,) = found.findings
    assert (one.code, one.cell) == (
        "SCORING_CELL_MISSING",
        cell_at(path, JUDGING, "01", "2.2", "复核人"),
    )


def test_a_row_written_below_is_found(opened: AssessmentFolder, tmp_path: Path) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(path)
    cell = cell_at(path, ADJUSTING, "01", "1.1", "调整分")
    book[ADJUSTING][f"{cell[0]}60"] = 0.5
    book.save(tmp_path / "a.xlsx")
    found = read(opened, tmp_path / "a.xlsx")
    assert [(one.code, one.cell) for one in found.findings] == [
        ("SCORING_ROW_UNKNOWN", f"{cell[0]}60")
    ]


def test_a_row_of_an_item_that_the_rubric_has_no_more_is_found(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    returned = filled(path, tmp_path / "a.xlsx", adjustment("02", "2.1"))
    text = (opened.path / "rubric.yaml").read_text("utf-8").replace('id: "2.1"', 'id: "2.9"')
    (opened.path / "rubric.yaml").write_text(text, encoding="utf-8")
    assert codes(read(opened, returned)) == ["SCORING_DATA_CHANGED", "SCORING_ROW_UNKNOWN"]


def test_two_sheets_that_say_different_things_of_one_row_are_a_conflict(tmp_path: Path) -> None:
    opened = folder(tmp_path, rubric=TWO_OFFICES)
    first = sheet(opened, tmp_path / "a.xlsx")
    second = sheet(opened, tmp_path / "b.xlsx", "甲区司法所")
    one = filled(first, tmp_path / "1.xlsx", adjustment("02", "2.1", 调整分=0.5))
    other = filled(second, tmp_path / "2.xlsx", adjustment("02", "2.1", 调整分=0.75))
    found = read(opened, one, other)
    assert codes(found) == ["SCORING_SHEETS_CONFLICT"] * 2
    assert [finding.file for finding in found.findings] == ["1.xlsx", "2.xlsx"]
    assert "2.xlsx“评分底稿”" in found.findings[0].expected
    assert not found.is_writable


def test_two_sheets_that_say_the_same_or_where_one_says_nothing_agree(tmp_path: Path) -> None:
    opened = folder(tmp_path, rubric=TWO_OFFICES)
    first = sheet(opened, tmp_path / "a.xlsx")
    second = sheet(opened, tmp_path / "b.xlsx", "甲区司法所")
    one = filled(first, tmp_path / "1.xlsx", adjustment("02", "2.1"))
    same = filled(second, tmp_path / "2.xlsx", adjustment("02", "2.1"))
    for other in (same, second):
        found = read(opened, one, other)
        assert (kinds(found), codes(found)) == ([("新增", "02", "2.1")], [])


def test_an_older_sheet_that_left_a_row_alone_does_not_take_back_what_another_wrote(
    tmp_path: Path,
) -> None:
    opened = folder(tmp_path, {"adjustments": []}, rubric=TWO_OFFICES)
    first = sheet(opened, tmp_path / "a.xlsx")
    second = sheet(opened, tmp_path / "b.xlsx", "甲区司法所")
    write(read(opened, filled(first, tmp_path / "1.xlsx", adjustment("02", "2.1"))))
    late = read(opened, filled(second, tmp_path / "2.xlsx", adjustment("01", "2.1", 调整分=-1)))
    assert (kinds(late), codes(late)) == ([("新增", "01", "2.1")], ["SCORING_DATA_CHANGED"])


def test_an_older_sheet_that_changes_what_has_changed_since_is_found(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    write(read(opened, filled(path, tmp_path / "1.xlsx", adjustment("02", "2.1", 调整分=0.25))))
    late = read(opened, filled(path, tmp_path / "2.xlsx", adjustment("02", "2.1", 调整分=0.75)))
    assert codes(late) == ["SCORING_DATA_CHANGED", "SCORING_RECORD_CHANGED"]
    assert late.findings[1].expected == "登记表现为 0.25，底稿写出时为 0.5"
    assert (late.changes, late.is_writable) == ((), False)


def test_a_sheet_of_another_stage_or_another_assessment_is_refused(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(open_folder(opened.path, stage="review"), tmp_path / "s.xlsx")
    with pytest.raises(LawkpiError) as caught:
        read(opened, path)
    assert (caught.value.code, caught.value.where) == ("SCORING_STAGE_OTHER", "s.xlsx")
    assert "复核" in caught.value.expected
    other = shutil.copytree(opened.path, tmp_path / "other")
    settings = other / "assessment.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("id: tiny", "id: other"), encoding="utf-8"
    )
    with pytest.raises(LawkpiError) as caught:
        read(opened, sheet(open_folder(other), tmp_path / "o.xlsx"))
    assert caught.value.code == "SCORING_FILE_OTHER"


def test_a_ledger_with_unreadable_cells_is_mended_first(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    path = sheet(opened, tmp_path / "s.xlsx")
    rows = [{**row, "judged_on": "一月"} for row in default_rows()["judged"]]
    opened = folder(tmp_path, {"judged": rows})
    with pytest.raises(RunError) as caught:
        read(opened, path)
    assert caught.value.code == "SCORING_LEDGER_FAULTY"
    assert {one.code for one in caught.value.findings} == {"LEDGER_DATE_UNREADABLE"}


def test_a_ledger_of_another_format_is_not_written_over(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    ledger = opened.path / "ledgers" / "核分调整登记表.xlsx"
    ledger.rename(ledger.with_suffix(".et"))
    settings = opened.path / "assessment.yaml"
    text = settings.read_text("utf-8").replace("核分调整登记表.xlsx", "核分调整登记表.et")
    settings.write_text(text, encoding="utf-8")
    returned = filled(path, tmp_path / "a.xlsx", (ADJUSTING, "02", "2.1", {"调整分": 0.1}))
    with pytest.raises(RunError) as caught:
        write(read(opened, returned))
    assert caught.value.code == "SCORING_LEDGER_FORMAT"


def test_the_same_change_written_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        opened = folder(tmp_path / name, {"adjustments": [ON_RECORD]})
        path = sheet(opened, tmp_path / name / "s.xlsx")
        returned = filled(path, tmp_path / name / "r.xlsx", adjustment("01", "2.1", 调整分=-0.5))
        (one,) = write(read(opened, returned))
        written.append(one.path.read_bytes())
    assert written[0] == written[1]


def test_text_of_an_office_is_never_a_formula_in_the_ledger(
    opened: AssessmentFolder, tmp_path: Path
) -> None:
    path = sheet(opened, tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(path)
    for heading, content in {
        **ENTRY,
        "调整分": 0.1,
        "调整理由": "+1+1",
        "调整日期": dt.date(2025, 1, 5),
    }.items():
        book[ADJUSTING][cell_at(path, ADJUSTING, "01", "1.2", heading)].value = content
    book.save(tmp_path / "a.xlsx")
    (written,) = write(read(opened, tmp_path / "a.xlsx"))
    page = openpyxl.load_workbook(written.path).active
    assert [cell.value for cell in page["E"]][-1] == "+1+1"
    assert {cell.data_type for row in page for cell in row} <= {"s", "n", "d"}
