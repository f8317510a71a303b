"""A returned workbook held against the one that was sent, cell by cell: values only, never amendments."""

from __future__ import annotations

from collections.abc import Collection

from lawkpi.errors import Severity
from lawkpi.run.feedback.notes import Changed, Notes, note_changes
from lawkpi.run.feedback.opened import NOTHING, Cells, Found, Sheets, address
from lawkpi.workbook.desk import PAPERS
from lawkpi.workbook.feedback import NAME

TODO = "不作为更正；确需更正的，请单位按更正程序另行报送"


def compare_sheets(sent: Sheets, back: Sheets, notes: Notes) -> None:
    """Findings for every sheet but 反馈与申诉: changed, removed or added cells and sheets."""
    for name, cells in sent.items():
        if name == NAME:
            continue
        if name not in back:
            what = f"缺少工作表“{name}”"
            notes.add(
                "RUN_FEEDBACK_SHEETS_DIFFER", Severity.WARNING, what, at=(name, ""), todo=TODO
            )
            continue
        what = f"{name}被改动" if name in PAPERS else "台账页被改动"
        typed = changed_cells(cells, back[name])
        note_changes(notes, typed, "RUN_FEEDBACK_SHEET_CHANGED", name, (what, TODO))
        _note_results(notes, name, cells, back[name])
    for name in back:
        if name not in sent:
            what = f"多出工作表“{name}”，未读取"
            notes.add(
                "RUN_FEEDBACK_SHEETS_DIFFER", Severity.WARNING, what, at=(name, ""), todo=TODO
            )


def changed_cells(
    sent: Cells, back: Cells, spared: Collection[tuple[int, int]] = ()
) -> list[Changed]:
    """Cells that somebody typed over, emptied or added; results of formulas that stand are none."""
    found = []
    for place in (sent.keys() | back.keys()) - set(spared):
        was, now = sent.get(place, NOTHING), back.get(place, NOTHING)
        if not (was.formula and now.formula) and not is_same(was, now):
            found.append(Changed(place, now.text, _stored(was)))
    return found


def is_same(was: Found, now: Found) -> bool:
    """Whether two cells hold the same; a formula in the place of a value is not the same."""
    if bool(was.formula) != bool(now.formula):
        return False
    return was.value == now.value or was.text == now.text


def _stored(cell: Found) -> str:
    """What a cell held when it was sent."""
    text = Found(cell.value).text
    return f"公式（结果{text}）" if cell.formula else text


def _note_results(notes: Notes, sheet: str, sent: Cells, back: Cells) -> None:
    """One finding where formulas give other results: they follow cells, or were themselves changed."""
    places = sorted(place for place in sent if _gives_other(sent[place], back.get(place, NOTHING)))
    if places:
        first = places[0]
        notes.add(
            "RUN_FEEDBACK_RESULT_CHANGED",
            Severity.WARNING,
            f"公式结果与发出的工作簿不同，共{len(places)}处",
            at=(sheet, address(first)),
            found=Found(back[first].value).text,
            expected=Found(sent[first].value).text,
            todo="多因台账页被改动而重算；未改动台账的，公式本身被改，以发出的工作簿为准",
        )


def _gives_other(was: Found, now: Found) -> bool:
    """A formula whose stored result is another; one that was stored without a result says nothing."""
    return bool(was.formula and now.formula and now.value is not None) and was.value != now.value
