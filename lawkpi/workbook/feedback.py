"""The sheet 反馈与申诉: a department's answer to every line of the list of losses, and to the rest.

Cells for the department are open, all others are protected without a password. The points of a line are
values, as in the list of losses: a formula would follow whatever is typed over that list, and the bound
of what may be asked for with it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lawkpi.workbook.book import Block, Book, Sheet
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.losses import Row, fact_text, item_text, loss_lines
from lawkpi.workbook.signature import write_signatures

NAME = "反馈与申诉"
HEADINGS = (
    "序号",
    "指标",
    "扣分事项（事实）",
    "扣分值",
    "行编号",
    "单位意见",
    "申诉请求",
    "请求扣分值",
    "申诉理由",
    "佐证材料名称及页码",
)
NUMBER, ITEM, FACT, POINTS, ID, OPINION, REQUEST, REQUESTED, REASON, EVIDENCE = range(10)
ANSWERS = (OPINION, REQUEST, REQUESTED, REASON, EVIDENCE)
"""The columns that a department fills."""
WIDTHS = (5, 16, 40, 8, 9, 9, 11, 10, 36, 24)
LAST = len(HEADINGS) - 1
HEAD = 3
FIRST = HEAD + 1
AGREED, DISPUTED = "认可", "申诉"
CANCEL, REDUCE = "撤销扣分", "核减扣分"
GENERAL = "对未扣分指标的意见"
GENERAL_HEADINGS = ("序号", "指标编号", "意见", "佐证材料名称及页码")
GENERAL_COLUMNS = ((0, 0), (1, 1), (2, 7), (8, 9))
GENERAL_ROOM = 4
SIGNERS = ("填报人", "审核人", "单位负责人（签字、盖章）")
DEPARTMENT, STAGE, ASSESSMENT, FINGERPRINT = "被考核单位", "阶段", "考核编号", "数据指纹"
FILLED_ON = "填报日期"
PEOPLE = {
    "填报人": (0, (0, 1), (2, 2)),
    "审核人": (0, (3, 4), (5, 7)),
    "单位负责人": (0, (8, 8), (9, 9)),
    "联系电话": (1, (0, 1), (2, 2)),
    FILLED_ON: (1, (3, 4), (5, 7)),
}
"""Who answers: the row of the block, and the first and last columns of the label and of the open cell."""
PERMITTED = {"format_columns": True, "format_rows": True}
_GAP = "    "
_SAYS = "："
Place = tuple[int, int]


@dataclass(frozen=True)
class Layout:
    """Where everything stands on the sheet of a department with so many lines; counted from 0."""

    count: int

    @property
    def lines(self) -> range:
        """The rows of lines."""
        return range(FIRST, FIRST + self.count)

    @property
    def total(self) -> int:
        """The row of the sum, or the row after 无扣分事项."""
        return FIRST + max(self.count, 1)

    @property
    def general_title(self) -> int:
        """The row that begins the block of general opinions."""
        return self.total + 2

    @property
    def general(self) -> range:
        """The open rows of general opinions."""
        return range(self.general_title + 2, self.general_title + 2 + GENERAL_ROOM)

    @property
    def people(self) -> dict[str, Place]:
        """Who answers: label to open cell."""
        first = self.general.stop + 1
        return {name: (first + row, own[0]) for name, (row, _, own) in PEOPLE.items()}

    @property
    def signatures(self) -> int:
        """The first row of the foot."""
        return self.general.stop + 4

    @property
    def open_cells(self) -> frozenset[Place]:
        """Every cell that a department may fill."""
        answers = {(row, column) for row in self.lines for column in ANSWERS}
        general = {(row, own[0]) for row in self.general for own in GENERAL_COLUMNS[1:]}
        return frozenset(answers | general | set(self.people.values()))


def line_ids(lines: Iterable[Mapping[Any, Any]]) -> list[str]:
    """A short id for each line, from item, rule and row id; the same whoever is charged.

    Lines without a record are told apart by their order within the rule.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    ids = []
    for line in lines:
        row_id = "" if line["row_id"] is None else str(line["row_id"])
        key = (str(line["item"]), str(line["rule"]), row_id)
        text = json.dumps([*key, seen[key]], ensure_ascii=False)
        ids.append("R" + hashlib.sha256(text.encode()).hexdigest()[:10])
        seen[key] += 1
    return ids


def department_text(name: str, code: str) -> str:
    """A department as cover and sheet name it."""
    return f"{name}（{code}）"


