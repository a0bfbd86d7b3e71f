"""Editing a series from one of its occurrences: this one, this and those that follow, or all.

What the person edits starts as `plan_at`: the series with the time, title, places, status and description of that
occurrence. Only fields in which the edited plan differs from it count, in every scope:

- this: what an exception can say (`OWN_FIELDS`) becomes an exception of that occurrence, under the same UID; anything
  else takes the occurrence out of the series and makes it an activity of its own;
- following: the series ends before that occurrence and a new activity, with a new UID, begins there with what is left;
- all: the series itself changes. Exceptions and dates go with the occurrences they belong to; where the occurrence was
  moved by some days, so is the whole series.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval
from events.expansion import Bounds, Override, Slot, expand_series
from events.models import Status
from events.planning.commands import ActivityPlan
from events.planning.drafting import starts_of
from events.planning.rekeying import local_day, map_starts, move_overrides, whole_days
from events.planning.shifting import shift_state
from events.planning.snapshots import normalise
from events.planning.splitting import split_series
from events.planning.states import ActivityState, tidy_state

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

OWN_FIELDS = frozenset(
    {"interval", "title", "venue_ids", "site_ids", "resource_ids", "status", "status_reason", "description"}
)
CHANGE_FIELDS = ("venue_ids", "site_ids", "resource_ids", "status", "status_reason", "description")
SERIES_FIELDS = frozenset({"recurrence", "lunar", "extra_dates", "excluded_dates", "skipped_dates", "all_day"})
DATE_FIELDS = ("extra_dates", "excluded_dates", "skipped_dates")


class EditScope(StrEnum):
    """How far an edit reaches."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class LostDate:
    """Something said of one date that the edited series has no place for."""

    kind: str  # "exception", "extra", "excluded" or "skipped"
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The states an edit leads to, by UID; `names` says what each old occurrence is called now: UID and start.

    `scope` is the one that really applies: a series of one occurrence, or the first and those that follow, are all.
    """

    scope: EditScope
    wanted: Mapping[str, ActivityState]
    names: Mapping[datetime, tuple[str, datetime]]
    lost: tuple[LostDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A stored activity as an edit looks at it: its UID, its state and how far it is laid out."""

    uid: str
    state: ActivityState
    bounds: Bounds

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its occurrences."""
        plan = self.state.plan
        return expand_series(
            first=plan.interval,
            rule=plan.recurrence or plan.lunar,
            extra_dates=plan.extra_dates,
            excluded_dates=(*plan.excluded_dates, *(skip.start for skip in plan.skipped_dates)),
            overrides=self.state.overrides,
            bounds=self.bounds,
        )

    def slot_at(self, recurrence_id: datetime) -> Slot:
        """The occurrence of that start; ValidationError where there is none."""
        found = next((slot for slot in self.slots if slot.recurrence_id == recurrence_id), None)
        if found is None:
            raise ValidationError(_("This activity has no occurrence at that time; reload the page."))
        return found


def plan_at(series: Series, recurrence_id: datetime | None) -> ActivityPlan:
    """What a form shows that was opened from that occurrence; from the series itself where it is None."""
    return series.state.plan if recurrence_id is None else plan_of_slot(series.state, series.slot_at(recurrence_id))


def plan_of_slot(state: ActivityState, slot: Slot) -> ActivityPlan:
    """The plan with what one of its occurrences says otherwise."""
    plan = state.plan
    override = state.overrides.get(slot.recurrence_id) or Override(interval=slot.interval)
    own: dict[str, Any] = {name: override.changes[name] for name in CHANGE_FIELDS if name in override.changes}
    if override.is_cancelled:
        own |= {"status": Status.CANCELLED.value, "status_reason": override.reason}
    return normalise(replace(plan, interval=slot.interval, title=slot.title or plan.title, **own))


def edit_series(
    series: Series, plan: ActivityPlan, *, scope: EditScope, recurrence_id: datetime | None, new_uid: str = ""
) -> Edited:
    """Work out what the edit makes of the series; nothing is read or written.

    ValidationError where the scope cannot say it, ValueError where the new rule does not fit.
    """
    slots = series.slots
    is_first = recurrence_id is None or recurrence_id == slots[0].recurrence_id
    if len(slots) == 1 or (is_first and scope is EditScope.FOLLOWING):
        scope = EditScope.ALL
    new_uid = new_uid or str(uuid.uuid4())
    if scope is EditScope.ALL or recurrence_id is None:
        return _edit_all(series, plan, recurrence_id)
    if scope is EditScope.THIS:
        return _edit_one(series, plan, series.slot_at(recurrence_id), new_uid=new_uid)
    return _edit_following(series, plan, series.slot_at(recurrence_id), new_uid=new_uid)


def changed_fields(shown: ActivityPlan, plan: ActivityPlan) -> dict[str, Any]:
    """The fields in which an edited plan differs from what was shown, with their new values."""
    shown, plan = normalise(shown), normalise(plan)
    names = (each.name for each in fields(ActivityPlan) if each.name != "uid")
    return {name: getattr(plan, name) for name in names if getattr(plan, name) != getattr(shown, name)}


def _edit_one(series: Series, plan: ActivityPlan, slot: Slot, *, new_uid: str) -> Edited:
    state, start = series.state, slot.recurrence_id
    changed = changed_fields(plan_at(series, start), plan)
    names = {each.recurrence_id: (series.uid, each.recurrence_id) for each in series.slots}
    if not changed.keys() <= OWN_FIELDS:
        _refuse_series_fields(changed)
        alone = replace(
            plan, uid=new_uid, code=changed.get("code", ""), recurrence=None, lunar=None,
            extra_dates=(), excluded_dates=(), skipped_dates=(),
        )  # fmt: skip
        rest = _without(state, start)
        wanted = {series.uid: rest, new_uid: ActivityState(plan=normalise(alone))}
        names[start] = (new_uid, alone.interval.start)
        return Edited(scope=EditScope.THIS, wanted=wanted, names=names)
    known = state.overrides.get(start) or Override(interval=slot.interval)
    overrides = {**state.overrides, start: _with_own(known, changed, state.plan)}
    wanted = {series.uid: tidy_state(replace(state, overrides=overrides))}
    return Edited(scope=EditScope.THIS, wanted=wanted, names=names)


def _refuse_series_fields(changed: Mapping[str, Any]) -> None:
    if changed.keys() & SERIES_FIELDS:
        raise ValidationError(
            _("The repetition and its dates cannot change for one occurrence; choose those that follow, or all.")
        )


def _with_own(known: Override, changed: Mapping[str, Any], plan: ActivityPlan) -> Override:
    """The exception with what was edited; what is the series' own again is no longer said."""
    values = {**known.changes, **{name: changed[name] for name in CHANGE_FIELDS if name in changed}}
    status = changed.get("status", Status.CANCELLED if known.is_cancelled else None)
    is_cancelled = status == Status.CANCELLED
    reason = known.reason
    if is_cancelled:
        reason = values.pop("status_reason", known.reason)
        values.pop("status", None)
    elif known.is_cancelled:
        reason = ""
    return replace(
        known,
        interval=changed.get("interval", known.interval),
        title=changed.get("title", known.title),
        is_cancelled=is_cancelled,
        reason=reason,
        changes={name: value for name, value in values.items() if value != getattr(plan, name)},
    )


