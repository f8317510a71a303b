"""The register of appeals written, and never over what the office has already filled in."""

from __future__ import annotations

from pathlib import Path

from lawkpi.errors import RunError
from lawkpi.run.feedback.gather import Gathered
from lawkpi.run.feedback.opened import opened
from lawkpi.run.layout import RunFolder
from lawkpi.workbook.appeals import (
    FIRST,
    LINE_ID,
    NAME,
    NO_APPEALS,
    SIGNERS,
    THEIRS,
    write_appeals,
)
from lawkpi.workbook.signature import DATE_LINE


def register_path(run_folder: RunFolder, output: Path | None) -> Path:
    """Where the register goes.

    Raises
    ------
    RunError RUN_APPEALS_FILLED : a register with the office's entries, or another file, stands there
    """
    path = output or run_folder.appeals
    if path.exists() and not _is_unused(path):
        raise RunError(
            "RUN_APPEALS_FILLED",
            "申诉登记表中已有考核机关填写的内容，或者不是申诉登记表，未覆盖",
            where=path.name,
            todo="用 --output 另存为别的文件，或者先移走原有的文件",
        )
    return path


def write_register(found: Gathered, path: Path) -> Path:
    """Write the register of what came back.

    Raises
    ------
    WorkbookError WORKBOOK_FILE_UNWRITABLE, WORKBOOK_TEXT_TOO_LONG
    """
    return write_appeals(
        found.assessment.settings,
        found.answers,
        found.findings,
        path,
        places=found.assessment.rubric.rounding.item_places,
    )


def _is_unused(path: Path) -> bool:
    """Whether a register stands as it was written: the office's half and the foot are empty."""
    try:
        cells = opened(path).get(NAME)
    except RunError:
        return False
    if cells is None:
        return False
    lines = {row for row, column in cells if row >= FIRST and column == LINE_ID}
    printed = {NO_APPEALS, DATE_LINE, *(f"{signer}：" for signer in SIGNERS)}
    return all(
        column < len(THEIRS) if row in lines else cell.text in printed
        for (row, column), cell in cells.items()
        if row >= FIRST
    )
