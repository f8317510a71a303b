"""Declared ledgers: what a table holds, before any table is read."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from lawkpi.law.definitions import Standing
from lawkpi.law.states import TimeState
from lawkpi.params import Percent, Strict, load_each

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


class PauseColumns(Strict):
    """Time that is not counted: the days after one date, up to and including another."""

    after: str
    until: str


class LimitColumn(Strict):
    """A computed last day: start event plus a dated limit.

    `when` names columns and the codes they must hold for the limit to apply; other rows have none.
    An extension counts where `extended` says yes (or by how many units), `approved` says yes and
    `notified_on` lies within the original limit; `pauses` are not counted. Each is a column of the
    ledger; whether the law knows it is the limit's business.
    """

    title: str
    limit: str
    start: str
    when: dict[str, str] = Field(default_factory=dict)
    extended: str | None = None
    approved: str | None = None
    notified_on: str | None = None
    pauses: tuple[PauseColumns, ...] = ()

    @model_validator(mode="after")
    def _extension_whole(self) -> LimitColumn:
        if self.extended is None and (self.approved or self.notified_on):
            raise ValueError("写明 approved 或 notified_on 的，应写明 extended（是否延长的列）")
        return self

    @property
    def terms(self) -> tuple[Any, ...]:
        """What it is reckoned by, whatever its columns are called: equal inputs give equal days."""
        granted = (self.extended, self.approved, self.notified_on)
        flags = tuple(one is not None for one in granted)
        return (self.limit, *self.when.values(), *flags, len(self.pauses))

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        granted = [one for one in (self.extended, self.approved, self.notified_on) if one]
        paused = [name for pause in self.pauses for name in (pause.after, pause.until)]
        return (self.start, *self.when, *granted, *paused)


class CompareColumn(Strict):
    """Whether an act was in time: a date against a computed last day.

    `posted` names the column of the postmark; it decides where the limit's text says so (N7).
    `ended` names the day on which the matter ended by itself (a request withdrawn): what ended
    within its limit and was not done has no limit any more. `owed_by` names the column of the
    department whose duty it is, where that is not the charged one (a reviewer's own days).
    """

    title: str
    compare: str
    to: str
    posted: str | None = None
    ended: str | None = None
    owed_by: str | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        more = [name for name in (self.posted, self.ended) if name]
        return (self.compare, self.to, *more)


class AgainColumns(Strict):
    """A second event of the same matter, where it was asked for: its role and its day."""

    asked: str
    role: str
    on: str


class DefinitionColumn(Strict):
    """Whether a role counts under a dated definition on the day of its event.

    The codes of the column `role` are the roles of the definition. `when` names columns and the
    codes they must hold for the event to have taken place; other rows stay blank. `again`: a second event counts
    too, where `asked` says yes; the matter then counts when both do (a court that calls again).
    """

    title: str
    definition: str
    role: str
    on: str
    when: dict[str, str] = Field(default_factory=dict)
    again: AgainColumns | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        again = [self.again.asked, self.again.role, self.again.on] if self.again else []
        return (self.role, self.on, *self.when, *again)


class FirstOfColumn(Strict):
    """The first of several dates, in the order named, that is filled in."""

    title: str
    first_of: tuple[str, ...]


class LatestColumn(Strict):
    """The latest of several dates; missing while any of them is missing."""

    title: str
    latest: tuple[str, ...]


class ShareColumn(Strict):
    """Whether the sum of some columns reaches a share of another (yes or no, exact)."""

    title: str
    share: tuple[str, ...]
    of: str
    at_least: Percent


class SpanColumn(Strict):
    """Working days after one date up to and including another; negative when it lies before."""

    title: str
    working_days_from: str
    working_days_to: str


class TotalColumn(Strict):
    """The exact sum of several number columns; blanks count as nothing, unreadable cells as unknown."""

    title: str
    total: tuple[str, ...]


DERIVED_KINDS = {
    "limit": "limit",
    "compare": "compare",
    "definition": "definition",
    "first_of": "first_of",
    "latest": "latest",
    "share": "share",
    "working_days_from": "span",
    "total": "total",
}


def _derived_kind(raw: Any) -> str | None:
    keys = raw if isinstance(raw, dict) else vars(raw)
    return next((kind for key, kind in DERIVED_KINDS.items() if key in keys), None)


DerivedColumn = Annotated[
    Annotated[LimitColumn, Tag("limit")]
    | Annotated[CompareColumn, Tag("compare")]
    | Annotated[DefinitionColumn, Tag("definition")]
    | Annotated[FirstOfColumn, Tag("first_of")]
    | Annotated[LatestColumn, Tag("latest")]
    | Annotated[ShareColumn, Tag("share")]
    | Annotated[SpanColumn, Tag("span")]
    | Annotated[TotalColumn, Tag("total")],
    Discriminator(_derived_kind),
]

_DERIVED_TYPES: dict[type[Strict], ColumnType] = {
    LimitColumn: "date",
    CompareColumn: "state",
    DefinitionColumn: "standing",
    FirstOfColumn: "date",
    LatestColumn: "date",
    ShareColumn: "yes_no",
    SpanColumn: "integer",
    TotalColumn: "number",
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


class Charged(Strict):
    """Which department a row is charged to, and how joint rows are shared."""

    by: str
    share: Literal["each_full"]


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
        wanted = [*self.key, self.charged.by, *self.label_columns]
        wanted += [self.period_by] if self.period_by else []
        wanted += [name for one in self.derived.values() if (name := getattr(one, "owed_by", None))]
        unknown = [name for name in wanted if name not in self.columns]
        unknown += [name for name in self.derived_inputs if name not in self.all_types]
        taken = [name for name in (*self.columns, *self.derived) if name in ORIGIN]
        taken += [name for name in self.derived if name in self.columns]
        if unknown or taken:
            raise ValueError(f"台账 {self.id} 引用了未声明或重名的列：{'、'.join(unknown + taken)}")
        return self

    @property
    def label_columns(self) -> list[str]:
        """The columns that the row label uses."""
        return [name for _, name, _, _ in Formatter().parse(self.label) if name]

    @property
    def derived_inputs(self) -> list[str]:
        """Every column that a derived column reads."""
        names: list[str] = []
        for column in self.derived.values():
            match column:
                case LimitColumn() | CompareColumn() | DefinitionColumn():
                    names += column.inputs
                case FirstOfColumn():
                    names += column.first_of
                case LatestColumn():
                    names += column.latest
                case ShareColumn():
                    names += [*column.share, column.of]
                case SpanColumn():
                    names += [column.working_days_from, column.working_days_to]
                case TotalColumn():
                    names += column.total
        return names

    @cached_property
    def all_types(self) -> dict[str, ColumnType]:
        """Type of every column, derived ones included."""
        types = {name: column.type for name, column in self.columns.items()}
        return types | {name: _DERIVED_TYPES[type(column)] for name, column in self.derived.items()}

    def places_of(self, column: str) -> int:
        """Decimals of a number column; 0 for others."""
        derived = self.derived.get(column)
        if isinstance(derived, TotalColumn):
            return max(self.places_of(name) for name in derived.total)
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
