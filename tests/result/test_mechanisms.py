"""What a whole rubric can say: awards, floors, shared caps, classes, weights, vetoes, exemptions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lawkpi.result import Assessment
from tests.support.rubric_cases import outcome
from tests.support.small_rubric import COUNT, ONE_POINT, events, item, rubric, rule, run, section

AWARD: dict[str, Any] = {"award": {}}
TWO = {"01": "x", "02": "y"}


def total(assessment: Assessment, code: str = "01") -> Decimal:
    return Decimal(assessment.total(code)["total"]).normalize()


def lost(assessment: Assessment) -> dict[str, Decimal]:
    sums = assessment.losses.groupby("rule")["points"].sum()
    return {str(name): Decimal(points).normalize() for name, points in sums.items()}


def kind(word: str) -> dict[str, Any]:
    return {"count": {**COUNT["count"], "where": {"kind": {"is": word}}}}


def test_an_item_of_awards_starts_at_nothing() -> None:
    given = rubric(section("1", item("1.1", "10", rule(effect=AWARD))))
    assert outcome(run(given), "1.1") == "0"
    assert outcome(run(given, {"events": events("甲", 3)}), "1.1") == "3"
    assert outcome(run(given, {"events": events("甲", 12)}), "1.1") == "10"


def test_what_was_not_awarded_is_lost_and_said_so() -> None:
    given = rubric(section("1", item("1.1", "10", rule(effect={"award": {"cap": "10"}}))))
    one = run(given, {"events": events("甲", 3)})
    assert lost(one) == {"a": Decimal(7)}
    assert one.losses["sentence"][0].endswith("少得7分。")


def test_awards_and_deductions_of_one_item_meet() -> None:
    rules = rule(effect={"award": {"cap": "8"}}), rule(kind("乙"))
    given = rubric(section("1", item("1.1", "10", *rules, starts_at="2")))
    both = run(given, {"events": [*events("甲", 5), *events("乙", 3)]})
    assert outcome(both, "1.1") == "4"
    assert lost(both) == {"a": Decimal(3), "b": Decimal(3)}


def test_points_that_no_rule_can_give_stand_with_the_last_rule() -> None:
    given = rubric(section("1", item("1.1", "10", rule(effect={"award": {"cap": "6"}}))))
    best = run(given, {"events": events("甲", 6)})
    assert outcome(best, "1.1") == "6"
    assert lost(best) == {"a": Decimal(4)}


@pytest.mark.parametrize(("floor", "points"), [("0", "0"), ("1", "1"), ("none", "-3")])
def test_an_item_ends_where_its_floor_says(floor: str, points: str) -> None:
    given = rubric(section("1", item("1.1", "2", rule(), floor=floor)))
    assert outcome(run(given, {"events": events("甲", 5)}), "1.1") == points


def test_a_total_may_fall_below_nothing_only_where_it_is_said() -> None:
    parts = (
        section("1", item("1.1", "2", rule(kind("乙")))),
        section("M", item("M.1", None, rule(effect={"malus": {}})), kind="malus"),
    )
    rows = {"events": events("甲", 5)}
    assert total(run(rubric(*parts), rows)) == 0
    free = rubric(*parts, floors={"item": "0", "total": "none"})
    assert total(run(free, rows)) == -3


def test_rules_that_share_a_cap_take_no_more_together() -> None:
    rules = rule(), rule(kind("乙"), {"each": {"points": "2"}}), rule(kind("丙"))
    shared = [{"rules": ["a", "b"], "cap": "3"}]
    given = rubric(section("1", item("1.1", "10", *rules, caps=shared)))
    many = run(given, {"events": [*events("甲", 2), *events("乙", 2), *events("丙", 1)]})
    assert lost(many) == {"a": Decimal(2), "b": Decimal(1), "c": Decimal(1)}


def test_an_item_outside_the_base_has_a_cap_of_its_own() -> None:
    outside = section(
        "B", item("B.1", None, rule(effect={"bonus": {}}), cap="2"), kind="bonus", cap="9"
    )
    given = rubric(section("1", item("1.1", "10", rule(kind("乙")))), outside)
    assert total(run(given, {"events": events("甲", 5)})) == 12


def test_a_rubric_without_a_base_counts_down_from_full() -> None:
    given = rubric(section("M", item("M.1", None, rule(effect={"malus": {}})), kind="malus"))
    assert total(run(given, {"events": events("甲", 4)})) == 96


def test_a_group_has_full_points_of_its_own() -> None:
    own = item("1.1", "6", rule(), full_points_for={"y": "2"})
    given = rubric(
        section("1", own, item("1.2", "4", rule(kind("乙")), full_points_for={"y": "8"}))
    )
    rows = {"events": [*events("甲", 3), *events("甲", 3, "02")]}
    both = run(given, rows, TWO)
    assert (outcome(both, "1.1"), outcome(both, "1.1", "02")) == ("3", "0")
    assert (outcome(both, "1.2"), outcome(both, "1.2", "02")) == ("4", "8")


def test_an_item_worth_nothing_for_a_group_is_not_for_it() -> None:
    own = item("1.1", "6", rule(), full_points_for={"y": "0"})
    given = rubric(
        section("1", own, item("1.2", "4", rule(kind("乙")), full_points_for={"y": "10"}))
    )
    both = run(given, {"events": events("甲", 1, "02")}, TWO)
    assert outcome(both, "1.1", "02") == "not_applicable"
    assert (total(both), total(both, "02")) == (10, 10)


def test_a_classes_deductions_count_double_before_the_cap() -> None:
    capped = rule(effect={"deduct": {"cap": "5"}})
    given = rubric(section("1", item("1.1", "10", capped)), groups={"y": {"deductions_times": "2"}})
    rows = {"events": [*events("甲", 2), *events("甲", 2, "02")]}
    assert [outcome(run(given, rows, TWO), "1.1", code) for code in TWO] == ["8", "6"]
    three = {"events": events("甲", 3, "02")}
    assert outcome(run(given, three, TWO), "1.1", "02") == "5"


def test_weighted_sections_are_folded_and_rounded_once() -> None:
    given = rubric(
        section("1", item("1.1", "100", rule(shape={"each": {"points": "0.33"}})), weight="30%"),
        section("2", item("2.1", "100", rule(kind("乙"))), weight="70%"),
        full_points="100",
        not_applicable={"default": "leave_base"},
    )
    one = run(given, {"events": events("甲", 1)})
    assert total(one) == Decimal("99.9")  # 99.67 x 30 % = 29.901


def test_where_only_the_total_is_rounded_items_stay_exact() -> None:
    third = rule(
        {"rate": {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}},
        {"proportional": {"points": "1", "of": "missing"}},
    )
    given = section("1", item("1.1", "1", third), item("1.2", "1", third), item("1.3", "1", third))
    rows = {"events": [*events("甲", 2, mended="yes"), *events("乙", 1)]}
    at_total = {"at": "total", "places": 2, "mode": "half_up"}
    assert total(run(rubric(given, rounding=at_total), rows)) == 2
    assert total(run(rubric(given), rows)) == Decimal("2.01")


def test_a_veto_can_take_the_whole_total() -> None:
    veto = section("V", item("V.1", None, rule(effect={"veto": {"total_zero": True}})), kind="veto")
    given = rubric(section("1", item("1.1", "10", rule(kind("乙")))), veto)
    assert total(run(given)) == 10
    hit = run(given, {"events": events("甲", 1)})
    assert total(hit) == 0
    assert "总分计0分" in hit.adjustments["sentence"][0]


def test_a_section_used_up_can_cost_a_right() -> None:
    wanted = {"item_points": {"section": "1", "at_most": "4"}}
    veto = section(
        "V",
        item("V.1", None, rule(wanted, effect={"veto": {"cancels": "取消评先资格"}})),
        kind="veto",
    )
    given = rubric(section("1", item("1.1", "10", rule())), veto)
    assert outcome(run(given, {"events": events("甲", 5)}), "V.1") == "0"
    assert outcome(run(given, {"events": events("甲", 6)}), "V.1") == "veto"


def test_an_open_item_leaves_its_veto_open() -> None:
    judged = rule({"judged": {"at_most": "10"}}, {"as_judged": {}})
    wanted = {"item_points": {"item": "1.1", "at_most": "0"}}
    veto = section(
        "V", item("V.1", None, rule(wanted, effect={"veto": {"cancels": "取消"}})), kind="veto"
    )
    given = rubric(section("1", item("1.1", "10", judged)), veto)
    assert outcome(run(given), "V.1") == "pending"


def test_a_record_let_off_counts_nowhere_and_is_listed_with_its_decision() -> None:
    let_off = {
        "ledger": "事项登记簿",
        "record": "01甲0",
        "reason": "law_unclear",
        "decision": "纪要〔2024〕3号",
    }
    given = rubric(section("1", item("1.1", "10", rule(exempt=["law_unclear"]))))
    rows = {"events": events("甲", 2), "exemptions": [let_off]}
    one = run(given, rows)
    assert outcome(one, "1.1") == "9"
    (said,) = one.adjustments["sentence"]
    assert "法律规定不明确（纪要〔2024〕3号），免予计分。" in said


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": "force_majeure"}, "the rule does not accept the reason"),
        ({"decision": None}, "no decision is on record"),
        ({"item": "1.2"}, "it is for another item"),
    ],
)
def test_a_record_is_not_let_off_without_ground(more: dict[str, Any], why: str) -> None:
    let_off = {
        "ledger": "events",
        "record": "01甲0",
        "reason": "law_unclear",
        "decision": "纪要",
        **more,
    }
    given = rubric(section("1", item("1.1", "10", rule(exempt=["law_unclear"]))))
    one = run(given, {"events": events("甲", 2), "exemptions": [let_off]})
    assert outcome(one, "1.1") == "8", why


def test_an_items_own_treatment_goes_before_the_rubrics() -> None:
    rate = rule(
        {
            "rate": {
                "ledger": "places",
                "done": {"covered": {"is": "yes"}},
                "empty": "not_applicable",
            }
        }
    )
    gone = item("1.1", "4", rate, not_applicable={"to": "1.3"})
    given = rubric(
        section("1", gone, item("1.2", "3", rule(kind("乙"))), item("1.3", "3", rule(kind("丙"))))
    )
    scores = run(given).scores.set_index("item")["full_points"]
    assert [float(scores[name]) for name in ("1.1", "1.2", "1.3")] == [0, 3, 7]


def test_equal_totals_are_ranked_by_the_section_that_breaks_the_tie() -> None:
    parts = (
        section("1", item("1.1", "10", rule())),
        section("2", item("2.1", "10", rule(kind("乙")))),
    )
    rows = {"events": [*events("甲", 2, "01"), *events("乙", 2, "02")]}
    both = {"01": "x", "02": "x"}
    ties = {"on": "printed", "ties": "competition"}
    plain = run(rubric(*parts), rows, both)
    assert [plain.total(code)["rank"] for code in both] == [1, 1]
    broken = run(rubric(*parts, rank={**ties, "tie_breakers": ["2"]}), rows, both)
    assert [broken.total(code)["rank"] for code in both] == [1, 2]


def test_a_joint_record_is_charged_as_declared() -> None:
    shared = {"count": {**COUNT["count"], "charged_by": ["department", "other"], "share": "equal"}}
    rows = {"events": events("甲", 1, "01", other="02")}
    for share, points in (
        ("each_full", ["9", "9"]),
        ("lead_only", ["9", "10"]),
        ("equal", ["9.5", "9.5"]),
    ):
        measure = {"count": {**shared["count"], "share": share}}
        given = rubric(section("1", item("1.1", "10", rule(measure, ONE_POINT))))
        assert [outcome(run(given, rows, TWO), "1.1", code) for code in TWO] == points


def test_one_matter_is_counted_once_across_two_items_at_its_highest() -> None:
    same = {"by": "matter", "keep": "highest", "pool": "praise"}
    low = rule(effect={"bonus": {"same_matter": same}})
    high = rule(kind("乙"), {"each": {"points": "3"}}, {"bonus": {"same_matter": same}})
    outside = section("B", item("B.1", None, low), item("B.2", None, high), kind="bonus", cap="20")
    given = rubric(section("1", item("1.1", "10", rule(kind("丙")))), outside)
    rows = [
        *events("甲", 1, matter="m1"),
        *events("乙", 1, matter="m1"),
        *events("甲", 1, "01", matter="m2", number="z"),
    ]
    one = run(given, {"events": rows})
    assert total(one) == 14
    assert any("同一事项已按分值最高的一次计" in said for said in one.adjustments["sentence"])


def test_awards_that_share_a_cap_leave_the_blame_with_the_rule_that_was_missed() -> None:
    two = {"gate": {"at_least": "1", "then": "2"}}
    rules = rule(kind("甲"), two, AWARD), rule(kind("乙"), two, AWARD)
    third = rule(kind("丙"), {"gate": {"at_least": "1", "then": "1"}}, AWARD)
    shared = [{"rules": ["a", "b"], "cap": "2"}]
    given = rubric(section("1", item("1.1", "3", *rules, third, caps=shared)))
    both = run(given, {"events": [*events("甲", 1), *events("乙", 1)]})
    assert lost(both) == {"c": Decimal(1)}


@pytest.mark.parametrize(("several", "points"), [("worst", "1"), ("best", "2")])
def test_of_several_states_the_worst_counts_unless_the_best_is_asked_for(
    several: str, points: str
) -> None:
    measure = {"state": {"ledger": "posts", "column": "engagement", "several": several}}
    shape = {"states": {"amounts": {"full_time": "2", "part_time": "1"}}}
    given = rubric(section("1", item("1.1", "2", rule(measure, shape, AWARD))))
    staff = [
        {"person": "p1", "engagement": "full_time"},
        {"person": "p2", "engagement": "part_time"},
    ]
    assert outcome(run(given, {"posts": [{"post": "甲", **one} for one in staff]}), "1.1") == points


def test_a_line_of_entries_names_its_rule_where_an_item_has_several() -> None:
    judged = rule({"judged": {"at_most": "5"}}, {"as_judged": {}})
    given = rubric(section("1", item("1.1", "10", judged, judged)))
    line = {"item": "1.1", "department": "01", "points": "2", "reason": "甲", "person": "乙"}
    assert outcome(run(given, {"judged": [line]}), "1.1") == "pending"
    both = [{**line, "rule": "a"}, {**line, "rule": "b", "points": "1"}]
    assert outcome(run(given, {"judged": both}), "1.1") == "7"


def test_imported_points_beyond_their_limit_wait_for_a_person() -> None:
    imported = rule({"entered": {"gives": "points", "at_most": "70"}}, {"as_entered": {}}, AWARD)
    given = rubric(section("1", item("1.1", "70", imported)))
    for points, came_to in (("70", "70"), ("70.01", "pending")):
        line = {"item": "1.1", "department": "01", "value": points, "source": "甲"}
        assert outcome(run(given, {"entered": [line]}), "1.1") == came_to


POOL = {"by": "matter", "keep": "highest", "pool": "praise"}


def pooled(**high: Any) -> Any:
    """A rule of one point for everyone, and a dearer one over the same matters."""
    low = rule(effect={"bonus": {"same_matter": POOL}})
    dear = {"shape": {"each": {"points": "3"}}, **high}
    other = rule(kind("乙"), effect={"bonus": {"same_matter": POOL}}, **dear)
    outside = section("B", item("B.1", None, low), item("B.2", None, other), kind="bonus")
    return rubric(section("1", item("1.1", "10", rule(kind("丙")))), outside)


def test_a_matter_is_not_taken_by_a_rule_that_is_for_another_group() -> None:
    rows = {"events": [*events("甲", 1, matter="m1"), *events("乙", 1, matter="m1")]}
    given = pooled(applies_to={"groups": ["y"]})
    assert total(run(given, rows, {"01": "x", "02": "y"})) == 11


def test_a_matter_whose_price_is_not_known_leaves_every_rule_of_it_open() -> None:
    rows = {"events": [*events("甲", 1, matter="m1"), *events("乙", 1, matter="m1")]}
    one = run(pooled(shape={"each": {"by": {"column": "points", "factor": "1"}}}), rows)
    assert outcome(one, "B.1") == "pending"
    assert outcome(one, "B.2") == "pending"


def test_a_section_with_an_open_item_is_not_used_up() -> None:
    judged = rule({"judged": {"at_most": "10"}}, {"as_judged": {}})
    wanted = {"item_points": {"section": "1", "at_most": "4"}}
    veto = section(
        "V", item("V.1", None, rule(wanted, effect={"veto": {"cancels": "取消"}})), kind="veto"
    )
    given = rubric(section("1", item("1.1", "4", rule()), item("1.2", "6", judged)), veto)
    assert outcome(run(given), "V.1") == "pending"


def test_parts_of_the_year_share_no_matter_with_other_rules() -> None:
    parts = rule(
        effect={"deduct": {"same_matter": POOL}}, periods={"each": "month", "combine": "sum"}
    )
    with pytest.raises(ValueError, match="pool"):
        rubric(section("1", item("1.1", "10", parts)))
