"""A whole series moved by days: its rule, dates and exceptions all together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval
from core.lunar_recurrence import ShiftPolicy
from core.recurrence import Frequency, Recurrence, Weekday

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.lunar_recurrence import LunarRecurrence
    from events.planning.commands import ActivityPlan
    from events.planning.states import ActivityState

SHORT_WEEK_RULES: Final = frozenset({Frequency.DAILY, Frequency.WEEKLY})
SHORTEST_MONTH: Final = 28
WEEK: Final = 7
SUNDAY: Final = 6
FARTHEST_OFFSET: Final = 60  # days a lunar rule may lie from the day it names


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """The moved activity; `note` says what else had to change, empty where nothing had."""

    state: ActivityState
    note: str = ""


def shift_state(state: ActivityState, days: int, *, starts: Sequence[datetime]) -> Shifted:
    """Move every occurrence by `days`, exceptions with them.

    `starts` are the recurrence ids of the series as it stands. A rule that cannot say the moved days (the 31st, the
    second Tuesday) becomes a list of dates; ValueError with a sentence where such a rule has no end.
    """
    plan, by = state.plan, timedelta(days=days)
    moved = _with_rule(plan, days)
    note = ""
    if moved is None:
        if not _is_bounded(plan):
            raise ValueError(
                _("Its rule has no end and cannot be moved by %(days)s days; edit the rule itself.") % {"days": days}
            )
        moved = _as_dates(plan, by, starts)
        note = _("Its rule cannot say the new days; it becomes a list of %(count)s dates.") % {"count": len(starts)}
    overrides = {
        start + by: replace(override, interval=override.interval.shifted(by))
        for start, override in state.overrides.items()
    }
    return Shifted(state=replace(state, plan=moved, overrides=overrides), note=note)


def _with_rule(plan: ActivityPlan, days: int) -> ActivityPlan | None:
    """The plan moved with its rule; None where no rule says the moved days."""
    rule = None if plan.recurrence is None else shift_rule(plan.recurrence, plan.interval.start, days)
    lunar = None if plan.lunar is None else _shift_lunar(plan.lunar, days)
    if (plan.recurrence, plan.lunar) != (None, None) and (rule, lunar) == (None, None):
        return None
    by = timedelta(days=days)
    return replace(
        plan,
        interval=plan.interval.shifted(by),
        recurrence=rule,
        lunar=lunar,
        extra_dates=tuple(start + by for start in plan.extra_dates),
        excluded_dates=tuple(start + by for start in plan.excluded_dates),
        skipped_dates=tuple(replace(each, start=each.start + by) for each in plan.skipped_dates),
    )


def shift_rule(rule: Recurrence, start: datetime, days: int) -> Recurrence | None:
    """The rule whose days are those of `rule` from `start`, `days` later; None where no such rule exists."""
    if rule.by_year_day or rule.by_week_no or rule.by_set_position:
        return None
    until = None if rule.until is None else rule.until + timedelta(days=days)
    if rule.freq in SHORT_WEEK_RULES:
        return _shift_weekdays(replace(rule, until=until), days)
    if rule.by_weekday:
        return None
    named = rule.by_month_day or (start.astimezone(LOCAL_ZONE).day,)
    if not all(_stays_in_month(day, days) for day in named):
        return None
    return replace(rule, until=until, by_month_day=tuple(day + days for day in rule.by_month_day))


def _shift_weekdays(rule: Recurrence, days: int) -> Recurrence | None:
    """The rule on weekdays `days` later; its weeks begin so much later too where they are counted and hold several."""
    if rule.by_month or rule.by_month_day:
        return None
    weekdays = tuple(Weekday(day) for day in sorted((each.day + days) % WEEK for each in rule.by_weekday))
    counts_weeks = rule.interval > 1 and len(weekdays) > 1
    week_start = (rule.week_start + days) % WEEK if counts_weeks else rule.week_start
    try:
        return replace(rule, by_weekday=weekdays, week_start=week_start)
    except ValueError:  # it means the same with weeks from Sunday, and only so to every calendar program
        return replace(rule, by_weekday=weekdays, week_start=SUNDAY)


def _stays_in_month(day: int, days: int) -> bool:
    return 1 <= day <= SHORTEST_MONTH and 1 <= day + days <= SHORTEST_MONTH


def _shift_lunar(rule: LunarRecurrence, days: int) -> LunarRecurrence | None:
    offset = rule.offset_days + days
    if rule.shift is not ShiftPolicy.NONE or abs(offset) > FARTHEST_OFFSET:
        return None
    until = None if rule.until is None else rule.until + timedelta(days=days)
    return replace(rule, offset_days=offset, until=until)


def _is_bounded(plan: ActivityPlan) -> bool:
    rule = plan.recurrence or plan.lunar
    return rule is None or rule.is_bounded


def _as_dates(plan: ActivityPlan, by: timedelta, starts: Sequence[datetime]) -> ActivityPlan:
    first, *rest = (start.astimezone(LOCAL_ZONE) + by for start in sorted(starts))
    return replace(
        plan,
        interval=Interval(first, first + plan.interval.duration),
        recurrence=None,
        lunar=None,
        extra_dates=tuple(rest),
        excluded_dates=(),
        skipped_dates=(),
    )
