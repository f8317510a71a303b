"""Every lost point has an address: a record or a sentence, the clause's words and a basis."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lawkpi.result import Assessment
from tests.support.tiny import default_rows

from .given import losses, rubric, score, summed, tiny_scored


def test_losses_of_every_base_item_sum_to_full_points_less_points(run: Assessment) -> None:
    lost = run.losses.groupby(["department", "item"])["points"].agg(summed)
    wrong = []
    for row in run.scores.itertuples():
        key = (row.department, row.item)
        expected = 0 if pd.isna(row.points) else row.full_points - row.points
        if lost.get(key, 0) != expected:
            wrong.append((key, lost.get(key, 0), expected))
    assert wrong == []
    assert set(run.losses["department"]) <= set(run.scores["department"])


def test_rules_share_an_item_s_loss_among_them(run: Assessment) -> None:
    told = pd.concat([run.losses, run.adjustments])
    by_rule = told.groupby(["department", "item", "rule"])["points"].agg(summed)
    scored = run.rules[run.rules["state"] == "scored"]
    wrong = [
        (row.department, row.item, row.rule)
        for row in scored.itertuples()
        if by_rule.get((row.department, row.item, row.rule), 0) != row.points
    ]
    assert wrong == []


def test_no_loss_is_below_nothing(run: Assessment) -> None:
    assert [value for value in run.losses["points"] if value < 0] == []


def test_a_loss_stands_on_a_record_of_its_own_department_or_says_what_is_missing(
    run: Assessment,
) -> None:
    wrong = []
    for row in run.losses.itertuples():
        if pd.isna(row.row_id):
            if not (pd.isna(row.file) and pd.isna(row.row)):
                wrong.append(row)
            if not any(word in row.sentence for word in ("应计", "少", "未收到", "所处情形")):
                wrong.append(row)
            continue
        frame = run.ledgers[row.ledger].frame
        (record,) = frame[frame["row_id"] == row.row_id].to_dict("records")
        place = (record["file"], record["sheet"], record["row"])
        charged = {value for value in record.values() if isinstance(value, str)}
        if place != (row.file, row.sheet, row.row) or row.department not in charged:
            wrong.append(row)
        if f"{row.file}“{row.sheet}”第{row.row}行" not in row.sentence:
            wrong.append(row)
    assert wrong == []


def test_every_loss_quotes_its_clause_and_names_its_basis(run: Assessment) -> None:
    wrong = []
    for table in (run.losses, run.adjustments):
        for row in table.itertuples():
            _, item = run.line(row.item)
            quote = f"对照《{run.rubric.title}》第{item.id}项“{item.quoted}”"
            if quote not in row.sentence or row.basis != item.basis_text or not row.basis:
                wrong.append((row.department, row.item))
    assert wrong == []


def test_the_sentence_says_the_points_that_the_row_says(run: Assessment) -> None:
    wrong = [
        row.sentence
        for row in run.losses.itertuples()
        if f"”，扣{row.points.normalize():f}分" not in row.sentence
    ]
    assert wrong == []


def test_the_record_that_meets_the_floor_carries_what_was_left(tiny: Assessment) -> None:
    lines = losses(tiny, "02", "2.3")
    assert [str(line["points"]) for line in lines] == ["1.500000", "0.500000"]


def test_a_third_lost_case_costs_nothing_more_and_says_so(folder: Path) -> None:
    rows = default_rows()["litigation"]
    third = {**rows[-1], "case_number": "（2024）甲01行初34号"}
    lines = losses(tiny_scored(folder, {"litigation": [*rows, third]}), "02", "2.3")
    assert [str(line["points"]) for line in lines] == ["1.500000", "0.500000", "0.000000"]
    assert ["（本项分值已扣完）" in line["sentence"] for line in lines] == [False, False, True]


def test_a_late_reply_is_told_with_its_last_day(tiny: Assessment) -> None:
    (line,) = losses(tiny, "02", "2.1")
    assert line["row_id"] == "litigation/(2024)甲01行初31号|first|02"
    assert line["sentence"].startswith("经核查，（2024）甲01行初31号（一审）：2024年3月11日收到")
    assert "届满日2024年3月26日，答辩材料交齐日为2024年3月27日，属逾期" in line["sentence"]


def test_half_an_hour_short_is_told_with_both_figures(tiny: Assessment) -> None:
    (line,) = losses(tiny, "01", "1.2")
    assert "“计入学时”合计为59.5（应不少于60）" in line["sentence"]
    assert score(tiny, "02", "1.2")["points"] == 3


def test_redistribution_is_told_where_it_changed_the_points(tiny: Assessment) -> None:
    (line,) = losses(tiny, "03", "1.3")
    assert score(tiny, "03", "1.3")["full_points"] == line["points"]
    assert "本项分值由2分调整为3.2分" in line["sentence"]


def test_a_state_s_loss_falls_on_the_record_in_that_state_only(folder: Path) -> None:
    old = "measure: {entered: {gives: state}}"
    shape = 'shape: {states: {amounts: {有计划并落实: "0", 有计划未全部落实: "1", 无计划: "2"}}}'
    text = rubric(old, "measure: {state: {ledger: litigation, period_by: none, column: instance}}")
    text = text.replace(
        shape, 'shape: {states: {amounts: {first: "0", second: "1", retrial: "2"}}}'
    )
    rows = default_rows()["litigation"]
    second = {**rows[0], "instance": "second", "case_number": "（2024）甲02行终1号"}
    run = tiny_scored(folder, {"litigation": [*rows, second]}, rubric=text)
    (line,) = losses(run, "01", "1.3")
    assert (line["row_id"], line["points"]) == ("litigation/(2024)甲02行终1号|second|01", 1)
