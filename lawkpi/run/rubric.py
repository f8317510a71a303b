"""A rubric by itself: read from an assessment folder, or from a folder that holds nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawkpi.errors import Finding, ParamsError
from lawkpi.ledger.amendment_register import without_register
from lawkpi.ledger.departments import Register
from lawkpi.ledger.schema import Schema, load_schemas
from lawkpi.params import load_model, read_yaml
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.lint import Around, lint_rubric
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.rates import Rates, load_rates
from lawkpi.run.folder import LEDGERS, SETTINGS, params_folder

RUBRIC = "rubric.yaml"


@dataclass(frozen=True)
class RubricFolder:
    """A rubric with what it stands in.

    `settings` and `register` are those of an assessment, None for a published rubric by itself;
    `content` is the YAML as it was read, `schemas` the ledgers that rules may name.
    """

    path: Path
    rubric: Rubric
    content: Any
    schemas: Mapping[str, Schema]
    rates: Rates
    settings: AssessmentSettings | None = None
    register: Register | None = None

    @property
    def around(self) -> Around:
        """What lint looks at beside the rubric."""
        return Around(self.schemas, self.settings, self.register)

    def lint(self) -> list[Finding]:
        """Everything that contradicts itself, with file and line."""
        return lint_rubric(self.rubric, self.around, self.content)


def open_rubric(folder: Path, params: Path | None = None) -> RubricFolder:
    """The rubric of a folder; an assessment's with its own ledgers and departments.

    Parameters
    ----------
    params : where law/, ledgers/ and rates/ stand, for a rubric by itself

    Raises
    ------
    ParamsError RUBRIC_FOLDER_MISSING : there is neither assessment.yaml nor rubric.yaml
    ParamsError PARAMS_INVALID : a file does not fit its model, with file and line
    """
    folder = folder.resolve()
    if (folder / SETTINGS).is_file():
        return _of_assessment(folder)
    if not (folder / RUBRIC).is_file():
        raise ParamsError(
            "RUBRIC_FOLDER_MISSING",
            f"“{folder.name}”中没有考核细则",
            where=folder.name,
            expected=f"其中应有 {SETTINGS} 或 {RUBRIC}",
            todo="检查文件夹路径",
        )
    shared = params_folder(params)
    rates = load_rates(shared / RATES)
    return RubricFolder(
        path=folder / RUBRIC,
        rubric=load_model(folder / RUBRIC, Rubric, context={RATES: rates}),
        content=read_yaml(folder / RUBRIC),
        schemas=without_register(load_schemas(shared / LEDGERS)),
        rates=rates,
    )


def _of_assessment(folder: Path) -> RubricFolder:
    settings = load_model(folder / SETTINGS, AssessmentSettings)
    shared = (folder / settings.shared).resolve()
    rates = load_rates(shared / RATES)
    schemas = without_register(load_schemas(shared / LEDGERS))
    path = folder / settings.rubric
    return RubricFolder(
        path=path,
        rubric=load_model(path, Rubric, context={RATES: rates}),
        content=read_yaml(path),
        schemas={name: schemas[name] for name in settings.ledgers if name in schemas},
        rates=rates,
        settings=settings,
        register=load_model(folder / settings.departments, Register),
    )
