"""Declared ledgers: what a table holds, before any table is read."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import Field, model_validator

from lawkpi.law.definitions import Standing
from lawkpi.law.states import TimeState
from lawkpi.ledger.derived_columns import (
    CompareColumn,
    DefinitionColumn,
    DerivedColumn,
    DifferenceColumn,
    ElapsedColumn,
    FirstOfColumn,
    LaterColumn,
    LatestColumn,
    LimitColumn,
    OccurrenceColumn,
    ShareColumn,
    SincePreviousColumn,
    SpanColumn,
    TotalColumn,
    codes_of,
    wanted_types,
)
from lawkpi.params import Strict, load_each

__all__ = [
    "ORIGIN",
    "YES_NO",
    "Agreement",
    "ChargeShare",
    "Charged",
    "Column",
    "ColumnType",
    "CompareColumn",
    "DefinitionColumn",
    "DerivedColumn",
    "LimitColumn",
    "Schema",
    "load_schemas",
]
"""The kinds of derived columns that other rooms ask for are named here too."""

ColumnType = Literal[
    "text", "date", "number", "integer", "choice", "yes_no", "department", "person",
    "state", "standing",
]  # fmt: skip
YES_NO = {"yes": "是", "no": "否"}
ORIGIN = ("row_id", "file", "sheet", "row")
"""Columns that every ledger frame carries beside the declared ones."""


class Column(Strict):
    """One column of a ledger.

    `title` is the heading officials write; `aliases` are other headings met in practice.
    `choices` maps a code to the label that stands in the cell. `places` are the decimals of a
    number. `personal`: a surrogate id is shown, a name keeps its surname, anything masked is hidden.
    `missing_means: still_in_post` reads an empty end date as open.
    """

    title: str
    type: ColumnType
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: dict[str, str] = Field(default_factory=dict)
    places: int = 0
    personal: Literal["surrogate", "name", "masked"] | None = None
    missing_means: Literal["still_in_post"] | None = None

    @model_validator(mode="after")
    def _choices_declared(self) -> Column:
        if self.type == "choice" and not self.choices:
            raise ValueError("choice 列须列出 choices（代码: 标签）")
        return self

    @property
    def labels(self) -> dict[str, str]:
        """Code to label, for columns whose cells hold one of a few words."""
        return dict(YES_NO) if self.type == "yes_no" else dict(self.choices)


_DERIVED_TYPES: dict[type[Strict], ColumnType] = {
    LimitColumn: "date",
    CompareColumn: "state",
    DefinitionColumn: "standing",
    FirstOfColumn: "date",
    LatestColumn: "date",
    ShareColumn: "yes_no",
    SpanColumn: "integer",
    TotalColumn: "number",
    LaterColumn: "date",
    ElapsedColumn: "integer",
    DifferenceColumn: "number",
    OccurrenceColumn: "integer",
    SincePreviousColumn: "integer",
}


class Agreement(Strict):
    """Two accounts of the same thing that should agree: a column here, a sum over another ledger.

    Rows there are those with the same `by` and, for each column in `when`, the named code. A
    difference is a finding; which account scores is the rubric's choice.
    """

    column: str
    ledger: str
    by: str
    sum: str
    when: dict[str, str] = Field(default_factory=dict)


ChargeShare = Literal["each_full", "equal", "lead_only", "by_share"]


class Charged(Strict):
    """Which departments a row is charged to, and how joint rows are shared; the first is the lead.

    `also` are columns of further departments. `shares` are the columns of the agreed shares (per cent,
    one for each department), where the share is `by_share`.
    """

    by: str
    also: tuple[str, ...] = ()
    share: ChargeShare
    shares: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _shares_named(self) -> Charged:
        wanted = 1 + len(self.also) if self.share == "by_share" else 0
        if len(self.shares) != wanted:
            raise ValueError("by_share 应为每个责任单位列写明一个比例列（shares），其他的不写")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the charged departments, the lead first."""
        return (self.by, *self.also)


