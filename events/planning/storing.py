"""New drafts into rows: the series, the activity, its lists, the index and the bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schedule.models import Calendar, Rule
from schedule.models import Occurrence as SchedulerOccurrence

from core.lunar_recurrence import format_lunar
from core.recurrence import last_instant, to_params
from core.recurrence_text import describe
from events.expansion import KEY_FIELDS
from events.listing import list_keys_of, occurrence_keys_of
from events.models import (
    Activity,
    ActivityPlace,
    Booking,
    Occurrence,
    OccurrenceDetail,
    PlannedEvent,
    SeriesDate,
    Status,
)
from units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
Pair = tuple[Activity, "Draft"]


def insert_activities(drafts: Sequence[Draft], *, by: User | None, now: datetime) -> list[Activity]:
    """Store new activities with all that hangs on them; a constant number of queries a kind of row."""
    events = _insert_series(drafts, by=by)
    activities = [
        Activity(**activity_fields(each), uid=each.uid, event=event, created_at=now, updated_at=now)
        for each, event in zip(drafts, events, strict=True)
    ]
    Activity.objects.bulk_create(activities)
    pairs = list(zip(activities, drafts, strict=True))
    for field, relation in LISTS:
        insert_list(pairs, field, relation)
    ActivityPlace.objects.bulk_create(row for pair in pairs for row in place_rows(*pair))
    SeriesDate.objects.bulk_create(row for pair in pairs for row in date_rows(*pair))
    insert_overrides(pairs)
    _insert_index(pairs)
    return activities


def _insert_series(drafts: Sequence[Draft], *, by: User | None) -> list[PlannedEvent]:
    """django-scheduler's rows of the series, in the drafts' order."""
    calendars = calendars_of({each.plan.lead_unit_id for each in drafts})
    rules = [rule_row(each.plan) for each in drafts]
    Rule.objects.bulk_create([rule for rule in rules if rule is not None])
    events = [
        PlannedEvent(
            **event_fields(each.plan),
            calendar=calendars[each.plan.lead_unit_id],
            rule=rule,
            creator=by,
        )
        for each, rule in zip(drafts, rules, strict=True)
    ]
    PlannedEvent.objects.bulk_create(events)
    return events


def calendars_of(unit_ids: set[int]) -> dict[int, Calendar]:
    """One django-scheduler calendar a unit, made when first needed."""
    found = {}
    for unit in Unit.objects.filter(id__in=unit_ids):
        slug = f"unit-{unit.pk}"
        found[unit.pk], _made = Calendar.objects.get_or_create(slug=slug, defaults={"name": unit.name})
    return found


def rule_row(plan: ActivityPlan) -> Rule | None:
    """The solar rule as django-scheduler stores it."""
    if plan.recurrence is None:
        return None
    text = describe(plan.recurrence)
    return Rule(
        name=text[:RULE_NAME_LENGTH],
        description=text,
        frequency=plan.recurrence.freq.value,
        params=to_params(plan.recurrence),
    )


def event_fields(plan: ActivityPlan) -> dict[str, Any]:
    """Columns of the series' own row."""
    until = None if plan.recurrence is None else plan.recurrence.until
    return {
        "title": plan.title,
        "description": plan.description,
        "start": plan.interval.start,
        "end": plan.interval.end,
        "end_recurring_period": None if until is None else last_instant(until),
    }


def activity_fields(each: Draft) -> dict[str, Any]:
    """Columns of the activity's row that follow from the draft."""
    plan = each.plan
    same = (
        "campaign_id", "code", "kind", "status", "is_public", "all_day", "area_id", "lead_unit_id",
        "quantity", "quantity_unit", "quantity_source", "expected_audience", "budget_vnd", "notes", "status_reason",
    )  # fmt: skip
    reached = each.activity is not None and each.activity.was_confirmed
    return {name: getattr(plan, name) for name in same} | {
        "lunar_rule": "" if plan.lunar is None else format_lunar(plan.lunar),
        "procedures": ",".join(plan.procedures),
        "list_keys": list_keys_of(plan),
        "horizon": each.horizon,
        "is_deleted": each.is_deleted,
        "was_confirmed": reached or _is_alive_to_readers(each),
    }


