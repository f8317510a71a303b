"""Tables for notebooks: result tables with Chinese heads, no index, ledger text escaped.

The frames of an `Assessment` stay what analysts compute with; these are what evaluators read. The
HTML of a table depends on its content only, so that notebooks can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any

import pandas as pd

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.table import Ledger
from lawkpi.params import points_text
from lawkpi.result import frames
from lawkpi.result.deadlines import Watch

_LEFT, _RIGHT = (f"text-align: {side}; vertical-align: baseline" for side in ("left", "right"))
_FINDING_HEADS = {
    "severity": "程度",
    "what": "问题",
    "place": "位置",
    "found": "填写内容",
    "expected": "应为",
    "todo": "如何更正",
}


@dataclass(frozen=True)
class Table:
    """A table of texts that notebooks show as HTML.

    Its style stands on every cell: JupyterLab takes style sheets away from notebooks that were
    executed elsewhere, and would put all text to the right.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""

    def _repr_html_(self) -> str:
        caption = f'<caption style="{_LEFT}">{escape(self.caption)}</caption>'
        head = "".join(self._cell("th", place, text) for place, text in enumerate(self.heads))
        body = "\n".join(f"<tr>{self._row(row)}</tr>" for row in self.rows)
        return (
            f'<table class="lawkpi tex2jax_ignore">\n{caption if self.caption else ""}'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        )

    def __str__(self) -> str:
        return "\n".join("\t".join(row) for row in (self.heads, *self.rows))

    def _row(self, row: tuple[str, ...]) -> str:
        return "".join(self._cell("td", place, text) for place, text in enumerate(row))

    def _cell(self, kind: str, place: int, text: str) -> str:
        style = _RIGHT if place in self.numeric else _LEFT
        style += "; white-space: nowrap" if kind == "th" else ""
        return f'<{kind} style="{style}">{escape(text)}</{kind}>'


def shown(
    heads: Sequence[str],
    lines: Sequence[Sequence[object]],
    *,
    places: Mapping[str, int] | None = None,
    caption: str = "",
) -> Table:
    """Lines of texts and numbers as a table; numbers to the right, empty cells empty.

    Parameters
    ----------
    places : columns whose numbers are written with so many decimals, the others in shortest form
    """
    fixed = [(places or {}).get(head) for head in heads]
    rows = tuple(
        tuple(cell_text(cell, place) for cell, place in zip(line, fixed, strict=True))
        for line in lines
    )
    columns = enumerate(zip(*lines, strict=True))
    numeric = frozenset(place for place, column in columns if _is_numeric(column))
    return Table(tuple(heads), rows, numeric, caption)


def cell_text(content: object, places: int | None = None) -> str:
    """One cell: points in their shortest form or with fixed decimals, nothing for what is missing."""
    if content is None or content is pd.NA or content != content:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(content, str):
        return content
    number: Any = content
    return points_text(Fraction(number)) if places is None else f"{Decimal(number):.{places}f}"


def _is_numeric(column: Sequence[object]) -> bool:
    present = [cell for cell in column if cell_text(cell)]
    return bool(present) and not any(isinstance(one, str) for one in present)


def findings_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """Findings as they stand in findings.parquet."""
    return frames.table([finding.row() for finding in findings], frames.FINDINGS)


def findings_table(findings: pd.DataFrame, *, most: int = 50) -> Table:
    """The first findings: how severe, what, where, what was expected, what to do."""
    first = findings.head(most)
    heads = list(_FINDING_HEADS.values())
    rows: Any = first.itertuples()
    lines = [
        [Severity(row.severity).label, row.what, _place(row), row.found, row.expected, row.todo]
        for row in rows
    ]
    return shown(heads, lines)


def _place(row: Any) -> str:
    sheet = f"“{row.sheet}”" if row.sheet else ""
    return " ".join(part for part in (f"{row.file}{sheet}", row.cell) if part)


def severity_table(findings: pd.DataFrame) -> Table:
    """How many findings of each severity, and what each severity means."""
    counts = findings["severity"].value_counts()
    lines = [
        [severity.label, int(counts.get(severity.value, 0)), meaning]
        for severity, meaning in _MEANINGS.items()
    ]
    return shown(["程度", "条数", "含义"], lines)


_MEANINGS = {
    Severity.ERROR: "更正以前不计分",
    Severity.PENDING: "有关指标列为待核，不计入得分",
    Severity.WARNING: "照现有内容计分，请人工核对",
    Severity.NOTICE: "读取时已自动规范，不需处理",
}


def deadlines_table(watch: Watch) -> Table:
    """The early warning: department, kind, duty, record, last day, margin, where it stands."""
    heads = ["单位", "情形", "事项", "记录", "届满日", "剩余或超出", "位置或依据"]
    lines = [
        [
            name,
            one.warned.label,
            one.matter,
            one.record,
            one.last.isoformat() if one.last else "待定",
            one.margin,
            one.place,
        ]
        for name, own in watch.by_department()
        for one in own
    ]
    return shown(heads, lines, caption=watch.summary)


def ledgers_table(ledgers: Mapping[str, Ledger]) -> Table:
    """Which ledgers were read: title, rows, files."""
    lines = [
        [ledger.schema.title, len(ledger), "、".join(sorted(set(ledger.frame["file"].dropna())))]
        for ledger in ledgers.values()
    ]
    return shown(["台账", "行数", "文件"], lines)
