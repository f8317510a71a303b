"""The sheet 问题清单: what check found, counted by severity and code, then listed."""

from __future__ import annotations

from collections import Counter

from lawkpi.errors import Finding, Severity
from lawkpi.result import Assessment
from lawkpi.workbook.book import Book
from lawkpi.workbook.findings import HEADINGS, findings_sheet


def findings_of(assessment: Assessment) -> list[Finding]:
    """The findings of an assessment as they were made."""
    rows = assessment.findings.to_dict("records")
    return [
        Finding(**{**{str(k): v for k, v in row.items()}, "severity": Severity(row["severity"])})
        for row in rows
    ]


def write_problems(book: Book, assessment: Assessment) -> None:
    """The list, and below it the counts by code."""
    findings = findings_of(assessment)
    sheet = findings_sheet(book, findings, f"{assessment.settings.title}问题清单")
    row = 4 + max(len(findings), 1) + 1
    counts = Counter((one.severity.label, one.code) for one in findings)
    sheet.row(row, ("严重程度", "编号", "项数"), "head", start=1)
    for place, ((severity, code), count) in enumerate(sorted(counts.items()), start=row + 1):
        sheet.row(place, (severity, code), "cell", start=1)
        sheet.number(place, 3, count, "cell", "whole")
        sheet.height(place, [(2, code)])
    sheet.worksheet.print_area(0, 0, row + len(counts), len(HEADINGS) - 1)
