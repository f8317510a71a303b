"""Putting an assessment together: score once for all departments, then say it row by row."""

from __future__ import annotations

import lawkpi.result.frames as frames
from lawkpi.result.assessment import Assessment
from lawkpi.result.inputs import Inputs
from lawkpi.result.mask import masked
from lawkpi.result.rows import Rows
from lawkpi.result.scored import scored_all


def assessed(inputs: Inputs) -> Assessment:
    """The assessment of all departments at once; the inputs are not changed.

    Raises
    ------
    RubricError : a rule names a ledger, column or operand that does not fit
    """
    rows = Rows(inputs, scored_all(inputs))
    return Assessment(
        settings=inputs.settings,
        register=inputs.register,
        rubric=inputs.rubric,
        ledgers={name: masked(ledger) for name, ledger in inputs.ledgers.items()},
        limits=inputs.limits_used,
        definitions=inputs.definitions_used,
        inputs=dict(inputs.files or {}),
        scores=frames.table(list(rows.scores()), frames.SCORES),
        rules=frames.table(list(rows.rules()), frames.RULES),
        losses=frames.table(list(rows.losses()), frames.LOSSES),
        adjustments=frames.table(list(rows.adjustments()), frames.ADJUSTMENTS),
        totals=frames.table(rows.totals(), frames.TOTALS),
        findings=frames.table([finding.row() for finding in inputs.findings], frames.FINDINGS),
    )
