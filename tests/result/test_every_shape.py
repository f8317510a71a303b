"""Every shape says itself: facts, place or ledger, the clause's own words, points; never a judgment."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.rubric.shapes import ShapeBox
from tests.result.test_laws import BY_HAND, GROUPS, RULES, ledger
from tests.support.small_rubric import item, rubric, rule, run, section

SENTENCE = re.compile(
    r"经核查，(?P<fact>.+)，对照《小细则》第1\.1项“第1\.1项条文”，扣(?P<points>[0-9.]+)分。"
)
PLACE = re.compile(r"（《[^》]+》[^“]+\.xlsx“[^”]+”第[0-9]+行）")
JUDGING = ("失职", "违法", "造假", "渎职")
HAND: dict[str, dict[str, Any]] = {
    "states": rule(
        {"entered": {"gives": "state"}}, {"states": {"amounts": {"有": "0", "无": "3"}}}
    ),
    "as_judged": rule({"judged": {"at_most": "5"}}, {"as_judged": {}}),
    "as_entered": rule({"entered": {"gives": "points"}}, {"as_entered": {"factor": "0.5"}}),
}
EVERYTHING = RULES | HAND
SOURCE = {"item": "1.1", "source": "甲办通报", "reason": "材料不全", "person": "乙"}
ENTRIES = {
    "states": {"entered": [{**SOURCE, "state": "无"}]},
    "as_judged": {"judged": [{**SOURCE, "points": "2"}]},
    "as_entered": {"entered": [{**SOURCE, "value": "4"}]},
}


def told(name: str) -> Assessment:
    """The first of three departments with bad records, the others with fewer."""
    given = rubric(section("1", item("1.1", "8", EVERYTHING[name])))
    if name in BY_HAND:
        rows = {
            kind: [{k: v for k, v in one.items() if k in KNOWN[kind]} for one in own]
            for kind, own in ENTRIES[name].items()
        }
        return run(given, rows)
    return run(given, ledger({"01": 6, "02": 1, "03": 1}, {"02": 5, "03": 5}), GROUPS)


KNOWN = {
    "entered": {"item", "source", "person", "state", "value"},
    "judged": {"item", "reason", "person", "points"},
}


def test_every_shape_is_here() -> None:
    assert {name.partition(" ")[0] for name in EVERYTHING} == set(ShapeBox.model_fields)


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_lost_point_is_said_in_one_sentence_that_quotes_the_clause(name: str) -> None:
    lost = told(name).of("losses", "01")
    assert len(lost) >= 1
    for row in lost.to_dict("records"):
        found = SENTENCE.fullmatch(row["sentence"])
        assert found, row["sentence"]
        assert Decimal(found["points"]) == row["points"]
        assert not any(word in found["fact"] for word in JUDGING)


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_line_has_its_record_s_place_or_names_what_was_counted(name: str) -> None:
    for row in told(name).of("losses", "01").to_dict("records"):
        has_record = isinstance(row["row_id"], str)
        assert bool(PLACE.search(row["sentence"])) == has_record
        assert has_record or "《事项登记簿》" in row["sentence"]


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_rule_itself_is_said_with_its_counts(name: str) -> None:
    (sentence,) = told(name).of("rules", "01")["sentence"]
    counts, _, text = sentence.partition("；")
    assert counts
    assert "扣" in text
    assert "None" not in sentence
    assert "Fraction" not in sentence
