"""`lawkpi scoring read`: changes are shown first, and written only after a yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.given import folder, help_of
from tests.support.filled_sheets import DAY, OFFICE, adjustment, filled

ROW = {"item": "2.1", "department": "甲区市监局", "number": 1, "points": 0.5, "reason": "甲",
       "person": "王五", "adjusted_on": DAY}  # fmt: skip


@pytest.fixture
def place(lawkpi: Call, tmp_path: Path) -> Path:
    place = folder(tmp_path, {"adjustments": [ROW]})
    said = lawkpi("run", place, "--output", tmp_path / "out", "--engine", "plain")
    assert "评分底稿：" in said.out
    return place


def sheet(tmp_path: Path) -> Path:
    return tmp_path / "out" / "scoring" / f"{OFFICE}.xlsx"


def ledger(place: Path) -> bytes:
    return (place / "ledgers" / "核分调整登记表.xlsx").read_bytes()


def test_without_a_yes_changes_are_shown_and_nothing_is_written(
    lawkpi: Call, place: Path, tmp_path: Path
) -> None:
    before = ledger(place)
    returned = filled(sheet(tmp_path), tmp_path / "r.xlsx", adjustment("02", "2.1", 调整分=0.75))
    said = lawkpi("scoring", "read", place, returned)
    assert said.code == 0
    assert "变动：新增 0 条，变更 1 条，删除 0 条" in said.out
    assert "02 甲区市监局" in said.out
    assert "第2.1项 答辩举证　核分调整（序号1）　变更：调整分 0.5 → 0.75" in said.out
    assert "没有写入" in said.out
    assert ledger(place) == before


def test_with_a_yes_it_is_written_the_former_file_is_named_and_a_run_uses_it(
    lawkpi: Call, place: Path, tmp_path: Path
) -> None:
    returned = filled(sheet(tmp_path), tmp_path / "r.xlsx", adjustment("02", "2.1", 调整分=0.75))
    said = lawkpi("scoring", "read", place, returned, "--yes")
    assert said.code == 0
    assert "已写入：ledgers/核分调整登记表.xlsx" in said.out
    assert "核分调整登记表.xlsx.1.bak" in said.out
    assert lawkpi("run", place, "--output", tmp_path / "out", "--engine", "plain").code == 0
    assert "核增0.75分" in lawkpi("explain", tmp_path / "out", "02", "2.1").out


def test_an_unchanged_sheet_has_nothing_to_write(lawkpi: Call, place: Path, tmp_path: Path) -> None:
    said = lawkpi("scoring", "read", place, sheet(tmp_path), "--yes")
    assert (said.code, "与登记表相比没有变动" in said.out) == (0, True)


def test_wrong_cells_end_with_1_and_nothing_is_written(
    lawkpi: Call, place: Path, tmp_path: Path
) -> None:
    before = ledger(place)
    returned = filled(sheet(tmp_path), tmp_path / "r.xlsx", adjustment("02", "2.1", 调整理由=None))
    said = lawkpi("scoring", "read", place, returned, "--yes")
    assert said.code == 1
    assert "[SCORING_CELL_MISSING] 没有填写调整理由" in said.out
    assert "有须更正的问题，没有写入" in said.out
    assert ledger(place) == before


def test_the_line_to_add_is_said_where_the_ledger_is_not_listed(
    lawkpi: Call, tmp_path: Path
) -> None:
    place = folder(tmp_path)
    lawkpi("run", place, "--output", tmp_path / "out", "--engine", "plain")
    returned = filled(sheet(tmp_path), tmp_path / "r.xlsx", adjustment("02", "2.1"))
    said = lawkpi("scoring", "read", place, returned, "--yes")
    assert "adjustments: {files: [ledgers/核分调整登记表.xlsx]}" in said.out
    assert "新增：调整分 0.5；调整理由 判决后主动纠正" in said.out


def test_another_stage_is_refused_and_a_wrong_one_is_wrong_use(
    lawkpi: Call, place: Path, tmp_path: Path
) -> None:
    said = lawkpi("scoring", "read", place, sheet(tmp_path), "--stage", "review")
    assert (said.code, "SCORING_STAGE_OTHER" in said.err) == (1, True)
    said = lawkpi("scoring", "read", place, sheet(tmp_path), "--stage", "初评")
    assert (said.code, "USAGE_OPTION_VALUE" in said.err) == (2, True)


def test_help_is_chinese_with_an_english_line() -> None:
    assert "Read returned sheets" in help_of("scoring", "read")
    assert "读回评分底稿" in help_of("scoring", "read")
    assert "scoring offices" in help_of("scoring")
