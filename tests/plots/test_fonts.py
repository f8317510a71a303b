"""Chinese draws with the bundled file, whatever fonts the machine has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.text import Text

from lawkpi.plots import Plots, use_fonts
from lawkpi.plots.canvas import png
from lawkpi.plots.fonts import FAMILY, chinese, font_path

EVERY = ["sections", "items", "ranking", "matrix", "distribution"]


def drawn(plots: Plots, name: str) -> Figure:
    figure = (
        getattr(plots, name)("201") if name in ("sections", "items") else getattr(plots, name)()
    )
    png(figure)
    return figure


def texts(figure: Figure) -> list[Text]:
    return [one for one in figure.findobj(Text) if one.get_text().strip()]


def test_the_family_resolves_to_the_bundled_file() -> None:
    font_path()
    assert Path(findfont(FontProperties(family=[FAMILY]), fallback_to_default=False)) == font_path()


@pytest.mark.parametrize("name", EVERY)
def test_every_text_of_every_figure_uses_the_bundled_file(plots: Plots, name: str) -> None:
    used = {Path(findfont(one.get_fontproperties())) for one in texts(drawn(plots, name))}
    assert used == {font_path()}


@pytest.mark.parametrize("name", EVERY)
def test_the_bundled_file_has_a_glyph_for_every_character(plots: Plots, name: str) -> None:
    known = set(TTFont(font_path()).getBestCmap())
    written = {ord(mark) for one in texts(drawn(plots, name)) for mark in one.get_text()}
    assert not {chr(mark) for mark in written - known - {ord("\n")}}


@pytest.mark.filterwarnings("error::UserWarning")
def test_rare_characters_of_names_are_drawn_without_a_missing_glyph() -> None:
    with chinese():
        figure = Figure()
        figure.text(0.1, 0.5, "昇垚䶮㐂 ①Ⅱ㎡〔2022〕—− $100$")
    assert png(figure)


@pytest.mark.filterwarnings("error::UserWarning")
def test_with_only_the_default_font_chinese_would_be_missing() -> None:
    """The test of the tests above: matplotlib does complain where a glyph is missing."""
    figure = Figure()
    figure.text(0.1, 0.5, "法治", family="DejaVu Sans")
    with pytest.raises(UserWarning, match="missing"):
        png(figure)


def test_a_system_font_of_the_same_name_cannot_take_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    font_path()
    rival = next(one for one in fontManager.ttflist if one.name == "DejaVu Sans")
    monkeypatch.setattr(fontManager, "ttflist", [rival, *fontManager.ttflist])
    assert findfont(FontProperties(family=[FAMILY])) == str(font_path())


def test_drawing_changes_no_global_setting(plots: Plots) -> None:
    before = dict(mpl.rcParams)
    drawn(plots, "sections")
    assert dict(mpl.rcParams) == before


def test_an_analysts_style_does_not_reach_the_figures(plots: Plots) -> None:
    plain = png(plots.ranking())
    with mpl.rc_context({"font.size": 30, "savefig.dpi": 30, "axes.grid": True}):
        styled = png(plots.ranking())
    assert styled == plain


def test_use_fonts_sets_pyplot_up_for_chinese() -> None:
    with mpl.rc_context():
        use_fonts()
        assert findfont(FontProperties()) == str(font_path())
        assert mpl.rcParams["axes.unicode_minus"] is False


def test_the_font_is_found_without_any_system_font(tmp_path: Path) -> None:
    """A fresh process with an empty font cache and every system folder hidden from matplotlib."""
    code = (
        "import warnings; warnings.simplefilter('error', UserWarning)\n"
        "import matplotlib.font_manager as fm\n"
        "shipped = [one for one in fm.fontManager.ttflist if 'mpl-data' in one.fname]\n"
        "fm.fontManager.ttflist[:] = shipped\n"
        "from tests.plots.tiny import assessment\n"
        "from lawkpi.plots import Plots\n"
        "from lawkpi.plots.canvas import png\n"
        "plots = Plots(assessment())\n"
        "for one in (plots.sections('201'), plots.matrix()): png(one)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"MPLCONFIGDIR": str(tmp_path), "PATH": "", "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
