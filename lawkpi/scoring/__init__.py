"""Scoring: exact points from counts. Integers only; an item is rounded once.

The room promises that equal counts give equal points to the last digit, that the losses of an item
add up to its full points less its points, and that nothing pending is scored. It reads no files and
writes no sentences.
"""

from lawkpi.scoring.exact import evaluated, half_up, largest_remainder
from lawkpi.scoring.items import ItemScores, ItemState, Reporting, RuleScores, item_scores
from lawkpi.scoring.outside import OutsideScores, outside_scores
from lawkpi.scoring.redistribute import effective_full_points
from lawkpi.scoring.shares import RecordShare, record_shares
from lawkpi.scoring.totals import Totals, converted, grade_of, ranks, totals

__all__ = [
    "ItemScores",
    "ItemState",
    "OutsideScores",
    "RecordShare",
    "Reporting",
    "RuleScores",
    "Totals",
    "converted",
    "effective_full_points",
    "evaluated",
    "grade_of",
    "half_up",
    "item_scores",
    "largest_remainder",
    "outside_scores",
    "ranks",
    "record_shares",
    "totals",
]
