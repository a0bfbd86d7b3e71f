"""The days a plan must know: festivals, observances, days off and mourning, read for a span of days."""

from events.almanac.entries import Almanac
from events.almanac.festivals import festival_days
from events.almanac.reading import load_almanac, load_undated

__all__ = ["Almanac", "festival_days", "load_almanac", "load_undated"]
