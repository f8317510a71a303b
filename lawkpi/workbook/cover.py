"""The sheet 封面: who, which stage, the points, what is pending, the sections with their bars."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lawkpi.rubric.assessment import ILLUSTRATIVE
from lawkpi.rubric.model import Section
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.rounding import share, share_formula
from lawkpi.workbook.scorecard import NAME as SCORECARD
from lawkpi.workbook.scorecard import NOTHING_PENDING, Scorecard, pending_text
from lawkpi.workbook.signature import write_signatures

NAME = "封面"
ALL_POINTS = "（下表得分率按全部分值计算）"
WIDTHS = (14, 14, 14, 14, 14, 14)
SECTIONS_FROM = 13


def write_cover(book: Book, desk: Desk, card: Scorecard) -> None:
    """The cover, its figures taken live from the scorecard."""
    sheet = book.sheet(NAME)
    sheet.widths(WIDTHS)
    _titles(sheet, desk)
    _result(sheet, desk, card)
    after = _sections(sheet, desk, card)
    chart_row = after + 1
    _chart(book, sheet, after)
    foot = chart_row + 13
    _fingerprint(sheet, foot, desk)
    write_signatures(sheet, foot + 2, len(WIDTHS))
    sheet.finish()
    sheet.worksheet.fit_to_pages(1, 1)


def _titles(sheet: Sheet, desk: Desk) -> None:
    settings = desk.assessment.settings
    sheet.merged((0, 0, 0, 5), settings.title, "title")
    sheet.merged((1, 0, 1, 5), f"单位考核结果（{settings.stage_title}）", "title")
    for row in (0, 1):
        sheet.worksheet.set_row(row, 38)
    if settings.illustrative:
        sheet.merged((2, 0, 2, 5), ILLUSTRATIVE, "subtitle")
    period = settings.period
    facts = (
        ("被考核单位", f"{desk.department.name}（{desk.department.code}）"),
        ("组别", desk.assessment.register.groups.get(desk.department.group, "")),
        ("考核周期", f"{period.start:%Y-%m-%d} 至 {period.end:%Y-%m-%d}"),
        ("数据截止", f"{settings.as_of:%Y-%m-%d}"),
        ("考核机关", f"{settings.body}（{settings.assessing_office}）"),
    )
    for row, (label, text) in enumerate(facts, start=3):
        sheet.text(row, 0, label, "cell", "head")
        sheet.merged((row, 1, row, 5), text, "cell")
        sheet.worksheet.set_row(row, 20)


def _result(sheet: Sheet, desk: Desk, card: Scorecard) -> None:
    total = desk.assessment.total(desk.department.code)
    sheet.text(8, 0, "考评总分", "cell", "head")
    sheet.worksheet.set_row(8, 34)
    sheet.merged((8, 1, 8, 5), "", "cell", "points", "large")
    cell = card.points(card.sums["total"])
    sheet.formula(8, 1, cell, float(total["total"]), "cell", "points", "large")
    sheet.text(9, 0, "待核", "cell", "head")
    sheet.merged((9, 1, 9, 5), "", "cell")
    said = f"{sheet_ref(SCORECARD)}$A${card.sums['pending'] + 1}"
    formula = f'{said}&IF(EXACT({said},"{NOTHING_PENDING}"),"","{ALL_POINTS}")'
    text = pending_text(total) + (ALL_POINTS if total["pending_count"] else "")
    sheet.formula(9, 1, formula, text, "cell")
    sheet.text(10, 0, "排名和等次", "cell", "head")
    sheet.merged((10, 1, 10, 5), _standing(desk, total), "cell")
    for row in (9, 10):
        sheet.worksheet.set_row(row, 20)


def _standing(desk: Desk, total: Mapping[str, Any]) -> str:
    if not desk.assessment.shows_rank:
        return "终评前不公布"
    size = sum(one.group == desk.department.group for one in desk.assessment.departments)
    return f"本组第{total['rank']}名（共{size}个单位），建议等次：{total['grade']}（{VALUE_WORD}）"


def _sections(sheet: Sheet, desk: Desk, card: Scorecard) -> int:
    """The table of sections; the row after it. The chart reads it."""
    heads = ("一级指标", "", "", "分值", "得分", "得分率")
    head = SECTIONS_FROM - 1
    sheet.merged((head, 0, head, 2), heads[0], "head")
    sheet.row(head, heads[3:], "head", start=3)
    scores = desk.assessment.lines("scores", desk.department.code)
    row = SECTIONS_FROM
    for section in desk.assessment.rubric.base_sections:
        own = [one for one in scores if one["section"] == section.id]
        full = sum((one["full_points"] for one in own), Decimal(0))
        points = sum((one["points"] or Decimal(0) for one in own), Decimal(0))
        _section(sheet, row, (section, card), (full, points))
        row += 1
    return row


def _section(
    sheet: Sheet, row: int, given: tuple[Section, Scorecard], figures: tuple[Decimal, Decimal]
) -> None:
    section, card = given
    full, points = figures
    place = card.sections[section.id]
    sheet.merged((row, 0, row, 2), section.title, "cell")
    sheet.formula(row, 3, card.full(place), float(full), "cell", "points")
    sheet.formula(row, 4, card.points(place), float(points), "cell", "points")
    power = 10**sheet.book.imprint.places
    # A section below zero has no share to draw.
    earned, whole = f"MAX(ROUND(E{row + 1}*{power},0),0)", f"ROUND(D{row + 1}*{power},0)"
    formula = f"IF(D{row + 1}>0,{share_formula(earned, whole)},0)"
    stored = share(max(int(points * power), 0), int(full * power)) if full else 0
    sheet.formula(row, 5, formula, stored, "cell", "percent")
    sheet.worksheet.set_row(row, 20)


def _chart(book: Book, sheet: Sheet, after: int) -> None:
    """Bars of each section's share of its points, in greys that print."""
    chart: Any = book.workbook.add_chart({"type": "bar"})
    place = sheet_ref(NAME)
    first, last = SECTIONS_FROM + 1, after
    chart.add_series(
        {
            "name": "得分率",
            "categories": f"={place}$A${first}:$A${last}",
            "values": f"={place}$F${first}:$F${last}",
            "fill": {"color": "#7F7F7F"},
            "border": {"color": "#404040"},
            "data_labels": {"value": True, "num_format": "0.0%"},
            "gap": 60,
        }
    )
    chart.set_title({"name": "各一级指标得分率", "name_font": {"size": 11, "bold": False}})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": False}}
    )
    chart.set_y_axis({"reverse": True})
    # Room at the right for the label of a full bar.
    chart.set_plotarea({"layout": {"x": 0.2, "y": 0.33, "width": 0.7, "height": 0.61}})
    chart.set_size({"width": 615, "height": 235})
    sheet.worksheet.insert_chart(after + 1, 0, chart)


def _fingerprint(sheet: Sheet, row: int, desk: Desk) -> None:
    text = (
        f"数据指纹：{fingerprint(desk.assessment.inputs)}（由全部输入文件计算，输入不变则指纹不变）"
    )
    sheet.merged((row, 0, row, 5), text, "note")
