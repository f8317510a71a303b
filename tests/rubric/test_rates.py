"""Named rates: every switch is chosen openly, and what is chosen is what is counted and printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import ParamsError, RubricError
from lawkpi.ledger.schema import load_schemas
from lawkpi.measure.truth import column_type
from lawkpi.params import load_model
from lawkpi.rubric.measures import RATES, NamedUse
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import Predicate, compared_parts, parse_predicate, predicate_yaml
from lawkpi.rubric.rates import NamedRate, Rates, load_rates
from tests.support.tiny import PARAMS, RUBRIC

SHIPPED = load_rates(PARAMS / "rates")
SCHEMAS = load_schemas(PARAMS / "ledgers")
COURT = SHIPPED.named("court_appearance_rate")
CHOSEN = {
    "base": "open_hearings", "excused": "leave_out", "officials": "dated", "carried_in": "include",
}  # fmt: skip
OLD = """              rate:
                ledger: litigation
                unit: 件
                period_by: hearing_on
                due: {all: [{hearing_held: {is: "yes"}}, {excused: {not: "yes"}}]}
                done: {appeared_as: {in: [head, deputy, in_charge]}}
                empty: not_applicable
"""
NEW = """              named_rate:
                rate: court_appearance_rate
                counting_rule: {base: open_hearings, excused: leave_out, officials: dated, carried_in: include}
                empty: not_applicable
"""


def read(text: str, folder: Path, rates: Rates | None = SHIPPED) -> Rubric:
    path = folder / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    return load_model(path, Rubric, {RATES: rates} if rates else None)


def named(text: str = NEW) -> str:
    assert OLD in RUBRIC
    return RUBRIC.replace(OLD, text)


def refused(text: str, folder: Path, rates: Rates | None = SHIPPED) -> str:
    with pytest.raises(ParamsError) as caught:
        read(text, folder, rates)
    (finding,) = caught.value.findings
    assert finding.cell.startswith("第")
    return finding.what


def use(**parts: Any) -> NamedUse:
    given = {"rate": COURT.id, "counting_rule": CHOSEN, "empty": "not_applicable", **parts}
    return NamedUse.model_validate(given)


def test_the_named_rates_of_the_field_are_all_there() -> None:
    assert {rate.title for rate in SHIPPED.by_id.values()} >= {
        "行政机关负责人出庭应诉率", "行政诉讼败诉率", "行政复议纠错率", "行政复议按期答复率",
        "行政规范性文件备案率", "执法培训参训率", "行政复议结案率", "行政复议结收比", "依申请公开答复率",
    }  # fmt: skip


@pytest.mark.parametrize("rate", list(SHIPPED.by_id.values()), ids=list(SHIPPED.by_id))
def test_every_choice_of_a_shipped_rate_fits_its_ledger_and_can_be_written_down(
    rate: NamedRate,
) -> None:
    schema = SCHEMAS[rate.ledger]
    for choices in rate.every_choice():
        for side in rate.sides(choices):
            assert parse_predicate(predicate_yaml(side)) == side
            check_columns(side, rate.ledger)
        by = rate.period_column(choices)
        assert by in (None, "none") or column_type(schema, by) == "date"


def check_columns(side: Predicate, ledger: str) -> None:
    for part in compared_parts(side):
        labels = SCHEMAS[ledger].labels_of(part.column)
        column_type(SCHEMAS[ledger], part.column)
        words = part.operand if isinstance(part.operand, tuple) else (part.operand,)
        if part.word in ("is", "not", "in", "not_in") and labels:
            assert {str(word) for word in words} <= set(labels)


@pytest.mark.parametrize("rate", list(SHIPPED.by_id.values()), ids=list(SHIPPED.by_id))
def test_different_choices_are_told_in_different_words(rate: NamedRate) -> None:
    told = [tuple(rate.said(choices).values()) for choices in rate.every_choice()]
    assert len(set(told)) == len(told)


def test_a_rule_by_name_counts_and_says_what_was_chosen(tmp_path: Path) -> None:
    item = read(named(), tmp_path).item("2.2")
    assert item is not None
    rule = item.rules[0]
    assert rule.measure.kind == "rate"
    assert rule.measure.ledger == "litigation"
    assert rule.rate_title == "行政机关负责人出庭应诉率"
    assert item.counting_rules == {
        "基数": "考核周期内已开庭的案件（按案件与审级计）",
        "经法院准许不出庭": "不计入应计",
        "负责人范围": "按开庭日有效的司法解释认定",
        "上年结转案件": "计入",
    }


def test_a_rubric_by_name_written_out_needs_no_rates_to_be_read_again(tmp_path: Path) -> None:
    rubric = read(named(), tmp_path)
    written = rubric.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert Rubric.model_validate(written) == rubric


def test_part_of_the_year_is_printed_as_part_of_the_counting_rule(tmp_path: Path) -> None:
    window = '{from: "2024-05-01", to: "2024-12-31"}'
    text = named(NEW + f"                window: {window}\n")
    item = read(text, tmp_path).item("2.2")
    assert item is not None
    assert item.counting_rules["统计期间"] == "2024年5月1日至12月31日"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("court_appearance_rate", "court_rate", "没有名为 court_rate 的比率"),
        (", carried_in: include", "", "没有写明口径 carried_in（上年结转案件）"),
        ("excused: leave_out", "excused: ignore", "不能是 ignore"),
        ("base: open_hearings", "base: open_hearings, unit: case", "没有口径 unit"),
        ("court_appearance_rate", "clearance_rate", "只作统计，不能计分"),
    ],
)
def test_a_counting_rule_left_open_or_unknown_is_refused_with_its_line(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert said in refused(named(NEW.replace(old, new)), tmp_path)


def test_a_name_and_written_conditions_together_are_refused(tmp_path: Path) -> None:
    assert "只能写一种" in refused(named(NEW + OLD), tmp_path)


def test_a_named_rate_outside_an_assessment_folder_is_refused(tmp_path: Path) -> None:
    assert "考核文件夹" in refused(named(), tmp_path, None)


def test_a_counting_rule_is_not_said_twice_in_two_ways(tmp_path: Path) -> None:
    text = named().replace(
        "        clause: 出庭率低于95%",
        "        counting_rule: {基数: 审结案件}\n        clause: 出庭率低于95%",
    )
    assert "“基数”由所选比率的口径给出" in refused(text, tmp_path)


def test_two_rules_with_different_counting_rules_are_told_apart(tmp_path: Path) -> None:
    second = NEW.replace("excused: leave_out", "excused: miss")
    text = named().replace(
        "          - id: b\n            measure: {judged",
        f"          - id: c\n            measure:\n{second}"
        '            shape: {each: {points: "1"}}\n            effect: {deduct: {}}\n'
        "          - id: b\n            measure: {judged",
    )
    item = read(text, tmp_path).item("2.2")
    assert item is not None
    assert item.counting_rules["经法院准许不出庭"] == "不计入应计"
    assert item.counting_rules["经法院准许不出庭（规则c）"] == "计入应计，按未出庭计"


def test_what_was_asked_besides_the_counting_rule_is_kept() -> None:
    measure = COURT.measure(use(min_base=3, below_base="full", charged_by="defendant"))
    assert (measure.min_base, measure.below_base) == (3, "full")
    assert measure.charged_by == ("defendant",)
    assert measure.named is not None
    assert measure.named.chosen == CHOSEN


def test_an_unknown_rate_is_refused_with_those_that_exist() -> None:
    with pytest.raises(RubricError) as caught:
        SHIPPED.named("court_rate")
    assert caught.value.code == "RUBRIC_RATE_UNKNOWN"
    assert "court_appearance_rate" in caught.value.expected


GOOD = """\
id: sample_rate
title: 示例率
ledger: litigation
unit: 件
better: higher
basis: [{document: 示例}]
done: {effective: {is: "yes"}}
switches:
  base:
    title: 基数
    options:
      all: {title: 全部}
      first: {title: 一审, due: {instance: {is: first}}}
