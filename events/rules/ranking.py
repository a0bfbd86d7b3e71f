"""Which repair of a conflict changes least: pure costs and the order in which days and hours are tried."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP_MINUTES = 30
MOST_MINUTES = 360
MOST_DAYS = 14
_RANK = 10_000  # no amount below reaches the next remedy


class Remedy(IntEnum):
    """What a repair changes, the least first."""

    HOUR = 1
    SPACE_HERE = 2
    SPACE_NEAR = 3
    TEAM_OF_UNIT = 4
    DAY = 5
    TEAM = 6
    SKIP = 7


def cost_of(remedy: Remedy, amount: float = 0) -> int:
    """The cost of a remedy; within one, `amount` decides (minutes, metres or days' distance, below 10,000)."""
    return remedy * _RANK + min(round(amount), _RANK - 1)


def day_distance(days: int) -> int:
    """How far a move by `days` is felt: the same weekday a week off is nearer than any other day of the fortnight."""
    return 2 * (abs(days) + (0 if days % 7 == 0 else 7)) + (days < 0)


def days_to_try() -> Iterator[int]:
    """Shifts in days up to a fortnight either way, the nearest first, later before earlier."""
    shifts = (days for days in range(-MOST_DAYS, MOST_DAYS + 1) if days)
    yield from sorted(shifts, key=day_distance)


def minutes_to_try() -> Iterator[int]:
    """Shifts in minutes up to six hours either way, the nearest first, later before earlier."""
    for minutes in range(STEP_MINUTES, MOST_MINUTES + 1, STEP_MINUTES):
        yield minutes
        yield -minutes
