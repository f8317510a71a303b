"""Columns: the sides of a rule's measure beside the records of its ledger sheet, and what is summed with them.

Every rule has its marks; figures, first records, states, prices and parts of the year have a column each where
the rule asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.measure.marks import EVERY_PERIOD, sides
from lawkpi.params import Period
from lawkpi.result.held import HeldCounts
from lawkpi.rubric.measures import (
    CompletionMeasure,
    Counted,
    DistinctMeasure,
    MeanMeasure,
    RateMeasure,
    StateMeasure,
    SumMeasure,
)
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import States
from lawkpi.workbook.desk import Desk, Extra
from lawkpi.workbook.marks import OPEN, Condition, Marker, Stored, marked
from lawkpi.workbook.prices import Priced, Prices

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Own:
    """What one rule counts over a department's own rows, and the parts of its year."""

    counted: HeldCounts
    parts: Sequence[Period] = ()


class RuleColumns:
    """Plans and holds the columns of one rule over records.

    `columns` are their places by name, `part` that of the part of the year; `why` says why some hold values.
    """

    def __init__(self, desk: Desk, title: str, rule: Rule, own: Own, measure: Counted) -> None:
        self.desk, self.title, self.rule, self.given = desk, title, rule, own
        self.measure, self.sheet = measure, desk.sheets[measure.ledger]
        self.marker = Marker(desk)
        if own.counted.marks is None:
            raise TypeError("records without marks")
        self.marks = own.counted.marks
        self.charged = self.marks.charged
        if self.marks.unshared.any():
            self.desk.unshared[measure.ledger] = self.marks.unshared
        self.part = self._part_column() if own.parts else None
        self.columns: dict[str, int] = {}
        self.why = ""
        self._plan()
        live = all(
            self.sheet.column_at(place).formula is not None for place in self.columns.values()
        )
        if not live and not self.why:
            self.why = "条件不能用公式表达"

    def _plan(self) -> None:
        due, _ = sides(self.measure, self.sheet.ledger.schema)
        charged = self.marker.charged(self.measure, self.sheet, self.charged)
        before = (*charged, *self._not_exempt())
        is_rate = isinstance(self.measure, RateMeasure)
        open_rows = self.marks.unknown & self.charged
        yes = self.marks.due & self.charged
        condition = Condition(due, before, self._readable())
        stored = self._stored_marks(yes, open_rows & ~yes if is_rate else open_rows)
        first = self._column(
            "due" if is_rate else "done",
            f"{self.title} {'应计' if is_rate else '计入'}",
            condition,
            stored,
        )
        if isinstance(self.measure, RateMeasure):
            held = (f"{self.sheet.at(first)}=1",)
            self._column(
                "done",
                f"{self.title} 已计",
                Condition(self.measure.done, held),
                marked(self.marks.done & self.charged, open_rows & yes),
            )
        self._figures(first)

    def _column(self, name: str, heading: str, condition: Condition, stored: Stored) -> int:
        place = self.sheet.added(
            (self.title, name),
            lambda: self.marker.mark(self.sheet, heading, condition, stored),
        )
        self.columns[name] = place
        return place

    def _added(self, name: str, heading: str, formula: str | None, stored: Stored) -> int:
        """A column beside the marks."""
        made = self.marker.column(self.sheet, heading, formula, stored)
        place = self.sheet.added((self.title, name), lambda: made)
        self.columns[name] = place
        return place

    def _not_exempt(self) -> tuple[str, ...]:
        """Records that were let off: a decision, so a value."""
        if not self.marks.exempt.any():
            return ()
        stored: Stored = self.marks.exempt.astype(int).tolist()
        place = self.sheet.added(
            (self.title, "exempt"), lambda: Extra(f"{self.title} 免予计分", stored)
        )
        return (f"{self.sheet.at(place)}=0",)

    def _readable(self) -> str:
        """The test that a record's own figure can be counted."""
        measure = self.measure
        if isinstance(measure, SumMeasure | MeanMeasure | CompletionMeasure) and measure.column:
            cell = self.sheet.cell(measure.column)
            most = ""
            if isinstance(measure, MeanMeasure):
                scale = int(10 ** self.sheet.ledger.schema.places_of(measure.column))
                most = f",ROUND({cell}*{scale},0)<={int(measure.out_of * scale)}"
            # A blank cell is no number, and AND looks at all its parts: text must not be multiplied.
            bounds = f"IF(ISNUMBER({cell}),AND({cell}>=0{most}),FALSE)"
            return bounds.replace("FALSE", "1=0")
        return ""

    def _stored_marks(self, yes: Flags, open_rows: Flags) -> Stored:
        stored = marked(yes, open_rows)
        column = getattr(self.measure, "column", None)
        if column is None or not isinstance(
            self.measure, SumMeasure | MeanMeasure | CompletionMeasure
        ):
            return stored
        units, scale = self.sheet.ledger.units(column)
        most = int(self.measure.out_of * scale) if isinstance(self.measure, MeanMeasure) else None
        for row, one in enumerate(units):
            if stored[row] == 1 and (one < 0 or (most is not None and one > most)):
                stored[row] = OPEN
        return stored

    def _figures(self, first: int) -> None:
        """What is summed beside the marks: figures, first records of each content, states, prices."""
        match self.measure:
            case SumMeasure() | MeanMeasure() | CompletionMeasure():
                if self.measure.column is not None:
                    self._amounts(first, self.measure.column)
            case DistinctMeasure():
                self._first_ones(first, self.measure.column)
            case StateMeasure():
                self._states(first, self.measure)
        self._prices()
        if isinstance(self.measure, MeanMeasure) and self.measure.trim:
            self.why = "去掉最高、最低的数值由系统确定"

    def _amounts(self, mark: int, column: str) -> None:
        units, scale = self.sheet.ledger.units(column)
        cell, here = self.sheet.cell(column), self.sheet.at(mark)
        amount = f"ROUND({cell}*{scale},0)" if scale > 1 else cell
        marks = self.sheet.column_at(mark).stored
        stored: Stored = [one if is_in == 1 else 0 for one, is_in in zip(units, marks, strict=True)]
        title = self.sheet.ledger.schema.title_of(column)
        heading = f"{self.title} {title}" + (f"×{scale}" if scale > 1 else "")
        self._added("amount", heading, f"IF({here}=1,{amount},0)", stored)

    def _first_ones(self, mark: int, column: str) -> None:
        """The first marked record of each content, in the year and in each part of it."""
        keys = self.marker.key_column(self.sheet, column)
        self._first_of("first", f"{self.title} 首条", mark, [keys])
        if self.part is not None:
            self._first_of("first_in_part", f"{self.title} 各期首条", mark, [keys, self.part])

    def _first_of(self, name: str, heading: str, mark: int, alike: Sequence[int]) -> None:
        """1 for the first marked record among those alike."""
        sheet = self.sheet
        pairs = [(place, sheet.at(place)) for place in (mark, *alike)]
        criteria = ",".join(f"{sheet.from_first(place)},{cell}" for place, cell in pairs[1:])
        counted = f"SUMIFS({sheet.from_first(mark)},{criteria})"
        formula = f"IF({sheet.at(mark)}=1,IF({counted}=1,1,0),0)"
        seen: set[tuple[Any, ...]] = set()
        stored: Stored = []
        contents = zip(*(sheet.column_at(place).stored for place, _ in pairs), strict=True)
        for is_in, *content in contents:
            stored.append(int(is_in == 1 and tuple(content) not in seen))
            if is_in == 1:
                seen.add(tuple(content))
        self._added(name, heading, formula, stored)

    def _states(self, mark: int, measure: StateMeasure) -> None:
        """Each record's state as its place, the one that counts last; 待核 where it has no price."""
        order = self.state_order
        labels = self.sheet.ledger.schema.labels_of(measure.column)
        cell = self.sheet.cell(measure.column)
        ranked = f'"{OPEN}"'
        for place in range(len(order), 0, -1):
            text = labels.get(order[place - 1], order[place - 1]).replace('"', '""')
            ranked = f'IF(EXACT({cell},"{text}"),{place},{ranked})'
        codes = self.sheet.ledger.cells(measure.column)
        marks = self.sheet.column_at(mark).stored
        places = {code: place for place, code in enumerate(order, start=1)}
        stored: Stored = [
            places.get(code, OPEN) if is_in == 1 else 0
            for code, is_in in zip(codes, marks, strict=True)
        ]
        self._added(
            "state", f"{self.title} 情形", f"IF({self.sheet.at(mark)}=1,{ranked},0)", stored
        )

    @property
    def state_order(self) -> list[str]:
        """States by their points: of several records the last one in this order counts."""
        return state_order(self.rule)

    def _prices(self) -> None:
        self.prices: Prices | None = None
        counted = self.given.counted
        if counted.worth is None:
            return
        test, holds = self._causing()
        rule = Priced(
            self.desk, self.title, self.rule, self.sheet, self.marks, test, holds, counted.worth
        )
        self.prices = priced = rule.prices()
        self._added("worth", f"{self.title} 折合分×{priced.base}", priced.formula, priced.stored)
        self.why = self.why or priced.why

    def _causing(self) -> tuple[str, list[bool]]:
        """The test that a record costs points, and where it holds; 待核 equals no number."""
        sheet, columns = self.sheet, self.columns
        shape = self.rule.shape.shape if self.rule.shape else None
        done = sheet.column_at(columns["done"]).stored
        if "due" not in columns or (shape is not None and shape.caused_by_done):
            return f"{sheet.at(columns['done'])}=1", [one == 1 for one in done]
        due = sheet.column_at(columns["due"]).stored
        test = f"AND({sheet.at(columns['due'])}=1,{sheet.at(columns['done'])}=0)"
        return test, [one == 1 and other == 0 for one, other in zip(due, done, strict=True)]

    def _part_column(self) -> int | None:
        """Which part of the year a record falls into, from 1; 0 for none."""
        column = self.measure.period_by or self.sheet.ledger.schema.period_by
        if column is None or column == EVERY_PERIOD:
            return None
        parts, cell = self.given.parts, self.sheet.cell(column)
        formula = "0"
        for number in range(len(parts), 0, -1):
            formula = f"IF({cell}<={_date(parts[number - 1])},{number},{formula})"
        first = parts[0].start
        begun = f"IF({cell}>=DATE({first.year},{first.month},{first.day}),{formula},0)"
        days = self.sheet.ledger.days(column)
        stored: Stored = [0] * len(days)
        for number, part in enumerate(parts, start=1):
            inside = (days >= np.datetime64(part.start)) & (days <= np.datetime64(part.end))
            for row in np.flatnonzero(inside):
                stored[int(row)] = number
        heading = f"{self.title} 所属期"
        extra = Extra(heading, stored, f"IF(ISNUMBER({cell}),{begun},0)")
        return self.sheet.added((self.title, "part"), lambda: extra)


def _date(part: Period) -> str:
    return f"DATE({part.end.year},{part.end.month},{part.end.day})"


def state_order(rule: Rule) -> list[str]:
    """The states of a rule over records, the one that counts last: worst for the department, or best."""
    shape, measure = rule.shape.shape if rule.shape else None, rule.measure.measure
    if not isinstance(shape, States):
        return []
    if not isinstance(measure, StateMeasure):
        return shape.order
    gives = rule.effect.kind in ("award", "bonus")
    rising = (measure.several == "best") is gives
    return sorted(shape.amounts, key=lambda code: shape.amounts[code] * (1 if rising else -1))
