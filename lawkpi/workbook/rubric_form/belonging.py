"""The sheets of what belongs to rules: 分档与情形 and 条件, with the lists their cells are chosen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lawkpi.rubric.predicate import COLUMN_WORDS
from lawkpi.workbook.formula import literal, sheet_ref
from lawkpi.workbook.rubric_form.cell import Row
from lawkpi.workbook.rubric_form.choices import SEPARATOR
from lawkpi.workbook.rubric_form.cues import (
    RULE_LEDGER,
    Cues,
    column_headings,
    one_of,
)
from lawkpi.workbook.rubric_form.drawing import Lines, Live, drawn
from lawkpi.workbook.rubric_form.fields import Keys, Many
from lawkpi.workbook.rubric_form.plan import (
    AT_LEAST,
    COLUMN,
    CONDITIONS,
    FIRST_ROW,
    GROUP,
    GROUP_JOIN,
    ITEM,
    JOIN,
    KEY,
    LEDGER,
    LISTS,
    NUMBER,
    OPERAND,
    OTHER,
    OTHER_COLUMN,
    PLACE,
    RULE,
    RULES,
    SIDE,
    SLOT,
    SUMMED,
    UPPER,
    WORD,
)
from lawkpi.workbook.rubric_form.sheets import RULE_KEY, Sheets
from lawkpi.workbook.rubric_form.terms import EVERY, MISSING_WORDS, RELATED

ENTRY, NAMES, CONTENTS = "（辅助）条目", "（辅助）名称来源", "（辅助）内容来源"
RELATION, OPERANDS = "（辅助）关联", "（辅助）值来源"
ROOM = 60
_WIDTHS = {
    ITEM: 7.0,
    RULE: 7.0,
    SLOT: 18.0,
    PLACE: 5.0,
    KEY: 20.0,
    "规则": 8.0,
    "内容": 28.0,
    SIDE: 14.0,
    UPPER: 6.5,
    JOIN: 6.5,
    GROUP: 5.0,
    GROUP_JOIN: 6.5,
    LEDGER: 20.0,
    COLUMN: 16.0,
    WORD: 13.0,
    OPERAND: 24.0,
    NUMBER: 6.0,
    OTHER: 15.0,
    OTHER_COLUMN: 12.0,
    SUMMED: 9.0,
    AT_LEAST: 6.5,
}
_LIST_NOTE = "一行一条，同一规则的按先后次序排列。“类别”从列表中选择；深灰单元格该类别不用，不填。"
_CONDITION_NOTE = (
    "一行一个比较。几行之间是且还是或，每行都写；两层的，同一组写同一组号。"
    "“台账”由程序给出；有关联记录的，关联台账的条件另起行，“所属关联”写关联号。"
)


@dataclass
class Belonging:
    """Draws both sheets; `sheets` knows where rules lie."""

    sheets: Sheets

    def lists(self) -> None:
        """分档与情形."""
        plan, tables = self.sheets.plan, self.sheets.tables
        lines = Lines(
            name=LISTS,
            title=LISTS,
            note=_LIST_NOTE,
            columns=plan.list_columns,
            rows=tables[LISTS],
            room=ROOM,
            widths=_WIDTHS,
            helpers=(ENTRY, NAMES, CONTENTS),
            fixed=3,
        )
        live = {
            ENTRY: self._entry(lines),
            PLACE: self._place(lines),
            NAMES: self._names(lines),
            CONTENTS: self._contents(lines),
        }
        lines = replace(lines, live=live)
        cues = self._cues(lines)
        slots = list(dict.fromkeys(one.title for one in plan.lists))
        cues.choose(
            SLOT, self.sheets.choices.always(slots), "所列的是规则的哪一部分，从列表中选择。"
        )
        keyed = self.sheets.choices.keyed
        cues.choose(KEY, keyed(lines.at(NAMES)), _KEY_NOTE, strict=False)
        cues.choose("内容", keyed(lines.at(CONTENTS)), "从列表中选择。", strict=False)
        self._list_shades(cues, lines)

    def conditions(self) -> None:
        """条件."""
        plan, tables = self.sheets.plan, self.sheets.tables
        lines = Lines(
            name=CONDITIONS,
            title=CONDITIONS,
            note=_CONDITION_NOTE,
            columns=plan.condition_columns,
            rows=tables[CONDITIONS],
            room=ROOM,
            widths=_WIDTHS,
            helpers=(RELATION, OPERANDS),
            fixed=4,
        )
        live = {
            LEDGER: self._ledger(lines),
            RELATION: self._relation(lines),
            OPERANDS: self._operands(lines),
        }
        lines = replace(lines, live=live)
        cues = self._cues(lines)
        self._condition_lists(cues, lines)
        self._condition_shades(cues, lines)

    def _cues(self, lines: Lines) -> Cues:
        cues = Cues(drawn(self.sheets.book, lines), lines, self.sheets.choices, {})
        cues.choose(ITEM, self.sheets.item_numbers(), "从列表中选择指标编号。", strict=False)
        return cues

    def _condition_lists(self, cues: Cues, lines: Lines) -> None:
        choices, around = self.sheets.choices, self.sheets.around
        sides = list(dict.fromkeys(side.title for side in self.sheets.plan.sides))
        cues.choose(SIDE, choices.always(sides), "这个条件用在规则的哪一处。")
        cues.choose(JOIN, choices.always(around.joins.words), "同一条件有几行的，每行都写且、或。")
        cues.choose(
            GROUP_JOIN, choices.always(around.joins.words), "同一组有几行的，每行都写且、或。"
        )
        cues.choose(WORD, choices.always(around.comparisons.words), "怎样比较，从列表中选择。")
        cues.choose(OTHER, choices.always(around.ledgers.words), "“有关联记录”的，选择另一本台账。")
        named = {COLUMN: LEDGER, OTHER_COLUMN: OTHER, SUMMED: OTHER}
        for heading, ledger in named.items():
            cues.choose(
                heading, choices.keyed(lines.at(ledger)), "从列表中选择台账的列。", strict=False
            )
        note = "从列表中选择或直接填写；“其中之一”的几个值用顿号隔开。"
        cues.choose(OPERAND, choices.keyed(lines.at(OPERANDS)), note, strict=False)

    def _condition_shades(self, cues: Cues, lines: Lines) -> None:
        words, cell = self.sheets.around.comparisons, lines.at(WORD)
        related, every = words.word(RELATED), words.word(EVERY)
        blank = [words.word(one) for one in MISSING_WORDS]
        cues.unused_where([OPERAND], one_of(cell, [*blank, related, every]))
        cues.unused_where([COLUMN], f"{cell}={literal(every)}")
        own = (NUMBER, OTHER, OTHER_COLUMN, SUMMED, AT_LEAST)
        cues.unused_where(own, f'AND({cell}<>"",{cell}<>{literal(related)})')

    def _list_shades(self, cues: Cues, lines: Lines) -> None:
        """Grey what a kind of list has no use for."""
        plan, slot = self.sheets.plan, lines.at(SLOT)
        for column in plan.list_columns:
            if column.leaves:
                using = [one.title for one in plan.lists if set(one.leaves) & set(column.leaves)]
                cues.unused_where([column.heading], _none_of(slot, using))
        named = [one.title for one in plan.lists if one.is_named]
        cues.unused_where([KEY], _none_of(slot, named))

    def _entry(self, lines: Lines) -> Live:
        keys = [_joined(row, (ITEM, RULE, SLOT)) for row in lines.rows]

        def keyed(row: int) -> tuple[str, str]:
            cells = [lines.at(one, row) for one in (ITEM, RULE, SLOT)]
            joined = f'&"{SEPARATOR}"&'.join(cells)
            return f'IF({cells[2]}="","",{joined})', _at(keys, row)

        return keyed

    def _place(self, lines: Lines) -> Live:
        """The number of an entry within its list."""
        seen: Counter[str] = Counter()
        places = []
        for row in lines.rows:
            key = _joined(row, (ITEM, RULE, SLOT))
            seen[key] += 1
            places.append(seen[key])
        letters = lines.letters[ENTRY]

        def counted(row: int) -> tuple[str, int | str]:
            own = lines.at(ENTRY, row)
            block = f"${letters}${FIRST_ROW}:{own}"
            place = row - FIRST_ROW
            stored = places[place] if place < len(places) else ""
            return f'IF({own}="","",COUNTIF({block},{own}))', stored

        return counted

    def _names(self, lines: Lines) -> Live:
        """The key of the list that an entry's name is chosen from."""
        rules, plan = self.sheets.drawn[RULES], self.sheets.plan.rules

        def key(many: Many, row: int) -> str:
            if many.role == "switch":
                rate = plan.column_of((*many.path[:-1], "rate"))
                return self._of_rule(rate.heading if rate else "", lines, row)
            columns = column_headings(many.path, plan)
            found = "&".join(self._of_rule(one, lines, row) for one in columns)
            return f'{self._of_rule(RULE_LEDGER, lines, row)}&"{SEPARATOR}"&{found}'

        lists = [one for one in plan.lists if one.role in ("switch", "state")]
        stored = [self._stored_name(row, rules) for row in lines.rows]

        def keyed(row: int) -> tuple[str, str]:
            formula = '""'
            for many in reversed(lists):
                formula = (
                    f"IF({lines.at(SLOT, row)}={literal(many.title)},{key(many, row)},{formula})"
                )
            return formula, _at(stored, row)

        return keyed

    def _stored_name(self, row: Row, rules: Lines) -> str:
        many = self._many(row)
        owner = self._rule_row(row, rules)
        if many is None or owner is None or not many.role:
            return ""
        plan = self.sheets.plan.rules
        if many.role == "switch":
            rate = plan.column_of((*many.path[:-1], "rate"))
            return owner.cell(rate.heading).found if rate else ""
        columns = "".join(owner.cell(one).found for one in column_headings(many.path, plan))
        ledger = rules.live[RULE_LEDGER](owner.number)[1]
        return f"{ledger}{SEPARATOR}{columns}"

    def _contents(self, lines: Lines) -> Live:
        """The key of the options of a switch."""
        names, keys = self._names(lines), [row.cell(KEY).found for row in lines.rows]

        def keyed(row: int) -> tuple[str, str]:
            stored = f"{names(row)[1]}{SEPARATOR}{_at(keys, row)}"
            return f'{lines.at(NAMES, row)}&"{SEPARATOR}"&{lines.at(KEY, row)}', stored

        return keyed

    def _many(self, row: Row) -> Many | None:
        """The list that a row of 分档与情形 belongs to; only one of that name has a key."""
        lists = [one for one in self.sheets.plan.rules.lists if one.title == row.cell(SLOT).found]
        return next((one for one in lists if one.role), None)

    @staticmethod
    def _rule_row(row: Row, rules: Lines) -> Row | None:
        own = _joined(row, (ITEM, RULE))
        return next((one for one in rules.rows if _joined(one, (ITEM, RULE)) == own), None)

    def _of_rule(self, heading: str, lines: Lines, row: int) -> str:
        """A cell of the rule that a row belongs to."""
        rules = self.sheets.drawn[RULES]
        key = f'{lines.at(ITEM, row)}&"{SEPARATOR}"&{lines.at(RULE, row)}'
        place = f"MATCH({key},{sheet_ref(RULES)}{rules.range(RULE_KEY)},0)"
        return f'IFERROR(INDEX({sheet_ref(RULES)}{rules.range(heading)},{place})&"","")'

    def _ledger(self, lines: Lines) -> Live:
        """The ledger that a condition looks at: the rule's, that of its own, or the related one."""
        plan = self.sheets.plan
        own = [(one.title, self._own_ledger(one.path)) for one in plan.sides]
        others = {title: heading for title, heading in own if heading}

        def titled(row: int) -> tuple[str, str]:
            formula = self._of_rule(RULE_LEDGER, lines, row)
            for title, heading in others.items():
                found = self._of_rule(heading, lines, row)
                formula = f"IF({lines.at(SIDE, row)}={literal(title)},{found},{formula})"
            upper, related = lines.at(UPPER, row), lines.range(RELATION)
            key = f'&"{SEPARATOR}"&'.join(lines.at(one, row) for one in (*_WHOSE, UPPER))
            above = f'IFERROR(INDEX({lines.range(OTHER)},MATCH({key},{related},0))&"","")'
            rows = [one.cell(LEDGER).found for one in lines.rows]
            return f'IF({upper}="",{formula},{above})', _at(rows, row)

        return titled

    def _own_ledger(self, path: Keys) -> str:
        """The heading of a ledger that a condition names itself; empty for the rule's."""
        plan = self.sheets.plan.rules
        for depth in range(len(path) - 1, 2, -1):
            column = plan.column_of((*path[:depth], "ledger"))
            if column is not None:
                return column.heading
        return ""

    def _relation(self, lines: Lines) -> Live:
        keys = [
            _joined(row, (*_WHOSE, NUMBER)) if not row.cell(NUMBER).is_blank else ""
            for row in lines.rows
        ]

        def keyed(row: int) -> tuple[str, str]:
            joined = f'&"{SEPARATOR}"&'.join(lines.at(one, row) for one in (*_WHOSE, NUMBER))
            return f'IF({lines.at(NUMBER, row)}="","",{joined})', _at(keys, row)

        return keyed

    def _operands(self, lines: Lines) -> Live:
        """The key of the list behind a comparison: columns, or the words of the column."""
        words = self.sheets.around.comparisons
        beside = [words.word(one) for one in COLUMN_WORDS]
        keys = [
            row.cell(LEDGER).found
            if row.cell(WORD).found in beside
            else f"{row.cell(LEDGER).found}{SEPARATOR}{row.cell(COLUMN).found}"
            for row in lines.rows
        ]

        def keyed(row: int) -> tuple[str, str]:
            ledger, column = lines.at(LEDGER, row), lines.at(COLUMN, row)
            is_beside = one_of(lines.at(WORD, row), beside)
            place = row - FIRST_ROW
            stored = keys[place] if place < len(keys) else SEPARATOR
            return f'IF({is_beside},{ledger},{ledger}&"{SEPARATOR}"&{column})', stored

        return keyed


_WHOSE = (ITEM, RULE, SIDE, PLACE)
_KEY_NOTE = "按名称列出的（口径、各情形），从列表中选择或填写名称；按次序列出的不填。"


def _joined(row: Row, headings: Iterable[str]) -> str:
    return SEPARATOR.join(row.cell(one).found for one in headings)


def _at(values: Sequence[str], row: int) -> str:
    place = row - FIRST_ROW
    return values[place] if place < len(values) else ""


def _none_of(cell: str, words: Sequence[str]) -> str:
    return f'AND({cell}<>"",NOT({one_of(cell, words)}))'
