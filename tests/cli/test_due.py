"""`lawkpi due`: the calculator as anyone would call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.cli.given import folder
from tests.law.given import cases
from tests.support.tiny import PARAMS, SETTINGS

DATED = [
    case
    for case in cases("dates") + cases("trials")
    if case.values[0]["given"]["start"]  # type: ignore[index]
]


def words(given: dict[str, Any]) -> list[str]:
    """A case's terms as a person types them."""
    said = [given["limit"], given["start"], "--json"]
    extended = given.get("extended", False)
    if extended is True:
        said.append("--extended")
    elif extended:
        said += ["--extended-by", str(extended)]
    for option, key in (("--notified", "notified_on"), ("--governed-by", "governed_by")):
        said += [option, given[key]] if key in given else []
    for after, until in given.get("pauses", []):
        said += ["--pause", f"{after}:{until or ''}"]
    return said


@pytest.mark.parametrize("case", DATED)
def test_a_dated_case_typed_at_the_command_line_has_its_last_day(
    lawkpi: Call, case: dict[str, Any]
) -> None:
    answer = lawkpi("due", *words(case["given"]))
    assert answer.code == 0
    found = json.loads(answer.out)
    assert found["last_day"] == case["expect"].get("last")
    assert found["reason"] == case["expect"].get("reason", "")


def test_the_answer_for_people_names_day_steps_and_article(lawkpi: Call) -> None:
    said = lawkpi("due", "lit-reply", "2024-09-18")
    for text in ("届满日：2024年10月8日（星期二）", "顺延前：2024年10月3日", "第1至15日", "第67条"):
        assert text in said.out
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize(
    ("options", "state"),
    [
        (["--done", "2024-03-26"], "in_time"),
        (["--done", "2024-03-29"], "late"),
        (["--done", "2024-03-29", "--posted", "2024-03-26"], "in_time"),
        (["--as-of", "2024-03-26"], "not_yet_due"),
        (["--as-of", "2024-03-27"], "overdue"),
    ],
)
def test_an_act_is_judged_when_a_day_is_given(lawkpi: Call, options: list[str], state: str) -> None:
    said = lawkpi("due", "LIT-REPLY", "2024-03-11", "--json", *options)
    assert json.loads(said.out)["state"] == state


def test_without_a_day_nothing_is_judged(lawkpi: Call) -> None:
    assert "state" not in json.loads(lawkpi("due", "LIT-REPLY", "2024-03-11", "--json").out)


def test_a_calendar_file_settles_what_was_undetermined(lawkpi: Call, tmp_path: Path) -> None:
    path = tmp_path / "2027.yaml"
    path.write_text(
        'year: 2027\noff: ["2027-01-01"]\nworking: []\nnotice: 示例\n', encoding="utf-8"
    )
    words = ("due", "RECO-REPLY", "2026-12-25", "--json")
    before, after = lawkpi(*words), lawkpi(*words, "--calendar", path)
    assert json.loads(before.out)["status"] == "undetermined"
    assert json.loads(after.out)["last_day"] == "2027-01-11"


def test_an_assessment_s_declared_limit_is_counted_by(lawkpi: Call, tmp_path: Path) -> None:
    rule = (
        "limits: {{NORM-FILE: {{count: 15, unit: natural_days, roll: none, "
        "basis: [{{document: 甲法〔2024〕3号}}]}}}}"
    )
    opened = folder(tmp_path, settings=SETTINGS.replace("limits: {{}}", rule))
    words = ("due", "NORM-FILE", "2024-03-11", "--json")
    assert json.loads(lawkpi(*words).out)["reason"] == "本地期限未声明"
    declared = json.loads(lawkpi(*words, "--assessment", opened).out)
    assert (declared["last_day"], declared["basis"]) == ("2024-03-26", ["甲法〔2024〕3号"])


def test_a_requirement_has_no_last_day(lawkpi: Call) -> None:
    record = json.loads(lawkpi("due", "TRAIN-60", "2024-03-11", "--json").out)
    assert (record["status"], record["last_day"]) == ("requirement", None)
    assert "不少于60学时" in lawkpi("due", "TRAIN-60", "2024-03-11").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["LIT-RPLY", "2024-03-11"], "LAW_LIMIT_UNKNOWN"),
        (["LIT-REPLY", "2024/03/11"], "USAGE_DAY_UNREADABLE"),
        (["LIT-REPLY", "2024-W11-1"], "USAGE_DAY_UNREADABLE"),
        (["TRAIN-60", "2024-03-11", "--extended"], "USAGE_OPTIONS_TOGETHER"),
        (["TRAIN-60", "2024-03-11", "--done", "2024-03-12"], "USAGE_OPTIONS_TOGETHER"),
        (["LIT-REPLY", "2024-02-30"], "USAGE_DAY_UNREADABLE"),
        (["FOI-REPLY", "2024-03-11", "--pause", "2024-03-12"], "USAGE_PAUSE_UNREADABLE"),
        (["FOI-REPLY", "2024-03-11", "--pause", "三月:四月"], "USAGE_DAY_UNREADABLE"),
        (
            ["FOI-REPLY", "2024-03-11", "--extended", "--notified", "昨天"],
            "USAGE_DAY_UNREADABLE",
        ),
        (["FOI-REPLY", "2024-03-11", "--notified", "2024-04-01"], "USAGE_OPTIONS_TOGETHER"),
        (["LIT-REPLY", "9999-12-31"], "USAGE_DAY_UNREADABLE"),
        (["LIT-REPLY", "0024-03-11"], "USAGE_DAY_UNREADABLE"),
        (["LIT-REPLY", "2024-03-11", "--params", "没有"], "PARAMS_FOLDER_MISSING"),
        (["LIT-REPLY", "2024-03-11", "--calendar", "没有.yaml"], "PARAMS_FILE_MISSING"),
        (
            ["LIT-REPLY", "2024-03-11", "--assessment", "甲", "--params", "乙"],
            "USAGE_OPTIONS_TOGETHER",
        ),
    ],
)
def test_wrong_use_is_one_message_with_its_code_and_ends_with_2(
    lawkpi: Call, words: list[str], code: str
) -> None:
    said = lawkpi("due", *words)
    assert (said.code, said.out) == (2, "")
    assert f"[{code}]" in said.err


def test_a_version_that_does_not_exist_on_a_day_is_said(lawkpi: Call) -> None:
    said = lawkpi("due", "PEN-DECIDE", "2021-07-14", "--governed-by", "2021-07-14")
    assert said.code == 1
    assert "[LAW_VERSION_MISSING]" in said.err


def test_the_params_folder_is_found_from_anywhere(
    lawkpi: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lawkpi("due", "LIT-REPLY", "2024-03-11").code == 0
    assert lawkpi("due", "LIT-REPLY", "2024-03-11", "--params", PARAMS).code == 0