def _is_alive_to_readers(each: Draft) -> bool:
    return any(each.status_of(slot) in ALIVE_TO_READERS for slot in each.slots)


def insert_list(pairs: Iterable[Pair], field: str, relation: str) -> None:
    """Store one list of each of these activities, which have none stored."""
    descriptor = getattr(Activity, relation)
    through: type[Model] = descriptor.through
    target = descriptor.field.m2m_reverse_field_name()
    through._default_manager.bulk_create(
        through(**{"activity_id": activity.pk, f"{target}_id": key})
        for activity, each in pairs
        for key in getattr(each.plan, field)
    )


def place_rows(activity: Activity, each: Draft) -> Iterator[ActivityPlace]:
    """The places in the planner's order."""
    keys: list[dict[str, int]] = [{"venue_id": key} for key in each.plan.venue_ids]
    keys += [{"site_id": key} for key in each.plan.site_ids]
    return (ActivityPlace(activity=activity, position=position, **key) for position, key in enumerate(keys))


def date_rows(activity: Activity, each: Draft) -> Iterator[SeriesDate]:
    """Extra, excluded and skipped dates."""
    extra, excluded = SeriesDate.Kind.EXTRA, SeriesDate.Kind.EXCLUDED
    yield from (SeriesDate(activity=activity, kind=extra, start=start) for start in each.plan.extra_dates)
    yield from (SeriesDate(activity=activity, kind=excluded, start=start) for start in each.plan.excluded_dates)
    for skip in each.plan.skipped_dates:
        yield SeriesDate(activity=activity, kind=excluded, start=skip.start, is_skipped=True, reason=skip.reason)


def insert_overrides(pairs: Iterable[Pair]) -> None:
    """What differs in single occurrences of these activities, which have none stored."""
    pairs = list(pairs)
    SchedulerOccurrence.objects.bulk_create(row for pair in pairs for row in _override_rows(*pair))
    OccurrenceDetail.objects.bulk_create(
        OccurrenceDetail(activity=activity, recurrence_id=start, changes=_json_of(override.changes))
        for activity, each in pairs
        for start, override in each.overrides.items()
        if override.changes
    )


def _override_rows(activity: Activity, each: Draft) -> Iterator[SchedulerOccurrence]:
    length = each.plan.interval.duration
    for start, override in each.overrides.items():
        yield SchedulerOccurrence(
            event=activity.event,
            title=override.title,
            description=override.reason,
            start=override.interval.start,
            end=override.interval.end,
            cancelled=override.is_cancelled,
            original_start=start,
            original_end=start + length,
        )


def _json_of(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if name in KEY_FIELDS else value for name, value in changes.items()}


def _insert_index(pairs: Iterable[Pair]) -> None:
    """Occurrence rows, then the bookings of those that hold something."""
    owners: list[tuple[Draft, dict[datetime, Occurrence]]] = []
    for activity, each in pairs:
        rows = {slot.recurrence_id: occurrence_row(activity.pk, each, slot) for slot in each.slots}
        owners.append((each, rows))
    Occurrence.objects.bulk_create(row for _draft, rows in owners for row in rows.values())
    Booking.objects.bulk_create(
        Booking(occurrence=rows[slot.recurrence_id], resource_id=key, start=slot.interval.start, end=slot.interval.end)
        for each, rows in owners
        for slot in each.held_slots
        for key in each.resources_of(slot)
    )


def occurrence_row(activity_id: int, each: Draft, slot: Slot) -> Occurrence:
    """One row of the index, unsaved."""
    override = each.overrides.get(slot.recurrence_id)
    return Occurrence(
        activity_id=activity_id,
        recurrence_id=slot.recurrence_id,
        start=slot.interval.start,
        end=slot.interval.end,
        status=each.status_of(slot),
        title=slot.title,
        list_keys="" if override is None else occurrence_keys_of(each.plan, override.changes),
    )
