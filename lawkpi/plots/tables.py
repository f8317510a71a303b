"""Tables for notebooks: result tables with Chinese heads, no index, ledger text escaped.

The frames of an `Assessment` stay what analysts compute with; these are what evaluators read. The
HTML of a table depends on its content only, so that notebooks can be compared.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.table import Ledger
from lawkpi.params import points_text
from lawkpi.result import frames

_CSS: list[Any] = [
    {"selector": "th", "props": "text-align: left; white-space: nowrap; vertical-align: bottom"},
    {"selector": "td", "props": "text-align: left; vertical-align: baseline; line-height: 1.5; "
                                "min-width: 2.5em"},
    {"selector": "caption", "props": "text-align: left; padding: 0.5em"},
]
_FINDING_HEADS = {
    "severity": "程度", "what": "问题", "place": "位置", "found": "填写内容", "expected": "应为",
    "todo": "如何更正",
}


def shown(
    frame: pd.DataFrame, name: str, *, places: Mapping[Hashable, int] | None = None
) -> Styler:
    """A frame of texts and numbers as an HTML table; numbers to the right, empty cells empty.

    Parameters
    ----------
    name : makes the table's HTML id; different for each table of a notebook
    places : columns whose numbers are written with so many decimals, the others in shortest form
    """
    fixed = places or {}
    texts = pd.DataFrame({
        head: [cell_text(cell, fixed.get(head)) for cell in frame[head]] for head in frame.columns
    }, dtype=object)
    styled = texts.style.hide(axis="index").format(escape="html").format_index(escape="html", axis=1)
    styled = styled.set_table_styles(_CSS + _to_the_right(frame))
    styled.set_uuid(f"lawkpi_{name}")
    return styled.set_table_attributes('class="lawkpi tex2jax_ignore"')


def cell_text(content: object, places: int | None = None) -> str:
    """One cell: points in their shortest form or with fixed decimals, nothing for what is missing."""
    if content is None or content is pd.NA or content != content:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(content, str):
        return content
    number: Any = content
    return points_text(Fraction(number)) if places is None else f"{Decimal(number):.{places}f}"


def _to_the_right(frame: pd.DataFrame) -> list[Any]:
    places = [place for place, head in enumerate(frame.columns) if _is_numeric(frame[head])]
    selectors = [f"{cell}.col{place}" for place in places for cell in ("td", "th")]
    return [{"selector": ", ".join(selectors), "props": "text-align: right"}] if places else []


def _is_numeric(column: pd.Series[Any]) -> bool:
    present = column.dropna()
    return len(present) > 0 and not any(isinstance(one, str) for one in present)


def findings_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """Findings as they stand in findings.parquet."""
    return frames.table([finding.row() for finding in findings], frames.FINDINGS)


def findings_table(findings: pd.DataFrame, *, most: int = 50) -> Styler:
    """The first findings: how severe, what, where, what was expected, what to do."""
    first = findings.head(most)
    heads = list(_FINDING_HEADS.values())
    rows: Any = first.itertuples()
    lines = [
        [Severity(row.severity).label, row.what, _place(row), row.found, row.expected, row.todo]
        for row in rows
    ]
    return shown(pd.DataFrame(lines, columns=heads, dtype=object), "findings")


def _place(row: Any) -> str:
    sheet = f"“{row.sheet}”" if row.sheet else ""
    return " ".join(part for part in (f"{row.file}{sheet}", row.cell) if part)


def severity_table(findings: pd.DataFrame) -> Styler:
    """How many findings of each severity, and what each severity means."""
    counts = findings["severity"].value_counts()
    lines = [
        [severity.label, int(counts.get(severity.value, 0)), meaning]
        for severity, meaning in _MEANINGS.items()
    ]
    return shown(pd.DataFrame(lines, columns=["程度", "条数", "含义"], dtype=object), "severity")


_MEANINGS = {
    Severity.ERROR: "更正以前不计分",
    Severity.PENDING: "有关指标列为待核，不计入得分",
    Severity.WARNING: "照现有内容计分，请人工核对",
    Severity.NOTICE: "读取时已自动规范，不需处理",
}


def ledgers_table(ledgers: Mapping[str, Ledger]) -> Styler:
    """Which ledgers were read: title, rows, files."""
    lines = [
        [ledger.schema.title, len(ledger), "、".join(sorted(set(ledger.frame["file"].dropna())))]
        for ledger in ledgers.values()
    ]
    heads = ["台账", "行数", "文件"]
    return shown(pd.DataFrame(lines, columns=heads, dtype=object), "ledgers")
