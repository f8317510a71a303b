from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.errors import LawError, ParamsError
from lawkpi.law import Calendar, Overlay, load_overlays
from lawkpi.law.days import as_days

from .given import cases

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2026, 12, 31))
STEP = dt.timedelta(days=1)


def overlay(year: int, **parts: Any) -> Overlay:
    return Overlay.model_validate(
        {"year": year, "off": [], "working": [], "notice": "示例", **parts}
    )


@pytest.mark.parametrize("notice", cases("notices"))
def test_every_day_agrees_with_the_notices(notice: dict[str, Any], calendar: Calendar) -> None:
    year = notice["year"]
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    expected = np.is_busday(days)
    for span in notice["off"]:
        first, last = (np.datetime64(f"{year}-{day}") for day in (span.split("/") * 2)[:2])
        expected[(days >= first) & (days <= last)] = False
    expected[np.isin(days, as_days([f"{year}-{day}" for day in notice["working"]]))] = True
    assert days[calendar.is_working(days) != expected].tolist() == []


@settings(deadline=None)
@given(start=DAYS, count=st.integers(1, 40))
def test_the_nth_working_day_agrees_with_a_walk_over_the_calendar(
    start: dt.date, count: int
) -> None:
    day, left = start, count
    while left and day < dt.date(2026, 12, 31):
        day += STEP
        left -= chinese_calendar.is_workday(day)
    expected = None if left else day
    assert Calendar.national().nth_working_day(start, count).tolist() == [expected]


@settings(deadline=None)
@given(start=DAYS, length=st.integers(-5, 60))
def test_working_days_between_agree_with_a_walk_over_the_calendar(
    start: dt.date, length: int
) -> None:
    end = min(start + length * STEP, dt.date(2026, 12, 31))
    walked = [start + number * STEP for number in range(1, (end - start).days + 1)]
    expected = sum(chinese_calendar.is_workday(day) for day in walked)
    assert Calendar.national().working_days_between(start, end).tolist() == [expected]


@settings(deadline=None)
@given(day=DAYS)
def test_a_rolled_day_is_the_first_working_day_on_or_after(day: dt.date) -> None:
    rolled = day
    while not chinese_calendar.is_workday(rolled):
        rolled += STEP
    assert Calendar.national().rolled(day).tolist() == [rolled]


def test_the_nth_working_day_and_the_days_between_undo_each_other(calendar: Calendar) -> None:
    starts = np.arange("2018-01-01", "2026-06-01", dtype="datetime64[D]")
    for count in (1, 5, 20, 60):
        ends = calendar.nth_working_day(starts, count)
        assert (calendar.working_days_between(starts, ends) == count).all()


def test_counts_may_differ_by_row(calendar: Calendar) -> None:
    ends = calendar.nth_working_day(["2024-04-30", "2024-04-30"], np.array([1, 3]))
    assert ends.astype(str).tolist() == ["2024-05-06", "2024-05-08"]


def test_the_last_known_day_is_known_and_the_next_is_not(calendar: Calendar) -> None:
    around = [calendar.known_to, calendar.known_to + STEP, calendar.known_from - STEP, None]
    assert calendar.is_known(around).tolist() == [True, False, False, False]


@pytest.mark.parametrize("day", [None, "1999-12-31", "2099-01-01"])
def test_a_day_outside_the_calendar_gives_no_answer(day: str | None, calendar: Calendar) -> None:
    assert np.isnat(calendar.rolled(day)).all()
    assert np.isnat(calendar.nth_working_day(day, 3)).all()
    assert calendar.working_days_between(day, "2024-01-02").tolist() == [-1]
    assert calendar.working_days_between("2024-01-02", day).tolist() == [-1]
    assert calendar.is_working(day).tolist() == [False]


def test_a_count_that_leaves_the_calendar_gives_no_answer(calendar: Calendar) -> None:
    before = calendar.nth_working_day("2026-12-30", 1)
    assert before.astype(str).tolist() == ["2026-12-31"]
    assert np.isnat(calendar.nth_working_day("2026-12-30", 2)).all()


