"""Extensions, pauses, postmarks and dated roles in a ledger; FOI-REPLY is 20 working days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from lawkpi.errors import LawError
from lawkpi.law import Calendar, load_law
from lawkpi.law.answers import LastDays
from lawkpi.ledger import Ledger, Reckoner, Schema
from lawkpi.ledger.derived_columns import CompareColumn
from tests.ledger.given import events, read, workbook
from tests.support.tiny import PARAMS

LAW = load_law(PARAMS / "law")
FULL = {
    "extended": "extended",
    "approved": "approved",
    "notified_on": "notified_on",
    "pauses": [{"after": "asked_on", "until": "heard_on"}],
}


def requests(**due: Any) -> Schema:
    """A ledger of requests whose last day has the given terms."""
    columns: dict[str, Any] = {
        "number": {"title": "编号", "type": "text", "required": True},
        "department": {"title": "单位", "type": "department", "required": True},
        "kind": {"title": "种类", "type": "choice", "choices": {"own": "本级", "other": "转办"}},
        "received_on": {"title": "收到日", "type": "date"},
        "extended": {"title": "是否延长", "type": "yes_no"},
        "units": {"title": "延长日数", "type": "integer"},
        "approved": {"title": "是否批准", "type": "yes_no"},
        "notified_on": {"title": "延长告知日", "type": "date"},
        "asked_on": {"title": "征求意见日", "type": "date"},
        "heard_on": {"title": "收到意见日", "type": "date"},
        "posted_on": {"title": "交邮日", "type": "date"},
        "done_on": {"title": "答复日", "type": "date"},
        "seen": {"title": "出庭人员", "type": "choice",
                 "choices": {"head": "正职", "deputy_level": "副职级别", "staff": "工作人员"}},
        "called": {"title": "再次通知", "type": "yes_no"},
        "seen_again": {"title": "再次出庭", "type": "choice",
                       "choices": {"head": "正职", "staff": "工作人员"}},
        "corrected_on": {"title": "补正日", "type": "date"},
        "withdrawn_on": {"title": "撤回日", "type": "date"},
    }  # fmt: skip
    derived: dict[str, Any] = {
        "due_on": {"title": "届满日", "limit": "FOI-REPLY", "start": "received_on", **due},
        "state": {"title": "状态", "compare": "done_on", "to": "due_on", "posted": "posted_on"},
        "standing": {"title": "身份", "definition": "responsible_official", "role": "seen",
                     "on": "received_on"},
        "standing_twice": {"title": "两次身份", "definition": "responsible_official",
                           "role": "seen", "on": "received_on",
                           "again": {"asked": "called", "role": "seen_again", "on": "heard_on"}},
        "counted_from": {"title": "起算日", "first_of": ["corrected_on", "received_on"]},
        "open_state": {"title": "可撤回状态", "compare": "done_on", "to": "due_on",
                       "ended": "withdrawn_on"},
    }  # fmt: skip
    return Schema.model_validate(
        {
            "id": "requests",
            "title": "申请台账",
            "kind": "event",
            "source": "court",
            "key": ["number"],
            "label": "{number}",
            "charged": {"by": "department", "share": "each_full"},
            "columns": columns,
            "derived": derived,
        }
    )


def reckoner(as_of: str = "2025-12-31") -> Reckoner:
    day = dt.date.fromisoformat(as_of)
    return Reckoner(LAW.limits, Calendar.national(), day, LAW.definitions)


def of_one(folder: Path, schema: Schema, **cells: Any) -> tuple[Ledger, pd.Series[Any]]:
    """One row with derived columns; a date as text, 是 and 否 as people write them."""
    heads = [column.title for column in schema.columns.values()]
    given = {"number": "1", "department": "城管局", "received_on": "2024-09-10", **cells}
    line = [given.get(name) for name in schema.columns]
    path = workbook(folder / "申请.xlsx", {"申请": [heads, line]})
    ledger = reckoner().derived(read(path, schema=schema)[0])
    return ledger, ledger.frame.iloc[0]


def told(ledger: Ledger) -> str:
    return reckoner().reckoning(ledger, 0, "due_on")


def test_a_granted_extension_runs_as_one_with_the_limit(tmp_path: Path) -> None:
    _, row = of_one(
        tmp_path, requests(**FULL), extended="是", approved="是", notified_on="2024-10-14"
    )
    assert row["due_on"] == pd.Timestamp("2024-11-11")


def test_an_extension_by_fewer_days_adds_just_those(tmp_path: Path) -> None:
    schema = requests(extended="units", approved="approved", notified_on="notified_on")
    _, row = of_one(tmp_path, schema, units=5, approved="是", notified_on="2024-10-10")
    assert row["due_on"] == pd.Timestamp("2024-10-21")


def test_an_extension_that_was_not_approved_does_not_count_and_says_so(tmp_path: Path) -> None:
    ledger, row = of_one(
        tmp_path, requests(**FULL), extended="是", approved="否", notified_on="2024-10-10"
    )
    assert row["due_on"] == pd.Timestamp("2024-10-14")
    assert told(ledger).endswith("届满日2024年10月14日；延长未经批准，不予计算")


def test_an_extension_notified_too_late_does_not_count(tmp_path: Path) -> None:
    ledger, row = of_one(
        tmp_path, requests(**FULL), extended="是", approved="是", notified_on="2024-10-15"
    )
    assert row["due_on"] == pd.Timestamp("2024-10-14")
    assert "延长未在原期限内告知，不予计算" in told(ledger)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"extended": "是", "notified_on": "2024-10-10"}, "延长是否经批准不明"),
        ({"extended": "是", "approved": "是"}, "延长告知日不明"),
    ],
)
def test_an_extension_without_proof_leaves_the_last_day_open(
    tmp_path: Path, cells: dict[str, Any], reason: str
) -> None:
    ledger, row = of_one(tmp_path, requests(**FULL), **cells, done_on="2024-10-20")
    assert pd.isna(row["due_on"])
    assert row["state"] == "undetermined"
    assert ledger.unknown_in("state").tolist() == [True]
    assert told(ledger).endswith(f"；另有延长，{reason}，届满日待定")


def test_a_negative_extension_is_refused_not_taken_for_the_full_one(tmp_path: Path) -> None:
    _, row = of_one(tmp_path, requests(extended="units"), units=-1)
    assert pd.isna(row["due_on"])


def test_a_pause_between_two_columns_is_not_counted(tmp_path: Path) -> None:
    ledger, row = of_one(tmp_path, requests(**FULL), asked_on="2024-09-13", heard_on="2024-09-25")
    assert row["due_on"] == pd.Timestamp("2024-10-23")
    assert "扣除2024年9月14日至2024年9月25日" in told(ledger)


def test_rows_without_extension_or_pause_have_the_plain_last_day(tmp_path: Path) -> None:
    ledger, row = of_one(tmp_path, requests(**FULL))
    assert row["due_on"] == pd.Timestamp("2024-10-14")
    assert "延长" not in told(ledger)


def test_a_limit_is_only_for_the_rows_it_names(tmp_path: Path) -> None:
    schema = requests(when={"kind": "own"}, **FULL)
    ledger, row = of_one(tmp_path, schema, kind="转办", extended="是", done_on="2025-03-03")
    assert pd.isna(row["due_on"])
    assert row["state"] == "no_limit"
    assert told(ledger) == ""


@pytest.mark.parametrize(
    ("posted", "done", "state"),
    [
        ("2024-10-14", "2024-10-17", "in_time"),
        ("2024-10-15", "2024-10-17", "late"),
        ("2024-10-14", None, "in_time"),
        (None, "2024-10-17", "late"),
        ("2024-10-14", "2024-10-10", "undetermined"),
    ],
)
def test_a_posted_answer_counts_by_its_postmark(
    tmp_path: Path, posted: str | None, done: str | None, state: str
) -> None:
    _, row = of_one(tmp_path, requests(), posted_on=posted, done_on=done)
    assert row["state"] == state


@pytest.mark.parametrize(
    ("seen", "held", "standing", "is_open"),
    [
        ("正职", "2020-06-30", "counted", False),
        ("副职级别", "2020-06-30", "review", True),
        ("副职级别", "2020-07-01", "counted", False),
        ("工作人员", "2020-07-01", "not_counted", False),
        (None, "2020-07-01", "undetermined", True),
        ("正职", None, "undetermined", True),
    ],
)
def test_who_came_counts_by_the_text_of_the_day_and_open_cases_wait_for_a_person(
    tmp_path: Path, seen: str | None, held: str | None, standing: str, *, is_open: bool
) -> None:
    ledger, row = of_one(tmp_path, requests(), seen=seen, received_on=held)
    assert row["standing"] == standing
    assert ledger.unknown_in("standing").tolist() == [is_open]


def test_a_definition_nobody_wrote_down_is_refused(tmp_path: Path) -> None:
    ledger, _ = of_one(tmp_path, requests(), seen="正职")
    bare = Reckoner(LAW.limits, Calendar.national(), dt.date(2025, 12, 31))
    with pytest.raises(LawError) as caught:
        bare.derived(ledger)
    assert caught.value.code == "LAW_DEFINITION_UNKNOWN"


@pytest.mark.parametrize("due", [{"approved": "approved"}, {"notified_on": "notified_on"}])
def test_an_approval_without_an_extension_is_refused(due: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="extended"):
        requests(**due)


@pytest.mark.parametrize(
    "due", [{"extended": "longer"}, {"pauses": [{"after": "asked_on", "until": "gone"}]}]
)
def test_a_term_that_names_no_column_is_refused(due: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="未声明"):
        requests(**due)


@pytest.mark.parametrize(
    ("cells", "standing"),
    [
        ({"seen": "正职"}, "counted"),
        ({"seen": "正职", "called": "否", "seen_again": "工作人员"}, "counted"),
        ({"seen": "正职", "called": "是", "seen_again": "工作人员"}, "not_counted"),
        ({"seen": "正职", "called": "是", "seen_again": "正职"}, "counted"),
        ({"seen": "正职", "called": "是"}, "undetermined"),
        ({"seen": "工作人员", "called": "是", "seen_again": "正职"}, "not_counted"),
    ],
)
def test_where_the_court_called_again_both_appearances_have_to_count(
    tmp_path: Path, cells: dict[str, str], standing: str
) -> None:
    _, row = of_one(tmp_path, requests(), heard_on="2024-10-09", **cells)
    assert row["standing_twice"] == standing


@pytest.mark.parametrize(
    ("corrected", "start", "is_open"),
    [(None, "2024-09-10", False), ("2024-09-20", "2024-09-20", False), ("九月", None, True)],
)
def test_the_first_date_that_is_filled_in_counts_and_an_unreadable_one_is_not_passed_over(
    tmp_path: Path, corrected: str | None, start: str | None, *, is_open: bool
) -> None:
    ledger, row = of_one(tmp_path, requests(), corrected_on=corrected)
    assert ledger.unknown_in("counted_from").tolist() == [is_open]
    assert is_open or row["counted_from"] == pd.Timestamp(str(start))


@pytest.mark.parametrize(
    ("withdrawn", "done", "state"),
    [
        ("2024-10-10", None, "no_limit"),
        ("2024-10-20", None, "overdue"),
        ("2024-10-10", "2024-10-17", "late"),
        (None, None, "overdue"),
    ],
)
def test_what_ended_by_itself_within_its_limit_is_not_overdue(
    tmp_path: Path, withdrawn: str | None, done: str | None, state: str
) -> None:
    _, row = of_one(tmp_path, requests(), withdrawn_on=withdrawn, done_on=done)
    assert row["open_state"] == state


def test_a_duty_owed_by_a_column_that_is_not_there_is_refused() -> None:
    raw = requests().model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    raw["derived"]["state"]["owed_by"] = "reviewer"
    with pytest.raises(ValueError, match="reviewer"):
        Schema.model_validate(raw)


def later_told(folder: Path, start: str | None, **time: int) -> tuple[str, LastDays]:
    """How one later day was reckoned, and what a state over it is measured by."""
    columns = {
        "last_on": {"title": "应报日期", "later_than": "start_on", **time},
        "state": {"title": "状态", "compare": "end_on", "to": "last_on"},
    }
    ledger = events(folder, columns, {"start_on": start})
    state = ledger.schema.derived["state"]
    assert isinstance(state, CompareColumn)
    return reckoner().reckoning(ledger, 0, "state"), reckoner().clock.compared_to(ledger, state)


@pytest.mark.parametrize(
    ("start", "time", "told"),
    [
        (
            "2021-07-15",
            {"years": 1, "months": 3},
            "公布日期为2021年7月15日，次日起算1年3个月，应报日期为2022年10月15日",
        ),
        (
            "2022-03-01",
            {"days": 30},
            "公布日期为2022年3月1日，次日起算30日，应报日期为2022年3月31日",
        ),
        (
            "2062-03-01",
            {"working_days": 5},
            "公布日期为2062年3月1日，次日起算5个工作日，应报日期待定：日历未载2062年",
        ),
        (None, {"days": 30}, ""),
        ("三月", {"days": 30}, ""),
    ],
)
def test_a_later_day_says_how_it_was_reckoned(
    tmp_path: Path, start: str | None, time: dict[str, int], told: str
) -> None:
    assert later_told(tmp_path, start, **time)[0] == told


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("2022-03-01", ""),
        (None, "无期限规定"),
        ("三月", "起算日不明"),
        ("2062-03-01", "日历未载2062年"),
    ],
)
def test_a_later_day_that_is_not_known_says_why_like_one_of_the_law(
    tmp_path: Path, start: str | None, reason: str
) -> None:
    assert later_told(tmp_path, start, working_days=5)[1].reason.tolist() == [reason]


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ({"days": 7}, "超出规定期限6日（自然日）"),
        ({"working_days": 5}, "超出规定期限4日（工作日）"),
    ],
)
def test_lateness_behind_a_later_day_is_told_in_its_own_unit(
    tmp_path: Path, time: dict[str, int], told: str
) -> None:
    """Tuesday 1 March 2022 + 7 days, or + 5 working days, is Tuesday 8; done on Monday 14."""
    columns = {
        "last_on": {"title": "应报日期", "later_than": "start_on", **time},
        "state": {"title": "状态", "compare": "end_on", "to": "last_on"},
    }
    ledger = events(tmp_path, columns, {"start_on": "2022-03-01", "end_on": "2022-03-14"})
    state = ledger.schema.derived["state"]
    assert isinstance(state, CompareColumn)
    until = ledger.frame["end_on"].to_numpy()
    assert reckoner().clock.lateness(ledger, state, until).tolist() == [told]


OTHER = {"instead": {"column": "kind", "code": "other", "limit": "RECO-REPLY-S"}}
PROCEDURES = [
    ("2024-03-01", "转办", "2024-03-08", "5个工作日"),
    ("2024-03-01", "本级", "2024-03-15", "10个工作日"),
    ("2024-03-01", None, "2024-03-15", "10个工作日"),
    ("2023-12-31", "转办", "2024-01-10", "10日"),
]


@pytest.mark.parametrize(("start", "kind", "last", "length"), PROCEDURES)
def test_a_simplified_procedure_has_its_own_limit_from_the_day_it_is_in_force(
    start: str, kind: str | None, last: str, length: str, tmp_path: Path
) -> None:
    """行政复议法 art. 48 and 54: 10 working days, 5 in the simplified procedure; none before 2024."""
    schema = requests(limit="RECO-REPLY", **OTHER)
    ledger, row = of_one(tmp_path, schema, received_on=start, kind=kind)
    assert row["due_on"] == pd.Timestamp(last)
    assert f"次日起算{length}" in told(ledger)


def test_lateness_is_told_in_the_unit_of_the_limit_that_the_row_has(tmp_path: Path) -> None:
    """Tuesday 12 March 2024 is two working days behind Friday 8 March."""
    schema = requests(limit="RECO-REPLY", **OTHER)
    ledger, _ = of_one(tmp_path, schema, received_on="2024-03-01", kind="转办")
    state = schema.derived["state"]
    assert isinstance(state, CompareColumn)
    late = reckoner().clock.lateness(ledger, state, [dt.date(2024, 3, 12)])
    assert late.tolist() == ["超出规定期限2日（工作日）"]


@pytest.mark.parametrize(
    "instead",
    [
        {"column": "kind", "code": "no_such", "limit": "RECO-REPLY-S"},
        {"column": "no_such", "code": "other", "limit": "RECO-REPLY-S"},
        {"column": "kind", "code": "other"},
    ],
    ids=["code", "column", "limit"],
)
def test_another_limit_for_a_word_that_nobody_can_write_is_refused(instead: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"no_such|limit"):
        requests(limit="RECO-REPLY", instead=instead)


def test_a_row_whose_procedure_cannot_be_read_has_no_last_day_to_rely_on(tmp_path: Path) -> None:
    schema = requests(limit="RECO-REPLY", **OTHER)
    ledger, _ = of_one(tmp_path, schema, received_on="2024-03-01", kind="不知道")
    assert ledger.unknown_in("due_on").tolist() == [True]
    assert ledger.unknown_in("state").tolist() == [True]
