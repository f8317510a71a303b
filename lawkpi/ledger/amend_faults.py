"""What may be wrong with an amendment, and how it is said: always at the place where it is declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.amendments import Amendment, CellChange, Place
from lawkpi.ledger.cells import Cell
from lawkpi.ledger.schema import Schema

WITHDRAW = "核对台账现有内容，改正更正的登记，或将状态改为撤回"


def amendment_finding(
    one: Amendment, place: Place, code: str, what: str, **more: str | Severity
) -> Finding:
    """A finding at the place of an amendment; an error unless said otherwise."""
    said: dict[str, str | Severity] = {"severity": Severity.ERROR, "todo": WITHDRAW, **more}
    return Finding(
        code=code,
        severity=Severity(said.pop("severity")),
        what=f"第{one.number}号更正：{what}",
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        **{name: str(text) for name, text in said.items()},
    )


@dataclass(frozen=True)
class Faults:
    """Says what is wrong with the amendments of one ledger; contents of personal columns are not repeated."""

    schema: Schema
    findings: list[Finding]

    def _add(
        self, one: Amendment, place: Place, code: str, what: str, **more: str | Severity
    ) -> None:
        self.findings.append(amendment_finding(one, place, code, what, **more))

    def record_unknown(self, one: Amendment) -> None:
        """The record is not in the ledger, or its key has not as many parts as it should."""
        titles = "|".join(self.schema.title_of(name) for name in self.schema.key)
        where = "".join((one.at_file, f"第{one.at_row}行" if one.at_row else ""))
        self._add(
            one,
            one.place,
            "AMENDMENT_RECORD_UNKNOWN",
            f"《{self.schema.title}》中没有这条记录",
            found=" ".join(part for part in (one.record, where) if part),
            expected=f"台账所报的{titles}",
        )

    def record_ambiguous(self, one: Amendment, places: Sequence[str]) -> None:
        """Several rows have the key."""
        self._add(
            one,
            one.place,
            "AMENDMENT_RECORD_AMBIGUOUS",
            f"《{self.schema.title}》中有{len(places)}行是这条记录",
            found=f"{one.record}（{'、'.join(places)}）",
            expected="写明原表文件和原表行号（file、row）",
            todo="补上原表行号",
        )

    def record_exists(self, one: Amendment) -> None:
        """A record that is to be added is there already."""
        self._add(
            one,
            one.place,
            "AMENDMENT_RECORD_EXISTS",
            f"补录的记录《{self.schema.title}》中已有",
            found=one.record,
            expected="台账中没有的记录",
        )

    def column_unknown(self, one: Amendment, cell: CellChange) -> None:
        """No column of the ledger is called so; derived columns cannot be amended."""
        self._add(
            one,
            cell.place,
            "AMENDMENT_COLUMN_UNKNOWN",
            f"《{self.schema.title}》没有这一栏，或该栏由系统计算",
            found=cell.column,
            expected="、".join(column.title for column in self.schema.columns.values()),
            todo="改为台账的栏目名称",
        )

    def stale(self, one: Amendment, cell: CellChange, name: str, now: tuple[str, bool]) -> None:
        """Something else stands in the cell than the amendment says; `now`: what, and whether it is amended already."""
        text, is_done = now
        shows = self.schema.columns[name].personal not in ("name", "masked")
        self._add(
            one,
            cell.place,
            "AMENDMENT_STALE",
            f"“{self.schema.title_of(name)}”的现有内容与所写原值不符",
            found=(text or "（空）") if shows else "",
            expected=(cell.was or "（空）") if shows else "",
            todo="台账已是更正后的内容，将状态改为撤回" if is_done else WITHDRAW,
        )

    def unreadable(self, one: Amendment, cell: CellChange, name: str, becomes: Cell) -> None:
        """The new content cannot be read, or only by putting it in order."""
        shows = self.schema.columns[name].personal not in ("name", "masked")
        self._add(
            one,
            cell.place,
            "AMENDMENT_VALUE_UNREADABLE",
            f"“{self.schema.title_of(name)}”更正后的内容不合要求：{becomes.problem}",
            severity=Severity.ERROR if becomes.is_unreadable else becomes.severity,
            found=cell.becomes if shows else "",
            expected=becomes.expected,
            todo="改正更正后的内容",
        )

    def required(self, one: Amendment, place: Place, names: Sequence[str]) -> None:
        """A required cell would be left empty."""
        titles = "、".join(self.schema.title_of(name) for name in names)
        self._add(
            one,
            place,
            "AMENDMENT_VALUE_MISSING",
            f"更正后必填的{titles}为空",
            expected=titles,
            todo="补上更正后的内容",
        )

    def nothing(self, one: Amendment, place: Place) -> None:
        """Nothing would change."""
        self._add(
            one,
            place,
            "AMENDMENT_CHANGES_NOTHING",
            "没有写明栏目，或更正前后的内容相同",
            expected="栏目，以及不同于原值的内容",
            todo="补上栏目和更正后的内容，或将状态改为撤回",
        )

    def conflict(self, one: Amendment, place: Place, numbers: Sequence[str]) -> None:
        """Two entries claim one cell, or a record is changed and removed."""
        named = "、".join(f"第{number}号" for number in dict.fromkeys(numbers))
        self._add(
            one,
            place,
            "AMENDMENT_CONFLICT",
            "同一记录的同一栏被更正两次，或同一记录既改值又删除",
            found=f"{one.record}（{named}）",
            expected="一条记录的一栏只有一项已批准的更正",
            todo="保留一项，其余的状态改为撤回",
        )
