"""The two ledgers that scoring sheets feed: read as they are on record, written anew with what changed.

A ledger is written as the reader reads it: one sheet, the columns' titles as headings. The former file
stays beside it under another name that no ledger picks up.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lawkpi.errors import Finding, RunError, Severity
from lawkpi.ledger.schema import ORIGIN, Schema, load_schemas
from lawkpi.ledger.table import Ledger, read_ledger
from lawkpi.measure.words import code_label
from lawkpi.rubric.model import Rubric
from lawkpi.run.folder import LEDGERS, AssessmentFolder
from lawkpi.workbook.book import Book, Imprint, Sheet
from lawkpi.workbook.scoring_sheets import Fields, Key, key_of, on_record
from lawkpi.workbook.scoring_sheets.records import NUMBERS

BACKUP = ".bak"
"""Behind the name and number of a file that was there before."""
_WIDTHS = {"date": 12.0, "integer": 9.0, "number": 10.0, "department": 24.0}
_WIDE = 22.0
_WILD = set("*?[")
Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One file of a ledger and its rows."""

    path: Path
    ledger: Ledger


@dataclass(frozen=True)
class OfficeLedger:
    """A ledger on record. New rows go into `target`; `is_listed`: assessment.yaml names the ledger."""

    schema: Schema
    parts: tuple[Part, ...]
    target: Path
    is_listed: bool

    def records(self, rubric: Rubric) -> dict[Key, Fields]:
        """Everything on record by key."""
        found: dict[Key, Fields] = {}
        for part in self.parts:
            found |= on_record(part.ledger, rubric)
        return found

    def line(self, folder: AssessmentFolder) -> str:
        """The line that lists it in assessment.yaml."""
        return f"{self.schema.id}: {{files: [{self.target.relative_to(folder.path).as_posix()}]}}"


def open_office_ledger(folder: AssessmentFolder, name: str) -> OfficeLedger:
    """A ledger as it is on record; one that is not listed, or has no file yet, is empty.

    Raises
    ------
    RunError SCORING_LEDGER_FAULTY : rows that cannot be read, and would be lost in writing
    LedgerError : its file cannot be opened
    """
    listed = folder.settings.ledgers.get(name)
    schema = folder.schemas.get(name) or load_schemas(folder.shared / LEDGERS)[name]
    paths = folder.ledger_paths(name) if listed else []
    target = paths[0] if paths else _default(folder, schema)
    if not paths and target.is_file():
        paths = [target]
    findings: list[Finding] = []
    sheet = listed.sheet if listed else None
    parts = [
        Part(path, read_ledger(schema, [path], folder.register, sheet=sheet, findings=findings))
        for path in paths
    ]
    wrong = [one for one in findings if _is_lossy(one)]
    if wrong:
        raise RunError(
            "SCORING_LEDGER_FAULTY",
            f"《{schema.title}》有 {len(wrong)} 处须先更正，没有读回底稿",
            todo="按下列问题更正登记表后重新读回",
            findings=wrong,
        )
    return OfficeLedger(schema, tuple(parts), target, listed is not None)


def _is_lossy(finding: Finding) -> bool:
    """Whether writing the rows anew would lose or double something."""
    grave = finding.severity in (Severity.ERROR, Severity.PENDING)
    return grave and finding.code != "LEDGER_CELL_MISSING"


def _default(folder: AssessmentFolder, schema: Schema) -> Path:
    """Where a ledger without a file goes: as listed, else among the other ledgers under its title."""
    listed = folder.settings.ledgers.get(schema.id)
    pattern = listed.files[0] if listed and listed.files else ""
    if pattern and not _WILD & set(pattern):
        return folder.path / pattern
    place = Path(pattern).parent if pattern else Path(LEDGERS)
    return folder.path / place / f"{schema.title}.xlsx"


@dataclass(frozen=True)
class Written:
    """A ledger file that was written, and where the former one is."""

    path: Path
    former: Path | None


def write_changes(
    folder: AssessmentFolder, ledger: OfficeLedger, changes: Mapping[Key, Fields | None]
) -> list[Written]:
    """Write the files of a ledger that change; rows of others stay as they are.

    Parameters
    ----------
    changes : what each row becomes; None takes it out

    Raises
    ------
    RunError SCORING_LEDGER_FORMAT : a file that is no .xlsx
    RunError SCORING_BACKUP_READ : assessment.yaml would read the former file as a ledger
    WorkbookError WORKBOOK_FILE_UNWRITABLE
    """
    desk = _Desk(folder, ledger, changes)
    plans = desk.plans()
    for path, _ in plans:
        _check_format(path)
    return [desk.write(path, rows) for path, rows in plans]


