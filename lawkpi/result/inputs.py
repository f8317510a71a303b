"""What scoring needs: everything read, checked and derived beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lawkpi.errors import Finding
from lawkpi.law.definitions import Definition
from lawkpi.law.limits import Limit
from lawkpi.ledger.amended import Amendments
from lawkpi.ledger.departments import Register
from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.schema import DefinitionColumn, LimitColumn
from lawkpi.ledger.table import Ledger
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Rubric


@dataclass(frozen=True)
class Inputs:
    """All that scoring needs: read, checked and derived beforehand."""

    settings: AssessmentSettings
    register: Register
    rubric: Rubric
    ledgers: Mapping[str, Ledger]
    reckoner: Reckoner
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, str] | None = None
    amendments: Amendments = field(default_factory=Amendments)

    @property
    def limits_used(self) -> dict[str, Limit]:
        """The dated limits that the ledgers' derived columns count by."""
        ids = {
            limit
            for ledger in self.ledgers.values()
            for column in ledger.schema.derived.values()
            if isinstance(column, LimitColumn)
            for limit in column.limits
        }
        return {limit: self.reckoner.limits[limit] for limit in sorted(ids)}

    @property
    def definitions_used(self) -> dict[str, Definition]:
        """The dated definitions that the ledgers' derived columns ask."""
        ids = {
            column.definition
            for ledger in self.ledgers.values()
            for column in ledger.schema.derived.values()
            if isinstance(column, DefinitionColumn)
        }
        return {name: self.reckoner.definitions[name] for name in sorted(ids)}
