"""The foot of what is signed: names, seals and dates are written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from lawkpi.workbook.book import Sheet

SIGNERS = ("考核组成员", "考核组组长", "被考核单位负责人（签字、盖章）")
DATE_LINE = "日期：      年    月    日"


def write_signatures(sheet: Sheet, row: int, columns: int) -> int:
    """A block for each signer side by side over the table's width; the row after it.

    Parameters
    ----------
    row : the first row of the block
    columns : how many columns the table above has
    """
    edges = _edges(sheet.width_list(columns))
    for signer, first, after in zip(SIGNERS, edges, edges[1:], strict=False):
        sheet.merged((row, first, row, after - 1), f"{signer}：", "plain_line")
        sheet.merged((row + 1, first, row + 1, after - 1), DATE_LINE, "plain_line")
    sheet.worksheet.set_row(row, 40)
    sheet.worksheet.set_row(row + 1, 24)
    return row + 2


def _edges(widths: Sequence[float]) -> list[int]:
    """Columns at which the blocks begin, so that each takes its share of the width."""
    share = sum(widths) / len(SIGNERS)
    edges = [0]
    for place in range(1, len(SIGNERS)):
        passed = [sum(widths[:column]) for column in range(len(widths))]
        nearest = min(range(len(widths)), key=lambda one: abs(passed[one] - share * place))
        most = len(widths) - len(SIGNERS) + place
        edges.append(min(max(nearest, edges[-1] + 1), most))
    return [*edges, len(widths)]
