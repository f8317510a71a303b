"""What amendments did, in one line and cell by cell."""

from __future__ import annotations

from pathlib import Path

from lawkpi.ledger.amended import Amendments, Applied, amended_cells
from lawkpi.ledger.amendments import load_amendments
from tests.ledger.given import CASES
from tests.support.amending import declare, entry


def test_the_line_counts_approved_and_proposed_and_is_silent_of_withdrawn_ones(
    tmp_path: Path,
) -> None:
    statuses = ("approved", "approved", "proposed", "withdrawn")
    declare(
        tmp_path,
        *(entry(str(n), record="1号", remove=True, status=one) for n, one in enumerate(statuses)),
    )
    declared = load_amendments(tmp_path)
    applied = (Applied(declared[0], "1号"),)
    assert (
        Amendments(declared, applied).text
        == "台账更正：已批准 2 项（改动 1 处）；拟更正 1 项，未计入。"
    )
    assert Amendments(declared[2:3]).text == "台账更正：拟更正 1 项，未计入。"
    assert Amendments(declared[3:]).text == ""
    assert Amendments().text == ""


def test_cells_are_kept_by_record_and_column_and_an_added_record_is_amended_throughout() -> None:
    found = amended_cells(
        CASES,
        [
            ("cases/1", "served_on", "1"),
            ("cases/1", "hours", "2"),
            ("", "", "3"),
            ("cases/4", "", "4"),
        ],
    )
    assert found["cases/1"] == {"served_on": "1", "hours": "2"}
    assert found["cases/4"] == dict.fromkeys(CASES.columns, "4")
    assert set(found) == {"cases/1", "cases/4"}