class Schema(Strict):
    """A declared ledger.

    `key` is the natural key; a row's id is the ledger's id and its key, never its file row.
    `label` is a template over columns that names a row to a reader. `period_by` is the date that
    puts a row in exactly one assessment period; a measure may name another.
    """

    id: str
    title: str
    kind: Literal["register", "event"]
    source: Literal["department", "assessing_office", "court", "other"]
    key: tuple[str, ...]
    label: str
    charged: Charged
    period_by: str | None = None
    columns: dict[str, Column]
    derived: dict[str, DerivedColumn] = Field(default_factory=dict)
    agrees: tuple[Agreement, ...] = ()

    @model_validator(mode="after")
    def _names_known(self) -> Schema:
        wanted = [*self.key, *self.charged.columns, *self.charged.shares, *self.label_columns]
        wanted += [self.period_by] if self.period_by else []
        wanted += [name for one in self.derived.values() if (name := getattr(one, "owed_by", None))]
        unknown = [name for name in wanted if name not in self.columns]
        unknown += [name for name in self.derived_inputs if name not in self.all_types]
        taken = [name for name in (*self.columns, *self.derived) if name in ORIGIN]
        taken += [name for name in self.derived if name in self.columns]
        if unknown or taken:
            raise ValueError(f"台账 {self.id} 引用了未声明或重名的列：{'、'.join(unknown + taken)}")
        return self

    @model_validator(mode="after")
    def _derived_readable(self) -> Schema:
        """Derived columns are computed in written order, from columns of the right kind."""
        names = list(self.derived)
        for place, (name, column) in enumerate(self.derived.items()):
            if early := [one for one in column.inputs if one in names[place:]]:
                raise ValueError(f"{self.id} 的 {name} 引用了写在它后面的列：{'、'.join(early)}")
            for one, types in wanted_types(column).items():
                if self.all_types[one] not in types:
                    raise ValueError(f"{self.id} 的 {name}：{one} 应为 {'、'.join(types)} 列")
            for one, code in codes_of(column).items():
                if code not in self.labels_of(one):
                    raise ValueError(f"{self.id} 的 {name}：{one} 没有选项 {code}")
        return self

    @property
    def label_columns(self) -> list[str]:
        """The columns that the row label uses."""
        return [name for _, name, _, _ in Formatter().parse(self.label) if name]

    @property
    def derived_inputs(self) -> list[str]:
        """Every column that a derived column reads."""
        return [name for column in self.derived.values() for name in column.inputs]

    @cached_property
    def all_types(self) -> dict[str, ColumnType]:
        """Type of every column, derived ones included."""
        types = {name: column.type for name, column in self.columns.items()}
        return types | {name: _DERIVED_TYPES[type(column)] for name, column in self.derived.items()}

    def places_of(self, column: str) -> int:
        """Decimals of a number column; 0 for others."""
        derived = self.derived.get(column)
        if isinstance(derived, TotalColumn | DifferenceColumn):
            return max(self.places_of(name) for name in derived.inputs)
        return self.columns[column].places if column in self.columns else 0

    def title_of(self, column: str) -> str:
        """The heading of a declared or derived column."""
        found = self.columns.get(column) or self.derived.get(column)
        return found.title if found else column

    def labels_of(self, column: str) -> dict[str, str]:
        """Code to label for columns of few words; empty for others."""
        kind = self.all_types.get(column)
        if kind == "state":
            return {state.value: state.label for state in TimeState}
        if kind == "standing":
            return {standing.value: standing.label for standing in Standing}
        if column in self.columns:
            return self.columns[column].labels
        return dict(YES_NO) if kind == "yes_no" else {}


def load_schemas(folder: Path) -> dict[str, Schema]:
    """All declared ledgers of a folder, by id.

    Raises
    ------
    ParamsError LEDGER_SCHEMA_NAME : a file's name is not the id of its ledger
    """
    return load_each(folder, Schema, "LEDGER_SCHEMA_NAME", "台账声明")
