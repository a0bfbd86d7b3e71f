"""Draft plans: branches of a campaign that book nothing and feed nothing until they are released.

A branch holds only the activities that differ from the released plan, each with the version it started from, so that a
change of the released plan in between is noticed and told before anything is overwritten.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed, StalePlan
from core.text import inner_quotes
from events.models import Activity, BranchActivity, BranchStatus, Campaign, PlanBranch, PlanStep
from events.planning.checks import check_plans, check_rights
from events.planning.drafting import draft, rekeyed_overrides
from events.planning.horizon import bounds_for
from events.planning.locks import lock_activities, lock_campaigns
from events.planning.numbering import number_plans
from events.planning.snapshots import changes_since, plan_of
from events.planning.states import ActivityState, from_json, to_json
from events.planning.steps import apply_states
from units.audit import record_change
from units.permissions import viewer_of

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from events.planning.commands import ActivityPlan
    from units.models import User

LONGEST_NAME = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchChange:
    """One activity as an editor wants it in a draft plan.

    `uid` None makes a new activity, `state` None drops one. `base_version` is the released version that the editor
    started from (0: there is none), `seen_at` when the draft plan's own version of it was last changed as the editor
    saw it (None: it had none).
    """

    branch_id: int
    uid: str | None
    state: ActivityState | None
    base_version: int = 0
    seen_at: datetime | None = None


def changed_state(before: ActivityState | None, plan: ActivityPlan) -> ActivityState:
    """What an edited plan makes of an activity: its exceptions follow the series.

    ValidationError where the rule does not fit.
    """
    if before is None:
        return ActivityState(plan=plan)
    try:
        overrides = rekeyed_overrides(before, plan, bounds=bounds_for(plan))
    except ValueError as error:
        raise ValidationError(str(error)) from error
    return ActivityState(plan=plan, overrides=overrides)


@transaction.atomic
def open_branch(*, campaign_id: int, name: str, note: str = "", by: User | None) -> PlanBranch:
    """Begin a draft plan of a campaign; it differs in nothing yet.

    NotAllowed unless `by` plans at all; ValidationError where the name is empty, too long or taken.
    """
    _check_planner(by)
    lock_campaigns({campaign_id})
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError(_("A draft plan needs a name of at most 160 characters."))
    if not Campaign.objects.filter(pk=campaign_id).exists():
        raise ValidationError(_("This campaign no longer exists."))
    if PlanBranch.objects.filter(campaign_id=campaign_id, name=name).exists():
        raise ValidationError(_("This campaign already has a draft plan of that name; choose another name."))
    branch = PlanBranch.objects.create(
        campaign_id=campaign_id, name=name, note=note.strip(), created_by=by, created_at=timezone.now()
    )
    record_change(by=by, verb="open draft plan", subject=branch, before=None, after=_snapshot(branch))
    return branch


@transaction.atomic
def put_in_branch(*, change: BranchChange, by: User | None) -> BranchActivity:
    """Store an activity as the draft plan wants it; the released plan stays as it is.

    A new activity gets its UID at once, its code on release where none is given. Raises NotAllowed outside one's areas,
    StalePlan where somebody else changed it in the draft plan or in the released one since, ValidationError where the
    plan itself has faults.
    """
    branch = _lock_open(change.branch_id)
    uid = change.uid or str(uuid.uuid4())
    row = branch.activities.filter(uid=uid).first()
    released = lock_activities((uid,)).get(uid)
    _check_seen(change, row, released)
    for plan in _plans_concerned(row, released):
        _check_may(by, plan)
    if change.state is not None:
        _check_plan(branch, replace(change.state.plan, uid=uid), by)
    before = None if row is None else row.state
    row = row or BranchActivity(branch=branch, uid=uid)
    row.base_version = 0 if released is None else released.version
    row.state = None if change.state is None else to_json(_named(change.state, uid))
    row.changed_by, row.changed_at = by, timezone.now()
    row.save()
    verb = "drop in draft plan" if change.state is None else "change draft plan"
    _note(branch, verb, by=by, changes={uid: (before, row.state)})
    return row


def drop_in_branch(*, change: BranchChange, by: User | None) -> None:
    """Leave an activity out of the draft plan; one that the released plan does not have is forgotten."""
    if change.uid is not None and not change.base_version:
        take_out(branch_id=change.branch_id, uid=change.uid, by=by)
        return
    put_in_branch(change=replace(change, state=None), by=by)


@transaction.atomic
def take_out(*, branch_id: int, uid: str, by: User | None) -> None:
    """Forget what the draft plan says of an activity: it is again as the released plan has it, or not at all."""
    branch = _lock_open(branch_id)
    row = _row(branch, uid)
    for plan in _plans_concerned(row, lock_activities((uid,)).get(uid)):
        _check_may(by, plan)
    before = row.state
    row.delete()
    _note(branch, "take out of draft plan", by=by, changes={uid: (before, None)})


@transaction.atomic
def keep_draft(*, branch_id: int, uid: str, seen_version: int, by: User | None) -> None:
    """Keep the draft plan's version of an activity though the released one is now at `seen_version`.

    The editor has seen what that version says; releasing then replaces it. A later one is told again.
    """
    branch = _lock_open(branch_id)
    row = _row(branch, uid)
    for plan in _plans_concerned(row, lock_activities((uid,)).get(uid)):
        _check_may(by, plan)
    row.base_version = seen_version
    row.save(update_fields=["base_version"])
    _note(branch, "keep draft", by=by, changes={uid: (row.state, row.state)})


@transaction.atomic
def discard_branch(*, branch_id: int, by: User | None) -> PlanBranch:
    """Close a draft plan without releasing it; what it said stays readable.

    NotAllowed unless `by` made it or may plan all that it changes.
    """
    branch = _lock_open(branch_id)
    if by is None or branch.created_by_id != by.pk:
        rows = list(branch.activities.all())
        stored = lock_activities(row.uid for row in rows)
        for row in rows:
            for plan in _plans_concerned(row, stored.get(row.uid)):
                _check_may(by, plan)
        _check_planner(by)
    return _close(branch, BranchStatus.DISCARDED, by)


@transaction.atomic
def release_branch(*, branch_id: int, seen: int, by: User | None) -> list[Activity]:
    """Make the draft plan the released one, whole: one transaction, one step that can be undone.

    StalePlan where the draft plan is no longer at version `seen`, or the released plan has changed what the draft plan
    changes; PlanRejected with every conflict; NotAllowed outside one's areas.
    """
    branch = _lock_open(branch_id)
    if branch.version != seen:
        raise StalePlan(branch.version, (_("Somebody changed this draft plan meanwhile; look at it again."),))
    rows = list(branch.activities.all())
    if not rows:
        raise ValidationError(_("This draft plan differs in nothing from the released plan."))
    _check_bases(rows)
    label = _("Draft plan “%(name)s” released") % {"name": inner_quotes(branch.name)}
    saved = apply_states(
        wanted={row.uid: None if row.state is None else from_json(row.state) for row in rows},
        expected_versions={row.uid: row.base_version for row in rows if row.base_version},
        by=by,
        verb="release",
        label=label[:300],
    )
    branch.step = PlanStep.objects.filter(campaign_id=branch.campaign_id).order_by("-number").first()
    _close(branch, BranchStatus.RELEASED, by)
    return saved


def _check_bases(rows: list[BranchActivity]) -> None:
    """StalePlan with every field that the released plan has changed under the draft plan."""
    stored = lock_activities(row.uid for row in rows)
    stale = [stored[row.uid] for row in rows if row.uid in stored and stored[row.uid].version != row.base_version]
    if stale:
        bases = {row.uid: row.base_version for row in rows}
        told = [f"{each}: {line}" for each in stale for line in changes_since(each, bases[each.uid])]
        raise StalePlan(max(each.version for each in stale), told or [str(each) for each in stale])


def _lock_open(branch_id: int) -> PlanBranch:
    """The draft plan, its campaign locked before it; ValidationError unless it is still being drafted."""
    found = PlanBranch.objects.filter(pk=branch_id).values_list("campaign_id", flat=True).first()
    if found is None:
        raise ValidationError(_("This draft plan no longer exists."))
    lock_campaigns({found})
    branch = PlanBranch.objects.select_for_update().get(pk=branch_id)
    if branch.status == BranchStatus.RELEASED:
        raise ValidationError(_("This draft plan has been released; open a new one."))
    if branch.status == BranchStatus.DISCARDED:
        raise ValidationError(_("This draft plan has been discarded; open a new one."))
    return branch


def _row(branch: PlanBranch, uid: str) -> BranchActivity:
    row = branch.activities.filter(uid=uid).first()
    if row is None:
        raise ValidationError(_("The draft plan says nothing of this activity; reload the page."))
    return row


def _check_seen(change: BranchChange, row: BranchActivity | None, released: Activity | None) -> None:
    """StalePlan unless the editor saw the present version, in the draft plan and in the released one."""
    if (None if row is None else row.changed_at) != change.seen_at:
        raise StalePlan(change.base_version, (_("Somebody changed this activity in the draft plan meanwhile."),))
    version = 0 if released is None else released.version
    if version != change.base_version:
        told = () if released is None else changes_since(released, change.base_version)
        raise StalePlan(version, told)


def _plans_concerned(row: BranchActivity | None, released: Activity | None) -> list[ActivityPlan]:
    """The activity as the draft plan has it and as the released plan has it, as far as they do."""
    plans = [] if row is None or row.state is None else [from_json(row.state).plan]
    return plans if released is None else [*plans, plan_of(released)]


def _check_plan(branch: PlanBranch, plan: ActivityPlan, by: User | None) -> None:
    """Rights, faults of the plan itself, its campaign, and its code among the draft plan's other activities."""
    _check_may(by, plan)
    if plan.campaign_id != branch.campaign_id:
        raise ValidationError(_("A draft plan holds activities of its own campaign only."))
    check_plans(number_plans([plan]))
    draft(plan)
    others = [row.state for row in branch.activities.exclude(uid=plan.uid) if row.state is not None]
    if plan.code and any(from_json(state).plan.code == plan.code for state in others):
        fault = _("This draft plan already has an activity with the code %(code)s.") % {"code": plan.code}
        raise ValidationError(fault)


