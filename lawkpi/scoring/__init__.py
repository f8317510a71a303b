"""Scoring: exact points from counts. Integers only; an item is rounded once.

The room promises that equal counts give equal points to the last digit, that the losses of an item
add up to its full points less its points, and that nothing pending is scored. It reads no files and
writes no sentences.
"""

from lawkpi.scoring.adjusted import ADJUSTABLE, adjusted, bounds_at, fits, item_bounds
from lawkpi.scoring.departments import Departments
from lawkpi.scoring.exact import evaluated, half_up, largest_remainder
from lawkpi.scoring.grades import Candidate, grade_of, grades
from lawkpi.scoring.items import (
    ItemScores,
    ItemState,
    ItemTerms,
    Reporting,
    item_scores,
    item_terms,
)
from lawkpi.scoring.outside import OutsideScores, outside_scores
from lawkpi.scoring.redistribute import effective_full_points
from lawkpi.scoring.rules import RuleScores, Tally, rule_scores
from lawkpi.scoring.shares import Behind, RecordShare, record_shares
from lawkpi.scoring.tallies import Scorer
from lawkpi.scoring.totals import Totals, converted, ranks, totals

__all__ = [
    "ADJUSTABLE",
    "Behind",
    "Candidate",
    "Departments",
    "ItemScores",
    "ItemState",
    "ItemTerms",
    "OutsideScores",
    "RecordShare",
    "Reporting",
    "RuleScores",
    "Scorer",
    "Tally",
    "Totals",
    "adjusted",
    "bounds_at",
    "converted",
    "effective_full_points",
    "evaluated",
    "fits",
    "grade_of",
    "grades",
    "half_up",
    "item_bounds",
    "item_scores",
    "item_terms",
    "largest_remainder",
    "outside_scores",
    "ranks",
    "record_shares",
    "rule_scores",
    "totals",
]
