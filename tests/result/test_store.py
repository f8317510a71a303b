"""Results as files: equal when read back, the same bytes when written again, nobody's name inside."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from lawkpi.errors import ResultError
from lawkpi.result import Assessment, load_assessment, store_assessment
from lawkpi.result.frames import LOSSES, SCORES, TOTALS
from lawkpi.run.check import Checked
from lawkpi.run.score import scored

from .given import TABLES


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_assessment_read_back_is_equal(run: Assessment, tmp_path: Path) -> None:
    store_assessment(run, tmp_path)
    again = load_assessment(tmp_path)
    for table in (*TABLES, "findings"):
        pd.testing.assert_frame_equal(getattr(again, table), getattr(run, table))
    assert (again.settings, again.register, again.rubric) == (
        run.settings,
        run.register,
        run.rubric,
    )
    assert (again.limits, again.inputs) == (run.limits, run.inputs)
    assert list(again.ledgers) == list(run.ledgers)
    for name, ledger in run.ledgers.items():
        pd.testing.assert_frame_equal(again.ledgers[name].frame, ledger.frame)
        assert again.ledgers[name].schema == ledger.schema
        for column in ledger.frame:
            found = again.ledgers[name].unknown_in(str(column)).tolist()
            assert found == ledger.unknown_in(str(column)).tolist()


def test_written_twice_and_written_after_reading_it_is_the_same_bytes(
    run: Assessment, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        store_assessment(run, tmp_path / name)
    store_assessment(load_assessment(tmp_path / "one"), tmp_path / "three")
    first = hashes(tmp_path / "one")
    assert len(first) == 8 + len(run.ledgers)
    assert hashes(tmp_path / "two") == first
    assert hashes(tmp_path / "three") == first


def test_what_is_written_is_said(tiny: Assessment, tmp_path: Path) -> None:
    written = store_assessment(tiny, tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == set(hashes(tmp_path))


@pytest.mark.parametrize(
    ("table", "columns"), [("scores", SCORES), ("losses", LOSSES), ("totals", TOTALS)]
)
def test_stored_tables_have_the_declared_columns_and_types(
    table: str, columns: dict, tiny: Assessment, tmp_path: Path
) -> None:
    store_assessment(tiny, tmp_path)
    schema = pq.read_schema(tmp_path / f"{table}.parquet")
    assert dict(zip(schema.names, schema.types, strict=True)) == dict(columns)
    assert not [name for name in schema.names if "rate" in name]


def test_an_assessment_read_back_explains_itself_alike(tiny: Assessment, tmp_path: Path) -> None:
    store_assessment(tiny, tmp_path)
    again = load_assessment(tmp_path)
    for code in ("01", "02", "03"):
        assert again.explain(code) == tiny.explain(code)
        assert again.explain(code, "2.2") == tiny.explain(code, "2.2")


@pytest.mark.parametrize("name", ["assessment.json", "scores.parquet", "totals.parquet"])
def test_a_folder_with_a_file_missing_is_refused_by_name(
    name: str, tiny: Assessment, tmp_path: Path
) -> None:
    store_assessment(tiny, tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ResultError) as caught:
        load_assessment(tmp_path)
    assert caught.value.code == "RESULT_FOLDER_INCOMPLETE"
    assert caught.value.expected == name


def test_a_folder_that_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultError) as caught:
        load_assessment(tmp_path)
    assert caught.value.code == "RESULT_FOLDER_INCOMPLETE"


def private(given: Checked) -> set[str]:
    """What stands in the masked columns as handed in and can be told from everybody's words."""
    schemas = [ledger.schema for ledger in given.ledgers.values()]
    common = {
        label for one in schemas for name in one.all_types for label in one.labels_of(name).values()
    }
    found = {
        str(value)
        for ledger in given.ledgers.values()
        for name, column in ledger.schema.columns.items()
        if column.personal in ("name", "masked")
        for value in ledger.frame[name].dropna()
    }
    return {value for value in found - common if not value.endswith("某某")}


def texts(folder: Path) -> str:
    """Every cell of every stored table, and the parameters, as one text."""
    parts = [(folder / "assessment.json").read_text(encoding="utf-8")]
    for path in sorted(folder.rglob("*.parquet")):
        frame = pd.read_parquet(path)
        parts += ["\n".join(frame[column].dropna().astype(str)) for column in frame]
    return "\n".join(parts)


def test_nothing_of_a_masked_column_is_stored_anywhere(
    checked_run: Checked, tmp_path: Path
) -> None:
    store_assessment(scored(checked_run), tmp_path)
    stored = texts(tmp_path)
    secret = private(checked_run)
    assert secret
    assert sorted(value for value in secret if value in stored) == []


def test_masked_names_keep_a_surname_and_all_else_is_hidden(tiny: Assessment) -> None:
    judged = tiny.ledgers["judged"].frame["person"]
    assert set(judged) == {"李某某"}


def test_blank_personal_cells_stay_blank(tiny: Assessment) -> None:
    assert tiny.ledgers["training"].frame["reason"].isna().all()
