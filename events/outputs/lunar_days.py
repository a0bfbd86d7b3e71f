"""The lunar days an interval covers, as a line to stand beside the solar ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, last_day
from core.lunar import to_lunar

if TYPE_CHECKING:
    from core.intervals import Interval


def lunar_label(interval: Interval) -> str:
    """Return "22/6 ÂL", or "8/6–14/6 ÂL" for several local days; "" outside the lunar tables (1900 to 2100)."""
    try:
        first = to_lunar(interval.start.astimezone(LOCAL_ZONE).date()).label()
        last = to_lunar(last_day(interval)).label()
    except ValueError:
        return ""
    return first if first == last else f"{first.removesuffix(' ÂL')}–{last}"
