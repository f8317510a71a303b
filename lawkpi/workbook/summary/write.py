"""Writing the summary workbook, sheet by sheet."""

from __future__ import annotations

from pathlib import Path

from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Imprint
from lawkpi.workbook.summary.amendments import HOLDS, has_amendments, write_amendments
from lawkpi.workbook.summary.amendments import NAME as AMENDMENTS
from lawkpi.workbook.summary.board import Board
from lawkpi.workbook.summary.contents import NAME, write_contents
from lawkpi.workbook.summary.conversion import write_conversion
from lawkpi.workbook.summary.distribution import write_distribution
from lawkpi.workbook.summary.grades import write_grades
from lawkpi.workbook.summary.matrix import write_matrix
from lawkpi.workbook.summary.problems import write_problems
from lawkpi.workbook.summary.rubric import write_rubric
from lawkpi.workbook.summary.self_assessed import write_differences
from lawkpi.workbook.summary.statistics import write_statistics
from lawkpi.workbook.summary.totals import write_totals

SHEETS = {
    "汇总表": "各组单位的一级指标得分、加减分、总分、排名和建议等次",
    "建议等次": "各组等次名额和建议数，等次审定表",
    "得分分布": "各组分数段的单位数、平均分、最高分、最低分、中位数",
    "指标矩阵": "各单位各项得分、有效分值、得分率",
    "统计": "各项平均分、最低分、扣分单位和扣分合计",
    "自评与考评差异表": "各单位自评合计与考评合计，逐项差异",
    "折算报送表": "报送绩效考核的折算分",
    "问题清单": "台账检查发现的问题",
    "考核细则": "评分标准原文、分值、依据和口径",
}
"""Every sheet behind 目录, in order, and what it holds; behind them the amendments, if there are any."""
UPRIGHT = ("得分分布", "折算报送表")


def write_summary(assessment: Assessment, path: Path) -> Path:
    """Write the summary workbook of an assessment. Equal results give equal bytes.

    Raises
    ------
    WorkbookError WORKBOOK_TEXT_TOO_LONG, WORKBOOK_FILE_UNWRITABLE
    """
    with Book(path, Imprint.of(assessment, "汇总")) as book:
        _write(book, Board(assessment))
    return path


def _write(book: Book, board: Board) -> None:
    """Sheets in reading order, written in the order in which they refer to one another."""
    is_amended = has_amendments(board.assessment)
    sheets = SHEETS | ({AMENDMENTS: HOLDS} if is_amended else {})
    book.sheet(NAME)
    for name in sheets:
        book.sheet(name, landscape=name not in UPRIGHT)
    matrix = write_matrix(book, board)
    totals = write_totals(book, board, matrix)
    write_grades(book, board, totals)
    distribution = write_distribution(book, board, totals)
    write_statistics(book, board, matrix)
    write_differences(book, board)
    write_conversion(book, board, totals)
    write_problems(book, board.assessment)
    write_rubric(book, board.assessment)
    if is_amended:
        write_amendments(book, board.assessment)
    write_contents(book, board, sheets, distribution)
    book.sheet(NAME).worksheet.activate()
