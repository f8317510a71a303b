"""assessment.yaml: one assessment of one year by one body."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lawkpi.law.rules import LocalLimit
from lawkpi.params import Day, Period, Points, Reference, Strict

Stage = Literal["initial", "review", "final"]
FontChoice = Literal["plain", "official"]
"""Which set of fonts the papers name."""
STAGES: dict[Stage, str] = {"initial": "初评", "review": "复核", "final": "终评"}


ILLUSTRATIVE = "示例数据，非真实考核结果"
"""Printed on every sheet, figure and notebook of invented data."""


class LedgerFiles(Strict):
    """Where a ledger's rows are: file patterns inside the assessment folder, and the sheet."""

    files: tuple[str, ...]
    sheet: str | None = None


class Conversion(Strict):
    """折算: how the total becomes the figure reported to the overall performance assessment."""

    method: Literal["proportional", "by_grade"]
    full_points: Points
    places: int = 2
    amounts: dict[str, Points] = Field(default_factory=dict)
    basis: Reference
    note: str = ""


class Contact(Strict):
    """Whom a department asks, and how long it may appeal."""

    office: str
    telephone: str
    appeal_days: int


class AssessmentSettings(Strict):
    """The settings of one assessment.

    `shared` is where law/ and ledgers/ (the schemas) stand; `fonts` names the set that its workbooks use.
    """

    id: str
    title: str
    body: str
    assessing_office: str
    illustrative: bool
    period: Period
    as_of: Day
    stage: Stage
    shared: str = ".."
    rubric: str = "rubric.yaml"
    departments: str = "departments.yaml"
    ledgers: dict[str, LedgerFiles]
    limits: dict[str, LocalLimit] = Field(default_factory=dict)
    show_rank_before_final: bool = False
    fonts: FontChoice = "plain"
    conversion: Conversion
    contact: Contact

    @property
    def stage_title(self) -> str:
        """初评, 复核 or 终评."""
        return STAGES[self.stage]
