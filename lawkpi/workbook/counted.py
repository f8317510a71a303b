"""What a rule counted, in the words of the scorecard: a text, and the formula that says the same."""

from __future__ import annotations

from dataclasses import dataclass

from lawkpi.measure.words import code_label
from lawkpi.rubric.measures import EnteredMeasure, StateMeasure
from lawkpi.rubric.shapes import States
from lawkpi.workbook.calculation import Line
from lawkpi.workbook.calculation.grid import Cell
from lawkpi.workbook.calculation.states import PENDING
from lawkpi.workbook.figures import ItemFigures, RuleFigures
from lawkpi.workbook.marks import OPEN
from lawkpi.workbook.rounding import half_up, half_up_formula

NOT_FOR = "不适用于本单位"
NO_BASE = "无基数"
PERCENT_PARTS = 10_000


@dataclass(frozen=True)
class Said:
    """A text with the formula for it."""

    text: str
    formula: str

    @classmethod
    def fixed(cls, text: str) -> Said:
        """A text that no cell changes."""
        return cls(text, _quoted(text))


def counted(figures: ItemFigures, line: Line) -> Said:
    """Each rule's figures; more than one rule under its letter, on its own line."""
    said = [_rule(rule, line) for rule in figures.rules]
    if len(said) == 1:
        return said[0]
    names = [rule.rule.id for rule in figures.rules]
    text = "\n".join(f"{name} {one.text}" for name, one in zip(names, said, strict=True))
    parts = [f"{_quoted(f'{name} ')}&{one.formula}" for name, one in zip(names, said, strict=True)]
    return Said(text, '&"\n"&'.join(parts))


def _rule(rule: RuleFigures, line: Line) -> Said:
    if not rule.is_for:
        return Said.fixed(NOT_FOR)
    state = line.count(rule.rule.id, "state_of")
    said = _figure(rule, line)
    formula = f'IF({state.elsewhere}={PENDING},"{OPEN}",{said.formula})'
    return Said(OPEN if state.value == PENDING else said.text, formula)


def _figure(rule: RuleFigures, line: Line) -> Said:
    kind, done = rule.rule.measure.kind, line.count(rule.rule.id, "done")
    if kind == "state":
        return _state(rule, line)
    if kind == "points":
        return _points(rule)
    if kind != "rate":
        return _number(done, rule.counted.scale, rule.unit)
    due = line.count(rule.rule.id, "due")
    if rule.counted.is_share:
        return _percent(done, due)
    scale = rule.counted.scale
    left, right = _number(due, scale, rule.unit), _number(done, scale, rule.unit)
    return Said(
        f"应计{left.text}，已计{right.text}", f'"应计"&{left.formula}&"，已计"&{right.formula}'
    )


def _number(cell: Cell, scale: int, unit: str) -> Said:
    """A count in its own unit; a number of smallest units is divided once."""
    if scale == 1:
        return Said(f"{cell.value}{unit}", f"{cell.elsewhere}&{_quoted(unit)}")
    return Said(f"{cell.value / scale:.15g}{unit}", f"{cell.elsewhere}/{scale}&{_quoted(unit)}")


def _percent(done: Cell, due: Cell) -> Said:
    """A share to two places, half up."""
    above, below = done.elsewhere, due.elsewhere
    number = f"{half_up_formula(f'{PERCENT_PARTS}*{above}', below)}/100"
    formula = f'IF({below}>0,{number}&"%","{NO_BASE}")'
    if due.value <= 0:
        return Said(NO_BASE, formula)
    units = half_up(PERCENT_PARTS * done.value, due.value)
    return Said(f"{units / 100:.15g}%", formula)


def _state(rule: RuleFigures, line: Line) -> Said:
    """The word of the state that counts."""
    measure, shape = rule.rule.measure.measure, rule.rule.shape
    if (
        not isinstance(measure, StateMeasure)
        or shape is None
        or not isinstance(shape.shape, States)
    ):
        return Said.fixed(code_label(rule.counted.schema, "state", rule.counted.state_code))
    schema, cell = rule.counted.schema, line.count(rule.rule.id, "state")
    words = [code_label(schema, measure.column, code) for code in rule.state_order]
    formula = _quoted(words[-1])
    for place in range(len(words) - 2, -1, -1):
        formula = f"IF({cell.elsewhere}={place},{_quoted(words[place])},{formula})"
    return Said(words[cell.value], formula)


def _points(rule: RuleFigures) -> Said:
    """What a person gave."""
    given = "录入分值" if isinstance(rule.rule.measure.measure, EnteredMeasure) else "评分单位核定"
    number = rule.done / rule.counted.scale / max(rule.due, 1)
    return Said.fixed(f"{given}{rule.rule.effect.verb}{number:g}分")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
