"""The register of appeals: what departments dispute, and the open half in which the office answers.

Text of departments is written as text only. Open cells are the office's; nothing else is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from lawkpi.errors import Finding
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.workbook.book import Book, Imprint, Sheet
from lawkpi.workbook.feedback import AGREED, DISPUTED, GENERAL, PEOPLE, PERMITTED
from lawkpi.workbook.findings import findings_sheet
from lawkpi.workbook.signature import write_signatures

NAME, SUMMARY = "申诉登记表", "单位意见汇总"
THEIRS = (
    "序号",
    "单位",
    "指标",
    "扣分事项",
    "扣分值",
    "单位请求",
    "请求扣分值",
    "申诉理由",
    "佐证",
    "行编号",
)
OFFICE = (
    "收到日期",
    "是否逾期",
    "复核意见",
    "处理结果",
    "变更后扣分值",
    "复核人",
    "审定人",
    "答复日期",
)
"""The office's half: open cells."""
WIDTHS = (5, 12, 12, 26, 6.5, 8.5, 8, 28, 16, 8.5, 10, 7, 22, 9, 9, 8, 8, 10)
HEAD = 3
FIRST = HEAD + 1
LINE_ID = THEIRS.index("行编号")
NO_APPEALS = "无申诉"
RESULTS = ("维持", "变更", "部分变更")
SIGNERS = ("复核人", "考核组组长", "审定人")
COUNTS = ("扣分事项", AGREED, DISPUTED, "未填写", "申诉分值")
OTHERS = ("序号", "单位", "指标编号", "意见", "佐证材料名称及页码")
_LAST = len(THEIRS) + len(OFFICE) - 1


@dataclass(frozen=True)
class Appeal:
    """One disputed line. `requested`: points, or what was written where no number can be read."""

    department: str
    item: str
    fact: str
    points: Decimal
    request: str
    requested: Decimal | str
    reason: str
    evidence: str
    line: str


@dataclass(frozen=True)
class Remark:
    """A department's opinion on an item that lost nothing."""

    department: str
    item: str
    opinion: str
    evidence: str


@dataclass(frozen=True)
class Answer:
    """How a department answered; `file` is empty where nothing came back."""

    department: str
    file: str = ""
    agreed: int = 0
    blank: int = 0
    people: Mapping[str, str] = field(default_factory=dict)
    appeals: Sequence[Appeal] = ()
    remarks: Sequence[Remark] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """Lines, agreed, disputed, not answered."""
        disputed = len(self.appeals)
        return self.agreed + disputed + self.blank, self.agreed, disputed, self.blank

    @property
    def disputed_points(self) -> Decimal:
        """The points of the disputed lines."""
        return sum((one.points for one in self.appeals), Decimal(0))


def write_appeals(
    settings: AssessmentSettings,
    answers: Sequence[Answer],
    findings: Sequence[Finding],
    path: Path,
    *,
    places: int,
) -> Path:
    """Write the register of appeals; equal answers give equal bytes.

    Parameters
    ----------
    answers : every assessed department in printing order
    places : decimals of points

    Raises
    ------
    WorkbookError WORKBOOK_FILE_UNWRITABLE, WORKBOOK_TEXT_TOO_LONG
    """
    title = f"{settings.title}{NAME}"
    imprint = Imprint(
        title, settings.stage_title, settings.as_of, settings.illustrative, places=places
    )
    with Book(path, imprint) as book:
        _register(book.sheet(NAME, landscape=True), answers, title)
        _summary(book.sheet(SUMMARY, landscape=True), answers, f"{settings.title}{SUMMARY}")
        _remarks(book.sheet(GENERAL, landscape=True), answers, f"{settings.title}单位{GENERAL}")
        findings_sheet(book, findings, f"{title}问题清单")
    return path


def _register(sheet: Sheet, answers: Sequence[Answer], title: str) -> None:
    appeals = [appeal for answer in answers for appeal in answer.appeals]
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, _LAST), title, "title")
    sheet.worksheet.set_row(0, 32)
    note = f"申诉{len(appeals)}行。浅黄色单元格由考核机关填写；复核人不得为原评分人。"
    sheet.merged((1, 0, 1, _LAST), note, "subtitle")
    for row in (1, HEAD - 1):
        sheet.worksheet.set_row(row, 20)
    sheet.merged((HEAD - 1, 0, HEAD - 1, len(THEIRS) - 1), "单位申诉", "head")
    sheet.merged((HEAD - 1, len(THEIRS), HEAD - 1, _LAST), "考核机关复核", "head")
    sheet.row(HEAD, (*THEIRS, *OFFICE), "head")
    sheet.worksheet.set_row(HEAD, 32)
    for row, appeal in enumerate(appeals, start=FIRST):
        _appeal(sheet, row, appeal)
    if appeals:
        _cues(sheet, FIRST, FIRST + len(appeals) - 1)
    else:
        sheet.merged((FIRST, 0, FIRST, _LAST), NO_APPEALS, "cell", "center")
    write_signatures(sheet, FIRST + max(len(appeals), 1) + 1, _LAST + 1, signers=SIGNERS)
    sheet.finish(head=(HEAD - 1, HEAD))
    sheet.worksheet.protect("", {**PERMITTED, "autofilter": True})


