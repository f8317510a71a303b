"""Requirements without a start event: an amount, a period, a document; never a last day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import LawError, ParamsError
from lawkpi.law import load_requirements, requirement_record, requirements_matching

from .given import ROOT

REQUIREMENTS = load_requirements(ROOT / "params" / "law" / "requirements")

GOOD = """\
subject: 示例
requirements:
  - id: ONE
    title: 示例要求
    of: 每人
    each: year
    versions:
      - from: "2020-01-01"
        at_least: 10
        unit: 学时
        basis: [{document: 示例办法}]
        evidence: S
"""


def refused(text: str, folder: Path) -> str:
    (folder / "one.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_requirements(folder)
    (finding,) = caught.value.findings
    return finding.cell


@pytest.mark.parametrize(
    ("day", "amount"),
    [("2021-07-31", None), ("2021-08-01", 60), ("2025-12-31", 60), ("2026-01-01", None)],
)
def test_sixty_hours_hold_between_the_outline_s_issue_and_its_end(
    day: str, amount: int | None
) -> None:
    version = REQUIREMENTS["TRAIN-60"].version_on(dt.date.fromisoformat(day))
    assert (version.at_least if version else None) == amount


def test_every_row_of_the_reference_s_learning_table_is_there() -> None:
    assert set(REQUIREMENTS) == {
        "TRAIN-60", "TRAIN-40", "TRAIN-ALL", "LEARN-LECT", "LEARN-2P", "LEARN-HEAD", "LEARN-MEET",
        "LEARN-COURT", "LEARN-LAW", "DUTY-FIRST", "DUTY-SHUFA", "NORM-MAKE",
    }  # fmt: skip


def test_local_requirements_have_no_number() -> None:
    local = {key for key, one in REQUIREMENTS.items() if one.local}
    assert local == {"TRAIN-40", "LEARN-MEET", "LEARN-COURT"}
    assert all(not REQUIREMENTS[key].versions for key in local)


def test_a_requirement_has_no_last_day_and_says_why() -> None:
    record = requirement_record(REQUIREMENTS["TRAIN-60"], dt.date(2022, 5, 1))
    assert (record["last_day"], record["status"]) == (None, "requirement")
    assert (record["at_least"], record["unit"], record["from"]) == (60, "学时", "2021-08-01")
    assert "at_least" not in requirement_record(REQUIREMENTS["TRAIN-60"], dt.date(2026, 5, 1))


def test_requirements_are_found_by_a_word() -> None:
    assert list(requirements_matching(REQUIREMENTS, "轮训")) == ["TRAIN-ALL"]
    assert "TRAIN-ALL" in requirements_matching(REQUIREMENTS, "国办发〔2023〕27号")
    assert requirements_matching(REQUIREMENTS, "没有这个词") == {}


def test_amounts_read_as_in_a_document() -> None:
    amounts = {key: one.versions[-1].amount for key, one in REQUIREMENTS.items() if one.versions}
    assert amounts["TRAIN-60"] == "不少于60学时"
    assert amounts["LEARN-LAW"] == "有或者无"


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        (8, "        unit: 学时\n", ""),
        (8, "        at_least: 10\n", ""),
        (8, '- from: "2020-01-01"', '- from: "2020-01-01"\n        to: "2019-01-01"'),
        (6, "each: year", "each: month"),
        (11, "basis: [{document: 示例办法}]", "basis: []"),
    ],
)
def test_a_wrong_requirement_is_refused_with_its_line(
    line: int, old: str, new: str, tmp_path: Path
) -> None:
    assert refused(GOOD.replace(old, new), tmp_path) == f"第{line}行"


def test_a_national_requirement_without_versions_is_refused(tmp_path: Path) -> None:
    assert refused(GOOD[: GOOD.index("    versions")], tmp_path) == "第3行"


def test_versions_that_overlap_are_refused(tmp_path: Path) -> None:
    version: Any = GOOD[GOOD.index("      - from") :]
    assert refused(GOOD + version.replace("2020-01-01", "2021-01-01"), tmp_path) == "第3行"


def test_one_id_twice_is_refused(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(LawError) as caught:
        load_requirements(tmp_path)
    assert (caught.value.code, caught.value.where) == ("LAW_LIMIT_REPEATED", "two.yaml")
