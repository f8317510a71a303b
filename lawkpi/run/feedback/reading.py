"""A department's answers read from the open cells: as text and points, never as formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lawkpi.errors import Severity
from lawkpi.ledger.departments import fold
from lawkpi.run.feedback.matching import Matched
from lawkpi.run.feedback.notes import Notes
from lawkpi.run.feedback.opened import NOTHING, Found
from lawkpi.workbook.appeals import Answer, Appeal, Remark
from lawkpi.workbook.feedback import (
    AGREED,
    ANSWERS,
    CANCEL,
    DISPUTED,
    EVIDENCE,
    FACT,
    GENERAL_COLUMNS,
    HEADINGS,
    ID,
    ITEM,
    NAME,
    OPINION,
    POINTS,
    REASON,
    REDUCE,
    REQUEST,
    REQUESTED,
)


@dataclass(frozen=True)
class Reading:
    """One returned sheet being read. `items` are the numbers of the rubric."""

    department: str
    sheet: Matched
    items: Collection[str]
    notes: Notes

    def answer(self) -> Answer:
        """What the department answers, line by line; what is unclear or incomplete is a finding."""
        layout = self.sheet.layout
        self._note_formulas()
        opinions = {row: self._opinion(row) for row in layout.lines}
        appeals = [self._appeal(row) for row, said in opinions.items() if said == DISPUTED]
        remarks = list(self._remarks())
        blank = sum(not said for said in opinions.values())
        if opinions and blank == layout.count:
            self._note_empty()
        return Answer(
            department=self.department,
            file=self.notes.file,
            agreed=sum(said == AGREED for said in opinions.values()),
            blank=blank,
            people={name: self._text(*place) for name, place in layout.people.items()},
            appeals=appeals,
            remarks=remarks,
        )

    def _text(self, row: int, column: int) -> str:
        return self.sheet.answer(row, column).text

    def _note_formulas(self) -> None:
        for place in sorted(self.sheet.layout.open_cells):
            cell = self.sheet.answer(*place)
            if cell.formula:
                what = "填写的是公式，按文字处理，未计算"
                now = self.sheet.place(*place)
                self.notes.answer("RUN_FEEDBACK_FORMULA", what, now, found=cell.text)

    def _note_empty(self) -> None:
        self.notes.add(
            "RUN_FEEDBACK_EMPTY",
            Severity.WARNING,
            "未填写意见",
            at=(NAME, ""),
            todo="请单位逐行选择认可或申诉",
        )

    def _opinion(self, row: int) -> str:
        """认可, 申诉, or nothing; whatever else is said, or said besides, is a finding."""
        said = fold(self._text(row, OPINION))
        others = [HEADINGS[column] for column in ANSWERS[1:] if self._text(row, column)]
        if said not in (AGREED, DISPUTED, ""):
            self._unclear(row, f"单位意见应为{AGREED}或{DISPUTED}，按未填写处理")
            return ""
        if not said and others:
            self._unclear(row, f"没有选择单位意见，但填写了{'、'.join(others)}，按未填写处理")
        elif said == AGREED and (self._text(row, REQUEST) or self._text(row, REQUESTED)):
            self._unclear(row, "单位意见为认可，但填写了申诉请求，按认可处理")
        return said

    def _unclear(self, row: int, what: str) -> None:
        place = self.sheet.place(row, OPINION)
        found = self._text(row, OPINION)
        self.notes.answer("RUN_FEEDBACK_OPINION_UNCLEAR", what, place, found=found)

    def _appeal(self, row: int) -> Appeal:
        sent = self.sheet.sent
        points = Decimal(str(sent[row, POINTS].value))
        if not self._text(row, REASON):
            place = self.sheet.place(row, REASON)
            what = "申诉没有写明理由"
            self.notes.answer("RUN_FEEDBACK_REASON_MISSING", what, place, todo="请单位补充理由")
        return Appeal(
            department=self.department,
            item=sent[row, ITEM].text,
            fact=sent[row, FACT].text,
            points=points,
            request=self._text(row, REQUEST),
            requested=self._requested(row, points),
            reason=self._text(row, REASON),
            evidence=self._text(row, EVIDENCE),
            line=sent[row, ID].text,
        )

    def _requested(self, row: int, points: Decimal) -> Decimal | str:
        """The points asked for; what cannot be meant is kept as text and is a finding."""
        cell = self.sheet.answer(row, REQUESTED)
        number, request = _number(cell), fold(self._text(row, REQUEST))
        wrong = ""
        if cell is not NOTHING and number is None:
            wrong = "请求扣分值不是数"
        elif number is not None and not 0 <= number <= points:
            number = None
            wrong = "请求扣分值超出0至本行扣分值"
        elif number is None and request == REDUCE:
            wrong = f"请求{REDUCE}，没有填写请求扣分值"
        elif number and request == CANCEL:
            wrong = f"请求{CANCEL}，请求扣分值应为0"
        if wrong:
            place = self.sheet.place(row, REQUESTED)
            bound = f"0至{points}" if request != CANCEL else "0"
            code = "RUN_FEEDBACK_POINTS_WRONG"
            self.notes.answer(code, wrong, place, found=cell.text, expected=bound)
        return cell.text if number is None else number

    def _remarks(self) -> Iterator[Remark]:
        """General opinions; one on an item that the rubric does not have is kept and is a finding."""
        columns = [first for first, _ in GENERAL_COLUMNS[1:]]
        for row in self.sheet.layout.general:
            item, opinion, evidence = (self._text(row, column) for column in columns)
            if item and fold(item.split()[0]) not in self.items:
                place = self.sheet.place(row, columns[0])
                what = "考核细则没有这一指标编号，照录"
                self.notes.answer("RUN_FEEDBACK_ITEM_UNKNOWN", what, place, found=item)
            if item or opinion or evidence:
                yield Remark(self.department, item, opinion, evidence)


def _number(cell: Found) -> Decimal | None:
    """A number as it was typed, full-width digits included; None for anything else."""
    if cell.formula or isinstance(cell.value, bool | dt.date):
        return None
    try:
        number = Decimal(fold(cell.text).removesuffix("分"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
