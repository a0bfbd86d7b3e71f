"""From django-scheduler's rows, and what it cannot say, to the occurrences of a series."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.intervals import LOCAL_ZONE, Interval
from core.lunar_recurrence import LunarRecurrence, ShiftPolicy, expand_lunar, parse_lunar
from core.recurrence import Recurrence, expand, from_params, last_instant
from events.models import DayOff

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from events.models import Activity, PlannedEvent

MAX_OCCURRENCES = 1000
NOTHING: Final[Mapping[str, Any]] = {}
KEY_FIELDS = ("venue_ids", "site_ids", "resource_ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What differs in one occurrence: its interval, its own title, whether it is cancelled, and why.

    `changes` holds the fields of `ActivityPlan` that differ: status, status_reason, description, venue_ids, site_ids
    and resource_ids.
    """

    interval: Interval
    title: str = ""
    is_cancelled: bool = False
    reason: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One occurrence of a series; `recurrence_id` is the start the rule gave it.

    None says that a field is the activity's own.
    """

    recurrence_id: datetime
    interval: Interval
    title: str = ""
    is_cancelled: bool = False
    status: str | None = None
    description: str | None = None
    venue_ids: tuple[int, ...] | None = None
    site_ids: tuple[int, ...] | None = None
    resource_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far a rule without end is expanded (the last local day), and the days off that lunar rules shift from."""

    horizon: date | None = None
    days_off: frozenset[date] = frozenset()


UNBOUNDED: Final = Bounds()


def expand_series(
    *,
    first: Interval,
    rule: Recurrence | LunarRecurrence | None,
    extra_dates: Iterable[datetime] = (),
    excluded_dates: Iterable[datetime] = (),
    overrides: Mapping[datetime, Override] | None = None,
    bounds: Bounds = UNBOUNDED,
) -> tuple[Slot, ...]:
    """Every occurrence of a series, in the order of their recurrence ids.

    `first` is the first instance; all share its duration. An excluded date wins over the
    rule and over an extra date; an override of a start the series does not have is ignored.
    A rule without end goes to the horizon of `bounds`; without one, to its 1,000th start. ValueError
    where the rule does not fit `first` or gives over 1,000 starts.
    """
    starts = set(rule_starts(first.start, rule, bounds=bounds))
    starts |= set(extra_dates)
    starts -= set(excluded_dates)
    overrides = overrides or {}
    return tuple(_slot(start, first, overrides.get(start)) for start in sorted(starts))


def rule_starts(
    first: datetime, rule: Recurrence | LunarRecurrence | None, *, bounds: Bounds = UNBOUNDED
) -> tuple[datetime, ...]:
    """The starts that the rule alone gives, `first` among them; ValueError as `expand_series`."""
    if rule is None:
        return (first,)
    until = None if rule.is_bounded else bounds.horizon
    if isinstance(rule, LunarRecurrence):
        return expand_lunar(rule, first, until, days_off=bounds.days_off, limit=MAX_OCCURRENCES)
    return expand(rule, first, None if until is None else last_instant(until), limit=MAX_OCCURRENCES)


def _slot(start: datetime, first: Interval, override: Override | None) -> Slot:
    if override is None:
        return Slot(recurrence_id=start, interval=Interval(start, start + first.duration))
    changes = override.changes
    return Slot(
        recurrence_id=start,
        interval=override.interval,
        title=override.title,
        is_cancelled=override.is_cancelled,
        status=changes.get("status"),
        description=changes.get("description"),
        **{name: changes.get(name) for name in KEY_FIELDS},
    )


def recurrence_of(event: PlannedEvent) -> Recurrence | None:
    """The stored solar rule as a value; None for a one-off and for a lunar rule."""
    if event.rule is None:
        return None
    end = event.end_recurring_period
    until = None if end is None else end.astimezone(LOCAL_ZONE).date()
    return from_params(event.rule.frequency, event.rule.params, until=until)


def lunar_of(activity: Activity) -> LunarRecurrence | None:
    """The stored lunar rule as a value."""
    return parse_lunar(activity.lunar_rule) if activity.lunar_rule else None


def needs_days_off(rule: Recurrence | LunarRecurrence | None) -> bool:
    """Whether days of rest move what the rule gives."""
    return isinstance(rule, LunarRecurrence) and rule.shift is not ShiftPolicy.NONE


def load_days_off(rule: Recurrence | LunarRecurrence | None) -> frozenset[date]:
    """The days of rest beside weekends, in one query; none without a query where the rule does not look at them."""
    if not needs_days_off(rule):
        return frozenset()
    return frozenset(DayOff.objects.filter(is_working=False).values_list("day", flat=True))


def overrides_of(event: PlannedEvent) -> dict[datetime, Override]:
    """The stored exceptions, by the start the rule gave them: time, title and cancellation, then all other fields."""
    length = event.end - event.start
    found = {
        row.original_start: Override(
            interval=Interval(row.start, row.end),
            title="" if row.title == event.title else row.title,
            is_cancelled=row.cancelled,
            reason="" if row.description == event.description else row.description,
        )
        for row in event.occurrence_set.all()
    }
    for detail in event.activity.occurrence_details.all():
        start = detail.recurrence_id
        known = found.get(start) or Override(interval=Interval(start, start + length))
        found[start] = Override(
            interval=known.interval,
            title=known.title,
            is_cancelled=known.is_cancelled,
            reason=known.reason,
            changes=_typed(detail.changes),
        )
    return found


def _typed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON gave back, with tuples where a plan has tuples."""
    return {name: tuple(value) if name in KEY_FIELDS else value for name, value in changes.items()}


def bounds_of(activity: Activity) -> Bounds:
    """How far the stored series reaches; one query where a lunar rule looks at days off, else none."""
    return Bounds(horizon=activity.horizon, days_off=load_days_off(lunar_of(activity)))


def expand_event(event: PlannedEvent) -> tuple[Slot, ...]:
    """The occurrences of a stored series, cancelled ones included.

    Reads the event, its rule, its exceptions and its activity's series dates and details (no query
    where these are prefetched, but for the days off of a lunar rule that shifts).
    """
    activity = event.activity
    dates = list(activity.series_dates.all())
    return expand_series(
        first=Interval(event.start, event.end),
        rule=recurrence_of(event) or lunar_of(activity),
        extra_dates=(date.start for date in dates if date.kind == date.Kind.EXTRA),
        excluded_dates=(date.start for date in dates if date.kind == date.Kind.EXCLUDED),
        overrides=overrides_of(event),
        bounds=bounds_of(activity),
    )


def expand_activity(activity: Activity) -> tuple[Slot, ...]:
    """The occurrences of an activity: what its index rows must equal."""
    return expand_event(activity.event)
