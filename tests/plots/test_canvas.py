from __future__ import annotations

from pathlib import Path

import pytest

from lawkpi.plots import Plots, save
from lawkpi.plots.canvas import png, subtitle
from lawkpi.rubric.assessment import ILLUSTRATIVE

from . import tiny


def words(figure: object) -> list[str]:
    return [one.get_text() for one in figure.texts]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["ranking", "matrix", "distribution"])
def test_the_same_figure_gives_the_same_bytes(plots: Plots, name: str) -> None:
    assert png(getattr(plots, name)()) == png(getattr(plots, name)())


def test_a_figure_drawn_twice_gives_the_same_bytes(plots: Plots) -> None:
    figure = plots.items("201")
    assert png(figure) == png(figure)


def test_save_makes_its_folder_and_writes_a_png_without_a_date(
    plots: Plots, tmp_path: Path
) -> None:
    path = save(plots.sections("201"), tmp_path / "figures" / "201.png")
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert b"Software" not in content
    assert b"tIME" not in content


def test_a_notebook_shows_the_figure_without_pyplot(plots: Plots) -> None:
    content, about = plots.sections("201")._repr_png_()
    assert content.startswith(b"\x89PNG")
    assert about == {"width": 806}


def test_illustrative_data_says_so_on_the_figure(plots: Plots) -> None:
    assert ILLUSTRATIVE in words(plots.sections("201"))


def test_real_data_carries_no_mark() -> None:
    assert ILLUSTRATIVE not in words(Plots(tiny.assessment(illustrative=False)).ranking())


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("initial", "初评（供反馈核对，不是考核结果）"),
        ("review", "复核（供反馈核对，不是考核结果）"),
    ],
)
def test_before_final_the_stage_says_that_it_is_no_result(stage: str, said: str) -> None:
    assert said in subtitle(tiny.assessment(stage=stage))


def test_the_final_stage_needs_no_reservation() -> None:
    line = subtitle(tiny.assessment(stage="final"))
    assert "终评" in line
    assert "不是考核结果" not in line
