"""The rules of what recurs, for renderers that speak of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intervals import Interval
from core.recurrence import to_rrule
from events.expansion import Bounds, load_days_off, lunar_of, needs_days_off, recurrence_of, rule_starts
from events.models import PlannedEvent, SeriesDate
from events.programme.entries import Series
from events.programme.key_list import KeyList

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


def load_series(activity_ids: Collection[int]) -> list[Series]:
    """The series of these activities, in three queries at most (none for none)."""
    if not activity_ids:
        return []
    events = (
        PlannedEvent.objects.filter(activity__in=KeyList(activity_ids))
        .select_related("rule", "activity")
        .prefetch_related("activity__series_dates")
    )
    shifting = next((rule for event in events if needs_days_off(rule := lunar_of(event.activity))), None)
    days_off = load_days_off(shifting)
    return [_series(event, days_off) for event in events]


def _series(event: PlannedEvent, days_off: frozenset[date]) -> Series:
    """What RFC 5545 cannot say, a rule by the moon, is told by its dates; one without end reaches to its horizon."""
    activity = event.activity
    rule = recurrence_of(event)
    first = Interval(event.start, event.end).local()
    bounds = Bounds(horizon=activity.horizon, days_off=days_off)
    extra = (date.start for date in activity.series_dates.all() if date.kind == SeriesDate.Kind.EXTRA)
    return Series(
        uid=activity.uid,
        start=first.start,
        end=first.end,
        all_day=activity.all_day,
        rrule=None if rule is None else to_rrule(rule, first.start, all_day=activity.all_day),
        rule_dates=rule_starts(first.start, rule or lunar_of(activity), bounds=bounds),
        extra_dates=tuple(sorted(extra)),
    )
