"""The papers of one department, and of all: by notebook, or plainly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lawkpi.errors import LawkpiError, RunError
from lawkpi.ledger.departments import Department
from lawkpi.plots import Plots, save
from lawkpi.result import Assessment
from lawkpi.run.layout import RunFolder
from lawkpi.run.notebooks import execute
from lawkpi.workbook import department_file_name, write_department, write_summary
from lawkpi.workbook.scoring_sheets import has_unread_entries, scoring_offices, write_scoring

Notebooks = Literal["all", "none", "failed"]


@dataclass(frozen=True)
class Papers:
    """Writes papers into a run folder.

    `notebooks`: `all` executes a notebook that writes the workbook; `none` writes the workbook only;
    `failed` writes plainly and executes the notebook where that failed, to show why.
    """

    assessment: Assessment
    run_folder: RunFolder
    templates: Path
    notebooks: Notebooks

    def department(self, department: Department) -> None:
        """One department's workbook (and notebook).

        Raises
        ------
        LawkpiError : it could not be written
        """
        target = self.run_folder.workbook(department)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._either(
            lambda: write_department(self.assessment, department.code, target),
            lambda: self._notebook(
                "20-department.ipynb",
                self.run_folder.notebook(department),
                {"department": department.code},
            ),
        )

    def summary(self) -> None:
        """The summary workbook (and notebook).

        Raises
        ------
        LawkpiError : it could not be written
        """
        self._either(
            lambda: write_summary(self.assessment, self.run_folder.summary),
            lambda: self._notebook("30-summary.ipynb", self.run_folder.summary_notebook, {}),
        )

    def scoring(self) -> None:
        """The scoring sheets: one workbook for each scoring office, never by notebook.

        Entries that were filled in where the sheets stand, and not read back yet, are not written over.

        Raises
        ------
        RunError RUN_SCORING_FILLED : such sheets; the others are written
        LawkpiError : one could not be written
        """
        folder = self.run_folder.scoring
        folder.mkdir(parents=True, exist_ok=True)
        offices = scoring_offices(self.assessment)
        targets = {self.run_folder.scoring_sheet(one): one for one in offices}
        there = [path for path in folder.glob("*.xlsx") if not path.name.startswith("~$")]
        filled = sorted(one for one in there if has_unread_entries(one, self.assessment))
        for path in (one for one in there if one not in filled):
            path.unlink()
        for target, office in targets.items():
            if target not in filled:
                write_scoring(self.assessment, office, target)
        if filled:
            raise RunError(
                "RUN_SCORING_FILLED",
                "评分底稿中有尚未读回的填写内容，没有覆盖",
                where="、".join(one.name for one in filled),
                todo="用 lawkpi scoring read 读回，或移走这些文件，然后重新运行",
            )

    def figures(self, departments: Sequence[Department]) -> None:
        """PNG files: each department's sections, and everyone's ranking, matrix, distribution."""
        folder = self.run_folder.path / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        plots = Plots(self.assessment)
        for name in ("ranking", "matrix", "distribution"):
            save(getattr(plots, name)(), folder / f"{name}.png")
        for department in departments:
            target = folder / department_file_name(department, ".png")
            save(plots.sections(department.code), target)

    def _either(self, plain: Callable[[], object], notebook: Callable[[], None]) -> None:
        if self.notebooks == "all":
            notebook()
            return
        try:
            plain()
        except LawkpiError:
            if self.notebooks == "none":
                raise
            notebook()

    def _notebook(self, template: str, target: Path, parameters: dict[str, str]) -> None:
        base = self.run_folder.path.resolve()
        given = {"run_folder": str(base), **parameters}
        execute(self.templates / template, target, given, base=base)
