"""Dated requirements: how much is to be done in a year, a term or once, without a start event.

They are no time limits: nothing is counted from a day, so there is no last day to reckon. The
numbers live in params/law/requirements/, each with its document; a local one has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from lawkpi.errors import LawError
from lawkpi.law.rules import Evidence
from lawkpi.params import (
    Dated,
    Day,
    Reference,
    Strict,
    cited,
    load_model,
    on_day,
    refuse_overlap,
)

NOT_COUNTED = "没有起算事件，不推算届满日"


class Each(StrEnum):
    """How often a requirement is to be met."""

    YEAR = "year"
    TERM = "term"
    ONCE = "once"
    EVENT = "event"

    @property
    def label(self) -> str:
        """The word an evaluator reads."""
        return _EACH[self]


_EACH = {Each.YEAR: "每年", Each.TERM: "任期内", Each.ONCE: "一次", Each.EVENT: "每件"}


class RequirementVersion(Dated):
    """A requirement as it stands from one day to another.

    `at_least` and `unit` are its number; one without a number is met or not. `by` is the day until
    which a requirement that is met once has to be met.
    """

    at_least: int | None = Field(default=None, ge=1)
    unit: str = ""
    by: Day | None = None
    basis: list[Reference] = Field(min_length=1)
    evidence: Evidence
    note: str = ""

    @model_validator(mode="after")
    def _complete(self) -> RequirementVersion:
        if (self.at_least is None) != (not self.unit):
            raise ValueError("写明 at_least 的应写明 unit，没有数量的两项都不写")
        return self

    @property
    def amount(self) -> str:
        """The number as an evaluator reads it; 有或者无 for one without a number."""
        if self.at_least is None:
            return "有或者无"
        return f"不少于{self.at_least}{self.unit}"

    @property
    def sources(self) -> str:
        """The documents it rests on."""
        return cited(self.basis)


class Requirement(Strict):
    """A dated requirement in all its versions; a local one has none."""

    id: str = Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")
    title: str
    of: str
    each: Each
    local: bool = False
    note: str = ""
    versions: list[RequirementVersion] = Field(default_factory=list)

    @model_validator(mode="after")
    def _versions_in_order(self) -> Requirement:
        if not self.versions and not self.local:
            raise ValueError("全国统一的要求至少应有一个版本")
        refuse_overlap(self.versions)
        return self

    def version_on(self, day: dt.date) -> RequirementVersion | None:
        """The version in force on a day, or None."""
        return on_day(self.versions, day)


class RequirementFile(Strict):
    """One subject's requirements, as a file in params/law/requirements/ holds them."""

    subject: str
    requirements: list[Requirement]


def load_requirements(folder: Path) -> dict[str, Requirement]:
    """Every requirement of a folder by id; none where there is no such folder.

    Raises
    ------
    LawError LAW_LIMIT_REPEATED : two requirements have one id
    ParamsError PARAMS_INVALID : a file does not fit; each fault with its line
    """
    found: dict[str, Requirement] = {}
    for path in sorted(folder.glob("*.yaml")):
        for one in load_model(path, RequirementFile).requirements:
            if one.id in found:
                raise LawError("LAW_LIMIT_REPEATED", f"要求编号 {one.id} 重复", where=path.name)
            found[one.id] = one
    return found


def requirements_matching(
    requirements: Mapping[str, Requirement], word: str
) -> dict[str, Requirement]:
    """The requirements whose id, title, subject or document contain a word."""
    wanted = word.lower()
    return {key: one for key, one in requirements.items() if wanted in _searched(one)}


def requirement_record(requirement: Requirement, day: dt.date) -> dict[str, Any]:
    """What held on a day, as plain texts and numbers: no last day, and why not."""
    version = requirement.version_on(day)
    record: dict[str, Any] = {
        "limit": requirement.id,
        "title": requirement.title,
        "start": day.isoformat(),
        "status": "requirement",
        "reason": NOT_COUNTED,
        "last_day": None,
        "of": requirement.of,
        "each": requirement.each.value,
    }
    if version is not None:
        record |= version.model_dump(mode="json", by_alias=True, exclude={"basis"})
        record["basis"] = [source.text for source in version.basis]
    return record


def _searched(one: Requirement) -> str:
    documents: Iterable[str] = (source.document for v in one.versions for source in v.basis)
    return " ".join([one.id, one.title, one.of, *documents]).lower()
