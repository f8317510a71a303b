"""The assessment: scores, losses and totals of one run, to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

import lawkpi.result.frames as frames
from lawkpi.errors import ResultError
from lawkpi.law.definitions import Definition
from lawkpi.law.limits import Limit
from lawkpi.ledger.departments import Department, Register, fold
from lawkpi.ledger.schema import DefinitionColumn, Schema
from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts
from lawkpi.result.explain import explained
from lawkpi.result.holdings import Holdings
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.scoring import Departments

Line = dict[str, Any]
"""One row of a result table: column to cell."""
TABLES = ("scores", "rules", "losses", "adjustments", "totals", "amendments")
"""The result tables that have a `department`."""


@dataclass(frozen=True, eq=False)
class Assessment:
    """One scored assessment.

    Attributes
    ----------
    scores : one row per department and base item (points null where not scored)
    rules : one row per department, item and rule: the counts, the points, how they were read
    losses : every lost point with record, place, sentence and basis; sums to full points - points
    adjustments : bonus, malus and veto, likewise
    totals : one row per department: sums, rank within the group, proposed grade, converted figure
    findings : everything that was found in the ledgers
    amendments : every declared change of a submitted record, one row for each cell and department concerned
    ledgers : the rows that were scored, derived columns included, personal columns masked
    limits, definitions : the dated limits and definitions that the ledgers use
    inputs : file name to SHA-256 of every file that went in
    """

    settings: AssessmentSettings
    register: Register
    rubric: Rubric
    ledgers: Mapping[str, Ledger]
    limits: Mapping[str, Limit]
    definitions: Mapping[str, Definition]
    inputs: Mapping[str, str]
    scores: pd.DataFrame
    rules: pd.DataFrame
    losses: pd.DataFrame
    adjustments: pd.DataFrame
    totals: pd.DataFrame
    findings: pd.DataFrame
    amendments: pd.DataFrame = field(default_factory=lambda: frames.table([], frames.AMENDMENTS))

    def definitions_of(self, item: Item) -> dict[str, str]:
        """The dated definitions that an item's rules ask: title to who counts, by which text."""
        found: dict[str, str] = {}
        for rule in item.rules:
            for name in rule.columns:
                schema = self.schemas.get(rule.measure.ledger)
                column = schema.derived.get(name) if schema else None
                if isinstance(column, DefinitionColumn):
                    definition = self.definitions[column.definition]
                    found[definition.title] = definition.text_in(self.settings.period)
        return found

    @cached_property
    def facts(self) -> Facts:
        """The ledgers and named days that predicates use."""
        names = {**self.settings.period.names, "as_of": self.settings.as_of}
        return Facts(self.ledgers, names)

    @cached_property
    def schemas(self) -> dict[str, Schema]:
        """The declared ledgers by id."""
        return {name: ledger.schema for name, ledger in self.ledgers.items()}

    @property
    def departments(self) -> tuple[Department, ...]:
        """The assessed departments in printing order."""
        return self.register.assessed

    @cached_property
    def _departments(self) -> dict[str, Department]:
        """The assessed departments by code."""
        return {department.code: department for department in self.departments}

    @cached_property
    def holdings(self) -> Holdings:
        """What each department holds of the records and the counts; counted when first asked for."""
        codes = [one.code for one in self.departments]
        groups = [one.group for one in self.departments]
        return Holdings(self.rubric, self.facts, Departments(codes, groups))

    def department(self, code: str) -> Department:
        """An assessed department by code, name, short name or alias.

        Raises
        ------
        ResultError RESULT_DEPARTMENT_UNKNOWN
        """
        known = self._departments
        found = known.get(self.register.by_name.get(fold(str(code)), ""))
        if found is None:
            raise ResultError(
                "RESULT_DEPARTMENT_UNKNOWN",
                f"没有被考核单位“{code}”",
                expected="、".join(f"{one.code} {one.short}" for one in known.values()),
                todo="使用单位代码（加引号的文字）或登记的名称",
            )
        return found

    def line(self, item_id: str) -> tuple[Section, Item]:
        """A section and item by the item's number.

        Raises
        ------
        ResultError RESULT_ITEM_UNKNOWN
        """
        for section, item in self.rubric.lines:
            if item.id == item_id:
                return section, item
        raise ResultError(
            "RESULT_ITEM_UNKNOWN",
            f"细则没有第“{item_id}”项",
            expected="、".join(item.id for _, item in self.rubric.lines),
            todo="使用细则中的项号",
        )

    def of(self, table: str, code: str) -> pd.DataFrame:
        """One department's rows of a result table (`scores`, `losses`, ...)."""
        frame: pd.DataFrame = getattr(self, table)
        return frame[frame["department"] == self.department(code).code].reset_index(drop=True)

    def lines(self, table: str, code: str) -> list[Line]:
        """The same rows as plain records: what is missing is None."""
        return self._lines[table].get(self.department(code).code, [])

    @cached_property
    def _lines(self) -> dict[str, dict[str, list[Line]]]:
        """Result table to department to its rows."""
        found: dict[str, dict[str, list[Line]]] = {}
        for name in TABLES:
            frame: pd.DataFrame = getattr(self, name)
            plain = frame.astype(object).where(frame.notna(), None)
            found[name] = {}
            for row in plain.to_dict("records"):
                line = {str(column): value for column, value in row.items()}
                found[name].setdefault(line["department"], []).append(line)
        return found

    def total(self, code: str) -> Line:
        """One department's row of `totals`."""
        return self.lines("totals", code)[0]

    @property
    def shows_rank(self) -> bool:
        """Whether departments may see ranks and grades: at the final stage, unless declared."""
        return self.settings.stage == "final" or self.settings.show_rank_before_final

    def explain(self, code: str, item_id: str | None = None) -> str:
        """Why a department has its points: clause, counts, every record; whole or for one item.

        Raises
        ------
        ResultError RESULT_DEPARTMENT_UNKNOWN, RESULT_ITEM_UNKNOWN
        """
        return explained(self, code, item_id)
