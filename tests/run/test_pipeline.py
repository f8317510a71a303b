"""A run writes all it can, says what failed, and never mixes two runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lawkpi
from lawkpi.errors import RunError, WorkbookError
from lawkpi.run import RunOptions, open_folder, papers, run_assessment
from tests.run.given import CODES, content, folder, of_code, places, plain, stable_bytes
from tests.support.tiny import default_rows, tiny_folder

pytestmark = pytest.mark.usefixtures("no_figures")
ALL = ["01", "02", "03", "figures", "scoring", "summary"]


def repeated_case() -> dict[str, Any]:
    rows = default_rows()["litigation"]
    return {"litigation": [*rows, rows[0]]}


def another_case() -> dict[str, Any]:
    """One more session studied by the second department."""
    rows = default_rows()["study_sessions"]
    return {"study_sessions": [*rows, {**rows[4], "session": "X99"}]}


def test_a_plain_run_writes_every_paper_and_says_so(tmp_path: Path) -> None:
    outcome = plain(folder(tmp_path), tmp_path / "out")
    assert sorted(outcome.done) == ALL
    assert (outcome.failed, outcome.reused, outcome.is_complete) == ({}, [], True)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"data", "departments", "scoring", "summary.xlsx", "findings.xlsx", "manifest.json",
                     "run.log.jsonl"}  # fmt: skip
    assert len(list((tmp_path / "out" / "departments").glob("*.xlsx"))) == 3


def test_what_a_run_wrote_loads_as_what_it_scored(tmp_path: Path) -> None:
    outcome = plain(folder(tmp_path), tmp_path / "out")
    loaded = lawkpi.load(tmp_path / "out")
    assert loaded.totals.equals(outcome.assessment.totals)
    assert loaded.losses.equals(outcome.assessment.losses)


def test_the_log_tells_what_happened_in_order(tmp_path: Path) -> None:
    plain(folder(tmp_path), tmp_path / "out")
    lines = (tmp_path / "out" / "run.log.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line)["event"] for line in lines]
    assert events == ["checked", "scored", *["written"] * 6, "finished"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (WorkbookError("WORKBOOK_X", "坏了"), "[WORKBOOK_X] 坏了"),
        (ZeroDivisionError("零"), "ZeroDivisionError: 零"),
    ],
    ids=["foreseen", "unforeseen"],
)
def test_one_failing_department_never_stops_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    real = papers.write_department

    def failing(assessment: Any, code: str, target: Path) -> Path:
        if code == "02":
            raise fault
        return real(assessment, code, target)

    monkeypatch.setattr(papers, "write_department", failing)
    outcome = plain(folder(tmp_path), tmp_path / "out")
    assert outcome.failed == {"02": said}
    assert sorted(outcome.done) == ["01", "03", "figures", "scoring", "summary"]
    manifest = content(tmp_path / "out" / "manifest.json")
    assert manifest["departments"]["02"] == said
    assert manifest["departments"]["03"] == "done"
    monkeypatch.setattr(papers, "write_department", real)
    again = plain(open_folder(tmp_path / "甲区2024"), tmp_path / "out")
    assert (sorted(again.reused), "02" in again.done) == (["01", "03"], True)


def test_findings_that_forbid_scoring_leave_the_former_papers_as_they_were(tmp_path: Path) -> None:
    output = tmp_path / "out"
    plain(folder(tmp_path), output)
    before = stable_bytes(output)
    with pytest.raises(RunError) as caught:
        plain(folder(tmp_path, repeated_case()), output)
    assert caught.value.code == "RUN_LEDGERS_FAULTY"
    assert [one.code for one in caught.value.findings] == ["LEDGER_ROW_REPEATED"]
    after = stable_bytes(output)
    assert after.pop("findings.xlsx") != before.pop("findings.xlsx")
    assert after == before


def test_findings_are_written_though_nothing_can_be_scored(tmp_path: Path) -> None:
    with pytest.raises(RunError):
        plain(folder(tmp_path, repeated_case()), tmp_path / "out")
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "findings.xlsx", "run.log.jsonl",
    ]  # fmt: skip


def test_an_unknown_department_code_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        plain(folder(tmp_path), tmp_path / "out", only=("01", "000", "1"))
    assert caught.value.code == "RUN_DEPARTMENT_UNKNOWN"
    assert "000、1" in caught.value.what
    assert not (tmp_path / "out").exists()


def test_a_foreign_output_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "note.txt").write_text("x")
    with pytest.raises(RunError) as caught:
        plain(folder(tmp_path), output)
    assert caught.value.code == "RUN_FOLDER_FOREIGN"
    assert [one.name for one in output.iterdir()] == ["note.txt"]


def test_a_second_run_on_the_same_input_reuses_every_paper(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    plain(opened, tmp_path / "out")
    before = stable_bytes(tmp_path / "out")
    again = plain(opened, tmp_path / "out")
    assert again.reused == CODES
    assert stable_bytes(tmp_path / "out") == before


def test_fresh_reuses_nothing(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    plain(opened, tmp_path / "out")
    assert plain(opened, tmp_path / "out", fresh=True).reused == []


def test_one_changed_record_makes_every_paper_anew(tmp_path: Path) -> None:
    plain(folder(tmp_path), tmp_path / "out")
    before = stable_bytes(tmp_path / "out")
    again = plain(folder(tmp_path, another_case()), tmp_path / "out")
    assert again.reused == []
    name = "departments/02-甲区市监局.xlsx"
    assert stable_bytes(tmp_path / "out")[name] != before[name]


def test_another_stage_makes_every_paper_anew(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    plain(opened, tmp_path / "out")
    assert plain(open_folder(opened.path, stage="review"), tmp_path / "out").reused == []


def test_a_paper_that_was_edited_by_hand_is_written_again(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    plain(opened, tmp_path / "out")
    paper = tmp_path / "out" / "departments" / "02-甲区市监局.xlsx"
    good = paper.read_bytes()
    paper.write_bytes(good + b" ")
    assert plain(opened, tmp_path / "out").reused == ["01", "03"]
    assert paper.read_bytes() == good


def test_only_some_departments_keeps_the_papers_of_the_others(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    plain(opened, tmp_path / "out")
    (tmp_path / "out" / "departments" / "02-甲区市监局.xlsx").unlink()
    one = plain(opened, tmp_path / "out", only=("02",))
    assert sorted(one.done) == ["02", "figures", "summary"]
    assert plain(opened, tmp_path / "out").reused == CODES


def test_papers_of_older_input_are_never_reused_after_a_run_of_one_department(
    tmp_path: Path,
) -> None:
    """The manifest of a partial run must not vouch for papers that it did not write."""
    output = tmp_path / "out"
    plain(folder(tmp_path), output)
    changed = folder(tmp_path, another_case())
    plain(changed, output, only=("01",))
    plain(changed, output)
    plain(changed, tmp_path / "clean")
    assert stable_bytes(output) == stable_bytes(tmp_path / "clean")


def test_progress_is_told_up_to_the_last_paper(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run_assessment(
        folder(tmp_path),
        RunOptions(tmp_path / "out", engine="plain"),
        step=lambda *step: told.append(step),
    )
    assert [(done, total) for _, done, total in told[-6:]] == [(n, 6) for n in range(1, 7)]


def test_a_run_does_not_change_its_inputs(tmp_path: Path) -> None:
    opened = folder(tmp_path)
    before = opened.fingerprints()
    plain(opened, tmp_path / "out")
    assert opened.fingerprints() == before


def test_an_unreadable_date_is_reported_and_every_paper_is_written(tmp_path: Path) -> None:
    rows = default_rows()["litigation"]
    opened = folder(tmp_path, {"litigation": [{**rows[0], "reply_on": "2024年3月"}, *rows[1:]]})
    outcome = plain(opened, tmp_path / "out")
    assert sorted(outcome.done) == ALL
    assert len(of_code(outcome.checked.findings, "LEDGER_DATE_UNREADABLE")) == 1
    stored = lawkpi.load(tmp_path / "out").findings
    assert places(outcome.checked.findings) == list(
        zip(stored["code"], stored["file"], stored["cell"], strict=True)
    )


def test_paths_are_resolved_and_a_folder_may_be_named_relatively(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_folder(tmp_path / "甲区2024")
    monkeypatch.chdir(tmp_path)
    outcome = plain(open_folder(Path("甲区2024")), Path("out"))
    assert outcome.is_complete
    assert (tmp_path / "out" / "summary.xlsx").is_file()
