"""One bad file stops no other; nothing that was returned is left out in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lawkpi.errors import ResultError, RunError
from lawkpi.run.layout import RunFolder
from tests.run.feedback.given import (
    FILES,
    agreed,
    answer,
    codes,
    copied,
    disputed,
    of_code,
    read,
    returned,
    sent,
)

ALL = range(5, 12)


def test_departments_stand_in_the_order_of_the_register(run: RunFolder, tmp_path: Path) -> None:
    returned(sent(run, "02"), tmp_path / "1.xlsx", agreed(*ALL))
    (tmp_path / "后到").mkdir()
    returned(sent(run, "01"), tmp_path / "后到" / "2.xlsx", agreed(5))
    found = read(run, tmp_path)
    assert [(one.department, one.file) for one in found.answers] == [
        ("甲区城管局", "后到/2.xlsx"), ("甲区市监局", "1.xlsx"), ("甲区综合办", ""),
    ]  # fmt: skip
    assert found.findings == []


def test_one_bad_file_stops_no_other(run: RunFolder, tmp_path: Path) -> None:
    returned(sent(run), tmp_path / "好.xlsx", agreed(*ALL) | disputed(8))
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "扫描件.pdf").write_bytes(b"%PDF")
    (tmp_path / "~$好.xlsx").write_bytes(b"lock")
    found = read(run, tmp_path)
    assert sorted(one.file for one in of_code(found, "RUN_FEEDBACK_UNREADABLE")) == [
        "坏.xlsx",
        "旧.xls",
    ]
    assert len(answer(found).appeals) == 1


def test_two_workbooks_of_one_department_are_both_refused(run: RunFolder, tmp_path: Path) -> None:
    for name, rows in (("1.xlsx", (5,)), ("2.xlsx", (6,))):
        returned(sent(run), tmp_path / name, agreed(*rows))
    found = read(run, tmp_path)
    assert [one.file for one in of_code(found, "RUN_FEEDBACK_REPEATED")] == ["1.xlsx", "2.xlsx"]
    assert not answer(found).file


def test_a_file_given_twice_is_read_once(run: RunFolder, tmp_path: Path) -> None:
    file = returned(sent(run), tmp_path / "1.xlsx", agreed(*ALL))
    assert read(run, file, tmp_path).findings == []


def test_returned_workbooks_put_over_the_originals_are_not_taken_for_them(
    run: RunFolder, tmp_path: Path
) -> None:
    own = copied(run, tmp_path)
    file = returned(sent(own), tmp_path / "1.xlsx", agreed(*ALL))
    shutil.copy(file, own.path / "departments" / FILES["02"])
    found = read(own, file)
    assert codes(found) == {"RUN_FEEDBACK_ORIGINAL_LOST"}
    assert not answer(found).file


def test_a_missing_original_is_said(run: RunFolder, tmp_path: Path) -> None:
    own = copied(run, tmp_path)
    file = returned(sent(own), tmp_path / "1.xlsx", agreed(*ALL))
    sent(own).unlink()
    assert codes(read(own, file)) == {"RUN_FEEDBACK_ORIGINAL_LOST"}


def test_a_path_that_is_not_there_is_refused(run: RunFolder, tmp_path: Path) -> None:
    for path in (tmp_path / "没有.xlsx", tmp_path):
        with pytest.raises(RunError) as refused:
            read(run, path)
        assert (refused.value.code, refused.value.where) == ("RUN_FEEDBACK_FILE_MISSING", path.name)


def test_a_folder_that_is_no_run_is_refused(run: RunFolder, tmp_path: Path) -> None:
    file = returned(sent(run), tmp_path / "1.xlsx", agreed(*ALL))
    with pytest.raises(ResultError) as refused:
        read(RunFolder(tmp_path), file)
    assert refused.value.code == "RESULT_FOLDER_INCOMPLETE"