class _Desk:
    """The rows of a ledger on their way into its files."""

    def __init__(
        self, folder: AssessmentFolder, ledger: OfficeLedger, changes: Mapping[Key, Fields | None]
    ) -> None:
        self.folder, self.ledger, self.changes = folder, ledger, changes
        self.schema = ledger.schema

    def plans(self) -> list[tuple[Path, list[Row]]]:
        """Files that change, with all their rows."""
        known: set[Key] = set()
        found: dict[Path, list[Row]] = {}
        touched: set[Path] = set()
        for part in self.ledger.parts:
            rows, keys = self._rows(part)
            found[part.path] = rows
            known |= keys
            touched |= {part.path} if keys & set(self.changes) else set()
        fresh = [self._fresh(key, given) for key, given in self.changes.items()
                 if given is not None and key not in known]  # fmt: skip
        if fresh:
            found.setdefault(self.ledger.target, []).extend(fresh)
            touched.add(self.ledger.target)
        return [(path, rows) for path, rows in found.items() if path in touched]

    def _rows(self, part: Part) -> tuple[list[Row], set[Key]]:
        """A file's rows after the changes, and the keys that it had."""
        rows, keys = [], set()
        for row in part.ledger.frame.drop(columns=list(ORIGIN)).to_dict("records"):
            key = key_of(self.schema, row, self.folder.rubric)
            keys.add(key)
            given = self.changes.get(key, {})
            if given is not None:
                rows.append({str(name): one for name, one in row.items()} | dict(given))
        return rows, keys

    def _fresh(self, key: Key, given: Fields) -> Row:
        row: Row = {"item": key.item, "department": key.department, **given}
        row[NUMBERS[self.schema.id]] = key.number
        return row | ({"rule": key.rule} if "rule" in self.schema.columns else {})

    def write(self, path: Path, rows: list[Row]) -> Written:
        """A file with its rows: written beside, the former one kept, then put in its place."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".tmp")
        settings = self.folder.settings
        imprint = Imprint(self.schema.title, "", settings.as_of, settings.illustrative)
        with Book(fresh, imprint) as book:
            self._sheet(book, rows)
        former = self._kept(path)
        fresh.replace(path)
        return Written(path, former)

    def _kept(self, path: Path) -> Path | None:
        """The former file under the next free name that no ledger reads."""
        if not path.is_file():
            return None
        number = 1
        while (kept := path.with_name(f"{path.name}.{number}{BACKUP}")).exists():
            number += 1
        shutil.copyfile(path, kept)
        if any(kept in self.folder.ledger_paths(name) for name in self.folder.settings.ledgers):
            kept.unlink()
            path.with_name(path.name + ".tmp").unlink()
            raise RunError(
                "SCORING_BACKUP_READ",
                "assessment.yaml 中的 files 会把另存的原文件读作台账，没有写入",
                where=path.name,
                expected="以 .xlsx 结尾的文件名或模式，如 ledgers/*.xlsx",
                todo="改正 assessment.yaml 后重新读回",
            )
        return kept

    def _sheet(self, book: Book, rows: Sequence[Row]) -> None:
        listed = self.folder.settings.ledgers.get(self.schema.id)
        name = (listed.sheet if listed else None) or self.schema.title
        sheet = book.sheet(name[:31], landscape=True)
        columns = self.schema.columns
        sheet.widths([_WIDTHS.get(one.type, _WIDE) for one in columns.values()])
        sheet.row(0, [one.title for one in columns.values()], "head")
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(columns):
                self._cell(sheet, (number, place), column, row.get(column))
        sheet.finish(head=(0, 0))

    def _cell(self, sheet: Sheet, at: tuple[int, int], column: str, value: Any) -> None:
        kind = self.schema.columns[column].type
        if value is None or pd.isna(value):
            sheet.blank(*at, "cell")
        elif isinstance(value, dt.date):
            sheet.day(*at, dt.date(value.year, value.month, value.day), "cell", "day")
        elif kind == "number":
            sheet.number(*at, float(value), "cell", "points")
        elif kind == "integer":
            sheet.number(*at, int(value), "cell", "whole")
        elif kind == "department":
            sheet.text(*at, self.folder.names.get(str(value), str(value)), "cell")
        else:
            sheet.text(*at, code_label(self.schema, column, str(value)), "cell")


def _check_format(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise RunError(
            "SCORING_LEDGER_FORMAT",
            "登记表不是 .xlsx 文件，不能写入",
            where=path.name,
            expected=".xlsx",
            todo="用 Excel 或 WPS 另存为 .xlsx，并改正 assessment.yaml",
        )
