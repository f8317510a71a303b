from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from lawkpi.errors import Finding, Severity
from lawkpi.plots.tables import (
    cell_text,
    deadlines_table,
    findings_frame,
    findings_table,
    severity_table,
    shown,
)
from lawkpi.result.deadlines import Deadline, Warned, Watch


@pytest.mark.parametrize(
    ("content", "places", "text"),
    [
        (Decimal("5.000000"), None, "5"),
        (Decimal("0.620000"), None, "0.62"),
        (0, None, "0"),
        (Decimal("5"), 2, "5.00"),
        ("甲", 2, "甲"),
        (None, 2, ""),
        (pd.NA, None, ""),
        (float("nan"), None, ""),
    ],
)
def test_a_cell_is_exact_and_missing_is_empty_never_zero(
    content: object, places: int | None, text: str
) -> None:
    assert cell_text(content, places) == text


def test_ledger_text_cannot_become_html() -> None:
    html = shown(["<b>"], [["<script>alert(1)</script>"]], caption="<i>")._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html


def test_every_cell_carries_its_style_because_style_sheets_are_taken_away() -> None:
    html = shown(["项", "得分"], [["1.1", 4]])._repr_html_()
    assert "<style" not in html
    assert '<td style="text-align: left; vertical-align: baseline">1.1</td>' in html
    assert '<td style="text-align: right; vertical-align: baseline">4</td>' in html


def test_an_empty_table_has_its_heads() -> None:
    assert "得分" in shown(["项", "得分"], [])._repr_html_()


def test_lines_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        shown(["项", "得分"], [["1.1"]])


def finding(number: int) -> Finding:
    return Finding(
        code="LEDGER_DATE_UNREADABLE",
        severity=Severity.ERROR,
        what=f"日期不能识别{number}",
        file="行政诉讼台账.xlsx",
        sheet="台账",
        cell="D12",
        found="2022.2.30",
        expected="日期",
        todo="改正日期",
    )


def test_findings_show_place_found_and_what_to_do() -> None:
    html = findings_table(findings_frame([finding(1)]))._repr_html_()
    for part in ("须更正", "行政诉讼台账.xlsx“台账” D12", "2022.2.30", "改正日期"):
        assert part in html


def test_only_the_first_findings_are_listed() -> None:
    html = findings_table(findings_frame([finding(one) for one in range(9)]), most=3)._repr_html_()
    assert html.count("日期不能识别") == 3


def test_every_severity_is_counted_even_without_findings() -> None:
    html = severity_table(findings_frame([]))._repr_html_()
    for severity in Severity:
        assert severity.label in html


def test_the_early_warning_names_department_duty_and_last_day() -> None:
    given: dict[str, Any] = {
        "matter": "提交答辩状", "record": "<1号>", "place": "第2行", "margin": "还有6日",
        "reckoning": "", "warned": Warned.DUE_SOON,
    }  # fmt: skip
    duties = [
        Deadline(department="01", last=dt.date(2024, 3, 26), **given),
        Deadline(department="01", last=None, **given),
    ]
    table = deadlines_table(Watch(dt.date(2024, 3, 20), 10, duties, {"01": "甲区城管局"}))
    assert table.caption.startswith("截至2024年3月20日，10日内")
    assert table.rows[0][:5] == ("甲区城管局", "将届满", "提交答辩状", "<1号>", "2024-03-26")
    assert table.rows[1][4] == "待定"
    assert "&lt;1号&gt;" in table._repr_html_()
