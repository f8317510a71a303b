"""The font that draws Chinese: Noto Sans SC from the package pylopdf-fonts-zh-cn, by its own file.

No font of the machine is ever used for Chinese, so a figure looks the same with and without
system fonts. The file is registered under a family name of our own: another Noto Sans SC on the
machine (a variable one is drawn far too thin) cannot take its place. There is no bold face.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import style
from matplotlib.font_manager import fontManager
from pylopdf_fonts_zh_cn import sans_path

FAMILY = "lawkpi Noto Sans SC"
"""The family name of the bundled file."""


@cache
def font_path() -> Path:
    """The bundled font file, registered with matplotlib the first time."""
    path: Path = sans_path()
    fontManager.addfont(path)
    found = next(entry for entry in fontManager.ttflist if entry.fname == str(path))
    fontManager.ttflist.append(replace(found, name=FAMILY, weight=400))
    return path


@contextmanager
def chinese(**settings: Any) -> Iterator[None]:
    """Matplotlib's defaults with the bundled font, inside a `with` only."""
    font_path()
    own = {"font.family": [FAMILY], "axes.unicode_minus": False, "text.parse_math": False}
    with style.context(["default", own | settings]):
        yield


def use_fonts() -> None:
    """Draw Chinese in figures of one's own with pyplot, in this kernel from now on."""
    font_path()
    mpl.rc("font", family=[FAMILY])
    mpl.rc("axes", unicode_minus=False)
