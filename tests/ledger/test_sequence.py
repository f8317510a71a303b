"""Running numbers and days since the one before, among rows of the same contents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawkpi.ledger.sequence import sequenced
from lawkpi.ledger.table import Ledger, empty_ledger
from tests.ledger.given import cells, events, events_schema

DERIVED = {
    "nth": {"title": "第几次", "occurrence_of": ["department", "kind"], "by": "happened_on"},
    "gap": {"title": "间隔天数", "since_previous": ["department", "kind"], "by": "happened_on"},
}


def row(
    day: Any, kind: str | None = "迟报", department: str = "城管局", **more: Any
) -> dict[str, Any]:
    return {"happened_on": day, "kind": kind, "department": department, **more}


def numbered(folder: Path, *rows: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    ledger = events(folder, DERIVED, *rows)
    return cells(ledger, "nth"), cells(ledger, "gap")


def test_rows_are_numbered_by_date_wherever_they_stand_in_the_file(tmp_path: Path) -> None:
    rows = [row("2022-05-10"), row("2022-03-01"), row("2022-03-31")]
    assert numbered(tmp_path, *rows) == ([3, 1, 2], [40, None, 30])


def test_each_department_and_each_kind_is_numbered_by_itself(tmp_path: Path) -> None:
    rows = [
        row("2022-03-01"),
        row("2022-03-02", "漏报"),
        row("2022-03-03", department="市监局"),
        row("2022-03-04"),
    ]
    assert numbered(tmp_path, *rows) == ([1, 1, 1, 2], [None, None, None, 3])


def test_an_alias_is_the_same_department(tmp_path: Path) -> None:
    rows = [row("2022-03-01"), row("2022-03-02", department="城市管理局")]
    assert numbered(tmp_path, *rows)[0] == [1, 2]


def test_rows_of_one_day_are_numbered_by_their_id_and_no_day_apart(tmp_path: Path) -> None:
    rows = [row("2022-03-01", number="乙"), row("2022-03-01", number="一")]
    assert numbered(tmp_path, *rows) == ([2, 1], [0, None])


def test_a_row_of_blank_contents_is_not_one_of_several(tmp_path: Path) -> None:
    rows = [row("2022-03-01", None), row("2022-03-02", None), row(None, None), row("2022-03-03")]
    assert numbered(tmp_path, *rows) == ([None, None, None, 1], [None] * 4)


def test_a_row_without_a_date_has_no_place_and_nor_have_those_it_might_precede(
    tmp_path: Path,
) -> None:
    rows = [row("2022-03-01"), row(None), row("2022-03-05", "漏报")]
    assert numbered(tmp_path, *rows) == (["?", "?", 1], ["?", "?", None])


def test_an_unreadable_date_is_not_passed_over(tmp_path: Path) -> None:
    rows = [row("2022-03-01"), row("三月"), row("2022-03-05", department="市监局")]
    assert numbered(tmp_path, *rows) == (["?", "?", 1], ["?", "?", None])


def test_a_row_of_unreadable_kind_leaves_open_only_what_comes_after_it_in_its_department(
    tmp_path: Path,
) -> None:
    rows = [
        row("2022-03-01"),
        row("2022-03-02", "别的"),
        row("2022-03-03"),
        row("2022-03-03", "漏报"),
        row("2022-03-04", department="市监局"),
    ]
    assert numbered(tmp_path, *rows) == ([1, "?", "?", "?", 1], [None, "?", "?", "?", None])


def test_what_is_known_all_the_same_stays_known_where_another_column_cannot_be_read(
    tmp_path: Path,
) -> None:
    rows = [row("2022-03-01"), row("2022-03-02", start_on="某日")]
    assert numbered(tmp_path, *rows)[0] == [1, 2]


def test_an_unreadable_row_hides_no_value_in_the_frame(tmp_path: Path) -> None:
    frame = events(tmp_path, DERIVED, row("2022-03-01"), row("三月")).frame
    assert frame["nth"].isna().all()
    assert frame["gap"].isna().all()


def test_a_ledger_without_rows_has_no_numbers() -> None:
    assert len(sequenced(empty_ledger(events_schema({})), ["kind"], "happened_on").number) == 0


def test_contents_may_be_unreadable_and_still_have_a_text_in_the_frame(tmp_path: Path) -> None:
    """A derived column keeps what it computed beside the mark that it cannot be relied on."""
    ledger = events(tmp_path, {}, row("2022-03-01"), row("2022-03-02"), row("2022-03-03"))
    marked = replace(ledger, unknown={"kind": np.array([False, True, False])})
    assert sequenced(marked, ["kind"], "happened_on").unknown.tolist() == [False, True, True]


EVENTS = st.lists(
    st.tuples(st.sampled_from(["late", "missing", None]), st.integers(0, 6) | st.none()),
    min_size=1,
    max_size=8,
)


def built(rows: list[tuple[int, str | None, int | None]]) -> Ledger:
    """Events by number, kind and day of March."""
    base = empty_ledger(events_schema({}))
    frame = base.frame.reindex(range(len(rows)))
    day = np.datetime64("2022-03-01")
    days = [np.datetime64("NaT") if step is None else day + step for _, _, step in rows]
    frame = frame.assign(
        row_id=[f"events/{number}" for number, _, _ in rows],
        kind=[kind for _, kind, _ in rows],
        happened_on=np.array(days, dtype="datetime64[s]"),
    )
    return replace(base, frame=frame)


@given(drawn=EVENTS, data=st.data())
def test_the_order_of_rows_never_matters(
    drawn: list[tuple[str | None, int | None]], data: st.DataObject
) -> None:
    rows = [(number, kind, step) for number, (kind, step) in enumerate(drawn)]
    shuffled = data.draw(st.permutations(rows))
    assert told(rows) == told(shuffled)


def told(rows: list[tuple[int, str | None, int | None]]) -> dict[int, tuple[int, int] | bool]:
    """Number and days of each known row by its own number."""
    answer = sequenced(built(rows), ["kind"], "happened_on")
    return {
        number: (int(answer.number[place]), int(answer.since[place]))
        if answer.is_known[place]
        else bool(answer.unknown[place])
        for place, (number, _, _) in enumerate(rows)
    }


@given(drawn=EVENTS)
def test_known_numbers_run_from_one_and_days_since_add_up(
    drawn: list[tuple[str | None, int | None]],
) -> None:
    rows = [(number, kind, step) for number, (kind, step) in enumerate(drawn)]
    answer = sequenced(built(rows), ["kind"], "happened_on")
    for kind in ("late", "missing"):
        mine = [
            place for place, one in enumerate(rows) if one[1] == kind and answer.is_known[place]
        ]
        assert sorted(answer.number[mine].tolist()) == list(range(1, len(mine) + 1))
        steps = [one[2] for place, one in enumerate(rows) if place in mine and one[2] is not None]
        assert answer.since[mine].sum() == (max(steps) - min(steps) if steps else 0)


@pytest.mark.parametrize("unit", ["nth", "gap"])
def test_numbers_are_whole_numbers(tmp_path: Path, unit: str) -> None:
    assert str(events(tmp_path, DERIVED, row("2022-03-01")).frame[unit].dtype) == "Int64"
