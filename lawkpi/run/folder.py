"""The assessment folder: its parameters, schemas, limits, and where its ledgers are."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawkpi.errors import ParamsError
from lawkpi.law.calendar import Calendar, Overlay, load_overlays
from lawkpi.law.library import Law, load_law
from lawkpi.law.limits import Limits
from lawkpi.ledger.amendment_register import AMENDMENTS, without_register
from lawkpi.ledger.amendments import FILE, Amendment, load_amendments
from lawkpi.ledger.departments import Register
from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.schema import Schema, load_schemas
from lawkpi.params import load_model
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.rates import Rates, load_rates

SETTINGS = "assessment.yaml"
LAW = "law"
LEDGERS = "ledgers"
SHARED = (LAW, LEDGERS, RATES)
"""What several assessments share: dated law, ledger schemas, named rates."""
CALENDAR = "calendar"
"""The folder of an assessment's own overlays: days off that hold here and not everywhere."""


@dataclass(frozen=True)
class AssessmentFolder:
    """Everything of one assessment but its ledgers' rows.

    `schemas` are the ledgers that are scored; `register_schema` is that of the register of amendments, where the
    assessment keeps one; `amendments` are those of amendments.yaml.
    """

    path: Path
    settings: AssessmentSettings
    register: Register
    rubric: Rubric
    rates: Rates
    schemas: dict[str, Schema]
    law: Law
    register_schema: Schema | None = None
    amendments: tuple[Amendment, ...] = ()

    @property
    def limits(self) -> Limits:
        """The dated limits, the assessment's own declared."""
        return self.law.limits

    @property
    def calendar(self) -> Calendar:
        """The working days, with the assessment's own overlays."""
        return self.law.calendar

    @property
    def names(self) -> dict[str, str]:
        """Code to name of every registered department."""
        return {one.code: one.name for one in self.register.departments}

    @property
    def reckoner(self) -> Reckoner:
        """What computes derived columns."""
        law = self.law
        return Reckoner(law.limits, law.calendar, self.settings.as_of, law.definitions)

    def ledger_paths(self, ledger_id: str) -> list[Path]:
        """The files of a ledger, sorted; Excel's own lock files left out."""
        patterns = self.settings.ledgers[ledger_id].files
        found = {path for pattern in patterns for path in self.path.glob(pattern)}
        return sorted(path for path in found if not path.name.startswith("~$"))

    def input_files(self) -> list[Path]:
        """Every file that decides the result: the folder's parameters and ledgers."""
        settings = self.settings
        own = [self.path / name for name in (SETTINGS, settings.rubric, settings.departments, FILE)]
        own += sorted((self.path / CALENDAR).glob("*.yaml"))
        return own + [path for name in self.settings.ledgers for path in self.ledger_paths(name)]

    def fingerprints(self) -> dict[str, str]:
        """File (relative to the folder) to SHA-256; each shared folder is one entry."""
        own = {
            path.relative_to(self.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.input_files()
            if path.is_file()
        }
        return own | {f"共用参数 {name}": _digest(self.shared / name) for name in SHARED}

    @property
    def shared(self) -> Path:
        """The folder of law and schemas that several assessments use."""
        return (self.path / self.settings.shared).resolve()


def _digest(folder: Path) -> str:
    """One SHA-256 over the names and contents of all parameter files of a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def params_folder(given: Path | None = None) -> Path:
    """Where law/ and ledgers/ stand: as given, below the working folder, or beside the program.

    Raises
    ------
    ParamsError PARAMS_FOLDER_MISSING : there is no law/ in it
    """
    own = Path(__file__).resolve().parents[2] / "params"
    places = [given] if given else [Path.cwd() / "params", own]
    found = next((place for place in places if (place / LAW).is_dir()), None)
    if found is None:
        raise ParamsError(
            "PARAMS_FOLDER_MISSING",
            "找不到参数文件夹 params",
            where=places[0].name,
            expected=f"其中应有 {LAW}/",
            todo="在项目文件夹中运行，或用 --params 指明",
        )
    return found


def open_law(params: Path | None = None, overlays: Sequence[Overlay] = ()) -> Law:
    """The law of a params folder, with further overlays laid over its calendar.

    Raises
    ------
    ParamsError PARAMS_FOLDER_MISSING, PARAMS_INVALID
    LawError LAW_CALENDAR_GAP
    """
    return load_law(params_folder(params) / LAW, overlays)


def open_folder(
    path: Path, *, stage: str | None = None, as_of: dt.date | None = None
) -> AssessmentFolder:
    """Read an assessment folder's parameters.

    Parameters
    ----------
    stage, as_of : a stage, and a day of asking, to use instead of those in assessment.yaml

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
    settings = _asked(settings, stage=stage, as_of=as_of.isoformat() if as_of else None)
    shared = (path / settings.shared).resolve()
    rates = load_rates(shared / RATES)
    law = load_law(shared / LAW, load_overlays(path / CALENDAR)).declared(settings.limits)
    schemas = _schemas(shared / LEDGERS, settings)
    return AssessmentFolder(
        path=path,
        settings=settings,
        register=load_model(path / settings.departments, Register),
        rubric=load_model(path / settings.rubric, Rubric, context={RATES: rates}),
        rates=rates,
        schemas=without_register(schemas),
        law=law,
        register_schema=schemas.get(AMENDMENTS),
        amendments=load_amendments(path),
    )


def _asked(settings: AssessmentSettings, **asked: str | None) -> AssessmentSettings:
    """The settings with what was asked for at the command line."""
    given = {name: value for name, value in asked.items() if value is not None}
    if not given:
        return settings
    written = settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    return AssessmentSettings.model_validate(written | given)


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
