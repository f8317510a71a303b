"""Figures of all departments: totals by group, the matrix of items, the spread of totals."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch, Rectangle

import lawkpi.plots.canvas as canvas
import lawkpi.plots.rates as rates
from lawkpi.errors import ResultError
from lawkpi.result import Assessment

_HEAT = LinearSegmentedColormap.from_list(
    "rate",
    [
        "#b5482f",
        "#f0c9a8",
        "#f6f3ee",
        "#9dbdd4",
        "#2f6690",
    ],
)
_PENDING: dict[str, Any] = {
    "facecolor": "white",
    "edgecolor": canvas.WAITING,
    "hatch": canvas.HATCH,
    "linewidth": 0.8,
}
_SHADES = [canvas.MAIN, "#7ea3c0", "#c9d8e3", "#e3b778", canvas.GAINED, canvas.MUTED]
_READABLE = 0.2
"""Inches that a department needs to be named; thinner bars and columns stand without labels."""
_STEP = 5
"""Points per bar of the distribution."""


def ranking_figure(assessment: Assessment, group: str | None) -> canvas.Drawing:
    """Totals as bars, one panel per group, the largest first."""
    groups = [_group(assessment, group)] if group else list(assessment.register.groups)
    totals = assessment.totals.astype({"total": float, "pending_points": float})
    parts = [totals[totals["group"] == one].sort_values("rank", kind="stable") for one in groups]
    with canvas.painting():
        each = min(0.33, canvas.LARGEST / len(totals))
        size = (8.4, 1.7 + sum(0.55 + each * len(part) for part in parts))
        figure = canvas.drawing(assessment, "各单位得分", size)
        heights = [max(len(part), 1) + 0.6 for part in parts]
        panels = figure.subplots(len(parts), 1, sharex=True, squeeze=False, height_ratios=heights)
        for axes, one, part in zip(panels[:, 0], groups, parts, strict=True):
            axes.set_title(assessment.register.groups[one], loc="left", size=11)
            _bars(axes, part, assessment)
            if each >= _READABLE:
                _bar_labels(axes, part, assessment)
        if totals["pending_points"].any():
            canvas.legend(panels[0, 0], [_pending_patch("待核（未计入得分）")])
        panels[-1, 0].set_xlabel("得分（分）")
        canvas.note(figure, _ranking_note(assessment))
    return figure


def _group(assessment: Assessment, wanted: str) -> str:
    """A group's id by id or title."""
    groups = assessment.register.groups
    by_title = {title: name for name, title in groups.items()}
    found = wanted if wanted in groups else by_title.get(wanted)
    if found is None:
        raise ResultError(
            "RESULT_GROUP_UNKNOWN",
            f"没有分组“{wanted}”",
            expected="、".join(f"{name} {title}" for name, title in groups.items()),
            todo="使用分组代号或名称",
        )
    return found


def _bars(axes: Axes, part: pd.DataFrame, assessment: Assessment) -> None:
    places = range(len(part))
    axes.barh(places, part["total"], height=0.66, color=canvas.MAIN)
    rows: Any = part.itertuples()
    for place, row in zip(places, rows, strict=True):
        if row.pending_points:
            axes.barh(place, row.pending_points, left=row.total, height=0.66, **_PENDING)
    axes.set_yticks([])
    axes.set_ylim(len(part) - 0.5, -0.5)
    full = float(assessment.rubric.full_points)
    ticks = [full * tenth / 10 for tenth in range(0, 11, 2)]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xlim(0, full * 1.28)
    canvas.plain(axes, grid="x")


