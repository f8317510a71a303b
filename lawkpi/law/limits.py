"""Dated limits: what a law gives how much time for, since when, and by which convention.

The numbers live in params/law/, never here. A local limit has no national number: it is given
by the assessment (`Limits.declared`) or it answers "undetermined: not declared".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from lawkpi.errors import LawError
from lawkpi.law.days import UNKNOWN, Counts, Days, Flags
from lawkpi.params import Day, Reference, Strict, load_model


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


class _Rule(Strict):
    """The number of a limit and how it is counted."""

    unit: Unit
    roll: Roll
    count: int | None = Field(default=None, ge=1)
    at_least: int | None = Field(default=None, ge=1)
    day: str | None = None
    day_included: bool | None = None
    extension: Extension | None = None
    pause: Pause | None = None
    basis: list[Reference] = Field(min_length=1)
    on_time: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _complete(self) -> _Rule:
        if fault := _fault(self):
            raise ValueError(fault)
        return self


class Version(_Rule):
    """A limit as it stands from one day to another.

    Basis
    -----
    Counting conventions: 《中华人民共和国民法典》第201条至第203条; else as `basis` says.
    """

    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")
    evidence: Evidence

    @model_validator(mode="after")
    def _in_order(self) -> Version:
        if self.end is not None and self.end < self.start:
            raise ValueError("失效日早于施行日")
        return self

    @property
    def length(self) -> str:
        """The limit as an evaluator reads it, such as 10个工作日 or 次年1月31日前."""
        return _length(self)

    @property
    def sources(self) -> str:
        """The texts it rests on, such as 《中华人民共和国行政诉讼法》第67条."""
        return "、".join(source.text for source in self.basis)


class LocalLimit(_Rule):
    """What an assessment declares for a local limit; the basis is required."""

    start: Day = Field(default=dt.date.min, alias="from")
    end: Day | None = Field(default=None, alias="to")

    def as_version(self) -> Version:
        """The declared rule as a version; what a locality declares counts as known text."""
        fields = self.model_dump(exclude={"start", "end"})
        return Version.model_validate(
            {**fields, "from": self.start, "to": self.end, "evidence": "S"}
        )


class Limit(Strict):
    """A time limit in all its versions.

    `start_event` and `end_event` are the Chinese names of what starts and what stops the clock.
    `earlier` says what held before the first version: no limit, or one not recorded here.
    """

    id: str = Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")
    title: str
    start_event: str = Field(alias="start")
    end_event: str = Field(alias="end")
    local: bool = False
    earlier: Literal["none", "not_recorded"] = "none"
    note: str = ""
    versions: list[Version] = Field(default_factory=list)

    @model_validator(mode="after")
    def _versions_in_order(self) -> Limit:
        if not self.versions and not self.local:
            raise ValueError("全国统一的期限至少应有一个版本")
        for earlier, later in zip(self.versions, self.versions[1:], strict=False):
            if earlier.end is None or earlier.end >= later.start:
                raise ValueError(f"自{later.start}起的版本与前一版本重叠")
        return self

    @property
    def is_declared(self) -> bool:
        """Whether there is any version: a local limit has none until it is declared."""
        return bool(self.versions)

    def version_on(self, day: dt.date) -> Version | None:
        """The version in force on a day, or None."""
        return next((one for one in self.versions if _in_force(one, day)), None)

    def is_before_record(self, starts: Days) -> Flags:
        """Whether an earlier law, not recorded here, governs each start."""
        if self.earlier == "none" or not self.versions:
            return np.zeros(len(starts), dtype=bool)
        return np.asarray(starts < self._starts[0], dtype=bool)

    def governed_by(self, day: dt.date) -> Limit:
        """The limit with the version of one day for every start (doubt D1).

        For procedures still open on an effective date, where the later version is taken to
        apply although the start event lies before it.

        Raises
        ------
        LawError LAW_VERSION_MISSING : no version is in force on the day
        """
        version = self.version_on(day)
        if version is None:
            raise LawError("LAW_VERSION_MISSING", f"{self.id}（{self.title}）在{day}无期限规定")
        alone = version.model_copy(update={"start": dt.date.min, "end": None})
        return Limit.model_validate({**dict(self), "versions": [alone]})

    def versions_at(self, starts: Days) -> Counts:
        """The index of the version in force on each start day (N10).

        Returns
        -------
        -1 (`UNKNOWN`) where no version is in force or the day is not known. The start of a
        limit with a fixed date is the end of its year.
        """
        if not self.versions:
            return np.full(len(starts), UNKNOWN)
        keyed = _year_end(starts) if self._is_yearly else starts
        found = np.searchsorted(self._starts, keyed, side="right") - 1
        in_force = (keyed <= self._ends[found]) & ~np.isnat(keyed)
        return np.where(in_force & (found >= 0), found, UNKNOWN)

    @property
    def _is_yearly(self) -> bool:
        return all(version.unit is Unit.FIXED_DATE for version in self.versions)

    @cached_property
    def _starts(self) -> Days:
        return np.array([version.start for version in self.versions], dtype="datetime64[D]")

    @cached_property
    def _ends(self) -> Days:
        ends = [version.end or dt.date.max for version in self.versions]
        return np.array(ends, dtype="datetime64[D]")


class LimitFile(Strict):
    """One subject's limits, as a file in params/law/ holds them."""

    subject: str
    limits: list[Limit]


