"""Derived columns as a ledger declares them: what each is computed from, before any row is read.

Every kind is told from the others by its own key (`DERIVED_KINDS`) and names the columns it reads
(`inputs`). What is computed from them stands in `derive`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from lawkpi.params import Percent, Strict


class PauseColumns(Strict):
    """Time that is not counted: the days after one date, up to and including another."""

    after: str
    until: str


class InsteadLimit(Strict):
    """Another limit for the rows whose `column` holds a code, from the day on which it is in force."""

    column: str
    code: str
    limit: str


class LimitColumn(Strict):
    """A computed last day: start event plus a dated limit.

    `when` names columns and the codes they must hold for the limit to apply; other rows have none.
    `instead` is a limit that some rows have in its place (a simplified procedure).
    An extension counts where `extended` says yes (or by how many units), `approved` says yes and
    `notified_on` lies within the original limit; `pauses` are not counted. Each is a column of the
    ledger; whether the law knows it is the limit's business.
    """

    title: str
    limit: str
    start: str
    when: dict[str, str] = Field(default_factory=dict)
    instead: InsteadLimit | None = None
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
    def limits(self) -> tuple[str, ...]:
        """Every limit that a row may have."""
        return (self.limit,) if self.instead is None else (self.limit, self.instead.limit)

    @property
    def terms(self) -> tuple[Any, ...]:
        """What it is reckoned by, whatever its columns are called: equal inputs give equal days."""
        granted = (self.extended, self.approved, self.notified_on)
        flags = tuple(one is not None for one in granted)
        code = self.instead.code if self.instead else None
        return (self.limits, code, *self.when.values(), *flags, len(self.pauses))

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        granted = [one for one in (self.extended, self.approved, self.notified_on) if one]
        paused = [name for pause in self.pauses for name in (pause.after, pause.until)]
        other = [self.instead.column] if self.instead else []
        return (self.start, *self.when, *other, *granted, *paused)


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

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return self.first_of


class LatestColumn(Strict):
    """The latest of several dates; missing while any of them is missing."""

    title: str
    latest: tuple[str, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return self.latest


class ShareColumn(Strict):
    """Whether the sum of some columns reaches a share of another (yes or no, exact)."""

    title: str
    share: tuple[str, ...]
    of: str
    at_least: Percent

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return (*self.share, self.of)


class SpanColumn(Strict):
    """Working days after one date up to and including another; negative when it lies before."""

    title: str
    working_days_from: str
    working_days_to: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return (self.working_days_from, self.working_days_to)


class TotalColumn(Strict):
    """The exact sum of several number columns; blanks count as nothing, unreadable cells as unknown."""

    title: str
    total: tuple[str, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return self.total


class LaterColumn(Strict):
    """A date some time after another date of the row, as the rubric's own text says it, not the law.

    Years are added first, then months, then days or working days (each a whole number, 1 or more).
    The first day is not counted (`days: 30` after 1 March is 31 March); a month too short for the
    day ends it on its last day; a rest day does not move it. Blank where the other date is: an
    event that has not happened sets no day.
    """

    title: str
    later_than: str
    years: int | None = Field(default=None, ge=1, le=100)
    months: int | None = Field(default=None, ge=1, le=1200)
    days: int | None = Field(default=None, ge=1, le=36600)
    working_days: int | None = Field(default=None, ge=1, le=36600)

    @model_validator(mode="after")
    def _some_time(self) -> LaterColumn:
        if not (self.years or self.months or self.days or self.working_days):
            raise ValueError("later_than 应写明 years、months、days、working_days 中的至少一个")
        if self.days and self.working_days:
            raise ValueError("days（自然日）和 working_days（工作日）只能写一个")
        return self

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return (self.later_than,)

    @property
    def length(self) -> str:
        """How much later, as an evaluator reads it, such as 1年3个月."""
        units = {
            "年": self.years,
            "个月": self.months,
            "日": self.days,
            "个工作日": self.working_days,
        }
        return "".join(f"{count}{word}" for word, count in units.items() if count)


class ElapsedColumn(Strict):
    """How many whole days, months or years lie between two dates; 0 where the second is not later.

    `parts` says whether a begun month or year counts (`up`) or only a full one (`down`); days have
    no parts and may leave it out. `open`: a row without its second date counts up to the day the
    records were closed (`as_of`) or stays blank. Blank where the first date is.
    """

    title: str
    elapsed_from: str
    elapsed_to: str
    unit: Literal["days", "months", "years"]
    parts: Literal["up", "down"] | None = None
    open: Literal["as_of", "blank"]

    @model_validator(mode="after")
    def _parts_said(self) -> ElapsedColumn:
        if self.unit != "days" and self.parts is None:
            raise ValueError("按月或按年计的，应写明 parts（不足一月或一年的：up 计入，down 不计）")
        return self

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return (self.elapsed_from, self.elapsed_to)


class DifferenceColumn(Strict):
    """The exact difference of two number columns, the first less the second; blank where one is."""

    title: str
    difference: tuple[str, str]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return self.difference


class OccurrenceColumn(Strict):
    """The running number (1, 2, ...) of a row among the ledger's rows of the same contents.

    The same contents in every column of `occurrence_of`, in the order of the date `by`, then of the
    row's id. Blank contents equal nothing, so such a row has no number. A row without its date has
    no place in the order: its number is unknown, and so are those it might have come before.
    """

    title: str
    occurrence_of: tuple[str, ...] = Field(min_length=1)
    by: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return (*self.occurrence_of, self.by)


class SincePreviousColumn(Strict):
    """Natural days since the previous row of the same contents; blank for the first of them.

    Rows stand in order as in `OccurrenceColumn`; two of one day are 0 days apart.
    """

    title: str
    since_previous: tuple[str, ...] = Field(min_length=1)
    by: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every column it reads."""
        return (*self.since_previous, self.by)


DERIVED_KINDS: dict[str, str] = {
    "limit": "limit",
    "compare": "compare",
    "definition": "definition",
    "first_of": "first_of",
    "latest": "latest",
    "share": "share",
    "working_days_from": "span",
    "total": "total",
    "later_than": "later",
    "elapsed_from": "elapsed",
    "difference": "difference",
    "occurrence_of": "occurrence",
    "since_previous": "since_previous",
}
"""The key that only columns of a kind have, and the kind."""


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
    | Annotated[TotalColumn, Tag("total")]
    | Annotated[LaterColumn, Tag("later")]
    | Annotated[ElapsedColumn, Tag("elapsed")]
    | Annotated[DifferenceColumn, Tag("difference")]
    | Annotated[OccurrenceColumn, Tag("occurrence")]
    | Annotated[SincePreviousColumn, Tag("since_previous")],
    Discriminator(_derived_kind),
]


def codes_of(column: DerivedColumn) -> dict[str, str]:
    """The codes that a derived column looks for, by column: they must be among its choices."""
    if not isinstance(column, LimitColumn):
        return {}
    other = {column.instead.column: column.instead.code} if column.instead else {}
    return column.when | other


def wanted_types(column: DerivedColumn) -> dict[str, tuple[str, ...]]:
    """The types that some columns a derived column reads must have; others are free.

    Without it a number would be read as a day counted from 1970, or a text be subtracted.
    """
    match column:
        case CompareColumn():
            return dict.fromkeys((column.compare, column.to), ("date",))
        case LaterColumn() | ElapsedColumn():
            return dict.fromkeys(column.inputs, ("date",))
        case OccurrenceColumn() | SincePreviousColumn():
            return {column.by: ("date",)}
        case DifferenceColumn():
            return dict.fromkeys(column.inputs, ("number", "integer"))
        case _:
            return {}
