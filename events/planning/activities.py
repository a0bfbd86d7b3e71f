"""The verbs that change activities; each is one transaction and one step that can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotAllowed, StalePlan
from core.text import inner_quotes
from events.expansion import Override
from events.models import Activity, Status
from events.planning.checking import check_drafts
from events.planning.checks import check_fields, check_plans, check_rights
from events.planning.commands import StepLabel
from events.planning.drafting import Draft, draft
from events.planning.locks import load_activities
from events.planning.numbering import number_plans
from events.planning.snapshots import changes_since, plan_of
from events.planning.turns import in_one_transaction
from events.planning.writing import lock_plan, write_drafts
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


@in_one_transaction
def save_activities(
    *,
    plans: Sequence[ActivityPlan],
    changes: Sequence[ActivityChange],
    by: User | None,
    step: StepLabel | None = None,
) -> tuple[list[Activity], list[Activity]]:
    """Store new and changed activities in one transaction and one step, checked against each other too.

    A new plan with an empty code is given the next one of its kind. An activity whose plan is what is stored is left
    as it is. `step` names the step where the usual words do not fit.

    Returns the new ones and the changed ones, each in the order given. Raises as
    `plan_activities` and `change_activities` do; nothing is written then.
    """
    campaigns = {plan.campaign_id for plan in (*plans, *(change.plan for change in changes))}
    stored = lock_plan(uids=[change.uid for change in changes], campaign_ids=campaigns)
    plans = number_plans(plans)
    check_fields([*plans, *(change.plan for change in changes)])
    for plan in plans:
        check_may(by, plan)
    drafts = [draft(plan) for plan in plans]
    drafts += [_draft_change(stored, change, by) for change in changes]
    written, _steps = write_drafts(drafts, label=step or usual_label(drafts), by=by)
    return written[: len(plans)], written[len(plans) :]


@in_one_transaction
def change_occurrence(*, change: OccurrenceChange, by: User | None) -> Activity:
    """Move or cancel one occurrence of an activity.

    Raises ValidationError where the activity has no such occurrence, else as
    `change_activity`.
    """
    activity = current(lock_plan(uids=[change.key.uid]), change.key.uid, change.version)
    plan = plan_of(activity)
    check_may(by, plan)
    whole = draft(plan, activity=activity)
    slot = next((s for s in whole.slots if s.recurrence_id == change.key.recurrence_id), None)
    if slot is None:
        raise ValidationError(_("This activity has no occurrence at that time; reload the page."))
    known = whole.overrides.get(slot.recurrence_id) or Override(interval=slot.interval)
    override = replace(
        known,
        interval=change.interval or slot.interval,
        is_cancelled=change.interval is None,
        reason=change.reason,
    )
    overrides = {**whole.overrides, slot.recurrence_id: override}
    changed = draft(plan, activity=activity, overrides=overrides)
    cancels = change.interval is None
    words = _("One occurrence of “%(title)s” cancelled") if cancels else _("One occurrence of “%(title)s” moved")
    label = StepLabel(verb="cancel one" if cancels else "move one", label=words % {"title": inner_quotes(plan.title)})
    return write_drafts([changed], label=label, by=by)[0][0]


@in_one_transaction
def set_status(*, uid: str, version: int, status: str, reason: str, by: User | None) -> Activity:
    """Confirm, postpone, suspend, cancel … an activity; an approver may do this too.

    A held status books again what the activity takes, so PlanRejected is possible.
    """
    activity = current(lock_plan(uids=[uid]), uid, version)
    viewer = viewer_of(by)
    plan = plan_of(activity)
    if by is not None and not viewer.may_approve_in((plan.area_id,)):
        raise NotAllowed(_("You may not change the status of activities in this area."))
    changed = replace(plan, status=status, status_reason=reason)
    check_fields([changed])
    prepared = draft(changed, activity=activity)
    told = _("“%(title)s”: %(status)s") % {"title": inner_quotes(plan.title), "status": Status(status).label}
    return write_drafts([prepared], label=StepLabel(verb=f"status: {status}", label=told), by=by)[0][0]


def find_conflicts(*, plan: ActivityPlan, uid: str | None = None) -> list[Conflict]:
    """What would stand in the plan's way, as if it were held; writes nothing.

    `uid` names the stored activity the plan would replace. ValidationError as on saving.
    """
    activity = None if uid is None else load_activities([uid]).get(uid)
    held = plan if plan.status != Status.DRAFT else replace(plan, status=Status.TENTATIVE)
    (held,) = number_plans([held])
    check_plans([replace(held, uid=uid)])
    return check_drafts([draft(held, activity=activity)])


def check_may(by: User | None, plan: ActivityPlan) -> None:
    """NotAllowed unless the person may plan this; the system (None) may."""
    if by is not None:
        check_rights(viewer_of(by), plan)


def current(stored: Mapping[str, Activity], uid: str, version: int) -> Activity:
    """The locked activity; StalePlan unless the editor saw its present version, ValidationError when it is gone."""
    activity = stored.get(uid)
    if activity is None or activity.is_deleted:
        raise ValidationError(_("This activity no longer exists."))
    check_version(activity, version)
    return activity


def check_version(activity: Activity, version: int) -> None:
    """StalePlan, field by field, unless that is the activity's present version."""
    if activity.version != version:
        raise StalePlan(activity.version, changes_since(activity, version))


def usual_label(drafts: Sequence[Draft]) -> StepLabel:
    """What a step is called that makes and changes activities."""
    is_new = all(each.activity is None for each in drafts)
    verb = "plan" if is_new else "change"
    if len(drafts) == 1:
        words = _("“%(title)s” planned") if is_new else _("“%(title)s” changed")
        return StepLabel(verb=verb, label=words % {"title": inner_quotes(drafts[0].plan.title)})
    words = (
        ngettext("%(count)d activity planned", "%(count)d activities planned", len(drafts))
        if is_new
        else ngettext("%(count)d activity changed", "%(count)d activities changed", len(drafts))
    )
    return StepLabel(verb=verb, label=words % {"count": len(drafts)})


def _draft_change(stored: Mapping[str, Activity], change: ActivityChange, by: User | None) -> Draft:
    activity = current(stored, change.uid, change.version)
    check_may(by, plan_of(activity))
    check_may(by, change.plan)
    return draft(change.plan, activity=activity)
