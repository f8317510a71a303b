"""Widths and styles."""

import pytest

from lawkpi.workbook.look import FONTS, STYLES, display_width, lines_needed, number_format


def test_a_chinese_character_is_two_wide() -> None:
    assert display_width("法治a1") == 6


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 10, 1), ("甲" * 4, 10, 1), ("甲" * 5, 10, 2), ("a\nb", 10, 2)]
)
def test_lines_are_counted_by_display_width(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


@pytest.mark.parametrize(("places", "expected"), [(0, "0"), (2, "0.00"), (4, "0.0000")])
def test_points_show_as_many_places_as_they_are_rounded_to(places: int, expected: str) -> None:
    assert number_format(places) == expected


def test_both_font_sets_name_the_same_parts() -> None:
    assert FONTS["plain"].keys() == FONTS["official"].keys()
    used = {style["font"] for style in STYLES.values() if "font" in style}
    assert used | {"body"} == FONTS["plain"].keys()
