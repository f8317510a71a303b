from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lawkpi.errors import LedgerError
from lawkpi.ledger import package
from lawkpi.ledger.package import SheetScan, scanned
from tests.ledger.given import HEADINGS, line, workbook


def test_error_cells_are_found_by_sheet_name_with_their_places(tmp_path: Path) -> None:
    bad = line("1号", "城管局", "#N/A")
    path = workbook(tmp_path / "a.xlsx", {"甲": [HEADINGS, line()], "乙": [HEADINGS, bad]})
    assert scanned(path, path.read_bytes()) == {
        "甲": SheetScan(),
        "乙": SheetScan(errors=((1, 2),)),
    }


def test_what_is_no_package_is_left_to_the_reader(tmp_path: Path) -> None:
    assert scanned(tmp_path / "a.xlsx", b"plain") == {}


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MOST_BYTES", 100), ("MOST_UNPACKED", 100), ("MOST_PARTS", 3), ("MOST_CELLS", 5)],
)
def test_a_workbook_beyond_a_limit_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"甲": [HEADINGS, line()]})
    monkeypatch.setattr(package, limit, value)
    with pytest.raises(LedgerError) as caught:
        scanned(path, path.read_bytes())
    assert (caught.value.code, caught.value.where) == ("LEDGER_FILE_UNREADABLE", "a.xlsx")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 2**20)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 2**21)
    assert len(stream.getvalue()) < 10_000
    with pytest.raises(LedgerError) as caught:
        scanned(tmp_path / "bomb.xlsx", stream.getvalue())
    assert caught.value.code == "LEDGER_FILE_UNREADABLE"
