"""评分底稿: the office's rows, open and closed cells, live sums that are honest, the same bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
import pytest

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.workbook.scoring_sheets import scoring_offices, write_scoring
from tests.result.given import rubric, tiny_scored
from tests.support.filled_sheets import (
    ADJUSTING,
    JUDGING,
    OFFICE,
    SUMS,
    adjustment,
    cell_at,
    filled,
)
from tests.support.small_rubric import events, item, rule, run, section
from tests.support.small_rubric import rubric as small
from tests.workbook.reading import differences, formulas, parts, stored

RERUN = "重新运行后计算"
ENTRY = {
    "item": "2.1", "department": "甲区市监局", "number": 1, "points": 0.5, "reason": "=1+1",
    "person": "王五", "adjusted_on": dt.date(2025, 1, 20),
}  # fmt: skip
JUDGED = {"judged": {"at_most": "2"}}
AS_JUDGED: dict[str, Any] = {"as_judged": {}}


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    rows = [ENTRY, {**ENTRY, "number": 2, "points": -0.25, "reason": "乙"}]
    return tiny_scored(tmp_path_factory.mktemp("s") / "甲", {"adjustments": rows})


@pytest.fixture
def path(assessment: Assessment, tmp_path: Path) -> Path:
    return write_scoring(assessment, OFFICE, tmp_path / "底稿.xlsx")


def rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    found = list(page.iter_rows(min_row=5, values_only=True))
    return [row for row in found if row[1] is not None and row[0] in ("01", "02", "03")]


def after(path: Path, target: Path, *entries: Any) -> dict[tuple[str, str], Any]:
    """The stored values of a copy with cells filled in, recalculated."""
    copy = filled(path, target, *entries)
    formualizer.recalculate_xlsx_file(str(copy))
    return stored(copy)


def judged_total(tmp_path: Path, given: Any, **more: Any) -> Any:
    """The expected total when one judged point of item 1.1 becomes another, and its row's word."""
    entries = [{"item": "1.1", "rule": "b", "points": 1.0, "reason": "甲", "person": "乙某",
                "judged_on": "2025-01-05", **one} for one in more.pop("entries", [{}])]  # fmt: skip
    made = run(given, {"events": events("甲", more.pop("count", 2)), "judged": entries})
    path = write_scoring(made, "甲", tmp_path / "j.xlsx")
    assert differences(path) == {}
    return after(path, tmp_path / "e.xlsx", (JUDGING, "01", "1.1", {"核定分": 0.25}))[SUMS, "H5"]


def test_it_recalculates_unchanged(path: Path) -> None:
    assert differences(path) == {}


def test_written_twice_it_is_the_same_bytes(
    assessment: Assessment, path: Path, tmp_path: Path
) -> None:
    again = write_scoring(assessment, OFFICE, tmp_path / "again.xlsx")
    assert again.read_bytes() == path.read_bytes()


