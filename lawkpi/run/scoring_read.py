"""Returned scoring sheets against what is on record: what would change, and what stands in the way.

Three states of a row decide: as the workbook was written, as it came back, as it is on record now. What an
office left alone changes nothing, however old its workbook is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from lawkpi.errors import Finding, RunError, Severity
from lawkpi.ledger.cells import Cell, CellReader
from lawkpi.params import points_text
from lawkpi.result.adjusting import ADJUSTMENTS
from lawkpi.rubric.assessment import STAGES
from lawkpi.rubric.measures import JudgedMeasure
from lawkpi.rubric.rule import Rule
from lawkpi.run.folder import AssessmentFolder
from lawkpi.run.office_ledgers import OfficeLedger, open_office_ledger
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.scoring_sheets import (
    JUDGED,
    Fields,
    Key,
    Returned,
    ReturnedRow,
    is_same,
    plain,
    read_scoring,
    shown_record,
)
from lawkpi.workbook.scoring_sheets.records import PERSONS, Value


@dataclass(frozen=True)
class Change:
    """What one row of a ledger becomes; `before` None where it is new, `after` None where it goes."""

    key: Key
    before: Fields | None
    after: Fields | None
    row: ReturnedRow

    @property
    def kind(self) -> str:
        """新增, 变更 or 删除."""
        if self.before is None:
            return "新增"
        return "变更" if self.after is not None else "删除"


@dataclass(frozen=True)
class ScoringRead:
    """What returned sheets would change, and everything found in them."""

    folder: AssessmentFolder
    ledgers: Mapping[str, OfficeLedger]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]

    @property
    def is_writable(self) -> bool:
        """Whether nothing stands in the way of writing."""
        return all(one.severity is not Severity.ERROR for one in self.findings)

    def changed(self, ledger: str) -> dict[Key, Fields | None]:
        """What the rows of one ledger become."""
        return {one.key: one.after for one in self.changes if one.key.ledger == ledger}


def read_scoring_sheets(folder: AssessmentFolder, paths: Sequence[Path]) -> ScoringRead:
    """Returned sheets of one assessment, looked at together; nothing is written.

    Raises
    ------
    RunError SCORING_FILE_OTHER, SCORING_STAGE_OTHER : a sheet of another assessment or stage
    RunError SCORING_LEDGER_FAULTY : the ledgers on record must be mended first
    WorkbookError SCORING_FILE_UNREADABLE, SCORING_FILE_FOREIGN
    """
    returned = [read_scoring(path) for path in paths]
    for one in returned:
        _refuse_others(folder, one)
    ledgers = {name: open_office_ledger(folder, name) for name in (ADJUSTMENTS, JUDGED)}
    desk = _Desk(folder, ledgers)
    for one in returned:
        desk.take(one)
    changes = desk.agreed()
    return ScoringRead(folder, ledgers, tuple(changes), tuple(desk.findings))


def _refuse_others(folder: AssessmentFolder, returned: Returned) -> None:
    settings, identity = folder.settings, returned.identity
    if identity.assessment != settings.id:
        raise RunError(
            "SCORING_FILE_OTHER",
            "底稿属于另一次考核",
            where=returned.file,
            expected=f"{settings.title}（编号 {settings.id}）的底稿，实际编号 {identity.assessment}",
            todo="检查考核文件夹和文件",
        )
    if identity.stage != settings.stage:
        stages = {str(name): title for name, title in STAGES.items()}
        raise RunError(
            "SCORING_STAGE_OTHER",
            "底稿属于另一阶段",
            where=returned.file,
            expected=f"{settings.stage_title}（实际为{stages.get(identity.stage, identity.stage)}）",
            todo="用 --stage 写明阶段，或重新写出底稿",
        )


@dataclass
class _Desk:
    """Rows being compared, one workbook after another."""

    folder: AssessmentFolder
    ledgers: Mapping[str, OfficeLedger]
    findings: list[Finding] = field(default_factory=list)
    wanted: dict[Key, list[Change]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rubric, register = self.folder.rubric, self.folder.register
        self.records: dict[Key, Fields] = {}
        self.readers: dict[tuple[str, str], CellReader] = {}
        for name, ledger in self.ledgers.items():
            self.records |= ledger.records(rubric)
            for column, declared in ledger.schema.columns.items():
                self.readers[name, column] = CellReader(declared, register)
        self.assessed = {one.code for one in register.assessed}
        self.now = fingerprint(self.folder.fingerprints())

    def take(self, returned: Returned) -> None:
        """One workbook: its own findings, and what it would change."""
        self.findings += returned.findings
        if returned.identity.fingerprint != self.now:
            self.findings.append(_data_changed(returned, self.now))
        for row in returned.rows:
            if not row.is_untouched:
                self._touched(row)

    def _touched(self, row: ReturnedRow) -> None:
        rule = self._rule(row.key)
        if not self._is_known(row.key, rule):
            what = "底稿的这一行在现行细则、名册中找不到"
            self.findings.append(row.finding("SCORING_ROW_UNKNOWN", "points", what))
            return
        record = self.records.get(row.key)
        after, wrong = self._typed(row, record, rule)
        self.findings += wrong
        if wrong or _equal(record, after):
            return
        if not is_same(shown_record(record or {}), row.written):
            what = "底稿写出以后，登记表中的这一行已另有变动"
            shown = "" if record is None else plain(record.get("points"))
            expected = (
                f"登记表现为 {shown or '无登记'}，底稿写出时为 {row.written['points'] or '无登记'}"
            )
            finding = row.finding("SCORING_RECORD_CHANGED", "points", what, expected=expected)
            self.findings.append(finding)
            return
        self.wanted.setdefault(row.key, []).append(Change(row.key, record, after, row))

    def _rule(self, key: Key) -> Rule | None:
        item = self.folder.rubric.item(key.item)
        return next((one for one in item.rules if one.id == key.rule), None) if item else None

    def _is_known(self, key: Key, rule: Rule | None) -> bool:
        if key.department not in self.assessed or self.folder.rubric.item(key.item) is None:
            return False
        is_judged = rule is not None and isinstance(rule.measure.measure, JudgedMeasure)
        return is_judged or key.ledger == ADJUSTMENTS

    def _typed(
        self, row: ReturnedRow, record: Fields | None, rule: Rule | None
    ) -> tuple[Fields | None, list[Finding]]:
        """The row's cells by type, None where it was emptied, and what is wrong with them."""
        if row.is_blank:
            return None, []
        found: dict[str, Value] = {}
        wrong: list[Finding] = []
        for name, raw in row.given.items():
            cell = self._cell(row, name, raw, record)
            found[name] = _value(cell.value)
            if cell.is_unreadable:
                more = {"expected": cell.expected}
                wrong.append(row.finding(cell.code, name, cell.problem, **more))
            elif cell.value is None and self._is_needed(row.key.ledger, name, rule):
                title = self.ledgers[row.key.ledger].schema.title_of(name)
                wrong.append(row.finding("SCORING_CELL_MISSING", name, f"没有填写{title}"))
        return found, wrong or list(self._beyond(row, found["points"], rule))

    def _cell(self, row: ReturnedRow, name: str, raw: Any, record: Fields | None) -> Cell:
        """A cell by its column's type; a name that was left as it was shown is the name on record."""
        known = (record or {}).get(name)
        if name in PERSONS and known and plain(raw) == plain(shown_record({name: known})[name]):
            return Cell(known)
        return self.readers[row.key.ledger, name](raw)

    def _is_needed(self, ledger: str, name: str, rule: Rule | None) -> bool:
        measure = rule.measure.measure if rule else None
        signed = isinstance(measure, JudgedMeasure) and measure.second_person
        needed = self.ledgers[ledger].schema.columns[name].required
        return needed or (signed and name == "second_person")

    def _beyond(self, row: ReturnedRow, points: Value, rule: Rule | None) -> Iterator[Finding]:
        """Judged points outside their range; adjustments finer than points are kept."""
        if not isinstance(points, Decimal):
            return
        measure = rule.measure.measure if rule else None
        if isinstance(measure, JudgedMeasure):
            if not measure.at_least <= Fraction(points) <= measure.at_most:
                expected = f"{points_text(measure.at_least)} 至 {points_text(measure.at_most)}"
                what = "核定分超出规定幅度"
                yield row.finding("SCORING_POINTS_BEYOND", "points", what, expected=expected)
            return
        places = self.folder.rubric.rounding.item_places
        if points != round(points, places):
            expected = f"最多{places}位小数"
            what = "调整分的小数位数多于得分"
            yield row.finding("SCORING_POINTS_DECIMALS", "points", what, expected=expected)

    def agreed(self) -> list[Change]:
        """Changes that no other workbook contradicts, and that fit into their items together."""
        found: list[Change] = []
        for changes in self.wanted.values():
            if all(_equal(one.after, changes[0].after) for one in changes[1:]):
                found.append(changes[0])
            else:
                self.findings += _conflicts(changes)
        self.findings += self._sums(found)
        return found

    def _sums(self, changes: Sequence[Change]) -> Iterator[Finding]:
        """Adjustments of one item that together leave its floor or its full points behind."""
        state = self.records | {one.key: one.after or {} for one in changes}
        seen: set[tuple[Any, ...]] = set()
        for one in changes:
            about = one.key[:4]
            if one.key.ledger != ADJUSTMENTS or about in seen:
                continue
            seen.add(about)
            own = [fields.get("points") for key, fields in state.items() if key[:4] == about]
            sum_ = sum((points for points in own if isinstance(points, Decimal)), Decimal(0))
            least, most = one.row.least, one.row.most
            if (least is not None and sum_ < least) or (most is not None and sum_ > most):
                low = "不限" if least is None else f"{least:f}"
                more = {"expected": f"本项全部调整合计 {low} 至 {most:f}"}
                what = f"调整后超出本项的最低分或分值（调整合计{sum_:f}分）"
                yield one.row.finding("SCORING_POINTS_BEYOND", "points", what, **more)


