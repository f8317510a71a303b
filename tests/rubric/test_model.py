"""A rubric is used exactly as written, or refused with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import ParamsError
from lawkpi.params import load_model
from lawkpi.rubric.model import Rubric
from lawkpi.run import open_folder
from tests.support.tiny import RUBRIC

from .given import EXAMPLE, cases, mended


def read(text: str, folder: Path) -> Rubric:
    path = folder / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    return load_model(path, Rubric)


@pytest.fixture(scope="module")
def example() -> Rubric:
    return open_folder(EXAMPLE).rubric


@pytest.mark.parametrize("case", cases("refusals"))
def test_refusal(case: dict[str, Any], tmp_path: Path) -> None:
    text = mended(case)
    with pytest.raises(ParamsError) as caught:
        read(text, tmp_path)
    assert caught.value.code == "PARAMS_INVALID"
    (finding,) = caught.value.findings
    assert (finding.code, finding.found) == (
        case.get("code", "PARAMS_VALUE_INVALID"),
        case["found"],
    )
    assert finding.file == "rubric.yaml"


def test_a_refusal_names_the_line(tmp_path: Path) -> None:
    old = 'shape: {each: {points: "2"}}'
    line = RUBRIC[: RUBRIC.index(old)].count("\n") + 1
    text = RUBRIC.replace(old, "shape: {each: {points: 2}}", 1)
    with pytest.raises(ParamsError) as caught:
        read(text, tmp_path)
    assert [finding.cell for finding in caught.value.findings] == [f"第{line}行"]


def test_an_effect_in_the_wrong_section_is_refused_by_the_name_of_its_rule(tmp_path: Path) -> None:
    text = RUBRIC.replace("effect: {deduct: {}}", "effect: {bonus: {}}", 1)
    with pytest.raises(ParamsError) as caught:
        read(text, tmp_path)
    (finding,) = caught.value.findings
    assert finding.what == "第1.1项规则a的 effect 与所在部分（base）不符，应为 deduct、award"


def test_several_faults_are_all_found_at_once(tmp_path: Path) -> None:
    text = RUBRIC.replace('points: "0.2"', "points: 0.2").replace('cap: "5"', "cap: 5")
    with pytest.raises(ParamsError) as caught:
        read(text, tmp_path)
    assert len(caught.value.findings) == 2


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        read(RUBRIC + 'id: "again"\n', tmp_path)
    assert caught.value.code == "PARAMS_KEY_REPEATED"


def test_a_whole_rubric_written_out_and_read_again_is_equal(example: Rubric) -> None:
    written = example.model_dump(mode="json", by_alias=True)
    again = Rubric.model_validate(written)
    assert again == example
    assert again.model_dump(mode="json", by_alias=True) == written
    without = example.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert Rubric.model_validate(without) == example


def test_the_tiny_rubric_written_out_and_read_again_is_equal(tmp_path: Path) -> None:
    rubric = read(RUBRIC, tmp_path)
    assert Rubric.model_validate(rubric.model_dump(mode="json", by_alias=True)) == rubric


def test_a_rubric_cannot_be_changed_once_it_is_read(example: Rubric) -> None:
    with pytest.raises(ValueError, match="frozen"):
        example.full_points = example.full_points * 2


def test_items_are_found_by_number_and_others_are_nobody(example: Rubric) -> None:
    item = example.item("4.2")
    assert item is not None
    assert item.title == "行政机关负责人出庭应诉"
    assert example.item("4.20") is None


def test_the_example_s_items_add_up_to_a_hundred(example: Rubric) -> None:
    points = [item.full_points for section in example.base_sections for item in section.items]
    assert sum(one for one in points if one is not None) == 100


def test_every_item_of_the_example_quotes_a_clause_and_names_a_basis(example: Rubric) -> None:
    bare = [item.id for _, item in example.lines if not (item.clause.strip() and item.basis_text)]
    assert bare == []