def said_of(texts: Iterable[str]) -> dict[str, str]:
    """What the line under the title says: label to text."""
    parts = (part for text in texts for part in text.split(_GAP))
    pairs = (part.strip().partition(_SAYS) for part in parts if _SAYS in part)
    return {label: text.strip() for label, _, text in pairs}


def write_feedback(book: Book, desk: Desk) -> None:
    """The head, a row for each line of the list of losses, general opinions, who answers, the foot."""
    sheet = book.sheet(NAME, landscape=True)
    lines = list(loss_lines(desk))
    layout = Layout(len(lines))
    _head(sheet, desk)
    for row, line, own_id in zip(layout.lines, lines, line_ids(lines), strict=True):
        _line(sheet, row, own_id, (desk, line))
    if lines:
        _total(sheet, layout, [Decimal(line["points"]) for line in lines])
        _cues(sheet, layout)
    else:
        sheet.merged((FIRST, 0, FIRST, LAST), "无扣分事项", "cell", "center")
    _general(sheet, layout)
    _people(sheet, layout)
    write_signatures(sheet, layout.signatures, LAST + 1, signers=SIGNERS)
    sheet.finish(head=(HEAD, HEAD))
    sheet.worksheet.protect("", PERMITTED)


def _head(sheet: Sheet, desk: Desk) -> None:
    settings = desk.assessment.settings
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, LAST), f"{settings.title}{NAME}", "title")
    sheet.worksheet.set_row(0, 32)
    texts = (
        {DEPARTMENT: department_text(desk.department.name, desk.department.code)},
        {STAGE: settings.stage_title, ASSESSMENT: settings.id},
        {FINGERPRINT: fingerprint(desk.assessment.inputs)},
    )
    for (first, last), said in zip(((0, 2), (3, 7), (8, 9)), texts, strict=True):
        text = _GAP.join(f"{label}{_SAYS}{one}" for label, one in said.items())
        sheet.merged((1, first, 1, last), text, "plain_line")
    sheet.worksheet.set_row(1, 20)
    sheet.merged((2, 0, 2, LAST), _guide(desk), "note")
    sheet.worksheet.set_row(2, 36)
    sheet.row(HEAD, HEADINGS, "head")
    sheet.worksheet.set_row(HEAD, 32)


def _guide(desk: Desk) -> str:
    contact = desk.assessment.settings.contact
    return (
        "只填写浅黄色单元格。每行在“单位意见”中选择认可或申诉；选择申诉的，写明申诉请求、理由和佐证。请求扣分值是本单位认为应扣的分值，"
        "不高于本行扣分值，请求撤销的填0。其他单元格受保护，改动不作为依据；台账有误的，另行报送更正。"
        f"对扣分有异议的，自收到本表之日起{contact.appeal_days}日内向{contact.office}"
        f"（电话：{contact.telephone}）提出申诉，报送本工作簿及签字盖章的纸质件和佐证材料；没有异议的，选择认可后一并报回。"
    )


def _line(sheet: Sheet, row: int, own_id: str, given: tuple[Desk, Row]) -> None:
    desk, line = given
    texts = {ITEM: item_text(desk, line), FACT: fact_text(desk, line)}
    sheet.number(row, NUMBER, row - FIRST + 1, "cell", "whole")
    for column, text in texts.items():
        sheet.text(row, column, text, "cell")
    sheet.number(row, POINTS, float(line["points"]), "cell", "points")
    sheet.text(row, ID, own_id, "cell", "faint")
    for column in (OPINION, REQUEST):
        sheet.blank(row, column, "cell", "center", "to_fill")
    sheet.blank(row, REQUESTED, "cell", "points", "to_fill")
    for column in (REASON, EVIDENCE):
        sheet.blank(row, column, "cell", "to_fill", "as_text")
    sheet.height(row, list(texts.items()), least=3)


