"""A conflict of one activity, and the smallest changes of its state: one occurrence, or all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.intervals import LOCAL_ZONE, Interval
from events.expansion import Override
from events.planning.commands import SkippedDate
from events.planning.states import ActivityState

if TYPE_CHECKING:
    from core.conflicts import Conflict
    from events.expansion import Slot
    from events.planning.alternatives import Alternative

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A conflict of one activity: its state and slots, and those of its occurrences that clash.

    `earliest` is the first day to which anything may be moved, `names` those of the resources it takes.
    """

    conflict: Conflict
    state: ActivityState
    slots: tuple[Slot, ...]
    clashing: tuple[Slot, ...]
    earliest: date
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_series(self) -> bool:
        """Whether the activity has a rule or further dates: then one occurrence is changed by an exception."""
        plan = self.state.plan
        return plan.recurrence is not None or plan.lunar is not None or bool(plan.extra_dates)

    @property
    def is_whole(self) -> bool:
        """Whether the finding is one for all occurrences of a series."""
        return self.is_series and "~" not in self.conflict.subjects[0]

    def resources_of(self, slot: Slot) -> tuple[int, ...]:
        """What one occurrence takes."""
        return self.state.plan.resource_ids if slot.resource_ids is None else slot.resource_ids

    def moved(self, slot: Slot, interval: Interval) -> ActivityState:
        """The activity with one occurrence at another time."""
        if not self.is_series and slot.recurrence_id not in self.state.overrides:
            return replace(self.state, plan=replace(self.state.plan, interval=interval))
        return self._excepted(slot, interval=interval)

    def shifted(self, by: timedelta) -> ActivityState:
        """The activity with every occurrence later by `by` on the same local day; exceptions of their own time stay."""
        plan = self.state.plan
        length = plan.interval.duration
        overrides = {
            start + by: replace(each, interval=each.interval.shifted(by))
            if each.interval == Interval(start, start + length)
            else each
            for start, each in self.state.overrides.items()
        }
        moved = replace(
            plan,
            interval=plan.interval.shifted(by),
            extra_dates=tuple(start + by for start in plan.extra_dates),
            excluded_dates=tuple(start + by for start in plan.excluded_dates),
            skipped_dates=tuple(replace(skip, start=skip.start + by) for skip in plan.skipped_dates),
        )
        return replace(self.state, plan=moved, overrides=overrides)

    def skipped(self, slot: Slot) -> ActivityState:
        """The series without one occurrence, whose date can be added back."""
        plan = self.state.plan
        skip = SkippedDate(start=slot.recurrence_id, reason=self.conflict.message[:LONGEST_REASON])
        kept = {start: each for start, each in self.state.overrides.items() if start != slot.recurrence_id}
        return replace(self.state, plan=replace(plan, skipped_dates=(*plan.skipped_dates, skip)), overrides=kept)

    def taking(self, alternative: Alternative, old: int | None, slot: Slot | None) -> ActivityState:
        """The activity with something else in the place of `old`, in one occurrence or, with None, in all."""
        if slot is None or (not self.is_series and slot.recurrence_id not in self.state.overrides):
            return replace(self.state, plan=replace(self.state.plan, **self._taken(alternative, old, None)))
        return self._excepted(slot, changes=self._taken(alternative, old, slot))

    def _taken(self, alternative: Alternative, old: int | None, slot: Slot | None) -> dict[str, Any]:
        """The fields of a plan in which taking the alternative shows."""
        plan = self.state.plan
        resources = plan.resource_ids if slot is None else self.resources_of(slot)
        venues = plan.venue_ids if slot is None or slot.venue_ids is None else slot.venue_ids
        sites = plan.site_ids if slot is None or slot.site_ids is None else slot.site_ids
        changes = {
            "resource_ids": _replaced(resources, old, alternative.resource_id),
            "venue_ids": _replaced(venues, alternative.old_venue_id, alternative.venue_id),
            "site_ids": _replaced(sites, alternative.old_site_id, alternative.site_id),
        }
        same = {"resource_ids": resources, "venue_ids": venues, "site_ids": sites}
        return {name: value for name, value in changes.items() if value != same[name]}

    def _excepted(
        self, slot: Slot, *, interval: Interval | None = None, changes: Mapping[str, Any] | None = None
    ) -> ActivityState:
        known = self.state.overrides.get(slot.recurrence_id) or Override(interval=slot.interval)
        override = replace(known, interval=interval or known.interval, changes={**known.changes, **(changes or {})})
        return replace(self.state, overrides={**self.state.overrides, slot.recurrence_id: override})


def local_day(moment: datetime) -> date:
    """The day in Vietnam."""
    return moment.astimezone(LOCAL_ZONE).date()


def _replaced(keys: tuple[int, ...], old: int | None, new: int | None) -> tuple[int, ...]:
    """The keys with one of them replaced; unchanged where there is nothing to replace."""
    if old is None or new is None:
        return keys
    return tuple(dict.fromkeys(new if key == old else key for key in keys))
