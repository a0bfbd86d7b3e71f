"""One activity of a past year as the same activity of a later one: pure, nothing is read or written."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval
from core.lunar import LunarDate, leap_month, to_lunar, to_solar
from core.lunar_recurrence import LeapPolicy, MissingPolicy, expand_lunar, first_lunar_match
from core.recurrence import expand, first_match
from core.vietnamese import format_date

if TYPE_CHECKING:
    from events.planning.commands import ActivityPlan

LONG_MONTH: Final = 30
YEAR_NUMBER: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class RollBy(StrEnum):
    """What stays the same from one year to the other."""

    DATE = "date"
    WEEKDAY = "weekday"
    LUNAR = "lunar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """How days are carried over `years` years; `missing` and `leap` count for lunar dates alone."""

    by: RollBy
    years: int
    missing: MissingPolicy = MissingPolicy.LAST_DAY
    leap: LeapPolicy = LeapPolicy.REGULAR
    days_off: Collection[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """The plan with its new days, and what a reader must know of them."""

    plan: ActivityPlan
    notes: tuple[str, ...] = ()


def roll_day(day: date, roll: Roll) -> date:
    """The day that answers to `day` in the later year.

    By date the 29th of February becomes the 28th; by weekday the ISO week keeps its number, week 53 the last there is;
    by lunar date the policies speak. ValueError with a sentence where they leave the day out.
    """
    if roll.by is RollBy.LUNAR:
        return _roll_lunar(day, roll)
    if roll.by is RollBy.WEEKDAY:
        year, week, weekday = day.isocalendar()
        last_week = date(year + roll.years, 12, 28).isocalendar().week
        return date.fromisocalendar(year + roll.years, min(week, last_week), weekday)
    try:
        return day.replace(year=day.year + roll.years)
    except ValueError:
        return day.replace(year=day.year + roll.years, day=28)


def _roll_lunar(day: date, roll: Roll) -> date:
    old = to_lunar(day)
    year = old.year + roll.years
    is_leap = old.is_leap and leap_month(year) == old.month
    if old.is_leap and not is_leap and roll.leap is LeapPolicy.LEAP:
        raise ValueError(
            _("The lunar year %(year)s has no such leap month, and the activity is left out.") % {"year": year}
        )
    try:
        return to_solar(LunarDate(old.day, old.month, year, is_leap))
    except ValueError:
        if old.day != LONG_MONTH:
            raise
    if roll.missing is MissingPolicy.SKIP:
        raise ValueError(
            _("That month of the lunar year %(year)s has no 30th, and the activity is left out.") % {"year": year}
        )
    last = to_solar(LunarDate(LONG_MONTH - 1, old.month, year, is_leap))
    return last if roll.missing is MissingPolicy.LAST_DAY else last + timedelta(days=1)


def roll_plan(plan: ActivityPlan, roll: Roll) -> Rolled:
    """The plan on the days that answer to its own; its length, clock times and rule stay.

    A series begins on the first day at or after the answering one that its rule gives. ValueError with a sentence
    where no day answers.
    """
    start = _roll_moment(plan.interval.start, roll)
    moved, first = _roll_rule(plan, start, roll)
    notes = []
    if first != start:
        notes.append(
            _("Begins on %(day)s, the first day from %(wanted)s on that fits its rule.")
            % {"day": format_date(first.date()), "wanted": format_date(start.date())}
        )
    moved = replace(
        moved,
        interval=Interval(first, first + plan.interval.duration),
        extra_dates=tuple(_roll_moment(each, roll) for each in plan.extra_dates),
        excluded_dates=(),
        skipped_dates=(),
    )
    moved, lost = _exclude(moved, [_roll_moment(each, roll) for each in plan.excluded_dates], roll)
    if lost:
        days = ", ".join(format_date(each) for each in lost)
        notes.append(_("Excluded dates that no occurrence falls on are dropped: %(days)s.") % {"days": days})
    return Rolled(plan=moved, notes=tuple(notes))


def other_years(text: str, year: int) -> tuple[str, ...]:
    """Numbers in the text that read as a year other than `year`, each once."""
    return tuple(dict.fromkeys(found for found in YEAR_NUMBER.findall(text) if found != str(year)))


def _roll_moment(moment: datetime, roll: Roll) -> datetime:
    local = moment.astimezone(LOCAL_ZONE)
    return datetime.combine(roll_day(local.date(), roll), local.timetz())


def _roll_rule(plan: ActivityPlan, start: datetime, roll: Roll) -> tuple[ActivityPlan, datetime]:
    """The plan with its rule's last day carried over, and the first start from `start` on that the rule gives."""
    bounds = replace(roll, missing=MissingPolicy.LAST_DAY, leap=LeapPolicy.REGULAR)
    if plan.recurrence is not None:
        until = None if plan.recurrence.until is None else roll_day(plan.recurrence.until, bounds)
        rule = replace(plan.recurrence, until=until)
        return replace(plan, recurrence=rule), first_match(rule, start)
    if plan.lunar is not None:
        until = None if plan.lunar.until is None else roll_day(plan.lunar.until, bounds)
        lunar = replace(plan.lunar, until=until)
        return replace(plan, lunar=lunar), first_lunar_match(lunar, start, days_off=roll.days_off)
    return plan, start


def _exclude(
    plan: ActivityPlan, excluded: Collection[datetime], roll: Roll
) -> tuple[ActivityPlan, tuple[datetime, ...]]:
    """The plan without the dates that are occurrences of it, and the dates that are none."""
    if not excluded:
        return plan, ()
    first, last = plan.interval.start, max(excluded)
    starts = {first, *plan.extra_dates}
    if plan.recurrence is not None:
        starts |= set(expand(plan.recurrence, first, last))
    if plan.lunar is not None:
        starts |= set(expand_lunar(plan.lunar, first, last.date(), days_off=roll.days_off))
    kept = tuple(start for start in excluded if start in starts)
    return replace(plan, excluded_dates=kept), tuple(start for start in excluded if start not in starts)
