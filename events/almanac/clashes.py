"""Festivals that fall on a day when the whole province is busy with something else.

The real case: on 15/3/2026 the main day of Kỳ Cùng – Tả Phủ (27/1 of the moon) was election day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.almanac.entries import Almanac, FestivalDays, ObservedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A festival and a big observance on one day; `is_main` where it is the festival's main day."""

    day: date
    festival: FestivalDays
    observance: ObservedDay

    @property
    def is_main(self) -> bool:
        """Whether the festival's main day is hit."""
        return self.day == self.festival.main


def find_clashes(almanac: Almanac) -> tuple[Clash, ...]:
    """Return every festival day that is also a big observance, in order of day."""
    return tuple(sorted(_clashes(almanac), key=lambda clash: (clash.day, clash.festival.code)))


def _clashes(almanac: Almanac) -> Iterator[Clash]:
    for observance in almanac.observances:
        if observance.is_big:
            for festival in almanac.festivals:
                if festival.is_held_on(observance.day):
                    yield Clash(day=observance.day, festival=festival, observance=observance)
