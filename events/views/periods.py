"""Which days a view of the calendar shows, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.intervals import Interval, day_interval, last_day
from events.outputs.days import first_day_of
from events.outputs.month_grid import month_bounds, next_month, previous_month
from events.outputs.week_grid import monday_of
from events.views.filters import YEARS

VIEWS: Final = ("month", "week", "list")
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days from `first` to `last`, both included; neighbours None where there are none to go to."""

    view: str
    first: date
    last: date
    previous: date | None
    following: date | None

    @property
    def window(self) -> Interval:
        """The same days as a half-open interval."""
        return day_interval(self.first, self.last)


def period_around(view: str, day: date) -> Period:
    """Return the month (also of the list) or the week that holds the day."""
    if view == "week":
        first = monday_of(day)
        last = first + WEEK - timedelta(days=1)
        previous, following = first - WEEK, first + WEEK
    else:
        first, last = month_bounds(day)
        previous, following = previous_month(day), next_month(day)
    return Period(
        view=view,
        first=first,
        last=last,
        previous=previous if previous.year in YEARS else None,
        following=following if following.year in YEARS else None,
    )


def period_of(window: Interval) -> Period:
    """Return the list of exactly these days."""
    return Period(view="list", first=first_day_of(window), last=last_day(window), previous=None, following=None)
