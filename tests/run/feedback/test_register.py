"""The register is made anew each time, and never over what the office has written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.errors import RunError
from lawkpi.run import RunOptions, open_folder, run_assessment
from lawkpi.run.feedback import register_path, write_register
from lawkpi.run.layout import RunFolder
from lawkpi.workbook.appeals import NAME
from tests.run.feedback.given import agreed, copied, disputed, read, returned, sent
from tests.support.tiny import tiny_folder

FULL = agreed(*range(5, 12)) | disputed(7, I="=1+1")


def registered(run: RunFolder, path: Path) -> Path:
    found = read(run, returned(sent(run), path / "报回.xlsx", FULL))
    return write_register(found, register_path(run, None))


def fill(path: Path, cell: str, value: Any) -> bytes:
    book = openpyxl.load_workbook(path)
    book[NAME][cell] = value
    book.save(path)
    return path.read_bytes()


def test_the_register_stands_in_the_run_folder_and_is_written_again(
    run: RunFolder, tmp_path: Path
) -> None:
    own = copied(run, tmp_path)
    first = registered(own, tmp_path)
    content = first.read_bytes()
    assert first == own.path / "appeals.xlsx"
    assert registered(own, tmp_path).read_bytes() == content


@pytest.mark.parametrize(("cell", "value"), [("N5", "维持"), ("K5", "2025-02-10"), ("R9", "阅")])
def test_what_the_office_wrote_is_not_written_over(
    run: RunFolder, tmp_path: Path, cell: str, value: str
) -> None:
    own = copied(run, tmp_path)
    content = fill(registered(own, tmp_path), cell, value)
    with pytest.raises(RunError) as refused:
        register_path(own, None)
    assert (refused.value.code, refused.value.where) == ("RUN_APPEALS_FILLED", "appeals.xlsx")
    assert own.appeals.read_bytes() == content
    other = tmp_path / "另存.xlsx"
    assert register_path(own, other) == other


@pytest.mark.parametrize("content", [b"text", b""])
def test_another_file_of_that_name_is_not_written_over(
    run: RunFolder, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "别的.xlsx").write_bytes(content)
    with pytest.raises(RunError) as refused:
        register_path(run, tmp_path / "别的.xlsx")
    assert refused.value.code == "RUN_APPEALS_FILLED"


@pytest.mark.usefixtures("no_figures")
def test_a_later_run_keeps_the_register(run: RunFolder, tmp_path: Path) -> None:
    own = copied(run, tmp_path)
    content = fill(registered(own, tmp_path), "N5", "维持")
    folder = open_folder(tiny_folder(tmp_path / "再算"), stage="review")
    run_assessment(folder, RunOptions(own.path, engine="plain"))
    assert own.appeals.read_bytes() == content
    assert "appeals.xlsx" not in own.former_manifest()["files"]
