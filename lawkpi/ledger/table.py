"""One ledger: typed rows with key and origin, and everything that was wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lawkpi.errors import Finding, LedgerError, Severity
from lawkpi.ledger.amend import Amending
from lawkpi.ledger.amend_faults import Faults
from lawkpi.ledger.amended import amended_cells
from lawkpi.ledger.cells import Cell, CellReader
from lawkpi.ledger.departments import Register
from lawkpi.ledger.read import RawTable, column_letters, read_tables
from lawkpi.ledger.schema import ORIGIN, Column, Schema
from lawkpi.ledger.submitted import Submitted, record_id

Flags = NDArray[np.bool_]
_DTYPES = {"date": "datetime64[s]", "integer": "Int64", "number": "float64"}


@dataclass(frozen=True)
class Ledger:
    """The rows of one declared ledger.

    `frame` has the declared columns (dates datetime64[s], whole numbers Int64, others text), later the
    derived ones, and `row_id`, `file`, `sheet`, `row`. `unknown` marks, per column, the rows whose
    content cannot be relied on; a rule that looks at such a cell is 待核. `amended` says which cells are not
    as submitted: row id to column to the number of the amendment.
    """

    schema: Schema
    frame: pd.DataFrame
    unknown: dict[str, Flags] = field(default_factory=dict)
    amended: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.frame)

    def unknown_in(self, column: str) -> Flags:
        """Rows whose content of a column cannot be relied on."""
        return self.unknown.get(column, np.zeros(len(self.frame), dtype=bool))

    def is_added(self, row_id: str) -> bool:
        """Whether a record was not submitted at all: an amendment added it."""
        own = self.amended.get(row_id)
        return own is not None and set(own) == set(self.schema.columns)

    def place(self, row_id: str, file: str, sheet: str, row: int) -> str:
        """Where a record stands, and by which amendments it is not as submitted.

        The file of a record that came from another department may name that department: it is left out.
        """
        own = self.amended.get(row_id, {})
        columns = self.schema.columns
        is_moved = not self.is_added(row_id) and any(
            columns[one].type == "department" for one in own
        )
        where = "原表" if is_moved else f"{file}“{sheet}”"
        numbers = sorted(set(own.values()), key=lambda one: (len(one), one))
        named = "、".join(f"第{number}号" for number in numbers)
        return f"{where}第{row}行" + (f"，已按{named}更正" if named else "")

    def only(self, row: int) -> Ledger:
        """A ledger of one of the rows."""
        unknown = {name: flags[row : row + 1] for name, flags in self.unknown.items()}
        return replace(self, frame=self.frame.iloc[[row]], unknown=unknown)

    def with_columns(self, columns: dict[str, Any], unknown: dict[str, Flags]) -> Ledger:
        """The ledger with more columns; nothing is changed in place."""
        frame = self.frame.assign(**columns)
        order = [name for name in frame.columns if name not in ORIGIN]
        return replace(self, frame=frame[[*order, *ORIGIN]], unknown=self.unknown | unknown)


def read_ledger(
    schema: Schema,
    paths: Sequence[Path],
    register: Register,
    *,
    sheet: str | None,
    findings: list[Finding],
    amending: Amending | None = None,
) -> Ledger:
    """A ledger from its files; faults of cells are added to `findings`.

    Parameters
    ----------
    amending : approved amendments of this ledger; told what they changed

    Raises
    ------
    LedgerError LEDGER_FILE_UNREADABLE, LEDGER_COLUMN_MISSING, LEDGER_SHEET_MISSING
    """
    tables: list[RawTable] = []
    for path in paths:
        tables.extend(read_tables(path, schema, sheet=sheet, findings=findings))
    collected = _Collected(schema, register, findings)
    if amending and amending.amendments:
        submitted = Submitted(tables, collected.readers, schema, register)
        tables = amending.amended(submitted, Faults(schema, findings))
    for table in tables:
        collected.add(table)
    ledger = collected.ledger()
    findings.extend(_repeated(ledger))
    done = amending.applied if amending else []
    changes = [(one.row_id, one.column, one.amendment.number) for one in done]
    return replace(ledger, amended=amended_cells(schema, changes))


def empty_ledger(schema: Schema) -> Ledger:
    """A ledger without rows, of the right columns."""
    columns = {name: _typed([], column) for name, column in schema.columns.items()}
    origin = {name: pd.array([], dtype="str") for name in ORIGIN[:-1]}
    return Ledger(schema, pd.DataFrame(columns | origin | {"row": pd.array([], dtype="int64")}))


class _Collected:
    """Rows of several tables on their way into one frame."""

    def __init__(self, schema: Schema, register: Register, findings: list[Finding]) -> None:
        self.schema = schema
        self.findings = findings
        self.readers = {
            name: CellReader(column, register) for name, column in schema.columns.items()
        }
        self.values: dict[str, list[Any]] = {name: [] for name in schema.columns}
        self.unreadable: dict[str, list[bool]] = {name: [] for name in schema.columns}
        self.origin: dict[str, list[Any]] = {name: [] for name in ORIGIN}

    def add(self, table: RawTable) -> None:
        """Read every row of a table."""
        for number, row in table.rows:
            for name, reader in self.readers.items():
                place = table.columns.get(name)
                raw = row[place] if place is not None and place < len(row) else None
                cell = reader(raw)
                self._note(table, number, name, raw, cell)
                self.values[name].append(cell.value)
                self.unreadable[name].append(self._is_unknown(name, cell))
            self.origin["file"].append(table.file)
            self.origin["sheet"].append(table.sheet)
            self.origin["row"].append(number)
            self.origin["row_id"].append(self._row_id())

    def _is_unknown(self, name: str, cell: Cell) -> bool:
        empty = cell.value is None
        return cell.is_unreadable or (empty and self.schema.columns[name].required)

    def _row_id(self) -> str:
        return record_id(self.schema, {name: self.values[name][-1] for name in self.schema.key})

    def _note(self, table: RawTable, number: int, name: str, raw: Any, cell: Cell) -> None:
        column = self.schema.columns[name]
        place = table.columns.get(name)
        address = f"{column_letters(place)}{number}" if place is not None else f"第{number}行"
        where = {"file": table.file, "sheet": table.sheet, "cell": address}
        if cell.code:
            self.findings.append(
                Finding(
                    code=cell.code,
                    severity=cell.severity,
                    what=cell.problem,
                    found=str(raw).strip(),
                    expected=cell.expected,
                    todo="核对原始材料后更正",
                    **where,
                )
            )
        elif cell.value is None and column.required:
            self.findings.append(
                Finding(
                    code="LEDGER_CELL_MISSING",
                    severity=self._weight(name),
                    what=f"必填的“{column.title}”为空",
                    expected=column.title,
                    todo="补填后重报",
                    **where,
                )
            )

    def _weight(self, name: str) -> Severity:
        """Without a key or a charged department a row cannot be placed at all."""
        placed = name in self.schema.key or name == self.schema.charged.by
        return Severity.ERROR if placed else Severity.PENDING

    def ledger(self) -> Ledger:
        """The collected rows as a ledger."""
        columns = {
            name: _typed(self.values[name], column) for name, column in self.schema.columns.items()
        }
        origin = {name: pd.array(self.origin[name], dtype="str") for name in ORIGIN[:-1]}
        row = pd.array(self.origin["row"], dtype="int64")
        frame = pd.DataFrame(columns | origin | {"row": row})
        unknown = {
            name: np.asarray(marks, dtype=bool)
            for name, marks in self.unreadable.items()
            if any(marks)
        }
        return Ledger(self.schema, frame, unknown)


def _typed(values: Iterable[Any], column: Column) -> Any:
    dtype = _DTYPES.get(column.type, "str")
    if dtype.startswith("datetime"):
        return np.array(
            ["NaT" if one is None else one.isoformat() for one in values], dtype="datetime64[s]"
        )
    if dtype == "float64":
        return np.array([np.nan if one is None else one for one in values], dtype="float64")
    return pd.Series(list(values), dtype=dtype).array


def _repeated(ledger: Ledger) -> list[Finding]:
    """Rows whose natural key stands in the ledger more than once."""
    frame, schema = ledger.frame, ledger.schema
    again = frame["row_id"].duplicated(keep="first")
    titles = "、".join(schema.title_of(name) for name in schema.key)
    first = frame.drop_duplicates("row_id")
    places = dict(
        zip(first["row_id"], first["file"] + "第" + first["row"].astype(str) + "行", strict=True)
    )
    rows: Any = frame[again].itertuples()
    return [
        Finding(
            code="LEDGER_ROW_REPEATED",
            severity=Severity.ERROR,
            what=f"同一记录重复填报（{titles}相同）",
            file=row.file,
            sheet=row.sheet,
            cell=f"第{row.row}行",
            found=row.row_id.partition("/")[2],
            expected=f"只填一次，首次见{places[row.row_id]}",
            todo="删去重复的行，或更正编号",
        )
        for row in rows
    ]


def missing_file(schema: Schema, patterns: Sequence[str]) -> LedgerError:
    """The refusal for a ledger without any file."""
    return LedgerError(
        "LEDGER_FILE_MISSING",
        f"缺少《{schema.title}》",
        where="、".join(patterns),
        expected="至少一个与 assessment.yaml 中 files 相符的文件",
        todo="放入台账文件；确无此项工作的，放入只有表头的空表",
    )
