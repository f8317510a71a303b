"""Dated definitions: who counts as what, by the text in force on the day of the event.

A role that a text neither includes nor excludes clearly is for a person to decide; it is never
counted and never left out in silence.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field, model_validator

from lawkpi.errors import LawError
from lawkpi.law.days import Texts, as_days
from lawkpi.law.rules import Evidence
from lawkpi.params import (
    Dated,
    Period,
    Reference,
    Strict,
    cited,
    load_each,
    load_model,
    refuse_overlap,
)


class Standing(StrEnum):
    """Whether a role counts under a definition."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    REVIEW = "review"
    """The text leaves it open: a person decides."""
    UNDETERMINED = "undetermined"
    """The role or the day is not known, or no text was in force."""

    @property
    def label(self) -> str:
        """The word an evaluator reads."""
        return _TITLES[self]


_TITLES = {
    Standing.COUNTED: "计入",
    Standing.NOT_COUNTED: "不计入",
    Standing.REVIEW: "待核定",
    Standing.UNDETERMINED: "待定",
}


class DefinitionVersion(Dated):
    """Who counts from one day to another."""

    counted: list[str] = Field(min_length=1)
    review: list[str]
    basis: list[Reference] = Field(min_length=1)
    evidence: Evidence


class Definition(Strict):
    """A word of the law whose meaning changed: its roles, and who counts since when."""

    id: str
    title: str
    event: str
    roles: dict[str, str]
    versions: list[DefinitionVersion] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Definition:
        for version in self.versions:
            if unknown := sorted({*version.counted, *version.review} - set(self.roles)):
                raise ValueError(f"roles 中没有 {unknown[0]}")
        refuse_overlap(self.versions)
        return self

    def text_in(self, period: Period) -> str:
        """Who counts in a period and by which text, in Chinese."""
        return "；".join(
            f"{'、'.join(self.roles[role] for role in version.counted)}（{cited(version.basis)}）"
            for version in self.versions
            if version.holds_in(period)
        )


def load_definition(path: Path) -> Definition:
    """A definition from a file in params/law/definitions/.

    Raises
    ------
    ParamsError PARAMS_INVALID : the file does not fit
    """
    return load_model(path, Definition)


def load_definitions(folder: Path) -> dict[str, Definition]:
    """Every definition of a folder, by id; none where there is no such folder.

    Raises
    ------
    LawError LAW_DEFINITION_NAME : a file's name is not the id of its definition
    """
    return load_each(folder, Definition, "LAW_DEFINITION_NAME", "定义", LawError)


def standings(definition: Definition, roles: Any, days: Any) -> Texts:
    """Whether each role counts on the day of its event.

    Parameters
    ----------
    definition : the definition in all its versions
    roles : one role per row, by the names of the definition; None where it is not known
    days : the day of each event

    Returns
    -------
    One text of `Standing` per row; undetermined where role, day or text is missing.

    Raises
    ------
    LawError LAW_ROLE_UNKNOWN : the definition does not know a role

    Basis
    -----
    行政机关负责人：法释〔2015〕9号第5条、法释〔2018〕1号第128条、法释〔2020〕3号第2条.
    """
    named, on = np.atleast_1d(np.asarray(roles, dtype=object)), as_days(days)
    known = np.isin(named, list(definition.roles))
    _refuse_unknown(definition, named[~known])
    answers = np.full(len(on), Standing.UNDETERMINED.value, dtype=object)
    for version in definition.versions:
        applies = known & (on >= np.datetime64(version.start))
        if version.end is not None:
            applies &= on <= np.datetime64(version.end)
        answers[applies] = Standing.NOT_COUNTED.value
        answers[applies & np.isin(named, version.review)] = Standing.REVIEW.value
        answers[applies & np.isin(named, version.counted)] = Standing.COUNTED.value
    return answers


def _refuse_unknown(definition: Definition, others: Texts) -> None:
    named = sorted({role for role in others.tolist() if isinstance(role, str) and role})
    if named:
        raise LawError(
            "LAW_ROLE_UNKNOWN",
            f"“{definition.title}”的规定中没有身份 {named[0]}",
            expected="、".join(definition.roles),
        )
