"""The rules of what recurs, for renderers that speak of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intervals import Interval
from core.recurrence import expand, to_rrule
from events.expansion import MAX_OCCURRENCES, recurrence_of
from events.models import PlannedEvent, SeriesDate
from events.programme.entries import Series

if TYPE_CHECKING:
    from collections.abc import Collection


def load_series(activity_ids: Collection[int]) -> list[Series]:
    """The series of these activities, in two queries (none for none)."""
    if not activity_ids:
        return []
    events = (
        PlannedEvent.objects.filter(activity__in=activity_ids)
        .select_related("rule", "activity")
        .prefetch_related("activity__series_dates")
    )
    return [_series(event) for event in events]


def _series(event: PlannedEvent) -> Series:
    activity = event.activity
    rule = recurrence_of(event)
    first = Interval(event.start, event.end).local()
    starts = (first.start,) if rule is None else expand(rule, first.start, limit=MAX_OCCURRENCES)
    extra = (date.start for date in activity.series_dates.all() if date.kind == SeriesDate.Kind.EXTRA)
    return Series(
        uid=activity.uid,
        start=first.start,
        end=first.end,
        all_day=activity.all_day,
        rrule=None if rule is None else to_rrule(rule, first.start, all_day=activity.all_day),
        rule_dates=starts,
        extra_dates=tuple(sorted(extra)),
    )
