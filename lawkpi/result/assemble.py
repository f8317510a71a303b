"""Putting an assessment together: score once for all departments, then say it row by row."""

from __future__ import annotations

import lawkpi.result.frames as frames
from lawkpi.result.amending import amendment_rows
from lawkpi.result.assessment import Assessment
from lawkpi.result.inputs import Inputs
from lawkpi.result.mask import masked
from lawkpi.result.outside_rows import OutsideRows
from lawkpi.result.rows import ItemRows
from lawkpi.result.scene import Scene
from lawkpi.result.scored import scored_all
from lawkpi.result.total_rows import TotalRows


def assessed(inputs: Inputs) -> Assessment:
    """The assessment of all departments at once; the inputs are not changed.

    Raises
    ------
    RubricError : a rule names a ledger, column or operand that does not fit
    """
    scene = Scene(inputs, scored_all(inputs))
    rows, outside = ItemRows(scene), OutsideRows(scene)
    return Assessment(
        settings=inputs.settings,
        register=inputs.register,
        rubric=inputs.rubric,
        ledgers={name: masked(ledger) for name, ledger in inputs.ledgers.items()},
        limits=inputs.limits_used,
        definitions=inputs.definitions_used,
        inputs=dict(inputs.files or {}),
        scores=frames.table(list(rows.scores()), frames.SCORES),
        rules=frames.table([*rows.rules(), *outside.rules()], frames.RULES),
        losses=frames.table(list(rows.losses()), frames.LOSSES),
        adjustments=frames.table(
            [*outside.adjustments(), *outside.exemptions()], frames.ADJUSTMENTS
        ),
        totals=frames.table(TotalRows(scene).totals(), frames.TOTALS),
        findings=frames.table([finding.row() for finding in inputs.findings], frames.FINDINGS),
        amendments=frames.table(list(amendment_rows(inputs)), frames.AMENDMENTS),
    )
