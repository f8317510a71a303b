"""Measures: what is counted, without points.

A measure over records names one ledger and up to two sides; `due` is what should have happened, `done`
what did. A measure by hand is a figure, a state or points that an office entered with its source.
"""

from lawkpi.rubric.measures.box import RATES, Measure, MeasureBox, NamedRates
from lawkpi.rubric.measures.by_hand import EnteredMeasure, ItemPointsMeasure, JudgedMeasure
from lawkpi.rubric.measures.records import (
    Chosen,
    CompletionMeasure,
    Counted,
    CountMeasure,
    DistinctMeasure,
    Empty,
    MeanMeasure,
    Named,
    NamedUse,
    RateMeasure,
    Share,
    StateMeasure,
    SumMeasure,
    Trigger,
    TwoSided,
)

__all__ = [
    "RATES",
    "Chosen",
    "CompletionMeasure",
    "CountMeasure",
    "Counted",
    "DistinctMeasure",
    "Empty",
    "EnteredMeasure",
    "ItemPointsMeasure",
    "JudgedMeasure",
    "MeanMeasure",
    "Measure",
    "MeasureBox",
    "Named",
    "NamedRates",
    "NamedUse",
    "RateMeasure",
    "Share",
    "StateMeasure",
    "SumMeasure",
    "Trigger",
    "TwoSided",
]
