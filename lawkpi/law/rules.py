"""The rules of time limits: a number, its unit, its roll, and what may lengthen it.

The numbers live in params/law/, never here.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from lawkpi.params import Dated, Day, Reference, Strict, cited


class Unit(StrEnum):
    """What a limit counts."""

    NATURAL_DAYS = "natural_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    FIXED_DATE = "fixed_date"
    """A day of the year after that of the start event; it never rolls."""
    STATED_DATE = "stated_date"
    """The start event is itself the last day: a document or a hearing states it."""

    @property
    def word(self) -> str:
        """The word after a number: 15日, 20个工作日, 2个月."""
        return {"working_days": "个工作日", "months": "个月"}.get(self.value, "日")

    @property
    def is_counted(self) -> bool:
        """Whether days or months are counted from the start event."""
        return self not in {Unit.FIXED_DATE, Unit.STATED_DATE}


class Roll(StrEnum):
    """What happens when the last day is a rest day (N11)."""

    ORDERED = "ordered"
    BY_ANALOGY = "by_analogy"
    NONE = "none"

    @property
    def ground(self) -> str:
        """What a roll rests on where the limit's own law does not order it; empty otherwise."""
        return "（比照民法典第203条）" if self is Roll.BY_ANALOGY else ""


Evidence = Literal["S", "P", "M"]
"""S the text is known; P the document is known, not the sentence; M general knowledge."""


class Extension(Strict):
    """How much longer, at most, and what makes it valid; added to the limit as one run (N8)."""

    count: int = Field(ge=1)
    approver: str
    notice: str


class Pause(Strict):
    """What time is not counted, and at most how many working days of it for each pause (N9)."""

    what: str
    cap: int | None = Field(default=None, ge=1)


class LimitRule(Strict):
    """The number of a limit and how it is counted.

    `postmark`: a paper posted by the last day is in time although it arrives later (N7). Where it
    is false no text known here says so, and such a paper is for a person to decide.
    """

    unit: Unit
    roll: Roll
    count: int | None = Field(default=None, ge=1)
    at_least: int | None = Field(default=None, ge=1)
    day: str | None = None
    day_included: bool | None = None
    extension: Extension | None = None
    pause: Pause | None = None
    postmark: bool = False
    basis: list[Reference] = Field(min_length=1)
    on_time: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _complete(self) -> LimitRule:
        if fault := _fault(self):
            raise ValueError(fault)
        return self


class Version(LimitRule, Dated):
    """A limit as it stands from one day to another.

    Basis
    -----
    Counting conventions: 《中华人民共和国民法典》第201条至第203条; else as `basis` says.
    """

    evidence: Evidence

    @property
    def length(self) -> str:
        """The limit as an evaluator reads it, such as 10个工作日 or 次年1月31日前."""
        return _length(self)

    @property
    def sources(self) -> str:
        """The texts it rests on, such as 《中华人民共和国行政诉讼法》第67条."""
        return cited(self.basis)


class LocalLimit(LimitRule):
    """What an assessment declares for a local limit; the basis is required."""

    start: Day = Field(default=dt.date.min, alias="from")
    end: Day | None = Field(default=None, alias="to")

    def as_version(self) -> Version:
        """The declared rule as a version; what a locality declares counts as known text."""
        fields = self.model_dump(exclude={"start", "end"})
        return Version.model_validate(
            {**fields, "from": self.start, "to": self.end, "evidence": "S"}
        )


_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _fault(rule: LimitRule) -> str:
    """What is wrong with the parts of a rule taken together; empty when nothing is."""
    if rule.unit is Unit.FIXED_DATE:
        return _fixed_fault(rule)
    if rule.day is not None or rule.day_included is not None:
        return "只有固定日期（fixed_date）才写 day 和 day_included"
    if rule.unit is Unit.STATED_DATE:
        return _plain_fault(rule)
    return _counted_fault(rule)


def _fixed_fault(rule: LimitRule) -> str:
    if rule.day is None or rule.day_included is None:
        return '固定日期应写明 day（如 "01-31"）和 day_included（是否含当日）'
    if not _MONTH_DAY.fullmatch(rule.day) or rule.day == "02-29":
        return f'应为月日，例如 "01-31"，实际为 {rule.day!r}'
    return _plain_fault(rule)


def _plain_fault(rule: LimitRule) -> str:
    if rule.count is not None or rule.at_least is not None:
        return "固定日期和文书载明的日期不写 count 和 at_least"
    if rule.extension is not None or rule.pause is not None or rule.roll is not Roll.NONE:
        return "固定日期和文书载明的日期不延长、不扣除、不顺延"
    return ""


def _counted_fault(rule: LimitRule) -> str:
    if rule.count is None and rule.at_least is None:
        return "应写明 count（最长）或 at_least（最短）"
    if rule.count is not None and (rule.at_least or 0) > rule.count:
        return "最短期限（at_least）大于最长期限（count）"
    if rule.count is None and (rule.extension or rule.pause):
        return "没有最长期限的，不能延长或者扣除"
    if rule.roll is not Roll.NONE and (rule.unit is Unit.WORKING_DAYS or rule.count is None):
        return "按工作日计算的期限和只有最短期限的，不顺延（roll: none）"
    return ""


def _length(version: Version) -> str:
    if version.unit is Unit.STATED_DATE:
        return "以文书载明的日期为准"
    if version.unit is Unit.FIXED_DATE:
        month, day = (version.day or "").split("-")
        return f"次年{int(month)}月{int(day)}日{'前' if version.day_included else '之前'}"
    least = f"不少于{version.at_least}{version.unit.word}" if version.at_least else ""
    most = f"{version.count}{version.unit.word}" if version.count else ""
    return "、不超过".join(part for part in (least, most) if part)