def _value(value: Any) -> Value:
    return Decimal(f"{value:.2f}") if isinstance(value, float) else value


def _equal(one: Fields | None, other: Fields | None) -> bool:
    if one is None or other is None:
        return one is other
    return is_same(one, {name: plain(value) for name, value in other.items()})


def _conflicts(changes: Sequence[Change]) -> Iterator[Finding]:
    """Each workbook's own cell, with what the others say."""
    for one in changes:
        others = [
            f"{other.row.file}“{other.row.sheet}”{other.row.cell('points')}为"
            f"{plain(other.row.given['points']) or '空白'}"
            for other in changes
            if other is not one
        ]
        what = "几份底稿对同一行填写不同"
        yield one.row.finding(
            "SCORING_SHEETS_CONFLICT", "points", what, expected="；".join(others),
            todo="商定后只由一份底稿填写",
        )  # fmt: skip


def _data_changed(returned: Returned, now: str) -> Finding:
    return Finding(
        code="SCORING_DATA_CHANGED",
        severity=Severity.WARNING,
        what="底稿依据的数据已变化，系统得分可能与底稿所列不同",
        file=returned.file,
        found=f"数据指纹 {returned.identity.fingerprint}",
        expected=f"数据指纹 {now}",
        todo="核对变动的指标；必要时重新写出底稿",
    )
