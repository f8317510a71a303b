"""The run folder: where everything stands."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawkpi.errors import RunError
from lawkpi.ledger.departments import Department
from lawkpi.workbook import department_file_name
from lawkpi.workbook.names import safe_file_name

PRODUCTS = ("departments", "notebooks", "data", "figures")
SCORING = "scoring"
"""Sheets that offices fill in: written anew one by one, never cleared as a whole."""
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class RunFolder:
    """Paths inside one run folder."""

    path: Path

    @property
    def data(self) -> Path:
        """Parquet tables and parameters."""
        return self.path / "data"

    @property
    def findings(self) -> Path:
        """The findings workbook."""
        return self.path / "findings.xlsx"

    @property
    def summary(self) -> Path:
        """The summary workbook."""
        return self.path / "summary.xlsx"

    @property
    def appeals(self) -> Path:
        """The register of appeals; the office writes in it, so no run removes it."""
        return self.path / "appeals.xlsx"

    @property
    def summary_notebook(self) -> Path:
        """The executed summary notebook."""
        return self.path / "notebooks" / "summary.ipynb"

    @property
    def log(self) -> Path:
        """The run log: one JSON line per event, with seconds."""
        return self.path / "run.log.jsonl"

    @property
    def manifest(self) -> Path:
        """What went in and what came out."""
        return self.path / MANIFEST

    def workbook(self, department: Department) -> Path:
        """A department's workbook."""
        return self.path / "departments" / department_file_name(department, ".xlsx")

    def notebook(self, department: Department) -> Path:
        """A department's executed notebook."""
        return self.path / "notebooks" / department_file_name(department, ".ipynb")

    @property
    def scoring(self) -> Path:
        """The scoring sheets (评分底稿), one for each scoring office."""
        return self.path / SCORING

    def scoring_sheet(self, office: str) -> Path:
        """A scoring office's workbook (评分底稿)."""
        return self.scoring / safe_file_name(office, ".xlsx")

    def claim(self) -> None:
        """Make the folder, or make sure that it is a run folder.

        Raises
        ------
        RunError RUN_FOLDER_FOREIGN : it holds files that are not a run's
        """
        self.path.mkdir(parents=True, exist_ok=True)
        own = (self.findings, self.summary, self.appeals, self.log)
        known = {*PRODUCTS, SCORING, MANIFEST, *(path.name for path in own)}
        foreign = sorted(
            one.name
            for one in self.path.iterdir()
            if one.name not in known and not one.name.startswith(("~$", "."))
        )
        if foreign:
            raise RunError(
                "RUN_FOLDER_FOREIGN",
                "输出文件夹中有其他文件，未写入",
                where=self.path.name,
                expected="空文件夹，或以前的结果文件夹",
                todo=f"另选 --output，或移走：{'、'.join(foreign)}",
            )

    def clear(self) -> None:
        """Remove a former run's products; a register of appeals stays."""
        for name in PRODUCTS:
            shutil.rmtree(self.path / name, ignore_errors=True)
        for path in (self.summary, self.manifest):
            path.unlink(missing_ok=True)

    def former_manifest(self) -> dict[str, Any]:
        """The manifest of the run before; empty without a readable one."""
        try:
            content: dict[str, Any] = json.loads(self.manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content
