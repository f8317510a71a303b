"""Time limits: which limit held when, how its days are counted, and whether an act was in time.

The room promises that every number comes from a dated version in params/law/ with its article;
that a counting convention is chosen by the limit, never by the caller; and that a last day is
either right or visibly undetermined, with the reason. It does not read the clock ("today" is
the argument `as_of`) and reads files only in its loaders. It does not know which act of a
ledger belongs to which limit, and it carries no points.
"""

from lawkpi.law.answers import LastDays
from lawkpi.law.calendar import Calendar, Overlay, load_overlays
from lawkpi.law.counting import last_days, mixed_last_days
from lawkpi.law.days import UNKNOWN, as_days
from lawkpi.law.definitions import (
    Definition,
    Standing,
    load_definition,
    load_definitions,
    standings,
)
from lawkpi.law.due import DueDate, Judged, due_date
from lawkpi.law.library import Law, load_law
from lawkpi.law.limits import Limit, Limits, load_limits
from lawkpi.law.reckoning import lateness, reckoning
from lawkpi.law.requirements import (
    Requirement,
    load_requirements,
    requirement_record,
    requirements_matching,
)
from lawkpi.law.rules import Extension, LocalLimit, Pause, Roll, Unit, Version
from lawkpi.law.states import TimeState, acts, days_late, state_reasons, time_states
from lawkpi.law.steps import Step, counted_steps
from lawkpi.law.telling import due_lines, requirement_lines

__all__ = [
    "UNKNOWN",
    "Calendar",
    "Definition",
    "DueDate",
    "Extension",
    "Judged",
    "LastDays",
    "Law",
    "Limit",
    "Limits",
    "LocalLimit",
    "Overlay",
    "Pause",
    "Requirement",
    "Roll",
    "Standing",
    "Step",
    "TimeState",
    "Unit",
    "Version",
    "acts",
    "as_days",
    "counted_steps",
    "days_late",
    "due_date",
    "due_lines",
    "last_days",
    "lateness",
    "load_definition",
    "load_definitions",
    "load_law",
    "load_limits",
    "load_overlays",
    "load_requirements",
    "mixed_last_days",
    "reckoning",
    "requirement_lines",
    "requirement_record",
    "requirements_matching",
    "standings",
    "state_reasons",
    "time_states",
]
