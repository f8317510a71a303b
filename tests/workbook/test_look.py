"""Widths, styles and fonts."""

from pathlib import Path

import openpyxl
import pytest

import lawkpi
from lawkpi.errors import ParamsError
from lawkpi.result import load_assessment, store_assessment
from lawkpi.workbook import write_summary
from lawkpi.workbook.look import (
    FONTS_FILE,
    STYLES,
    FontSet,
    display_width,
    font_set,
    lines_needed,
    number_format,
)
from tests.support.tiny import SETTINGS, tiny_folder
from tests.workbook.given import world


def test_a_chinese_character_is_two_wide() -> None:
    assert display_width("法治a1") == 6
    assert display_width("“”·—") == 4


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 10, 1), ("甲" * 4, 10, 1), ("甲" * 5, 10, 2), ("a\nb", 10, 2)]
)
def test_lines_are_counted_by_display_width(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


@pytest.mark.parametrize(("places", "expected"), [(0, "0"), (2, "0.00"), (4, "0.0000")])
def test_points_show_as_many_places_as_they_are_rounded_to(places: int, expected: str) -> None:
    assert number_format(places) == expected


def test_every_font_that_a_style_asks_for_is_in_both_sets() -> None:
    used = {style["font"] for style in STYLES.values() if "font" in style} | {"body", "number"}
    assert used == FontSet.model_fields.keys()


def test_the_official_set_is_that_of_official_papers() -> None:
    official = font_set("official")
    assert (official.title, official.body) == ("方正小标宋简体", "仿宋_GB2312")
    assert (official.head, official.second) == ("黑体", "楷体_GB2312")
    assert official.number == "Times New Roman"


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("official:", "formal:", "PARAMS_VALUE_INVALID", "缺少必填项"),
        ("official:", "formal:", "PARAMS_KEY_UNKNOWN", "未知的项"),
        ("  title: 黑体", "  titel: 黑体", "PARAMS_VALUE_INVALID", "缺少必填项"),
        ("  body: 宋体", "  body: 12", "PARAMS_VALUE_INVALID", "应为加引号的文字"),
    ],
)
def test_a_missing_or_misspelt_set_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, said: str
) -> None:
    path = tmp_path / "fonts.yaml"
    path.write_text(FONTS_FILE.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ParamsError) as refused:
        font_set("plain", path)
    assert refused.value.code == "PARAMS_INVALID"
    assert any(one.code == code and said in one.what for one in refused.value.findings)


def test_a_file_of_fonts_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as refused:
        font_set("plain", tmp_path / "fonts.yaml")
    assert (refused.value.code, refused.value.where) == ("PARAMS_FILE_MISSING", "fonts.yaml")


def test_an_unknown_choice_in_an_assessment_is_one_message(tmp_path: Path) -> None:
    settings = SETTINGS.replace("stage: initial", "stage: initial\nfonts: formal")
    with pytest.raises(ParamsError) as refused:
        lawkpi.open(tiny_folder(tmp_path, settings=settings))
    [fault] = refused.value.findings
    assert fault.found == "fonts"
    assert "plain" in fault.what
    assert "official" in fault.what
    assert "formal" in fault.what


def fonts_of(path: Path) -> dict[str, str]:
    """The fonts of a title, a subtitle, a head, a text and a number of 汇总表."""
    page = openpyxl.load_workbook(path)["汇总表"]
    cells = {"title": "A1", "second": "A2", "head": "A4", "body": "B6", "number": "C6"}
    return {use: page[cell].font.name for use, cell in cells.items()}


def test_the_chosen_fonts_reach_the_workbook_also_after_loading(tmp_path: Path) -> None:
    assessment = world(3, fonts="official").assessment()
    store_assessment(assessment, tmp_path / "data")
    again = load_assessment(tmp_path / "data")
    for name, one in (("a", assessment), ("b", again)):
        found = fonts_of(write_summary(one, tmp_path / f"{name}.xlsx"))
        assert found == font_set("official").model_dump()


def test_the_plain_set_is_used_where_nothing_is_said(tmp_path: Path) -> None:
    found = fonts_of(write_summary(world(3).assessment(), tmp_path / "s.xlsx"))
    assert found == {
        "title": "黑体",
        "second": "楷体",
        "head": "黑体",
        "body": "宋体",
        "number": "宋体",
    }
