"""Agreement: two accounts of the same thing, compared row by row; a difference is a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.schema import Agreement
from lawkpi.ledger.table import Ledger


def disagreements(ledger: Ledger, ledgers: Mapping[str, Ledger]) -> list[Finding]:
    """Rows whose column differs from the sum that another ledger gives, where both are there."""
    found: list[Finding] = []
    for agreement in ledger.schema.agrees:
        if agreement.ledger in ledgers:
            found.extend(_differences(ledger, ledgers[agreement.ledger], agreement))
    return found


def _differences(ledger: Ledger, other: Ledger, agreement: Agreement) -> list[Finding]:
    scale = 10 ** other.schema.places_of(agreement.sum)
    sums = _sums(other, agreement, scale)
    here = ledger.frame[agreement.column].fillna(0).to_numpy(dtype="float64") * scale
    there = ledger.frame[agreement.by].map(sums).fillna(0).to_numpy(dtype="float64")
    differs = (np.rint(here) != there) & ~ledger.unknown_in(agreement.column)
    frame = ledger.frame.assign(_there=there / scale)[differs]
    rows: Any = frame.itertuples()
    title = ledger.schema.title_of(agreement.column)
    return [
        Finding(
            code="LEDGER_ACCOUNTS_DIFFER",
            severity=Severity.WARNING,
            what=f"“{title}”与《{other.schema.title}》合计不一致",
            file=row.file,
            sheet=row.sheet,
            cell=f"第{row.row}行",
            found=f"{getattr(row, agreement.column):g}",
            expected=f"{row[-1]:g}",
            todo="核对两份台账，更正有误的一份",
        )
        for row in rows
    ]


def _sums(other: Ledger, agreement: Agreement, scale: int) -> pd.Series:
    """Sums in whole units per value of `by`."""
    chosen = other.frame
    for name, code in agreement.when.items():
        chosen = chosen[chosen[name] == code]
    units = (chosen[agreement.sum].fillna(0).astype("float64") * scale).round()
    return units.groupby(chosen[agreement.by]).sum()
