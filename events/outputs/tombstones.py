"""How long what was called off is still told: a subscriber's calendar must learn of it, but not for ever.

Counted from the later of two days, that on which it would have ended and that of the activity's last change: nobody is
told too briefly, whether it was called off in advance or looked up long after.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from events.programme.entries import ProgrammeEntry


def still_told(entries: Iterable[ProgrammeEntry], *, today: date, days: int) -> list[ProgrammeEntry]:
    """Return the entries without those called off whose `days` after their last are over; a rule's dates then become
    EXDATE. `today` is a local day.
    """
    return [entry for entry in entries if not entry.is_off or today <= _last_told(entry, days)]


def expires_on(entries: Iterable[ProgrammeEntry], *, days: int) -> date | None:
    """Return the last local day on which all of these may be told as they are; None: for ever."""
    return min((_last_told(entry, days) for entry in entries if entry.is_off), default=None)


def _last_told(entry: ProgrammeEntry, days: int) -> date:
    changed = entry.last_modified.astimezone(LOCAL_ZONE).date()
    return max(last_day(entry.interval), changed) + timedelta(days=days)
