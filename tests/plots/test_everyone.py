from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from lawkpi.errors import ResultError
from lawkpi.plots import Plots
from lawkpi.plots.canvas import png
from lawkpi.result import Assessment


def labels(axes: object) -> list[str]:
    return [one.get_text() for one in axes.get_yticklabels()]  # type: ignore[attr-defined]


def test_ranking_has_one_panel_per_group_in_order_of_rank(plots: Plots) -> None:
    figure = plots.ranking()
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["内设机构", "执法部门"]
    assert labels(figure.axes[1]) == ["市监局", "环境局", "城管局"]


def test_ranking_hatches_what_is_pending_and_only_that(plots: Plots) -> None:
    bars = plots.ranking().axes[1].patches
    assert [(bar.get_width(), bar.get_hatch()) for bar in bars] == [
        (100, None),
        (76.55, None),
        (40, None),
        (40, "////"),
    ]


@pytest.mark.parametrize("group", ["field", "执法部门"])
def test_ranking_of_one_group_by_id_or_title(plots: Plots, group: str) -> None:
    figure = plots.ranking(group)
    assert len(figure.axes) == 1
    assert len(figure.axes[0].patches) == 4


@pytest.mark.parametrize("group", ["nobody", "执法"])
def test_an_unknown_group_is_refused_with_the_known_ones(plots: Plots, group: str) -> None:
    with pytest.raises(ResultError) as caught:
        plots.ranking(group)
    assert caught.value.code == "RESULT_GROUP_UNKNOWN"
    assert "field 执法部门" in caught.value.expected


def test_matrix_writes_rates_and_says_not_reported(plots: Plots) -> None:
    axes = plots.matrix().axes[0]
    assert labels(axes) == ["1.1 领导干部学法", "1.2 执法培训", "2.1 出庭应诉"]
    assert [one.get_text() for one in axes.texts] == [
        "100",
        "96",
        "100",
        "75",
        "未报",
        "100",
        "76",
        "90",
        "100",
        "83",
    ]


def test_matrix_tells_not_applicable_from_pending_by_pattern(plots: Plots) -> None:
    assert [one.get_hatch() for one in plots.matrix().axes[0].patches] == ["xxx", "////"]


def test_a_rate_just_below_full_is_never_written_as_100(assessment: Assessment) -> None:
    scores = assessment.scores.copy()
    scores.loc[(scores["department"] == "101") & (scores["item"] == "2.1"), "points"] = Decimal(
        "39.99"
    )
    axes = Plots(replace(assessment, scores=scores)).matrix().axes[0]
    assert axes.texts[7].get_text() == "99"


def test_distribution_counts_every_department_once(plots: Plots) -> None:
    figure = plots.distribution()
    assert sum(bar.get_height() for bar in figure.axes[0].patches) >= 4
    tops = [bar.get_y() + bar.get_height() for bar in figure.axes[0].patches if bar.get_height()]
    assert max(tops) == 2
    assert [one.get_text() for one in figure.axes[0].texts] == ["优秀 90分", "合格 60分"]


def test_hundreds_of_departments_are_drawn_without_names_within_the_paper(
    assessment: Assessment,
) -> None:
    many = 900
    register = assessment.register.model_copy(
        update={
            "departments": tuple(
                assessment.departments[1].model_copy(
                    update={"code": f"{place:04}", "name": f"单位{place}", "short": f"单{place}"}
                )
                for place in range(many)
            )
        }
    )
    totals = pd.concat([assessment.of("totals", "201")] * many, ignore_index=True)
    totals["department"] = [f"{place:04}" for place in range(many)]
    figure = Plots(replace(assessment, register=register, totals=totals)).ranking("field")
    assert labels(figure.axes[0]) == []
    assert figure.get_figheight() < 50
    assert png(figure)
