"""Lint: contradictions of a rubric that can be seen before any ledger is read.

Points that do not add up, that nobody can lose or win; gaps and overlaps; ledgers, columns, words, groups and
grades that do not exist; events counted twice; comparisons that disclose others; numbers too large for a
spreadsheet. Every finding has its file and line. Nothing is rescaled.
"""

from __future__ import annotations

from typing import Any

from lawkpi.errors import Finding
from lawkpi.params.yaml import line_of
from lawkpi.rubric.lint.bands import band_faults
from lawkpi.rubric.lint.comparisons import comparison_faults
from lawkpi.rubric.lint.conduct import conduct_faults
from lawkpi.rubric.lint.doubles import double_faults
from lawkpi.rubric.lint.faults import Around, Fault
from lawkpi.rubric.lint.operands import operand_faults
from lawkpi.rubric.lint.reach import reach_faults
from lawkpi.rubric.lint.references import reference_faults
from lawkpi.rubric.lint.sizes import size_faults
from lawkpi.rubric.lint.sums import sum_faults
from lawkpi.rubric.lint.unused import unused_faults
from lawkpi.rubric.model import Rubric

CHECKS = (
    sum_faults,
    band_faults,
    reach_faults,
    conduct_faults,
    reference_faults,
    operand_faults,
    comparison_faults,
    double_faults,
    size_faults,
    unused_faults,
)


def lint_rubric(rubric: Rubric, around: Around, content: Any = None) -> list[Finding]:
    """Everything that contradicts itself in a rubric, all at once, in the order of the file.

    Parameters
    ----------
    around : what the rubric stands in: schemas of ledgers, and settings and departments if there are
    content : the rubric's YAML as it was read, which knows the line of each key
    """
    found = [
        _finding(fault, around, content) for check in CHECKS for fault in check(rubric, around)
    ]
    return sorted(found, key=lambda one: (one.file, _number(one.cell)))


def _finding(fault: Fault, around: Around, content: Any) -> Finding:
    in_rubric = fault.file is None
    place = f"第{line_of(content, fault.place)}行" if in_rubric and content is not None else ""
    return Finding(
        code=fault.code,
        severity=fault.severity,
        what=fault.what,
        file=around.rubric_file if in_rubric else str(fault.file),
        cell=place,
        expected=fault.expected,
        todo=fault.todo,
    )


def _number(cell: str) -> int:
    digits = cell.strip("第行")
    return int(digits) if digits.isdigit() else 0


__all__ = ["CHECKS", "Around", "lint_rubric"]
