"""Recurrence rules: the type, its expansion, and its text for machines. Text for people is in `recurrence_text`."""

from core.recurrence.expansion import check_start, expand, first_match, last_instant
from core.recurrence.formats import from_params, from_rrule, to_params, to_rrule
from core.recurrence.rule import WEEKDAY_CODES, Frequency, Recurrence, Weekday

__all__ = [
    "WEEKDAY_CODES",
    "Frequency",
    "Recurrence",
    "Weekday",
    "check_start",
    "expand",
    "first_match",
    "from_params",
    "from_rrule",
    "last_instant",
    "to_params",
    "to_rrule",
]
