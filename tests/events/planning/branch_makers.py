"""Draft plans for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from events.models import BranchActivity, PlanBranch
from events.planning.branches import BranchChange, open_branch, put_in_branch
from events.planning.states import ActivityState, state_of

if TYPE_CHECKING:
    from events.models import Activity, Campaign
    from events.planning import ActivityPlan
    from units.models import User


def make_branch(campaign: Campaign, name: str = "Phương án 2", *, by: User | None = None) -> PlanBranch:
    """An open draft plan that differs in nothing."""
    return open_branch(campaign_id=campaign.pk, name=name, by=by)


def draft_new(branch: PlanBranch, plan: ActivityPlan, *, by: User | None = None) -> BranchActivity:
    """A new activity in the draft plan."""
    change = BranchChange(branch_id=branch.pk, uid=None, state=ActivityState(plan=plan))
    return put_in_branch(change=change, by=by)


def draft_change(branch: PlanBranch, activity: Activity, *, by: User | None = None, **fields: Any) -> BranchActivity:
    """The activity in the draft plan with other fields; taken up from the released plan or changed again."""
    state = state_of(activity)
    return put_in_branch(change=seen(branch, activity, replace(state, plan=replace(state.plan, **fields))), by=by)


def seen(branch: PlanBranch, activity: Activity, state: ActivityState | None) -> BranchChange:
    """The command of an editor who has just loaded the activity."""
    row = branch.activities.filter(uid=activity.uid).first()
    return BranchChange(
        branch_id=branch.pk,
        uid=activity.uid,
        state=state,
        base_version=activity.version,
        seen_at=None if row is None else row.changed_at,
    )
