"""LibreOffice, told to recalculate always, finds in every formula the value that is stored."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from lawkpi.workbook import write_department
from tests.full.conftest import program
from tests.workbook.drawn import world
from tests.workbook.given import CODES
from tests.workbook.summary.given import RUBRICS, summary_of
from tests.workbook.test_every_shape import CASES, assessment_of

pytestmark = pytest.mark.full

NAMES = (
    'xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
RECALCULATE_ALWAYS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items {NAMES}>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(books: list[Path], folder: Path) -> list[Path]:
    """The same workbooks after LibreOffice has recalculated every formula."""
    profile, target = folder / "profile", folder / "recalculated"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS, "utf-8")
    command = [
        program("soffice"), "--headless", f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", "xlsx", "--outdir", str(target), *map(str, books),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=600)  # noqa: S603 - our own files
    return [target / book.name for book in books]


def formula_values(book: Path, places: dict[str, list[str]]) -> dict[tuple[str, str], Any]:
    values = load_workbook(book, data_only=True)
    return {(name, cell): values[name][cell].value for name in places for cell in places[name]}


def formula_cells(book: Path) -> dict[str, list[str]]:
    sheets = load_workbook(book)
    return {
        sheet.title: [
            cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ]
        for sheet in sheets
    }


def differing(before: Path, after: Path) -> dict[tuple[str, str], tuple[Any, Any]]:
    places = formula_cells(before)
    stored, found = formula_values(before, places), formula_values(after, places)
    return {
        place: (stored[place], found[place])
        for place in stored
        if shown(stored[place]) != shown(found[place])
    }


def shown(value: Any) -> Any:
    """A formula's empty text reads as nothing in one program's file and as text in another's."""
    return "" if value is None else value


def test_recalculating_every_paper_of_the_example_changes_no_stored_value(
    example_run: Path, tmp_path: Path
) -> None:
    books = [
        *sorted((example_run / "departments").glob("*.xlsx")),
        *sorted((example_run / "scoring").glob("*.xlsx")),
        example_run / "summary.xlsx",
    ]
    assert all(any(cells for cells in formula_cells(book).values()) for book in books)
    for book, again in zip(books, recalculated(books, tmp_path), strict=True):
        assert differing(book, again) == {}, book.name


def test_recalculating_the_summary_of_every_kind_of_rubric_changes_no_stored_value(
    tmp_path: Path,
) -> None:
    books = [summary_of(name, tmp_path) for name in RUBRICS]
    for book, again in zip(books, recalculated(books, tmp_path), strict=True):
        assert differing(book, again) == {}, book.name


def test_recalculating_random_rubrics_changes_no_stored_value(tmp_path: Path) -> None:
    books = []
    for seed in range(40, 64):
        assessment = world(Random(seed)).assessment()  # noqa: S311 - only tests
        books.append(write_department(assessment, CODES[seed % 3], tmp_path / f"{seed}.xlsx"))
    for book, again in zip(books, recalculated(books, tmp_path), strict=True):
        assert differing(book, again) == {}, book.name


def test_every_measure_and_shape_recalculates_to_what_was_scored(tmp_path: Path) -> None:
    books = []
    for number, name in enumerate(CASES):
        books.append(write_department(assessment_of(name), "01", tmp_path / f"{number}.xlsx"))
    for book, again, name in zip(books, recalculated(books, tmp_path), CASES, strict=True):
        assert differing(book, again) == {}, name


def test_a_wrong_stored_value_would_be_noticed(example_run: Path, tmp_path: Path) -> None:
    """The test of the test: LibreOffice really recalculates."""
    book = sorted((example_run / "departments").glob("*.xlsx"))[0]
    name, cell = next(
        (name, cells[-1]) for name, cells in formula_cells(book).items() if name == "考核评分表"
    )
    wrong = tmp_path / book.name
    planted = planted_value(book, wrong)
    assert planted
    again = recalculated([wrong], tmp_path)[0]
    assert differing(wrong, again), (name, cell)


def planted_value(book: Path, target: Path) -> bool:
    """Copy a workbook with every cached 0/1 of one formula turned round."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(target, "w") as copy:
        done = False
        for entry in source.infolist():
            content = source.read(entry)
            if not done and entry.filename.startswith("xl/worksheets/sheet"):
                changed = content.replace(b"</f><v>1</v>", b"</f><v>7</v>", 1)
                done, content = changed != content, changed
            copy.writestr(entry, content)
    shutil.copystat(book, target)
    return done
