"""How papers look: fonts, cell styles and page marks, as data.

Fonts are named, never shipped: a machine without them substitutes its own, and the layout holds.
"""

from __future__ import annotations

from typing import Any, Literal

FontSet = Literal["plain", "official"]

FONTS: dict[FontSet, dict[str, str]] = {
    "plain": {"title": "黑体", "head": "黑体", "body": "宋体"},
    "official": {"title": "方正小标宋简体", "head": "黑体", "body": "仿宋_GB2312"},
}

Properties = dict[str, Any]

STYLES: dict[str, Properties] = {
    "title": {"font": "title", "font_size": 18, "align": "center", "valign": "vcenter"},
    "subtitle": {"font_size": 11, "align": "center", "valign": "vcenter"},
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
    "note": {"font_size": 9, "text_wrap": True, "valign": "top"},
    "link": {"font_color": "#1F3864", "underline": 1},
    "open": {"locked": False},
    "entry": {"locked": False, "bg_color": "#FFFAE6"},
    "wrapped": {"text_wrap": True},
    "as_text": {"num_format": "@"},
    "share_0": {"num_format": "0%", "align": "center"},
    "share_1": {"num_format": "0.0%", "align": "center"},
    "share_2": {"num_format": "0.00%", "align": "center"},
    "band": {"font": "head", "bg_color": "#BFBFBF", "valign": "vcenter"},
    "unused": {"bg_color": "#D0D0D0", "font_color": "#7F7F7F"},
    "needed": {"bg_color": "#FFF2CC"},
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


def number_format(places: int) -> str:
    """The number format of points with so many decimals."""
    return "0." + "0" * places if places else "0"


def display_width(text: str) -> int:
    """Width in Latin characters: a Chinese character is two wide."""
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)


def lines_needed(text: str, width: float) -> int:
    """How many printed lines a text takes in a column of so many Latin characters."""
    room = max(int(width * 0.94) - 1, 2)
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n"))
