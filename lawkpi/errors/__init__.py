"""Everything that can be wrong, and how it is said.

::

    LawkpiError
    ├── ParamsError      a file in params/ cannot be used (YAML, models, declared numbers)
    ├── LawError         a time limit or calendar cannot be used
    ├── LedgerError      a ledger cannot be read or checked
    ├── RubricError      a rubric contradicts itself or names what does not exist
    ├── ScoringError     scoring was asked for what it cannot give exactly
    ├── ResultError      a result, department or item that is not there
    ├── WorkbookError    a workbook cannot be written as asked
    ├── RunError         a run folder or notebook cannot be used
    └── UsageError       the command was called in a way it does not know

An error is one message for a person: what was found, where, what was expected, what to do.
Its `code` is stable; its wording may improve. What concerns one cell among many is not an
error but a `Finding`, collected with all others and shown at once.
"""

from lawkpi.errors.finding import Finding, Severity
from lawkpi.errors.tree import (
    LawError,
    LawkpiError,
    LedgerError,
    ParamsError,
    ResultError,
    RubricError,
    RunError,
    ScoringError,
    UsageError,
    WorkbookError,
)

__all__ = [
    "Finding",
    "LawError",
    "LawkpiError",
    "LedgerError",
    "ParamsError",
    "ResultError",
    "RubricError",
    "RunError",
    "ScoringError",
    "Severity",
    "UsageError",
    "WorkbookError",
]
