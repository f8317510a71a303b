"""The law of params/law as a whole: limits, requirements, definitions, the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lawkpi.errors import LawError
from lawkpi.law.calendar import Calendar, Overlay, load_overlays
from lawkpi.law.definitions import Definition, load_definitions
from lawkpi.law.limits import Limit, Limits, load_limits, unknown_limit
from lawkpi.law.requirements import Requirement, load_requirements
from lawkpi.law.rules import LocalLimit

_FORMER = ("(OLD)", "(旧)")
"""After an id: the former text of a limit whose text was replaced."""


@dataclass(frozen=True)
class Law:
    """Everything dated that the law says, and the working days."""

    limits: Limits
    requirements: Mapping[str, Requirement]
    definitions: Mapping[str, Definition]
    calendar: Calendar

    def declared(self, local: Mapping[str, LocalLimit]) -> Law:
        """The same law with an assessment's local limits given.

        Raises
        ------
        LawError LAW_LIMIT_UNKNOWN, LAW_LIMIT_NOT_LOCAL
        """
        return replace(self, limits=self.limits.declared(local))

    def matching(self, word: str) -> Limits:
        """The limits that contain a word; an id with "(old)" behind it gives its former text.

        Raises
        ------
        LawError LAW_VERSION_MISSING : the id has no former text
        """
        key, is_former = _typed(word)
        if is_former and key in self.limits:
            return Limits({key: former(self.limits[key])})
        return self.limits.matching(word)

    def asked(self, text: str) -> Limit | Requirement:
        """A limit or a requirement by its id as a person types it, such as "lit-reply".

        An id with "(old)" behind it names the former text: versions that have ended.

        Raises
        ------
        LawError LAW_LIMIT_UNKNOWN : nothing has this id; `expected` names what comes near
        """
        key, is_former = _typed(text)
        if key in self.requirements:
            return self.requirements[key]
        if key not in self.limits:
            raise unknown_limit(key, [*self.limits, *self.requirements])
        return former(self.limits[key]) if is_former else self.limits[key]


def _typed(text: str) -> tuple[str, bool]:
    """An id as a person types it, and whether the former text is meant."""
    wanted = text.strip().upper().replace("（", "(").replace("）", ")")
    is_former = wanted.endswith(_FORMER)
    return (wanted[:-1].rpartition("(")[0].strip() if is_former else wanted), is_former


def former(limit: Limit) -> Limit:
    """A limit with only those of its versions that have ended.

    Raises
    ------
    LawError LAW_VERSION_MISSING : no version has ended
    """
    ended = [version for version in limit.versions if version.end is not None]
    if not ended:
        raise LawError("LAW_VERSION_MISSING", f"{limit.id}（{limit.title}）没有已经失效的规定")
    is_replaced = len(ended) < len(limit.versions)
    return Limit.model_validate({**dict(limit), "versions": ended, "replaced": is_replaced})


def load_law(folder: Path, overlays: Sequence[Overlay] = ()) -> Law:
    """Everything in params/law, with further overlays laid over its own calendar files.

    Raises
    ------
    LawError LAW_FOLDER_EMPTY, LAW_LIMIT_REPEATED, LAW_CALENDAR_GAP
    ParamsError PARAMS_INVALID : a file does not fit; each fault with its line
    """
    own = load_overlays(folder / "calendar")
    return Law(
        limits=load_limits(folder),
        requirements=load_requirements(folder / "requirements"),
        definitions=load_definitions(folder / "definitions"),
        calendar=Calendar.national([*own, *overlays]),
    )
