"""Wrong input gets one finding with its place; everything else is still read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.errors import Severity
from lawkpi.run import Checked, checked, open_folder
from tests.run.given import Rows, folder, line, of_code, places, replaced
from tests.support.tiny import RUBRIC, SCHEMAS, SETTINGS, case, default_rows, officer

LITIGATION = f"{SCHEMAS['litigation'].title}.xlsx"


def found(path: Path, rows: Rows | None = None, **texts: str) -> Checked:
    return checked(folder(path, rows, **texts))


def edited(path: Path, name: str, cell: str, content: Any) -> Checked:
    """The tiny assessment with one cell written over."""
    opened = folder(path)
    file = opened.path / "ledgers" / f"{SCHEMAS[name].title}.xlsx"
    book = openpyxl.load_workbook(file)
    book.worksheets[0][cell] = content
    book.save(file)
    return checked(opened)


def column(name: str, wanted: str) -> str:
    return openpyxl.utils.get_column_letter(list(SCHEMAS[name].columns).index(wanted) + 1)


def test_the_tiny_assessment_has_nothing_wrong(tmp_path: Path) -> None:
    good = found(tmp_path)
    assert (good.findings, good.is_scorable) == ((), True)


def test_an_unknown_department_is_an_error_at_its_cell(tmp_path: Path) -> None:
    cell = f"{column('litigation', 'responsible_department')}5"
    wrong = edited(tmp_path, "litigation", cell, "城管分局")
    assert places(wrong.findings) == [("LEDGER_DEPARTMENT_UNKNOWN", LITIGATION, cell)]
    assert not wrong.is_scorable


def test_an_unreadable_date_is_pending_at_its_cell_and_stops_nothing(tmp_path: Path) -> None:
    cell = f"{column('litigation', 'reply_on')}2"
    wrong = edited(tmp_path, "litigation", cell, "2024年3月")
    assert places(wrong.findings) == [("LEDGER_DATE_UNREADABLE", LITIGATION, cell)]
    assert wrong.is_scorable
    assert len(wrong.ledgers["litigation"]) == len(default_rows()["litigation"])


def test_the_same_case_twice_for_one_department_is_an_error_at_its_row(tmp_path: Path) -> None:
    rows = default_rows()["litigation"]
    wrong = found(tmp_path, {"litigation": [*rows, rows[0]]})
    last = f"第{len(rows) + 2}行"
    assert places(wrong.findings) == [("LEDGER_ROW_REPEATED", LITIGATION, last)]
    assert not wrong.is_scorable


def test_a_missing_ledger_is_named_and_the_others_are_checked_all_the_same(tmp_path: Path) -> None:
    opened = folder(tmp_path, {"enforcers": [officer(1, "甲区城管局", **{"from": None})]})
    (opened.path / "ledgers" / LITIGATION).unlink()
    wrong = checked(opened)
    [missing] = of_code(wrong.findings, "LEDGER_FILE_MISSING")
    assert (missing.severity, missing.file) == (Severity.ERROR, f"ledgers/{LITIGATION}")
    assert len(of_code(wrong.findings, "LEDGER_CELL_MISSING")) == 1
    assert len(wrong.ledgers["litigation"]) == 0
    assert len(wrong.ledgers["training"]) == len(default_rows()["training"])


def test_a_missing_column_is_named_with_its_sheet_and_row(tmp_path: Path) -> None:
    cell = f"{column('litigation', 'served_on')}1"
    wrong = edited(tmp_path, "litigation", cell, "送达")
    faults = of_code(wrong.findings, "LEDGER_COLUMN_MISSING")
    assert [one.cell for one in faults if one.sheet] == ["第1行（表头）"]
    assert SCHEMAS["litigation"].title_of("served_on") in {one.expected for one in faults}
    assert not wrong.is_scorable


def test_every_fault_of_every_ledger_is_found_at_once_the_gravest_first(tmp_path: Path) -> None:
    rows = default_rows()
    wrong = found(
        tmp_path,
        {
            "litigation": [case(1, "某某局"), case(2, "甲区城管局", served_on="三月")],
            "training": [{**rows["training"][0], "hours": 1.25}],
            "submissions": [{"department": "甲区城管局", "ledger": "学习台账", "form": "rows"}],
        },
    )
    assert [(one.severity.value, one.code) for one in wrong.findings] == [
        ("error", "LEDGER_DEPARTMENT_UNKNOWN"),
        ("pending", "LEDGER_NUMBER_UNREADABLE"),
        ("pending", "LEDGER_DATE_UNREADABLE"),
        ("warning", "SUBMISSION_LEDGER_UNKNOWN"),
    ]
    assert wrong.counted() == {
        Severity.ERROR: 1, Severity.PENDING: 2, Severity.WARNING: 1, Severity.NOTICE: 0,
    }  # fmt: skip


def test_points_that_do_not_add_up_are_named_per_section_and_for_the_whole(tmp_path: Path) -> None:
    text = replaced(RUBRIC, '        full_points: "6"', '        full_points: "5"')
    wrong = found(tmp_path, rubric=text)
    section = line(text, 'full_points: "12"')
    assert places(wrong.findings) == [("RUBRIC_POINTS_NOT_ADDING_UP", "rubric.yaml", section)]
    assert "第2部分" in wrong.findings[0].what
    assert "11" in wrong.findings[0].what
    text = replaced(RUBRIC, 'full_points: "20"', 'full_points: "21"')
    whole = found(tmp_path, rubric=text)
    first = line(text, 'full_points: "21"')
    assert places(whole.findings) == [("RUBRIC_POINTS_NOT_ADDING_UP", "rubric.yaml", first)]
    assert not whole.is_scorable


def test_a_rubric_over_a_ledger_that_is_not_given_is_an_error(tmp_path: Path) -> None:
    text = replaced(
        RUBRIC,
        "ledger: litigation, unit: 件, done: {papers",
        "ledger: contracts, unit: 件, done: {papers",
    )
    wrong = found(tmp_path, rubric=text)
    place = line(text, "ledger: contracts")
    assert places(wrong.findings) == [("RUBRIC_LEDGER_UNKNOWN", "rubric.yaml", place)]


@pytest.mark.parametrize(
    ("points", "codes"),
    [
        (1.0, []),
        (1.01, ["JUDGED_POINTS_BEYOND"]),
        (0.0, []),
        (-0.01, ["JUDGED_POINTS_BEYOND"]),
        (0.125, ["LEDGER_NUMBER_UNREADABLE"]),
    ],
)
def test_judged_points_stay_within_their_declared_range(
    tmp_path: Path, points: float, codes: list[str]
) -> None:
    rows = default_rows()["judged"]
    wrong = found(tmp_path, {"judged": [{**rows[0], "points": points}, *rows[1:]]})
    assert [one.code for one in wrong.findings] == codes
    assert {one.cell for one in wrong.findings} <= {"第2行", f"{column('judged', 'points')}2"}


def test_a_submission_that_names_no_ledger_is_a_warning_at_its_row(tmp_path: Path) -> None:
    rows = default_rows()["submissions"]
    wrong = found(tmp_path, {"submissions": [*rows[:2], {**rows[2], "ledger": "学法 台帐"}]})
    assert [(one.code, one.severity.value, one.cell) for one in wrong.findings] == [
        ("SUBMISSION_LEDGER_UNKNOWN", "warning", "第4行")
    ]


def test_a_last_day_that_nobody_declared_is_said_once_per_limit(tmp_path: Path) -> None:
    contract = {
        "title": "合同", "department": "甲区城管局", "reviewer": "甲区综合办", "signed": "no",
        "sent_on": dt.date(2024, 3, 1), "complete_on": dt.date(2024, 3, 1),
    }  # fmt: skip
    wrong = found(tmp_path, {"contracts": [{**contract, "contract": f"合{n}"} for n in (1, 2)]})
    assert [(one.code, one.severity.value, one.cell) for one in wrong.findings] == [
        ("RUBRIC_LEDGER_UNUSED", "warning", ""),
        ("LEDGER_LAST_DAY_UNDETERMINED", "warning", "第2行起"),
    ]
    assert wrong.findings[1].what.startswith("2行")
    assert wrong.findings[1].what.endswith("届满日待定：本地期限未声明")
    assert "assessment.yaml" in wrong.findings[1].todo


@pytest.mark.parametrize(
    ("as_of", "severity"),
    [
        ("2026-10-02", None),
        ("2026-10-03", Severity.NOTICE),
        ("2026-12-31", Severity.NOTICE),
        ("2027-01-04", Severity.WARNING),
    ],
)
def test_a_missing_notice_of_next_year_is_a_finding_and_stops_nothing(
    tmp_path: Path, as_of: str, severity: Severity | None
) -> None:
    opened = folder(tmp_path)
    late = checked(open_folder(opened.path, as_of=dt.date.fromisoformat(as_of)))
    told = of_code(late.findings, "CALENDAR_YEAR_MISSING")
    assert [one.severity for one in told] == ([severity] if severity else [])
    assert late.is_scorable
    assert not told or "2027.yaml" in told[0].todo


def test_a_notice_that_was_added_is_no_finding_any_more(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    (opened.path / "calendar").mkdir()
    text = 'year: 2027\noff: ["2027-01-01"]\nworking: []\nnotice: 示例\n'
    (opened.path / "calendar" / "2027.yaml").write_text(text, encoding="utf-8")
    again = checked(open_folder(opened.path, as_of=dt.date(2026, 12, 1)))
    assert of_code(again.findings, "CALENDAR_YEAR_MISSING") == []


def test_a_last_day_beyond_the_calendar_names_the_year_and_what_to_add(tmp_path: Path) -> None:
    rows = [case(1, "甲区城管局", served_on=dt.date(2026, 12, 20))]
    wrong = found(tmp_path, {"litigation": rows})
    [one] = of_code(wrong.findings, "LEDGER_LAST_DAY_UNDETERMINED")
    assert "日历未载2027年" in one.what
    assert "放假安排文件" in one.todo


def test_a_rubric_issued_after_the_year_began_is_said_and_scored(tmp_path: Path) -> None:
    late = found(tmp_path, rubric=replaced(RUBRIC, '"2023-12-20"', '"2024-01-02"'))
    assert [(one.code, one.severity.value) for one in late.findings] == [
        ("RUBRIC_ISSUED_LATE", "warning")
    ]
    assert late.is_scorable


def test_a_sheet_named_in_the_settings_must_be_there(tmp_path: Path) -> None:
    text = replaced(
        SETTINGS, "{ledgers}", "{ledgers}\n  claims: {{files: [ledgers/claims.xlsx], sheet: 甲}}"
    )
    opened = folder(tmp_path, settings=text)
    source = opened.path / "ledgers" / LITIGATION
    (opened.path / "ledgers" / "claims.xlsx").write_bytes(source.read_bytes())
    wrong = checked(opened)
    assert places(wrong.findings) == [
        ("LEDGER_SHEET_MISSING", "claims.xlsx", ""),
        ("RUBRIC_LEDGER_UNUSED", "assessment.yaml", ""),
    ]


def test_checking_changes_no_file(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    before = opened.fingerprints()
    checked(opened)
    assert opened.fingerprints() == before
