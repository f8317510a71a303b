"""What an assessment can be drawn as: `run.plot.sections("201")`."""

from __future__ import annotations

from dataclasses import dataclass

from lawkpi.plots.canvas import Drawing
from lawkpi.plots.department import items_figure, sections_figure
from lawkpi.plots.everyone import distribution_figure, matrix_figure, ranking_figure
from lawkpi.result import Assessment


@dataclass(frozen=True)
class Plots:
    """The charts of one assessment; each method returns a new figure."""

    assessment: Assessment

    def sections(self, code: str) -> Drawing:
        """得分率 of each section of one department, beside its group's mean.

        The mean is left out where fewer than three departments of the group were scored: it would
        tell another department's score.

        Raises
        ------
        ResultError RESULT_DEPARTMENT_UNKNOWN
        """
        return sections_figure(self.assessment, code)

    def items(self, code: str) -> Drawing:
        """One department's way from the full points to its total, item by item.

        Raises
        ------
        ResultError RESULT_DEPARTMENT_UNKNOWN
        """
        return items_figure(self.assessment, code)

    def ranking(self, group: str | None = None) -> Drawing:
        """Totals as bars, group by group, what is pending hatched beside them.

        Parameters
        ----------
        group : one group's id or title; all groups where nothing is said

        Raises
        ------
        ResultError RESULT_GROUP_UNKNOWN
        """
        return ranking_figure(self.assessment, group)

    def matrix(self) -> Drawing:
        """得分率 of every item and department as a heat map; 不适用 and 待核 are patterns."""
        return matrix_figure(self.assessment)

    def distribution(self) -> Drawing:
        """How many departments have which total, with the lines between grades."""
        return distribution_figure(self.assessment)
