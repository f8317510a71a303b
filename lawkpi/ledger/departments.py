"""The register of departments: who is assessed, in which group, under which names."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from pydantic import model_validator

from lawkpi.params import Day, Strict


class Department(Strict):
    """One department (被考核单位) or other body that ledgers may name.

    `assessed: false` keeps a body (the committee itself) known without scoring it.
    """

    code: str
    name: str
    short: str
    group: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    assessed: bool = True
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it may be called by: code, name, short name, aliases."""
        return (self.code, self.name, self.short, *self.aliases)

    def is_called(self, name: str) -> bool:
        """Whether a text names it."""
        return fold(name) in map(fold, self.names)


class Register(Strict):
    """All departments of an assessment, in printing order."""

    groups: dict[str, str]
    departments: tuple[Department, ...]

    @model_validator(mode="after")
    def _unambiguous(self) -> Register:
        seen: dict[str, int] = {}
        for place, department in enumerate(self.departments):
            if department.assessed and department.group not in self.groups:
                raise ValueError(f"{department.name}的组别“{department.group}”未在 groups 中声明")
            for name in set(department.names):
                folded = fold(name)
                if seen.setdefault(folded, place) != place:
                    raise ValueError(f"名称或代码“{name}”指向两个单位")
        return self

    @cached_property
    def by_code(self) -> dict[str, Department]:
        """Departments by code."""
        return {department.code: department for department in self.departments}

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Folded name, short name, alias or code to code."""
        return {
            fold(name): department.code
            for department in self.departments
            for name in department.names
        }

    @property
    def assessed(self) -> tuple[Department, ...]:
        """The departments that are scored."""
        return tuple(department for department in self.departments if department.assessed)


def fold(name: str) -> str:
    """A name as it is compared: compatible characters unified, no spaces, brackets unified."""
    text = unicodedata.normalize("NFKC", name)
    return "".join(text.split())
