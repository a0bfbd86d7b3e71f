"""From plans to what would be stored, and to the conflicts that would make."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q

from core.intervals import LOCAL_ZONE, Interval
from core.keys import OccurrenceKey
from events.expansion import Override, Slot, expand_series, overrides_of
from events.models import Activity, Booking, Status
from events.planning.snapshots import normalise
from events.rules.double_booking import Claim, find_double_bookings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from core.conflicts import Conflict
    from events.planning.commands import ActivityPlan

HOLDING = frozenset({Status.TENTATIVE, Status.CONFIRMED, Status.SUSPENDED, Status.DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A plan with everything derived from it; `activity` is None for a new one."""

    plan: ActivityPlan
    uid: str
    slots: tuple[Slot, ...]
    overrides: Mapping[datetime, Override] = field(default_factory=dict)
    activity: Activity | None = None

    @property
    def held_slots(self) -> Iterator[Slot]:
        """Slots that take the plan's resources."""
        if self.plan.status in HOLDING:
            yield from (slot for slot in self.slots if not slot.is_cancelled)


def draft(
    plan: ActivityPlan,
    *,
    activity: Activity | None = None,
    overrides: Mapping[datetime, Override] | None = None,
) -> Draft:
    """Expand a plan. An activity's own exceptions are kept, re-keyed by their local day,
    unless `overrides` are given. ValidationError where the rule does not fit.
    """
    plan = normalise(plan)
    uid = activity.uid if activity is not None else plan.uid or str(uuid.uuid4())
    try:
        slots = _slots(plan, {})
        if overrides is None:
            overrides = {} if activity is None else _rekeyed(activity, slots)
        slots = _slots(plan, overrides)
    except ValueError as error:
        raise ValidationError(f"{plan.code}: {error}") from error
    return Draft(plan=plan, uid=uid, slots=slots, overrides=overrides, activity=activity)


def _slots(plan: ActivityPlan, overrides: Mapping[datetime, Override]) -> tuple[Slot, ...]:
    slots = expand_series(
        first=plan.interval,
        rule=plan.recurrence or plan.lunar,
        extra_dates=plan.extra_dates,
        excluded_dates=(*plan.excluded_dates, *(skip.start for skip in plan.skipped_dates)),
        overrides=overrides,
    )
    if not slots:
        raise ValueError("Mọi ngày của hoạt động đều bị bỏ; hãy giữ lại ít nhất một buổi.")
    return slots


def _rekeyed(activity: Activity, slots: tuple[Slot, ...]) -> dict[datetime, Override]:
    """The stored exceptions under the new starts of the same local days.

    One that was moved keeps the time it was moved to; one that was only cancelled or
    renamed follows the series. A day the series has lost loses its exception.
    """
    days: dict[date, Slot] = {_local_day(slot.recurrence_id): slot for slot in slots}
    kept = {}
    old_length = activity.event.end - activity.event.start
    for start, override in overrides_of(activity.event).items():
        slot = days.get(_local_day(start))
        if slot is None:
            continue
        was_moved = override.interval != Interval(start, start + old_length)
        interval = override.interval if was_moved else slot.interval
        kept[slot.recurrence_id] = replace(override, interval=interval)
    return kept


def _local_day(moment: datetime) -> date:
    return moment.astimezone(LOCAL_ZONE).date()


def find_clashes(drafts: Sequence[Draft], names: Mapping[int, str]) -> list[Conflict]:
    """Conflicts among the drafts, and between them and what others have booked.

    `names` are the resources' names by id. One query, however many drafts.
    """
    wanted = list(_new_claims(drafts, names))
    if not wanted:
        return []
    return list(find_double_bookings([*_stored_claims(drafts, wanted, names), *wanted]))


def _new_claims(drafts: Iterable[Draft], names: Mapping[int, str]) -> Iterator[Claim]:
    for each in drafts:
        for slot in each.held_slots:
            for resource in each.plan.resource_ids:
                yield Claim(
                    resource_id=resource,
                    resource_name=names[resource],
                    key=OccurrenceKey(each.uid, slot.recurrence_id),
                    title=slot.title or each.plan.title,
                    interval=slot.interval,
                    is_new=True,
                )


def _stored_claims(drafts: Sequence[Draft], wanted: Sequence[Claim], names: Mapping[int, str]) -> Iterator[Claim]:
    """Bookings of other activities on the wanted resources within the wanted span."""
    span = Q(
        resource_id__in={claim.resource_id for claim in wanted},
        start__lt=max(claim.interval.end for claim in wanted),
        end__gt=min(claim.interval.start for claim in wanted),
    )
    own = {each.activity.pk for each in drafts if each.activity is not None}
    rows = (
        Booking.objects.filter(span)
        .exclude(occurrence__activity_id__in=own)
        .values_list(
            "resource_id",
            "occurrence__activity__uid",
            "occurrence__recurrence_id",
            "occurrence__title",
            "occurrence__activity__event__title",
            "start",
            "end",
        )
    )
    for resource, uid, recurrence_id, own_title, title, start, end in rows:
        yield Claim(
            resource_id=resource,
            resource_name=names[resource],
            key=OccurrenceKey(uid, recurrence_id),
            title=own_title or title,
            interval=Interval(start, end),
            is_new=False,
        )
