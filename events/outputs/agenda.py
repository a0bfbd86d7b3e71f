"""A stretch of days as a list: only days on which something takes place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from events.almanac.entries import NO_ALMANAC, Almanac
from events.outputs.days import Day, count_entries, lay_out_days
from events.programme.entries import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The days that hold something, in order; `count` different entries."""

    days: tuple[Day, ...]
    count: int


def build_agenda(programme: Programme, *, first: date, last: date, almanac: Almanac = NO_ALMANAC) -> Agenda:
    """List the programme from `first` to `last`, both included, leaving empty days out."""
    laid_out = lay_out_days(programme, first=first, last=last, almanac=almanac)
    days = tuple(day for day in laid_out if day.entries)
    return Agenda(days=days, count=count_entries(days))


def build_digest(programme: Programme, *, first: date, last: date, almanac: Almanac = NO_ALMANAC) -> Agenda:
    """List the same days with every entry once: on the day it begins, or on `first` where it began before."""
    days = tuple(
        day if day.day == first else replace(day, continuing=())
        for day in lay_out_days(programme, first=first, last=last, almanac=almanac)
    )
    filled = tuple(day for day in days if day.entries)
    return Agenda(days=filled, count=count_entries(filled))