"""


def rate_file(text: str, folder: Path, name: str = "sample_rate") -> Rates:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_rates(folder)


def test_a_rate_file_is_read_and_no_folder_has_no_rates(tmp_path: Path) -> None:
    assert list(rate_file(GOOD, tmp_path).by_id) == ["sample_rate"]
    assert load_rates(tmp_path / "none").by_id == {}


def test_a_rate_in_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        rate_file(GOOD, tmp_path, "other")
    assert (caught.value.code, caught.value.where) == ("PARAMS_RATE_NAME", "other.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      first: {title: 一审, due: {instance: {is: first}}}\n", ""),
        ("better: higher", "better: more"),
        ("unit: 件", "unit: 件\napart: true"),
        ("unit: 件", "unit: 件\ndone_period_by: decided_on"),
        ("basis: [{document: 示例}]", "basis: []"),
        (
            'done: {effective: {is: "yes"}}',
            "done: {any: [{all: [{any: [{outcome: {is: annulled}}]}]}]}",
        ),
    ],
)
def test_a_rate_that_contradicts_itself_is_refused(old: str, new: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(ParamsError) as caught:
        rate_file(GOOD.replace(old, new), tmp_path)
    assert caught.value.code == "PARAMS_INVALID"
    assert len(caught.value.findings) == 1


def test_conditions_that_lie_too_deep_once_joined_are_refused_when_the_rate_is_read(
    tmp_path: Path,
) -> None:
    deep = GOOD.replace(
        'done: {effective: {is: "yes"}}',
        'done: {all: [{excused: {is: "no"}}, {any: [{outcome: {is: annulled}}]}]}',
    ).replace("first: {title: 一审", 'first: {title: 一审, done_or: {excused: {is: "yes"}}')
    with pytest.raises(ParamsError) as caught:
        rate_file(deep, tmp_path)
    assert "超过两层" in caught.value.findings[0].what