def _named(state: ActivityState, uid: str) -> ActivityState:
    return replace(state, plan=replace(state.plan, uid=uid))


def _check_may(by: User | None, plan: ActivityPlan) -> None:
    if by is not None:
        check_rights(viewer_of(by), plan)


def _check_planner(by: User | None) -> None:
    if by is not None and not viewer_of(by).is_planner:
        raise NotAllowed(_("Only planners may make draft plans."))


def _note(branch: PlanBranch, verb: str, *, by: User | None, changes: dict[str, tuple[Any, Any]]) -> None:
    """Count the change of the draft plan and write it into the audit trail."""
    branch.version += 1
    branch.save(update_fields=["version"])
    before = {uid: pair[0] for uid, pair in changes.items()}
    after = {uid: pair[1] for uid, pair in changes.items()}
    record_change(by=by, verb=verb, subject=branch, before=before, after=after)


def _close(branch: PlanBranch, status: BranchStatus, by: User | None) -> PlanBranch:
    before = _snapshot(branch)
    branch.status, branch.closed_at = status, timezone.now()
    branch.version += 1
    branch.save()
    verb = "release draft plan" if status == BranchStatus.RELEASED else "discard draft plan"
    record_change(by=by, verb=verb, subject=branch, before=before, after=_snapshot(branch))
    return branch


def _snapshot(branch: PlanBranch) -> dict[str, Any]:
    return {"name": branch.name, "note": branch.note, "status": branch.status, "version": branch.version}
