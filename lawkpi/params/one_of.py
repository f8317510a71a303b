"""A box with several names of which exactly one is written."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Self

from pydantic import model_validator

from lawkpi.params.base import Strict


class OneOf(Strict):
    """One field is given, the others are None; `box` is the key that it stands under in YAML."""

    box: ClassVar[str]

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self._given()) != 1:
            names = "、".join(type(self).model_fields)
            raise ValueError(f"{self.box} 应当且只能写一种：{names}")
        return self

    def _given(self) -> list[str]:
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    @cached_property
    def name(self) -> str:
        """The name it was written under."""
        return self._given()[0]
