"""The main job: check, score once for all, write the results whole, then every paper."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from lawkpi.errors import LawkpiError, RunError
from lawkpi.ledger.departments import Department
from lawkpi.result import Assessment, store_assessment
from lawkpi.run.check import Checked, checked
from lawkpi.run.folder import AssessmentFolder
from lawkpi.run.layout import RunFolder
from lawkpi.run.manifest import basis, is_reusable, write_manifest
from lawkpi.run.notebooks import templates_folder
from lawkpi.run.papers import Notebooks, Papers
from lawkpi.run.score import scored
from lawkpi.workbook import write_findings

Engine = Literal["auto", "kernel", "plain"]
Step = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are finished, of how many."""


@dataclass(frozen=True)
class RunOptions:
    """How a run is made.

    `only`: department codes, all when empty; `workers`: kernels at a time; `fresh`: nothing of a
    former run is reused; `engine` plain writes workbooks without notebooks.
    """

    output: Path
    only: tuple[str, ...] = ()
    engine: Engine = "auto"
    workers: int = 2
    notebooks: Notebooks = "all"
    fresh: bool = False
    templates: Path | None = None


@dataclass
class RunOutcome:
    """What succeeded, what failed and where everything is."""

    run_folder: RunFolder
    checked: Checked
    assessment: Assessment
    done: list[str] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    """Departments whose papers in the folder are a former run's, on other inputs."""

    @property
    def is_complete(self) -> bool:
        """Whether every paper that was asked for is there."""
        return not self.failed


