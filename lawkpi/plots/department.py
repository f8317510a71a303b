"""Figures of one department: its sections against its group, and where its points went."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

import lawkpi.plots.canvas as canvas
import lawkpi.plots.rates as rates
from lawkpi.params import points_text
from lawkpi.result import Assessment

_BAR = 0.36
_LOOKS: dict[str, dict[str, Any]] = {
    "扣": {"color": canvas.LOST},
    "待核": {"facecolor": "white", "edgecolor": canvas.WAITING, "hatch": canvas.HATCH},
    "加": {"color": canvas.GAINED},
    "减": {"color": canvas.MUTED},
}
_NAMES = {"扣": "扣分", "待核": "待核（未计入得分）", "加": "加分", "减": "减分"}


def sections_figure(assessment: Assessment, code: str) -> canvas.Drawing:
    """得分率 of each section, the department's beside its group's mean."""
    department = assessment.department(code)
    own = rates.section_rates(assessment)[department.code]
    means = rates.group_means(assessment, department.group)
    with canvas.painting():
        height = 1.75 + 0.62 * len(own)
        figure = canvas.drawing(assessment, f"{department.name}　各部分得分率", (8.4, height))
        axes = figure.add_subplot()
        _section_bars(axes, own, means)
        titles = [section.title for section in assessment.rubric.base_sections]
        axes.set_yticks(range(len(own)), titles)
        _share_axis(axes)
        canvas.legend(
            axes,
            [
                Patch(color=canvas.MAIN, label=department.short),
                Patch(
                    color=canvas.OTHER, label=f"{assessment.register.groups[department.group]}平均"
                ),
            ],
        )
        canvas.note(figure, _sections_note(means))
    return figure


def _section_bars(axes: Axes, own: pd.Series[float], means: pd.Series[float]) -> None:
    for place, section in enumerate(own.index):
        for shift, series, colour in ((-0.5, own, canvas.MAIN), (0.5, means, canvas.OTHER)):
            rate = series[section]
            height = place + shift * _BAR
            if pd.notna(rate):
                axes.barh(height, rate * 100, height=_BAR * 0.92, color=colour)
                _text(axes, rate * 100, height, rates.rate_label(rate))
            elif series is own:
                _text(axes, 0, height, "无已计分指标（不适用或待核）")
    axes.set_ylim(len(own) - 0.45, -0.55)


def _share_axis(axes: Axes) -> None:
    axes.set_xlim(0, 112)
    axes.set_xticks(range(0, 101, 20), [f"{tick}%" for tick in range(0, 101, 20)])
    axes.spines["bottom"].set_visible(False)
    canvas.plain(axes, grid="x")


def _sections_note(means: pd.Series[float]) -> str:
    text = "得分率=得分÷分值，不含不适用和待核的指标"
    if means.isna().any():
        text += f"；本组计分单位不足{rates.SMALLEST_GROUP}个的不列平均"
    return text


@dataclass(frozen=True)
class Step:
    """One line of the way from the full points to the total; `width` is negative for a loss."""

    label: str
    verb: str
    start: Fraction
    width: Fraction

    @property
    def end(self) -> Fraction:
        """Where the next line begins."""
        return self.start + self.width

    @property
    def worth(self) -> str:
        """扣1.5分, 待核8分, ...: the sign is in the word."""
        return f"{self.verb}{points_text(abs(self.width))}分"


def items_figure(assessment: Assessment, code: str) -> canvas.Drawing:
    """From the full points down to the total: each item that lost points, pending, bonus, malus."""
    department = assessment.department(code)
    steps = way_down(assessment, department.code)
    with canvas.painting():
        size = (8.4, 2.0 + 0.34 * (len(steps) + 2))
        figure = canvas.drawing(assessment, f"{department.name}　分数去向", size)
        axes = figure.add_subplot()
        _ends(axes, assessment, department.code, steps)
        for place, step in enumerate(steps, 1):
            _step_bar(axes, place, step)
        _way_axis(axes, steps)
        canvas.legend(axes, _way_legend(steps))
        canvas.note(figure, _way_note(assessment, department.code, axes))
    return figure


def way_down(assessment: Assessment, code: str) -> list[Step]:
    """The lines between full points and total; they add up exactly."""
    total = assessment.total(code)
    pending = Fraction(total["pending_points"])
    moves = [
        (f"{item} {assessment.line(item)[1].title}", "扣", -lost)
        for item, lost in rates.lost_points(assessment, code).items()
    ]
    moves += [
        (f"待核指标（{total['pending_count']}项）", "待核", -pending),
        ("加分", "加", Fraction(total["bonus"])),
        ("减分", "减", -Fraction(total["malus"])),
    ]
    steps, at = [], rates.base_points(assessment, code)
    for label, verb, width in moves:
        if width:
            steps.append(Step(label, verb, at, width))
            at += width
    return steps


def _ends(axes: Axes, assessment: Assessment, code: str, steps: list[Step]) -> None:
    """First and last line: the full points and the total, as marks on the scale."""
    total = Fraction(assessment.total(code)["total"])
    full = rates.base_points(assessment, code)
    for place, points in ((0, full), (len(steps) + 1, total)):
        axes.plot(float(points), place, marker="D", color=canvas.MAIN, markersize=7)
        _text(axes, float(points), place, f" {points_text(points)}分")
    _link(axes, full, 0)
    labels = ["满分", *(step.label for step in steps), "得分"]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)


def _step_bar(axes: Axes, place: int, step: Step) -> None:
    axes.barh(place, float(step.width), left=float(step.start), height=0.6, **_LOOKS[step.verb])
    _link(axes, step.end, place)
    _text(axes, float(max(step.start, step.end)), place, step.worth)


def _link(axes: Axes, points: Fraction, place: int) -> None:
    """A thin line down to where the next line begins."""
    axes.plot(
        [float(points)] * 2, [place + 0.3, place + 0.7], color=canvas.MUTED, linewidth=0.8, zorder=0
    )


def _way_axis(axes: Axes, steps: list[Step]) -> None:
    low, high = axes.get_xlim()
    edges = [float(edge) for step in steps for edge in (step.start, step.end)] or [low, high]
    lowest, highest = min(edges), max(edges)
    room = max((highest - lowest) * 0.14, 1.0)
    axes.set_xlim(max(lowest - room, 0), highest + room)
    axes.set_xlabel("分")
    canvas.plain(axes, grid="x")


def _way_legend(steps: list[Step]) -> list[Patch]:
    verbs = [verb for verb in _LOOKS if any(step.verb == verb for step in steps)]
    return [Patch(**_LOOKS[verb], label=_NAMES[verb]) for verb in verbs]


def _way_note(assessment: Assessment, code: str, axes: Axes) -> str:
    lost = len(rates.lost_points(assessment, code))
    text = "各项均未扣分" if not lost else f"只列有扣分的{lost}项"
    start = axes.get_xlim()[0]
    return f"{text}；横轴不从0分开始" if start > 0 else text


def _text(axes: Axes, x: float, y: float, text: str) -> None:
    axes.annotate(text, (x, y), xytext=(4, 0), textcoords="offset points", va="center", size=9.5)
