"""The exception tree."""

from __future__ import annotations

from collections.abc import Sequence

from lawkpi.errors.finding import Finding


class LawkpiError(Exception):
    """Something stops the work; the message says what, where, what was expected and what to do.

    Parameters
    ----------
    code : stable code in capitals, such as LEDGER_FILE_MISSING
    what : what was found (Chinese, one sentence without full stop)
    where : file, line, sheet, cell or option; empty when the place is obvious
    expected : what should have stood there
    todo : what the reader can do
    findings : the single faults, when there are several
    """

    def __init__(
        self,
        code: str,
        what: str,
        *,
        where: str = "",
        expected: str = "",
        todo: str = "",
        findings: Sequence[Finding] = (),
    ) -> None:
        self.code = code
        self.what = what
        self.where = where
        self.expected = expected
        self.todo = todo
        self.findings = tuple(findings)
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole message in Chinese, with its code."""
        parts = [f"[{self.code}] {self.what}"]
        for label, text in (("位置", self.where), ("应为", self.expected), ("处理", self.todo)):
            if text:
                parts.append(f"{label}：{text}")
        parts.extend(f"  - {finding.message}" for finding in self.findings)
        return "\n".join(parts)


class ParamsError(LawkpiError):
    """A file in params/ cannot be used."""


class LawError(LawkpiError):
    """A time limit or a calendar cannot be used."""


class LedgerError(LawkpiError):
    """A ledger cannot be read or checked."""


class RubricError(LawkpiError):
    """A rubric contradicts itself or names what does not exist."""


class ScoringError(LawkpiError):
    """Scoring was asked for what it cannot give exactly."""


class ResultError(LawkpiError):
    """A result, a department or an item that is not there."""


class WorkbookError(LawkpiError):
    """A workbook cannot be written as asked."""


class RunError(LawkpiError):
    """A run folder or a notebook cannot be used."""


class UsageError(LawkpiError):
    """The command was called in a way it does not know."""
