"""A record's line says why it counts more, with whom it is shared, and why it costs nothing."""

from __future__ import annotations

from typing import Any

from tests.support.small_rubric import COUNT, events, item, rubric, rule, run, section

TWO = {"01": "x", "02": "x"}
DOUBLED = {"multipliers": [{"when": {"named_by_leader": {"is": "yes"}}, "times": "2"}]}


def sentences(given: Any, rows: dict[str, Any], code: str = "01") -> list[str]:
    return run(given, rows, TWO).of("losses", code)["sentence"].tolist()


def one(*rules: Any, full: str = "10") -> Any:
    return rubric(section("1", item("1.1", full, *rules)))


def test_a_doubled_record_says_so_and_a_plain_one_does_not() -> None:
    rows = [*events("甲", 1, named_by_leader="yes"), *events("甲", 1, number="z")]
    double, plain = sentences(one(rule(effect={"deduct": DOUBLED})), {"events": rows})
    assert ("（加倍）" in double, "（加倍）" in plain) == (True, False)


def test_a_joint_record_names_who_shares_it() -> None:
    rows = {"events": events("甲", 1, other="02")}
    for share, how in (("equal", "按比例分担"), ("each_full", "共同负责")):
        joint = {"count": {**COUNT["count"], "charged_by": ["department", "other"], "share": share}}
        (said,) = sentences(one(rule(joint)), rows)
        assert f"（与甲市第02局{how}）" in said


def test_a_record_beyond_a_cap_and_one_beyond_the_item_are_told_apart() -> None:
    capped = sentences(one(rule(effect={"deduct": {"cap": "1"}})), {"events": events("甲", 2)})
    assert "（已达上限）" in capped[1]
    used = sentences(one(rule(), full="1"), {"events": events("甲", 2)})
    assert "（本项分值已扣完）" in used[1]


def test_what_was_not_awarded_is_not_blamed_on_the_records_that_earned_points() -> None:
    share = {"proportional": {"points": "10", "of": "done", "target": "4"}}
    (said,) = sentences(one(rule(shape=share, effect={"award": {}})), {"events": events("甲", 1)})
    assert "涉及" not in said
    assert said.endswith("少得7.5分。")


def test_a_gate_on_too_many_names_them() -> None:
    gate = {"gate": {"at_most": "0", "else": "4"}}
    (said,) = sentences(one(rule(shape=gate)), {"events": events("甲", 2)})
    assert "涉及甲（01甲0）（第2行）、甲（01甲1）（第3行）" in said


def test_a_rule_without_records_has_no_line() -> None:
    assert sentences(one(rule()), {}) == []
