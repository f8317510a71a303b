"""What is said of counts: of records, of figures that an office entered, of points that people gave."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from lawkpi.ledger.schema import Schema
from lawkpi.measure.words import code_label, predicate_text
from lawkpi.params import points_text
from lawkpi.rubric.measures import (
    Chosen,
    CompletionMeasure,
    CountMeasure,
    DistinctMeasure,
    EnteredMeasure,
    JudgedMeasure,
    MeanMeasure,
    RateMeasure,
    StateMeasure,
    SumMeasure,
)
from lawkpi.rubric.predicate import EVERY_ROW
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import AsEntered, ByRank, Gate, Reading, Shortfall, Versus

Schemas = Mapping[str, Schema]


def counts_fact(rule: Rule, schema: Schema, schemas: Schemas, reading: Reading) -> str:
    """The counts of a department, as its rule needs them.

    Parameters
    ----------
    schema : the ledger that the counts come from
    schemas : every ledger that conditions may name
    """
    if reading.kind == "points":
        return _given_points(rule, reading)
    if reading.kind == "state":
        column = getattr(rule.measure.measure, "column", "state")
        return f"{schema.title_of(column)}为“{code_label(schema, column, reading.state)}”"
    return f"{subject(rule, schemas)}{reading.counts}{_set_against(rule, reading)}"


def subject(rule: Rule, schemas: Schemas) -> str:
    """What a rule counts: the ledger, its chosen records, the column that is looked at."""
    measure = rule.measure.measure
    if isinstance(measure, EnteredMeasure):
        return {"percent": "核定数值", "count": "核定数", "amount": "核定数"}.get(
            measure.gives, "核定数据"
        )
    if isinstance(measure, RateMeasure):
        return f"《{schemas[measure.ledger].title}》"
    if not isinstance(measure, Chosen) or isinstance(measure, StateMeasure):
        return ""
    schema = schemas[measure.ledger]
    head = f"《{schema.title}》"
    if measure.where != EVERY_ROW:
        head += f"中{predicate_text(measure.where, schema, schemas)}的"
    column = schema.title_of(getattr(measure, "column", None) or "")
    said = {
        CountMeasure: "记录",
        DistinctMeasure: f"不同{column}",
        SumMeasure: f"记录“{column}”合计",
        MeanMeasure: f"记录“{column}”平均得分率",
        CompletionMeasure: f"记录“{column}”合计" if column else "记录",
    }
    return head + said[type(measure)]


def _given_points(rule: Rule, reading: Reading) -> str:
    """Points that people gave: judged by one or several, or taken from another rule."""
    measure, shape = rule.measure.measure, rule.shape.shape if rule.shape else None
    given = points_text(Fraction(reading.done, reading.scale))
    if isinstance(measure, EnteredMeasure):
        factor = shape.factor if isinstance(shape, AsEntered) else Fraction(1)
        times = "" if factor == 1 else f"，按{points_text(factor)}倍计"
        return f"录入{given}分{times}"
    if reading.due == 0:
        return "未发生须评定的情形"
    if reading.due > 1:
        return f"{reading.due}人评定合计{given}分，取平均值"
    return f"评分单位核定{reading.verb}分{given}分"


def _set_against(rule: Rule, reading: Reading) -> str:
    """What a count is set against: a target, the group's order, a figure."""
    shape = rule.shape.shape if rule.shape else None
    if isinstance(shape, Shortfall):
        return f"，{shape.short_text(reading)}"
    if isinstance(shape, Gate):
        word = "应不少于" if shape.at_least else "应不多于"
        if shape.line.is_share:
            word = "应不低于" if shape.at_least else "应不高于"
        return f"，{word}{shape.line.said(reading.unit)}"
    if isinstance(shape, ByRank):
        return f"，在本组{reading.ranked}个单位中{shape.place_text(reading)}"
    if isinstance(shape, Versus):
        return f"，{shape.distance_text(reading)}"
    return ""


def hand_columns(rule: Rule) -> tuple[str, ...]:
    """The cells that a line by hand is said from."""
    if isinstance(rule.measure.measure, JudgedMeasure):
        return ("seat", "points", "reason")
    return ("due", "done", "value", "state", "source")


def hand_fact(rule: Rule, cells: Mapping[str, Any]) -> str:
    """One line that an office entered or judged: the figure in its unit, and where it is from."""
    measure = rule.measure.measure
    if isinstance(measure, JudgedMeasure):
        who = f"评委{cells['seat']}" if not pd.isna(cells["seat"]) else "评分单位"
        return f"{who}核定{rule.effect.verb}{_number(cells['points'])}分，理由：{_text(cells['reason'])}"
    if not isinstance(measure, EnteredMeasure):
        return ""
    unit, value = measure.unit, _number(cells["value"])
    said = {
        "rate": f"核定应计{_number(cells['due'])}{unit}、已计{_number(cells['done'])}{unit}",
        "ratio": f"核定应计{_number(cells['due'])}{unit}、已计{_number(cells['done'])}{unit}",
        "percent": f"核定数值为{value}%",
        "count": f"核定数为{_number(cells['done'])}{unit}",
        "amount": f"核定数为{value}{unit}",
        "points": f"录入{value}分",
        "state": f"核定情形为“{_text(cells['state'])}”",
    }
    return f"{said[measure.gives]}（数据来源：{_text(cells['source'])}）"


def _number(cell: Any) -> str:
    """A number without idle zeros; blank as blank."""
    if pd.isna(cell):
        return "（空）"
    text = f"{float(cell):.4f}".rstrip("0").rstrip(".")
    return text or "0"


def _text(cell: Any) -> str:
    return "（空）" if pd.isna(cell) else str(cell)
