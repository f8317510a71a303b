"""Findings: single faults in what was submitted, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How far a finding reaches."""

    ERROR = "error"
    """Scoring does not start until it is mended."""
    PENDING = "pending"
    """What it touches is 待核: shown, outside the total, never guessed."""
    WARNING = "warning"
    """Scored as it stands; a person should look."""
    NOTICE = "notice"
    """Something was put in order; nothing needs doing."""

    @property
    def label(self) -> str:
        """The word an evaluator reads."""
        return _TITLES[self]


_TITLES = {
    Severity.ERROR: "须更正",
    Severity.PENDING: "待核",
    Severity.WARNING: "请核对",
    Severity.NOTICE: "提示",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault, its place, what was expected and what to do.

    `cell` is an Excel address such as D12, or a line such as 第12行 for YAML.
    """

    code: str
    severity: Severity
    what: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    found: str = ""
    expected: str = ""
    todo: str = ""
    department: str = ""

    @property
    def place(self) -> str:
        """File, sheet and cell in one text."""
        sheet = f"“{self.sheet}”" if self.sheet else ""
        return " ".join(part for part in (f"{self.file}{sheet}", self.cell) if part)

    @property
    def message(self) -> str:
        """The finding as one Chinese line."""
        parts = [f"[{self.code}] {self.what}"]
        labelled = (
            ("位置", self.place),
            ("填写内容", self.found),
            ("应为", self.expected),
            ("处理", self.todo),
        )
        parts.extend(f"{label}：{text}" for label, text in labelled if text)
        return "；".join(parts)

    def row(self) -> dict[str, str]:
        """The finding as a row of findings.xlsx and findings.parquet."""
        return {key: str(value) for key, value in asdict(self).items()}
