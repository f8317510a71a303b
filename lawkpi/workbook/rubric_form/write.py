"""A rubric written as a workbook, and read back before it is: nothing is lost in silence."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from lawkpi.errors import Finding, WorkbookError
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.written import plain_rubric
from lawkpi.workbook.book import Book, Imprint
from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.belonging import Belonging
from lawkpi.workbook.rubric_form.cell import Row
from lawkpi.workbook.rubric_form.choices import Choices, drop_down
from lawkpi.workbook.rubric_form.draft import Log
from lawkpi.workbook.rubric_form.drawing import Lines, drawn, finish, prompt, put
from lawkpi.workbook.rubric_form.fields import Leaf
from lawkpi.workbook.rubric_form.fold import Folded
from lawkpi.workbook.rubric_form.guide import write_guide
from lawkpi.workbook.rubric_form.plan import (
    CONDITIONS,
    CONTENT,
    EXPLAINED,
    FIRST_ROW,
    GUIDE,
    ITEMS,
    LISTS,
    NAMES,
    RULES,
    SECTIONS,
    SETTING,
    SETTINGS,
    Column,
    Plan,
)
from lawkpi.workbook.rubric_form.sheets import Sheets
from lawkpi.workbook.rubric_form.unfold import Unfolded
from lawkpi.workbook.rubric_form.validated import Validation

FORM_TITLE = "（细则工作簿）"
UNDATED = dt.date(2000, 1, 1)
"""The day that the file of a rubric without a day of issue is dated."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
"""Characters that a workbook cannot hold."""
_SETTING_WIDTHS = {SETTING: 28.0, CONTENT: 44.0, EXPLAINED: 62.0}


@dataclass(frozen=True)
class Form:
    """A rubric with what stands around it, and how its workbook is marked."""

    rubric: Rubric
    around: Around
    illustrative: bool = False

    @property
    def imprint(self) -> Imprint:
        """What stands on every page."""
        created = self.rubric.issued_on or UNDATED
        return Imprint(self.rubric.title + FORM_TITLE, "", created, self.illustrative)


def write_rubric_form(form: Form, path: Path) -> list[Finding]:
    """Write a rubric as a workbook; what has to be mended in it before it can be read back.

    Raises
    ------
    WorkbookError WORKBOOK_RUBRIC_LOSS : a content that the form cannot hold; nothing is written
    WorkbookError WORKBOOK_FILE_UNWRITABLE, WORKBOOK_TEXT_TOO_LONG
    """
    plan = Plan(form.around.terms)
    tables = Unfolded(plan, form.around).rubric(plain_rubric(form.rubric))
    findings = _read_back(form, plan, tables, path)
    with Book(path, form.imprint) as book:
        choices = Choices(form.around)
        _order(book, plan, has_names=bool(tables[NAMES]))
        write_guide(book, plan, "考核细则")
        _settings(book, plan, tables[SETTINGS], choices)
        sheets = Sheets(book, plan, form.around, form.rubric, tables, choices)
        sheets.sections()
        sheets.others()
        sheets.items()
        sheets.rules()
        belonging = Belonging(sheets)
        belonging.lists()
        belonging.conditions()
        sheets.names()
        choices.write(book)
    return findings


def _read_back(form: Form, plan: Plan, tables: dict[str, list[Row]], path: Path) -> list[Finding]:
    """What reading the rows back finds; without findings it has to give the same rubric."""
    log = Log(path.name)
    draft = Folded(plan, form.around, log).rubric(tables)
    again = Validation(plan, form.around, log, draft).rubric()
    cells = (cell for rows in tables.values() for row in rows for cell in row.cells.values())
    is_same = again == form.rubric and not any(_CONTROL.search(cell.found) for cell in cells)
    if not is_same and not log.findings:
        raise WorkbookError(
            "WORKBOOK_RUBRIC_LOSS",
            "考核细则中有内容不能写入工作簿",
            where=path.name,
            expected="文字首尾没有空格，没有控制字符，必填的文字不为空白",
            todo="改正 rubric.yaml 后重新写出",
        )
    return log.findings


def _order(book: Book, plan: Plan, *, has_names: bool) -> None:
    """The sheets in the order in which they are read."""
    others = [one.sheet for one in plan.others]
    names = [NAMES] if has_names else []
    for name in (GUIDE, ITEMS, SETTINGS, SECTIONS, *others, RULES, CONDITIONS, LISTS, *names):
        book.sheet(name, landscape=True)


def _settings(book: Book, plan: Plan, rows: list[Row], choices: Choices) -> None:
    """基本设置: one below the other, each with what may stand there."""
    columns = (Column(SETTING, is_made=True), Column(CONTENT), Column(EXPLAINED, is_made=True))
    lines = Lines(
        name=SETTINGS,
        title=SETTINGS,
        note="只填“内容”一列；“项目”一列的文字不要改动。",
        columns=columns,
        rows=rows,
        room=0,
        widths=_SETTING_WIDTHS,
    )
    sheet = drawn(book, lines)
    for place, leaf in enumerate(plan.settings):
        row = FIRST_ROW - 1 + place
        put(sheet, (row, 1), rows[place].cell(CONTENT), Column(CONTENT, (leaf,)))
        sheet.text(row, 2, _explained(leaf), "cell", "fixed")
        if leaf.kind.choices:
            rule = drop_down(choices.always(leaf.kind.choices), strict=leaf.kind.is_text)
            sheet.validation((row, 1, row, 1), rule | prompt(leaf.title, leaf.kind.wanted))
        sheet.height(row, [(1, rows[place].cell(CONTENT).found), (2, _explained(leaf))])
    finish(sheet, lines)


def _explained(leaf: Leaf) -> str:
    """What may stand in a setting."""
    words = f"：{'、'.join(leaf.kind.choices)}" if leaf.kind.choices else ""
    if leaf.required and leaf.firm:
        return f"必填。{leaf.kind.wanted}{words}。"
    return f"{'有此项的，必填' if leaf.required else '可不填'}。{leaf.kind.wanted}{words}。"
