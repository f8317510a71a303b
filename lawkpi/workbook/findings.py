"""The findings workbook: everything that check found, each with its place and what to do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lawkpi.errors import Finding, Severity
from lawkpi.result.deadlines import Watch
from lawkpi.workbook.book import Book, Imprint, Sheet
from lawkpi.workbook.deadlines import deadlines_sheet

HEADINGS = (
    "序号",
    "严重程度",
    "编号",
    "问题",
    "文件",
    "工作表",
    "单元格",
    "填写内容",
    "应为",
    "处理",
)
WIDTHS = (6, 10, 26, 36, 24, 14, 10, 22, 26, 26)


def write_findings(
    findings: Sequence[Finding],
    path: Path,
    *,
    title: str,
    created: dt.date,
    illustrative: bool,
    watch: Watch | None = None,
) -> Path:
    """Write findings.xlsx; "未发现问题" where there are none.

    Parameters
    ----------
    title : what was checked, such as the assessment's title
    created : the day the file is dated, so that equal findings give equal bytes
    watch : what falls due, on a sheet of its own before the findings; None for no such sheet

    Raises
    ------
    WorkbookError WORKBOOK_FILE_UNWRITABLE, WORKBOOK_TEXT_TOO_LONG
    """
    imprint = Imprint(f"{title}问题清单", "", created, illustrative)
    with Book(path, imprint) as book:
        if watch is not None:
            deadlines_sheet(book, watch, f"{title}期限预警")
        findings_sheet(book, findings, imprint.title)
    return path


def findings_sheet(book: Book, findings: Sequence[Finding], title: str) -> Sheet:
    """The sheet 问题清单: a count by severity, then every finding."""
    sheet = book.sheet("问题清单", landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, len(HEADINGS) - 1), title, "title")
    sheet.worksheet.set_row(0, 32)
    sheet.merged((1, 0, 1, len(HEADINGS) - 1), _counted(findings), "subtitle")
    sheet.row(3, HEADINGS, "head")
    for place, finding in enumerate(findings):
        _line(sheet, 4 + place, place + 1, finding)
    if not findings:
        sheet.merged((4, 0, 4, len(HEADINGS) - 1), "未发现问题", "cell", "center")
    sheet.finish(head=(3, 3))
    return sheet


def _counted(findings: Sequence[Finding]) -> str:
    if not findings:
        return "未发现问题"
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{severity.label}{counts[severity]}项" for severity in Severity if counts[severity]]
    return f"共{len(findings)}项：" + "，".join(parts)


def _line(sheet: Sheet, row: int, number: int, finding: Finding) -> None:
    texts = (
        finding.severity.label,
        finding.code,
        finding.what,
        finding.file,
        finding.sheet,
        finding.cell,
        finding.found,
        finding.expected,
        finding.todo,
    )
    sheet.number(row, 0, number, "cell", "whole")
    sheet.row(row, texts, "cell", start=1)
    sheet.height(row, list(enumerate(texts, start=1)))
