"""Tiny assessments, good and wrong, and notebook templates that behave badly on purpose."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from lawkpi.errors import Finding
from lawkpi.run import AssessmentFolder, RunOptions, RunOutcome, open_folder, run_assessment
from tests.support.tiny import tiny_folder

CODES = ["01", "02", "03"]
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def folder(path: Path, rows: Rows | None = None, **texts: str) -> AssessmentFolder:
    return open_folder(tiny_folder(path / "甲区2024", rows, **texts))


def plain(opened: AssessmentFolder, output: Path, **options: Any) -> RunOutcome:
    return run_assessment(opened, RunOptions(output, engine="plain", **options))


def of_code(findings: Sequence[Finding], code: str) -> list[Finding]:
    return [one for one in findings if one.code == code]


def places(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(one.code, one.file, one.cell) for one in findings]


def replaced(text: str, old: str, new: str) -> str:
    """Replace exactly one occurrence, so that a test cannot silently change nothing."""
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)


def line(text: str, passage: str) -> str:
    """The line on which a passage stands first, as findings say it."""
    return f"第{text[: text.index(passage)].count(chr(10)) + 1}行"


def notebook(path: Path, *cells: str, parameters: str = 'run_folder = ""\ndepartment = ""') -> Path:
    """A template: a tagged cell of parameters and some cells of code."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    tagged = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    made.cells = [tagged, *(nbformat.v4.new_code_cell(cell) for cell in cells)]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def content(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def stable_bytes(run_folder: Path) -> dict[str, bytes]:
    """Every paper but notebooks and the log, by its place in the run folder."""
    return {
        path.relative_to(run_folder).as_posix(): path.read_bytes()
        for path in sorted(run_folder.rglob("*"))
        if path.is_file() and path.suffix not in (".ipynb", ".jsonl")
    }
