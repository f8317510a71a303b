"""What notebooks and analysts use: open a folder, check, score; load a run, ask it, write it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from lawkpi.errors import LawError
from lawkpi.law import DueDate, Requirement, as_days, due_date
from lawkpi.law.pauses import PauseDays
from lawkpi.law.requirements import NOT_COUNTED
from lawkpi.plots import Pages, Plots
from lawkpi.result import Assessment, load_assessment
from lawkpi.rubric.model import Rubric
from lawkpi.run.check import Checked, checked
from lawkpi.run.folder import AssessmentFolder, open_folder, open_law
from lawkpi.run.score import scored
from lawkpi.workbook import department_file_name, write_department, write_summary


@dataclass(frozen=True)
class OpenedFolder:
    """An assessment folder, ready to be checked and scored."""

    folder: AssessmentFolder

    @property
    def rubric(self) -> Rubric:
        """The rubric of the folder."""
        return self.folder.rubric

    def with_rubric(self, rubric: Rubric) -> OpenedFolder:
        """The same ledgers under another rubric (other weights, last year's); nothing is written."""
        return OpenedFolder(replace(self.folder, rubric=rubric))

    def check(self) -> Checked:
        """Every finding in every ledger."""
        return checked(self.folder)

    def score(self) -> OpenedRun:
        """The assessment of all departments, in memory.

        Raises
        ------
        RunError RUN_LEDGERS_FAULTY : findings stand in the way of scoring
        """
        return OpenedRun.opened(scored(self.check()))


@dataclass(frozen=True, eq=False)
class OpenedRun(Assessment):
    """An assessment with its drawings and papers."""

    @classmethod
    def opened(cls, assessment: Assessment) -> OpenedRun:
        """The same assessment, opened."""
        return cls(**{one.name: getattr(assessment, one.name) for one in fields(Assessment)})

    @cached_property
    def plot(self) -> Plots:
        """Charts: `plot.sections(code)`, `plot.ranking(group)`, ..."""
        return Plots(self)

    @cached_property
    def pages(self) -> Pages:
        """Tables and texts as notebooks show them: `pages.items(code)`, ..."""
        return Pages(self)

    def write_workbook(self, code: str, run_folder: str | Path) -> Path:
        """A department's workbook in a run folder; the file's path."""
        department = self.department(code)
        folder = Path(run_folder) / "departments"
        folder.mkdir(parents=True, exist_ok=True)
        return write_department(self, code, folder / department_file_name(department, ".xlsx"))

    def write_summary(self, run_folder: str | Path) -> Path:
        """The summary workbook of a run folder; the file's path."""
        return write_summary(self, Path(run_folder) / "summary.xlsx")


def due(
    limit: str,
    start: str | dt.date,
    *,
    extended: bool | int = False,
    notified_on: dt.date | None = None,
    pauses: PauseDays = (),
) -> DueDate:
    """The last day of one limit in params/law: `due("LIT-REPLY", "2024-09-18").last`.

    Parameters
    ----------
    start : the day of the start event, as a date or as text such as "2024-09-18"
    extended : whether the limit was extended (by its full extension), or by how many units
    notified_on : the day the extension was notified; None means in time
    pauses : pairs (after, until) of days

    Raises
    ------
    LawError LAW_LIMIT_UNKNOWN, LAW_DAY_UNREADABLE
    """
    law = open_law()
    found = law.asked(limit)
    if isinstance(found, Requirement):
        raise LawError("LAW_NOT_COUNTED", f"{found.id}（{found.title}）{NOT_COUNTED}")
    begin = as_days(start)[0].item()
    if begin is None:
        raise LawError("LAW_DAY_UNREADABLE", "没有写明起算日", expected='日期，如 "2022-11-07"')
    granted: dict[str, Any] = {"extended": extended, "notified_on": notified_on, "pauses": pauses}
    return due_date(found, begin, law.calendar, **granted)


def open(folder: str | Path) -> OpenedFolder:  # noqa: A001 - the contract's own name
    """Open an assessment folder (params/...).

    Raises
    ------
    ParamsError : a parameter file is missing or does not fit, with file and line
    """
    return OpenedFolder(open_folder(Path(folder)))


def load(run_folder: str | Path) -> OpenedRun:
    """Load the results of a run (outputs/...).

    Raises
    ------
    ResultError RESULT_FOLDER_INCOMPLETE : not a run folder, or not a whole one
    """
    return OpenedRun.opened(load_assessment(Path(run_folder) / "data"))
