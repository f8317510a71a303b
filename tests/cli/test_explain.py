from __future__ import annotations

from pathlib import Path

import pytest

import lawkpi as package
from lawkpi.result import store_assessment
from tests.cli.conftest import Call
from tests.cli.given import folder


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("explained")
    store_assessment(package.open(folder(place)).score(), place / "out" / "data")
    return place / "out"


def test_an_explanation_ends_at_the_clause_and_the_record(lawkpi: Call, results: Path) -> None:
    said = lawkpi("explain", results, "02", "2.3")
    assert said.code == 0
    assert "生效裁判败诉的，每件扣1.5分，扣完为止。" in said.out
    assert "（2024）甲01行初32号" in said.out
    assert "行政诉讼台账.xlsx" in said.out
    assert "《行政诉讼法》第70条" in said.out


def test_the_whole_score_is_explained_item_by_item(lawkpi: Call, results: Path) -> None:
    said = lawkpi("explain", results, "城管局")
    assert said.code == 0
    assert [f"第{item}项" in said.out for item in ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3")] == [
        True
    ] * 6


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("99",), "RESULT_DEPARTMENT_UNKNOWN"),
        (("000",), "RESULT_DEPARTMENT_UNKNOWN"),
        (("01", "9.9"), "RESULT_ITEM_UNKNOWN"),
    ],
)
def test_an_unknown_department_or_item_is_one_message(
    lawkpi: Call, results: Path, words: tuple[str, ...], code: str
) -> None:
    said = lawkpi("explain", results, *words)
    assert said.code == 1
    assert f"[{code}]" in said.err
    assert "应为：" in said.err


def test_a_folder_without_results_is_one_message(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("explain", tmp_path, "01")
    assert said.code == 1
    assert "[RESULT_FOLDER_INCOMPLETE]" in said.err
