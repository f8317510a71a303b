"""Writing the summary workbook, sheet by sheet."""

from __future__ import annotations

from pathlib import Path

from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Imprint
from lawkpi.workbook.summary.contents import write_contents
from lawkpi.workbook.summary.conversion import write_conversion
from lawkpi.workbook.summary.grades import write_grades
from lawkpi.workbook.summary.matrix import write_matrix
from lawkpi.workbook.summary.problems import write_problems
from lawkpi.workbook.summary.rubric import write_rubric
from lawkpi.workbook.summary.self_assessed import write_differences
from lawkpi.workbook.summary.statistics import write_statistics
from lawkpi.workbook.summary.totals import write_totals

SHEETS = (
    "目录",
    "汇总表",
    "建议等次",
    "指标矩阵",
    "统计",
    "自评与考评差异表",
    "折算报送表",
    "问题清单",
    "考核细则",
)


def write_summary(assessment: Assessment, path: Path) -> Path:
    """Write the summary workbook of an assessment. Equal results give equal bytes.

    Raises
    ------
    WorkbookError WORKBOOK_TEXT_TOO_LONG, WORKBOOK_FILE_UNWRITABLE
    """
    with Book(path, Imprint.of(assessment, "汇总")) as book:
        _write(book, assessment)
    return path


def _write(book: Book, assessment: Assessment) -> None:
    for name in SHEETS:
        book.sheet(name, landscape=name not in ("目录", "折算报送表"))
    rows = write_matrix(book, assessment)
    totals = write_totals(book, assessment, rows)
    write_grades(book, assessment)
    write_statistics(book, assessment)
    write_differences(book, assessment)
    write_conversion(book, assessment, totals)
    write_problems(book, assessment)
    write_rubric(book, assessment)
    write_contents(book, assessment, SHEETS)
    book.sheet(SHEETS[0]).worksheet.activate()
