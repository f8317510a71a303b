from __future__ import annotations

from fractions import Fraction

import pytest

from lawkpi.errors import ResultError
from lawkpi.plots import Plots
from lawkpi.plots.department import way_down
from lawkpi.result import Assessment


def said(figure: object) -> list[str]:
    axes = figure.axes[0]  # type: ignore[attr-defined]
    return [one.get_text() for one in axes.texts]


def labels(figure: object) -> list[str]:
    axes = figure.axes[0]  # type: ignore[attr-defined]
    return [one.get_text() for one in axes.get_yticklabels()]


def test_sections_names_the_department_and_every_section(plots: Plots) -> None:
    figure = plots.sections("201")
    assert figure.texts[0].get_text() == "示例城市管理局　各部分得分率"
    assert labels(figure) == ["学法", "诉讼"]


def test_sections_draws_no_bar_where_nothing_was_scored(plots: Plots) -> None:
    figure = plots.sections("201")
    assert [round(bar.get_width(), 1) for bar in figure.axes[0].patches] == [64.2, 79.9]
    assert "无已计分指标（不适用或待核）" in said(figure)


def test_sections_of_a_small_group_shows_no_mean_and_says_so(plots: Plots) -> None:
    figure = plots.sections("101")
    assert len(figure.axes[0].patches) == 2
    assert any("不足3个的不列平均" in one.get_text() for one in figure.texts)


def test_a_department_is_found_by_its_short_name(plots: Plots) -> None:
    assert plots.sections("城管局").texts[0].get_text().startswith("示例城市管理局")


@pytest.mark.parametrize("code", ["101", "201", "202", "203"])
def test_the_way_down_starts_at_the_full_points_and_ends_at_the_total(
    assessment: Assessment, code: str
) -> None:
    steps = way_down(assessment, code)
    total = Fraction(assessment.total(code)["total"])
    ends = [step.end for step in steps] or [total]
    assert ends[-1] == total
    assert all(step.start == end for step, end in zip(steps[1:], ends, strict=False))


def test_the_way_down_says_deductions_pending_and_bonus_in_words(plots: Plots) -> None:
    figure = plots.items("201")
    assert labels(figure) == [
        "满分",
        "1.1 领导干部学法",
        "1.2 执法培训",
        "待核指标（1项）",
        "加分",
        "得分",
    ]
    assert said(figure) == [" 100分", " 40分", "扣1.5分", "扣20分", "待核40分", "加1.5分"]


def test_a_department_without_any_loss_is_drawn(plots: Plots) -> None:
    figure = plots.items("202")
    assert labels(figure) == ["满分", "得分"]
    assert any("各项均未扣分" in one.get_text() for one in figure.texts)


@pytest.mark.parametrize("name", ["sections", "items"])
@pytest.mark.parametrize("code", ["999", "", "城管"])
def test_an_unknown_department_is_refused(plots: Plots, name: str, code: str) -> None:
    with pytest.raises(ResultError) as caught:
        getattr(plots, name)(code)
    assert caught.value.code == "RESULT_DEPARTMENT_UNKNOWN"
