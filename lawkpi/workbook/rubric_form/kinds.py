"""Kinds of cells: what a field's value looks like in a cell, and what a cell says in plain form.

A number may be typed as a number where its shortest decimal text is exact; per cent as 95% either way. What
cannot be read raises `Wrong`. Where a cell holds names (ledgers, columns, choices) it is given their words.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

import lawkpi.workbook.rubric_form.lines as lines
from lawkpi.workbook.rubric_form.cell import Cell, Wrong
from lawkpi.workbook.rubric_form.figures import (
    day_text,
    narrow,
    not_a_number,
    number_cell,
    number_text,
    text_of,
)
from lawkpi.workbook.rubric_form.vocabulary import Vocabulary

Words = Vocabulary | None
MOST_LISTED = 8
OWN_STATE = "own_state"
"""The role of a state that may be a word of the rule's own, besides those of its column."""
_BRACED = re.compile(r"\{([^{}]*)\}")
_WORD_CODES = {
    "ledger": "RUBRIC_FORM_LEDGER_UNKNOWN",
    "column": "RUBRIC_FORM_COLUMN_UNKNOWN",
    "date_column": "RUBRIC_FORM_COLUMN_UNKNOWN",
    "template": "RUBRIC_FORM_COLUMN_UNKNOWN",
}
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it Excel's days are not those of the calendar."""


@dataclass(frozen=True)
class Kind(ABC):
    """How a value and its cell correspond; `wanted` says what is expected, for people.

    `words` are what a cell that holds a name is chosen from, `role` says what is named.
    """

    wanted: ClassVar[str]
    is_text: ClassVar[bool] = False

    @abstractmethod
    def show(self, value: Any, words: Words = None) -> Cell:
        """The cell of a plain value."""

    def read(self, cell: Cell, words: Words = None, role: str = "") -> Any:
        """The plain value of a cell that is not blank.

        Raises
        ------
        Wrong RUBRIC_FORM_CELL_ERROR, and what each kind cannot read
        """
        if cell.is_error:
            raise Wrong("RUBRIC_FORM_CELL_ERROR", "单元格为公式错误值", "改为数值或文字")
        return self._read(cell, words, role)

    @abstractmethod
    def _read(self, cell: Cell, words: Words, role: str) -> Any:
        """What a sound cell says."""

    @property
    def choices(self) -> list[str]:
        """The words it is chosen from, where they are always the same."""
        return []


class Unnamed(Kind):
    """A kind whose cells name nothing that is declared elsewhere."""

    def show(self, value: Any, words: Words = None) -> Cell:  # noqa: ARG002 - it names nothing
        """The cell of a plain value."""
        return self._shown(value)

    def _read(self, cell: Cell, words: Words, role: str) -> Any:  # noqa: ARG002 - it names nothing
        return self._said(cell)

    @abstractmethod
    def _shown(self, value: Any) -> Cell:
        """The cell of a plain value."""

    @abstractmethod
    def _said(self, cell: Cell) -> Any:
        """What a sound cell says."""


@dataclass(frozen=True)
class Text(Kind):
    """Text; a name among `words` where there are any."""

    wanted: ClassVar[str] = "文字"
    is_text: ClassVar[bool] = True

    def show(self, value: Any, words: Words = None) -> Cell:
        """The word of a name, or the text."""
        return Cell(words.word(value) if words else str(value))

    def _read(self, cell: Cell, words: Words, role: str) -> str:
        return named(text_of(cell), words, role)


@dataclass(frozen=True)
class Template(Kind):
    """A text with columns in braces: {人员编号}于{提交日期}提交."""

    wanted: ClassVar[str] = "文字，列名写在花括号内，如：{提交日期}"
    is_text: ClassVar[bool] = True

    def show(self, value: Any, words: Words = None) -> Cell:
        """The text with the columns' titles."""
        return Cell(
            _BRACED.sub(lambda one: f"{{{words.word(one[1]) if words else one[1]}}}", value)
        )

    def _read(self, cell: Cell, words: Words, role: str) -> str:
        text = text_of(cell)
        return _BRACED.sub(lambda one: f"{{{named(one[1].strip(), words, role)}}}", text)


@dataclass(frozen=True)
class Texts(Kind):
    """A list of texts, or of names among `words`."""

    wanted: ClassVar[str] = "名称，几个之间用顿号"
    is_text: ClassVar[bool] = True

    def show(self, value: Any, words: Words = None) -> Cell:
        """The words, separated by 、."""
        shown = [words.word(one) if words else one for one in value]
        text = "、".join(shown)
        is_clear = words is not None and "\\" not in text and _found(text, words) == list(value)
        return Cell(text if is_clear else lines.list_text(shown))

    def _read(self, cell: Cell, words: Words, role: str) -> list[str]:
        text = text_of(cell)
        found = _found(text, words) if words else None
        return found or [named(part, words, role) for part in lines.read_list(text)]


@dataclass(frozen=True)
class Pairs(Kind):
    """Names, among `words` where there are any, with something behind each, a line each."""

    wanted: ClassVar[str] = "每行一个，写作“名称：内容”"
    is_text: ClassVar[bool] = True
    value: Kind = field(default_factory=Text)

    def show(self, value: Any, words: Words = None) -> Cell:
        """The pairs in lines."""
        shown = {
            words.word(name) if words else name: text_of(self.value.show(one))
            for name, one in value.items()
        }
        return Cell(lines.pairs_text(shown))

    def _read(self, cell: Cell, words: Words, role: str) -> dict[str, Any]:
        pairs = lines.read_pairs(text_of(cell))
        codes = [named(name, words, role) for name in pairs]
        if len(set(codes)) < len(codes):
            raise Wrong("RUBRIC_FORM_REPEATED", "同一名称写了两行", "每个名称一行")
        values = [self.value.read(Cell(text)) for text in pairs.values()]
        return dict(zip(codes, values, strict=True))


