"""The sample rubric as a form, cells changed in it, and what reading it finds.

Most tests change the rows that a workbook holds, without the file: `changed`. `edited` goes through a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.errors import Finding, RubricError
from lawkpi.ledger.departments import Register
from lawkpi.params import load_model
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.written import plain_rubric
from lawkpi.workbook.rubric_form import (
    Around,
    Form,
    load_terms,
    read_rubric_form,
    write_rubric_form,
)
from lawkpi.workbook.rubric_form.cell import Cell, Row
from lawkpi.workbook.rubric_form.draft import Log
from lawkpi.workbook.rubric_form.fold import Folded
from lawkpi.workbook.rubric_form.plan import FIRST_ROW, Plan, letters_of, sheets_of
from lawkpi.workbook.rubric_form.unfold import Unfolded
from lawkpi.workbook.rubric_form.validated import Validation
from tests.support.made_rubrics import MADE_RATES
from tests.support.tiny import PARAMS, SCHEMAS

HEAD_ROW = FIRST_ROW - 1
SAMPLE = Path(__file__).parents[2] / "cases" / "rubric_form" / "sample.yaml"
TERMS = load_terms(PARAMS)
PLAN = Plan(TERMS)
AROUND = Around(TERMS, SCHEMAS, MADE_RATES)
"""What a workbook is read with: no register of departments."""
REGISTER = Register.model_validate(
    {
        "groups": {"enforcement": "执法部门", "internal": "内设机构"},
        "departments": [
            {"code": "01", "name": "甲区城管局", "short": "城管局", "group": "enforcement"}
        ],
    }
)
NAMED = AROUND.called(REGISTER.groups, {one.code: one.name for one in REGISTER.departments})
"""What it is written with in an assessment."""
Change = tuple[str, str, int, Any]
"""Sheet, heading, the row among the records (from 1), and what is put there."""
Tables = Mapping[str, Sequence[Row]]
Place = tuple[str, str, str]


class Share(float):
    """A number shown as per cent."""


@cache
def sample() -> Rubric:
    return load_model(SAMPLE, Rubric, context={RATES: MADE_RATES})


@cache
def tables() -> Tables:
    """The rows of the sample's form."""
    return Unfolded(PLAN, NAMED).rubric(plain_rubric(sample()))


def changed(*changes: Change) -> Tables:
    """Those rows with cells changed; a row behind the last one is a new one."""
    found = {name: list(rows) for name, rows in tables().items()}
    for sheet, heading, number, value in changes:
        rows, columns = found[sheet], sheets_of(PLAN)[sheet]
        assert heading in letters_of(columns), heading
        if number > len(rows):
            rows.append(Row(sheet, HEAD_ROW + number, {}, letters_of(columns)))
        row = rows[number - 1]
        rows[number - 1] = replace(row, cells={**row.cells, heading: cell(value)})
    return found


def cell(value: Any) -> Cell:
    if isinstance(value, Share):
        return Cell(float(value), is_percent=True)
    return Cell(value, is_error=value == "#N/A")


def outcome(rows: Tables) -> tuple[Rubric | None, list[Finding]]:
    """What is read from rows, and what is found in them."""
    log = Log("细则.xlsx")
    draft = Folded(PLAN, NAMED, log).rubric(rows)
    return Validation(PLAN, NAMED, log, draft).rubric(), log.findings


def rubric_of(rows: Tables) -> Rubric:
    rubric, findings = outcome(rows)
    assert [one.message for one in findings] == []
    assert rubric is not None
    return rubric


def places(findings: Sequence[Finding]) -> list[Place]:
    """Code, sheet and cell of every finding."""
    return [(one.code, one.sheet, one.cell) for one in findings]


def at(sheet: str, heading: str, number: int) -> tuple[str, str]:
    """Sheet and address of a cell among the records."""
    return sheet, f"{letters_of(sheets_of(PLAN)[sheet])[heading]}{HEAD_ROW + number}"


def written(folder: Path, rubric: Rubric | None = None, around: Around = NAMED) -> Path:
    path = folder / "细则.xlsx"
    found = write_rubric_form(Form(rubric or sample(), around), path)
    assert found == []
    return path


def edited(path: Path, folder: Path, *changes: Change) -> Path:
    """A copy of a workbook with cells changed."""
    book = openpyxl.load_workbook(path)
    for sheet, heading, number, value in changes:
        target = book[sheet][at(sheet, heading, number)[1]]
        is_share, is_day = isinstance(value, Share), isinstance(value, dt.date)
        target.value = float(value) if is_share else value
        target.number_format = "0%" if is_share else "yyyy-mm-dd" if is_day else "General"
    copy = folder / "改.xlsx"
    book.save(copy)
    return copy


def read(path: Path, around: Around = AROUND) -> Rubric:
    return read_rubric_form(path, around)


def found_in(path: Path) -> Sequence[Finding]:
    """What is found in a workbook that cannot be read."""
    with pytest.raises(RubricError) as caught:
        read(path)
    assert caught.value.code == "RUBRIC_FORM_WRONG"
    return caught.value.findings
