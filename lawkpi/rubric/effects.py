"""Effects: where a rule's points go.

`deduct` lowers its item, at most `cap`; `bonus` and `malus` stand outside the items; `veto` limits
the grade whatever the total.
"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from lawkpi.params import Points, Strict

EffectKind = Literal["deduct", "bonus", "malus", "veto"]
_VERBS: dict[EffectKind, str] = {"deduct": "扣", "bonus": "加", "malus": "减"}


class Capped(Strict):
    """At most `cap` points from this rule; none means up to the item or section."""

    cap: Points | None = None


class Veto(Strict):
    """One occurrence or more and the grade is at most this label."""

    grade_at_most: str


class EffectBox(Strict):
    """`effect:` of a rule."""

    deduct: Capped | None = None
    bonus: Capped | None = None
    malus: Capped | None = None
    veto: Veto | None = None

    @model_validator(mode="after")
    def _one(self) -> EffectBox:
        if len(self._given()) != 1:
            raise ValueError("effect 应当且只能写一种：deduct、bonus、malus、veto")
        return self

    def _given(self) -> list[EffectKind]:
        names: tuple[EffectKind, ...] = ("deduct", "bonus", "malus", "veto")
        return [name for name in names if getattr(self, name) is not None]

    @property
    def kind(self) -> EffectKind:
        """The name it was written under."""
        return self._given()[0]

    @property
    def verb(self) -> str:
        """What it does to points, in one word; empty for a veto."""
        return _VERBS.get(self.kind, "")

    @property
    def cap(self) -> Points | None:
        """The rule's own cap."""
        box = self.deduct or self.bonus or self.malus
        return box.cap if box else None
