"""The workbook as officials meet it: its sheets, what is read-only, what is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.errors import WorkbookError
from lawkpi.workbook.rubric_form import Form, write_rubric_form
from lawkpi.workbook.rubric_form.drawing import HELPER
from lawkpi.workbook.rubric_form.plan import FIRST_ROW, RULES
from lawkpi.workbook.rubric_form.write import UNDATED
from tests.workbook.reading import formulas, parts, stored

from .given import AROUND, HEAD_ROW, NAMED, PLAN, at, read, sample, written

ORDER = [
    "填写说明",
    "考核细则",
    "基本设置",
    "一级指标",
    "等次",
    "分组特别规定",
    "计分规则",
    "条件",
    "分档与情形",
    "组别和单位",
    "选项",
]


@pytest.fixture(scope="module")
def book(form: Path) -> Any:
    return openpyxl.load_workbook(form)


@pytest.fixture(scope="module")
def values(form: Path) -> dict[tuple[str, str], Any]:
    return stored(form)


def test_the_sheets_stand_in_the_order_in_which_they_are_read(book: Any) -> None:
    assert book.sheetnames == ORDER


def test_a_rubric_by_itself_has_no_sheet_of_groups_and_departments(tmp_path: Path) -> None:
    sheets = openpyxl.load_workbook(written(tmp_path, sample(), AROUND)).sheetnames
    assert [name for name in ORDER if name not in sheets] == ["组别和单位"]


def test_the_table_begins_with_the_columns_that_officials_know(book: Any) -> None:
    headings = [cell.value for cell in book["考核细则"][HEAD_ROW]][:12]
    assert headings == [
        "一级指标",
        "编号",
        "二级指标",
        "评分标准（原文）",
        "分值",
        "计分方法",
        "数据来源",
        "依据",
        "评分单位",
        "适用对象·组别",
        "适用对象·单位代码",
        "口径",
    ]


def test_what_is_made_for_readers_is_shaded_and_what_is_read_is_not(book: Any) -> None:
    sheet = book["考核细则"]
    shades = {
        heading: sheet[at("考核细则", heading, 1)[1]].fill.fgColor.rgb
        for heading in ("计分方法", "数据来源", "评分标准（原文）", "分值")
    }
    assert shades["计分方法"] == shades["数据来源"] == "FFEDEDED"
    assert shades["评分标准（原文）"] == shades["分值"] == "00000000"


def test_what_is_made_for_readers_is_not_read_back(form: Path, tmp_path: Path) -> None:
    changed = openpyxl.load_workbook(form)
    for heading in ("计分方法", "数据来源"):
        changed["考核细则"][at("考核细则", heading, 1)[1]].value = "改了也不起作用"
    changed["条件"][at("条件", "台账", 1)[1]].value = "改了也不起作用"
    path = tmp_path / "改.xlsx"
    changed.save(path)
    assert read(path) == sample()


def test_the_method_and_the_sources_are_said_in_the_ledgers_own_words(
    values: dict[tuple[str, str], Any],
) -> None:
    first, second = str(values[at("考核细则", "计分方法", 3)]).split("\n")
    assert first.startswith("a. 低于95%的，每低1个百分点扣0.2分")
    assert first.endswith("最多扣6分")
    assert second.startswith("b. 每1件扣1.5分，审级为“二审”的加倍")
    assert values[at("考核细则", "数据来源", 1)] == "执法人员名册、执法培训记录"


def test_a_rule_is_said_whole_beside_its_cells(values: dict[tuple[str, str], Any]) -> None:
    said = str(values[at(RULES, "计分方法", 7)])
    assert said.startswith("《公文报送登记簿》问题类别已填。每1项按“核定扣分”扣分")


def test_every_visible_sheet_is_a4_landscape_with_repeated_heads(book: Any) -> None:
    for name in ORDER[:-1]:
        sheet = book[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_area
        assert sheet.print_title_rows == ("$1:$1" if name == "填写说明" else "$3:$4")
        assert sheet.page_setup.fitToHeight == 0


def test_blank_rows_are_prepared_but_not_printed(book: Any) -> None:
    sheet = book["条件"]
    assert sheet.max_row > FIRST_ROW + 60
    assert sheet.print_area.endswith(f"${FIRST_ROW + 12}")


def put_away(sheet: Any) -> set[str]:
    """The headings of the columns that are not shown."""
    away = [one for one in sheet.column_dimensions.values() if one.hidden]
    places = {place for one in away for place in range(one.min, one.max + 1)}
    return {cell.value for cell in sheet[HEAD_ROW] if cell.value and cell.column in places}


def test_columns_that_no_rule_uses_are_put_away_behind_a_plus_sign(book: Any) -> None:
    sheet = book[RULES]
    assert {"比较对象", "末几名", "该列满分"} <= put_away(sheet)
    assert not put_away(sheet) & {"指标编号", "规则编号", "台账", "每次分值", "计分方式"}
    levels = {one.outlineLevel for one in sheet.column_dimensions.values() if one.hidden}
    assert 1 in levels


def test_helpers_are_hidden_and_say_that_they_are(book: Any) -> None:
    for name in (RULES, "条件", "分档与情形", "一级指标"):
        headings = {cell.value for cell in book[name][HEAD_ROW] if cell.value}
        helpers = {one for one in headings if one.startswith(HELPER)}
        assert helpers
        assert helpers <= put_away(book[name])


def shaded(book: Any, sheet: str, cell: str) -> list[str]:
    """The formulas that shade a cell."""
    return [
        rule.formula[0]
        for block in book[sheet].conditional_formatting
        if any(one.coord.split(":")[0] == cell for one in block.cells.ranges)
        for rule in block.rules
    ]


def test_a_parameter_is_grey_unless_its_way_is_chosen_and_yellow_where_it_is_needed(
    book: Any,
) -> None:
    step = at(RULES, "步长", 1)[1]
    grey, yellow = shaded(book, RULES, step)
    chosen = "$" + at(RULES, "计分方式", 1)[1]
    assert grey == (
        f'AND($B5<>"",NOT(OR({chosen}="按百分点计分",{chosen}="分段按百分点计分",{chosen}="比较计分")))'
    )
    assert yellow == f'AND(OR({chosen}="按百分点计分",{chosen}="分段按百分点计分"),${step}="")'


def test_every_parameter_of_a_rule_is_shaded_by_its_choice(book: Any) -> None:
    bare = [
        column.heading
        for column in PLAN.rules.columns
        if column.leaves and not column.is_free
        if not shaded(book, RULES, at(RULES, column.heading, 1)[1])
    ]
    assert bare == []


def test_text_is_only_ever_written_as_text(tmp_path: Path) -> None:
    rubric = sample()
    (first, *rest) = rubric.sections
    (item, *others) = first.items
    wild = item.model_copy(update={"clause": "=1+1", "title": "+1", "scored_by": "http://a.b/c"})
    section = first.model_copy(update={"items": (wild, *others)})
    path = written(tmp_path, rubric.model_copy(update={"sections": (section, *rest)}))
    found, texts = formulas(path), stored(path)
    for heading, text in (
        ("评分标准（原文）", "=1+1"),
        ("二级指标", "+1"),
        ("评分单位", "http://a.b/c"),
    ):
        assert texts[at("考核细则", heading, 1)] == text
        assert at("考核细则", heading, 1) not in found
    assert read(path).item("1.1") == wild


def test_equal_rubrics_give_equal_bytes(form: Path, tmp_path: Path) -> None:
    assert written(tmp_path).read_bytes() == form.read_bytes()


def test_the_file_is_dated_by_the_day_of_issue(form: Path, tmp_path: Path) -> None:
    assert "2023-12-20T00:00:00Z" in parts(form)["docProps/core.xml"]
    undated = sample().model_copy(update={"issued_on": None})
    path = written(tmp_path, undated)
    assert f"{UNDATED.isoformat()}T00:00:00Z" in parts(path)["docProps/core.xml"]


def test_illustrative_rubrics_say_so_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "细则.xlsx"
    write_rubric_form(Form(sample(), NAMED, illustrative=True), path)
    sheets = [text for name, text in parts(path).items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(ORDER)
    assert all("示例数据，非真实考核结果" in text for text in sheets)


def test_the_guide_names_every_sheet_and_every_way(values: dict[tuple[str, str], Any]) -> None:
    said = "\n".join(str(value) for (sheet, _), value in values.items() if sheet == "填写说明")
    words = [word for box in PLAN.rules.boxes for word in box.alternatives.words]
    assert [name for name in (*ORDER[1:-1], *words) if name not in said] == []
    assert "lawkpi rubric from-excel" in said


def test_a_file_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        write_rubric_form(Form(sample(), NAMED), tmp_path / "没有" / "细则.xlsx")
    assert caught.value.code == "WORKBOOK_FILE_UNWRITABLE"