def _without(state: ActivityState, start: datetime) -> ActivityState:
    """The series without one occurrence."""
    plan = state.plan
    if start in plan.extra_dates:
        plan = replace(plan, extra_dates=tuple(each for each in plan.extra_dates if each != start))
    else:
        plan = replace(plan, excluded_dates=(*plan.excluded_dates, start))
    overrides = {each: override for each, override in state.overrides.items() if each != start}
    return ActivityState(plan=normalise(plan), overrides=overrides)


def _edit_following(series: Series, plan: ActivityPlan, slot: Slot, *, new_uid: str) -> Edited:
    code = changed_fields(plan_at(series, slot.recurrence_id), plan).get("code", "")
    by_rule = starts_of(series.state.plan, series.bounds).by_rule
    head, tail = split_series(series.state, slot.recurrence_id, by_rule=by_rule, new_uid=new_uid)
    rest = Series(uid=new_uid, state=tail, bounds=series.bounds)
    edited = _edit_all(rest, _with_own_rule(plan, series.state.plan, tail.plan), slot.recurrence_id)
    tail = edited.wanted[new_uid]
    wanted = {series.uid: head, new_uid: replace(tail, plan=replace(tail.plan, code=code))}
    before = {
        each.recurrence_id: (series.uid, each.recurrence_id)
        for each in series.slots
        if each.recurrence_id < slot.recurrence_id
    }
    return Edited(scope=EditScope.FOLLOWING, wanted=wanted, names=before | dict(edited.names), lost=edited.lost)


def _with_own_rule(plan: ActivityPlan, whole: ActivityPlan, tail: ActivityPlan) -> ActivityPlan:
    """The edited plan with the rule and dates that the second part has, where the person left them as they were."""
    names = ("recurrence", "lunar", "skipped_dates")
    kept = {name: getattr(tail, name) for name in names if getattr(plan, name) == getattr(whole, name)}
    for name in ("extra_dates", "excluded_dates"):
        if _days(getattr(plan, name)) == _days(getattr(whole, name)):
            kept[name] = getattr(tail, name)
    return replace(plan, **kept)


