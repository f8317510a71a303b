"""Examples: an entry's rule, item or rubric made whole, and scored by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from docs.rubric_language.book import ITEM, Answers, Entry, Given, Variant
from lawkpi.params import points_text
from lawkpi.result import Assessment
from lawkpi.rubric.expression import folded
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.rates import load_rates
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import ItemFigures, RuleFigures, item_figures
from lawkpi.workbook.formula import tree_formula
from tests.support.rubric_cases import outcome, scored_case
from tests.support.tiny import PARAMS

CELLS = {
    "done": "已计",
    "due": "应计",
    "state": "情形",
    "worth": "折合数",
    "rank": "名次",
    "last": "名次",
    "reference": "比较基准分子",
    "reference_base": "比较基准分母",
}
"""The cells of a department's own workbook that a rule's formula uses."""
SUMS = ("total", "rank", "grade", "base", "bonus", "malus", "converted")
_KINDS = {"deduct": "base", "award": "base", "bonus": "bonus", "malus": "malus", "veto": "veto"}
_ENTERED = {"id": "a", "measure": {"entered": {"gives": "points"}}, "shape": {"as_entered": {}}}


@dataclass(frozen=True)
class Scored:
    """An example that was scored: its rubric and the engine's assessment."""

    rubric: Rubric
    assessment: Assessment

    def answer(self, what: str, code: str) -> str:
        """One department's answer to what is asked."""
        if what in SUMS:
            value = self.assessment.total(code)[what]
            return str(value) if what in ("rank", "grade") else points_text(Fraction(value))
        if what.startswith("full "):
            scores = self.assessment.of("scores", code)
            own = scores[scores["item"] == what.removeprefix("full ")]
            return points_text(Fraction(own["full_points"].iloc[0]))
        return outcome(self.assessment, what, code)

    def answers(self, asked: Answers) -> Answers:
        """The engine's answers to everything asked."""
        return {
            what: {code: self.answer(what, code) for code in codes} for what, codes in asked.items()
        }

    def sentences(self, item: str, code: str) -> list[str]:
        """What the engine says of an item: each rule, then each point lost or given."""
        rules = self.assessment.of("rules", code)
        own = rules[rules["item"] == item]
        said = [f"规则{one.rule}：{one.sentence}" for one in own.itertuples()]
        if not said:
            said = [f"规则{one.rule.id}：{one.text}" for one in self._figures(item, code).rules]
        for table in ("losses", "adjustments"):
            frame = self.assessment.of(table, code)
            said += frame[frame["item"] == item]["sentence"].tolist()
        return said

    def formulas(self, item: str, code: str) -> list[tuple[str, str]]:
        """Each rule of an item with its Excel form."""
        return [(one.rule.id, _formula(one)) for one in self._figures(item, code).rules]

    def _figures(self, item: str, code: str) -> ItemFigures:
        """The item as the department's workbook has it."""
        desk = Desk(self.assessment, self.assessment.department(code))
        return next(one for one in item_figures(desk) if one.item.id == item)


def scored(entry: Entry, variant: Variant | None = None) -> Scored:
    """An entry's example, or a variant of it, through the whole engine."""
    example = entry.example
    given = entry.given
    if variant is not None:
        example = merged(example, variant.change)
        given = variant.given or given
    rubric = Rubric.model_validate(whole_rubric(entry, example), context={RATES: _rates()})
    case = {"given": _spelled_out(given), "period": entry.period}
    return Scored(rubric, scored_case(case, rubric))


def whole_rubric(entry: Entry, example: Any) -> dict[str, Any]:
    """The example as a whole rubric: what it leaves out is filled in."""
    if entry.rubric is not None:
        return _rubric(example)
    item = example if entry.item is not None else {"rules": [example]}
    kind = _KINDS[next(iter(item["rules"][0]["effect"]))]
    points = item.get("full_points", entry.full_points)
    full = {"full_points": points} if kind == "base" else {}
    line = {"id": ITEM, "clause": entry.clause, **full, **item}
    section = {"kind": kind, **full, "items": [line]}
    return _rubric({"full_points": points or "100", "sections": [section]})


def merged(base: Any, change: Any) -> Any:
    """A mapping with some of its parts replaced, however deep; `null` takes a part away."""
    if not (isinstance(base, Mapping) and isinstance(change, Mapping)):
        return change
    both = {**base, **{name: merged(base.get(name), one) for name, one in change.items()}}
    return {name: one for name, one in both.items() if one is not None}


def _rubric(example: Mapping[str, Any]) -> dict[str, Any]:
    terms: dict[str, Any] = {
        "id": "example",
        "title": "示例细则",
        "document_number": "示例",
        "full_points": "100",
        "rounding": {"at": "item", "places": 2, "mode": "half_up"},
        "floors": {"item": "0", "total": "0"},
        "rank": {"on": "printed", "ties": "competition"},
        "not_applicable": {"default": "leave_base"},
        "grades": [{"grade": "未分等次", "at_least": "0"}],
        **example,
    }
    terms["sections"] = [_section(n, one) for n, one in enumerate(example["sections"], 1)]
    return terms


def _section(number: int, section: Mapping[str, Any]) -> dict[str, Any]:
    named = {"id": str(number), "title": f"第{number}部分", **section}
    return {**named, "items": [_item(one, named.get("kind", "base")) for one in named["items"]]}


def _item(item: Mapping[str, Any], kind: str) -> dict[str, Any]:
    effect = {"base": "deduct"}.get(kind, kind)
    terms = {
        "title": f"指标{item['id']}",
        "clause": "按核定分值计分。",
        "scored_by": "甲市司法局",
        "basis": [{"document": "示例细则"}],
        "rules": [{**_ENTERED, "effect": {effect: {}}}],
        **item,
    }
    rules = zip("abcdefgh", terms["rules"], strict=False)
    return {**terms, "rules": [{"id": letter, **rule} for letter, rule in rules]}


def _spelled_out(given: Given) -> dict[str, Any]:
    """The records with repeated rows repeated."""
    ledgers = {
        name: [
            {key: cell for key, cell in row.items() if key != "times"}
            for row in rows
            for _ in range(int(row.get("times", 1)))
        ]
        for name, rows in given.ledgers.items()
    }
    return {"departments": dict(given.departments), "ledgers": ledgers}


@cache
def _rates() -> Any:
    return load_rates(PARAMS / RATES)


def _formula(figures: RuleFigures) -> str:
    """The rule's tree over the department's own cells, and whether those follow its records."""
    ratio, sources = figures.ratio, figures.sources[0]
    if ratio is None:
        return "已计 (a veto has no points)"
    fixed = dict(sources.fixed) if not figures.is_rate else {}
    trees = (folded(tree, fixed) for tree in (ratio.numerator, ratio.denominator))
    above, below = (tree_formula(tree, CELLS) for tree in trees)
    parts = " of each part, then put together" if figures.parts else ""
    still = " (its counts are values, 值)" if figures.why else ""
    return f"分子 `{above}`, 分母 `{below}`{parts}{still}"
