"""Which row of a returned sheet is which row of the one that was sent, though rows may have moved."""

from __future__ import annotations

from dataclasses import dataclass

from lawkpi.errors import Severity
from lawkpi.run.feedback.compare import changed_cells
from lawkpi.run.feedback.notes import Changed, Notes, note_changes
from lawkpi.run.feedback.opened import NOTHING, Cells, Found, Place
from lawkpi.workbook.feedback import (
    FACT,
    FIRST,
    GENERAL,
    ID,
    ITEM,
    NAME,
    NUMBER,
    POINTS,
    Layout,
)

PROTECTED = ("受保护单元格被改动，按原值处理", "以发出的工作簿为准")
KNOWN_BY = (NUMBER, ITEM, FACT, POINTS)


def layout_of(sent: Cells) -> Layout:
    """How a sheet as it was written lies: its lines are the rows below the head that carry an id."""
    count = 0
    while (found := sent.get((FIRST + count, ID))) and not found.formula:
        count += 1
    return Layout(count)


@dataclass(frozen=True)
class Matched:
    """A returned sheet beside the one that was sent.

    `rows`: row as sent to row as returned; `aligned`: returned cells under their place as sent;
    `strays`: those in rows that were not sent.
    """

    layout: Layout
    sent: Cells
    rows: dict[int, int]
    aligned: Cells
    strays: Cells

    def answer(self, row: int, column: int) -> Found:
        """What stands in a cell, asked for by its place as sent."""
        return self.aligned.get((row, column), NOTHING)

    def place(self, row: int, column: int) -> Place:
        """Where that cell stands now."""
        return self.rows.get(row, row), column


def matched(sent: Cells, back: Cells, notes: Notes, *, is_of_run: bool) -> Matched:
    """The rows matched; unknown and missing lines and changed protected cells are findings.

    Parameters
    ----------
    is_of_run : False compares the lines only; the rest was written by another run
    """
    layout = layout_of(sent)
    moved = _moved(layout, back)
    below = range(layout.total, layout.signatures + 2)
    rows = {row: row for row in range(FIRST if layout.count else FIRST + 1)}
    rows |= _lines(layout, sent, back) | {row: row + moved for row in below}
    was = {now: row for row, now in rows.items()}
    aligned = {(was[row], column): one for (row, column), one in back.items() if row in was}
    strays = {place: one for place, one in back.items() if place[0] not in was}
    found = Matched(layout, sent, rows, aligned, strays)
    _note_ids(found, notes)
    _note_changes(found, notes, is_of_run=is_of_run)
    return found


def _lines(layout: Layout, sent: Cells, back: Cells) -> dict[int, int]:
    """Lines by their id; those whose id was changed by number, item, fact and points."""
    by_id: dict[str, int] = {}
    by_words: dict[tuple[str, ...], int] = {}
    for row in sorted({row for row, _ in back if row >= FIRST}):
        by_id.setdefault(back.get((row, ID), NOTHING).text, row)
        by_words.setdefault(_words(back, row), row)
    rows = {row: by_id[sent[row, ID].text] for row in layout.lines if sent[row, ID].text in by_id}
    for row in layout.lines:
        other = by_words.get(_words(sent, row))
        if row not in rows and other is not None and other not in rows.values():
            rows[row] = other
    return rows


def _words(cells: Cells, row: int) -> tuple[str, ...]:
    return tuple(cells.get((row, column), NOTHING).text for column in KNOWN_BY)


def _moved(layout: Layout, back: Cells) -> int:
    """By how many rows what stands below the lines has moved."""
    found = (row for (row, column), cell in back.items() if column == 0 and cell.text == GENERAL)
    return next(found, layout.general_title) - layout.general_title


def _note_ids(found: Matched, notes: Notes) -> None:
    """Ids that the list of losses does not have, and lines that are gone."""
    code = "RUN_FEEDBACK_LINE_UNKNOWN"
    known = {found.sent[row, ID].text for row in found.layout.lines}
    for row in found.layout.lines:
        now = found.answer(row, ID).text
        if row not in found.rows:
            _note_missing(found, row, notes)
        elif now != found.sent[row, ID].text:
            what = "行编号不在本次扣分清单之内，按原行编号处理"
            notes.answer(code, what, found.place(row, ID), found=now)
    for place, cell in sorted(found.strays.items()):
        if place[1] == ID:
            why = "重复" if cell.text in known else "不在本次扣分清单之内"
            notes.answer(code, f"行编号{why}，该行未登记", place, found=cell.text)


def _note_missing(found: Matched, row: int, notes: Notes) -> None:
    notes.add(
        "RUN_FEEDBACK_LINE_MISSING",
        Severity.WARNING,
        f"缺少第{found.sent[row, NUMBER].text}行扣分事项，按未填写意见处理",
        at=(NAME, ""),
        expected=found.sent[row, ID].text,
        todo="与单位核实后登记",
    )


def _note_changes(found: Matched, notes: Notes, *, is_of_run: bool) -> None:
    """Protected cells that are not as they were sent, and what stands where nothing was sent."""
    lines = set(found.layout.lines)
    compared = set(found.rows) if is_of_run else set(found.rows) & lines
    spared = found.layout.open_cells | {(row, ID) for row in lines}
    sent, back = (
        {place: one for place, one in cells.items() if place[0] in compared}
        for cells in (found.sent, found.aligned)
    )
    changed = [
        Changed(found.place(*one.place), one.now, one.was)
        for one in changed_cells(sent, back, spared)
    ]
    if is_of_run:
        unknown = {row for row, column in found.strays if column == ID}
        strays = ((place, one) for place, one in found.strays.items() if place[0] not in unknown)
        changed += [Changed(place, one.text, "") for place, one in strays]
    note_changes(notes, changed, "RUN_FEEDBACK_CELL_PROTECTED", NAME, PROTECTED)
