"""`lawkpi rubric`: a rubric to a workbook and back, from the command line."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from lawkpi.params import load_model
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.written import rubric_yaml
from tests.cli.conftest import Call
from tests.cli.given import folder, help_of
from tests.support.made_rubrics import MADE_RATES
from tests.support.tiny import PARAMS, RUBRIC

TITLE = "甲区2024年度考核细则"


def loaded(path: Path) -> Rubric:
    return load_model(path, Rubric, context={RATES: MADE_RATES})


@pytest.fixture
def form(lawkpi: Call, tmp_path: Path) -> Path:
    path = tmp_path / "细则.xlsx"
    assert lawkpi("rubric", "to-excel", folder(tmp_path), "--output", path).code == 0
    return path


def test_a_rubric_goes_to_excel_and_comes_back_the_same(
    lawkpi: Call, form: Path, tmp_path: Path
) -> None:
    target = tmp_path / "读回.yaml"
    said = lawkpi("rubric", "from-excel", form, "--output", target, "--params", PARAMS)
    assert said.code == 0, said.err
    assert "读回.yaml" in said.out
    assert "lawkpi lint" in said.out
    rubric = loaded(tmp_path / "甲区2024" / "rubric.yaml")
    assert loaded(target) == rubric
    assert target.read_text("utf-8") == rubric_yaml(rubric)


def test_a_published_rubric_by_itself_goes_to_excel_too(lawkpi: Call, tmp_path: Path) -> None:
    path = tmp_path / "开江.xlsx"
    said = lawkpi("rubric", "to-excel", PARAMS / "rubrics" / "kaijiang-2017", "--output", path)
    assert said.code == 0
    assert path.is_file()


def test_without_output_the_workbook_is_named_after_the_rubric(
    lawkpi: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    said = lawkpi("rubric", "to-excel", place, "--params", PARAMS)
    assert f"{TITLE}.xlsx" in said.out
    assert (tmp_path / f"{TITLE}.xlsx").is_file()


def test_an_assessment_s_groups_stand_in_the_workbook_by_their_names(form: Path) -> None:
    sheet = openpyxl.load_workbook(form)["考核细则"]
    texts = {str(cell.value) for row in sheet for cell in row}
    assert "执法部门" in texts
    assert "enforcement" not in texts


def test_wrong_cells_end_with_1_are_all_listed_and_nothing_is_written(
    lawkpi: Call, form: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(form)
    book["考核细则"]["C5"].value = None
    book["一级指标"]["C5"].value = "扣分"
    book.save(form)
    target = tmp_path / "读回.yaml"
    said = lawkpi("rubric", "from-excel", form, "--output", target, "--params", PARAMS)
    assert said.code == 1
    assert said.out == ""
    for text in ("[RUBRIC_FORM_WRONG]", "有2处需要改正", "“考核细则” C5", "“一级指标” C5", "扣分"):
        assert text in said.err
    assert not target.exists()


def test_a_file_that_was_there_is_kept_beside_the_new_one(
    lawkpi: Call, form: Path, tmp_path: Path
) -> None:
    target = tmp_path / "甲区2024" / "rubric.yaml"
    said = lawkpi("rubric", "from-excel", form, "--output", target, "--params", PARAMS)
    assert "rubric.yaml.bak" in said.out
    assert target.with_name("rubric.yaml.bak").read_text("utf-8") == RUBRIC
    again = lawkpi("rubric", "from-excel", form, "--output", target, "--params", PARAMS)
    assert "rubric.yaml.bak" not in again.out
    assert target.with_name("rubric.yaml.bak").read_text("utf-8") == RUBRIC


def test_names_that_are_not_declared_are_listed_when_the_workbook_is_written(
    lawkpi: Call, tmp_path: Path
) -> None:
    wrong = RUBRIC.replace("where: {forum: {is: own}}", "where: {forums: {is: own}}", 1)
    path = tmp_path / "细则.xlsx"
    said = lawkpi("rubric", "to-excel", folder(tmp_path, rubric=wrong), "--output", path)
    assert said.code == 1
    assert "[RUBRIC_FORM_COLUMN_UNKNOWN]" in said.out
    assert "细则.xlsx“条件”" in said.out
    assert path.is_file()


def test_what_is_no_workbook_is_one_message(lawkpi: Call, tmp_path: Path) -> None:
    path = tmp_path / "细则.xlsx"
    path.write_text("x", encoding="utf-8")
    said = lawkpi("rubric", "from-excel", path, "--params", PARAMS)
    assert said.code == 1
    assert said.err.startswith("[RUBRIC_FORM_UNREADABLE]")
    assert "Traceback" not in said.err


def test_a_folder_without_a_rubric_is_wrong_use(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("rubric", "to-excel", tmp_path, "--params", PARAMS)
    assert said.code == 2
    assert "[RUBRIC_FOLDER_MISSING]" in said.err


def test_a_folder_that_cannot_be_written_to_is_one_message(
    lawkpi: Call, form: Path, tmp_path: Path
) -> None:
    target = tmp_path / "没有" / "rubric.yaml"
    said = lawkpi("rubric", "from-excel", form, "--output", target, "--params", PARAMS)
    assert said.code == 1
    assert "[RUBRIC_FILE_UNWRITABLE]" in said.err


@pytest.mark.parametrize("words", [(), ("to-excel",), ("from-excel",), ("excel", "x")])
def test_a_call_that_makes_no_sense_is_wrong_use(lawkpi: Call, words: tuple[str, ...]) -> None:
    said = lawkpi("rubric", *words)
    assert said.code == 2
    assert "Traceback" not in said.err


@pytest.mark.parametrize("words", [("rubric",), ("rubric", "to-excel"), ("rubric", "from-excel")])
def test_every_command_and_option_is_explained_in_chinese_with_an_english_line(
    words: tuple[str, ...],
) -> None:
    said = help_of(*words)
    assert re.search("[\u4e00-\u9fff]", said)
    assert re.search(r"[A-Z][a-z]+ [a-z ]+", said)
