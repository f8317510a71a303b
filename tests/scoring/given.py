"""What the tests of this room build by hand: rules, counts, rubrics. No ledgers, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lawkpi.ledger.table import empty_ledger
from lawkpi.measure import Measured
from lawkpi.params import read_yaml
from lawkpi.rubric.conventions import Rounding
from lawkpi.rubric.model import Item, Rubric
from lawkpi.rubric.rule import Rule
from lawkpi.scoring import ItemState, ItemTerms, Tally
from lawkpi.scoring.exact import evaluated, whole
from lawkpi.scoring.items import ItemScores, item_scores
from lawkpi.scoring.rules import RuleScores, rule_scores
from tests.support.tiny import SCHEMAS

CASES = Path(__file__).parents[1] / "cases" / "scoring"
HALF_UP = Rounding(at="item", places=2, mode="half_up")
TRUNCATE = Rounding(at="item", places=2, mode="truncate")
PER_CENT = Fraction(1, 100)
MEASURES: dict[str, Any] = {
    "count": {"count": {"ledger": "litigation"}},
    "rate": {
        "rate": {"ledger": "litigation", "done": {"effective": {"is": "yes"}}, "empty": "pending"}
    },
    "amount": {"sum": {"ledger": "training", "column": "hours"}},
    "state": {"entered": {"gives": "state"}},
    "judged": {"judged": {"at_most": "5"}},
    "entered": {"entered": {"gives": "points"}},
}
SCALES = {"amount": 10, "points": 100}
"""How fine the counts of a kind of measure are here; others are whole."""


def cases(name: str, part: str | None = None) -> list[Any]:
    """The cases of one file as pytest parameters named by their sentence."""
    content = read_yaml(CASES / f"{name}.yaml")
    return [pytest.param(case, id=case["name"]) for case in (content[part] if part else content)]


def rule(
    measure: str,
    shape: Mapping[str, Any],
    *,
    cap: str | None = None,
    effect: str = "deduct",
    name: str = "a",
) -> Rule:
    return Rule.model_validate(
        {"id": name, "measure": MEASURES[measure], "shape": shape, "effect": {effect: {"cap": cap}}}
    )


def tallied(
    done: Sequence[int],
    due: Sequence[int] | None = None,
    *,
    state: Sequence[int] | None = None,
    pending: Sequence[bool] | None = None,
    empty_means: Any = "not_applicable",
) -> Measured:
    """Counts of as many departments as there are numbers; nothing due is empty."""
    size = len(done)
    owed = np.array(due if due is not None else done)
    return Measured(
        ledger=empty_ledger(SCHEMAS["litigation"]),
        marks=None,
        done=np.array(done),
        due=owed,
        state=np.array(state if state is not None else [0] * size),
        state_code=[""] * size,
        pending=np.array(pending if pending is not None else [False] * size),
        empty=(owed == 0) if due is not None else np.zeros(size, dtype=bool),
        empty_means=empty_means,
        causing={},
    )


def amounts(
    given: Rule, done: Sequence[int], due: Sequence[int] | None = None, **more: Sequence[Any]
) -> list[Fraction]:
    """A rule's exact points for many counts at once, straight from its tree.

    `more` are further counts that its shape asks for: `state`, `rank`, `last`, and as fractions
    `reference` and `worth`.
    """
    ratio = given.ratio(SCALES.get(given.measure.kind, 1))
    assert ratio is not None
    counts = {"done": whole(done), "due": whole(due or [1] * len(done))}
    for name, values in more.items():
        fractions = [Fraction(one) for one in values]
        counts[name] = whole([one.numerator for one in fractions])
        counts[f"{name}_base"] = whole([one.denominator for one in fractions])
    pairs = zip(
        evaluated(ratio.numerator, counts), evaluated(ratio.denominator, counts), strict=True
    )
    return [Fraction(numerator, denominator) for numerator, denominator in pairs]


def item(full: str, *rules: Rule, number: str = "1.1", **more: Any) -> Item:
    return Item.model_validate(
        {
            "id": number,
            "title": "示例",
            "full_points": full,
            "clause": "示例条文。",
            "scored_by": "甲",
            "basis": [{"document": "甲法〔2024〕1号"}],
            "rules": [one.model_dump(mode="json", by_alias=True) for one in rules],
            **more,
        }
    )


def scored(
    given: Item,
    tallies: Sequence[Measured],
    *,
    full: Sequence[int] | None = None,
    rounding: Rounding = HALF_UP,
    states: Sequence[ItemState] | None = None,
) -> ItemScores:
    """An item's scores in hundredths; every department scored unless said otherwise."""
    rules: tuple[RuleScores, ...] = tuple(
        rule_scores(one, Tally(tally)) for one, tally in zip(given.rules, tallies, strict=True)
    )
    size = len(tallies[0].done)
    assert given.full_points is not None
    units = [int(given.full_points * 100)] * size
    terms = ItemTerms(
        declared=[given.full_points] * size,
        start=[given.full_points] * size,
        floor=Fraction(0),
        full=whole(full or units),
        rounding=rounding,
    )
    return item_scores(given, rules, list(states or [ItemState.SCORED] * size), terms)


EACH_HALF = rule("count", {"each": {"points": "0.5"}})


def rubric(
    sections: Mapping[str, Mapping[str, str]], *, default: str, empty_section: str = "leave_base"
) -> Rubric:
    """A rubric of base sections: section to items to full points."""
    return Rubric.model_validate(
        {
            "id": "hand",
            "title": "示例细则",
            "document_number": "甲法〔2024〕1号",
            "issued_on": "2023-12-20",
            "full_points": str(sum(int(one) for own in sections.values() for one in own.values())),
            "rounding": {"at": "item", "places": 2, "mode": "half_up"},
            "rank": {"on": "printed", "ties": "competition"},
            "floors": {"item": "0", "total": "0"},
            "not_applicable": {"default": default, "empty_section": empty_section},
            "grades": [
                {"grade": "优秀", "at_least": "90"},
                {"grade": "良好", "at_least": "80"},
                {"grade": "合格", "at_least": "60"},
                {"grade": "不合格", "at_least": "0"},
            ],
            "sections": [
                {
                    "id": name,
                    "title": name,
                    "full_points": str(sum(int(one) for one in own.values())),
                    "items": [
                        item(full, EACH_HALF, number=number).model_dump(mode="json", by_alias=True)
                        for number, full in own.items()
                    ],
                }
                for name, own in sections.items()
            ],
        }
    )
