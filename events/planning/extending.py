"""Series without end, laid out further as time goes by: rows of new days, and no other row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone

from core.intervals import LOCAL_ZONE
from events.expansion import MAX_OCCURRENCES
from events.models import Activity
from events.planning.checking import check_drafts
from events.planning.drafting import Draft, draft
from events.planning.horizon import horizon_on
from events.planning.locks import lock_resources
from events.planning.skipping import skip_clashing
from events.planning.states import state_of
from events.planning.turns import in_one_transaction
from events.planning.updating import update_activities
from events.planning.writing import lock_plan
from units.marks import mark_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.conflicts import Conflict


def extend_horizons(*, today: date) -> int:
    """Lay out every living series without end to the horizon of `today`, each in a transaction; return how many grew.

    Only rows of new days are added. A new day that clashes is kept as a skipped date with its reason; a series that
    would pass its largest number of occurrences stays as far as it is. It is no step of the plan: nothing to undo.
    """
    return sum(_extend(uid, today=today) for uid in _waiting(today))


def _waiting(today: date) -> list[str]:
    """The UIDs of series that end before their horizon of today."""
    ahead = horizon_on(today, ends_on=None)
    rows = Activity.objects.filter(horizon__isnull=False, is_deleted=False)
    short = Q(horizon__lt=ahead) | Q(horizon__lt=F("campaign__ends_on"))
    return list(rows.filter(short).order_by("id").values_list("uid", flat=True))


@in_one_transaction
def _extend(uid: str, *, today: date) -> bool:
    activity = lock_plan(uids=[uid]).get(uid)
    if activity is None or activity.is_deleted or activity.horizon is None:
        return False
    reached = activity.horizon
    horizon = max(reached, horizon_on(today, ends_on=activity.campaign.ends_on))
    try:
        grown = _without_clashes(activity, horizon, reached=reached)
    except ValidationError:  # over MAX_OCCURRENCES: the planner is told when the series is next edited
        return False
    is_told = grown.plan.lunar is not None or grown.before != grown.state
    update_activities([grown], raises={uid} if is_told else (), now=timezone.now())
    mark_change(is_wide=False)
    return True


def _without_clashes(activity: Activity, horizon: date, *, reached: date) -> Draft:
    """The series to its new horizon, clashing new days skipped; days laid out before are left as they are."""
    state = state_of(activity)
    grown = draft(state.plan, activity=activity, overrides=state.overrides, horizon=horizon)
    lock_resources(grown.resource_ids)
    for _attempt in range(MAX_OCCURRENCES):
        clashes = list(_new_clashes(check_drafts([grown]), uid=activity.uid, reached=reached))
        if not clashes:
            break
        plan = skip_clashing(grown.plan, clashes, uid=activity.uid)
        grown = draft(plan, activity=activity, overrides=state.overrides, horizon=horizon)
    return grown


def _new_clashes(conflicts: Iterable[Conflict], *, uid: str, reached: date) -> Iterable[Conflict]:
    """Blocking conflicts of days that were not laid out before."""
    for conflict in conflicts:
        interval = conflict.interval
        is_new = interval is not None and interval.start.astimezone(LOCAL_ZONE).date() > reached
        if conflict.is_blocking and is_new and any(subject.startswith(f"{uid}~") for subject in conflict.subjects):
            yield replace(conflict, subjects=tuple(each for each in conflict.subjects if each.startswith(f"{uid}~")))
