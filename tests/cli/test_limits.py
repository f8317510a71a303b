"""`lawkpi limits`: what is in force, with its basis."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawkpi.law import load_law
from tests.cli.conftest import Call
from tests.cli.given import folder
from tests.support.tiny import PARAMS, SETTINGS

LAW = load_law(PARAMS / "law")


def ids(lawkpi: Call, *words: str) -> list[str]:
    said = lawkpi("limits", *words, "--json")
    assert said.code == 0
    return [record["id"] for record in json.loads(said.out)]


def test_without_a_word_everything_is_listed(lawkpi: Call) -> None:
    assert set(ids(lawkpi)) == set(LAW.limits) | set(LAW.requirements)


def test_a_word_of_title_event_or_basis_finds_a_limit(lawkpi: Call) -> None:
    assert ids(lawkpi, "司法建议") == ["JUD-SUGG", "JUD-SUGG-L"]
    assert ids(lawkpi, "轮训") == ["TRAIN-ALL"]
    assert ids(lawkpi, "没有这个词") == []


def test_a_day_lists_what_was_in_force_on_it(lawkpi: Call) -> None:
    before = json.loads(lawkpi("limits", "RECO-REPLY", "--on", "2023-12-31", "--json").out)
    after = json.loads(lawkpi("limits", "RECO-REPLY", "--on", "2024-01-01", "--json").out)
    assert [(one["id"], one["length"]) for one in before] == [("RECO-REPLY", "10日")]
    assert [(one["id"], one["length"]) for one in after] == [
        ("RECO-REPLY", "10个工作日"),
        ("RECO-REPLY-S", "5个工作日"),
    ]


def test_an_id_with_old_behind_it_lists_its_former_text(lawkpi: Call) -> None:
    [found] = json.loads(lawkpi("limits", "RECO-REPLY (old)", "--json").out)
    assert (found["id"], found["length"]) == ("RECO-REPLY", "10日")
    assert "2023-12-31" in found["in_force"]
    said = lawkpi("limits", "PEN-DECIDE（旧）")
    assert (said.code, "[LAW_VERSION_MISSING]" in said.err) == (1, True)


def test_each_line_for_people_carries_length_roll_period_and_basis(lawkpi: Call) -> None:
    line = lawkpi("limits", "LIT-REPLY").out.splitlines()[0]
    for text in ("LIT-REPLY", "收到起诉状副本", "15日", "遇休息日顺延", "2015-05-01起", "第67条"):
        assert text in line


def test_a_local_limit_is_listed_as_the_assessment_s_business(lawkpi: Call, tmp_path: Path) -> None:
    assert "由考核方案声明" in lawkpi("limits", "NORM-FILE").out
    rule = (
        "limits: {{NORM-FILE: {{count: 15, unit: natural_days, roll: none, "
        "basis: [{{document: 甲法〔2024〕3号}}]}}}}"
    )
    opened = folder(tmp_path, settings=SETTINGS.replace("limits: {{}}", rule))
    assert "甲法〔2024〕3号" in lawkpi("limits", "NORM-FILE", "--assessment", opened).out


def test_the_count_at_the_end_says_what_was_asked(lawkpi: Call) -> None:
    said = lawkpi("limits", "司法建议", "--on", "2024-01-01").out.splitlines()
    assert said[-1] == "共2项含“司法建议”的期限和要求（2024-01-01有效）。"


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--on", "今天"], "USAGE_DAY_UNREADABLE"), (["--params", "没有"], "PARAMS_FOLDER_MISSING")],
)
def test_wrong_use_ends_with_2(lawkpi: Call, words: list[str], code: str) -> None:
    said = lawkpi("limits", *words)
    assert said.code == 2
    assert f"[{code}]" in said.err
