from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from lawkpi.errors import ParamsError
from lawkpi.run import open_folder, open_law
from tests.run.given import folder, replaced
from tests.support.tiny import DEPARTMENTS, PARAMS, RUBRIC, SETTINGS


def refused(path: Path, **texts: str) -> ParamsError:
    with pytest.raises(ParamsError) as caught:
        folder(path, **texts)
    return caught.value


def test_a_folder_that_is_no_assessment_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        open_folder(tmp_path)
    assert (caught.value.code, caught.value.where) == ("PARAMS_FOLDER_MISSING", tmp_path.name)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("assessment.yaml", {"settings": replaced(SETTINGS, "stage: initial", "stages: initial")}),
        ("departments.yaml", {"departments": replaced(DEPARTMENTS, "assessed:", "assesed:")}),
        ("rubric.yaml", {"rubric": replaced(RUBRIC, "issued_on:", "issue_on:")}),
    ],
)
def test_an_unknown_key_in_any_yaml_is_refused_with_file_and_line(
    tmp_path: Path, name: str, texts: dict[str, str]
) -> None:
    error = refused(tmp_path, **texts)
    assert error.code == "PARAMS_INVALID"
    [fault] = [one for one in error.findings if one.code == "PARAMS_KEY_UNKNOWN"]
    [text] = texts.values()
    lines = (
        text.format(shared="", ledgers="").splitlines() if "{shared}" in text else text.splitlines()
    )
    wrong = fault.found.split(".")[-1]
    [number] = [number for number, line in enumerate(lines, 1) if f"{wrong}:" in line]
    assert (fault.file, fault.cell) == (name, f"第{number}行")


def test_a_repeated_key_in_the_rubric_is_refused_with_its_line(tmp_path: Path) -> None:
    text = replaced(RUBRIC, "id: tiny\n", "id: tiny\nid: other\n")
    error = refused(tmp_path, rubric=text)
    assert (error.code, error.where) == ("PARAMS_KEY_REPEATED", "rubric.yaml 第3行")


def test_bare_points_in_the_rubric_are_refused_with_their_line(tmp_path: Path) -> None:
    text = replaced(RUBRIC, 'full_points: "20"', "full_points: 20.0")
    error = refused(tmp_path, rubric=text)
    assert [(one.file, one.cell, one.found) for one in error.findings] == [
        ("rubric.yaml", "第6行", "full_points")
    ]


def test_a_ledger_without_a_declaration_is_refused_by_name(tmp_path: Path) -> None:
    text = replaced(SETTINGS, "{ledgers}", "{ledgers}\n  petitions: {{files: [ledgers/x.xlsx]}}")
    error = refused(tmp_path, settings=text)
    assert error.code == "ASSESSMENT_LEDGER_UNDECLARED"
    assert "petitions" in error.what


def test_a_stage_can_be_named_from_outside_and_only_one_of_three(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    assert open_folder(opened.path, stage="final").settings.stage == "final"
    assert opened.settings.stage == "initial"
    assert opened.settings == open_folder(opened.path, stage="initial").settings


def test_files_of_a_ledger_are_found_by_pattern_without_excel_s_lock_files(tmp_path: Path) -> None:
    text = replaced(
        SETTINGS, "{ledgers}", "{ledgers}\n  claims: {{files: ['ledgers/claims*.xlsx']}}"
    )
    opened = folder(tmp_path, settings=text)
    for name in ("claims-b.xlsx", "claims-a.xlsx", "~$claims-a.xlsx"):
        (opened.path / "ledgers" / name).write_bytes(b"")
    found = [path.name for path in opened.ledger_paths("claims")]
    assert found == ["claims-a.xlsx", "claims-b.xlsx"]


def test_every_file_that_decides_the_result_has_a_fingerprint(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    prints = opened.fingerprints()
    ledgers = {f"ledgers/{path.name}" for path in (opened.path / "ledgers").iterdir()}
    own = {"assessment.yaml", "departments.yaml", "rubric.yaml"}
    assert set(prints) == ledgers | own | {
        f"共用参数 {name}" for name in ("law", "ledgers", "rates")
    }
    rubric = (opened.path / "rubric.yaml").read_bytes()
    assert prints["rubric.yaml"] == hashlib.sha256(rubric).hexdigest()


def test_a_change_of_the_shared_law_changes_the_fingerprint_of_the_inputs(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    for name in ("law", "ledgers", "rates"):
        shutil.copytree(PARAMS / name, shared / name)
    opened = folder(tmp_path, settings=SETTINGS.replace("{shared}", shared.as_posix()))
    before = opened.fingerprints()
    with (shared / "law" / "litigation.yaml").open("a", encoding="utf-8") as file:
        file.write("# 核对过\n")
    after = opened.fingerprints()
    assert {name for name in before if before[name] != after[name]} == {"共用参数 law"}


def test_an_assessment_s_own_days_off_are_laid_over_the_national_ones(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    assert opened.calendar.is_working("2024-03-12").tolist() == [True]
    (opened.path / "calendar").mkdir()
    text = 'year: 2024\noff: ["2024-03-12"]\nworking: []\nnotice: 自治州庆日\n'
    (opened.path / "calendar" / "2024.yaml").write_text(text, encoding="utf-8")
    again = open_folder(opened.path)
    assert again.calendar.is_working("2024-03-12").tolist() == [False]
    assert "calendar/2024.yaml" in again.fingerprints()


def test_a_params_folder_without_law_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        open_law(tmp_path)
    assert caught.value.code == "PARAMS_FOLDER_MISSING"
