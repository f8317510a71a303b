"""Findings of one returned workbook, and how they are said."""

from __future__ import annotations

from dataclasses import dataclass, field

from lawkpi.errors import Finding, Severity
from lawkpi.run.feedback.opened import Place, address
from lawkpi.workbook.feedback import NAME

MOST_OF_SHEET = 20
"""How many changed cells of one sheet are listed one by one."""


@dataclass
class Notes:
    """Findings of one file; `department` is the code where it is known."""

    file: str
    department: str = ""
    found: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        severity: Severity,
        what: str,
        *,
        at: tuple[str, str] = ("", ""),
        **more: str,
    ) -> None:
        """A finding; `at` is the sheet and the cell's address."""
        sheet, cell = at
        one = Finding(
            code=code,
            severity=severity,
            what=what,
            file=self.file,
            sheet=sheet,
            cell=cell,
            department=self.department,
            **more,
        )
        self.found.append(one)

    def answer(self, code: str, what: str, place: Place, **more: str) -> None:
        """A cell of 反馈与申诉 that the office has to ask about."""
        more = {"todo": "与单位核实后登记", **more}
        self.add(code, Severity.WARNING, what, at=(NAME, address(place)), **more)


@dataclass(frozen=True)
class Changed:
    """A cell that is not as it was sent."""

    place: Place
    now: str
    was: str


def note_changes(
    notes: Notes, changed: list[Changed], code: str, sheet: str, said: tuple[str, str]
) -> None:
    """The changed cells of a sheet, the first ones one by one; `said`: what it is, what to do."""
    what, todo = said
    ordered = sorted(changed, key=lambda one: one.place)
    for one in ordered[:MOST_OF_SHEET]:
        at = (sheet, address(one.place))
        expected = one.was or "空白"
        now = one.now or "（空白）"
        notes.add(code, Severity.WARNING, what, at=at, found=now, expected=expected, todo=todo)
    left = len(ordered) - MOST_OF_SHEET
    if left > 0:
        more = f"{what}，共{len(ordered)}处，另有{left}处未逐一列出"
        notes.add(code, Severity.WARNING, more, at=(sheet, ""), todo=todo)
