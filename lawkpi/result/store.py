"""Assessments as files: Parquet tables and one JSON of parameters, read back equal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import lawkpi.result.frames as frames
from lawkpi.errors import ResultError
from lawkpi.law.definitions import Definition
from lawkpi.law.limits import Limit
from lawkpi.ledger.departments import Register
from lawkpi.ledger.schema import ORIGIN, Schema
from lawkpi.ledger.table import Ledger
from lawkpi.result.amending import amended_in
from lawkpi.result.assessment import Assessment
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Rubric

PARAMETERS = "assessment.json"
TABLES = {
    "scores": frames.SCORES,
    "rules": frames.RULES,
    "losses": frames.LOSSES,
    "adjustments": frames.ADJUSTMENTS,
    "totals": frames.TOTALS,
    "findings": frames.FINDINGS,
    "amendments": frames.AMENDMENTS,
}
_UNKNOWN = "unknown__"
_STORED = {"integer": "Int64", "date": "datetime64[s]"}
"""Types that Parquet would give back coarser or finer."""


def store_assessment(assessment: Assessment, folder: Path) -> list[Path]:
    """Write everything under a folder (`data/`); equal assessments give equal bytes."""
    (folder / "ledgers").mkdir(parents=True, exist_ok=True)
    written = [_write_parameters(assessment, folder)]
    for name, columns in TABLES.items():
        path = folder / f"{name}.parquet"
        frame: pd.DataFrame = getattr(assessment, name)
        schema = pa.schema(list(columns.items()))
        pq.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False), path)
        written.append(path)
    for name, ledger in assessment.ledgers.items():
        path = folder / "ledgers" / f"{name}.parquet"
        pq.write_table(pa.Table.from_pandas(_flat(ledger), preserve_index=False), path)
        written.append(path)
    return written


def load_assessment(folder: Path) -> Assessment:
    """An assessment as it was written.

    Raises
    ------
    ResultError RESULT_FOLDER_INCOMPLETE : a file is missing
    """
    path = folder / PARAMETERS
    wanted = [path, *(folder / f"{name}.parquet" for name in TABLES)]
    missing = [one.name for one in wanted if not one.is_file()]
    if missing:
        raise ResultError(
            "RESULT_FOLDER_INCOMPLETE",
            "结果文件夹不完整",
            where=folder.parent.name,
            expected="、".join(missing),
            todo="重新运行 lawkpi run",
        )
    parameters = json.loads(path.read_text(encoding="utf-8"))
    tables = {
        name: pd.read_parquet(folder / f"{name}.parquet", dtype_backend="pyarrow")
        for name in TABLES
    }
    return Assessment(
        settings=AssessmentSettings.model_validate(parameters["settings"]),
        register=Register.model_validate(parameters["register"]),
        rubric=Rubric.model_validate(parameters["rubric"]),
        ledgers=_ledgers(parameters["schemas"], folder / "ledgers", tables["amendments"]),
        limits={name: Limit.model_validate(raw) for name, raw in parameters["limits"].items()},
        definitions={
            name: Definition.model_validate(raw) for name, raw in parameters["definitions"].items()
        },
        inputs=parameters["inputs"],
        **tables,
    )


def _write_parameters(assessment: Assessment, folder: Path) -> Path:
    parameters: dict[str, Any] = {
        "settings": _dumped(assessment.settings),
        "register": _dumped(assessment.register),
        "rubric": _dumped(assessment.rubric),
        "schemas": {name: _dumped(schema) for name, schema in assessment.schemas.items()},
        "limits": {name: _dumped(limit) for name, limit in assessment.limits.items()},
        "definitions": {name: _dumped(one) for name, one in assessment.definitions.items()},
        "inputs": dict(assessment.inputs),
    }
    path = folder / PARAMETERS
    text = json.dumps(parameters, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def _dumped(model: Any) -> Any:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def _flat(ledger: Ledger) -> pd.DataFrame:
    """The rows with one extra column per column that holds unknown cells."""
    marks = {
        f"{_UNKNOWN}{name}": flags for name, flags in sorted(ledger.unknown.items()) if flags.any()
    }
    return ledger.frame.assign(**marks)


def _ledgers(schemas: dict[str, Any], folder: Path, amendments: pd.DataFrame) -> dict[str, Ledger]:
    read = {name: _ledger(Schema.model_validate(raw), folder / f"{name}.parquet")
            for name, raw in schemas.items()}  # fmt: skip
    return {name: replace(one, amended=amended_in(amendments, one.schema))
            for name, one in read.items()}  # fmt: skip


def _ledger(schema: Schema, path: Path) -> Ledger:
    flat = pd.read_parquet(path)
    marks = [name for name in flat.columns if name.startswith(_UNKNOWN)]
    unknown = {name.removeprefix(_UNKNOWN): np.asarray(flat[name], dtype=bool) for name in marks}
    frame = flat.drop(columns=marks)
    types = {name: _STORED[kind] for name, kind in schema.all_types.items() if kind in _STORED}
    frame = frame.astype(types | {ORIGIN[-1]: "int64"})
    return Ledger(schema, frame, unknown)
