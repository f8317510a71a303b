"""What each record counts, as a whole number over one base: its price, its multipliers, its part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.desk import Extra
from lawkpi.workbook.marks import OPEN
from tests.support.small_rubric import COUNT, events, item, rubric, rule, run, section
from tests.workbook.planned import planned, stored
from tests.workbook.reading import differences

TWO = {"01": "all", "02": "all"}
MENDED = {"when": {"mended": {"is": "yes"}}, "times": "2"}
NAMED = {"when": {"named_by_leader": {"is": "yes"}}, "times": "1.5"}
BY_WORD = {"column": "severity", "points": {"重": "1.5", "轻": "0.25"}}
TIERS = [
    {"at_least": "0", "below": "2", "points": "0.5"},
    {"at_least": "2", "at_most": "4", "points": "1.25"},
]


def each(by: Any = None, points: str = "1", effect: Any = None, **measure: Any) -> dict[str, Any]:
    shape = {"by": by} if by else {"points": points}
    return rule({"count": {**COUNT["count"], **measure}}, {"each": shape}, effect)


def assessed(one: dict[str, Any], *rows: dict[str, Any]) -> Assessment:
    cells = [{**event, **row} for event, row in zip(events("甲", len(rows)), rows, strict=True)]
    return run(rubric(section("1", item("1.1", "100", one))), {"events": cells}, TWO)


def worth(one: dict[str, Any], *rows: dict[str, Any]) -> Extra:
    """The column of prices of these records."""
    sheet = planned(assessed(one, *rows)).desk.sheets["events"]
    (found,) = [extra for extra in sheet.extras if "折合分×" in extra.heading]
    return found


def base(extra: Extra) -> int:
    return int(extra.heading.rpartition("×")[2])


def test_a_word_has_its_price() -> None:
    prices = worth(each(BY_WORD), {"severity": "重"}, {"severity": "轻"})
    assert (base(prices), stored(prices)) == (4, [6, 1])


PRICELESS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a blank word": (BY_WORD, {}),
    "a word without a price": (BY_WORD, {"severity": "中"}),
    "a blank number": ({"column": "quantity", "tiers": TIERS}, {}),
    "a number in no tier": ({"column": "quantity", "tiers": TIERS}, {"quantity": 5}),
    "a number beyond its range": (
        {"column": "points", "factor": "1", "at_most": "3"},
        {"points": 3.01},
    ),
    "a number below its range": (
        {"column": "points", "factor": "1", "at_least": "0.5"},
        {"points": 0.49},
    ),
    "a number below nothing": ({"column": "points", "factor": "1"}, {"points": -0.01}),
}


@pytest.mark.parametrize("name", list(PRICELESS))
def test_a_record_without_a_price_is_open(name: str, tmp_path: Path) -> None:
    by, row = PRICELESS[name]
    prices = worth(each(by), row)
    assert stored(prices) == [OPEN]
    assert prices.formula is not None
    assert differences(write_department(assessed(each(by), row), "01", tmp_path / "w.xlsx")) == {}


@pytest.mark.parametrize("name", list(PRICELESS))
def test_an_open_price_leaves_the_item_open(name: str) -> None:
    by, row = PRICELESS[name]
    made = planned(assessed(each(by), row))
    assert made.at("1.1", "points") == OPEN
    assert made.at("1.1", "open") == 1


TIER_OF = [(0, 50), (1, 50), (2, 125), (4, 125)]


@pytest.mark.parametrize(("quantity", "hundredths"), TIER_OF)
def test_a_number_has_the_price_of_its_tier(quantity: int, hundredths: int) -> None:
    prices = worth(each({"column": "quantity", "tiers": TIERS}), {"quantity": quantity})
    assert stored(prices) == [hundredths * base(prices) // 100]


def test_a_number_is_its_own_price_times_the_factor() -> None:
    prices = worth(each({"column": "points", "factor": "0.3", "at_most": "3"}), {"points": 2.25})
    assert (base(prices), stored(prices)) == (1000, [675])


def test_several_multipliers_are_multiplied_where_so_declared() -> None:
    effect = {"deduct": {"multipliers": [MENDED, NAMED], "combine": "product"}}
    rows = [{}, {"mended": "yes"}, {"mended": "yes", "named_by_leader": "yes"}]
    prices = worth(each(effect=effect), *rows)
    assert [one / base(prices) for one in stored(prices)] == [1, 2, 3]


def test_the_largest_multiplier_alone_counts_where_so_declared() -> None:
    effect = {"deduct": {"multipliers": [MENDED, NAMED], "combine": "largest"}}
    rows = [{}, {"named_by_leader": "yes"}, {"mended": "yes", "named_by_leader": "yes"}]
    prices = worth(each(effect=effect), *rows)
    assert [one / base(prices) for one in stored(prices)] == [1, 1.5, 2]


def test_a_multiplier_that_halves_is_not_taken_for_none() -> None:
    """The largest of those that hold, not of them and 1."""
    halved = {"when": {"mended": {"is": "yes"}}, "times": "0.5"}
    quartered = {"when": {"named_by_leader": {"is": "yes"}}, "times": "0.25"}
    effect = {"deduct": {"multipliers": [halved, quartered], "combine": "largest"}}
    prices = worth(each(effect=effect), {"mended": "yes", "named_by_leader": "yes"})
    assert stored(prices)[0] / base(prices) == 0.5


def test_a_joint_record_counts_by_the_part_of_the_department() -> None:
    one = each(charged_by=["department", "other"], share="equal")
    made = planned(assessed(one, {"other": "02"}, {}))
    parts = made.column("events", "责任份额（/2）")
    assert (stored(parts), parts.formula) == ([1, 2], None)
    prices = made.column("events", "折合分×2")
    assert stored(prices) == [1, 2]
    assert prices.formula is not None


SAME = {"deduct": {"same_matter": {"by": "matter", "keep": "highest"}}}


def test_the_kept_record_of_a_matter_is_a_value_with_its_reason() -> None:
    rows = [{"severity": "轻", "matter": "一"}, {"severity": "重", "matter": "一"}]
    made = planned(assessed(each(BY_WORD, effect=SAME), *rows))
    prices = made.column("events", "折合分×4")
    assert (stored(prices), prices.formula) == ([0, 6], None)
    assert made.rule("1.1").why == "同一事项保留哪一条由系统确定"
    assert made.entry(made.calculated.lines["1.1"].last, "note").stored == (
        "值：同一事项保留哪一条由系统确定"
    )


def test_what_decides_between_records_of_a_matter_is_not_live() -> None:
    rows = [{"severity": "轻", "matter": "一"}, {"severity": "重", "matter": "一"}]
    desk = planned(assessed(each(BY_WORD, effect=SAME), *rows)).desk
    assert {"severity", "kind", "matter"} <= desk.dead_columns(desk.sheets["events"].ledger.schema)


def test_a_multiplier_that_no_formula_can_say_makes_prices_values() -> None:
    effect = {"deduct": {"multipliers": [{"when": {"reason": {"is": "长" * 256}}, "times": "2"}]}}
    made = planned(assessed(each(effect=effect), {"reason": "长" * 256}, {}))
    prices = made.column("events", "折合分×1")
    assert (stored(prices), prices.formula) == ([2, 1], None)
    assert made.rule("1.1").why == "条件不能用公式表达"


def test_a_record_that_does_not_count_has_no_price_and_needs_none() -> None:
    prices = worth(each(BY_WORD), {"kind": "乙"})
    assert stored(prices) == [0]


def test_records_worth_the_same_need_no_column() -> None:
    sheet = planned(assessed(each(), {}, {})).desk.sheets["events"]
    assert not any("折合分" in extra.heading for extra in sheet.extras)


def test_a_rate_prices_what_was_due_and_not_done() -> None:
    rate = {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}
    prices = worth(
        rule({"rate": rate}, {"each": {"by": BY_WORD}}),
        {"severity": "重", "mended": "yes"},
        {"severity": "重", "mended": "no"},
    )
    assert stored(prices) == [0, 6]


def test_prices_of_every_kind_recalculate(tmp_path: Path) -> None:
    effect = {"deduct": {"multipliers": [MENDED, NAMED], "combine": "product"}}
    by_number = {"column": "points", "factor": "0.3", "at_most": "3"}
    rules = [
        each(BY_WORD, effect=effect),
        each({"column": "quantity", "tiers": TIERS}),
        each(by_number, charged_by=["department", "other"], share="equal"),
    ]
    cells = {"severity": "重", "quantity": 2, "points": 2.25, "mended": "yes", "other": "02"}
    given = rubric(section("1", *(item(f"1.{n}", "10", one) for n, one in enumerate(rules, 1))))
    assessment = run(given, {"events": [*events("甲", 2, **cells), *events("乙", 1)]}, TWO)
    assert differences(write_department(assessment, "01", tmp_path / "w.xlsx")) == {}