def _total(sheet: Sheet, layout: Layout, points: Sequence[Decimal]) -> None:
    """The sum of the points, and how many lines are answered so far."""
    row, places = layout.total, sheet.book.imprint.places
    for column in range(LAST + 1):
        sheet.blank(row, column, "cell", "total")
    sheet.merged((row, 0, row, FACT), "合计", "cell", "total", "center")
    span = f"D{FIRST + 1}:D{row}"
    stored = float(sum(points, Decimal(0)))
    formula = f"ROUND(SUM({span}),{places})"
    sheet.formula(row, POINTS, formula, stored, "cell", "points", "total")
    opinions = f"F{FIRST + 1}:F{row}"
    agreed, disputed = (f'COUNTIF({opinions},"{word}")' for word in (AGREED, DISPUTED))
    left = f"{layout.count}-{agreed}-{disputed}"
    counted = f'"{AGREED}"&{agreed}&"行，{DISPUTED}"&{disputed}&"行，未填写"&({left})&"行"'
    sheet.merged((row, ID, row, LAST), "", "cell", "total", "center")
    now = f"{AGREED}0行，{DISPUTED}0行，未填写{layout.count}行"
    sheet.formula(row, ID, counted, now, "cell", "total", "center")
    sheet.worksheet.set_row(row, 22)


def _cues(sheet: Sheet, layout: Layout) -> None:
    """Drop-downs, bounds and notes; a reason that a disputed line lacks is shaded."""
    first, last = layout.lines[0], layout.lines[-1]
    at = first + 1
    bound = {"criteria": "between", "minimum": 0, "maximum": f"=$D{at}"}
    cues: dict[int, dict[str, Any]] = {
        OPINION: _listed((AGREED, DISPUTED), "从列表中选择：认可或申诉。"),
        REQUEST: _listed((CANCEL, REDUCE), "申诉的，从列表中选择：撤销扣分或核减扣分。"),
        REQUESTED: {
            "validate": "decimal",
            **bound,
            **_noted("填写本单位认为应扣的分值，0至本行扣分值；请求撤销的填0。"),
            **_refusing("请填写0至本行扣分值之间的数。"),
        },
        REASON: {"validate": "any", **_noted("申诉的必须写明理由：事实、依据、与扣分事项的出入。")},
        EVIDENCE: {"validate": "any", **_noted("写明材料名称、文号和页码，材料随纸质件报送。")},
    }
    for column, rule in cues.items():
        sheet.validation((first, column, last, column), rule)
    lacking = f'AND($F{at}="{DISPUTED}",LEN($I{at})=0)'
    sheet.shade_where((first, REASON, last, REASON), lacking, "needed")


def _listed(words: Sequence[str], note: str) -> dict[str, Any]:
    refused = _refusing(f"请从列表中选择：{'、'.join(words)}。")
    return {"validate": "list", "source": list(words), **_noted(note), **refused}


def _noted(note: str) -> dict[str, str]:
    return {"input_title": "填写说明", "input_message": note}


def _refusing(text: str) -> dict[str, str]:
    return {"error_title": "填写内容不符合要求", "error_message": text}


def _general(sheet: Sheet, layout: Layout) -> None:
    """Opinions on items that lost nothing: a few open rows."""
    sheet.text(layout.general_title, 0, GENERAL, "heading")
    sheet.worksheet.set_row(layout.general_title, 20)
    for block, text in _blocks(layout.general_title + 1, GENERAL_HEADINGS):
        sheet.merged(block, text, "head")
    sheet.worksheet.set_row(layout.general_title + 1, 22)
    for number, row in enumerate(layout.general, start=1):
        for block, _ in _blocks(row, GENERAL_HEADINGS):
            if block[1] == 0:
                sheet.number(row, 0, number, "cell", "whole")
            else:
                sheet.merged(block, "", "cell", "to_fill", "as_text")
        sheet.worksheet.set_row(row, 30)
    rule = {"validate": "any", **_noted("填写指标编号，如 1.1；对整个考核结果的意见可不填。")}
    sheet.validation((layout.general[0], 1, layout.general[-1], 1), rule)


def _blocks(row: int, texts: Sequence[str]) -> Iterator[tuple[Block, str]]:
    for (first, last), text in zip(GENERAL_COLUMNS, texts, strict=True):
        yield (row, first, row, last), text


def _people(sheet: Sheet, layout: Layout) -> None:
    """Who answers, and when."""
    for name, (row, column) in layout.people.items():
        _, label, own = PEOPLE[name]
        is_day = name == FILLED_ON
        sheet.merged((row, label[0], row, label[1]), name, "head")
        kind = "day" if is_day else "as_text"
        sheet.merged((row, column, row, own[1]), "", "cell", "center", "to_fill", kind)
        sheet.worksheet.set_row(row, 24)
        if is_day:
            rule = {"validate": "any", **_noted("年-月-日，如 2023-02-10。")}
            sheet.validation((row, column, row, column), rule)
