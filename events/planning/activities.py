"""The verbs that change activities; each is one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed, PlanRejected, StalePlan
from events.expansion import Override
from events.models import Activity, Status
from events.planning.checks import check_plans, check_rights
from events.planning.drafting import Draft, draft, find_clashes
from events.planning.locks import lock_activities, lock_campaigns, lock_resources
from events.planning.numbering import number_plans
from events.planning.snapshots import changes_since, plan_of, snapshot_of
from events.planning.storing import insert_activities, release_bookings, update_activity
from units.audit import record_change
from units.permissions import viewer_of
from venues.models import Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.conflicts import Conflict
    from events.planning.commands import ActivityChange, ActivityPlan, OccurrenceChange
    from units.models import User


def plan_activity(*, plan: ActivityPlan, by: User | None) -> Activity:
    """Store one new activity; see `plan_activities`."""
    return plan_activities(plans=(plan,), by=by)[0]


def plan_activities(*, plans: Sequence[ActivityPlan], by: User | None) -> list[Activity]:
    """Store new activities, all or none.

    Raises NotAllowed (a plan outside the user's areas), ValidationError (faults of the
    plans themselves) or PlanRejected (every conflict named). `by` None is the system.
    """
    made, _changed = save_activities(plans=plans, changes=(), by=by)
    return made


def change_activity(*, change: ActivityChange, by: User | None) -> Activity:
    """Store one changed activity; see `change_activities`."""
    return change_activities(changes=(change,), by=by)[0]


def change_activities(*, changes: Sequence[ActivityChange], by: User | None) -> list[Activity]:
    """Store changed activities, all or none; StalePlan where someone saved meanwhile."""
    _made, changed = save_activities(plans=(), changes=changes, by=by)
    return changed


@transaction.atomic
def save_activities(
    *, plans: Sequence[ActivityPlan], changes: Sequence[ActivityChange], by: User | None
) -> tuple[list[Activity], list[Activity]]:
    """Store new and changed activities in one transaction, checked against each other too.

    A new plan with an empty code is given the next one of its kind.

    Returns the new ones and the changed ones, each in the order given. Raises as
    `plan_activities` and `change_activities` do; nothing is written then.
    """
    lock_campaigns({plan.campaign_id for plan in (*plans, *(change.plan for change in changes))})
    stored = lock_activities(change.uid for change in changes)
    plans = number_plans(plans)
    check_plans([*plans, *(replace(change.plan, uid=change.uid) for change in changes)])
    for plan in plans:
        _check_may(by, plan)
    drafts = [draft(plan) for plan in plans]
    drafts += [_draft_change(stored, change, by) for change in changes]
    _reject_clashes(drafts)
    release_bookings(drafts)
    made = _insert([each for each in drafts if each.activity is None], by)
    changed = [_update(each, by) for each in drafts if each.activity is not None]
    return made, changed


@transaction.atomic
def change_occurrence(*, change: OccurrenceChange, by: User | None) -> Activity:
    """Move or cancel one occurrence of an activity.

    Raises ValidationError where the activity has no such occurrence, else as
    `change_activity`.
    """
    activity = _current(lock_activities((change.key.uid,)), change.key.uid, change.version)
    plan = plan_of(activity)
    _check_may(by, plan)
    whole = draft(plan, activity=activity)
    slot = next((s for s in whole.slots if s.recurrence_id == change.key.recurrence_id), None)
    if slot is None:
        raise ValidationError(_("This activity has no occurrence at that time; reload the page."))
    override = Override(
        interval=change.interval or slot.interval,
        title=slot.title,
        is_cancelled=change.interval is None,
        reason=change.reason,
    )
    overrides = {**whole.overrides, slot.recurrence_id: override}
    changed = draft(plan, activity=activity, overrides=overrides)
    _reject_clashes([changed])
    release_bookings([changed])
    return _update(changed, by, verb="cancel one" if change.interval is None else "move one")


@transaction.atomic
def set_status(*, uid: str, version: int, status: str, reason: str, by: User | None) -> Activity:
    """Confirm, postpone, suspend, cancel … an activity; an approver may do this too.

    A held status books again what the activity takes, so PlanRejected is possible.
    """
    activity = _current(lock_activities((uid,)), uid, version)
    viewer = viewer_of(by)
    plan = plan_of(activity)
    if by is not None and not viewer.may_approve_in((plan.area_id,)):
        raise NotAllowed(_("You may not change the status of activities in this area."))
    changed = replace(plan, status=status, status_reason=reason)
    check_plans([changed])
    prepared = draft(changed, activity=activity)
    _reject_clashes([prepared])
    release_bookings([prepared])
    return _update(prepared, by, verb=f"status: {status}")


def find_conflicts(*, plan: ActivityPlan, uid: str | None = None) -> list[Conflict]:
    """What would stand in the plan's way, as if it were held; writes nothing.

    `uid` names the stored activity the plan would replace. ValidationError as on saving.
    """
    activity = None if uid is None else Activity.objects.filter(uid=uid).first()
    held = plan if plan.status != Status.DRAFT else replace(plan, status=Status.TENTATIVE)
    (held,) = number_plans([held])
    check_plans([replace(held, uid=uid)])
    names = dict(Resource.objects.filter(id__in=plan.resource_ids).values_list("id", "name"))
    return find_clashes([draft(held, activity=activity)], names)


def _check_may(by: User | None, plan: ActivityPlan) -> None:
    if by is not None:
        check_rights(viewer_of(by), plan)


def _current(stored: dict[str, Activity], uid: str, version: int) -> Activity:
    """The locked activity; StalePlan unless the editor saw its present version."""
    activity = stored.get(uid)
    if activity is None:
        raise ValidationError(_("This activity no longer exists."))
    if activity.version != version:
        raise StalePlan(activity.version, changes_since(activity, version))
    return activity


def _draft_change(stored: dict[str, Activity], change: ActivityChange, by: User | None) -> Draft:
    activity = _current(stored, change.uid, change.version)
    _check_may(by, plan_of(activity))
    _check_may(by, change.plan)
    return draft(change.plan, activity=activity)


def _reject_clashes(drafts: Sequence[Draft]) -> None:
    """Lock what the drafts want, then look; PlanRejected with every conflict."""
    names = lock_resources(key for each in drafts for key in each.plan.resource_ids)
    conflicts = find_clashes(drafts, names)
    if any(conflict.is_blocking for conflict in conflicts):
        raise PlanRejected(conflicts)


def _insert(drafts: Sequence[Draft], by: User | None) -> list[Activity]:
    if not drafts:
        return []
    activities = insert_activities(drafts, by=by, now=timezone.now())
    stored = lock_activities(activity.uid for activity in activities)
    for activity in activities:
        after = snapshot_of(stored[activity.uid])
        record_change(by=by, verb="plan", subject=activity, before=None, after=after)
    return [stored[activity.uid] for activity in activities]


def _update(each: Draft, by: User | None, *, verb: str = "change") -> Activity:
    if each.activity is None:
        raise ValueError("Only a stored activity can be updated.")
    before = snapshot_of(each.activity)
    raises = _is_material(each)
    activity = update_activity(each, now=timezone.now(), raises_sequence=raises)
    fresh = lock_activities((activity.uid,))[activity.uid]
    record_change(by=by, verb=verb, subject=fresh, before=before, after=snapshot_of(fresh))
    return fresh


def _is_material(each: Draft) -> bool:
    """Whether date, time, place or status change (RFC 5545 section 3.8.7.4)."""
    if each.activity is None:
        return False
    old, new = plan_of(each.activity), each.plan
    names = ("interval", "all_day", "recurrence", "extra_dates", "excluded_dates", "status")
    if any(getattr(old, name) != getattr(new, name) for name in names):
        return True
    if (old.venue_ids, old.site_ids) != (new.venue_ids, new.site_ids):
        return True
    return draft(old, activity=each.activity).slots != each.slots
