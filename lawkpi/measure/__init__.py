"""Measures: whole ledgers to 0/1 marks, marks to counts per department. No points, no files.

Predicates are evaluated over all rows at once, in three values: a row may hold, not hold, or be
unknown (an unreadable cell, an undetermined last day). An unknown row that could change a count
makes the rule pending for its department; it is never guessed.
"""

from lawkpi.measure.marks import Marks, marked
from lawkpi.measure.tally import Measured, RuleInput, measured
from lawkpi.measure.truth import Facts, Truth, truth
from lawkpi.measure.words import predicate_text, value_text

__all__ = [
    "Facts",
    "Marks",
    "Measured",
    "RuleInput",
    "Truth",
    "marked",
    "measured",
    "predicate_text",
    "truth",
    "value_text",
]
