"""Amendments (更正) as they are declared: what was submitted is never edited, a change of it is written down.

An amendment names a ledger and a record, says what is done, and for each cell what must stand there now
(`was`) and what it becomes. It is declared in amendments.yaml or on the register of amendments
(`amendment_register`); both give the same `Amendment`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from lawkpi.params import Day, Strict, load_model, read_yaml
from lawkpi.params.yaml import line_of

FILE = "amendments.yaml"
"""The file of an assessment folder that declares amendments; a folder may have none."""
Kind = Literal["change", "remove", "add"]
Status = Literal["approved", "proposed", "withdrawn"]
KINDS: dict[str, str] = {"change": "改值", "remove": "删除", "add": "补录"}
STATUSES: dict[str, str] = {"approved": "已批准", "proposed": "拟更正", "withdrawn": "撤回"}


@dataclass(frozen=True)
class Place:
    """Where something is declared: a line of a YAML file, or a row of a sheet."""

    file: str
    sheet: str
    row: int

    @property
    def cell(self) -> str:
        """The row as findings say it."""
        return f"第{self.row}行"


@dataclass(frozen=True)
class CellChange:
    """One cell: the column as it is written (id or title), what stands there, what it becomes.

    Both texts are written as in the ledger's own cells; empty text is an empty cell.
    """

    column: str
    was: str
    becomes: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """One declared change of one record.

    `record` is the record's key as submitted, its parts joined with “|”. `at_file` and `at_row` choose among
    several rows of the same key (to remove what was handed in twice). `cells` are empty where a record is
    removed; an added record's cells have no `was`.
    """

    number: str
    ledger: str
    record: str
    kind: Kind
    status: Status
    cells: tuple[CellChange, ...]
    place: Place
    at_file: str = ""
    at_row: int | None = None
    reason: str = ""
    document: str = ""
    person: str = ""
    approved_on: dt.date | None = None

    @property
    def is_approved(self) -> bool:
        """Whether it is carried out."""
        return self.status == "approved"


def _as_text(value: Any) -> Any:
    """YAML's own dates as ISO text, nothing as an empty cell; whatever else is no text is refused."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else value


Written = Annotated[str, BeforeValidator(_as_text)]
"""A cell's content as it is written in the ledger; numbers are quoted."""


class WrittenChange(Strict):
    """What stands in a cell and what it becomes."""

    was: Written
    becomes: Written


class WrittenAmendment(Strict):
    """One entry of amendments.yaml; what is done is exactly one of `change`, `remove`, `add`."""

    number: str
    ledger: str
    record: str
    file: str = ""
    row: int | None = Field(default=None, ge=1)
    change: dict[str, WrittenChange] = Field(default_factory=dict)
    remove: bool = False
    add: dict[str, Written] | None = None
    reason: str = ""
    document: str = ""
    person: str = ""
    approved_on: Day | None = None
    status: Status

    @field_validator("number", "ledger", "record")
    @classmethod
    def _not_blank(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("不能为空")
        return text.strip()

    @model_validator(mode="after")
    def _one_thing(self) -> WrittenAmendment:
        if sum((bool(self.change), self.remove, self.add is not None)) != 1:
            raise ValueError(
                "应写明 change（改值）、remove: true（删除）、add（补录）之一，且只写一种"
            )
        return self

    @property
    def kind(self) -> Kind:
        """What is done."""
        return "change" if self.change else "remove" if self.remove else "add"


class AmendmentFile(Strict):
    """amendments.yaml."""

    amendments: tuple[WrittenAmendment, ...]


def load_amendments(folder: Path) -> tuple[Amendment, ...]:
    """The amendments of an assessment folder's amendments.yaml; none without the file.

    Raises
    ------
    ParamsError PARAMS_INVALID : an entry does not fit, with file and line
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    content = read_yaml(path)
    entries = load_model(path, AmendmentFile).amendments
    return tuple(_amendment(content, number, one) for number, one in enumerate(entries))


def _amendment(content: Any, number: int, one: WrittenAmendment) -> Amendment:
    def place(*steps: str) -> Place:
        return Place(FILE, "", line_of(content, ("amendments", number, *steps)))

    cells = [
        CellChange(column, cell.was, cell.becomes, place("change", column))
        for column, cell in one.change.items()
    ]
    cells += [
        CellChange(column, "", text, place("add", column))
        for column, text in (one.add or {}).items()
    ]
    return Amendment(
        number=one.number,
        ledger=one.ledger,
        record=one.record,
        kind=one.kind,
        status=one.status,
        cells=tuple(cells),
        place=place("number"),
        at_file=one.file,
        at_row=one.row,
        reason=one.reason.strip(),
        document=one.document.strip(),
        person=one.person.strip(),
        approved_on=one.approved_on,
    )
