"""Rules by the Vietnamese lunar calendar: the type, its expansion, its text for machines and for people."""

from core.lunar_recurrence.expansion import check_lunar_start, expand_lunar, first_lunar_match
from core.lunar_recurrence.formats import format_lunar
from core.lunar_recurrence.reading import parse_lunar
from core.lunar_recurrence.rule import (
    LeapPolicy,
    LunarFrequency,
    LunarRecurrence,
    MissingPolicy,
    ShiftPolicy,
)
from core.lunar_recurrence.wording import describe_lunar

__all__ = [
    "LeapPolicy",
    "LunarFrequency",
    "LunarRecurrence",
    "MissingPolicy",
    "ShiftPolicy",
    "check_lunar_start",
    "describe_lunar",
    "expand_lunar",
    "first_lunar_match",
    "format_lunar",
    "parse_lunar",
]
