"""The sheets of records: 考核细则, 一级指标, 计分规则 and the rubric's other lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lawkpi.rubric.model import Rubric
from lawkpi.workbook.book import Book
from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.cell import Cell, Row
from lawkpi.workbook.rubric_form.choices import OF_RATE, SEPARATOR, Choices, growing
from lawkpi.workbook.rubric_form.cues import RULE_LEDGER, Cues, Targets
from lawkpi.workbook.rubric_form.drawing import Lines, drawn
from lawkpi.workbook.rubric_form.plan import (
    CODE,
    FIRST_ROW,
    ITEM,
    ITEMS,
    METHOD,
    NAME,
    NAME_COLUMNS,
    NAMES,
    RULE,
    RULES,
    SECTION,
    SECTIONS,
    SLOT,
    SOURCE,
    Plan,
    RecordPlan,
)
from lawkpi.workbook.rubric_form.said import counted_text, method_text, source_text

Tables = Mapping[str, Sequence[Row]]
SECTION_NAME = "（辅助）编号和名称"
RULE_KEY = "（辅助）规则"
ROOM = {ITEMS: 30, SECTIONS: 8, RULES: 40}
"""Blank rows that are prepared for more records."""
OTHER_ROOM = 10
READ_ONLY = "灰底各列（计分方法、数据来源）由程序写出，只供阅读，读回时不取。"
_PATHS: dict[str, dict[tuple[str, ...], float]] = {
    ITEMS: {
        ("id",): 5.5,
        ("title",): 12.0,
        ("clause",): 36.0,
        ("full_points",): 5.5,
        ("scored_by",): 10.0,
        ("basis",): 16.0,
        ("counting_rule",): 18.0,
        ("applies_to", "groups"): 9.0,
        ("applies_to", "departments"): 9.0,
        ("not_reported", "deduct"): 7.0,
    },
    RULES: {("id",): 6.0, ("fact",): 24.0, ("measure", "count", "ledger"): 16.0},
    SECTIONS: {("id",): 8.0, ("title",): 30.0, ("kind",): 14.0},
}
_WIDTHS: dict[str, dict[str, float]] = {
    ITEMS: {SECTION: 9.5, METHOD: 28.0, SOURCE: 12.0},
    RULES: {ITEM: 7.0, METHOD: 46.0},
}


@dataclass
class Sheets:
    """Draws the sheets of records of one rubric; keeps how they lie, for those that look things up."""

    book: Book
    plan: Plan
    around: Around
    rubric: Rubric
    tables: Tables
    choices: Choices
    drawn: dict[str, Lines] = field(default_factory=dict)

    def lines(self, plan: RecordPlan, title: str, note: str) -> Lines:
        """How a sheet of records lies."""
        rows = self.tables[plan.sheet]
        paths = _PATHS.get(plan.sheet, {})
        widths = dict(_WIDTHS.get(plan.sheet, {}))
        for path, width in paths.items():
            column = plan.column_of(path)
            if column is not None:
                widths[column.heading] = width
        return Lines(
            name=plan.sheet,
            title=title,
            note=note,
            columns=plan.columns,
            rows=rows,
            room=ROOM.get(plan.sheet, OTHER_ROOM),
            widths=widths,
        )

    def items(self) -> None:
        """考核细则, the table that officials know."""
        plan, schemas = self.plan.items, self.around.schemas
        lines = self.lines(plan, self.rubric.title, READ_ONLY)
        items = [item for _, item in self.rubric.lines]
        made = [
            {METHOD: method_text(one, schemas), SOURCE: source_text(one, schemas)} for one in items
        ]
        lines = replace(lines, rows=_with(lines.rows, made), fixed=3, folded=True)
        sections = self.drawn[SECTIONS]
        source = growing(SECTIONS, sections.letters[SECTION_NAME], FIRST_ROW, sections.last)
        cues = self._draw(plan, lines)
        cues.choose(SECTION, source, "从列表中选择所属的一级指标，每行都要填写。", strict=False)

    def sections(self) -> None:
        """一级指标."""
        plan = self.plan.sections
        lines = self.lines(
            plan, SECTIONS, "基本指标的分值合计应等于满分；加分、减分、一票否决另列。"
        )
        words = [f"{section.id} {section.title}" for section in self.rubric.sections]
        number, title = (self._heading(plan, path) for path in (("id",), ("title",)))
        lines = replace(lines, helpers=(SECTION_NAME,))

        def named(row: int) -> tuple[str, str]:
            first, second = lines.at(number, row), lines.at(title, row)
            return f'IF({first}="","",{first}&" "&{second})', _stored(words, row)

        self._draw(plan, replace(lines, live={SECTION_NAME: named}))

    def rules(self) -> None:
        """计分规则: a row for each rule, the columns of the ways that nobody uses put away."""
        plan = self.plan.rules
        note = (
            "深灰为所选方式不用的单元格，不填；浅黄为必填而未填。"
            "本细则没有用到的列已收起，点列标上方的“＋”展开。"
        )
        lines = self.lines(plan, RULES, note)
        rules = [rule for _, item in self.rubric.lines for rule in item.rules]
        made = [{METHOD: counted_text(one, self.around.schemas)} for one in rules]
        lines = replace(lines, rows=_with(lines.rows, made), fixed=2, folded=True)
        lines = replace(lines, helpers=(RULE_KEY, RULE_LEDGER))
        live = {RULE_KEY: self._rule_key(lines), RULE_LEDGER: self._rule_ledger(lines)}
        cues = self._draw(plan, replace(lines, live=live))
        cues.choose(ITEM, self.item_numbers(), "从列表中选择指标编号，每行都要填写。", strict=False)

    def others(self) -> None:
        """等次, and what groups have of their own."""
        for plan in self.plan.others:
            lines = self.lines(plan, plan.sheet, _OTHER_NOTES.get(plan.sheet, ""))
            cues = self._draw(plan, lines)
            words = self.around.words(plan.role, plan.path, {})
            if plan.is_named and words:
                heading = plan.columns[0].heading
                cues.choose(heading, self.choices.always(words.words), "从列表中选择。")

    def names(self) -> None:
        """组别和单位: what codes are called."""
        rows = self.tables[NAMES]
        if rows:
            columns = [replace(one, is_made=True) for one in NAME_COLUMNS]
            note = "由程序按单位名册写出，不要改动；细则中填写名称。"
            widths = {SLOT: 12.0, CODE: 18.0, NAME: 40.0}
            drawn(self.book, Lines(NAMES, NAMES, note, columns, rows, room=0, widths=widths))

    def item_numbers(self) -> str:
        """The list of the items' numbers, however long it is."""
        plan, lines = self.plan.items, self.drawn[ITEMS]
        letters = lines.letters[self._heading(plan, ("id",))]
        return growing(ITEMS, letters, FIRST_ROW, lines.last)

    def _draw(self, plan: RecordPlan, lines: Lines) -> Cues:
        self.drawn[lines.name] = lines
        cues = Cues(drawn(self.book, lines), lines, self.choices, self._targets())
        cues.records(plan)
        return cues

    def _targets(self) -> Targets:
        """Where items, sections and grades are listed, as far as they are drawn."""
        found: Targets = {}
        grades = next((one for one in self.plan.others if not one.is_named), None)
        listed = {"item": self.plan.items, "section": self.plan.sections, "grade": grades}
        for role, plan in listed.items():
            lines = self.drawn.get(plan.sheet) if plan else None
            if plan is not None and lines is not None:
                own = (one for one in plan.columns if one.leaves)
                letters = lines.letters[next(own).heading]
                found[role] = growing(plan.sheet, letters, FIRST_ROW, lines.last)
        return found

    @staticmethod
    def _heading(plan: RecordPlan, path: tuple[str, ...]) -> str:
        column = plan.column_of(path)
        if column is None:
            raise AssertionError
        return column.heading

    def _rule_key(self, lines: Lines) -> Callable[[int], tuple[str, str]]:
        keys = [f"{row.cell(ITEM).found}{SEPARATOR}{row.cell(RULE).found}" for row in lines.rows]

        def keyed(row: int) -> tuple[str, str]:
            item, rule = lines.at(ITEM, row), lines.at(RULE, row)
            return f'IF({rule}="","",{item}&"{SEPARATOR}"&{rule})', _stored(keys, row)

        return keyed

    def _rule_ledger(self, lines: Lines) -> Callable[[int], tuple[str, str]]:
        """The ledger that a rule counts: its own, or that of its named rate."""
        plan = self.plan.rules
        ledger = self._heading(plan, ("measure", "count", "ledger"))
        rate = self._heading(plan, ("measure", "named_rate", "rate"))
        rules = [rule for _, item in self.rubric.lines for rule in item.rules]
        stored = [
            self.around.ledgers.word(ledger_name)
            if (ledger_name := getattr(rule.measure.measure, "ledger", ""))
            else ""
            for rule in rules
        ]

        def titled(row: int) -> tuple[str, str]:
            own, named = lines.at(ledger, row), lines.at(rate, row)
            found = self.choices.first(f'{named}&"{SEPARATOR}{OF_RATE}"')
            return f'IF({own}<>"",{own},IF({named}="","",{found}))', _stored(stored, row)

        return titled


_OTHER_NOTES = {
    "等次": "“不低于”含该分数，“高于”不含，每行只填一种；名额可以按比例，也可以按个数。",
    "分组特别规定": "没有特别规定的组别不列。",
}


def _with(rows: Sequence[Row], made: Sequence[Mapping[str, str]]) -> list[Row]:
    """Rows with cells that are made for readers."""
    return [
        replace(row, cells={**row.cells, **{name: Cell(text) for name, text in more.items()}})
        for row, more in zip(rows, made, strict=True)
    ]


def _stored(values: Sequence[str], row: int) -> str:
    """What a formula of an Excel row gives; nothing behind the last record."""
    place = row - FIRST_ROW
    return values[place] if place < len(values) else ""