def _bar_labels(axes: Axes, part: pd.DataFrame, assessment: Assessment) -> None:
    rows: Any = part.itertuples()
    for place, row in enumerate(rows):
        axes.annotate(
            _total_label(row),
            (row.total + row.pending_points, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            size=9.5,
        )
    shorts = {one.code: one.short for one in assessment.departments}
    axes.set_yticks(range(len(part)), [shorts[code] for code in part["department"]])


def _total_label(row: Any) -> str:
    waiting = f"（待核{row.pending_points:g}分）" if row.pending_points else ""
    return f"{row.total:.2f}　第{row.rank}名{waiting}"


def _pending_patch(label: str) -> Patch:
    return Patch(**_PENDING, label=label)


def _ranking_note(assessment: Assessment) -> str:
    counted = "名次在各组内按得分排列"
    has_pending = bool((assessment.totals["pending_count"] > 0).any())
    return f"{counted}，待核分数未计入" if has_pending else counted


def matrix_figure(assessment: Assessment) -> canvas.Drawing:
    """Items down, departments across, 得分率 as colour and figure."""
    table, states = rates.item_rates(assessment), rates.states(assessment)
    with canvas.painting():
        each = min(0.44, canvas.LARGEST / table.shape[1])
        size = (max(3.6 + each * table.shape[1], 8.4), 2.2 + 0.31 * table.shape[0])
        figure = canvas.drawing(assessment, "各单位各项得分率", size)
        axes = figure.add_subplot()
        image = axes.imshow(table * 100, cmap=_HEAT, vmin=0, vmax=100, aspect="auto")
        _cells(axes, table, states, is_labelled=each >= _READABLE)
        _matrix_labels(axes, assessment, is_labelled=each >= _READABLE)
        canvas.legend(
            axes,
            [
                Patch(facecolor="white", edgecolor=canvas.OTHER, hatch="xxx", label="不适用"),
                _pending_patch("待核"),
            ],
        )
        bar = figure.colorbar(image, ax=axes, aspect=30, pad=0.01)
        bar.set_ticks(range(0, 101, 20), labels=[f"{tick}%" for tick in range(0, 101, 20)])
        bar.ax.tick_params(length=0, labelsize=9.5)
        bar.ax.spines[:].set_visible(False)
        canvas.note(figure, "格内为得分率（%）；“未报”指未报送")
    return figure


def _cells(axes: Axes, table: pd.DataFrame, states: pd.DataFrame, *, is_labelled: bool) -> None:
    """Figures in the cells; patterns where there is no rate."""
    for row, item in enumerate(table.index):
        for column, code in enumerate(table.columns):
            state, rate = states.loc[item, code], table.loc[item, code]
            if pd.isna(rate):
                _pattern(axes, (column, row), is_pending=state == "pending")
            elif is_labelled:
                text = "未报" if state == "not_reported" else _percent(rate)
                colour = "white" if rate < 0.2 or rate > 0.85 else canvas.INK
                axes.text(column, row, text, ha="center", va="center", size=8.5, color=colour)


def _percent(rate: float) -> str:
    """Whole per cent; 100 is said of full points only."""
    return str(100 if rate >= 1 else min(round(rate * 100), 99))


def _pattern(axes: Axes, place: tuple[int, int], *, is_pending: bool) -> None:
    column, row = place
    edge, hatch = (canvas.WAITING, canvas.HATCH) if is_pending else (canvas.OTHER, "xxx")
    axes.add_patch(
        Rectangle(
            (column - 0.5, row - 0.5),
            1,
            1,
            facecolor="white",
            edgecolor=edge,
            hatch=hatch,
            linewidth=0,
        )
    )


def _matrix_labels(axes: Axes, assessment: Assessment, *, is_labelled: bool) -> None:
    departments = assessment.departments
    items = rates.base_items(assessment)
    axes.set_yticks(range(len(items)), [f"{one} {assessment.line(one)[1].title}" for one in items])
    axes.set_xticks([])
    if is_labelled:
        axes.set_xticks(range(len(departments)), ["\n".join(one.short) for one in departments])
    axes.tick_params(length=0, labelsize=9.5)
    axes.spines[:].set_visible(False)
    for place in range(1, len(departments)):
        changes = departments[place].group != departments[place - 1].group
        axes.axvline(place - 0.5, color="white", linewidth=4 if changes else 1)
    for place in range(1, len(items)):
        changes = items[place].split(".")[0] != items[place - 1].split(".")[0]
        axes.axhline(place - 0.5, color="white", linewidth=4 if changes else 1)


def distribution_figure(assessment: Assessment) -> canvas.Drawing:
    """Departments per 5 points, stacked by group, with the grades' lines."""
    totals = assessment.totals.astype({"total": float})
    edges = _edges(totals["total"])
    groups = assessment.register.groups
    values = [list(totals.loc[totals["group"] == one, "total"]) for one in groups]
    with canvas.painting():
        figure = canvas.drawing(assessment, "得分分布", (8.4, 4.6))
        axes = figure.add_subplot()
        colours = [_SHADES[place % len(_SHADES)] for place in range(len(groups))]
        counts, _, _ = axes.hist(
            values,
            bins=edges,
            stacked=True,
            color=colours,
            rwidth=0.94,
            label=list(groups.values()),
        )
        _count_axes(axes, edges, int(counts[-1].max()))
        _grade_lines(axes, assessment, edges)
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1.06), ncols=len(groups))
        canvas.note(figure, f"每柱{_STEP}分，含下限不含上限；建议等次的分数线以虚线标出")
    return figure


def _edges(totals: pd.Series[float]) -> list[int]:
    """Multiples of the step that hold every total."""
    low = int(totals.min() // _STEP) * _STEP
    high = int(totals.max() // _STEP) * _STEP + _STEP
    return list(range(low, high + 1, _STEP))


def _count_axes(axes: Axes, edges: list[int], most: int) -> None:
    axes.set_xticks(edges, [str(edge) for edge in edges])
    axes.set_yticks(ticks := _whole_ticks(most), [str(tick) for tick in ticks])
    axes.set_ylim(0, most * 1.12)
    axes.set_xlabel("得分（分）")
    axes.set_ylabel("单位数（个）")
    canvas.plain(axes, grid="y")


def _whole_ticks(most: int) -> list[int]:
    """At most six whole numbers from zero to the largest count."""
    step = max(-(-most // 5), 1)
    return list(range(0, most + 1, step))


def _grade_lines(axes: Axes, assessment: Assessment, edges: list[int]) -> None:
    for band in assessment.rubric.bands:
        line = float(band.line)
        if edges[0] <= line <= edges[-1] and line > 0:
            axes.axvline(line, color=canvas.LOST, linewidth=1, linestyle=(0, (4, 3)))
            axes.annotate(
                f"{band.grade} {line:g}分",
                (line, 1),
                xytext=(3, 2),
                size=9.5,
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                color=canvas.LOST,
            )
