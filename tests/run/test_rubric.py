"""A rubric is opened alone or with its assessment; what is wrong with the folder is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawkpi.errors import ParamsError, Severity
from lawkpi.run.rubric import open_rubric
from tests.support.tiny import PARAMS, RUBRIC, tiny_folder

PUBLISHED = PARAMS / "rubrics"
FOLDERS = sorted(path for path in PUBLISHED.iterdir() if path.is_dir())


def test_an_assessments_rubric_knows_its_departments_and_ledgers(tmp_path: Path) -> None:
    opened = open_rubric(tiny_folder(tmp_path))
    assert opened.rubric.id == "tiny"
    assert opened.settings is not None
    assert opened.register is not None
    assert "litigation" in opened.schemas


def test_a_published_rubric_stands_by_itself(tmp_path: Path) -> None:
    opened = open_rubric(PUBLISHED / "kaijiang-2017", PARAMS)
    assert (opened.rubric.id, opened.settings, opened.register) == ("kaijiang-2017", None, None)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_published_rubric_contradicts_itself_nowhere(folder: Path) -> None:
    opened = open_rubric(folder, PARAMS)
    assert opened.rubric.id == folder.name
    grave = [one.message for one in opened.lint() if one.severity is Severity.ERROR]
    assert grave == []


def test_a_folder_without_a_rubric_is_refused_with_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as refused:
        open_rubric(tmp_path)
    assert refused.value.code == "RUBRIC_FOLDER_MISSING"
    assert "rubric.yaml" in refused.value.message


def test_a_rubric_that_does_not_fit_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "rubric.yaml").write_text(RUBRIC.replace("floors:", "floor:"), encoding="utf-8")
    with pytest.raises(ParamsError) as refused:
        open_rubric(tmp_path, PARAMS)
    assert "第9行" in refused.value.message