@dataclass(frozen=True)
class References(Unnamed):
    """References, a line each."""

    wanted: ClassVar[str] = "每行一个文件，如：《行政诉讼法》第67条（说明）"
    is_text: ClassVar[bool] = True

    def _shown(self, value: Any) -> Cell:
        return Cell(lines.references_text(value))

    def _said(self, cell: Cell) -> list[dict[str, str]]:
        return lines.read_references(text_of(cell))


@dataclass(frozen=True)
class Amount(Unnamed):
    """An exact number, never below zero."""

    wanted: ClassVar[str] = "不小于0的数字，如 0.5"

    def _shown(self, value: Any) -> Cell:
        return number_cell(value, percent=False)

    def _said(self, cell: Cell) -> str:
        return number_text(cell, self.wanted, percent=False)


@dataclass(frozen=True)
class Share(Unnamed):
    """A per cent figure."""

    wanted: ClassVar[str] = "百分数，如 95%"

    def _shown(self, value: Any) -> Cell:
        return number_cell(value.removesuffix("%"), percent=True)

    def _said(self, cell: Cell) -> str:
        return number_text(cell, self.wanted, percent=True) + "%"


@dataclass(frozen=True)
class Threshold(Unnamed):
    """A per cent figure for rates, a number for counts."""

    wanted: ClassVar[str] = "比率写百分数，如 95%；数量写数字，如 3"

    def _shown(self, value: Any) -> Cell:
        return number_cell(value.removesuffix("%"), percent=value.endswith("%"))

    def _said(self, cell: Cell) -> str:
        is_share = cell.is_percent or narrow(cell.value).endswith("%")
        return number_text(cell, self.wanted, percent=is_share) + ("%" if is_share else "")


@dataclass(frozen=True)
class Whole(Unnamed):
    """A whole number."""

    wanted: ClassVar[str] = "整数"

    def _shown(self, value: Any) -> Cell:
        return number_cell(str(value), percent=False)

    def _said(self, cell: Cell) -> int:
        text = number_text(cell, self.wanted, percent=False)
        if "." in text:
            raise not_a_number(self.wanted)
        return int(text)


@dataclass(frozen=True)
class Day(Unnamed):
    """A day."""

    wanted: ClassVar[str] = "日期，如 2022-03-01"

    def _shown(self, value: Any) -> Cell:
        day = dt.date.fromisoformat(value)
        return Cell(day if day >= _FIRST_DAY else value)

    def _said(self, cell: Cell) -> str:
        if isinstance(cell.value, dt.date):
            return day_text(cell.value)
        try:
            return dt.date.fromisoformat(narrow(cell.value)).isoformat()
        except ValueError:
            raise Wrong("RUBRIC_FORM_DAY_UNREADABLE", "日期不能识别", self.wanted) from None


@dataclass(frozen=True)
class Choice(Unnamed):
    """One of a few words, always the same."""

    wanted: ClassVar[str] = "从下拉列表中选择"
    is_text: ClassVar[bool] = True
    words: Vocabulary
    codes: tuple[Any, ...]
    """What stands in the plain form, in the order of the words (True and False for 是 and 否)."""

    def _shown(self, value: Any) -> Cell:
        return Cell(self.words.word(self._name(value)))

    def _said(self, cell: Cell) -> Any:
        if isinstance(cell.value, bool) and cell.value in self.codes:
            return cell.value
        name = named(text_of(cell), self.words)
        return next(code for code in self.codes if self._name(code) == name)

    @staticmethod
    def _name(code: Any) -> str:
        return {True: "yes", False: "no"}[code] if isinstance(code, bool) else str(code)

    @property
    def choices(self) -> list[str]:
        """The words."""
        return self.words.words


@dataclass(frozen=True)
class Either(Unnamed):
    """A number, or one of a few words."""

    wanted: ClassVar[str] = "数字，或者从下拉列表中选择"
    number: Kind
    choice: Choice

    def _shown(self, value: Any) -> Cell:
        kind = self.choice if value in self.choice.codes else self.number
        return kind.show(value)

    def _said(self, cell: Cell) -> Any:
        is_word = self.choice.words.code(cell.found) is not None
        return (self.choice if is_word else self.number).read(cell)

    @property
    def choices(self) -> list[str]:
        """The words beside the numbers."""
        return self.choice.choices


def _found(text: str, words: Vocabulary) -> list[str] | None:
    """The codes of a list whose words may hold 、 themselves; None where a part is not known."""
    known = {lines.unseparated(word): code for code, word in words.pairs.items()}
    parts, found, start = lines.read_list(text), [], 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        end = next((one for one in ends if "".join(parts[start:one]) in known), None)
        if end is None:
            return None
        found.append(known["".join(parts[start:end])])
        start = end
    return found


def named(text: str, words: Words, role: str = "") -> str:
    """The code of a word; the text itself where there are no words to choose from.

    Raises
    ------
    Wrong RUBRIC_FORM_WORD_UNKNOWN, RUBRIC_FORM_LEDGER_UNKNOWN, RUBRIC_FORM_COLUMN_UNKNOWN
    """
    if words is None:
        return text
    code = words.code(text)
    if code is None and role == OWN_STATE:
        return text
    if code is None:
        first = "、".join(words.words[:MOST_LISTED])
        more = f"等{len(words.words)}个" if len(words.words) > MOST_LISTED else ""
        kind = _WORD_CODES.get(role, "RUBRIC_FORM_WORD_UNKNOWN")
        raise Wrong(kind, f"“{text}”不在可选的内容之内", f"{first}{more}")
    return code
