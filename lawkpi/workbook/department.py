"""Stub."""

from typing import Any


def write_department(*args: Any) -> Any:
    """Stub."""
    raise NotImplementedError
