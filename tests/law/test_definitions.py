from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import LawError, ParamsError
from lawkpi.law import Definition, Standing, load_definition, load_definitions, standings
from lawkpi.params import Period

from .given import ROOT, cases

FILE = ROOT / "params" / "law" / "definitions" / "responsible_official.yaml"


@pytest.fixture(scope="module")
def official() -> Definition:
    return load_definition(FILE)


@pytest.mark.parametrize("case", cases("officials"))
def test_a_dated_case_has_its_standing(case: dict[str, Any], official: Definition) -> None:
    given = case["given"]
    assert standings(official, given["role"], given["on"]).tolist() == [case["expect"]]


def test_rows_are_judged_each_by_its_day(official: Definition) -> None:
    days = ["2018-02-07", "2018-02-08", None]
    found = standings(official, ["in_charge"] * 3, days)
    assert found.tolist() == ["not_counted", "counted", "undetermined"]


def test_a_role_the_definition_does_not_know_is_refused(official: Definition) -> None:
    with pytest.raises(LawError) as caught:
        standings(official, ["head", "boss"], ["2022-01-04", "2022-01-04"])
    assert caught.value.code == "LAW_ROLE_UNKNOWN"
    assert "head" in caught.value.expected


def test_every_standing_has_a_chinese_title() -> None:
    assert [one.label for one in Standing] == ["计入", "不计入", "待核定", "待定"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[head, deputy]", "[head, vice]"),
        ('to: "2018-02-07"', 'to: "2018-02-08"'),
        ("evidence: S", "evidence: X"),
        ("event: 开庭日", "happens: 开庭日"),
    ],
)
def test_a_wrong_definition_file_is_refused(old: str, new: str, tmp_path: Path) -> None:
    wrong = tmp_path / "one.yaml"
    wrong.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_definition(wrong)
    assert caught.value.code == "PARAMS_INVALID"
    assert all(finding.file == "one.yaml" for finding in caught.value.findings)


def test_a_definition_says_who_counted_in_a_period_and_by_which_text(
    official: Definition,
) -> None:
    half = Period.model_validate({"from": "2020-01-01", "to": "2020-06-30"})
    assert official.text_in(half) == (
        "正职负责人、副职负责人、其他参与分管的负责人（法释〔2018〕1号第128条）"
    )
    year = Period.model_validate({"from": "2020-01-01", "to": "2020-12-31"})
    assert official.text_in(year).count("；") == 1
    assert "副职级别" in official.text_in(year)


def test_definitions_are_loaded_by_id_and_a_missing_folder_has_none(tmp_path: Path) -> None:
    assert list(load_definitions(ROOT / "params" / "law" / "definitions")) == [
        "responsible_official"
    ]
    assert load_definitions(tmp_path / "none") == {}


def test_a_definition_in_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    source = ROOT / "params" / "law" / "definitions" / "responsible_official.yaml"
    (tmp_path / "officials.yaml").write_text(source.read_text("utf-8"), encoding="utf-8")
    with pytest.raises(LawError) as caught:
        load_definitions(tmp_path)
    assert (caught.value.code, caught.value.where) == ("LAW_DEFINITION_NAME", "officials.yaml")
