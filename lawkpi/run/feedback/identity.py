"""Whose workbook came back, and of which run: read from the sheet itself, never from the file's name."""

from __future__ import annotations

from dataclasses import dataclass

from lawkpi.errors import Severity
from lawkpi.ledger.departments import Department, fold
from lawkpi.result import Assessment
from lawkpi.run.feedback.notes import Notes
from lawkpi.run.feedback.opened import Cells, Sheets
from lawkpi.workbook.cover import NAME as COVER
from lawkpi.workbook.feedback import (
    ASSESSMENT,
    DEPARTMENT,
    FINGERPRINT,
    HEAD,
    NAME,
    STAGE,
    department_text,
    said_of,
)
from lawkpi.workbook.fingerprint import fingerprint

NOT_TAKEN = "本文件未登记"


@dataclass(frozen=True)
class Sender:
    """A department of this assessment, and whether the workbook is that of this run."""

    department: Department
    is_of_run: bool


def sender(back: Sheets, assessment: Assessment, notes: Notes) -> Sender | None:
    """Who sent a workbook back; None, with a finding, where it cannot be taken."""
    if NAME not in back:
        what = f"没有工作表“{NAME}”，{NOT_TAKEN}"
        _refuse(notes, "RUN_FEEDBACK_SHEET_MISSING", what, expected="发出的考核工作簿")
        return None
    said = said_of(cell.text for (row, _), cell in sorted(back[NAME].items()) if row < HEAD)
    department = _department(said.get(DEPARTMENT, ""), assessment, notes)
    if department is None:
        return None
    notes.department = department.code
    if not (_is_of_assessment(said, assessment, notes) and _is_whole(said, back, notes)):
        return None
    return Sender(department, _is_of_run(said, assessment, notes))


def _department(text: str, assessment: Assessment, notes: Notes) -> Department | None:
    for one in assessment.departments:
        if fold(department_text(one.name, one.code)) == fold(text):
            return one
    what = f"{DEPARTMENT}不在本次考核之列，{NOT_TAKEN}"
    _refuse(notes, "RUN_FEEDBACK_DEPARTMENT_UNKNOWN", what, found=text)
    return None


def _is_of_assessment(said: dict[str, str], assessment: Assessment, notes: Notes) -> bool:
    found, own = said.get(ASSESSMENT, ""), assessment.settings.id
    if found != own:
        what = f"不是本次考核的工作簿，{NOT_TAKEN}"
        _refuse(notes, "RUN_FEEDBACK_ASSESSMENT_OTHER", what, found=found, expected=own)
    return found == own


def _is_whole(said: dict[str, str], back: Sheets, notes: Notes) -> bool:
    """Whether cover and sheet name one department."""
    named = cover_department(back.get(COVER, {}))
    if named and fold(named) != fold(said[DEPARTMENT]):
        what = f"封面与《{NAME}》的单位不一致，{NOT_TAKEN}"
        _refuse(
            notes,
            "RUN_FEEDBACK_DEPARTMENT_MIXED",
            what,
            found=f"封面：{named}",
            expected=said[DEPARTMENT],
        )
        return False
    return True


def cover_department(cover: Cells) -> str:
    """The department that a cover names; empty where it names none."""
    label = next((place for place, cell in cover.items() if cell.text == DEPARTMENT), None)
    if label is None:
        return ""
    beside = cover.get((label[0], label[1] + 1))
    return beside.text if beside else ""


def _is_of_run(said: dict[str, str], assessment: Assessment, notes: Notes) -> bool:
    own = {
        STAGE: assessment.settings.stage_title,
        FINGERPRINT: fingerprint(assessment.inputs),
    }
    others = [label for label, text in own.items() if said.get(label) != text]
    if others:
        notes.add(
            "RUN_FEEDBACK_RUN_OTHER",
            Severity.WARNING,
            f"不是本次运行发出的工作簿（{'、'.join(others)}不同），按行编号与本次扣分清单对应",
            at=(NAME, ""),
            found="，".join(said.get(label, "") for label in others),
            expected="，".join(own[label] for label in others),
            todo="确认单位针对的是哪一次反馈；台账页和评分表未作比对",
        )
    return not others


def _refuse(notes: Notes, code: str, what: str, *, found: str = "", expected: str = "") -> None:
    todo = "核对文件后重新读取"
    notes.add(code, Severity.ERROR, what, found=found, expected=expected, todo=todo)
