"""The fingerprint of an assessment's inputs: printed where papers are signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def fingerprint(inputs: Mapping[str, str]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 over all inputs' names and digests."""
    text = json.dumps(dict(sorted(inputs.items())), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
