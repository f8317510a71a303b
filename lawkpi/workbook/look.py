"""How papers look: fonts (fonts.yaml), cell styles and page marks, as data.

Fonts are named, never shipped: a machine without them substitutes its own, and the layout holds.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lawkpi.params import Strict, load_model
from lawkpi.rubric.assessment import FontChoice

FONTS_FILE = Path(__file__).with_name("fonts.yaml")
"""Beside this module, not in params/: findings, rubric forms and loaded runs have no params/ at hand."""


class FontSet(Strict):
    """The fonts of one set by what they are for.

    `number` is for cells that hold a number only; without it they keep the font of their style.
    """

    title: str
    head: str
    second: str
    body: str
    number: str | None = None


class FontSets(Strict):
    """Both sets; an assessment chooses one (`fonts` in assessment.yaml)."""

    plain: FontSet
    official: FontSet


@cache
def font_set(choice: FontChoice, path: Path = FONTS_FILE) -> FontSet:
    """The fonts of a choice.

    Raises
    ------
    ParamsError PARAMS_FILE_MISSING, PARAMS_INVALID : no such file, or a set or a font is missing in it
    """
    sets = load_model(path, FontSets)
    return sets.official if choice == "official" else sets.plain


Properties = dict[str, Any]
TEXT_FORMAT = "@"

STYLES: dict[str, Properties] = {
    "title": {"font": "title", "font_size": 18, "align": "center", "valign": "vcenter"},
    "subtitle": {"font": "second", "font_size": 11, "align": "center", "valign": "vcenter"},
    "heading": {"font": "head", "font_size": 11, "align": "left", "valign": "vcenter"},
    "head": {
        "font": "head",
        "border": 1,
        "bg_color": "#D9D9D9",
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "mark": {"font_size": 8, "align": "center", "valign": "vcenter", "font_color": "#595959"},
    "cell": {"border": 1, "valign": "vcenter", "text_wrap": True},
    "center": {"align": "center"},
    "left": {"align": "left"},
    "right": {"align": "right"},
    "strong": {"font": "head"},
    "total": {"font": "head", "bg_color": "#F2F2F2"},
    "large": {"font": "head", "font_size": 20},
    "small": {"font_size": 8},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
    "whole": {"num_format": "0", "align": "center"},
    "percent": {"num_format": "0.0%", "align": "center"},
    "fixed": {"bg_color": "#EDEDED"},
    "amended": {"bg_color": "#BFBFBF", "font": "head"},
    "note": {"font_size": 9, "text_wrap": True, "valign": "top"},
    "link": {"font_color": "#1F3864", "underline": 1},
    "open": {"locked": False},
    "to_fill": {"locked": False, "bg_color": "#FFFBEC"},
    "faint": {"font_size": 7, "font_color": "#8C8C8C", "align": "center"},
    "wrapped": {"text_wrap": True},
    "as_text": {"num_format": TEXT_FORMAT},
    "share_0": {"num_format": "0%", "align": "center"},
    "share_1": {"num_format": "0.0%", "align": "center"},
    "share_2": {"num_format": "0.00%", "align": "center"},
    "band": {"font": "head", "bg_color": "#BFBFBF", "valign": "vcenter"},
    "unused": {"bg_color": "#D0D0D0", "font_color": "#7F7F7F"},
    "needed": {"bg_color": "#FFF2CC"},
    "second": {"font": "second", "font_size": 11, "align": "left", "valign": "vcenter"},
    "missing": {"bg_color": "#F8CBAD"},
    "plain_line": {"font_size": 11, "valign": "vcenter"},
}
"""Building blocks of cell styles; several are laid over one another in order."""

FIXED_WORD = "非联动"
VALUE_WORD = "值"
LIVE_WORD = "公式"
CONFIDENTIAL = "内部资料，注意保存"
FOOTER = "&C第&P页 共&N页"
ROW_POINTS = 13.5
"""Height of one printed line of body text."""
MOST_ROW_POINTS = 405.0
_WIDE = re.compile("[\u2e80-\U0010ffff]+")


def number_format(places: int) -> str:
    """The number format of points with so many decimals."""
    return "0." + "0" * places if places else "0"


def display_width(text: str) -> int:
    """Width in Latin characters: a Chinese character is two wide."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


@lru_cache(maxsize=65_536)
def lines_needed(text: str, width: float) -> int:
    """How many printed lines a text takes in a column of so many Latin characters."""
    room = max(int(width * 0.94) - 1, 2)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n"))
