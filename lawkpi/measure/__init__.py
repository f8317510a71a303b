"""Measures: whole ledgers to 0/1 marks, marks to counts per department. No points, no files.

Predicates are evaluated over all rows at once, in three values: a row may hold, not hold, or be
unknown (an unreadable cell, an undetermined last day). An unknown row that could change a count
makes the rule pending for its department; it is never guessed.
"""

from lawkpi.measure.marks import Marks, marked
from lawkpi.measure.measured import Measured, RuleInput, rule_input
from lawkpi.measure.printed import PrintedRate, Reproduction, printed_rate, rate_text, which_base
from lawkpi.measure.rates import Figure, RateDesk, RuleSearch
from lawkpi.measure.tally import measured
from lawkpi.measure.truth import Facts, Truth, truth
from lawkpi.measure.words import predicate_text, value_text

__all__ = [
    "Facts",
    "Figure",
    "Marks",
    "Measured",
    "PrintedRate",
    "RateDesk",
    "Reproduction",
    "RuleInput",
    "RuleSearch",
    "Truth",
    "marked",
    "measured",
    "predicate_text",
    "printed_rate",
    "rate_text",
    "rule_input",
    "truth",
    "value_text",
    "which_base",
]
