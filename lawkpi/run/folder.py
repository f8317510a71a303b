"""The assessment folder: its parameters, schemas, limits, and where its ledgers are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lawkpi.errors import ParamsError
from lawkpi.law.calendar import Calendar, load_overlays
from lawkpi.law.limits import Limits, load_limits
from lawkpi.ledger.departments import Register
from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.schema import Schema, load_schemas
from lawkpi.params import load_model
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Rubric

SETTINGS = "assessment.yaml"


@dataclass(frozen=True)
class AssessmentFolder:
    """Everything of one assessment but its ledgers' rows."""

    path: Path
    settings: AssessmentSettings
    register: Register
    rubric: Rubric
    schemas: dict[str, Schema]
    limits: Limits
    calendar: Calendar

    @property
    def reckoner(self) -> Reckoner:
        """What computes derived columns."""
        return Reckoner(self.limits, self.calendar, self.settings.as_of)

    def ledger_paths(self, ledger_id: str) -> list[Path]:
        """The files of a ledger, sorted; Excel's own lock files left out."""
        patterns = self.settings.ledgers[ledger_id].files
        found = {path for pattern in patterns for path in self.path.glob(pattern)}
        return sorted(path for path in found if not path.name.startswith("~$"))

    def input_files(self) -> list[Path]:
        """Every file that decides the result: the folder's parameters and ledgers."""
        own = [
            self.path / name for name in (SETTINGS, self.settings.rubric, self.settings.departments)
        ]
        return own + [path for name in self.settings.ledgers for path in self.ledger_paths(name)]

    def fingerprints(self) -> dict[str, str]:
        """File (relative to the folder) to SHA-256."""
        return {
            path.relative_to(self.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.input_files()
            if path.is_file()
        }


def open_folder(path: Path, *, stage: str | None = None) -> AssessmentFolder:
    """Read an assessment folder's parameters.

    Parameters
    ----------
    stage : a stage to use instead of the one in assessment.yaml

    Raises
    ------
    ParamsError PARAMS_FOLDER_MISSING : there is no assessment.yaml
    ParamsError : a file does not fit its model, with file and line
    ParamsError ASSESSMENT_LEDGER_UNDECLARED : a ledger has no schema
    """
    path = path.resolve()
    if not (path / SETTINGS).is_file():
        raise ParamsError(
            "PARAMS_FOLDER_MISSING",
            f"“{path.name}”不是考核文件夹",
            where=path.name,
            expected=f"其中应有 {SETTINGS}",
            todo="检查文件夹路径，或用示例文件夹复制一份",
        )
    settings = load_model(path / SETTINGS, AssessmentSettings)
    if stage is not None:
        settings = AssessmentSettings.model_validate(
            settings.model_dump(mode="json", by_alias=True, exclude_none=True) | {"stage": stage}
        )
    shared = (path / settings.shared).resolve()
    limits = load_limits(shared / "law").declared(settings.limits)
    overlays = load_overlays(shared / "law" / "calendar")
    return AssessmentFolder(
        path=path,
        settings=settings,
        register=load_model(path / settings.departments, Register),
        rubric=load_model(path / settings.rubric, Rubric),
        schemas=_schemas(shared / "ledgers", settings),
        limits=limits,
        calendar=Calendar.national(overlays),
    )


def _schemas(folder: Path, settings: AssessmentSettings) -> dict[str, Schema]:
    schemas = load_schemas(folder)
    unknown = [name for name in settings.ledgers if name not in schemas]
    if unknown:
        raise ParamsError(
            "ASSESSMENT_LEDGER_UNDECLARED",
            f"台账 {'、'.join(unknown)} 没有声明",
            where=SETTINGS,
            expected="、".join(schemas),
            todo="在 params/ledgers 中声明，或改正名称",
        )
    return {name: schemas[name] for name in settings.ledgers}
