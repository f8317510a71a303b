"""Amendments are carried out while a ledger is read, and refused where they no longer fit."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from lawkpi.errors import Finding
from lawkpi.ledger import Ledger, read_ledger
from lawkpi.ledger.amend import Amending
from lawkpi.ledger.amendments import Amendment, load_amendments
from lawkpi.ledger.schema import ORIGIN
from tests.ledger.given import CASES, REGISTER, cases_book, derived, line
from tests.support.amending import declare, entry

CONTENT = YAML(typ="safe").load(
    (Path(__file__).parents[1] / "cases" / "ledger" / "amendments.yaml").read_text("utf-8")
)


def amended(book: Path, amendments: Sequence[Amendment]) -> tuple[Ledger, list[Finding], Amending]:
    findings: list[Finding] = []
    amending = Amending(amendments)
    ledger = read_ledger(CASES, [book], REGISTER, sheet=None, findings=findings, amending=amending)
    return ledger, findings, amending


def declared(folder: Path, *entries: Mapping[str, Any]) -> tuple[Amendment, ...]:
    declare(folder, *entries)
    return load_amendments(folder)


def plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return str(value.date()) if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("case", CONTENT["cases"], ids=lambda case: case["name"])
def test_amendments_do_what_they_say_or_are_refused_at_their_place(
    case: dict[str, Any], tmp_path: Path
) -> None:
    book = cases_book(tmp_path, *case.get("rows", CONTENT["good"]))
    before = book.read_bytes()
    entries = [entry(str(number), **one) for number, one in enumerate(case["given"], 1)]
    ledger, findings, _ = amended(book, declared(tmp_path, *entries))
    rows = ledger.frame.set_index("row_id")
    for row_id, cells in case.get("becomes", {}).items():
        assert {name: plain(rows.loc[row_id, name]) for name in cells} == cells
    if "rows_after" in case:
        assert ledger.frame["row_id"].tolist() == case["rows_after"]
    said = [[one.code, one.cell, one.found, one.expected] for one in findings]
    assert sorted(said) == sorted(case["findings"])
    assert book.read_bytes() == before


def test_every_refusal_stops_the_scoring_and_says_what_to_do(tmp_path: Path) -> None:
    for case in CONTENT["cases"]:
        book = cases_book(tmp_path, *case.get("rows", CONTENT["good"]))
        entries = [entry(str(number), **one) for number, one in enumerate(case["given"], 1)]
        for one in amended(book, declared(tmp_path, *entries))[1]:
            if one.code.startswith("AMENDMENT"):
                assert (one.severity.value, one.file) == ("error", "amendments.yaml")
                assert one.todo
                assert one.what.startswith("第")


def test_a_cell_that_is_amended_already_is_to_be_withdrawn(tmp_path: Path) -> None:
    change = {"答辩日": {"was": "2022-03-05", "becomes": "2022年3月7日"}}
    amendments = declared(tmp_path, entry(record="1号|城管局", change=change))
    _, (one,), _ = amended(cases_book(tmp_path, *CONTENT["good"]), amendments)
    assert (one.code, one.todo) == ("AMENDMENT_STALE", "台账已是更正后的内容，将状态改为撤回")


def test_a_day_number_in_quotes_is_no_day(tmp_path: Path) -> None:
    change = {"答辩日": {"was": "2022-03-07", "becomes": "44629"}}
    amendments = declared(tmp_path, entry(record="1号|城管局", change=change))
    _, (one,), _ = amended(cases_book(tmp_path, *CONTENT["good"]), amendments)
    assert (one.code, one.severity.value) == ("AMENDMENT_VALUE_UNREADABLE", "error")


def test_a_column_that_the_file_does_not_have_can_be_filled_in(tmp_path: Path) -> None:
    book = cases_book(tmp_path, *CONTENT["good"])
    short = tmp_path / "短.xlsx"
    _shortened(book, short, columns=3)
    change = {"答辩日": {"was": "", "becomes": "2022-03-09"}, "学时": {"was": "", "becomes": "2.5"}}
    ledger, findings, _ = amended(
        short, declared(tmp_path, entry(record="2号|市监局", change=change))
    )
    assert findings == []
    assert ledger.frame["hours"].tolist()[1] == 2.5
    assert plain(ledger.frame["reply_on"][1]) == "2022-03-09"
    assert ledger.frame["reply_on"].isna().tolist() == [True, False]


def _shortened(book: Path, target: Path, *, columns: int) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(book)
    workbook.worksheets[0].delete_cols(columns + 1, 20)
    workbook.save(target)


def test_derived_columns_see_the_amended_record(tmp_path: Path) -> None:
    book = cases_book(tmp_path, line("1号", "城管局", "2022-03-01", "2022-03-30", "2022-03-30"))
    change = {name: {"was": "2022-03-30", "becomes": "2022-03-09"} for name in ("答辩日", "举证日")}
    plain_one, _, _ = amended(book, ())
    ledger, _, _ = amended(book, declared(tmp_path, entry(record="1号|城管局", change=change)))
    states = [derived(one).frame["state"].tolist() for one in (plain_one, ledger)]
    assert states == [["late"], ["in_time"]]


def test_an_amended_record_keeps_the_place_where_it_was_submitted(tmp_path: Path) -> None:
    change = {"答辩日": {"was": "2022-03-07", "becomes": "2022-03-09"}}
    amendments = declared(tmp_path, entry(record="1号|城管局", change=change))
    ledger, _, _ = amended(cases_book(tmp_path, *CONTENT["good"]), amendments)
    assert ledger.frame.loc[0, list(ORIGIN[1:])].tolist() == ["案件.xlsx", "案件", 2]


def test_an_added_record_stands_where_it_is_declared(tmp_path: Path) -> None:
    amendments = declared(tmp_path, entry(record="3号|城管局", add={"收到日": "2022-04-01"}))
    ledger, _, _ = amended(cases_book(tmp_path, *CONTENT["good"]), amendments)
    assert ledger.frame.iloc[-1][list(ORIGIN[1:])].tolist() == ["amendments.yaml", "更正", 2]
    assert ledger.is_added("cases/3号|01")
    assert not ledger.is_added("cases/1号|01")


def test_a_ledger_remembers_what_was_amended_by_what_through_every_copy(tmp_path: Path) -> None:
    change = {"答辩日": {"was": "2022-03-07", "becomes": "2022-03-09"}}
    more = {"承办单位": {"was": "城管局", "becomes": "市监局"}}
    amendments = declared(
        tmp_path,
        entry("7", record="1号|城管局", change=change),
        entry("12", record="1号|城管局", change=more),
    )
    ledger, _, _ = amended(cases_book(tmp_path, *CONTENT["good"]), amendments)
    own = {"cases/1号|02": {"reply_on": "7", "department": "12"}}
    for one in (ledger, ledger.only(0), derived(ledger)):
        assert one.amended == own
    assert ledger.place("cases/2号|02", "案件.xlsx", "案件", 3) == "案件.xlsx“案件”第3行"


def test_the_place_of_an_amended_record_names_the_amendments_in_order(tmp_path: Path) -> None:
    cells = {"答辩日": ("2022-03-07", "2022-03-09"), "学时": ("", "1.5")}
    entries = [
        entry(number, record="1号|城管局", change={name: {"was": was, "becomes": becomes}})
        for number, (name, (was, becomes)) in zip(("10", "9"), cells.items(), strict=True)
    ]
    ledger, _, _ = amended(cases_book(tmp_path, *CONTENT["good"]), declared(tmp_path, *entries))
    place = ledger.place("cases/1号|01", "案件.xlsx", "案件", 2)
    assert place == "案件.xlsx“案件”第2行，已按第9号、第10号更正"


def test_a_record_that_moved_does_not_name_the_file_of_the_department_it_came_from(
    tmp_path: Path,
) -> None:
    change = {"承办单位": {"was": "城管局", "becomes": "市监局"}}
    amendments = declared(tmp_path, entry(record="1号|城管局", change=change))
    ledger, _, _ = amended(
        cases_book(tmp_path, *CONTENT["good"], name="城管局案件.xlsx"), amendments
    )
    assert ledger.place("cases/1号|02", "城管局案件.xlsx", "案件", 2) == "原表第2行，已按第1号更正"


def test_what_was_applied_tells_former_and_new_record_contents_and_departments(
    tmp_path: Path,
) -> None:
    change = {"责任单位": {"was": "城管局", "becomes": "02"}, "学时": {"was": "", "becomes": "1.5"}}
    amendments = declared(
        tmp_path,
        entry("1", record="1号|城管局", change=change),
        entry("2", record="2号|市监局", remove=True),
    )
    _, _, amending = amended(cases_book(tmp_path, *CONTENT["good"]), amendments)
    told = [
        (one.column, one.was, one.becomes, one.former_id, one.row_id) for one in amending.applied
    ]
    assert told == [
        ("department", "甲区城管局", "甲区市监局", "cases/1号|01", "cases/1号|02"),
        ("hours", "", "1.5", "cases/1号|01", "cases/1号|02"),
        ("", "", "", "cases/2号|02", ""),
    ]
    first = amending.applied[0]
    assert (first.record, first.before, first.after) == (
        "1号|甲区城管局", {"department": "01"}, {"department": "02"},
    )  # fmt: skip


FOUR = [
    {"record": "1号|城管局", "change": {"答辩日": {"was": "2022-03-07", "becomes": "2022-03-09"}}},
    {"record": "1号|城管局", "change": {"案号": {"was": "1号", "becomes": "11号"}}},
    {"record": "2号|市监局", "remove": True},
    {"record": "1号|城管局", "add": {"收到日": "2022-05-01"}},
]


def test_the_order_of_amendments_does_not_matter(tmp_path: Path) -> None:
    book = cases_book(tmp_path, *CONTENT["good"])
    entries = [entry(str(number), **one) for number, one in enumerate(FOUR, 1)]
    wanted, _, _ = amended(book, declared(tmp_path, *entries))
    columns = [name for name in wanted.frame if name != "row"]
    for order in itertools.permutations(entries):
        ledger, findings, _ = amended(book, declared(tmp_path, *order))
        assert findings == []
        pd.testing.assert_frame_equal(ledger.frame[columns], wanted.frame[columns])
        assert ledger.amended == wanted.amended


DAYS = st.dates(
    min_value=pd.Timestamp("2022-01-01").date(), max_value=pd.Timestamp("2022-12-31").date()
)
TITLES = {
    "答辩日": DAYS,
    "举证日": DAYS,
    "良好票": st.integers(0, 30),
    "承办单位": st.sampled_from(["城管局", "市监局", "农业局"]),
}
CHANGES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.sampled_from(sorted(TITLES))),
    st.integers(0, 10_000),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(changes=CHANGES, data=st.data())
def test_an_amended_ledger_is_the_ledger_edited_by_hand(
    changes: dict[tuple[int, str], int],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("amended")
    titles = [column.title for column in CASES.columns.values()]
    rows: list[list[Any]] = [
        [f"{number}号", "城管局", "2022-03-01", None, "2022-03-05", None, number, 30, None]
        for number in range(5)
    ]
    edited = [list(row) for row in rows]
    entries = []
    for number, (row, title) in enumerate(changes):
        place = titles.index(title)
        new = str(data.draw(TITLES[title]))
        was = rows[row][place]
        if str(was) == new:
            continue
        edited[row][place] = new
        change = {title: {"was": "" if was is None else str(was), "becomes": new}}
        entries.append(entry(str(number), record=f"{row}号|城管局", change=change))
    by_hand, wrong, _ = amended(cases_book(folder, *edited), ())
    ledger, findings, amending = amended(cases_book(folder, *rows), declared(folder, *entries))
    assert findings == wrong == []
    assert len(amending.applied) == len(entries)
    pd.testing.assert_frame_equal(ledger.frame, by_hand.frame)
