"""The foot for signatures is empty but for its labels."""

from pathlib import Path

import pytest

from lawkpi.workbook.book import Book
from lawkpi.workbook.signature import SIGNERS, write_signatures
from tests.workbook.reading import stored
from tests.workbook.test_book import imprint


@pytest.mark.parametrize("columns", [3, 6, 14])
def test_every_signer_has_a_block_with_a_date(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "w.xlsx"
    with Book(path, imprint()) as book:
        sheet = book.sheet("甲")
        sheet.widths([5, *[30] * (columns - 1)])
        assert write_signatures(sheet, 4, columns) == 6
    values = list(stored(path).values())
    assert [value for value in values if value.endswith("：")] == [f"{one}：" for one in SIGNERS]
    assert sum("年" in value for value in values) == len(SIGNERS)
