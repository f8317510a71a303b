"""Whether a rule counts, and an item: what 计分、不适用、待核 hang on, as trees over the counts.

The numbers are those of `lawkpi.scoring.items`: an item is scored where one of its rules applies and none is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from lawkpi.result.held import HeldCounts
from lawkpi.rubric.expression import Const, Count, Expression, When
from lawkpi.rubric.measures import (
    CompletionMeasure,
    Counted,
    MeanMeasure,
    Measure,
    RateMeasure,
    SumMeasure,
)
from lawkpi.scoring import ItemState
from lawkpi.workbook.whole import summed

NOT_APPLICABLE, SCORED, PENDING, FULL, NOT_REPORTED = range(5)
"""How a rule or an item stands; `FULL` is a rule that applies and costs nothing."""
LEGEND = "1计分，0不适用，2待核，3按满分计，4未报送"
_EMPTY = {"not_applicable": NOT_APPLICABLE, "pending": PENDING, "full": FULL}
ITEM_STATES = {
    ItemState.SCORED: SCORED,
    ItemState.NOT_APPLICABLE: NOT_APPLICABLE,
    ItemState.PENDING: PENDING,
    ItemState.NOT_REPORTED: NOT_REPORTED,
}


def rule_state(measure: Measure, counted: HeldCounts) -> Expression:
    """How a rule stands, over `open`, `rows` and `due`; a constant for what was entered by hand."""
    if not isinstance(measure, Counted):
        return Const(_by_hand(counted))
    return When(Count("open"), Const(1), Const(PENDING), _by_records(measure))


def _by_hand(counted: HeldCounts) -> int:
    if counted.is_pending:
        return PENDING
    return _EMPTY[counted.empty_means] if counted.is_empty else SCORED


def _by_records(measure: Counted) -> Expression:
    match measure:
        case RateMeasure() | MeanMeasure():
            nothing, few = measure.empty, measure.below_base or measure.empty
            below = When(Count("rows"), Const(1), Const(_EMPTY[few]), Const(_EMPTY[nothing]))
            return When(Count("rows"), Const(max(measure.min_base, 1)), Const(SCORED), below)
        case SumMeasure() if measure.empty is not None:
            return _unless_empty("rows", measure.empty)
        case CompletionMeasure():
            return _unless_empty("due", measure.empty)
    return Const(SCORED)


def _unless_empty(name: str, means: str) -> Expression:
    return When(Count(name), Const(1), Const(SCORED), Const(_EMPTY[means]))


def asks(measure: Measure) -> set[str]:
    """The counts that a rule's state hangs on besides its open records."""
    match measure:
        case RateMeasure() | MeanMeasure():
            return {"rows"}
        case SumMeasure() if measure.empty is not None:
            return {"rows"}
        case CompletionMeasure():
            return {"due"}
    return set()


def is_counted(state: Expression) -> Expression:
    """1 where a rule applies, scored or at no cost."""
    return When(
        state, Const(SCORED), When(state, Const(PENDING), _is_full(state), Const(1)), Const(0)
    )


def _is_full(state: Expression) -> Expression:
    return When(state, Const(FULL), Const(1), Const(0), equal=True)


def is_pending(state: Expression) -> Expression:
    """1 where a rule is open."""
    return When(state, Const(PENDING), Const(1), Const(0), equal=True)


def item_state(rules: Sequence[Expression]) -> Expression:
    """How an item stands: not at all where no rule applies, open where one is."""
    applies = summed([When(one, Const(1), Const(1), Const(0)) for one in rules])
    pending = summed([is_pending(one) for one in rules])
    scored = When(applies, Const(1), Const(SCORED), Const(NOT_APPLICABLE))
    return When(pending, Const(1), Const(PENDING), scored)
