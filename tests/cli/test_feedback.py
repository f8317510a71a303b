"""`lawkpi feedback read`: what came back, said and registered."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lawkpi.run.layout import RunFolder
from lawkpi.run.papers import Papers
from lawkpi.workbook.appeals import NAME
from tests.cli.conftest import Call
from tests.cli.given import help_of
from tests.run.feedback.given import agreed, copied, disputed, made_run, returned, sent

FULL = agreed(*range(5, 12)) | disputed(7)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Papers, "figures", lambda *_: None)
        return made_run(tmp_path_factory.mktemp("run"))


def test_a_clean_reply_is_registered_and_ends_with_0(
    made: RunFolder, tmp_path: Path, lawkpi: Call
) -> None:
    run = copied(made, tmp_path)
    file = returned(sent(run), tmp_path / "报回.xlsx", FULL)
    said = lawkpi("feedback", "read", run.path, file)
    assert (said.code, said.err) == (0, "")
    assert "甲区市监局" in said.out
    assert "收到回件 1 份，未收到 2 份。" in said.out
    assert "检查结果：未发现问题。" in said.out
    assert openpyxl.load_workbook(run.appeals)[NAME]["B5"].value == "甲区市监局"


def test_findings_are_printed_and_end_with_1(made: RunFolder, tmp_path: Path, lawkpi: Call) -> None:
    file = returned(sent(made), tmp_path / "报回.xlsx", FULL | {"I7": None})
    said = lawkpi("feedback", "read", made.path, file, "--output", tmp_path / "登记.xlsx")
    assert said.code == 1
    assert "RUN_FEEDBACK_REASON_MISSING" in said.out
    assert (tmp_path / "登记.xlsx").is_file()
    assert not made.appeals.exists()


def test_a_register_that_was_filled_is_kept(made: RunFolder, tmp_path: Path, lawkpi: Call) -> None:
    run = copied(made, tmp_path)
    file = returned(sent(run), tmp_path / "报回.xlsx", FULL)
    lawkpi("feedback", "read", run.path, file)
    book = openpyxl.load_workbook(run.appeals)
    book[NAME]["N5"] = "维持"
    book.save(run.appeals)
    content = run.appeals.read_bytes()
    said = lawkpi("feedback", "read", run.path, file)
    assert said.code == 1
    assert "RUN_APPEALS_FILLED" in said.err
    assert run.appeals.read_bytes() == content
    other = tmp_path / "另存.xlsx"
    assert lawkpi("feedback", "read", run.path, file, "--output", other).code == 0
    assert other.is_file()


def test_nothing_returned_is_said_in_one_message(
    made: RunFolder, tmp_path: Path, lawkpi: Call
) -> None:
    said = lawkpi("feedback", "read", made.path, tmp_path)
    assert said.code == 1
    assert "RUN_FEEDBACK_FILE_MISSING" in said.err


def test_only_wrong_files_leave_the_register_unwritten(
    made: RunFolder, tmp_path: Path, lawkpi: Call
) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "别的表.xlsx")
    said = lawkpi("feedback", "read", made.path, tmp_path / "别的表.xlsx")
    assert said.code == 1
    assert "没有一份可以登记" in said.out
    assert "别的表.xlsx" in said.out
    assert not made.appeals.exists()


def test_the_help_says_that_all_files_are_given_at_once() -> None:
    shown = help_of("feedback", "read")
    assert "全部报回的工作簿一次给出" in shown
    assert "Read all returned workbooks at once" in shown
