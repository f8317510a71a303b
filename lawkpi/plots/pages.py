"""What a notebook page of one assessment says: headings, tables, sentences, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

import lawkpi.plots.canvas as canvas
import lawkpi.plots.rates as rates
from lawkpi.params import points_text
from lawkpi.plots.tables import Table, cell_text, findings_table, severity_table, shown
from lawkpi.result import Assessment
from lawkpi.result.frames import KINDS
from lawkpi.rubric.assessment import ILLUSTRATIVE
from lawkpi.scoring import ItemState


@dataclass(frozen=True)
class Text:
    """A text that notebooks show as Markdown."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __str__(self) -> str:
        return self.markdown


@dataclass(frozen=True)
class Pages:
    """Headings and tables of one assessment, in an evaluator's words."""

    assessment: Assessment

    def heading(self, code: str | None = None) -> Text:
        """Whose result it is, of which assessment and stage, and whether the data are invented.

        Raises
        ------
        ResultError RESULT_DEPARTMENT_UNKNOWN
        """
        whose = "汇总" if code is None else self.assessment.department(code).name
        lines = [f"# {whose}", canvas.subtitle(self.assessment)]
        if self.assessment.settings.illustrative:
            lines.append(f"**{ILLUSTRATIVE}**")
        return Text("\n\n".join(lines))

    def result(self, code: str) -> Text:
        """Total, its parts, what is pending; rank and grade where departments may see them."""
        total = self.assessment.total(code)
        parts = [f"基础分{_points(total['base'])}"]
        parts += [f"加分{_points(total['bonus'])}"] if total["bonus"] else []
        parts += [f"减分{_points(total['malus'])}"] if total["malus"] else []
        lines = [f"**得分：{_points(total['total'])}分**（{'，'.join(parts)}）"]
        if total["pending_count"]:
            waiting = f"尚有{total['pending_count']}项{_points(total['pending_points'])}分待核"
            lines.append(f"**{waiting}**，未计入得分。")
        if cell_text(total["veto"]):
            lines.append(f"**一票否决**：{total['veto']}")
        if self.assessment.shows_rank:
            lines.append(f"建议等次：{total['grade']}；组内第{total['rank']}名。")
        return Text("\n\n".join(lines))

    def items(self, code: str) -> Table:
        """Every base item of a department: 分值, 自评, 得分, 扣分, 状态."""
        rows: Any = self.assessment.of("scores", code).itertuples()
        lines = [
            [
                self._section(row.item),
                row.item,
                self._title(row.item),
                row.full_points,
                row.self_points,
                row.points,
                None if row.points is None or pd.isna(row.points) else row.full_points - row.points,
                ItemState(row.state).label,
            ]
            for row in rows
        ]
        heads = ["部分", "项", "指标", "分值", "自评", "得分", "扣分", "状态"]
        return shown(heads, lines)

    def losses(self, code: str) -> Table | Text:
        """Every lost point of a department: the item, the points, the sentence, the basis."""
        own = self.assessment.of("losses", code)
        if own.empty:
            return Text("各项均未扣分。")
        rows: Any = own.itertuples()
        lines = [
            [row.item, self._title(row.item), row.points, row.sentence, row.basis] for row in rows
        ]
        return shown(["项", "指标", "扣分", "事实和理由", "依据"], lines)

    def adjustments(self, code: str) -> Table | Text:
        """Bonus, malus and veto of a department, each with its sentence."""
        own = self.assessment.of("adjustments", code)
        if own.empty:
            return Text("没有加分、减分和一票否决。")
        rows: Any = own.itertuples()
        lines = [[KINDS[row.kind], row.item, row.points, row.sentence, row.basis] for row in rows]
        return shown(["类别", "项", "分数", "事实和理由", "依据"], lines)

    def largest_losses(self, code: str, count: int = 3) -> list[str]:
        """The items that cost a department most, the largest first."""
        lost = rates.lost_points(self.assessment, code)
        return sorted(lost, key=lambda item: -lost[item])[:count]

    def totals(self, group: str) -> Table:
        """One group's departments: total, parts, pending, rank, proposed grade."""
        totals = self.assessment.totals
        own: Any = totals[totals["group"] == group].sort_values(["rank", "department"]).itertuples()
        lines = [
            [
                row.rank,
                row.department,
                self.assessment.department(row.department).name,
                row.base,
                row.bonus,
                row.malus,
                row.total,
                row.pending_points,
                row.grade,
                row.veto,
            ]
            for row in own
        ]
        heads = [
            "名次",
            "代码",
            "单位",
            "基础分",
            "加分",
            "减分",
            "得分",
            "待核分",
            "建议等次",
            "一票否决",
        ]
        places = self.assessment.rubric.rounding.item_places
        fixed: dict[str, int] = dict.fromkeys(("基础分", "加分", "减分", "得分", "待核分"), places)
        title = self.assessment.register.groups[group]
        return shown(heads, lines, places=fixed, caption=title)

    def item_statistics(self) -> Table:
        """Per item: departments scored, mean rate, departments that lost points, points lost."""
        table, found = rates.item_rates(self.assessment), rates.states(self.assessment)
        lost = self.assessment.losses.groupby("item")["points"].sum().to_dict()
        lines = []
        for item in table.index:
            row, state = table.loc[item], found.loc[item]
            waiting = [int((state == one).sum()) for one in ("not_applicable", "pending")]
            lines.append(
                [
                    item,
                    self._title(item),
                    int(row.notna().sum()),
                    _mean(row),
                    int((row < 1).sum()),
                    lost.get(item, 0),
                    *waiting,
                ]
            )
        heads = ["项", "指标", "计分单位", "平均得分率", "扣分单位", "扣分合计", "不适用", "待核"]
        return shown(heads, lines)

    def grades(self) -> Table:
        """How many departments of each group have which proposed grade."""
        counts: Mapping[Any, int] = (
            self.assessment.totals.groupby(["group", "grade"]).size().to_dict()
        )
        labels = [band.grade for band in self.assessment.rubric.grades]
        lines = [
            [title, *(int(counts.get((group, label), 0)) for label in labels)]
            for group, title in self.assessment.register.groups.items()
        ]
        return shown(["分组", *labels], lines)

    def conversion(self) -> Table:
        """折算: the figures that go to the overall performance assessment."""
        rows: Any = self.assessment.totals.itertuples()
        lines = [
            [
                row.department,
                self.assessment.department(row.department).name,
                row.total,
                row.converted,
            ]
            for row in rows
        ]
        conversion = self.assessment.settings.conversion
        head = f"折算分（满分{points_text(conversion.full_points)}分）"
        fixed: dict[str, int] = {
            "得分": self.assessment.rubric.rounding.item_places,
            head: conversion.places,
        }
        return shown(["代码", "单位", "得分", head], lines, places=fixed)

    def findings(self, most: int = 50) -> Table:
        """The first findings in the ledgers."""
        return findings_table(self.assessment.findings, most=most)

    def severities(self) -> Table:
        """How many findings of each severity."""
        return severity_table(self.assessment.findings)

    def _title(self, item: str) -> str:
        return self.assessment.line(item)[1].title

    def _section(self, item: str) -> str:
        return self.assessment.line(item)[0].title


def link(path: Path, run_folder: str | Path) -> Text:
    """A link to a file of the run, written from the run folder on."""
    inside = Path(path).resolve().relative_to(Path(run_folder).resolve()).as_posix()
    return Text(f"已生成：[{path.name}](<{run_folder}/{inside}>)")


def _points(value: Any) -> str:
    return points_text(Fraction(value))


def _mean(row: pd.Series[float]) -> str:
    return "" if row.isna().all() else rates.rate_label(row.mean())
