"""Workbooks as departments send them back: those of a tiny run, with cells typed over."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from lawkpi.errors import Finding
from lawkpi.run import open_folder
from lawkpi.run.feedback import Gathered, gathered
from lawkpi.run.layout import RunFolder
from lawkpi.workbook.appeals import Answer
from lawkpi.workbook.feedback import NAME
from tests.run.given import Rows, plain
from tests.support.tiny import tiny_folder

FILES = {"01": "01-甲区城管局.xlsx", "02": "02-甲区市监局.xlsx", "03": "03-甲区综合办.xlsx"}
LITIGATION = "行政诉讼台账"
FIRST_LINE = 5
"""The Excel row of the first line; the second department has seven."""
Cells = Mapping[str, Any]


def made_run(path: Path, rows: Rows | None = None, **texts: str) -> RunFolder:
    """A plain run of the tiny assessment."""
    folder = open_folder(tiny_folder(path / "甲区2024", rows, **texts))
    return plain(folder, path / "out").run_folder


def copied(run: RunFolder, path: Path) -> RunFolder:
    """A run folder that a test may spoil."""
    return RunFolder(Path(shutil.copytree(run.path, path / "run")))


def sent(run: RunFolder, code: str = "02") -> Path:
    """The workbook that a department was sent."""
    return run.path / "departments" / FILES[code]


def returned(
    original: Path, target: Path, cells: Cells | None = None, **sheets: Mapping[str, Any]
) -> Path:
    """A copy with cells of 反馈与申诉 typed in, and of any other sheet given by its name.

    Text is typed as text whatever it begins with; a formula is given as `("=1+1",)`.
    """
    book = openpyxl.load_workbook(original)
    for name, own in {NAME: cells or {}, **sheets}.items():
        for address, value in own.items():
            _typed(book[name][address], value)
    book.save(target)
    return target


def _typed(cell: Any, value: Any) -> None:
    is_formula = isinstance(value, tuple)
    cell.value = value[0] if is_formula else value
    if isinstance(value, str):
        cell.data_type = "s"


def agreed(*rows: int) -> dict[str, Any]:
    """认可 in Excel rows."""
    return {f"F{row}": "认可" for row in rows}


def disputed(row: int, **more: Any) -> dict[str, Any]:
    """A complete appeal in an Excel row; any of its columns changed."""
    given = {"F": "申诉", "G": "撤销扣分", "H": 0, "I": "已按期提交", "J": "证1第2页", **more}
    return {f"{column}{row}": value for column, value in given.items()}


def read(run: RunFolder, *paths: Path) -> Gathered:
    return gathered(run, paths)


def answer(found: Gathered, name: str = "甲区市监局") -> Answer:
    return next(one for one in found.answers if one.department == name)


def of_code(found: Gathered, code: str) -> list[Finding]:
    return [one for one in found.findings if one.code == code]


def codes(found: Gathered) -> set[str]:
    return {one.code for one in found.findings}
