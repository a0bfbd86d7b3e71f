"""Drafts into rows: the series, the activity, its lists, the index and the bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schedule.models import Calendar, Rule
from schedule.models import Occurrence as SchedulerOccurrence

from core.lunar_recurrence import format_lunar
from core.recurrence import last_instant, to_params
from core.recurrence_text import describe
from events.listing import list_keys_of
from events.models import (
    Activity,
    ActivityPlace,
    Booking,
    Occurrence,
    PlannedEvent,
    SeriesDate,
    Status,
)
from units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Model

    from events.expansion import Slot
    from events.planning.commands import ActivityPlan
    from events.planning.drafting import Draft
    from units.models import User

LISTS: tuple[tuple[str, str], ...] = (
    ("coordinating_unit_ids", "coordinating_units"),
    ("theme_ids", "themes"),
    ("form_ids", "forms"),
    ("audience_ids", "audiences"),
    ("funding_source_ids", "funding_sources"),
    ("resource_ids", "resources"),
)
RULE_NAME_LENGTH = 32
ALIVE_TO_READERS = frozenset({Status.CONFIRMED, Status.DONE})


def insert_activities(drafts: Sequence[Draft], *, by: User | None, now: datetime) -> list[Activity]:
    """Store new activities with all that hangs on them; a constant number of queries a kind of row."""
    calendars = _calendars({each.plan.lead_unit_id for each in drafts})
    rules = [_rule(each.plan) for each in drafts]
    Rule.objects.bulk_create([rule for rule in rules if rule is not None])
    events = [
        PlannedEvent(
            **_event_fields(each.plan),
            calendar=calendars[each.plan.lead_unit_id],
            rule=rule,
            creator=by,
        )
        for each, rule in zip(drafts, rules, strict=True)
    ]
    PlannedEvent.objects.bulk_create(events)
    activities = [
        Activity(
            **_activity_fields(each.plan),
            uid=each.uid,
            event=event,
            was_confirmed=each.plan.status in ALIVE_TO_READERS,
            created_at=now,
            updated_at=now,
        )
        for each, event in zip(drafts, events, strict=True)
    ]
    Activity.objects.bulk_create(activities)
    pairs = list(zip(activities, drafts, strict=True))
    _insert_lists(pairs)
    _insert_index(pairs)
    return activities


def release_bookings(drafts: Iterable[Draft]) -> None:
    """Give back all that the drafts' stored activities hold, before any of them is updated.

    Two activities may swap what they take, and the database looks at every row.
    """
    activities = [each.activity for each in drafts if each.activity is not None]
    Booking.objects.filter(occurrence__activity__in=activities).delete()


def update_activity(draft: Draft, *, now: datetime, raises_sequence: bool) -> Activity:
    """Store a changed activity whose bookings are released: its own rows and no other's."""
    activity, plan = draft.activity, draft.plan
    if activity is None:
        raise ValueError("update_activity needs a stored activity.")
    _update_series(activity.event, plan)
    for name, value in _activity_fields(plan).items():
        setattr(activity, name, value)
    activity.version += 1
    activity.sequence += int(raises_sequence)
    activity.was_confirmed = activity.was_confirmed or plan.status in ALIVE_TO_READERS
    activity.updated_at = now
    activity.save()
    for field, relation in LISTS:
        getattr(activity, relation).set(getattr(plan, field))
    activity.places.all().delete()
    activity.series_dates.all().delete()
    ActivityPlace.objects.bulk_create(_places(activity, plan))
    SeriesDate.objects.bulk_create(_series_dates(activity, plan))
    _replace_overrides(activity, draft)
    _refresh_index(activity, draft)
    return activity


def _calendars(unit_ids: set[int]) -> dict[int, Calendar]:
    """One django-scheduler calendar a unit, made when first needed."""
    found = {}
    for unit in Unit.objects.filter(id__in=unit_ids):
        slug = f"unit-{unit.pk}"
        found[unit.pk], _made = Calendar.objects.get_or_create(slug=slug, defaults={"name": unit.name})
    return found


def _rule(plan: ActivityPlan) -> Rule | None:
    if plan.recurrence is None:
        return None
    text = describe(plan.recurrence)
    return Rule(
        name=text[:RULE_NAME_LENGTH],
        description=text,
        frequency=plan.recurrence.freq.value,
        params=to_params(plan.recurrence),
    )


def _event_fields(plan: ActivityPlan) -> dict[str, Any]:
    until = None if plan.recurrence is None else plan.recurrence.until
    return {
        "title": plan.title,
        "description": plan.description,
        "start": plan.interval.start,
        "end": plan.interval.end,
        "end_recurring_period": None if until is None else last_instant(until),
    }


def _activity_fields(plan: ActivityPlan) -> dict[str, Any]:
    same = (
        "campaign_id", "code", "kind", "status", "is_public", "all_day", "area_id", "lead_unit_id",
        "quantity", "quantity_unit", "quantity_source", "expected_audience", "budget_vnd", "notes", "status_reason",
    )  # fmt: skip
    return {name: getattr(plan, name) for name in same} | {
        "lunar_rule": "" if plan.lunar is None else format_lunar(plan.lunar),
        "procedures": ",".join(plan.procedures),
        "list_keys": list_keys_of(plan),
    }