def _edit_all(series: Series, plan: ActivityPlan, recurrence_id: datetime | None) -> Edited:
    shown = plan_at(series, recurrence_id)
    changed = changed_fields(shown, plan)
    changed |= _moved_dates(shown, changed)
    days = whole_days(shown.interval.start, plan.interval.start).days if "interval" in changed else 0
    state, shifts = series.state, timedelta(0)
    if days and not changed.keys() & {"recurrence", "lunar", "all_day"}:
        shifts = timedelta(days=days)
        starts = [slot.recurrence_id for slot in series.slots]
        state = shift_state(state, days, starts=starts).state
    new_plan = _changed_plan(state.plan, shown, changed, days=0 if shifts else days)
    old, new = starts_of(state.plan, series.bounds), starts_of(new_plan, series.bounds)
    names = map_starts(old, new)
    new_plan, lost = _with_dates(state.plan, new_plan, names, touched=changed.keys())
    lengths = (state.plan.interval.duration, new_plan.interval.duration)
    overrides = move_overrides(state.overrides, names, lengths=lengths)
    wanted = tidy_state(ActivityState(plan=new_plan, overrides=overrides))
    after = {slot.recurrence_id for slot in replace(series, state=wanted).slots}
    wanted = replace(wanted, overrides={start: each for start, each in wanted.overrides.items() if start in after})
    gone = (start for start in state.overrides if names.get(start) not in after)
    lost += tuple(LostDate(kind="exception", start=start - shifts) for start in gone)
    kept = {
        slot.recurrence_id: (series.uid, name)
        for slot in series.slots
        if (name := names.get(slot.recurrence_id + shifts)) in after and name is not None
    }
    return Edited(scope=EditScope.ALL, wanted={series.uid: wanted}, names=kept, lost=lost)


def _moved_dates(shown: ActivityPlan, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Date lists that only follow the clock of the form are taken as the person left them: not changed."""
    return {
        name: getattr(shown, name)
        for name in ("extra_dates", "excluded_dates")
        if name in changed and _days(changed[name]) == _days(getattr(shown, name)) and "interval" in changed
    }


def _days(starts: Iterable[datetime]) -> list[Any]:
    return [local_day(start) for start in starts]


def _changed_plan(plan: ActivityPlan, shown: ActivityPlan, changed: Mapping[str, Any], *, days: int) -> ActivityPlan:
    """The series' plan with the fields that were edited; its first instance moves as the shown one did."""
    others = {name: value for name, value in changed.items() if name not in {"interval", *DATE_FIELDS}}
    touched = {name: changed[name] for name in DATE_FIELDS if name in changed and changed[name] != getattr(shown, name)}
    interval = plan.interval
    if "interval" in changed:
        interval = _moved_first(plan.interval, shown.interval, changed["interval"], days=days)
    if "extra_dates" not in touched:
        was, will = (each.start.astimezone(LOCAL_ZONE).timetz() for each in (plan.interval, interval))
        touched["extra_dates"] = tuple(_follow_clock(start, was, will) for start in plan.extra_dates)
    return normalise(replace(plan, **others, **touched, interval=interval))


def _moved_first(first: Interval, shown: Interval, wanted: Interval, *, days: int) -> Interval:
    """The first instance `days` later, at the wanted clock time and length where these were edited."""
    start = first.start.astimezone(LOCAL_ZONE) + timedelta(days=days)
    was, will = shown.start.astimezone(LOCAL_ZONE), wanted.start.astimezone(LOCAL_ZONE)
    if was.timetz() != will.timetz():
        start = datetime.combine(start.date(), will.timetz())
    length = wanted.duration if wanted.duration != shown.duration else first.duration
    return Interval(start, start + length)


def _with_dates(
    old: ActivityPlan, new: ActivityPlan, names: Mapping[datetime, datetime], *, touched: Collection[str]
) -> tuple[ActivityPlan, tuple[LostDate, ...]]:
    """The plan with the dates that nobody edited under the names their occurrences have now, and those without one."""
    lost: list[LostDate] = []
    values: dict[str, Any] = {}
    if "excluded_dates" not in touched or new.excluded_dates == old.excluded_dates:
        values["excluded_dates"] = tuple(names[each] for each in old.excluded_dates if each in names)
        lost += [LostDate(kind="excluded", start=each) for each in old.excluded_dates if each not in names]
    if "skipped_dates" not in touched:
        kept = (each for each in old.skipped_dates if each.start in names)
        values["skipped_dates"] = tuple(replace(each, start=names[each.start]) for each in kept)
        lost += [LostDate(kind="skipped", start=each.start) for each in old.skipped_dates if each.start not in names]
    return normalise(replace(new, **values)), tuple(lost)


def _follow_clock(start: datetime, was: Any, will: Any) -> datetime:  # noqa: ANN401 -- times of day
    """An extra date at the series' usual time keeps to it; one with hours of its own keeps those."""
    local = start.astimezone(LOCAL_ZONE)
    return datetime.combine(local.date(), will) if local.timetz() == was else local
