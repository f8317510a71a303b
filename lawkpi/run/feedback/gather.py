"""All returned workbooks of one run: who answered, what, and everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawkpi.errors import Finding, RunError, Severity
from lawkpi.ledger.departments import Department
from lawkpi.result import Assessment, load_assessment
from lawkpi.run.feedback.compare import compare_sheets
from lawkpi.run.feedback.identity import NOT_TAKEN, Sender, sender
from lawkpi.run.feedback.matching import matched
from lawkpi.run.feedback.notes import Notes
from lawkpi.run.feedback.opened import Sheets, opened
from lawkpi.run.feedback.reading import Reading
from lawkpi.run.layout import RunFolder
from lawkpi.run.manifest import is_reusable
from lawkpi.workbook.appeals import Answer
from lawkpi.workbook.feedback import NAME

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
"""What is taken out of a folder; other files of a reply (scans, letters) are nobody's answers."""


@dataclass(frozen=True)
class Gathered:
    """What came back: an answer for every assessed department in printing order, and the findings."""

    assessment: Assessment
    answers: list[Answer]
    findings: list[Finding]


@dataclass
class _Returned:
    """One file that could be opened, and who sent it."""

    notes: Notes
    sheets: Sheets
    sender: Sender


def gathered(run_folder: RunFolder, paths: Sequence[Path]) -> Gathered:
    """Read returned workbooks against the run that sent them.

    Parameters
    ----------
    paths : files, or folders with everything in them

    Raises
    ------
    RunError RUN_FEEDBACK_FILE_MISSING : a path is not there, or no workbook is
    ResultError RESULT_FOLDER_INCOMPLETE : not a run folder, or not a whole one
    """
    files = _files(paths)
    assessment = load_assessment(run_folder.data)
    all_notes, returned = [], []
    for path, name in files.items():
        notes = Notes(name)
        all_notes.append(notes)
        one = _opened(path, assessment, notes)
        if one is not None:
            returned.append(one)
    answers = _answers(run_folder, assessment, returned)
    findings = [found for notes in all_notes for found in notes.found]
    return Gathered(assessment, answers, _in_order(assessment, findings))


def _files(paths: Sequence[Path]) -> dict[Path, str]:
    """Every workbook that was given, once, with the name that findings use, in the order of names."""
    found: dict[Path, str] = {}
    for path in paths:
        if not path.exists():
            raise _missing(f"找不到“{path.name}”", path)
        if not path.is_dir():
            found.setdefault(path.resolve(), path.name)
            continue
        for one in filter(_is_workbook, path.rglob("*")):
            found.setdefault(one.resolve(), one.relative_to(path).as_posix())
    if not found:
        raise _missing("没有单位报回的工作簿", paths[0])
    return dict(sorted(found.items(), key=lambda pair: (pair[1], str(pair[0]))))


def _is_workbook(path: Path) -> bool:
    own = path.is_file() and not path.name.startswith(("~$", "."))
    return own and path.suffix.lower() in WORKBOOKS


def _missing(what: str, path: Path) -> RunError:
    return RunError(
        "RUN_FEEDBACK_FILE_MISSING",
        what,
        where=path.name,
        expected="单位报回的 .xlsx 工作簿，或存放它们的文件夹",
        todo="检查路径后重新读取",
    )


def _opened(path: Path, assessment: Assessment, notes: Notes) -> _Returned | None:
    try:
        sheets = opened(path)
    except RunError as error:
        what = f"{error.what}，{NOT_TAKEN}"
        notes.add(error.code, Severity.ERROR, what, todo=error.todo)
        return None
    found = sender(sheets, assessment, notes)
    return None if found is None else _Returned(notes, sheets, found)


def _answers(
    run_folder: RunFolder, assessment: Assessment, returned: Sequence[_Returned]
) -> list[Answer]:
    times = Counter(one.sender.department.code for one in returned)
    answers: dict[str, Answer] = {}
    for one in returned:
        department = one.sender.department
        if times[department.code] > 1:
            what = f"{department.name}报回的工作簿不止一份，均未登记"
            todo = "只留一份为准的，重新读取"
            one.notes.add("RUN_FEEDBACK_REPEATED", Severity.ERROR, what, at=(NAME, ""), todo=todo)
            continue
        answer = _answer(run_folder, assessment, one)
        if answer is not None:
            answers[department.code] = answer
    return [answers.get(one.code, Answer(one.name)) for one in assessment.departments]


def _answer(run_folder: RunFolder, assessment: Assessment, one: _Returned) -> Answer | None:
    department, notes = one.sender.department, one.notes
    sent = _sent(run_folder, department, notes)
    if sent is None:
        return None
    is_of_run = one.sender.is_of_run
    sheet = matched(sent[NAME], one.sheets[NAME], notes, is_of_run=is_of_run)
    items = {item.id for _, item in assessment.rubric.lines}
    answer = Reading(department.name, sheet, items, notes).answer()
    if is_of_run:
        compare_sheets(sent, one.sheets, notes)
    return answer


def _sent(run_folder: RunFolder, department: Department, notes: Notes) -> Sheets | None:
    """The workbook that a department was sent; None, with a finding, where it is not as it was."""
    path = run_folder.workbook(department)
    if is_reusable(run_folder, run_folder.former_manifest(), path):
        sent = opened(path)
        if NAME in sent:
            return sent
    notes.add(
        "RUN_FEEDBACK_ORIGINAL_LOST",
        Severity.ERROR,
        f"结果文件夹中{department.name}的工作簿缺失或者已被改动，不能比对，{NOT_TAKEN}",
        expected=f"departments/{path.name}",
        todo="以相同的输入重新运行 lawkpi run；报回的工作簿存放在别的文件夹",
    )
    return None


def _in_order(assessment: Assessment, findings: Sequence[Finding]) -> list[Finding]:
    """Findings of files that belong to nobody first, then department by department."""
    codes = ["", *(one.code for one in assessment.departments)]
    return [one for code in codes for one in findings if one.department == code]
