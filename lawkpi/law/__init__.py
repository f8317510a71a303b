"""Time limits: which limit held when, how its days are counted, and whether an act was in time.

The room promises that every number comes from a dated version in params/law/ with its article;
that a counting convention is chosen by the limit, never by the caller; and that a last day is
either right or visibly undetermined, with the reason. It does not read the clock ("today" is
the argument `as_of`) and reads files only in its loaders. It does not know which act of a
ledger belongs to which limit, and it carries no points.
"""

from lawkpi.law.calendar import Calendar, Overlay, load_overlays
from lawkpi.law.counting import LastDays, last_days
from lawkpi.law.days import UNKNOWN, as_days
from lawkpi.law.definitions import Definition, Standing, load_definition, standings
from lawkpi.law.limits import (
    Extension,
    Limit,
    Limits,
    LocalLimit,
    Pause,
    Roll,
    Unit,
    Version,
    load_limits,
)
from lawkpi.law.reckoning import reckoning
from lawkpi.law.states import TimeState, days_late, state_reasons, time_states

__all__ = [
    "UNKNOWN",
    "Calendar",
    "Definition",
    "Extension",
    "LastDays",
    "Limit",
    "Limits",
    "LocalLimit",
    "Overlay",
    "Pause",
    "Roll",
    "Standing",
    "TimeState",
    "Unit",
    "Version",
    "as_days",
    "days_late",
    "last_days",
    "load_definition",
    "load_limits",
    "load_overlays",
    "reckoning",
    "standings",
    "state_reasons",
    "time_states",
]
