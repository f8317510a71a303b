"""The register of amendments: one line for each cell, the lines of one number one amendment."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from lawkpi.errors import Finding
from lawkpi.ledger import read_ledger
from lawkpi.ledger.amendment_register import AMENDMENTS, registered, without_register
from lawkpi.ledger.amendments import Amendment, CellChange, Place, load_amendments
from tests.ledger.given import REGISTER
from tests.support.amending import declare, entry, register_lines
from tests.support.tiny import SCHEMAS, write_ledger

SCHEMA = SCHEMAS[AMENDMENTS]
TWO = {
    "答辩日": {"was": "2022-03-07", "becomes": "2022-03-09"},
    "学时": {"was": "", "becomes": "1.5"},
}
PLACE = Place("", "", 0)


def read(folder: Path, *lines: dict[str, Any]) -> tuple[tuple[Amendment, ...], list[Finding]]:
    path = folder / f"{SCHEMA.title}.xlsx"
    write_ledger(path, SCHEMA, lines)
    findings: list[Finding] = []
    ledger = read_ledger(SCHEMA, [path], REGISTER, sheet=None, findings=findings)
    return registered(ledger, findings), findings


def without_places(one: Amendment) -> Amendment:
    cells = tuple(CellChange(cell.column, cell.was, cell.becomes, PLACE) for cell in one.cells)
    return replace(one, cells=cells, place=PLACE)


def test_both_forms_declare_the_same(tmp_path: Path) -> None:
    entries = [
        entry("1", record="1号|城管局", change=TWO),
        entry("2", record="2号|城管局", remove=True, row=7, file="案件.xlsx"),
        entry("3", record="3号|城管局", add={"收到日": "2022-04-01"}, status="proposed"),
    ]
    declare(tmp_path, *entries)
    lines, findings = read(tmp_path, *register_lines(*entries))
    assert findings == []
    assert list(map(without_places, lines)) == list(map(without_places, load_amendments(tmp_path)))


def test_each_cell_has_the_place_of_its_line(tmp_path: Path) -> None:
    (one,), _ = read(tmp_path, *register_lines(entry(record="1号|城管局", change=TWO)))
    assert [cell.place.row for cell in one.cells] == [2, 3]
    assert (one.place.file, one.place.sheet) == ("台账更正登记表.xlsx", "台账更正登记表")


def test_reason_document_person_and_day_may_stand_on_one_line_only(tmp_path: Path) -> None:
    first, second = register_lines(entry(record="1号|城管局", change=TWO))
    bare = {**second, "reason": None, "document": None, "person": None, "approved_on": None}
    (one,), findings = read(tmp_path, first, bare)
    assert findings == []
    assert (one.reason, one.person, one.approved_on) == ("核实有误", "王建国", dt.date(2022, 6, 1))


def test_dates_and_numbers_typed_as_such_are_read_like_the_words(tmp_path: Path) -> None:
    first, second = register_lines(entry(record="1号|城管局", change=TWO))
    typed = {**first, "was": dt.date(2022, 3, 7), "becomes": dt.date(2022, 3, 9)}
    (one,), _ = read(tmp_path, typed, {**second, "becomes": 1.5})
    assert [(cell.was, cell.becomes) for cell in one.cells] == [
        ("2022-03-07", "2022-03-09"),
        ("", "1.5"),
    ]


def test_lines_of_one_number_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    first, second = register_lines(entry(record="1号|城管局", change=TWO))
    found, (one,) = read(tmp_path, first, {**second, "record": "2号|城管局"})
    assert found == ()
    assert (one.code, one.severity.value, one.cell) == ("AMENDMENT_LINES_DIFFER", "error", "第3行")
    assert one.found == "1号|城管局、2号|城管局"


def test_contradicting_persons_are_not_repeated(tmp_path: Path) -> None:
    first, second = register_lines(entry(record="1号|城管局", change=TWO))
    _, (one,) = read(tmp_path, first, {**second, "person": "李建军"})
    assert (one.code, one.found) == ("AMENDMENT_LINES_DIFFER", "")


def test_a_line_without_status_or_with_an_unreadable_cell_is_refused_not_pending(
    tmp_path: Path,
) -> None:
    (line,) = register_lines(entry(record="1号|城管局", remove=True))
    for change in ({"status": None}, {"status": "同意"}, {"kind": None}, {"approved_on": "六月"}):
        found, findings = read(tmp_path, {**line, **change})
        assert found == ()
        (one,) = [one for one in findings if one.code == "AMENDMENT_INCOMPLETE"]
        assert (one.severity.value, one.cell) == ("error", "第2行")


def test_a_line_without_number_stops_the_scoring_as_in_any_ledger(tmp_path: Path) -> None:
    (line,) = register_lines(entry(record="1号|城管局", remove=True))
    found, findings = read(tmp_path, {**line, "number": None})
    assert found == ()
    assert [(one.code, one.severity.value) for one in findings] == [
        ("LEDGER_CELL_MISSING", "error")
    ]


def test_a_removal_may_repeat_contents_of_the_record(tmp_path: Path) -> None:
    (line,) = register_lines(entry(record="1号|城管局", remove=True))
    (one,), findings = read(tmp_path, {**line, "column": "答辩日", "was": "2022-03-07"})
    assert (one.cells, findings) == ((), [])


def test_the_register_is_none_of_the_ledgers_that_are_scored() -> None:
    assert AMENDMENTS in SCHEMAS
    assert set(SCHEMAS) - set(without_register(SCHEMAS)) == {AMENDMENTS}
