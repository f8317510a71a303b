"""A returned workbook: what it is, what was left alone, what is no scoring sheet at all."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.workbook import write_summary
from lawkpi.workbook.scoring_sheets import Key, has_unread_entries, read_scoring, write_scoring
from tests.result.given import tiny_scored
from tests.support.filled_sheets import DAY, JUDGING, OFFICE, adjustment, filled


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return tiny_scored(tmp_path_factory.mktemp("r") / "甲")


@pytest.fixture
def path(assessment: Assessment, tmp_path: Path) -> Path:
    return write_scoring(assessment, OFFICE, tmp_path / "底稿.xlsx")


def test_it_knows_its_assessment_stage_office_and_data(path: Path) -> None:
    identity = read_scoring(path).identity
    assert (identity.assessment, identity.stage, identity.office) == ("tiny", "initial", OFFICE)
    assert len(identity.fingerprint) == 16


def test_a_row_filled_in_is_touched_and_the_others_are_not(path: Path, tmp_path: Path) -> None:
    returned = read_scoring(filled(path, tmp_path / "r.xlsx", adjustment("02", "2.1")))
    touched = [row for row in returned.rows if not row.is_untouched]
    assert [row.key.text for row in touched] == ["adjustments|02|2.1||1"]
    assert touched[0].given["points"] == 0.5
    assert touched[0].cell("points") == "J14"


def test_closed_rows_are_not_read(path: Path) -> None:
    keys = [row.key for row in read_scoring(path).rows]
    assert Key("adjustments", "03", "2.1", "", 1) not in keys
    assert Key("judged", "03", "2.2", "b", None) in keys


def test_keys_come_back_as_they_were_kept() -> None:
    for key in (Key("adjustments", "01", "1.1", "", 2), Key("judged", "007", "3", "b", None)):
        assert Key.of(key.text) == key
    assert Key.of("judged|01") is None
    assert Key.of("ledger|01|1|a|1") is None


def test_another_workbook_and_one_with_a_sheet_taken_out_are_no_scoring_sheets(
    assessment: Assessment, path: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(path)
    del book[JUDGING]
    book.save(tmp_path / "less.xlsx")
    for one in (write_summary(assessment, tmp_path / "s.xlsx"), tmp_path / "less.xlsx"):
        with pytest.raises(WorkbookError) as caught:
            read_scoring(one)
        assert (caught.value.code, caught.value.where) == ("SCORING_FILE_FOREIGN", one.name)


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    for name in ("x.xlsx", "none.xlsx"):
        with pytest.raises(WorkbookError) as caught:
            read_scoring(tmp_path / name)
        assert caught.value.code == "SCORING_FILE_UNREADABLE"


def test_entries_are_unread_until_the_ledgers_have_them(path: Path, tmp_path: Path) -> None:
    entry = {"item": "2.1", "department": "甲区市监局", "number": 1, "points": 0.5}
    said = {"reason": "判决后主动纠正", "person": "王五", "decision": "纪要〔2025〕1号"}
    returned = filled(path, tmp_path / "r.xlsx", adjustment("02", "2.1"))
    before = tiny_scored(tmp_path / "1")
    row = {**entry, **said, "adjusted_on": DAY}
    after = tiny_scored(tmp_path / "2", {"adjustments": [row]})
    other = tiny_scored(tmp_path / "3", {"adjustments": [{**row, "reason": "判决前主动纠正"}]})
    assert [has_unread_entries(returned, one) for one in (before, after, other)] == [
        True,
        False,
        True,
    ]
    assert not has_unread_entries(path, before)


def test_somebody_s_own_file_counts_as_entries(assessment: Assessment, tmp_path: Path) -> None:
    (tmp_path / "我的.xlsx").write_bytes(b"x")
    assert has_unread_entries(tmp_path / "我的.xlsx", assessment)
