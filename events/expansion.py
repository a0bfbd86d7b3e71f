"""From django-scheduler's rows, and what it cannot say, to the occurrences of a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, Interval
from core.recurrence import Recurrence, expand, from_params

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from events.models import Activity, PlannedEvent

MAX_OCCURRENCES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What differs in one occurrence: its interval, its own title, whether it is cancelled, and why."""

    interval: Interval
    title: str = ""
    is_cancelled: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One occurrence of a series; `recurrence_id` is the start the rule gave it."""

    recurrence_id: datetime
    interval: Interval
    title: str = ""
    is_cancelled: bool = False


def expand_series(
    *,
    first: Interval,
    rule: Recurrence | None,
    extra_dates: Iterable[datetime] = (),
    excluded_dates: Iterable[datetime] = (),
    overrides: Mapping[datetime, Override] | None = None,
) -> tuple[Slot, ...]:
    """Every occurrence of a series, in the order of their recurrence ids.

    `first` is the first instance; all share its duration. An excluded date wins over the
    rule and over an extra date; an override of a start the series does not have is ignored.
    ValueError where the rule does not fit `first` or gives over 1,000 starts.
    """
    starts = {first.start} if rule is None else set(expand(rule, first.start, limit=MAX_OCCURRENCES))
    starts |= set(extra_dates)
    starts -= set(excluded_dates)
    overrides = overrides or {}
    return tuple(_slot(start, first, overrides.get(start)) for start in sorted(starts))


def _slot(start: datetime, first: Interval, override: Override | None) -> Slot:
    if override is None:
        return Slot(recurrence_id=start, interval=Interval(start, start + first.duration))
    return Slot(
        recurrence_id=start,
        interval=override.interval,
        title=override.title,
        is_cancelled=override.is_cancelled,
    )


def recurrence_of(event: PlannedEvent) -> Recurrence | None:
    """The stored rule as a value; None for a one-off."""
    if event.rule is None:
        return None
    end = event.end_recurring_period
    until = None if end is None else end.astimezone(LOCAL_ZONE).date()
    return from_params(event.rule.frequency, event.rule.params, until=until)


def overrides_of(event: PlannedEvent) -> dict[datetime, Override]:
    """The stored exceptions, by the start the rule gave them."""
    return {
        row.original_start: Override(
            interval=Interval(row.start, row.end),
            title="" if row.title == event.title else row.title,
            is_cancelled=row.cancelled,
            reason="" if row.description == event.description else row.description,
        )
        for row in event.occurrence_set.all()
    }


def expand_event(event: PlannedEvent) -> tuple[Slot, ...]:
    """The occurrences of a stored series, cancelled ones included.

    Reads the event, its rule, its exceptions and its activity's series dates (no query
    where these are prefetched).
    """
    dates = list(event.activity.series_dates.all())
    return expand_series(
        first=Interval(event.start, event.end),
        rule=recurrence_of(event),
        extra_dates=(date.start for date in dates if date.kind == date.Kind.EXTRA),
        excluded_dates=(date.start for date in dates if date.kind == date.Kind.EXCLUDED),
        overrides=overrides_of(event),
    )


def expand_activity(activity: Activity) -> tuple[Slot, ...]:
    """The occurrences of an activity: what its index rows must equal."""
    return expand_event(activity.event)
