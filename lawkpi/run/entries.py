"""Entries: what offices wrote by hand, checked against what the rubric asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.table import Ledger
from lawkpi.measure.exemptions import EXEMPTIONS, key_text
from lawkpi.params import points_text
from lawkpi.result.adjusting import ADJUSTMENTS
from lawkpi.result.reporting import SUBMISSIONS
from lawkpi.rubric.measures import EnteredMeasure, JudgedMeasure
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import States
from lawkpi.run.folder import AssessmentFolder

Ledgers = Mapping[str, Ledger]


def entry_findings(folder: AssessmentFolder, ledgers: Ledgers) -> Iterator[Finding]:
    """Judged points beyond their range, words without a price, adjustments, exemptions and submissions of nothing."""
    rules = [(item.id, rule) for _, item in folder.rubric.lines for rule in item.rules]
    entries = _Entries(rules)
    yield from entries.judged(ledgers)
    yield from entries.states(ledgers)
    yield from _adjustments(folder, ledgers)
    yield from _exemptions(ledgers)
    yield from _ledger_names(folder, ledgers)


@dataclass(frozen=True)
class _Entries:
    """The rules that entries belong to: item and rule."""

    rules: list[tuple[str, Rule]]

    def of(self, row: Any) -> list[Rule]:
        """The rules that a line belongs to: its own, or all of its item."""
        return [
            rule
            for item, rule in self.rules
            if item == row.item and (pd.isna(row.rule) or row.rule == rule.id)
        ]

    def judged(self, ledgers: Ledgers) -> Iterator[Finding]:
        """Judged points outside their declared range."""
        for row in _rows(ledgers, "judged"):
            for rule in self.of(row):
                measure = rule.measure.measure
                if not isinstance(measure, JudgedMeasure) or pd.isna(row.points):
                    continue
                if not measure.at_least <= Fraction(f"{row.points:.2f}") <= measure.at_most:
                    yield _finding(
                        row,
                        "JUDGED_POINTS_BEYOND",
                        Severity.ERROR,
                        f"第{row.item}项核定扣分超出规定幅度",
                        found=f"{row.points:g}",
                        expected=f"{points_text(measure.at_least)} 至 {points_text(measure.at_most)}",
                        todo="更正核定扣分",
                    )

    def states(self, ledgers: Ledgers) -> Iterator[Finding]:
        """Words that the rubric does not price."""
        for row in _rows(ledgers, "entered"):
            for rule in self.of(row):
                measure, shape = rule.measure.measure, rule.shape.shape if rule.shape else None
                asks = isinstance(measure, EnteredMeasure) and measure.gives == "state"
                if asks and isinstance(shape, States) and row.state not in shape.amounts:
                    yield _finding(
                        row,
                        "ENTERED_STATE_UNKNOWN",
                        Severity.PENDING,
                        f"第{row.item}项的核定情形不在细则所列之内",
                        found="" if pd.isna(row.state) else str(row.state),
                        expected="、".join(shape.amounts),
                        todo="改为细则所列情形之一",
                    )


def _adjustments(folder: AssessmentFolder, ledgers: Ledgers) -> Iterator[Finding]:
    """Adjustments of what is no base item, of who is not assessed, or without reason, person or day."""
    items = [item.id for section in folder.rubric.base_sections for item in section.items]
    assessed = {one.code: one.short for one in folder.register.assessed}
    for row in _rows(ledgers, ADJUSTMENTS):
        if row.item not in items:
            what, expected = "核分调整的指标编号不在基础分之内", "、".join(items)
            yield _adjustment(row, "ADJUSTMENT_ITEM_UNKNOWN", what, str(row.item), expected)
        if pd.notna(row.department) and row.department not in assessed:
            what, expected = "核分调整的单位不是被考核单位", "、".join(assessed.values())
            code = "ADJUSTMENT_DEPARTMENT_UNASSESSED"
            yield _adjustment(row, code, what, str(row.department), expected)
        needed = ("points", "reason", "person", "adjusted_on")
        blank = [name for name in needed if pd.isna(getattr(row, name))]
        if blank:
            titles = "、".join(ledgers[ADJUSTMENTS].schema.title_of(name) for name in blank)
            what = f"核分调整没有填写{titles}，或无法识别"
            yield _adjustment(row, "ADJUSTMENT_INCOMPLETE", what, "", titles)


def _adjustment(row: Any, code: str, what: str, found: str, expected: str) -> Finding:
    todo = "更正核分调整登记表"
    return _finding(row, code, Severity.ERROR, what, found=found, expected=expected, todo=todo)


def _exemptions(ledgers: Ledgers) -> Iterator[Finding]:
    """Exemptions of records that are in no ledger."""
    by_title = {ledger.schema.title: ledger for ledger in ledgers.values()}
    for row in _rows(ledgers, EXEMPTIONS):
        ledger = ledgers.get(str(row.ledger)) or by_title.get(str(row.ledger))
        name = f"{ledger.schema.id}/{key_text(str(row.record))}" if ledger else ""
        if ledger is None or not (ledger.frame["row_id"] == name).any():
            yield _finding(
                row,
                "EXEMPTION_RECORD_UNKNOWN",
                Severity.WARNING,
                "免予计分的记录在台账中找不到",
                found=f"{row.ledger} {row.record}",
                expected="台账名称，和该台账中记录的编号（多列编号以“|”连接）",
                todo="核对台账名称和记录编号",
            )


def _ledger_names(folder: AssessmentFolder, ledgers: Ledgers) -> Iterator[Finding]:
    """Submissions that name no ledger of this assessment."""
    known = {name for schema in folder.schemas.values() for name in (schema.id, schema.title)}
    for row in _rows(ledgers, SUBMISSIONS):
        if row.ledger not in known:
            yield _finding(
                row,
                "SUBMISSION_LEDGER_UNKNOWN",
                Severity.WARNING,
                "报送登记的台账名称不在本考核之内",
                found=str(row.ledger),
                expected="台账的全称",
                todo="更正台账名称",
            )


def _rows(ledgers: Ledgers, name: str) -> Any:
    return ledgers[name].frame.itertuples() if name in ledgers else ()


def _finding(row: Any, code: str, severity: Severity, what: str, **more: str) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        what=what,
        file=row.file,
        sheet=row.sheet,
        cell=f"第{row.row}行",
        department="" if pd.isna(row.department) else str(row.department),
        **more,
    )
