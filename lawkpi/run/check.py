"""Check: read every ledger, find every fault, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from lawkpi.errors import Finding, LawkpiError, Severity
from lawkpi.ledger.agree import disagreements
from lawkpi.ledger.schema import LimitColumn
from lawkpi.ledger.table import Ledger, empty_ledger, missing_file, read_ledger
from lawkpi.rubric.lint import lint_rubric
from lawkpi.rubric.measures import JudgedMeasure
from lawkpi.run.folder import AssessmentFolder


@dataclass(frozen=True)
class Checked:
    """The ledgers of an assessment with everything found in them."""

    folder: AssessmentFolder
    ledgers: dict[str, Ledger]
    findings: tuple[Finding, ...]

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
    findings = lint_rubric(folder.rubric, folder.schemas, folder.settings, folder.register)
    ledgers = {}
    for name in folder.settings.ledgers:
        ledger = _read(folder, name, findings)
        ledgers[name] = folder.reckoner.derived(ledger)
        findings.extend(_undetermined(folder, ledgers[name]))
    for ledger in ledgers.values():
        findings.extend(disagreements(ledger, ledgers))
    findings.extend(_judged_beyond(folder, ledgers))
    findings.extend(_ledger_names(folder, ledgers))
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: (order.index(finding.severity), finding.file))
    return Checked(folder, ledgers, tuple(ranked))


def _read(folder: AssessmentFolder, name: str, findings: list[Finding]) -> Ledger:
    """A ledger, or an empty one and a finding when it cannot be read."""
    schema, files = folder.schemas[name], folder.settings.ledgers[name]
    try:
        paths = folder.ledger_paths(name)
        if not paths:
            raise missing_file(schema, files.files)
        return read_ledger(schema, paths, folder.register, sheet=files.sheet, findings=findings)
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
    found: dict[tuple[str, str], list[Any]] = {}
    for name, column in ledger.schema.derived.items():
        if not isinstance(column, LimitColumn) or not len(ledger):
            continue
        starts, last = ledger.frame[column.start], ledger.frame[name]
        open_rows = ledger.frame[starts.notna() & last.isna() & _applies(ledger, column)]
        for row in open_rows.itertuples():
            limit = folder.limits[column.limit]
            reason = "日历不全或期限未声明" if limit.is_declared else "本地期限未声明"
            found.setdefault((column.limit, reason), []).append(row)
    return [_limit_finding(limit, reason, rows) for (limit, reason), rows in found.items()]


def _applies(ledger: Ledger, column: LimitColumn) -> Any:
    applies = pd.Series(True, index=ledger.frame.index)
    for name, code in column.when.items():
        applies &= ledger.frame[name] == code
    return applies


def _limit_finding(limit: str, reason: str, rows: list[Any]) -> Finding:
    first = rows[0]
    return Finding(
        code="LEDGER_LAST_DAY_UNDETERMINED",
        severity=Severity.WARNING,
        what=f"{len(rows)}行的期限（{limit}）届满日不能确定：{reason}",
        file=first.file,
        sheet=first.sheet,
        cell=f"第{first.row}行起",
        expected="可以确定的届满日",
        todo="在 assessment.yaml 的 limits 中声明，或补充年度节假日安排",
    )


def _judged_beyond(folder: AssessmentFolder, ledgers: dict[str, Ledger]) -> list[Finding]:
    """Judged points outside their declared range."""
    if "judged" not in ledgers:
        return []
    ranges = {
        item.id: rule.measure.measure.at_most
        for _, item in folder.rubric.lines
        for rule in item.rules
        if isinstance(rule.measure.measure, JudgedMeasure)
    }
    frame = ledgers["judged"].frame
    rows: Any = frame.itertuples()
    return [
        Finding(
            code="JUDGED_POINTS_BEYOND",
            severity=Severity.ERROR,
            what=f"第{row.item}项核定扣分超出规定幅度",
            file=row.file,
            sheet=row.sheet,
            cell=f"第{row.row}行",
            found=f"{row.points:g}",
            expected=f"0 至 {float(ranges[row.item]):g}",
            todo="更正核定扣分",
            department=str(row.department),
        )
        for row in rows
        if row.item in ranges
        and pd.notna(row.points)
        and not 0 <= Fraction(f"{row.points:.2f}") <= ranges[row.item]
    ]


def _ledger_names(folder: AssessmentFolder, ledgers: dict[str, Ledger]) -> list[Finding]:
    """Submissions that name no ledger of this assessment."""
    if "submissions" not in ledgers:
        return []
    known = {name for schema in folder.schemas.values() for name in (schema.id, schema.title)}
    frame = ledgers["submissions"].frame
    rows: Any = frame.itertuples()
    return [
        Finding(
            code="SUBMISSION_LEDGER_UNKNOWN",
            severity=Severity.WARNING,
            what="报送登记的台账名称不在本考核之内",
            file=row.file,
            sheet=row.sheet,
            cell=f"第{row.row}行",
            found=str(row.ledger),
            expected="台账的全称",
            todo="更正台账名称",
        )
        for row in rows
        if row.ledger not in known
    ]
