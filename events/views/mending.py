"""What pages show and do about repairs: looked for beside conflicts, and stored instead of what a form says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from events.planning.repairs import check_with_repairs, propose_all
from events.planning.states import state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from core.conflicts import Conflict
    from events.models import Activity
    from events.planning.commands import ActivityPlan
    from events.planning.repairs import Repairs
    from events.views.attempts import Attempt

PREFIX: Final = "repair:"


def repairs_of(activity: Activity, conflicts: Sequence[Conflict]) -> Repairs:
    """Return what would mend the first conflicts of a stored activity, by fingerprint."""
    today = timezone.localdate()
    return propose_all(conflicts, state=state_of(activity), uid=activity.uid, today=today, activity=activity)


def with_repairs(attempt: Attempt, plan: ActivityPlan, activity: Activity | None) -> Attempt:
    """Return the attempt with repairs of its conflicts: those of the plan in the form, as if it were held."""
    if not attempt.conflicts:
        return attempt
    uid = None if activity is None else activity.uid
    conflicts, repairs = check_with_repairs(plan, uid=uid, activity=activity)
    return replace(attempt, conflicts=tuple(conflicts), repairs=repairs)


def asked_repair(request: HttpRequest) -> str | None:
    """Return the key of the repair whose button sent the form, if one did."""
    action = request.POST.get("action", "")
    return action.removeprefix(PREFIX) if action.startswith(PREFIX) else None
