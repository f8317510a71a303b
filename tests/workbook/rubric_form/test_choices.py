"""Drop-downs: there is one for every choice, and it offers what is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from lawkpi.workbook.rubric_form.choices import MOST_LISTS, Choices
from lawkpi.workbook.rubric_form.kinds import Choice, Either
from lawkpi.workbook.rubric_form.plan import (
    CHOICES,
    CONDITIONS,
    FIRST_ROW,
    LISTS,
    SETTINGS,
    Column,
    RecordPlan,
)
from tests.workbook.reading import differences, stored

from .given import AROUND, PLAN, at

RECORDS = [PLAN.sections, PLAN.items, PLAN.rules, *PLAN.others]
NAMED_ROLES = {"ledger", "rate", "column", "date_column", "state", "group", "department", "item"}
NAMED_ROLES |= {"section", "grade", "exemptions.reason"}


@pytest.fixture(scope="module")
def book(form: Path) -> Any:
    return openpyxl.load_workbook(form)


def lists(book: Any, sheet: str) -> dict[str, str]:
    """The source of the drop-down of each column, as its first record has it."""
    found = {}
    for one in book[sheet].data_validations.dataValidation:
        if one.type == "list":
            for block in one.sqref.ranges:
                first = f"{get_column_letter(block.min_col)}{block.min_row}"
                found[first] = str(one.formula1)
    return found


def choices(plan: RecordPlan) -> Iterator[Column]:
    """The columns of a sheet that are chosen from words."""
    for column in plan.columns:
        closed = any(isinstance(leaf.kind, Choice | Either) for leaf in column.leaves)
        named = any(leaf.role in NAMED_ROLES for leaf in column.leaves)
        if column.box is not None or closed or named:
            yield column


CHOSEN = [(plan.sheet, column.heading) for plan in RECORDS for column in choices(plan)]


def test_the_columns_that_are_chosen_are_found() -> None:
    assert len(CHOSEN) > 40
    assert ("计分规则", "计数方式") in CHOSEN


@pytest.mark.parametrize(("sheet", "heading"), CHOSEN)
def test_a_column_that_is_chosen_has_a_drop_down(book: Any, sheet: str, heading: str) -> None:
    assert at(sheet, heading, 1)[1] in lists(book, sheet)


@pytest.mark.parametrize(
    "heading",
    [
        "指标编号",
        "用处",
        "各行之间",
        "组内之间",
        "台账的列",
        "比较",
        "值",
        "关联台账",
        "关联台账的列",
        "合计的列",
    ],
)
def test_a_condition_is_chosen_from_drop_downs(book: Any, heading: str) -> None:
    assert at(CONDITIONS, heading, 1)[1] in lists(book, CONDITIONS)


@pytest.mark.parametrize("heading", ["指标编号", "类别", "名称或情形", "内容"])
def test_an_entry_is_chosen_from_drop_downs(book: Any, heading: str) -> None:
    assert at(LISTS, heading, 1)[1] in lists(book, LISTS)


@pytest.mark.parametrize("heading", ["一级指标"])
def test_an_item_s_section_is_chosen_from_a_drop_down(book: Any, heading: str) -> None:
    assert at("考核细则", heading, 1)[1] in lists(book, "考核细则")


def test_every_setting_with_words_has_a_drop_down(book: Any) -> None:
    wanted = [
        f"B{FIRST_ROW + place}" for place, leaf in enumerate(PLAN.settings) if leaf.kind.choices
    ]
    assert sorted(lists(book, SETTINGS)) == sorted(wanted)


def words_at(book: Any, source: str) -> list[str]:
    """The words of a range on the hidden sheet."""
    block = source.rpartition("!")[2].replace("$", "")
    first, row, last, _ = range_boundaries(block)
    return [book[CHOICES].cell(row, column).value for column in range(first, last + 1)]


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [
        (plan.sheet, column.heading)
        for plan in RECORDS
        for column in plan.columns
        if column.box is not None or any(isinstance(leaf.kind, Choice) for leaf in column.leaves)
    ],
)
def test_a_drop_down_offers_exactly_the_words_that_are_read(
    book: Any, sheet: str, heading: str
) -> None:
    plan = next(one for one in RECORDS if one.sheet == sheet)
    column = next(one for one in plan.columns if one.heading == heading)
    wanted = [word for leaf in column.leaves for word in leaf.kind.choices]
    wanted = wanted or (column.box.alternatives.words if column.box else [])
    offered = words_at(book, lists(book, sheet)[at(sheet, heading, 1)[1]])
    assert offered == list(dict.fromkeys(wanted))


def test_ledgers_and_rates_are_offered_by_their_titles(book: Any) -> None:
    found = lists(book, "计分规则")
    assert words_at(book, found[at("计分规则", "台账", 1)[1]]) == AROUND.ledgers.words
    assert words_at(book, found[at("计分规则", "比率", 1)[1]]) == AROUND.rate_names.words


def keyed(book: Any) -> dict[str, list[str]]:
    """The lists of the hidden sheet by their keys."""
    return {
        key.value: [cell.value for cell in cells[: count.value]]
        for key, count, *cells in book[CHOICES].iter_rows()
        if key.value
    }


def test_a_list_that_depends_on_another_cell_is_found_by_its_key(book: Any, form: Path) -> None:
    """The value of each condition is among the words that its drop-down offers."""
    known, values = keyed(book), stored(form)
    for row in (1, 8, 10, 12, 13):
        cells = {
            heading: values.get(at(CONDITIONS, heading, row))
            for heading in ("台账", "台账的列", "值")
        }
        assert cells["台账的列"] in known[cells["台账"]]
        offered = known[f"{cells['台账']}|{cells['台账的列']}"]
        assert cells["值"] == "、".join(one for one in str(cells["值"]).split("、") if one)
        assert any(word in str(cells["值"]) for word in offered)


def test_the_helpers_hold_the_keys_of_the_lists(book: Any, form: Path) -> None:
    values, sheet = stored(form), book[LISTS]
    helpers = {cell.value: cell.column_letter for cell in sheet[FIRST_ROW - 1] if cell.value}
    known = keyed(book)
    names, contents = helpers["（辅助）名称来源"], helpers["（辅助）内容来源"]
    row = FIRST_ROW + 1
    assert values[LISTS, f"{names}{row}"] == "执法培训参训率"
    assert known[values[LISTS, f"{names}{row}"]] == ["请假", "迟到早退", "培训方式"]
    assert values[LISTS, at(LISTS, "内容", 2)[1]] in known[values[LISTS, f"{contents}{row}"]]


def test_a_list_by_key_asks_for_the_first_row_s_own_cells(book: Any) -> None:
    source = lists(book, CONDITIONS)[at(CONDITIONS, "台账的列", 1)[1]]
    ledger = at(CONDITIONS, "台账", 1)[1].replace("5", "")
    assert f"MATCH(${ledger}5," in source
    assert len(source) < 255


def test_every_list_fits_into_the_range_that_is_looked_up() -> None:
    assert len(Choices(AROUND).lists) < MOST_LISTS


def test_the_stored_values_of_all_helpers_are_what_another_program_computes(form: Path) -> None:
    assert differences(form) == {}


def test_the_hidden_sheet_is_hidden(book: Any) -> None:
    assert book[CHOICES].sheet_state == "hidden"
    assert all(book[name].sheet_state == "visible" for name in book.sheetnames if name != CHOICES)