def test_an_overlay_supplies_an_unknown_year_whole() -> None:
    added = overlay(2027, off=["2027-01-01", {"from": "2027-02-05", "to": "2027-02-11"}])
    calendar = Calendar.national([added])
    assert calendar.known_to == dt.date(2027, 12, 31)
    days = ["2027-01-01", "2027-01-02", "2027-01-04", "2027-02-08", "2027-02-12"]
    assert calendar.is_working(days).tolist() == [False, False, True, False, True]


def test_an_overlay_changes_a_known_year() -> None:
    local = overlay(2024, off=["2024-03-12"], working=["2024-03-16"])
    calendar = Calendar.national([local])
    assert calendar.is_working(["2024-03-12", "2024-03-16"]).tolist() == [False, True]
    assert Calendar.national().is_working(["2024-03-12", "2024-03-16"]).tolist() == [True, False]


def test_the_notice_of_a_year_may_change_the_december_before() -> None:
    added = overlay(2027, off=["2026-12-31"], working=["2026-12-26"])
    calendar = Calendar.national([added])
    assert calendar.is_working(["2026-12-31", "2026-12-26"]).tolist() == [False, True]


def test_a_later_overlay_has_the_last_word() -> None:
    first, second = overlay(2024, off=["2024-03-12"]), overlay(2024, working=["2024-03-12"])
    assert Calendar.national([first, second]).is_working("2024-03-12").tolist() == [True]


def test_years_before_the_known_ones_can_be_supplied() -> None:
    calendar = Calendar.national([overlay(2003, off=["2003-01-01"])])
    assert calendar.known_from == dt.date(2003, 1, 1)
    assert calendar.is_working(["2003-01-01", "2003-01-02", "2024-10-01"]).tolist() == [
        False,
        True,
        False,
    ]


def test_a_year_left_out_between_overlays_is_refused() -> None:
    with pytest.raises(LawError) as caught:
        Calendar.national([overlay(2028)])
    assert caught.value.code == "LAW_CALENDAR_GAP"
    assert "2027" in caught.value.what


def test_a_calendar_cannot_be_changed(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="read-only"):
        calendar.working[0] = True


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (3, "year: 2027\nnotice: 示例\nholidays: []\noff: []\nworking: []\n"),
        (2, 'year: 2027\noff: ["2027-13-01"]\nworking: []\nnotice: 示例\n'),
        (
            2,
            'year: 2027\noff: [{from: "2027-02-03", to: "2027-02-01"}]\nworking: []\nnotice: 例\n',
        ),
        (1, 'year: 2027\noff: ["2027-02-03"]\nworking: ["2027-02-03"]\nnotice: 示例\n'),
        (1, 'year: 2027\noff: ["2026-11-30"]\nworking: []\nnotice: 示例\n'),
        (1, 'year: 2027\noff: ["2028-01-01"]\nworking: []\nnotice: 示例\n'),
        (1, "year: 2027\noff: []\nworking: []\n"),
        (4, 'year: 2027\noff: []\nworking: []\nnotice: ""\n'),
    ],
)
def test_a_wrong_overlay_file_is_refused_with_its_line(
    line: int, text: str, tmp_path: Path
) -> None:
    (tmp_path / "2027.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_overlays(tmp_path)
    assert caught.value.code == "PARAMS_INVALID"
    assert [(one.file, one.cell) for one in caught.value.findings] == [("2027.yaml", f"第{line}行")]


def test_overlays_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for year in (2028, 2027):
        text = f"year: {year}\noff: []\nworking: []\nnotice: 示例\n"
        (tmp_path / f"{year}.yaml").write_text(text, encoding="utf-8")
    assert [one.year for one in load_overlays(tmp_path)] == [2027, 2028]
    assert load_overlays(tmp_path / "none") == ()
