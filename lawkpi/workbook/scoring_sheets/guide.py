"""The sheet 说明: what the workbook is, how it is filled in and handed back."""

from __future__ import annotations

from lawkpi.result import Assessment
from lawkpi.rubric.assessment import ILLUSTRATIVE, STAGES
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.look import ROW_POINTS, lines_needed
from lawkpi.workbook.scoring_sheets.columns import ADJUSTING, GUIDE, JUDGING, RERUN, SUMS
from lawkpi.workbook.scoring_sheets.copy import Identity

WIDTHS = (16.0, 78.0)
STEPS = (
    (ADJUSTING, "本单位负责评分的指标，一个单位一项一行。系统得分按台账和已登记的核定分算出，不含核分调整。"
     "认为应当调整的，填写调整分、"
     "理由、调整人、日期和依据文书；同一项需要再作一次调整的，把原行改为合计数并在理由中写明。"),
    (JUDGING, "细则规定由评分单位核定的扣分、得分，一名评委一行。已经登记的已填在格内，可以修改。"),
    (SUMS, f"按填写内容即时算出的预计总分。不能逐分对应的写明“{RERUN}”，以重新运行的结果为准。"),
    ("格子", "浅黄色的格子可以填写，其余的格子受保护（没有密码），不要改动，不要增删行列或排序；可以筛选。"),
    ("姓名", "已登记人员的姓名按规定只显示姓氏（如“张某某”）；不改即保留原登记，换人的写全名。"),
    ("交回", "不要改动文件内容以外的部分，以原格式（.xlsx）交回考核组。"
     "考核组执行 lawkpi scoring read 读回：先列出问题和变动，确认后才写入登记表。"),
    ("几家共评", "一项由几个单位共同评分的，各家底稿都有这一行；只由商定的一家填写，两家填写不同的，读回时列为冲突。"),
)  # fmt: skip


def write_guide(book: Book, assessment: Assessment, identity: Identity) -> None:
    """Facts first, then how to fill it in."""
    sheet = book.sheet(GUIDE)
    settings = assessment.settings
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, 1), f"{settings.title}评分底稿", "title")
    sheet.worksheet.set_row(0, 38)
    sheet.merged((1, 0, 1, 1), ILLUSTRATIVE if settings.illustrative else "", "subtitle")
    facts = (
        ("评分单位", identity.office),
        ("考核", f"{settings.title}（编号 {identity.assessment}）"),
        ("阶段", STAGES[settings.stage]),
        ("数据截止", f"{settings.as_of:%Y-%m-%d}"),
        ("数据指纹", f"{identity.fingerprint}（由全部输入文件计算，读回时核对）"),
    )
    row = _table(sheet, 3, "一、底稿", facts)
    _table(sheet, row + 1, "二、怎样填写", STEPS)
    sheet.finish()
    sheet.worksheet.protect("", {})


def _table(sheet: Sheet, row: int, title: str, lines: tuple[tuple[str, str], ...]) -> int:
    sheet.text(row, 0, title, "heading")
    sheet.worksheet.set_row(row, 24)
    for number, (name, text) in enumerate(lines, row + 1):
        sheet.text(number, 0, name, "cell", "strong")
        sheet.text(number, 1, text, "cell")
        sheet.worksheet.set_row(number, ROW_POINTS * lines_needed(text, WIDTHS[1]) + 8)
    return row + 1 + len(lines)