@dataclass(frozen=True)
class Limits(Mapping[str, Limit]):
    """The limits by id, in the order of the files."""

    by_id: Mapping[str, Limit]

    def __getitem__(self, limit_id: str) -> Limit:
        if limit_id not in self.by_id:
            raise self._unknown(limit_id)
        return self.by_id[limit_id]

    def __contains__(self, limit_id: object) -> bool:
        return limit_id in self.by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)

    def declared(self, local: Mapping[str, LocalLimit]) -> Limits:
        """The limits with an assessment's local ones given.

        Raises
        ------
        LawError LAW_LIMIT_UNKNOWN : no limit has this id
        LawError LAW_LIMIT_NOT_LOCAL : the limit is national and cannot be redeclared
        """
        given = dict(self.by_id)
        for limit_id, rule in local.items():
            given[limit_id] = _declared(self[limit_id], rule)
        return Limits(given)

    def in_force(self, day: dt.date) -> dict[str, Version]:
        """The version of each limit that is in force on a day."""
        found = {key: limit.version_on(day) for key, limit in self.by_id.items()}
        return {key: version for key, version in found.items() if version is not None}

    def matching(self, word: str) -> Limits:
        """The limits whose id, title, events or basis contain a word."""
        found = {key: one for key, one in self.by_id.items() if word.lower() in _searched(one)}
        return Limits(found)

    def _unknown(self, limit_id: str) -> LawError:
        near = get_close_matches(str(limit_id).upper(), self.by_id, n=3, cutoff=0.5)
        return LawError(
            "LAW_LIMIT_UNKNOWN",
            f"没有编号为 {limit_id} 的期限",
            expected="、".join(near) if near else "params/law/ 中已有的期限编号",
            todo="核对期限编号，编号区分大小写",
        )


def load_limits(folder: Path) -> Limits:
    """All limits of a folder of subject files (the files *.yaml directly in it).

    Raises
    ------
    LawError LAW_FOLDER_EMPTY : the folder holds no limit file
    LawError LAW_LIMIT_REPEATED : two limits have one id
    ParamsError PARAMS_INVALID : a file does not fit; each fault with its line
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise LawError("LAW_FOLDER_EMPTY", "文件夹中没有期限文件", where=folder.name)
    limits: dict[str, Limit] = {}
    for path in paths:
        for limit in load_model(path, LimitFile).limits:
            if limit.id in limits:
                raise LawError("LAW_LIMIT_REPEATED", f"期限编号 {limit.id} 重复", where=path.name)
            limits[limit.id] = limit
    return Limits(limits)


def _declared(limit: Limit, rule: LocalLimit) -> Limit:
    if not limit.local:
        raise LawError(
            "LAW_LIMIT_NOT_LOCAL",
            f"{limit.id}（{limit.title}）由国家规定，不能在考核方案中另行规定",
            todo="删去该项；确有特别规定的，另立期限编号",
        )
    return Limit.model_validate({**dict(limit), "versions": [rule.as_version()]})


def _searched(limit: Limit) -> str:
    basis = [source.text + source.note for one in limit.versions for source in one.basis]
    return " ".join([limit.id, limit.title, limit.start_event, limit.end_event, *basis]).lower()


def _in_force(version: Version, day: dt.date) -> bool:
    return version.start <= day and (version.end is None or day <= version.end)


def _year_end(days: Days) -> Days:
    return (days.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1


_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _fault(rule: _Rule) -> str:
    """What is wrong with the parts of a rule taken together; empty when nothing is."""
    if rule.unit is Unit.FIXED_DATE:
        return _fixed_fault(rule)
    if rule.day is not None or rule.day_included is not None:
        return "只有固定日期（fixed_date）才写 day 和 day_included"
    if rule.unit is Unit.STATED_DATE:
        return _plain_fault(rule)
    return _counted_fault(rule)


def _fixed_fault(rule: _Rule) -> str:
    if rule.day is None or rule.day_included is None:
        return '固定日期应写明 day（如 "01-31"）和 day_included（是否含当日）'
    if not _MONTH_DAY.fullmatch(rule.day) or rule.day == "02-29":
        return f'应为月日，例如 "01-31"，实际为 {rule.day!r}'
    return _plain_fault(rule)


def _plain_fault(rule: _Rule) -> str:
    if rule.count is not None or rule.at_least is not None:
        return "固定日期和文书载明的日期不写 count 和 at_least"
    if rule.extension is not None or rule.pause is not None or rule.roll is not Roll.NONE:
        return "固定日期和文书载明的日期不延长、不扣除、不顺延"
    return ""


def _counted_fault(rule: _Rule) -> str:
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
