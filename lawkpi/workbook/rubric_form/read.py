"""A filled workbook read back as the rubric that it says."""

from __future__ import annotations

from pathlib import Path

from lawkpi.errors import RubricError
from lawkpi.rubric.model import Rubric
from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.draft import Log
from lawkpi.workbook.rubric_form.fold import Folded
from lawkpi.workbook.rubric_form.opened import opened
from lawkpi.workbook.rubric_form.plan import NAMES, Plan
from lawkpi.workbook.rubric_form.validated import Validation


def read_rubric_form(path: Path, around: Around) -> Rubric:
    """The rubric that a workbook says.

    Raises
    ------
    RubricError RUBRIC_FORM_UNREADABLE : there is no such file, or it is no .xlsx workbook
    RubricError RUBRIC_FORM_WRONG : cells that cannot be used, all of them, each with its place
    """
    plan, log = Plan(around.terms), Log(path.name)
    tables = opened(path, plan, log)
    around = around.named(tables.get(NAMES, []))
    draft = Folded(plan, around, log).rubric(tables)
    rubric = Validation(plan, around, log, draft).rubric()
    if rubric is None:
        raise RubricError(
            "RUBRIC_FORM_WRONG",
            f"考核细则工作簿有{len(log.findings)}处需要改正，没有写出考核细则",
            where=path.name,
            todo="逐处改正后重新读取",
            findings=log.findings,
        )
    return rubric
