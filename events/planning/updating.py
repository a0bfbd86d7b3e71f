"""Changed drafts into rows: only the rows that differ are written, and never a row of another activity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.db.models import CharField, F, Model, Value, prefetch_related_objects
from django.db.models.functions import Cast, Concat
from schedule.models import Occurrence as SchedulerOccurrence

from events.models import Activity, ActivityPlace, Booking, Occurrence, OccurrenceDetail, PlannedEvent, SeriesDate
from events.planning.storing import (
    LISTS,
    activity_fields,
    calendars_of,
    date_rows,
    event_fields,
    insert_list,
    insert_overrides,
    occurrence_row,
    place_rows,
    rule_row,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from events.planning.drafting import Draft
    from events.planning.states import ActivityState

Pair = tuple[Activity, "Draft"]
INDEX_FIELDS = (
    "interval", "recurrence", "lunar", "extra_dates", "excluded_dates", "skipped_dates", "status", "resource_ids",
)  # fmt: skip
LISTED_FIELDS = ("venue_ids", "site_ids", "coordinating_unit_ids", "theme_ids", "audience_ids")
PLACE_FIELDS = ("venue_ids", "site_ids")
DATE_FIELDS = ("extra_dates", "excluded_dates", "skipped_dates")
INDEX_COLUMNS = ["start", "end", "status", "title", "list_keys"]
BATCH = 500


def update_activities(drafts: Sequence[Draft], *, raises: Collection[str], now: datetime) -> list[Activity]:
    """Store changed activities; those whose UID is in `raises` get the next sequence, all get the next version.

    The activities are brought to what is stored without being read again. What the drafts give back is given back
    before anything is taken, so activities may swap what they hold.
    """
    pairs = [(cast("Activity", each.activity), each) for each in drafts]
    index = IndexChange.of([pair for pair in pairs if _touches_index(pair[1])])
    index.release()
    _free_codes(drafts)
    _update_series(pairs)
    _update_rows(pairs, raises=raises, now=now)
    _update_lists(pairs)
    index.write()
    return [activity for activity, _each in pairs]


def differs(each: Draft, names: Iterable[str]) -> bool:
    """Whether the draft says something else of one of these fields of the plan than what is stored."""
    before = cast("ActivityState", each.before).plan
    return any(getattr(before, name) != getattr(each.plan, name) for name in names)


def _touches_index(each: Draft) -> bool:
    before, activity = cast("ActivityState", each.before), cast("Activity", each.activity)
    if differs(each, INDEX_FIELDS) or before.overrides != each.overrides:
        return True
    if before.is_deleted != each.is_deleted or activity.horizon != each.horizon:
        return True
    return bool(each.overrides) and differs(each, LISTED_FIELDS)


def _free_codes(drafts: Sequence[Draft]) -> None:
    """Let several activities exchange their codes: the database looks at every row by itself."""
    moved = [each.activity.pk for each in drafts if each.activity and differs(each, ("code", "campaign_id"))]
    if len(moved) > 1:
        aside = Concat(Value("~"), Cast(F("id"), CharField()))
        Activity.objects.filter(id__in=moved).update(code=aside)


def _update_series(pairs: Sequence[Pair]) -> None:
    changed: dict[PlannedEvent, set[str]] = {}
    for activity, each in pairs:
        names = _set_changed(activity.event, event_fields(each.plan)) | _update_rule(activity.event, each)
        if activity.lead_unit_id != each.plan.lead_unit_id:
            activity.event.calendar = calendars_of({each.plan.lead_unit_id})[each.plan.lead_unit_id]
            names.add("calendar")
        if names:
            changed[activity.event] = names
    _save(PlannedEvent, changed)
    for activity, each in pairs:
        if each.plan.recurrence is None and differs(each, ("recurrence",)):
            rule, activity.event.rule = activity.event.rule, None
            PlannedEvent.objects.filter(id=activity.event_id).update(rule=None)
            rule.delete()


def _update_rule(event: PlannedEvent, each: Draft) -> set[str]:
    """Write the new rule over the old one, each series having its own."""
    row = rule_row(each.plan)
    if row is None or not differs(each, ("recurrence",)):
        return set()
    old = event.rule
    if old is not None:
        row.pk = old.pk
    row.save(force_update=old is not None, force_insert=old is None)
    event.rule = row
    return {"rule"} if old is None else set()


def _update_rows(pairs: Sequence[Pair], *, raises: Collection[str], now: datetime) -> None:
    changed: dict[Activity, set[str]] = {}
    for activity, each in pairs:
        names = _set_changed(activity, activity_fields(each))
        activity.version += 1
        activity.updated_at = now
        names |= {"version", "updated_at"}
        if each.uid in raises:
            activity.sequence += 1
            names.add("sequence")
        changed[activity] = names
    _save(Activity, changed)


def _set_changed(row: Model, values: dict[str, Any]) -> set[str]:
    """Set what differs and return the names of those columns."""
    names = {name for name, value in values.items() if getattr(row, name) != value}
    for name in names:
        setattr(row, name, values[name])
    return {name.removesuffix("_id") for name in names}


def _save(model: type[Model], changed: dict[Any, set[str]]) -> None:
    if len(changed) == 1:
        ((row, names),) = changed.items()
        row.save(update_fields=names, force_update=True)
    elif changed:
        model._default_manager.bulk_update(changed, sorted(set().union(*changed.values())), batch_size=BATCH)


def _update_lists(pairs: Sequence[Pair]) -> None:
    """Replace the lists that differ, and read those of them again for whoever holds the activities."""
    for field_name, relation in LISTS:
        changed = [pair for pair in pairs if differs(pair[1], (field_name,))]
        if changed:
            through: type[Model] = getattr(Activity, relation).through
            through._default_manager.filter(activity__in=_keys(changed)).delete()
            insert_list(changed, field_name, relation)
            _read_again(changed, relation)
    _update_places_and_dates(pairs)
    _update_exceptions(pairs)


def _update_places_and_dates(pairs: Sequence[Pair]) -> None:
    if changed := [pair for pair in pairs if differs(pair[1], PLACE_FIELDS)]:
        ActivityPlace.objects.filter(activity__in=_keys(changed)).delete()
        ActivityPlace.objects.bulk_create(row for pair in changed for row in place_rows(*pair))
        _read_again(changed, "places", "places__venue", "places__site")
    if changed := [pair for pair in pairs if differs(pair[1], DATE_FIELDS)]:
        SeriesDate.objects.filter(activity__in=_keys(changed)).delete()
        SeriesDate.objects.bulk_create(row for pair in changed for row in date_rows(*pair))
        _read_again(changed, "series_dates")


def _update_exceptions(pairs: Sequence[Pair]) -> None:
    if changed := [pair for pair in pairs if _overrides_differ(pair[1])]:
        SchedulerOccurrence.objects.filter(event__in=[activity.event_id for activity, _each in changed]).delete()
        OccurrenceDetail.objects.filter(activity__in=_keys(changed)).delete()
        insert_overrides(changed)
        for activity, _each in changed:
            _forget(activity.event, "occurrence_set")
        _read_again(changed, "occurrence_details", "event__occurrence_set")


def _overrides_differ(each: Draft) -> bool:
    """Also where what the rows keep of the series changed: its length, its title, its description."""
    before = cast("ActivityState", each.before)
    if before.overrides != each.overrides:
        return True
    is_same_length = before.plan.interval.duration == each.plan.interval.duration
    return bool(each.overrides) and (not is_same_length or differs(each, ("title", "description")))


def _keys(pairs: Iterable[Pair]) -> list[int]:
    return [activity.pk for activity, _each in pairs]


def _read_again(pairs: Sequence[Pair], *relations: str) -> None:
    activities = [activity for activity, _each in pairs]
    for activity in activities:
        _forget(activity, relations[0])
    prefetch_related_objects(activities, *relations)


def _forget(row: Model, relation: str) -> None:
    vars(row).get("_prefetched_objects_cache", {}).pop(relation, None)


@dataclass(slots=True, kw_only=True)
class IndexChange:
    """What the drafts change in the index of occurrences and among the bookings, row by row."""

    pairs: Sequence[Pair]
    gone: list[int] = field(default_factory=list)
    new: list[Occurrence] = field(default_factory=list)
    changed: list[Occurrence] = field(default_factory=list)
    rows: dict[tuple[int, datetime], Occurrence] = field(default_factory=dict)
    given_back: list[int] = field(default_factory=list)
    kept: set[tuple[Any, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> IndexChange:
        """Compare with what is stored, in two queries (none for none)."""
        found = cls(pairs=pairs)
        if pairs:
            found._compare_occurrences()
            found._compare_bookings()
        return found

    def release(self) -> None:
        """Give back what is no longer held, and drop occurrences that the series no longer has."""
        for keys in _batches(self.given_back):
            Booking.objects.filter(id__in=keys).delete()
        for keys in _batches(self.gone):
            Occurrence.objects.filter(id__in=keys).delete()

    def write(self) -> None:
        """Store new and changed occurrences, then what they take. A row that stays keeps its key."""
        if self.new:
            Occurrence.objects.bulk_create(self.new)
        if self.changed:
            Occurrence.objects.bulk_create(
                self.changed, update_conflicts=True, unique_fields=["id"], update_fields=INDEX_COLUMNS
            )
        taken = [
            Booking(occurrence=self.rows[each[0], each[1]], resource_id=each[2], start=each[3], end=each[4])
            for each in self._wanted_bookings()
            if each not in self.kept
        ]
        if taken:
            Booking.objects.bulk_create(taken)

    def _compare_occurrences(self) -> None:
        stored: defaultdict[int, dict[datetime, tuple[Any, ...]]] = defaultdict(dict)
        columns = ("activity_id", "recurrence_id", "id", *INDEX_COLUMNS)
        for owner, start, *values in (
            Occurrence.objects.filter(activity__in=_keys(self.pairs)).order_by().values_list(*columns)
        ):
            stored[owner][start] = tuple(values)
        for activity, each in self.pairs:
            known = stored[activity.pk]
            for slot in each.slots:
                row = occurrence_row(activity.pk, each, slot)
                self.rows[activity.pk, slot.recurrence_id] = row
                old = known.pop(slot.recurrence_id, None)
                if old is None:
                    self.new.append(row)
                    continue
                row.pk = old[0]
                if old[1:] != tuple(getattr(row, name) for name in INDEX_COLUMNS):
                    self.changed.append(row)
            self.gone += [values[0] for values in known.values()]

    def _compare_bookings(self) -> None:
        wanted = set(self._wanted_bookings())
        rows = (
            Booking.objects.filter(occurrence__activity__in=_keys(self.pairs))
            .order_by()
            .values_list("id", "occurrence__activity_id", "occurrence__recurrence_id", "resource_id", "start", "end")
        )
        for key, *booking in rows:
            if tuple(booking) in wanted:
                self.kept.add(tuple(booking))
            else:
                self.given_back.append(key)

    def _wanted_bookings(self) -> Iterator[tuple[int, datetime, int, datetime, datetime]]:
        for activity, each in self.pairs:
            for slot in each.held_slots:
                for resource in each.resources_of(slot):
                    yield activity.pk, slot.recurrence_id, resource, slot.interval.start, slot.interval.end


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))
