"""The base of every parameter model."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A frozen model that refuses unknown keys and silent type changes."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,
        populate_by_name=True,
        coerce_numbers_to_str=False,
    )
