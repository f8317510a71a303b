"""Check: read every ledger, find every fault, all at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from lawkpi.errors import Finding, LawkpiError, Severity
from lawkpi.law.answers import NO_LIMIT, START_UNKNOWN
from lawkpi.law.telling import advice
from lawkpi.ledger.agree import disagreements
from lawkpi.ledger.amend import Amending
from lawkpi.ledger.amended import Amendments
from lawkpi.ledger.derived_columns import LimitColumn
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger, empty_ledger, missing_file, read_ledger
from lawkpi.measure import Facts, RateDesk
from lawkpi.params import read_yaml
from lawkpi.result.deadlines import Deadline, Watch, deadlines, yearly_deadlines
from lawkpi.result.sentences import Speaker
from lawkpi.rubric.lint import Around, lint_rubric
from lawkpi.run.amendments import amending, declared_amendments
from lawkpi.run.entries import entry_findings
from lawkpi.run.folder import CALENDAR, LAW, AssessmentFolder

CALENDAR_REACH = dt.timedelta(days=90)
"""How far limits that run on the day of asking may reach: 60 and 30 days, or 40 working days."""


@dataclass(frozen=True)
class Checked:
    """The ledgers of an assessment with everything found in them."""

    folder: AssessmentFolder
    ledgers: dict[str, Ledger]
    findings: tuple[Finding, ...]
    amendments: Amendments

    @property
    def facts(self) -> Facts:
        """The ledgers and the named days that predicates use."""
        settings = self.folder.settings
        return Facts(self.ledgers, {**settings.period.names, "as_of": settings.as_of})

    @property
    def rates(self) -> RateDesk:
        """The named rates over these ledgers, under every counting rule."""
        return RateDesk(self.folder.rates, self.facts)

    def deadlines(self, as_of: dt.date, days: int) -> list[Deadline]:
        """What is late, unknown, or falls due within some days, as known on a day."""
        folder = self.folder
        speaker = Speaker(folder.rubric, self.facts, folder.reckoner, folder.names)
        yearly = yearly_deadlines(folder.limits, speaker, as_of, days)
        return [*deadlines(speaker, self.ledgers, as_of, days), *yearly]

    def watch(self, as_of: dt.date, days: int) -> Watch:
        """The early warning of a day: its duties, counted and named."""
        return Watch(as_of, days, self.deadlines(as_of, days), self.folder.names)

    @property
    def is_scorable(self) -> bool:
        """Whether nothing stands in the way of scoring."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    def counted(self) -> dict[Severity, int]:
        """Findings per severity."""
        return {
            severity: sum(finding.severity is severity for finding in self.findings)
            for severity in Severity
        }


def checked(folder: AssessmentFolder) -> Checked:
    """Read, check and derive all ledgers of an assessment."""
    findings = linted(folder)
    own = folder.register_schema
    register = _read(folder, own, findings) if own else None
    declared = declared_amendments(folder, register, findings)
    ledgers, applied = {}, []
    for name, schema in folder.schemas.items():
        amended = amending(declared, name)
        ledgers[name] = folder.reckoner.derived(_read(folder, schema, findings, amended))
        applied += amended.applied
        findings.extend(_undetermined(folder, ledgers[name]))
    for ledger in ledgers.values():
        findings.extend(disagreements(ledger, ledgers))
    findings.extend(_calendar_ends(folder))
    findings.extend(entry_findings(folder, ledgers))
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: (order.index(finding.severity), finding.file))
    order_of = {id(one): place for place, one in enumerate(declared)}
    applied.sort(key=lambda one: order_of[id(one.amendment)])
    return Checked(folder, ledgers, tuple(ranked), Amendments(declared, tuple(applied)))


def linted(folder: AssessmentFolder) -> list[Finding]:
    """What contradicts itself in the rubric of an assessment, each with its line."""
    around = Around(folder.schemas, folder.settings, folder.register)
    content = read_yaml(folder.path / folder.settings.rubric)
    return lint_rubric(folder.rubric, around, content)


def _read(
    folder: AssessmentFolder,
    schema: Schema,
    findings: list[Finding],
    amended: Amending | None = None,
) -> Ledger:
    """A ledger, or an empty one and a finding when it cannot be read."""
    files = folder.settings.ledgers[schema.id]
    try:
        paths = folder.ledger_paths(schema.id)
        if not paths:
            raise missing_file(schema, files.files)
        return read_ledger(
            schema,
            paths,
            folder.register,
            sheet=files.sheet,
            findings=findings,
            amending=amended,
        )
    except LawkpiError as error:
        findings.extend(error.findings)
        findings.append(
            Finding(
                code=error.code,
                severity=Severity.ERROR,
                what=error.what,
                file=error.where,
                expected=error.expected,
                todo=error.todo,
            )
        )
        return empty_ledger(schema)


def _undetermined(folder: AssessmentFolder, ledger: Ledger) -> list[Finding]:
    """Starts that are known and yet give no last day, once per limit and reason."""
    found: dict[tuple[str, str], list[int]] = {}
    for column in ledger.schema.derived.values():
        if not isinstance(column, LimitColumn) or not len(ledger):
            continue
        last = folder.reckoner.clock.last_days(ledger, column)
        has_begun = ledger.frame[column.start].notna().to_numpy()
        open_rows = has_begun & ~np.isin(last.reason, ["", NO_LIMIT, START_UNKNOWN])
        for row in np.flatnonzero(open_rows):
            limit = folder.reckoner.clock.limit_of(ledger, int(row), column)
            found.setdefault((limit.id, str(last.reason[row])), []).append(int(row))
    return [
        _limit_finding(folder, ledger, limit, reason, rows)
        for (limit, reason), rows in found.items()
    ]


def _limit_finding(
    folder: AssessmentFolder, ledger: Ledger, limit: str, reason: str, rows: list[int]
) -> Finding:
    first = ledger.frame.iloc[rows[0]]
    return Finding(
        code="LEDGER_LAST_DAY_UNDETERMINED",
        severity=Severity.WARNING,
        what=f"{len(rows)}行的期限（{folder.limits[limit].title}，{limit}）届满日待定：{reason}",
        file=first["file"],
        sheet=first["sheet"],
        cell=f"第{first['row']}行起",
        expected="可以确定的届满日",
        todo=advice(reason) or "核对该行与期限有关的各列",
    )


def _calendar_ends(folder: AssessmentFolder) -> list[Finding]:
    """The next year's days off, where limits that run now reach into it and it is not known.

    The notice comes out every November: until then this is no fault, only to be known.
    """
    known, as_of = folder.calendar.known_to, folder.settings.as_of
    if as_of + CALENDAR_REACH <= known:
        return []
    return [
        Finding(
            code="CALENDAR_YEAR_MISSING",
            severity=Severity.WARNING if as_of > known else Severity.NOTICE,
            what=f"放假安排只收到{known.year}年，届满日在其后的期限列为待定",
            file=f"{LAW}/{CALENDAR}",
            found=f"数据截止日{as_of.isoformat()}",
            expected=f"{known.year + 1}年放假安排（国务院办公厅每年11月公布）",
            todo=f"公布后补充 {known.year + 1}.yaml；{known.year}年12月的调休也可能随之变动",
        )
    ]
