"""Days of note beside the entries of a day: national days, festivals, days off and mourning, from the almanac."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from core.lunar import to_lunar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.almanac.entries import Almanac, FestivalDays

FESTIVAL: Final = "festival"
DAY_OFF: Final = "day-off"
MOURNING: Final = "mourning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observance:
    """A day of note: `kind` is that of the observance, FESTIVAL, DAY_OFF or MOURNING.

    `is_day_off` tells that offices are closed and that this is decided.

    Of a festival: `place` names its areas, `lunar` the main day's lunar date, `is_main` tells the main day, `is_eve`
    the evening before, and `needs_confirmation` that nobody vouches for the date.
    """

    name: str
    kind: str = DAY_OFF
    is_day_off: bool = False
    place: str = ""
    lunar: str = ""
    is_main: bool = False
    is_eve: bool = False
    needs_confirmation: bool = False


def observances_on(almanac: Almanac, day: date) -> tuple[Observance, ...]:
    """Return what the day is known for: mourning, observances, a day off nothing else explains, then festivals.

    Of a festival that lasts a season only its first, main and last day are days of note.
    """
    return (*_solemn(almanac, day), *_festive(almanac, day))


def _solemn(almanac: Almanac, day: date) -> Iterator[Observance]:
    off = next((each for each in almanac.days_off if each.day == day), None)
    is_off = off is not None and off.is_confirmed and not off.is_working
    mourning = almanac.mourning_on(day)
    if mourning is not None:
        yield Observance(name=mourning.name, kind=MOURNING, is_day_off=is_off)
    marked = almanac.observances_by_day.get(day, ())
    for each in marked:
        yield Observance(name=each.name, kind=each.kind, is_day_off=is_off)
    if off is not None and (off.is_working or not marked):
        yield Observance(name=off.name, is_day_off=is_off, needs_confirmation=not off.is_confirmed)


def _festive(almanac: Almanac, day: date) -> Iterator[Observance]:
    for festival in almanac.festivals:
        if day == festival.eve or festival.is_held_on(day) or day in {festival.first, festival.last}:
            yield Observance(
                name=festival.name,
                kind=FESTIVAL,
                place=", ".join(festival.areas),
                lunar=_lunar(festival),
                is_main=day == festival.main,
                is_eve=day == festival.eve,
                needs_confirmation=festival.needs_confirmation,
            )


def _lunar(festival: FestivalDays) -> str:
    return to_lunar(festival.main).label() if festival.is_lunar else ""
