"""The foot of what is signed: names, seals and dates are written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from lawkpi.workbook.book import Sheet

SIGNERS = ("考核组成员", "考核组组长", "被考核单位负责人（签字、盖章）")
"""Who signs a department's papers."""
OFFICE_SIGNERS = ("填报人", "考核组组长", "审定人")
"""Who signs the office's own tables."""
DATE_LINE = "日期：      年    月    日"


def write_signatures(
    sheet: Sheet, row: int, columns: int, *, signers: Sequence[str] = SIGNERS, printed: str = ""
) -> int:
    """A block for each signer side by side over the table's width; the row after it.

    Parameters
    ----------
    row : the first row of the block
    columns : how many columns the table above has
    signers : who signs, each with a date
    printed : the fingerprint of the data that is signed for; empty for none
    """
    edges = _edges(sheet.width_list(columns), len(signers))
    for signer, first, after in zip(signers, edges, edges[1:], strict=False):
        sheet.merged((row, first, row, after - 1), f"{signer}：", "plain_line")
        sheet.merged((row + 1, first, row + 1, after - 1), DATE_LINE, "plain_line")
    sheet.worksheet.set_row(row, 40)
    sheet.worksheet.set_row(row + 1, 24)
    if not printed:
        return row + 2
    sheet.merged((row + 2, 0, row + 2, columns - 1), f"数据指纹：{printed}", "note")
    return row + 3


def _edges(widths: Sequence[float], blocks: int) -> list[int]:
    """Columns at which the blocks begin, so that each takes its share of the width."""
    share = sum(widths) / blocks
    edges = [0]
    for place in range(1, blocks):
        passed = [sum(widths[:column]) for column in range(len(widths))]
        nearest = min(range(len(widths)), key=lambda one: abs(passed[one] - share * place))
        most = len(widths) - blocks + place
        edges.append(min(max(nearest, edges[-1] + 1), most))
    return [*edges, len(widths)]
