"""What may not matter does not: the order of rows, names, who asks; inputs stay as they were."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.ledger.table import Ledger
from lawkpi.result import Assessment
from lawkpi.run.check import Checked
from lawkpi.run.score import scored
from tests.support.tiny import DEPARTMENTS, default_rows

from .given import TABLES, plain, points, rescored, score, tiny_scored

NUMBERS = {
    "scores": ("department", "item", "full_points", "points", "state", "done", "due"),
    "losses": ("department", "item", "rule", "points", "ledger", "row_id"),
    "totals": ("department", "base", "bonus", "malus", "total", "rank", "grade", "converted"),
}


def shuffled(ledger: Ledger, seed: int) -> Ledger:
    order = np.random.default_rng(seed).permutation(len(ledger))
    frame = ledger.frame.iloc[order].reset_index(drop=True)
    return replace(
        ledger, frame=frame, unknown={name: own[order] for name, own in ledger.unknown.items()}
    )


def fingerprint(given: Checked) -> dict[str, Any]:
    """Every frame, mark and model that goes into scoring."""
    found: dict[str, Any] = {
        name: (
            hashlib.sha256(
                pd.util.hash_pandas_object(ledger.frame).to_numpy().tobytes()
            ).hexdigest(),
            ledger.frame.dtypes.astype(str).to_dict(),
            {column: marks.tobytes() for column, marks in ledger.unknown.items()},
            ledger.schema.model_dump_json(),
        )
        for name, ledger in given.ledgers.items()
    }
    for model in (given.folder.rubric, given.folder.settings, given.folder.register):
        found[type(model).__name__] = model.model_dump_json()
    return found


def test_the_order_of_rows_never_matters(checked_run: Checked) -> None:
    before = scored(checked_run)
    for seed in (1, 2):
        mixed = {name: shuffled(one, seed) for name, one in checked_run.ledgers.items()}
        after = rescored(checked_run, mixed)
        for table in TABLES:
            pd.testing.assert_frame_equal(getattr(after, table), getattr(before, table))


def test_the_order_of_rows_in_the_workbook_changes_row_numbers_only(
    tiny: Assessment, folder: Path
) -> None:
    turned = {name: list(reversed(rows)) for name, rows in default_rows().items()}
    after = tiny_scored(folder, turned)
    for table in TABLES:
        pd.testing.assert_frame_equal(plain(after, table), plain(tiny, table))
    assert not after.losses["row"].equals(tiny.losses["row"])


def test_renaming_a_department_changes_no_points(tiny: Assessment, folder: Path) -> None:
    renamed = DEPARTMENTS.replace(
        "name: 甲区市监局, short: 市监局",
        "name: 甲区市场监管和知识产权局, short: 市知局, aliases: [甲区市监局]",
    )
    after = tiny_scored(folder, departments=renamed)
    assert after.department("02").name == "甲区市场监管和知识产权局"
    for table, names in NUMBERS.items():
        assert points(getattr(after, table), *names) == points(getattr(tiny, table), *names)


def test_another_order_of_departments_changes_no_points(tiny: Assessment, folder: Path) -> None:
    lines = DEPARTMENTS.strip().splitlines()
    turned = "\n".join([*lines[:2], *reversed(lines[2:])])
    after = tiny_scored(folder, departments=turned)
    assert after.totals["department"].tolist() == ["03", "02", "01"]
    for table, names in NUMBERS.items():
        found, known = (
            sorted(points(getattr(one, table), *names)[:], key=str) for one in (after, tiny)
        )
        assert found == known


def test_scoring_does_not_change_its_inputs(checked_run: Checked) -> None:
    before = fingerprint(checked_run)
    scored(checked_run)
    assert fingerprint(checked_run) == before


def test_equal_inputs_give_equal_assessments(checked_run: Checked) -> None:
    first, second = scored(checked_run), scored(checked_run)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(first, table), getattr(second, table))


def amended(given: Checked, case: str, **cells: str) -> Assessment:
    """One case of the litigation ledger with other cells."""
    ledger = given.ledgers["litigation"]
    frame = ledger.frame.copy()
    place = frame.index[frame["case_number"] == case]
    if len(place) != 1:
        raise LookupError(case)
    for name, value in cells.items():
        frame.loc[place, name] = value
    return rescored(given, {"litigation": replace(ledger, frame=frame)})


def others(run: Assessment, table: str, code: str, item: str) -> list[Any]:
    """A table's rows of everybody and everything else."""
    frame: pd.DataFrame = getattr(run, table)
    apart = (frame["department"] == code) & (frame["item"] == item)
    return frame[~apart].astype(str).to_numpy().tolist()


def test_one_more_attended_hearing_changes_its_item_its_total_and_nothing_else(
    tiny: Assessment, tiny_checked: Checked
) -> None:
    after = amended(tiny_checked, "（2024）甲01行初32号", appeared_as="deputy")
    before, now = score(tiny, "02", "2.2"), score(after, "02", "2.2")
    assert (before["done"], now["done"]) == (2, 3)
    gained = now["points"] - before["points"]
    assert gained == 5
    assert after.total("02")["total"] - tiny.total("02")["total"] == gained
    for table in ("scores", "rules", "losses"):
        assert others(after, table, "02", "2.2") == others(tiny, table, "02", "2.2")
    assert after.total("03") == tiny.total("03")


def test_an_amendment_that_is_withdrawn_gives_back_the_former_scores(
    tiny: Assessment, tiny_checked: Checked
) -> None:
    case = "（2024）甲01行初32号"
    there = amended(tiny_checked, case, appeared_as="deputy")
    again = replace(tiny_checked, ledgers={**tiny_checked.ledgers, **dict(there.ledgers)})
    back = amended(again, case, appeared_as="lawyer")
    for table in TABLES:
        pd.testing.assert_frame_equal(plain(back, table), plain(tiny, table))
