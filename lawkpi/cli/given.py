"""What the law commands take from the command line: days, pauses, calendars, an assessment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from lawkpi.errors import UsageError
from lawkpi.law import Law, Overlay
from lawkpi.law.days import EARLIEST, LATEST
from lawkpi.params import load_model
from lawkpi.run import open_folder, open_law

Pause = tuple[dt.date, dt.date | None]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""`fromisoformat` alone would also take 2024-W11-1."""


def day(option: str, text: str) -> dt.date:
    """A day as people type it: 2024-03-11.

    Raises
    ------
    UsageError USAGE_DAY_UNREADABLE
    """
    try:
        found = dt.date.fromisoformat(text.strip()) if _DAY.fullmatch(text.strip()) else None
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        raise UsageError(
            "USAGE_DAY_UNREADABLE",
            f"{option} 无法识别为日期：{text}",
            expected="年-月-日，例如 2024-03-11（1949年10月至2199年）",
            todo="改正日期后重新运行",
        )
    return found


def optional_day(option: str, text: str | None) -> dt.date | None:
    """A day, or nothing where nothing was given."""
    return None if text is None else day(option, text)


def pauses(texts: Sequence[str]) -> list[Pause]:
    """Pauses as people type them: FROM:TO; nothing behind the colon where one has not ended.

    Raises
    ------
    UsageError USAGE_PAUSE_UNREADABLE, USAGE_DAY_UNREADABLE
    """
    found = []
    for text in texts:
        begin, colon, end = text.replace("：", ":").partition(":")
        if not colon:
            raise UsageError(
                "USAGE_PAUSE_UNREADABLE",
                f"--pause 无法识别：{text}",
                expected="起:止，例如 2024-09-13:2024-09-25；尚未结束的，冒号后不写",
                todo="改正后重新运行",
            )
        found.append((day("--pause", begin), day("--pause", end) if end else None))
    return found


def law(params: Path | None, calendars: Sequence[Path], assessment: Path | None) -> Law:
    """The law to answer by: that of an assessment, or of a params folder with calendar files.

    Raises
    ------
    UsageError USAGE_OPTIONS_TOGETHER : an assessment brings its own params and calendars
    """
    if assessment is not None:
        if params is not None or calendars:
            raise UsageError(
                "USAGE_OPTIONS_TOGETHER",
                "--assessment 不能与 --params、--calendar 同用",
                expected="考核文件夹自带参数和放假安排",
                todo="只用其中一种",
            )
        return open_folder(assessment).law
    overlays = [load_model(path, Overlay) for path in calendars]
    return open_law(params, overlays)
