"""What offices enter by hand is checked against what the rubric asks for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from lawkpi.errors import Severity
from lawkpi.run import Checked, checked
from tests.run.given import Rows, folder
from tests.support.tiny import SCHEMAS, default_rows

FIRST = "甲区城管局"
DAY = dt.date(2025, 1, 10)


def found(path: Path, rows: Rows) -> Checked:
    return checked(folder(path, rows))


def judged(**more: object) -> dict[str, object]:
    row = {"item": "2.2", "department": FIRST, "points": 0.5, "reason": "甲", "person": "乙"}
    return {**row, "judged_on": DAY, **more}


def exemption(**more: object) -> dict[str, object]:
    row = {"ledger": SCHEMAS["litigation"].title, "record": "（2024）甲01行初1号|一审|01"}
    decision = {"department": FIRST, "reason": "law_unclear", "decision": "纪要〔2024〕1号"}
    return {**row, **decision, "decided_on": DAY, "person": "乙", **more}


def codes(checked_one: Checked) -> list[str]:
    return [one.code for one in checked_one.findings]


def test_points_on_both_ends_of_the_range_are_taken(tmp_path: Path) -> None:
    for points in (0.0, 1.0):
        assert codes(found(tmp_path, {"judged": [judged(points=points)]})) == []


def test_points_beyond_the_range_stop_the_scoring(tmp_path: Path) -> None:
    wrong = found(tmp_path, {"judged": [judged(points=1.01)]})
    assert codes(wrong) == ["JUDGED_POINTS_BEYOND"]
    assert wrong.findings[0].expected == "0 至 1"
    assert not wrong.is_scorable


def test_points_for_another_rule_of_the_item_are_not_this_rules(tmp_path: Path) -> None:
    assert codes(found(tmp_path, {"judged": [judged(points=9.0, rule="z")]})) == []


def test_a_state_without_a_price_is_said_with_the_words_that_have_one(tmp_path: Path) -> None:
    rows = [{**row, "state": "计划不详"} for row in default_rows()["entered"][:1]]
    wrong = found(tmp_path, {"entered": rows})
    (one,) = [one for one in wrong.findings if one.code == "ENTERED_STATE_UNKNOWN"]
    assert (one.severity, one.found) == (Severity.PENDING, "计划不详")
    assert one.expected == "有计划并落实、有计划未全部落实、无计划"


def test_an_exemption_of_a_record_that_is_not_there_is_said(tmp_path: Path) -> None:
    wrong = found(tmp_path, {"exemptions": [exemption(record="没有的案件")]})
    assert "EXEMPTION_RECORD_UNKNOWN" in codes(wrong)
    assert wrong.is_scorable


def test_an_exemption_from_a_ledger_that_is_not_there_is_said(tmp_path: Path) -> None:
    wrong = found(tmp_path, {"exemptions": [exemption(ledger="没有的台账")]})
    assert "EXEMPTION_RECORD_UNKNOWN" in codes(wrong)


def test_a_submission_of_no_known_ledger_is_said(tmp_path: Path) -> None:
    row = {"department": FIRST, "ledger": "没有的台账", "form": "none"}
    assert "SUBMISSION_LEDGER_UNKNOWN" in codes(found(tmp_path, {"submissions": [row]}))


def adjustment(**more: object) -> dict[str, object]:
    row = {"item": "2.2", "department": FIRST, "number": 1, "points": 0.5, "reason": "甲"}
    return {**row, "person": "乙", "adjusted_on": DAY, **more}


def test_a_whole_adjustment_is_no_finding(tmp_path: Path) -> None:
    assert codes(found(tmp_path, {"adjustments": [adjustment()]})) == []


def test_an_adjustment_of_what_is_no_base_item_stops_the_scoring(tmp_path: Path) -> None:
    for item in ("9.9", "B.1"):
        wrong = found(tmp_path, {"adjustments": [adjustment(item=item)]})
        assert codes(wrong) == ["ADJUSTMENT_ITEM_UNKNOWN"]
        assert (wrong.findings[0].found, wrong.is_scorable) == (item, False)


def test_an_adjustment_of_a_body_that_is_not_assessed_stops_the_scoring(tmp_path: Path) -> None:
    wrong = found(tmp_path, {"adjustments": [adjustment(department="甲区管委会")]})
    assert codes(wrong) == ["ADJUSTMENT_DEPARTMENT_UNASSESSED"]
    assert not wrong.is_scorable


def test_an_adjustment_without_reason_person_or_day_stops_the_scoring(tmp_path: Path) -> None:
    row = adjustment(reason=None, person=None, adjusted_on=None)
    wrong = found(tmp_path, {"adjustments": [row]})
    (one,) = [one for one in wrong.findings if one.code == "ADJUSTMENT_INCOMPLETE"]
    assert one.expected == "调整理由、调整人、调整日期"
    assert not wrong.is_scorable


def test_one_number_twice_for_one_item_of_a_department_is_a_repeated_row(tmp_path: Path) -> None:
    wrong = found(tmp_path, {"adjustments": [adjustment(), adjustment(points=0.1)]})
    assert codes(wrong) == ["LEDGER_ROW_REPEATED"]
