"""The rubric language: rule = measure x shape x effect, as strict models and small trees.

The room promises that a rubric is used exactly as written, clause text and basis kept beside every rule,
and that its contradictions are found before any ledger is read. It knows schemas of ledgers and
never their files.
"""

from lawkpi.rubric.assessment import STAGES, AssessmentSettings, Stage
from lawkpi.rubric.lint import Around, lint_rubric
from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.rubric.rule import Rule

__all__ = [
    "STAGES",
    "Around",
    "AssessmentSettings",
    "Item",
    "Rubric",
    "Rule",
    "Section",
    "Stage",
    "lint_rubric",
]
