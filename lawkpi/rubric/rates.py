"""Named rates and their counting rules (口径): the switches that published reports differ by.

A rate is known by its name (出庭应诉率, 败诉率, ...), but reports that print it by one name do not
count alike. Each switch is declared by whoever uses the rate; none has a default. What is chosen
decides the predicates and is printed in its own words beside every figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lawkpi.errors import RubricError
from lawkpi.params import Reference, Strict, load_each
from lawkpi.rubric.measures import Named, NamedUse, RateMeasure
from lawkpi.rubric.predicate import (
    EVERY_ROW,
    MOST_LEVELS,
    AllOf,
    AnyOf,
    Predicate,
    PredicateField,
    both,
)

Choices = Mapping[str, str]
"""Switch to option, by their ids."""


class Option(Strict):
    """One way to count: what it adds to the two sides, and how it is said.

    `due` and `done` are further conditions, `done_or` is another way to be done, `period_by` the
    date that puts a row in the period (`none`: the conditions name the period themselves).
    """

    title: str
    period_by: str | None = None
    due: PredicateField = EVERY_ROW
    done: PredicateField = EVERY_ROW
    done_or: PredicateField | None = None


class Switch(Strict):
    """A choice that has to be made, with at least two ways to make it."""

    title: str
    options: dict[str, Option] = Field(min_length=2)


class NamedRate(Strict):
    """A rate known by its name, over one ledger; where no text stands behind it, `note` says so.

    `apart`: the two sides count different rows (concluded over new cases), so that the rate may
    pass 100 per cent; such a rate is a figure and cannot be scored. `done_period_by` is then the
    date of its upper side.
    """

    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    title: str
    ledger: str
    unit: str
    better: Literal["higher", "lower"]
    period_by: str | None = None
    done_period_by: str | None = None
    apart: bool = False
    due: PredicateField = EVERY_ROW
    done: PredicateField = EVERY_ROW
    basis: list[Reference] = Field(default_factory=list)
    note: str = ""
    switches: dict[str, Switch] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> NamedRate:
        if not self.basis and not self.note:
            raise ValueError("没有依据（basis）的比率，应在 note 中说明")
        if self.apart != (self.done_period_by is not None):
            raise ValueError("两侧不相包含（apart）的，应写明 done_period_by，其他的不写")
        for choices in self.every_choice():
            if max(map(_levels, self._sides(choices)), default=0) > MOST_LEVELS:
                raise ValueError(f"口径 {dict(choices)} 合并后的条件超过两层，应写成台账的派生列")
        return self

    def every_choice(self) -> Iterator[dict[str, str]]:
        """Every way to choose, in declared order."""
        names = list(self.switches)
        for options in product(*(switch.options for switch in self.switches.values())):
            yield dict(zip(names, options, strict=True))

    def checked(self, choices: Choices) -> dict[str, str]:
        """The choices in declared order.

        Raises
        ------
        ValueError : a switch is left open, or a switch or an option is not known
        """
        unknown = [name for name in choices if name not in self.switches]
        if unknown:
            known = "、".join(self.switches) or "（无）"
            raise ValueError(f"{self.title}没有口径 {unknown[0]}，可写：{known}")
        for name, switch in self.switches.items():
            known = "、".join(f"{key}（{one.title}）" for key, one in switch.options.items())
            if name not in choices:
                raise ValueError(f"{self.title}没有写明口径 {name}（{switch.title}）：应为{known}")
            if choices[name] not in switch.options:
                raise ValueError(f"{self.title}的口径 {name} 不能是 {choices[name]}：应为{known}")
        return {name: choices[name] for name in self.switches}

    def said(self, choices: Choices) -> dict[str, str]:
        """The chosen counting rule in words: switch to option."""
        return {
            switch.title: switch.options[choices[name]].title
            for name, switch in self.switches.items()
        }

    def measure(self, use: NamedUse) -> RateMeasure:
        """The measure that a rubric scores by.

        Raises
        ------
        ValueError : the choices are not those of the rate, or its two sides lie apart
        """
        if self.apart:
            raise ValueError(f"{self.title}可能超过100%，两侧不相包含，只作统计，不能计分")
        choices = self.checked(use.counting_rule)
        due, done = self._sides(choices)
        return RateMeasure(
            ledger=self.ledger,
            unit=self.unit,
            period_by=self.period_column(choices),
            charged_by=use.charged_by,
            window=use.window,
            due=due,
            done=done,
            empty=use.empty,
            min_base=use.min_base,
            below_base=use.below_base,
            named=Named(
                rate=self.id, title=self.title, chosen=choices, counting_rule=self.said(choices)
            ),
        )

    def sides(self, choices: Choices) -> tuple[Predicate, Predicate]:
        """The conditions of `due` and `done`, without the period."""
        return self._sides(self.checked(choices))

    def period_column(self, choices: Choices) -> str | None:
        """The date that puts a row in the period; None for the ledger's own."""
        named = [option.period_by for option in self._chosen(choices) if option.period_by]
        return named[-1] if named else self.period_by

    def _sides(self, choices: Choices) -> tuple[Predicate, Predicate]:
        options = self._chosen(choices)
        due = both(self.due, *(option.due for option in options))
        done = both(self.done, *(option.done for option in options))
        others = [option.done_or for option in options if option.done_or is not None]
        return due, AnyOf((done, *others)) if others else done

    def _chosen(self, choices: Choices) -> list[Option]:
        return [switch.options[choices[name]] for name, switch in self.switches.items()]


@dataclass(frozen=True)
class Rates:
    """The named rates by id."""

    by_id: Mapping[str, NamedRate]

    def named(self, rate: str) -> NamedRate:
        """A rate by its id.

        Raises
        ------
        RubricError RUBRIC_RATE_UNKNOWN
        """
        if rate not in self.by_id:
            raise RubricError(
                "RUBRIC_RATE_UNKNOWN",
                f"没有名为 {rate} 的比率",
                expected="、".join(f"{one.id}（{one.title}）" for one in self.by_id.values()),
                todo="改为 params/rates/ 中已声明的比率",
            )
        return self.by_id[rate]

    def measure(self, use: NamedUse) -> RateMeasure:
        """The measure that a rubric's `named_rate` stands for.

        Raises
        ------
        ValueError : no such rate, or choices that are not its own
        """
        if use.rate not in self.by_id:
            raise ValueError(f"没有名为 {use.rate} 的比率，可用：{'、'.join(self.by_id)}")
        return self.by_id[use.rate].measure(use)


def load_rates(folder: Path) -> Rates:
    """Every named rate of a folder; none where there is no such folder.

    Raises
    ------
    ParamsError PARAMS_RATE_NAME : a file's name is not the id of its rate
    ParamsError PARAMS_INVALID : a file does not fit; each fault with its line
    """
    return Rates(load_each(folder, NamedRate, "PARAMS_RATE_NAME", "比率"))


def _levels(predicate: Predicate) -> int:
    """How many joins lie within one another."""
    if isinstance(predicate, AllOf | AnyOf):
        return 1 + max(map(_levels, predicate.parts), default=0)
    return 0