def test_the_sheets_are_in_reading_order_and_the_copy_is_hidden(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", ADJUSTING, JUDGING, SUMS, "底本"]
    assert book["底本"].sheet_state == "veryHidden"
    assert all(sheet.protection.sheet for sheet in book)
    assert not any(sheet.protection.password for sheet in book)


def test_each_department_has_a_row_for_each_item_that_is_for_it(path: Path) -> None:
    found = [(row[0], row[3].split()[0]) for row in rows(path, ADJUSTING)]
    assert ("03", "1.2") not in found
    assert found.count(("01", "1.1")) == 1
    assert found.count(("02", "2.1")) == 2
    assert [number for code, number in found if code == "03"] == ["1.1", "1.3", "2.1", "2.2", "2.3"]


def test_points_stand_without_adjustment_and_what_is_on_record_beside_them(path: Path) -> None:
    first, second = (row for row in rows(path, ADJUSTING) if row[0] == "02" and "2.1" in row[3])
    assert first[5:11] == (4, 2, 1, 0.5, 0.5, "=1+1")
    assert second[7:10] == (2, -0.25, -0.25)
    assert (first[14], second[14]) == (2.25, "见首行")


def test_only_open_cells_of_items_with_points_are_unlocked(path: Path) -> None:
    page = openpyxl.load_workbook(path)[ADJUSTING]
    for row in page.iter_rows(min_row=5, max_row=22):
        is_open = isinstance(row[6].value, int | float)
        assert [cell.protection.locked for cell in row[:9]] == [True] * 9
        assert {cell.protection.locked for cell in row[9:14]} == {not is_open}
        assert row[14].protection.locked


def test_an_item_that_does_not_apply_or_is_pending_says_so_and_is_closed(tmp_path: Path) -> None:
    made = tiny_scored(tmp_path / "甲", {"judged": []})
    path = write_scoring(made, OFFICE, tmp_path / "w.xlsx")
    said = {(row[0], row[3].split()[0]): row[6] for row in rows(path, ADJUSTING)}
    assert (said["03", "2.1"], said["01", "2.2"]) == ("不适用", "待核")
    cell = cell_at(path, ADJUSTING, "01", "2.2", "调整分")
    assert openpyxl.load_workbook(path)[ADJUSTING][cell].protection.locked
    assert differences(path) == {}


def test_numbers_are_held_to_what_the_item_takes(path: Path) -> None:
    page = openpyxl.load_workbook(path)[ADJUSTING]
    cell = cell_at(path, ADJUSTING, "02", "2.1", "调整分")
    (one,) = [rule for rule in page.data_validations.dataValidation if cell in rule.sqref]
    assert (one.type, float(one.formula1), float(one.formula2)) == ("decimal", -2.0, 2.0)
    assert "合计应在" in one.error


def test_names_are_masked_and_text_is_never_a_formula(path: Path) -> None:
    assert not any("王五" in text for text in parts(path).values())
    assert all(text != "=1+1" for text in formulas(path).values())


def test_judged_points_have_a_row_for_each_department_with_their_range(path: Path) -> None:
    assert [(row[0], row[4], row[8], row[9]) for row in rows(path, JUDGING)] == [
        ("01", "b", "0—1", 0), ("02", "b", "0—1", 0.25), ("03", "b", "0—1", 0),
    ]  # fmt: skip


def test_a_panel_has_a_row_for_each_seat(tmp_path: Path) -> None:
    panel = {"judged": {"at_most": "2", "persons": 3, "combine": "mean"}}
    given = small(section("1", item("1.1", "10", rule(), rule(panel, AS_JUDGED))))
    entry = {"item": "1.1", "rule": "b", "points": 1.0, "reason": "甲", "person": "乙", "seat": 2,
             "judged_on": "2025-01-05"}  # fmt: skip
    path = write_scoring(run(given, {"judged": [entry]}), "甲", tmp_path / "p.xlsx")
    assert [(row[5], row[10]) for row in rows(path, JUDGING)] == [(1, None), (2, 1), (3, None)]
    assert differences(path) == {}


def test_another_adjustment_moves_the_expected_total(path: Path, tmp_path: Path) -> None:
    before = stored(path)
    found = after(path, tmp_path / "e.xlsx", adjustment("02", "2.1", 调整分=0.75))
    assert found[SUMS, "F6"] == 0.5
    assert found[SUMS, "H6"] == before[SUMS, "H6"] + 0.25
    assert found[SUMS, "H5"] == before[SUMS, "H5"]


def test_a_judged_deduction_with_room_moves_the_total_one_to_one(tmp_path: Path) -> None:
    given = small(section("1", item("1.1", "10", rule(), rule(JUDGED, AS_JUDGED))))
    assert judged_total(tmp_path, given) == 7.75


@pytest.mark.parametrize("value", [0.0, 0.05, 1.33, 2.0])
def test_what_the_sheet_expects_is_what_the_engine_then_gives(tmp_path: Path, value: float) -> None:
    shape = {"linear": {"below": "95%", "step": "7%", "points": "0.3", "steps": "fraction"}}
    due = {"kind": {"in": ["甲", "乙"]}}
    done = {"kind": {"is": "乙"}}
    rate = {"rate": {"ledger": "events", "due": due, "done": done, "empty": "full"}}
    given = small(section("1", item("1.1", "10", rule(rate, shape), rule(JUDGED, AS_JUDGED))))

    def judged(points: float) -> Assessment:
        entry = {"item": "1.1", "rule": "b", "points": points, "reason": "甲", "person": "乙某"}
        rows = [*events("甲", 2), *events("乙", 1)]
        return run(given, {"events": rows, "judged": [{**entry, "judged_on": "2025-01-05"}]})

    path = write_scoring(judged(0.7), "甲", tmp_path / "w.xlsx")
    found = after(path, tmp_path / "e.xlsx", (JUDGING, "01", "1.1", {"核定分": value}))
    assert found[SUMS, "H5"] == float(judged(value).total("01")["total"])


def test_a_judged_award_with_room_moves_the_total_one_to_one(tmp_path: Path) -> None:
    award = [rule(JUDGED, AS_JUDGED, {"award": {}}) for _ in range(2)]
    given = small(section("1", item("1.1", "10", *award)))
    both = [{"rule": name} for name in "ab"]
    found = judged_total(tmp_path, given, entries=both)
    assert found == 1.25


@pytest.mark.parametrize(
    ("own", "more"),
    [
        ({"floor": "6.5"}, {}),
        ({"caps": [{"rules": ["a", "b"], "cap": "5"}]}, {}),
        ({}, {"count": 9}),
        ({}, {"effect": {"deduct": {"cap": "1.5"}}}),
        ({}, {"measure": {"judged": {"at_most": "2", "persons": 2, "combine": "mean"}},
              "entries": [{"seat": 1}, {"seat": 2}]}),
    ],
    ids=["floor", "shared cap", "used up", "cap", "panel"],
)  # fmt: skip
def test_where_a_judged_point_is_not_a_point_the_sheet_says_so(
    tmp_path: Path, own: dict[str, Any], more: dict[str, Any]
) -> None:
    more = dict(more)
    measure, effect = more.pop("measure", JUDGED), more.pop("effect", {"deduct": {}})
    rules = (rule(), rule(measure, AS_JUDGED, effect))
    given = small(section("1", item("1.1", "10", *rules, **own)))
    assert judged_total(tmp_path, given, **more) == RERUN


def test_judged_points_that_were_taken_out_have_no_expected_total(
    path: Path, tmp_path: Path
) -> None:
    found = after(path, tmp_path / "e.xlsx", (JUDGING, "02", "2.2", {"核定分": None}))
    assert (found[SUMS, "G6"], found[SUMS, "H6"]) == (RERUN, RERUN)


def test_where_only_the_total_is_rounded_nothing_is_promised(tmp_path: Path) -> None:
    rounding = rubric(
        "{at: item, places: 2, mode: half_up}", "{at: total, places: 2, mode: half_up}"
    )
    made = tiny_scored(tmp_path / "甲", rubric=rounding)
    path = write_scoring(made, OFFICE, tmp_path / "w.xlsx")
    assert differences(path) == {}
    found = after(path, tmp_path / "e.xlsx", adjustment("02", "2.1"))
    assert (found[SUMS, "H5"], found[SUMS, "H6"]) == (float(made.total("01")["total"]), RERUN)


def test_a_veto_that_may_take_the_total_leaves_nothing_to_promise(tmp_path: Path) -> None:
    veto = item("V.1", None)
    fallen = {"item_points": {"item": "1.1", "at_most": "4"}}
    veto["rules"] = [{"id": "a", "measure": fallen, "effect": {"veto": {"total_zero": True}}}]
    given = small(section("1", item("1.1", "10")), section("V", veto, kind="veto"))
    path = write_scoring(run(given, {"events": events("甲", 2)}), "甲", tmp_path / "w.xlsx")
    found = after(path, tmp_path / "e.xlsx", adjustment("01", "1.1"))
    assert found[SUMS, "H5"] == RERUN


def test_an_item_of_two_offices_stands_in_both_sheets(tmp_path: Path) -> None:
    two = rubric("scored_by: 甲区法制办", "scored_by: 甲区法制办、甲区司法所")
    made = tiny_scored(tmp_path / "甲", rubric=two)
    assert scoring_offices(made) == [OFFICE, "甲区司法所"]
    path = write_scoring(made, "甲区司法所", tmp_path / "w.xlsx")
    assert {row[3].split()[0] for row in rows(path, ADJUSTING)} == {"1.1"}
    assert rows(path, JUDGING) == []
    assert differences(path) == {}


def test_nobody_scores_their_own_unit_where_another_is_named(tmp_path: Path) -> None:
    """甲区市监局 scores item 1.1 of the others; the office named for the recusal scores its own."""
    own = rubric("scored_by: 甲区法制办", "scored_by: 甲区市监局\n        recusal: 甲区考核组")
    made = tiny_scored(tmp_path / "甲", rubric=own)
    assert {"甲区市监局", "甲区考核组"} <= set(scoring_offices(made))
    sheets = {
        office: write_scoring(made, office, tmp_path / f"{office}.xlsx")
        for office in ("甲区市监局", "甲区考核组")
    }
    units = {office: {row[0] for row in rows(path, ADJUSTING)} for office, path in sheets.items()}
    assert units == {"甲区市监局": {"01", "03"}, "甲区考核组": {"02"}}


def test_an_office_that_scores_nothing_is_refused(assessment: Assessment, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        write_scoring(assessment, "乙办", tmp_path / "w.xlsx")
    assert (caught.value.code, caught.value.expected) == ("SCORING_OFFICE_UNKNOWN", OFFICE)
