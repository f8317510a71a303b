"""Charts of an assessment: matplotlib figures that read the same on every machine.

The room draws what `result` holds and computes no points. Every figure carries its title, the
assessment, the stage, and 示例数据，非真实考核结果 where the data are illustrative. Chinese is drawn
with the font that comes along (`fonts`); nothing global is changed, no pyplot is needed, and the
same figure gives the same PNG bytes.

>>> import lawkpi
>>> run = lawkpi.load("outputs/gaoxin-2022")      # doctest: +SKIP
>>> run.plot.sections("201")                      # doctest: +SKIP
"""

from lawkpi.plots.canvas import Drawing, save
from lawkpi.plots.fonts import use_fonts
from lawkpi.plots.pages import Pages, Text, link
from lawkpi.plots.plots import Plots

__all__ = ["Drawing", "Pages", "Plots", "Text", "link", "save", "use_fonts"]
