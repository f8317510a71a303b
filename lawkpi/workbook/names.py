"""Names of files and sheets: safe, stable, unique."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from lawkpi.ledger import Department

MOST_BYTES = 180
MOST_SHEET_CHARACTERS = 31
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def department_file_name(department: Department, suffix: str) -> str:
    """The file name of a department's paper, such as 201-示例城市管理局.xlsx.

    Compatible characters are unified, characters that a file system refuses become "_", and a long
    name is cut by UTF-8 bytes with a fingerprint of the whole so that two names never collide.

    Parameters
    ----------
    suffix : the extension with its dot
    """
    return safe_file_name(f"{department.code}-{department.name}", suffix)


def safe_file_name(stem: str, suffix: str) -> str:
    """A file name that every usual file system takes, at most 180 bytes of UTF-8."""
    clean = _FORBIDDEN.sub("_", unicodedata.normalize("NFKC", stem)).strip(". ") or "_"
    if _RESERVED.fullmatch(clean.partition(".")[0]):
        clean = f"_{clean}"
    if len((clean + suffix).encode()) <= MOST_BYTES:
        return clean + suffix
    digest = "~" + hashlib.sha256(stem.encode()).hexdigest()[:8]
    room = MOST_BYTES - len((digest + suffix).encode())
    return clean.encode()[:room].decode(errors="ignore").rstrip(". ") + digest + suffix


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A sheet name for each title: permitted characters, 31 at most, unique whatever the case."""
    used = {name.casefold() for name in taken} | {"history"}
    names = []
    for title in titles:
        name = _free(_SHEET_FORBIDDEN.sub("_", title).strip("' ") or "_", used)
        used.add(name.casefold())
        names.append(name)
    return names


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted[:MOST_SHEET_CHARACTERS], 1
    while name.casefold() in used:
        number += 1
        ending = f"（{number}）"
        name = wanted[: MOST_SHEET_CHARACTERS - len(ending)] + ending
    return name
