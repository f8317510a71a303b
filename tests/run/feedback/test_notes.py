"""Findings carry file, department, sheet and cell."""

from lawkpi.errors import Severity
from lawkpi.run.feedback.notes import MOST_OF_SHEET, Changed, Notes, note_changes


def test_changes_are_listed_in_the_order_of_cells_up_to_a_number() -> None:
    notes = Notes("a.xlsx", "02")
    changed = [Changed((row, 1), "新", "旧") for row in range(MOST_OF_SHEET + 2, 0, -1)]
    note_changes(notes, changed, "RUN_FEEDBACK_SHEET_CHANGED", "表", ("被改动", "核实"))
    assert [one.cell for one in notes.found[:2]] == ["B2", "B3"]
    assert len(notes.found) == MOST_OF_SHEET + 1
    last = notes.found[-1]
    assert (last.what, last.cell) == ("被改动，共22处，另有2处未逐一列出", "")
    assert {(one.file, one.department, one.severity) for one in notes.found} == {
        ("a.xlsx", "02", Severity.WARNING)
    }


def test_few_changes_need_no_count() -> None:
    notes = Notes("a.xlsx")
    note_changes(
        notes, [Changed((0, 0), "", "旧")], "RUN_FEEDBACK_SHEET_CHANGED", "表", ("甲", "乙")
    )
    (one,) = notes.found
    assert (one.found, one.expected, one.todo) == ("（空白）", "旧", "乙")
