"""The departments that are scored, as scoring sees them: codes and groups in printing order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawkpi.rubric.model import Item
from lawkpi.rubric.rule import Rule


@dataclass(frozen=True)
class Departments:
    """Codes and groups; every array of this room has one place per department, in this order."""

    codes: Sequence[str]
    groups: Sequence[str]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Code and group of each department."""
        return zip(self.codes, self.groups, strict=True)

    def including(self, item: Item, rule: Rule) -> NDArray[np.bool_]:
        """Whom a rule is for."""
        return np.array(
            [
                item.applies_to.includes(code, group) and rule.applies_to.includes(code, group)
                for code, group in self
            ],
            dtype=bool,
        )