class RunLog:
    """run.log.jsonl: one line per event, with the seconds since the start."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.started = time.monotonic()
        path.write_text("", encoding="utf-8")

    def __call__(self, event: str, **details: Any) -> None:
        """Add a line."""
        line = {"seconds": round(time.monotonic() - self.started, 3), "event": event, **details}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def run_assessment(
    folder: AssessmentFolder, options: RunOptions, *, step: Step | None = None
) -> RunOutcome:
    """Make a run: findings, results, a paper per department, the summary, the manifest.

    A department whose paper fails is recorded and does not stop the others. Findings that forbid
    scoring stop the run after findings.xlsx is written; a former run's papers stay as they were.

    Raises
    ------
    RunError RUN_LEDGERS_FAULTY, RUN_FINAL_PENDING, RUN_FOLDER_FOREIGN, RUN_DEPARTMENT_UNKNOWN
    """
    told = step or (lambda *_: None)
    run_folder = RunFolder(options.output.resolve())
    departments = _chosen(folder, options.only)
    templates = templates_folder(options.templates)
    run_folder.claim()
    log = RunLog(run_folder.log)
    told("读取和检查台账", 0, 1)
    found = checked(folder)
    _write_findings(found, run_folder)
    log("checked", findings={one.value: count for one, count in found.counted().items()})
    told("计分", 0, 1)
    assessment = scored(found)
    former = {} if options.fresh else run_folder.former_manifest()
    state = basis(assessment, templates)
    is_same = all(former.get(name) == value for name, value in state.items())
    if not (options.only or is_same):
        run_folder.clear()
    store_assessment(assessment, run_folder.data)
    log("scored", departments=len(assessment.departments))
    outcome = RunOutcome(run_folder, found, assessment)
    reusable = former if is_same else {}
    outcome.reused = _reusable(run_folder, departments, reusable, options)
    outcome.stale = [] if is_same else _left_behind(run_folder, folder, departments)
    todo = [one for one in departments if one.code not in outcome.reused]
    papers = Papers(assessment, run_folder, templates, _notebooks(options))
    _write_all(papers, todo, options, _Told(told, log, outcome))
    write_manifest(run_folder, state, _statuses(outcome, reusable if options.only else {}))
    log("finished", done=len(outcome.done), failed=list(outcome.failed))
    return outcome


@dataclass(frozen=True)
class _Told:
    """Where news of papers goes: the progress bar, the log, the outcome."""

    step: Step
    log: RunLog
    outcome: RunOutcome

    def finished(self, name: str, error: BaseException | None) -> None:
        if error is None:
            self.outcome.done.append(name)
            self.log("written", name=name)
            return
        unforeseen = f"{type(error).__name__}: {error}"
        reason = error.message if isinstance(error, LawkpiError) else unforeseen
        self.outcome.failed[name] = reason
        self.log("failed", name=name, reason=reason)


def _chosen(folder: AssessmentFolder, only: Iterable[str]) -> list[Department]:
    known = {department.code: department for department in folder.register.assessed}
    unknown = [code for code in only if code not in known]
    if unknown:
        raise RunError(
            "RUN_DEPARTMENT_UNKNOWN",
            f"没有被考核单位 {'、'.join(unknown)}",
            expected="、".join(f"{one.code} {one.short}" for one in known.values()),
            todo="使用 departments.yaml 中的单位代码",
        )
    return [known[code] for code in only] or list(known.values())


def _left_behind(
    run_folder: RunFolder, folder: AssessmentFolder, departments: list[Department]
) -> list[str]:
    """Departments that are not written now and have papers of a run on other inputs."""
    others = [one for one in folder.register.assessed if one not in departments]
    return [one.code for one in others if run_folder.workbook(one).exists()]


def _write_findings(found: Checked, run_folder: RunFolder) -> None:
    settings = found.folder.settings
    write_findings(
        found.findings,
        run_folder.findings,
        title=settings.title,
        created=settings.as_of,
        illustrative=settings.illustrative,
    )


def _notebooks(options: RunOptions) -> Notebooks:
    return "none" if options.engine == "plain" else options.notebooks


def _reusable(
    run_folder: RunFolder,
    departments: list[Department],
    former: dict[str, Any],
    options: RunOptions,
) -> list[str]:
    """Departments whose papers stand from a former run on the same inputs."""
    if not former:
        return []
    wants_notebook = _notebooks(options) == "all"
    return [
        one.code
        for one in departments
        if former.get("departments", {}).get(one.code) == "done"
        and is_reusable(run_folder, former, run_folder.workbook(one))
        and (run_folder.notebook(one).is_file() or not wants_notebook)
    ]


def _write_all(
    papers: Papers, departments: list[Department], options: RunOptions, told: _Told
) -> None:
    """Every department's paper, the scoring sheets and the summary; then the figures.

    Several kernels at a time. Scoring sheets are left alone where only some departments are written.
    Figures are drawn after the kernels have ended, in one thread: matplotlib promises nothing for
    several.
    """
    jobs = [(one.code, _job(papers, one)) for one in departments]
    if not options.only:
        jobs.append(("scoring", papers.scoring))
    jobs.append(("summary", papers.summary))
    workers = options.workers if papers.notebooks == "all" else 1
    figures = [("figures", lambda: papers.figures(departments))]
    ended = chain(_finished(jobs, workers), _finished(figures, 1))
    for count, (name, error) in enumerate(ended, 1):
        told.finished(name, error)
        told.step("写出工作簿、笔记本和图表", count, len(jobs) + len(figures))


def _job(papers: Papers, department: Department) -> Callable[[], None]:
    return lambda: papers.department(department)


def _finished(
    jobs: list[tuple[str, Callable[[], None]]], workers: int
) -> Iterator[tuple[str, BaseException | None]]:
    """Jobs as they end, with what they raised."""
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        names: dict[Future[None], str] = {pool.submit(job): name for name, job in jobs}
        open_jobs = set(names)
        while open_jobs:
            ended, open_jobs = wait(open_jobs, return_when=FIRST_COMPLETED)
            for job in sorted(ended, key=names.__getitem__):
                yield names[job], job.exception()


def _statuses(outcome: RunOutcome, former: dict[str, Any]) -> dict[str, str]:
    statuses: dict[str, str] = dict(former.get("departments", {}))
    statuses |= dict.fromkeys([*outcome.reused, *outcome.done], "done")
    return dict(sorted((statuses | outcome.failed).items()))
