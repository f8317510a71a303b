"""Named rates as figures: the same records under every counting rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.errors import RubricError, UsageError
from lawkpi.law import load_law
from lawkpi.ledger import Ledger, Reckoner, Schema
from lawkpi.ledger.schema import load_schemas
from lawkpi.ledger.table import empty_ledger
from lawkpi.measure import Facts, RateDesk
from lawkpi.measure.rates import figure, figures
from lawkpi.rubric.measures import NamedUse
from lawkpi.rubric.rates import load_rates
from tests.measure.given import cases, counted, ledger
from tests.support.tiny import PARAMS

LAW = load_law(PARAMS / "law")
RATES = load_rates(PARAMS / "rates")
SCHEMAS = load_schemas(PARAMS / "ledgers")
YEAR = ("2024-01-01", "2024-12-31")
PLAIN: dict[str, dict[str, Any]] = {
    "litigation": {
        "case_number": "一", "instance": "first", "responsible_department": "01",
        "served_on": "2024-03-11", "hearing_on": "2024-05-06", "hearing_held": "yes",
        "appeared_as": "head", "outcome": "dismissed", "decided_on": "2024-06-03",
        "effective": "yes", "effective_on": "2024-06-20",
    },
    "reconsideration": {
        "case_number": "一", "role": "authority", "responsible_department": "01",
        "accepted_on": "2024-03-01", "received_on": "2024-03-04", "reply_on": "2024-03-08",
        "evidence_on": "2024-03-08", "mandate_on": "2024-03-08", "outcome": "upheld",
        "decided_on": "2024-04-10",
    },
    "disclosure": {
        "number": "一", "department": "01", "received_on": "2024-03-11", "replied_on": "2024-03-20",
    },
    "training": {
        "session": "T1", "person": "P1", "department": "01", "held_on": "2024-04-10",
        "mode": "offline", "attendance": "present",
    },
    "enforcers": {
        "person": "P1", "department": "01", "status": "certified", "from": "2020-01-01",
    },
}  # fmt: skip


def made(name: str, rows: Sequence[Mapping[str, Any]], as_of: str = "2025-01-31") -> Ledger:
    """A ledger of plain rows with what differs; ? is an unreadable cell."""
    schema: Schema = SCHEMAS[name]
    if not rows:
        return reckoner(as_of).derived(empty_ledger(schema))
    whole = [PLAIN[name] | dict(row) for row in rows]
    cells = {key: [row.get(key) for row in whole] for key in schema.columns}
    own = ledger(
        schema, {**cells, "number": cells.get("number", [str(n) for n in range(len(rows))])}
    )
    frame = own.frame.drop(columns=list(schema.derived))
    return reckoner(as_of).derived(Ledger(schema, frame, own.unknown))


def reckoner(as_of: str) -> Reckoner:
    return Reckoner(LAW.limits, LAW.calendar, dt.date.fromisoformat(as_of), LAW.definitions)


def facts_of(name: str, rows: Sequence[Mapping[str, Any]], period: Sequence[str] = YEAR) -> Facts:
    start, end = map(dt.date.fromisoformat, period)
    names = {"period_start": start, "period_end": end, "as_of": dt.date(2025, 1, 31)}
    return Facts({name: made(name, rows)}, names)


@pytest.mark.parametrize("case", cases("counting_rules"))
def test_a_counting_rule_gives_its_figure(case: dict[str, Any]) -> None:
    told, expect = case["given"], case["expect"]
    rate = RATES.named(told["rate"])
    facts = facts_of(rate.ledger, told["rows"], told.get("period", YEAR))
    found = figure(rate, told["choose"], facts)
    assert (found.done, found.due, found.unsettled) == (
        expect["done"],
        expect["due"],
        expect.get("unsettled", 0),
    )


@pytest.mark.parametrize("case", cases("counting_rules"))
def test_a_rubric_s_rule_counts_the_same_rows_for_a_department(case: dict[str, Any]) -> None:
    told = case["given"]
    rate = RATES.named(told["rate"])
    if rate.apart:
        with pytest.raises(ValueError, match="不能计分"):
            rate.measure(use_of(told))
        return
    facts = facts_of(rate.ledger, told["rows"], told.get("period", YEAR))
    written = rate.measure(use_of(told)).model_dump(mode="json", by_alias=True, exclude_none=True)
    scored = counted({"rate": written}, facts)
    alone = figure(rate, told["choose"], facts, department="01")
    assert (scored.done[0], scored.due[0]) == (alone.done, alone.due)
    assert bool(scored.pending[0]) == (alone.unsettled > 0)


def use_of(told: Mapping[str, Any]) -> NamedUse:
    return NamedUse(rate=told["rate"], counting_rule=told["choose"], empty="not_applicable")


CASES = [
    {}, {"appeared_as": "staff"}, {"excused": "yes", "appeared_as": "lawyer"},
    {"hearing_held": "no", "hearing_on": None, "appeared_as": None}, {"outcome": "annulled"},
    {"outcome": "withdrawn"}, {"outcome": "pending", "decided_on": None, "effective": "no"},
    {"served_on": "2023-12-20"}, {"appeared_as": None},
]  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(
    picked=st.lists(st.sampled_from(CASES), min_size=1, max_size=8),
    name=st.sampled_from(["court_appearance_rate", "lost_case_rate"]),
)
def test_what_is_done_lies_within_what_is_due_under_every_rule(
    picked: list[dict[str, Any]], name: str
) -> None:
    rows = [{**row, "case_number": f"C{number}"} for number, row in enumerate(picked)]
    for one in figures(RATES.named(name), facts_of("litigation", rows)):
        assert 0 <= one.done <= one.due <= len(rows)


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(len(CASES))))
def test_the_order_of_rows_changes_no_figure(order: list[int]) -> None:
    rows = [{**CASES[number], "case_number": f"C{number}"} for number in order]
    plain = [{**CASES[number], "case_number": f"C{number}"} for number in range(len(CASES))]
    rate = RATES.named("court_appearance_rate")
    found = [list(figures(rate, facts_of("litigation", each))) for each in (rows, plain)]
    assert found[0] == found[1]


def desk() -> RateDesk:
    rows = [{"case_number": f"C{number}"} for number in range(18)]
    rows += [{"case_number": f"S{number}", "appeared_as": "staff"} for number in range(2)]
    rows += [{"case_number": "E", "appeared_as": "staff", "excused": "yes"}]
    return RateDesk(RATES, facts_of("litigation", rows))


def test_a_figure_is_printed_with_its_counts_and_its_counting_rule() -> None:
    found = desk().figure(
        "court_appearance_rate",
        base="open_hearings", excused="leave_out", officials="dated", carried_in="include",
    )  # fmt: skip
    assert found.printed(1) == "90.0%"
    assert found.text.startswith(
        "行政机关负责人出庭应诉率90.00%（18/20）；口径：基数：考核周期内已开庭"
    )


def test_every_counting_rule_of_a_rate_is_one_row_of_a_table() -> None:
    table = desk().table("court_appearance_rate")
    assert len(table) == 24
    assert list(table.columns[:4]) == ["比率", "已计", "应计", "待核"]
    assert set(table["经法院准许不出庭"]) == {
        "不计入应计", "计入应计，按未出庭计", "计入应计，视同出庭",
    }  # fmt: skip


def test_a_printed_rate_is_reproduced_only_by_the_counting_rule_that_was_meant() -> None:
    search = desk().which_rule("court_appearance_rate", "85.7%")
    assert {one.chosen["excused"] for one in search.matches} == {"miss"}
    assert "可以复算" in search.text
    assert "不能区分" in search.text


def test_a_printed_rate_that_no_rule_gives_is_said_with_all_that_were_tried() -> None:
    search = desk().which_rule("court_appearance_rate", "97.3%")
    assert search.matches == ()
    assert "以下24种口径都得不出" in search.text
    assert search.text.count("行政机关负责人出庭应诉率") == 24


def test_a_figure_without_a_base_is_neither_0_nor_100() -> None:
    empty = RateDesk(RATES, facts_of("litigation", []))
    assert set(empty.table("lost_case_rate")["比率"]) == {"无基数"}
    assert empty.which_rule("lost_case_rate", "0").matches == ()


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"carried_in": "include"}, "RUBRIC_COUNTING_RULE"),
        ({"carried_in": "maybe", "role": "authority"}, "RUBRIC_COUNTING_RULE"),
        ({"carried_in": "include", "role": "authority", "base": "new"}, "RUBRIC_COUNTING_RULE"),
    ],
)
def test_a_counting_rule_that_is_not_the_rate_s_is_refused(
    choices: dict[str, str], code: str
) -> None:
    with pytest.raises(RubricError) as caught:
        desk().figure("closing_rate", **choices)
    assert caught.value.code == code


def test_an_unknown_rate_and_an_unreadable_print_are_refused() -> None:
    with pytest.raises(RubricError) as unknown:
        desk().table("no_such_rate")
    assert unknown.value.code == "RUBRIC_RATE_UNKNOWN"
    with pytest.raises(UsageError) as unread:
        desk().which_rule("court_appearance_rate", "九成")
    assert unread.value.code == "USAGE_RATE_UNREADABLE"


def test_a_rate_over_a_ledger_that_the_assessment_lacks_is_refused() -> None:
    with pytest.raises(RubricError) as caught:
        desk().table("correction_rate")
    assert caught.value.code == "RUBRIC_LEDGER_UNKNOWN"
