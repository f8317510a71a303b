"""The pen: one workbook and its sheets, every write checked, the same bytes each time.

Text is only ever written as text, numbers as numbers; a formula always carries its stored value. What
Excel would refuse or XlsxWriter would drop in silence raises here.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_rowcol_to_cell

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.rubric.assessment import ILLUSTRATIVE, FontChoice
from lawkpi.workbook.formula import ROW, functions_beyond
from lawkpi.workbook.look import (
    CONFIDENTIAL,
    FOOTER,
    MOST_ROW_POINTS,
    ROW_POINTS,
    STYLES,
    TEXT_FORMAT,
    font_set,
    lines_needed,
    number_format,
)
from lawkpi.workbook.worksheet import PlainWorksheet, Stored

MOST_FORMULA_CHARACTERS = 8192
FIRST_DAY = dt.date(1899, 12, 30)
Styles = tuple[str, ...]
Block = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def serial(day: dt.date) -> int:
    """A day as spreadsheets count it."""
    return (day - FIRST_DAY).days


@dataclass(frozen=True)
class Imprint:
    """What stands on every page of a workbook.

    `stage` is 初评, 复核 or 终评 (empty for findings); `as_of` is the day the file is dated.
    """

    title: str
    stage: str
    as_of: dt.date
    illustrative: bool
    places: int = 2
    fonts: FontChoice = "plain"

    @classmethod
    def of(cls, assessment: Assessment, title: str) -> Imprint:
        """The imprint of one of an assessment's papers; `title` follows the assessment's own."""
        settings = assessment.settings
        return cls(
            title=f"{settings.title}{title}",
            stage=settings.stage_title,
            as_of=settings.as_of,
            illustrative=settings.illustrative,
            places=assessment.rubric.rounding.item_places,
            fonts=settings.fonts,
        )


class Book:
    """A workbook being written; a context that closes the file."""

    def __init__(self, path: Path, imprint: Imprint) -> None:
        self.path = path
        self.imprint = imprint
        self.fonts = font_set(imprint.fonts)
        self._collects = False
        self._formats: dict[tuple[str, ...], Any] = {}
        self._by_properties: dict[str, Any] = {}
        self._sheets: dict[str, Sheet] = {}
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self.workbook = xlsxwriter.Workbook(str(path), options)
        self._default_font()
        created = dt.datetime.combine(imprint.as_of, dt.time())
        self.workbook.set_properties(
            {
                "title": imprint.title,
                "comments": ILLUSTRATIVE if imprint.illustrative else CONFIDENTIAL,
                "created": created,
            }
        )
        self.workbook.set_size(1600, 1000)

    def _default_font(self) -> None:
        default = self.workbook.formats[0]
        default.set_font_name(self.fonts.body)
        default.set_font_size(10)

    def __enter__(self) -> Book:
        # A book is a hundred thousand small tuples and no cycles: searching them for garbage again and
        # again would take a tenth of the time.
        self._collects = gc.isenabled()
        gc.disable()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._close()
        finally:
            if self._collects:
                gc.enable()

    def _close(self) -> None:
        try:
            self.workbook.close()
        except FileCreateError as error:
            raise WorkbookError(
                "WORKBOOK_FILE_UNWRITABLE",
                "不能写入工作簿",
                where=self.path.name,
                todo="关闭已打开的同名文件，检查文件夹权限后重试",
            ) from error

    def format(self, *names: str) -> Any:
        """A cell format made of several styles, later ones over earlier ones."""
        found = self._formats.get(names)
        if found is None:
            found = self._formats[names] = self._alike(self._properties(names))
        return found

    def _alike(self, properties: dict[str, Any]) -> Any:
        """One format for equal properties, however they were put together."""
        key = repr(sorted(properties.items()))
        if key not in self._by_properties:
            self._by_properties[key] = self.workbook.add_format(properties)
        return self._by_properties[key]

    def _properties(self, names: Sequence[str]) -> dict[str, Any]:
        merged: dict[str, Any] = {"font": "body", "font_size": 10}
        for name in names:
            merged |= self._points if name == "points" else STYLES[name]
        use = merged.pop("font")
        is_number = merged.get("num_format", TEXT_FORMAT) != TEXT_FORMAT
        if is_number and self.fonts.number:
            merged |= {"bold": use != "body"}
            return {"font_name": self.fonts.number, **merged}
        return {"font_name": getattr(self.fonts, use), **merged}

    @property
    def _points(self) -> dict[str, Any]:
        return {"num_format": number_format(self.imprint.places), "align": "center"}

    def name(self, name: str, cell: str) -> None:
        """A name for a cell, so that a reader finds it from any sheet.

        Parameters
        ----------
        cell : the cell as any sheet names it, such as '考核评分表'!$K$40
        """
        self.workbook.define_name(name, f"={cell}")

    def shading(self, name: str) -> Any:
        """A style as conditional formats take it: only what it changes."""
        key = ("shading", name)
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(STYLES[name])
        return self._formats[key]

    def sheet(self, name: str, *, landscape: bool = False) -> Sheet:
        """A sheet of A4 paper with the imprint at head and foot; made when first asked for."""
        if name not in self._sheets:
            worksheet = self.workbook.add_worksheet(name, PlainWorksheet)
            self._sheets[name] = Sheet(self, worksheet, landscape=landscape)
        return self._sheets[name]


class Sheet:
    """One sheet; rows and columns count from 0."""

    def __init__(self, book: Book, worksheet: Any, *, landscape: bool) -> None:
        self.book = book
        self.worksheet = worksheet
        self.name: str = worksheet.get_name()
        self.formulas = 0
        # Without the public methods' reading of "A1": rows and columns are numbers here.
        self._write_string = worksheet._write_string
        self._write_number = worksheet._write_number
        self._write_blank = worksheet._write_blank
        self._write_formula = worksheet._write_formula
        self._widths: dict[int, float] = {}
        self._set_page(landscape=landscape)

    def _set_page(self, *, landscape: bool) -> None:
        imprint, sheet = self.book.imprint, self.worksheet
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.85, bottom=0.7)
        sheet.center_horizontally()
        sample = f"&R{ILLUSTRATIVE}" if imprint.illustrative else ""
        stage = f"【{imprint.stage}】" if imprint.stage else ""
        sheet.set_header(f"&L{CONFIDENTIAL}&C{stage}{sample}")
        sheet.set_footer(FOOTER)
        sheet.hide_gridlines(2)

    def text(self, row: int, column: int, text: str, *styles: str) -> None:
        """Text, whatever it begins with; empty text gives an empty cell."""
        if not text:
            self.blank(row, column, *styles)
            return
        self._put(self._write_string, row, column, text, self.book.format(*styles))

    def number(self, row: int, column: int, number: float, *styles: str) -> None:
        """A number."""
        self._put(self._write_number, row, column, number, self.book.format(*styles))

    def day(self, row: int, column: int, day: dt.date, *styles: str) -> None:
        """A day as a real date."""
        self._put(self._write_number, row, column, serial(day), self.book.format(*styles))

    def column(self, row: int, column: int, cells: Sequence[Any], styles: Sequence[Styles]) -> None:
        """Cells one below the other, each in its styles: text, numbers, days; None is left blank."""
        names, written = None, None
        for place, (one, own) in enumerate(zip(cells, styles, strict=True), start=row):
            if own is not names:
                names, written = own, self.book.format(*own)
            if isinstance(one, str) and one:
                self._put(self._write_string, place, column, one, written)
            elif not one and not isinstance(one, int | float):
                self._put(self._write_blank, place, column, None, written)
            else:
                number = serial(one) if isinstance(one, dt.date) else one
                self._put(self._write_number, place, column, number, written)

    def link(self, row: int, column: int, target: str, text: str) -> None:
        """A link to a sheet of this file, or to a file beside it."""
        write = self.worksheet.write_url
        self._put(write, row, column, target, self.book.format("cell", "link"), text)

    def blank(self, row: int, column: int, *styles: str) -> None:
        """An empty cell with its border."""
        self._put(self._write_blank, row, column, None, self.book.format(*styles))

    def formula(self, row: int, column: int, formula: str, stored: Stored, *styles: str) -> None:
        """A formula with its stored value.

        Raises
        ------
        WorkbookError WORKBOOK_FUNCTION_UNKNOWN : a function outside the allow-list
        WorkbookError WORKBOOK_FORMULA_TOO_LONG
        """
        self._check_formula(row, column, formula)
        self.formulas += 1
        written = self.book.format(*styles)
        self._put(self._write_formula, row, column, formula, written, stored)

    def repeated(
        self, column: int, formula: str, cells: Mapping[int, Stored], *styles: str
    ) -> None:
        """One formula in several rows, `ROW` in it for the row number; `cells` are rows and stored values.

        Raises
        ------
        WorkbookError WORKBOOK_FUNCTION_UNKNOWN, WORKBOOK_FORMULA_TOO_LONG
        """
        if not cells:
            return
        last = max(cells)
        self._check_formula(last, column, formula.replace(ROW, str(last + 1)))
        self.formulas += len(cells)
        written = self.book.format(*styles)
        for row, stored in cells.items():
            own = formula.replace(ROW, str(row + 1))
            self._put(self._write_formula, row, column, own, written, stored)

    def _check_formula(self, row: int, column: int, formula: str) -> None:
        if beyond := functions_beyond(formula):
            raise self._refused(
                "WORKBOOK_FUNCTION_UNKNOWN", f"公式使用了未列入清单的函数 {beyond[0]}", row, column
            )
        if len(formula) >= MOST_FORMULA_CHARACTERS:
            raise self._refused("WORKBOOK_FORMULA_TOO_LONG", "公式超过8192个字符", row, column)

    def _put(self, write: Callable[..., int], row: int, column: int, *given: Any) -> None:
        answer = write(row, column, *given)
        if not answer:
            return
        if answer == -2:
            raise self._refused("WORKBOOK_TEXT_TOO_LONG", "文字超过32767个字符", row, column)
        raise self._refused("WORKBOOK_CELL_REFUSED", "单元格未能写入", row, column)

    def _refused(self, code: str, what: str, row: int, column: int) -> WorkbookError:
        return WorkbookError(
            code,
            what,
            where=f"{self.book.path.name}“{self.name}”{xl_rowcol_to_cell(row, column)}",
            expected="Excel 允许的内容",
            todo="缩短该处的文字或条件后重新运行",
        )

    def merged(self, place: Block, text: str, *styles: str) -> None:
        """Text over a block of cells: first row, first column, last row, last column."""
        row, column, last_row, last_column = place
        if (row, column) != (last_row, last_column):
            self.worksheet.merge_range(*place, "", self.book.format(*styles))
        self.text(row, column, text, *styles)

    def validation(self, block: Block, rule: Mapping[str, Any]) -> None:
        """A drop-down, or a note that shows when a cell is chosen, over a block of cells.

        Raises
        ------
        WorkbookError WORKBOOK_CELL_REFUSED : a list or a note that Excel would not take
        """
        if self.worksheet.data_validation(*block, dict(rule)):
            raise self._refused("WORKBOOK_CELL_REFUSED", "下拉列表未能写入", block[0], block[1])

    def shade_where(self, block: Block, formula: str, style: str) -> None:
        """Shade the cells of a block where a formula, written for its first cell, holds."""
        shading = {"type": "formula", "criteria": f"={formula}", "format": self.book.shading(style)}
        if self.worksheet.conditional_format(*block, shading):
            raise self._refused("WORKBOOK_CELL_REFUSED", "条件格式未能写入", block[0], block[1])

    def fold_columns(self, columns: Sequence[int]) -> None:
        """Put columns away behind a plus sign above their neighbour; they stay part of the sheet."""
        for place in columns:
            options = {"level": 1, "hidden": True}
            self.worksheet.set_column(place, place, self._widths.get(place, 8.0), None, options)
        for place in {one + 1 for one in columns} - set(columns):
            options = {"collapsed": True}
            self.worksheet.set_column(place, place, self._widths.get(place, 8.0), None, options)

    def row(self, row: int, texts: Sequence[str], *styles: str, start: int = 0) -> None:
        """Texts side by side."""
        for place, text in enumerate(texts):
            self.text(row, start + place, text, *styles)

    def widths(self, widths: Sequence[float]) -> None:
        """Column widths in Latin characters, from the first column on."""
        for place, width in enumerate(widths):
            self._widths[place] = width
            self.worksheet.set_column(place, place, width)

    def width_list(self, count: int) -> list[float]:
        """The widths of the first columns."""
        return [self._widths.get(place, 8.0) for place in range(count)]

    def height(self, row: int, texts: Sequence[tuple[int, str]], *, least: int = 1) -> None:
        """A row high enough for wrapped texts, given as (column, text)."""
        needed = [lines_needed(text, self._widths.get(column, 8.0)) for column, text in texts]
        points = max([least, *needed]) * ROW_POINTS + 4
        self.worksheet.set_row(row, min(points, MOST_ROW_POINTS))

    def finish(
        self, *, head: tuple[int, int] | None = None, pages_wide: int = 1, fixed: int = 0
    ) -> None:
        """Print area, repeated head rows (first, last), so many columns that stay, the fit to width."""
        if head is not None:
            self.worksheet.repeat_rows(*head)
            self.worksheet.freeze_panes(head[1] + 1, fixed)
        if fixed:
            self.worksheet.repeat_columns(0, fixed - 1)
        sheet = self.worksheet
        sheet.print_area(0, 0, sheet.dim_rowmax or 0, sheet.dim_colmax or 0)
        self.worksheet.fit_to_pages(pages_wide, 0)
