"""The findings workbook."""

import datetime as dt
from pathlib import Path

import pytest

from lawkpi.errors import Finding, Severity, WorkbookError
from lawkpi.workbook import write_findings
from tests.workbook.reading import stored

DAY = dt.date(2023, 1, 31)


def written(path: Path, *findings: Finding) -> dict[tuple[str, str], object]:
    write_findings(findings, path, title="考核", created=DAY, illustrative=True)
    return stored(path)


def finding(**more: str) -> Finding:
    given = {"code": "LEDGER_X", "what": "日期不能识别", "file": "=a.xlsx", "cell": "D12", **more}
    return Finding(severity=Severity.PENDING, **given)


def test_findings_stand_in_their_columns(tmp_path: Path) -> None:
    cells = written(tmp_path / "f.xlsx", finding(found="=HYPERLINK(1)", todo="更正"))
    line = [cells.get(("问题清单", f"{letter}5")) for letter in "ABCDEFGHIJ"]
    assert line == [
        1,
        "待核",
        "LEDGER_X",
        "日期不能识别",
        "=a.xlsx",
        None,
        "D12",
        "=HYPERLINK(1)",
        None,
        "更正",
    ]
    assert cells["问题清单", "A2"] == "共1项：待核1项"


def test_no_findings_are_said_so(tmp_path: Path) -> None:
    cells = written(tmp_path / "f.xlsx")
    assert cells["问题清单", "A5"] == "未发现问题"


def test_equal_findings_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        written(tmp_path / name, finding())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_cell_that_is_too_long_stops(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refused:
        written(tmp_path / "f.xlsx", finding(found="x" * 40000))
    assert refused.value.code == "WORKBOOK_TEXT_TOO_LONG"