def _update_series(event: PlannedEvent, plan: ActivityPlan) -> None:
    old, new = event.rule, _rule(plan)
    if old is not None and new is not None:
        new.pk = old.pk
    if new is not None:
        new.save()
    event.rule = new
    event.calendar = _calendars({plan.lead_unit_id})[plan.lead_unit_id]
    for name, value in _event_fields(plan).items():
        setattr(event, name, value)
    event.save()
    if old is not None and new is None:
        old.delete()


def _places(activity: Activity, plan: ActivityPlan) -> list[ActivityPlace]:
    keys: list[dict[str, int]] = [{"venue_id": key} for key in plan.venue_ids]
    keys += [{"site_id": key} for key in plan.site_ids]
    return [ActivityPlace(activity=activity, position=position, **key) for position, key in enumerate(keys)]


def _series_dates(activity: Activity, plan: ActivityPlan) -> list[SeriesDate]:
    extra, excluded = SeriesDate.Kind.EXTRA, SeriesDate.Kind.EXCLUDED
    return [
        *(SeriesDate(activity=activity, kind=extra, start=start) for start in plan.extra_dates),
        *(SeriesDate(activity=activity, kind=excluded, start=start) for start in plan.excluded_dates),
        *(
            SeriesDate(activity=activity, kind=excluded, start=skip.start, is_skipped=True, reason=skip.reason)
            for skip in plan.skipped_dates
        ),
    ]


def _insert_lists(pairs: Iterable[tuple[Activity, Draft]]) -> None:
    pairs = list(pairs)
    for field, relation in LISTS:
        descriptor = getattr(Activity, relation)
        through: type[Model] = descriptor.through
        target = descriptor.field.m2m_reverse_field_name()
        through._default_manager.bulk_create(
            through(**{"activity_id": activity.pk, f"{target}_id": key})
            for activity, each in pairs
            for key in getattr(each.plan, field)
        )
    ActivityPlace.objects.bulk_create(place for activity, each in pairs for place in _places(activity, each.plan))
    SeriesDate.objects.bulk_create(date for activity, each in pairs for date in _series_dates(activity, each.plan))


def _insert_index(pairs: Iterable[tuple[Activity, Draft]]) -> None:
    """Occurrence rows, then the bookings of those that hold something."""
    owners: list[tuple[Draft, dict[datetime, Occurrence]]] = []
    for activity, each in pairs:
        rows = {slot.recurrence_id: _occurrence(activity, each, slot) for slot in each.slots}
        owners.append((each, rows))
    Occurrence.objects.bulk_create(row for _draft, rows in owners for row in rows.values())
    Booking.objects.bulk_create(booking for each, rows in owners for booking in _bookings(each, rows))


def _occurrence(activity: Activity, draft: Draft, slot: Slot) -> Occurrence:
    return Occurrence(
        activity=activity,
        recurrence_id=slot.recurrence_id,
        start=slot.interval.start,
        end=slot.interval.end,
        status=Status.CANCELLED if slot.is_cancelled else draft.plan.status,
        title=slot.title,
    )


def _bookings(draft: Draft, rows: Mapping[datetime, Occurrence]) -> Iterable[Booking]:
    return (
        Booking(
            occurrence=rows[slot.recurrence_id],
            resource_id=resource,
            start=slot.interval.start,
            end=slot.interval.end,
        )
        for slot in draft.held_slots
        for resource in draft.plan.resource_ids
    )


def _replace_overrides(activity: Activity, draft: Draft) -> None:
    activity.event.occurrence_set.all().delete()
    length = draft.plan.interval.duration
    starts = {slot.recurrence_id for slot in draft.slots}
    SchedulerOccurrence.objects.bulk_create(
        SchedulerOccurrence(
            event=activity.event,
            title=override.title,
            description=override.reason,
            start=override.interval.start,
            end=override.interval.end,
            cancelled=override.is_cancelled,
            original_start=start,
            original_end=start + length,
        )
        for start, override in draft.overrides.items()
        if start in starts
    )


def _refresh_index(activity: Activity, draft: Draft) -> None:
    """Upsert by recurrence id; rows that did not change keep their key."""
    wanted = {slot.recurrence_id: _occurrence(activity, draft, slot) for slot in draft.slots}
    stored = {row.recurrence_id: row for row in activity.occurrences.all()}
    activity.occurrences.exclude(recurrence_id__in=wanted).delete()
    Occurrence.objects.bulk_create(
        wanted.values(),
        update_conflicts=True,
        unique_fields=["activity", "recurrence_id"],
        update_fields=["start", "end", "status", "title"],
    )
    rows = {row.recurrence_id: row for row in activity.occurrences.all()}
    rows = {start: stored.get(start, row) for start, row in rows.items()}
    Booking.objects.bulk_create(_bookings(draft, rows))
