"""Previewing and applying an edit of one occurrence, of it and those that follow, or of the whole series."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import inner_quotes
from events.models import Activity, Status
from events.planning.activities import check_version
from events.planning.checking import check_drafts
from events.planning.checks import check_fields
from events.planning.drafting import Draft, draft
from events.planning.horizon import bounds_for
from events.planning.locks import load_activities
from events.planning.numbering import number_plans
from events.planning.scoping import (
    Edited,
    EditScope,
    LostDate,
    Series,
    changed_fields,
    edit_series,
    plan_at,
    plan_of_slot,
)
from events.planning.state_text import FieldChange, field_changes, read_states
from events.planning.states import ActivityState, state_of
from events.planning.steps import apply_states
from events.planning.turns import in_one_transaction
from events.planning.writing import is_material

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.conflicts import Conflict
    from core.intervals import Interval
    from events.expansion import Slot
    from events.planning.commands import ActivityPlan
    from units.models import User

IGNORED = frozenset({"code", "recurrence", "lunar", "extra_dates", "excluded_dates", "skipped_dates"})
__all__ = [
    "EditPreview",
    "EditScope",
    "LostDate",
    "OccurrenceDiff",
    "apply_edit",
    "changed_fields",
    "plan_at",
    "preview_edit",
    "series_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceDiff:
    """One occurrence before and after: "added", "removed", "moved", "changed" (all but its time) or "kept"."""

    kind: str
    before: Interval | None
    after: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPreview:
    """What an edit would do. `scope` is the one that really applies: a series of one has no "this"."""

    scope: EditScope
    fields: tuple[FieldChange, ...]
    occurrences: tuple[OccurrenceDiff, ...]
    lost_exceptions: tuple[LostDate, ...]
    new_activity: bool
    conflicts: tuple[Conflict, ...]
    sequence_rises: bool


def series_of(activity: Activity) -> Series:
    """A stored activity as an edit looks at it."""
    state = state_of(activity)
    return Series(uid=activity.uid, state=state, bounds=bounds_for(state.plan, activity))


def preview_edit(
    *, uid: str, seen: int, scope: EditScope, recurrence_id: datetime | None, plan: ActivityPlan
) -> EditPreview:
    """Say what `apply_edit` would do; writes nothing and looks at no rights.

    `plan` is `plan_at` of that occurrence with what the person edited; `recurrence_id` None edits the series itself.
    Conflicts are those of the activity as if it were held. ValidationError and StalePlan as on saving.
    """
    activity, series = _load(uid, seen)
    edited = _edit(series, plan, scope=scope, recurrence_id=recurrence_id)
    drafts = _drafts(edited, activity)
    kept = next(each for each in drafts if each.activity is not None)
    shown = None if edited.scope is EditScope.ALL else plan_at(series, recurrence_id)
    return EditPreview(
        scope=edited.scope,
        fields=_fields(edited, series, plan=plan, shown=shown),
        occurrences=tuple(sorted(_diffs(series, edited, drafts), key=_when)),
        lost_exceptions=edited.lost,
        new_activity=len(edited.wanted) > 1,
        conflicts=tuple(check_drafts([_held(each) for each in drafts])),
        sequence_rises=is_material(kept),
    )


@in_one_transaction
def apply_edit(
    *, uid: str, seen: int, scope: EditScope, recurrence_id: datetime | None, plan: ActivityPlan, by: User | None
) -> list[Activity]:
    """Store the edit in one step and return the activities it concerns, the edited one first.

    StalePlan where somebody saved meanwhile, NotAllowed, ValidationError or PlanRejected; nothing is written then.
    """
    _activity, series = _load(uid, seen)
    edited = _edit(series, plan, scope=scope, recurrence_id=recurrence_id)
    words = {
        EditScope.THIS: _("One occurrence of “%(title)s” changed"),
        EditScope.FOLLOWING: _("“%(title)s” changed from one occurrence on"),
        EditScope.ALL: _("“%(title)s” changed"),
    }
    label = words[edited.scope] % {"title": inner_quotes(series.state.plan.title)}
    return apply_states(
        wanted=edited.wanted, expected_versions={uid: seen}, by=by, verb=f"change {edited.scope.value}", label=label
    )


def _load(uid: str, seen: int) -> tuple[Activity, Series]:
    activity = load_activities([uid]).get(uid)
    if activity is None or activity.is_deleted:
        raise ValidationError(_("This activity no longer exists."))
    check_version(activity, seen)
    return activity, series_of(activity)


def _edit(series: Series, plan: ActivityPlan, *, scope: EditScope, recurrence_id: datetime | None) -> Edited:
    check_fields([plan])
    try:
        return edit_series(series, plan, scope=scope, recurrence_id=recurrence_id)
    except ValueError as error:
        raise ValidationError(f"{plan.code}: {error}") from error


def _drafts(edited: Edited, activity: Activity) -> list[Draft]:
    plans = [replace(state.plan, uid=uid) for uid, state in edited.wanted.items()]
    return [
        draft(plan, activity=activity if uid == activity.uid else None, overrides=state.overrides)
        for (uid, state), plan in zip(edited.wanted.items(), number_plans(plans), strict=True)
    ]


def _fields(
    edited: Edited, series: Series, *, plan: ActivityPlan, shown: ActivityPlan | None
) -> tuple[FieldChange, ...]:
    """Field by field: of the series where it changes as a whole, else of the occurrence that was edited."""
    if shown is None:
        states = [series.state, edited.wanted[series.uid]]
    else:
        states = [ActivityState(plan=shown), ActivityState(plan=plan)]
    before, after = read_states(states)
    return field_changes(before, after)


def _held(each: Draft) -> Draft:
    """The draft as if it were held, so that a draft's conflicts show too."""
    if each.plan.status != Status.DRAFT:
        return each
    return replace(each, plan=replace(each.plan, status=Status.TENTATIVE))


def _diffs(series: Series, edited: Edited, drafts: list[Draft]) -> Iterator[OccurrenceDiff]:
    after: dict[tuple[str, datetime], tuple[Draft, Slot]] = {
        (each.uid, slot.recurrence_id): (each, slot) for each in drafts for slot in each.slots
    }
    for slot in series.slots:
        name = edited.names.get(slot.recurrence_id)
        found = None if name is None else after.pop(name, None)
        if found is None:
            yield OccurrenceDiff(kind="removed", before=slot.interval, after=None)
        else:
            yield _diff(slot, *found, shown=plan_of_slot(series.state, slot))
    for _draft, slot in after.values():
        yield OccurrenceDiff(kind="added", before=None, after=slot.interval)


def _diff(old: Slot, each: Draft, new: Slot, *, shown: ActivityPlan) -> OccurrenceDiff:
    if old.interval != new.interval:
        kind = "moved"
    else:
        kind = "changed" if changed_fields(shown, plan_of_slot(each.state, new)).keys() - IGNORED else "kept"
    return OccurrenceDiff(kind=kind, before=old.interval, after=new.interval)


def _when(diff: OccurrenceDiff) -> datetime:
    interval = diff.before or diff.after
    if interval is None:
        raise ValueError("An occurrence is there before or after.")
    return interval.start
