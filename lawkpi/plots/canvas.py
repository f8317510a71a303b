"""The paper that every figure is drawn on: title, stage, the mark of illustrative data, PNG bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch
from matplotlib.transforms import Bbox

from lawkpi.plots.fonts import chinese
from lawkpi.result import Assessment
from lawkpi.rubric.assessment import ILLUSTRATIVE

INK, MUTED, GRID = "#22303c", "#64717d", "#dde3e8"
MAIN, OTHER = "#2f6690", "#a9b8c4"
LOST, GAINED, WAITING = "#b5482f", "#3c7d53", "#d99a2b"
WARNING = "#b00020"
HATCH = "////"
"""The pattern of what is 待核: never a colour alone, pages are printed in grey."""

PROVISIONAL = "供反馈核对，不是考核结果"
DPI, SCREEN = 150, 96
LARGEST = 40.0
"""Inches that a figure of thousands of departments never exceeds."""
_HEAD, _FOOT, _SIDE = 0.72, 0.34, 0.16
_SETTINGS = {
    "font.size": 10.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "legend.frameon": False,
    "hatch.linewidth": 0.8,
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
}


class Drawing(Figure):
    """A figure that uses the bundled font whenever and wherever it is drawn.

    It shows itself in notebooks without pyplot; whatever style an analyst has set does not reach it.
    """

    def draw(self, renderer: RendererBase) -> None:
        """Draw with the settings of this room."""
        with chinese(**_SETTINGS):
            super().draw(renderer)

    def get_tightbbox(self, renderer: RendererBase | None = None, **options: Any) -> Bbox:
        """Measure with the settings of this room."""
        with chinese(**_SETTINGS):
            return super().get_tightbbox(renderer, **options)

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """The picture and its width on screen, so that it is sharp in notebooks."""
        return png(self), {"width": round(self.get_figwidth() * SCREEN)}


def drawing(assessment: Assessment, title: str, size: tuple[float, float]) -> Drawing:
    """Empty paper with head and foot; `size` in inches. Use inside `painting()`."""
    width, height = size
    figure = Drawing(
        figsize=size,
        layout=ConstrainedLayoutEngine(
            rect=(
                _SIDE / width,
                _FOOT / height,
                1 - 2 * _SIDE / width,
                1 - (_HEAD + _FOOT) / height,
            ),
        ),
    )
    FigureCanvasAgg(figure)
    left, right = _SIDE / width, 1 - _SIDE / width
    figure.text(left, 1 - 0.14 / height, title, size=14, va="top")
    figure.text(left, 1 - 0.46 / height, subtitle(assessment), size=9, va="top", color=MUTED)
    if assessment.settings.illustrative:
        figure.text(right, 0.12 / height, ILLUSTRATIVE, size=9, ha="right", color=WARNING)
    return figure


def painting() -> Any:
    """The context in which artists are made, so that each keeps the bundled font."""
    return chinese(**_SETTINGS)


def subtitle(assessment: Assessment) -> str:
    """Assessment, stage and last day of data in one line."""
    settings = assessment.settings
    day = settings.as_of
    stage = settings.stage_title
    if settings.stage != "final":
        stage = f"{stage}（{PROVISIONAL}）"
    return f"{settings.title}　{stage}　数据截至{day.year}年{day.month}月{day.day}日"


def note(figure: Drawing, text: str) -> None:
    """A remark at the foot: how to read the figure."""
    width, height = figure.get_size_inches()
    figure.text(_SIDE / width, 0.12 / height, text, size=9, color=MUTED)


def legend(axes: Axes, handles: list[Patch]) -> None:
    """A legend in one line above the axes, at the right; none without entries."""
    if handles:
        axes.legend(
            handles=handles,
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=len(handles),
            borderaxespad=0.2,
        )


def plain(axes: Axes, *, grid: str) -> None:
    """Quiet axes: no ticks, thin grid lines along the values."""
    axes.tick_params(length=0)
    axes.grid(visible=True, axis="x" if grid == "x" else "y", linewidth=0.8)


def png(figure: Figure) -> bytes:
    """The figure as PNG; the same figure gives the same bytes."""
    buffer = BytesIO()
    with chinese(**_SETTINGS):
        figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()


def save(figure: Figure, path: str | Path) -> Path:
    """Write the figure as a PNG file; the file's path."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png(figure))
    return path
