"""Dated limits: what a law gives how much time for, since when, and by which convention.

The numbers live in params/law/, never here. A local limit has no national number: it is given
by the assessment (`Limits.declared`) or it answers "undetermined: not declared".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from lawkpi.errors import LawError
from lawkpi.law.answers import NO_LIMIT, NOT_DECLARED, NOT_RECORDED, NOT_VERIFIED
from lawkpi.law.days import UNKNOWN, Counts, Days, Flags, as_days
from lawkpi.law.rules import LocalLimit, Unit, Version
from lawkpi.params import Strict, load_model, on_day, refuse_overlap


class Limit(Strict):
    """A time limit in all its versions.

    `start_event` and `end_event` are the Chinese names of what starts and what stops the clock.
    `earlier` says what held before the first version: no limit, or one not recorded here.
    `replaced`: only the former text is held here; a new one governs what starts after it.
    `unverified`: a text exists, its numbers are not known well enough to count by.
    """

    id: str = Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")
    title: str
    start_event: str = Field(alias="start")
    end_event: str = Field(alias="end")
    local: bool = False
    unverified: bool = False
    earlier: Literal["none", "not_recorded"] = "none"
    replaced: bool = False
    note: str = ""
    versions: list[Version] = Field(default_factory=list)

    @model_validator(mode="after")
    def _versions_in_order(self) -> Limit:
        if not self.versions and not (self.local or self.unverified):
            raise ValueError("全国统一的期限至少应有一个版本")
        refuse_overlap(self.versions)
        return self

    @property
    def is_declared(self) -> bool:
        """Whether there is any version: a local limit has none until it is declared."""
        return bool(self.versions)

    def version_on(self, day: dt.date) -> Version | None:
        """The version in force on a day, or None."""
        return on_day(self.versions, day)

    def is_before_record(self, starts: Days) -> Flags:
        """Whether an earlier law, not recorded here, governs each start."""
        if self.earlier == "none" or not self.versions:
            return np.zeros(len(starts), dtype=bool)
        return np.asarray(starts < self._starts[0], dtype=bool)

    def is_after_replacement(self, starts: Days) -> Flags:
        """Whether the text that replaced this one governs each start."""
        if not self.replaced:
            return np.zeros(len(starts), dtype=bool)
        return np.asarray(starts > self._ends[-1], dtype=bool)

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
            raise LawError("LAW_VERSION_MISSING", f"{self.id}（{self.title}）：{self._absent(day)}")
        alone = version.model_copy(update={"start": dt.date.min, "end": None})
        return Limit.model_validate({**dict(self), "versions": [alone]})

    def _absent(self, day: dt.date) -> str:
        """Why no version is in force on a day."""
        if not self.is_declared:
            return NOT_DECLARED if self.local else NOT_VERIFIED
        if self.is_before_record(as_days(day))[0]:
            return f"{day}适用{NOT_RECORDED}"
        return f"在{day}{NO_LIMIT}"

    def versions_at(self, starts: Days) -> Counts:
        """The index of the version in force on each start day (N10).

        Returns
        -------
        -1 (`UNKNOWN`) where no version is in force or the day is not known. The start of a
        limit with a fixed date is the end of its year.
        """
        if not self.versions:
            return np.full(len(starts), UNKNOWN)
        keyed = _year_end(starts) if self.is_yearly else starts
        found = np.searchsorted(self._starts, keyed, side="right") - 1
        in_force = (keyed <= self._ends[found]) & ~np.isnat(keyed)
        return np.where(in_force & (found >= 0), found, UNKNOWN)

    @property
    def is_yearly(self) -> bool:
        """Whether it names a day of the year after its start instead of counting."""
        return bool(self.versions) and all(
            version.unit is Unit.FIXED_DATE for version in self.versions
        )

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
            raise unknown_limit(str(limit_id), self.by_id)
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


def unknown_limit(asked: str, known: Iterable[str]) -> LawError:
    """The refusal of an id that nothing has, with those that come near."""
    near = get_close_matches(asked.upper(), list(known), n=3, cutoff=0.5)
    return LawError(
        "LAW_LIMIT_UNKNOWN",
        f"没有编号为 {asked} 的期限或者要求",
        expected="、".join(near) if near else "lawkpi limits 列出的编号",
        todo="用 lawkpi limits 加名称中的词查找编号",
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


def _year_end(days: Days) -> Days:
    return (days.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1