def _appeal(sheet: Sheet, row: int, appeal: Appeal) -> None:
    texts = {
        1: appeal.department,
        2: appeal.item,
        3: appeal.fact,
        5: appeal.request,
        7: appeal.reason,
        8: appeal.evidence,
    }
    sheet.number(row, 0, row - FIRST + 1, "cell", "whole")
    for column, text in texts.items():
        sheet.text(row, column, text, "cell")
    sheet.number(row, 4, float(appeal.points), "cell", "points")
    if isinstance(appeal.requested, Decimal):
        sheet.number(row, 6, float(appeal.requested), "cell", "points")
    else:
        sheet.text(row, 6, appeal.requested, "cell", "center")
    sheet.text(row, LINE_ID, appeal.line, "cell", "faint")
    for place, heading in enumerate(OFFICE, start=len(THEIRS)):
        kind = {"收到日期": "day", "答复日期": "day", "变更后扣分值": "points"}.get(heading)
        centred = () if heading == "复核意见" else ("center",)
        sheet.blank(row, place, "cell", *centred, "to_fill", *((kind,) if kind else ()))
    sheet.height(row, list(texts.items()), least=3)


def _cues(sheet: Sheet, first: int, last: int) -> None:
    """Drop-downs of the office's half; changed points lie between nothing and the loss."""
    cues: dict[str, dict[str, Any]] = {
        "是否逾期": {"validate": "list", "source": ["是", "否"]},
        "处理结果": {"validate": "list", "source": list(RESULTS)},
        "变更后扣分值": {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": f"=$E{first + 1}",
            "error_title": "填写内容不符合要求",
            "error_message": "请填写0至本行扣分值之间的数。",
        },
    }
    for heading in ("收到日期", "答复日期"):
        cues[heading] = {
            "validate": "date",
            "criteria": ">=",
            "value": dt.date(2000, 1, 1),
            "input_title": "填写说明",
            "input_message": "年-月-日，如 2023-02-10。",
            "error_title": "填写内容不符合要求",
            "error_message": "请填写日期，如 2023-02-10。",
        }
    for heading, rule in cues.items():
        column = len(THEIRS) + OFFICE.index(heading)
        sheet.validation((first, column, last, column), rule)


def _summary(sheet: Sheet, answers: Sequence[Answer], title: str) -> None:
    heads = ("序号", "单位", "回件文件", *COUNTS, *PEOPLE)
    last = len(heads) - 1
    sheet.widths((5, 24, 26, 9, 8, 8, 8, 9, 10, 10, 11, 15, 12))
    sheet.merged((0, 0, 0, last), title, "title")
    sheet.worksheet.set_row(0, 32)
    received = sum(bool(one.file) for one in answers)
    note = f"被考核单位{len(answers)}个，收到回件{received}个。"
    sheet.merged((1, 0, 1, last), note, "subtitle")
    sheet.row(HEAD, heads, "head")
    sheet.worksheet.set_row(HEAD, 24)
    for row, answer in enumerate(answers, start=FIRST):
        _answer(sheet, row, answer)
    _sums(sheet, FIRST + len(answers), answers)
    write_signatures(sheet, FIRST + len(answers) + 2, last + 1, signers=SIGNERS)
    sheet.finish(head=(HEAD, HEAD))
    sheet.worksheet.protect("", PERMITTED)


def _answer(sheet: Sheet, row: int, answer: Answer) -> None:
    file = answer.file or "未收到"
    people = [answer.people.get(name, "") for name in PEOPLE]
    sheet.number(row, 0, row - FIRST + 1, "cell", "whole")
    sheet.row(row, (answer.department, file), "cell", start=1)
    for place, count in enumerate(answer.counts, start=3):
        if answer.file:
            sheet.number(row, place, count, "cell", "whole")
        else:
            sheet.blank(row, place, "cell")
    if answer.file:
        sheet.number(row, 7, float(answer.disputed_points), "cell", "points")
    else:
        sheet.blank(row, 7, "cell")
    sheet.row(row, people, "cell", "center", start=8)
    texts = [(1, answer.department), (2, file), *enumerate(people, start=8)]
    sheet.height(row, texts)


def _sums(sheet: Sheet, row: int, answers: Sequence[Answer]) -> None:
    """The sums over departments, live."""
    for column in range(8 + len(PEOPLE)):
        sheet.blank(row, column, "cell", "total")
    sheet.merged((row, 0, row, 2), "合计", "cell", "total", "center")
    for place, letter in enumerate("DEFG"):
        stored = sum(one.counts[place] for one in answers)
        formula = f"SUM({letter}{FIRST + 1}:{letter}{row})"
        sheet.formula(row, 3 + place, formula, stored, "cell", "whole", "total")
    points = sum((one.disputed_points for one in answers), Decimal(0))
    formula = f"ROUND(SUM(H{FIRST + 1}:H{row}),{sheet.book.imprint.places})"
    sheet.formula(row, 7, formula, float(points), "cell", "points", "total")


def _remarks(sheet: Sheet, answers: Sequence[Answer], title: str) -> None:
    """Opinions on items without a loss."""
    remarks = [remark for answer in answers for remark in answer.remarks]
    last = len(OTHERS) - 1
    sheet.widths((5, 26, 12, 70, 40))
    sheet.merged((0, 0, 0, last), title, "title")
    sheet.worksheet.set_row(0, 32)
    sheet.row(HEAD, OTHERS, "head")
    sheet.worksheet.set_row(HEAD, 24)
    for row, one in enumerate(remarks, start=FIRST):
        texts = (one.department, one.item, one.opinion, one.evidence)
        sheet.number(row, 0, row - FIRST + 1, "cell", "whole")
        sheet.row(row, texts, "cell", start=1)
        sheet.height(row, list(enumerate(texts, start=1)), least=2)
    if not remarks:
        sheet.merged((FIRST, 0, FIRST, last), "无", "cell", "center")
    sheet.finish(head=(HEAD, HEAD))
    sheet.worksheet.protect("", PERMITTED)
