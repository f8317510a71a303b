"""The sheet 扣分清单: every lost point with its fact, its place and the clause's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from lawkpi.result.frames import KINDS
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.desk import FIRST_ROW, Desk
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.signature import write_signatures

NAME = "扣分清单"
HEADINGS = (
    "序号",
    "一级指标",
    "二级指标",
    "扣分事项（事实）",
    "记录位置",
    "评分标准原文",
    "扣分值",
    "整改要求",
    "单位意见（认可/申诉）",
)
WIDTHS = (5, 12, 13, 42, 24, 42, 8, 14, 14)
FIRST = 4
OPINION = "□认可  □申诉"
_LISTED = ("malus", "veto", "exempt")

Row = Mapping[Any, Any]


def write_losses(book: Book, desk: Desk) -> None:
    """Losses of items first, then malus and veto; the sum, and the signatures."""
    sheet = book.sheet(NAME, landscape=True)
    _head(sheet, desk)
    row = FIRST
    for number, line in enumerate(loss_lines(desk), start=1):
        _line(sheet, row, number, (desk, line))
        row += 1
    if row == FIRST:
        sheet.merged((row, 0, row, len(HEADINGS) - 1), "无扣分事项", "cell", "center")
        row += 1
    _foot(sheet, row, desk)


def loss_lines(desk: Desk) -> Iterator[Row]:
    """The lines in printing order: losses as the assessment lists them, then malus, veto, exemptions."""
    code = desk.department.code
    yield from desk.assessment.lines("losses", code)
    for row in desk.assessment.lines("adjustments", code):
        if row["kind"] in _LISTED:
            yield row


def _head(sheet: Sheet, desk: Desk) -> None:
    settings, last = desk.assessment.settings, len(HEADINGS) - 1
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, last), f"{settings.title}扣分清单", "title")
    about = f"被考核单位：{desk.department.name}    阶段：{settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
    sheet.merged((1, 0, 1, last), about, "subtitle")
    sheet.worksheet.set_row(0, 32)
    sheet.row(FIRST - 1, HEADINGS, "head")
    sheet.worksheet.set_row(FIRST - 1, 32)


def _line(sheet: Sheet, row: int, number: int, given: tuple[Desk, Row]) -> None:
    desk, line = given
    section, item = desk.assessment.line(str(line["item"]))
    texts = {
        1: f"{section.id} {section.title}",
        2: item_text(desk, line),
        3: fact_text(desk, line),
        4: _place(desk, line),
        5: item.clause,
        7: "",
        8: OPINION,
    }
    sheet.number(row, 0, number, "cell", "whole")
    for column, text in texts.items():
        sheet.text(row, column, text, "cell")
    sheet.number(row, 6, float(line["points"]), "cell", "points")
    sheet.height(row, list(texts.items()), least=2)


def item_text(desk: Desk, line: Row) -> str:
    """The item's number and title; what kind of line it is where it is no loss of an item."""
    _, item = desk.assessment.line(str(line["item"]))
    kind = KINDS.get(str(line.get("kind", "")), "")
    return f"{item.id} {item.title}" + (f"（{kind}）" if kind else "")


def fact_text(desk: Desk, line: Row) -> str:
    """The fact alone: the sentence without its place, the quoted clause and the points."""
    quoting = f"，对照《{desk.assessment.rubric.title}》第{line['item']}项"
    sentence = str(line["sentence"]).removeprefix("经核查，")
    fact = sentence.partition(quoting)[0]
    return fact.removesuffix(f"（{_origin(desk, line)}）")


def _origin(desk: Desk, line: Row) -> str:
    """The record's place as the sentence names it; empty without a record."""
    if line["row_id"] is None:
        return ""
    title = desk.ledgers[line["ledger"]].schema.title
    return f"《{title}》{_row_place(desk, line)}"


def _row_place(desk: Desk, line: Row) -> str:
    ledger = desk.assessment.ledgers[line["ledger"]]
    return ledger.place(str(line["row_id"]), line["file"], line["sheet"], line["row"])


def _place(desk: Desk, line: Row) -> str:
    """File, sheet and row of the record, and its row in this workbook."""
    sheet = desk.sheets.get(str(line["ledger"]))
    if line["row_id"] is None:
        return f"本簿“{sheet.name}”" if sheet else "—"
    origin = _row_place(desk, line)
    if sheet is None:
        return origin
    ids = sheet.ledger.cells("row_id")
    if line["row_id"] not in ids:
        return origin
    return f"{origin}\n（本簿台账页第{FIRST_ROW + 1 + ids.index(line['row_id'])}行）"


def _foot(sheet: Sheet, row: int, desk: Desk) -> None:
    points = [Decimal(line["points"]) for line in loss_lines(desk)]
    places = desk.assessment.rubric.rounding.item_places
    last = len(HEADINGS) - 1
    for column in range(last + 1):
        sheet.blank(row, column, "cell", "total")
    sheet.merged((row, 0, row, 5), "合计", "cell", "total", "center")
    formula = f"ROUND(SUM(G{FIRST + 1}:G{row}),{places})"
    stored = float(sum(points, Decimal(0)))
    sheet.formula(row, 6, formula, stored, "cell", "points", "total")
    sheet.worksheet.set_row(row, 22)
    note = (
        "扣分值为系统分摊至各记录的数值；同一规则达到上限后的记录列示为0分（已达上限）。对扣分有异议的，请填写《反馈与申诉》页，"
        f"并自收到之日起{desk.assessment.settings.contact.appeal_days}日内"
        f"向{desk.assessment.settings.contact.office}提交理由和佐证。"
    )
    sheet.merged((row + 1, 0, row + 1, last), note, "note")
    sheet.worksheet.set_row(row + 1, 28)
    printed = fingerprint(desk.assessment.inputs)
    write_signatures(sheet, row + 3, last + 1, printed=printed)
    sheet.finish(head=(FIRST - 1, FIRST - 1))
