"""From plans to what would be stored, and to the conflicts that would make."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from events.expansion import Bounds, Override, Slot, expand_series, rule_starts
from events.models import Status
from events.planning.horizon import bounds_for
from events.planning.rekeying import Starts, map_starts, move_overrides
from events.planning.snapshots import normalise
from events.planning.states import ActivityState, state_of, tidy_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from events.models import Activity
    from events.planning.commands import ActivityPlan

HOLDING = frozenset({Status.TENTATIVE, Status.CONFIRMED, Status.SUSPENDED, Status.DONE})
OVERRULING = frozenset({Status.DRAFT, Status.CANCELLED})  # of the whole activity, whatever one occurrence says


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A plan with everything derived from it; `activity` is None for a new one, whose `before` is None too.

    `horizon` is the last local day a rule without end was expanded to. What is deleted keeps its slots and holds
    nothing.
    """

    plan: ActivityPlan
    uid: str
    slots: tuple[Slot, ...]
    overrides: Mapping[datetime, Override] = field(default_factory=dict)
    activity: Activity | None = None
    before: ActivityState | None = None
    horizon: date | None = None
    is_deleted: bool = False

    @property
    def state(self) -> ActivityState:
        """What storing the draft would make of the activity."""
        return ActivityState(plan=self.plan, overrides=self.overrides, is_deleted=self.is_deleted)

    def status_of(self, slot: Slot) -> str:
        """The status of one occurrence."""
        if self.is_deleted or slot.is_cancelled:
            return Status.CANCELLED
        return self.plan.status if self.plan.status in OVERRULING else slot.status or self.plan.status

    def resources_of(self, slot: Slot) -> tuple[int, ...]:
        """What one occurrence takes while it is held."""
        return self.plan.resource_ids if slot.resource_ids is None else slot.resource_ids

    def venues_of(self, slot: Slot) -> tuple[int, ...]:
        """The venues of one occurrence."""
        return self.plan.venue_ids if slot.venue_ids is None else slot.venue_ids

    @property
    def held_slots(self) -> Iterator[Slot]:
        """Slots that take their resources."""
        yield from (slot for slot in self.slots if self.status_of(slot) in HOLDING)

    @property
    def resource_ids(self) -> frozenset[int]:
        """All that some occurrence takes."""
        return frozenset(self.plan.resource_ids).union(*(slot.resource_ids or () for slot in self.slots))


def draft(
    plan: ActivityPlan,
    *,
    activity: Activity | None = None,
    overrides: Mapping[datetime, Override] | None = None,
    is_deleted: bool = False,
    horizon: date | None = None,
) -> Draft:
    """Expand a plan. An activity's own exceptions are kept under their new starts (see
    `rekeying.map_starts`) unless `overrides` are given. A rule without end goes to `horizon`, or as
    `bounds_for` says. ValidationError where the rule does not fit.
    """
    uid = activity.uid if activity is not None else plan.uid or str(uuid.uuid4())
    plan = replace(normalise(plan), uid=uid)
    before = None if activity is None else state_of(activity)
    try:
        bounds = bounds_for(plan, activity)
        if horizon is not None and bounds.horizon is not None:
            bounds = replace(bounds, horizon=horizon)
        if overrides is None:
            overrides = {} if before is None else rekeyed_overrides(before, plan, bounds=bounds)
        slots = _slots(plan, overrides, bounds)
    except ValueError as error:
        raise ValidationError(f"{plan.code}: {error}") from error
    kept = {slot.recurrence_id: overrides[slot.recurrence_id] for slot in slots if slot.recurrence_id in overrides}
    tidied = tidy_state(ActivityState(plan=plan, overrides=kept, is_deleted=is_deleted))
    return Draft(
        plan=tidied.plan,
        uid=uid,
        slots=slots,
        overrides=tidied.overrides,
        activity=activity,
        before=before,
        horizon=bounds.horizon,
        is_deleted=is_deleted,
    )


def _slots(plan: ActivityPlan, overrides: Mapping[datetime, Override], bounds: Bounds) -> tuple[Slot, ...]:
    slots = expand_series(
        first=plan.interval,
        rule=plan.recurrence or plan.lunar,
        extra_dates=plan.extra_dates,
        excluded_dates=(*plan.excluded_dates, *(skip.start for skip in plan.skipped_dates)),
        overrides=overrides,
        bounds=bounds,
    )
    if not slots:
        raise ValueError("Mọi ngày của hoạt động đều bị bỏ; hãy giữ lại ít nhất một buổi.")
    return slots


def expanded(state: ActivityState, *, uid: str, bounds: Bounds) -> Draft:
    """A stored state with its occurrences, as it would be drafted anew; ValueError where the rule does not fit."""
    return Draft(
        plan=state.plan,
        uid=uid,
        slots=_slots(state.plan, state.overrides, bounds),
        overrides=state.overrides,
        is_deleted=state.is_deleted,
    )


def rekeyed_overrides(before: ActivityState, plan: ActivityPlan, *, bounds: Bounds) -> dict[datetime, Override]:
    """The exceptions of a stored state under the starts that the plan gives them; what has none there is lost."""
    if not before.overrides:
        return {}
    names = map_starts(starts_of(before.plan, bounds), starts_of(plan, bounds))
    lengths = (before.plan.interval.duration, plan.interval.duration)
    return move_overrides(before.overrides, names, lengths=lengths)


def starts_of(plan: ActivityPlan, bounds: Bounds) -> Starts:
    """The plan with what its rule gives; ValueError where the rule does not fit."""
    return Starts(plan=plan, by_rule=rule_starts(plan.interval.start, plan.recurrence or plan.lunar, bounds=bounds))
