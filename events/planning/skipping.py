"""Single dates of a series: skipped because of a clash, added back, and cancelled occurrences held again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.keys import OccurrenceKey
from core.text import inner_quotes
from core.vietnamese import format_date
from events.expansion import rule_starts
from events.planning.commands import SkippedDate
from events.planning.horizon import bounds_for
from events.planning.locks import load_activities
from events.planning.rekeying import local_day
from events.planning.snapshots import normalise
from events.planning.states import state_of, tidy_state
from events.planning.steps import apply_states
from events.planning.turns import in_one_transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.conflicts import Conflict
    from events.models import Activity
    from events.planning.commands import ActivityPlan
    from events.planning.states import ActivityState
    from units.models import User

LONGEST_REASON = 300


def skip_clashing(plan: ActivityPlan, conflicts: Iterable[Conflict], *, uid: str | None = None) -> ActivityPlan:
    """The plan without the dates that blocking conflicts stand on, each kept as skipped with the clash's sentence.

    `uid` names the activity where conflicts told of others too. Conflicts that name no occurrence change nothing.
    """
    reasons: dict[datetime, str] = {}
    for conflict in conflicts:
        if conflict.is_blocking:
            for start in _starts(conflict, uid or plan.uid):
                reasons.setdefault(start, conflict.message[:LONGEST_REASON])
    skipped = tuple(SkippedDate(start=start, reason=reason) for start, reason in reasons.items())
    return normalise(replace(plan, skipped_dates=(*plan.skipped_dates, *skipped)))


def _starts(conflict: Conflict, uid: str | None) -> list[datetime]:
    """The plan's own occurrences in a conflict: its subjects come first, the holder's last."""
    keys = [OccurrenceKey.parse(subject) for subject in conflict.subjects if "~" in subject]
    if uid is None:
        return [key.recurrence_id for key in keys[:1]]
    return [key.recurrence_id for key in keys if key.uid == uid]


@in_one_transaction
def readd_date(*, uid: str, start: datetime, seen: int, by: User | None) -> Activity:
    """Take a skipped date of a series up again, in one step.

    PlanRejected names who still has the place; ValidationError where that date is not skipped; StalePlan, NotAllowed.
    """
    activity = load_activities([uid]).get(uid)
    state = None if activity is None else state_of(activity)
    if activity is None or state is None or start not in {skip.start for skip in state.plan.skipped_dates}:
        raise ValidationError(_("That date is not skipped any more; reload the page."))
    plan = state.plan
    bounds = bounds_for(plan, activity)
    added = replace(plan, skipped_dates=tuple(skip for skip in plan.skipped_dates if skip.start != start))
    if start not in rule_starts(plan.interval.start, plan.recurrence or plan.lunar, bounds=bounds):
        added = replace(added, extra_dates=(*plan.extra_dates, start))
    label = _("%(day)s of “%(title)s” added back") % {
        "day": format_date(local_day(start)),
        "title": inner_quotes(plan.title),
    }
    return _apply(uid, replace(state, plan=normalise(added)), seen=seen, by=by, verb="add back", label=label)


@in_one_transaction
def restore_occurrence(*, uid: str, start: datetime, seen: int, by: User | None) -> Activity:
    """Hold a cancelled occurrence again, at the time and with all else it had, in one step.

    PlanRejected names who has its place now; ValidationError where it is not cancelled; StalePlan, NotAllowed.
    """
    activity = load_activities([uid]).get(uid)
    state = None if activity is None else state_of(activity)
    override = None if state is None else state.overrides.get(start)
    if state is None or override is None or not override.is_cancelled:
        raise ValidationError(_("That occurrence is not cancelled any more; reload the page."))
    overrides = {**state.overrides, start: replace(override, is_cancelled=False, reason="")}
    label = _("Occurrence on %(day)s of “%(title)s” restored") % {
        "day": format_date(local_day(start)),
        "title": inner_quotes(state.plan.title),
    }
    wanted = tidy_state(replace(state, overrides=overrides))
    return _apply(uid, wanted, seen=seen, by=by, verb="restore one", label=label)


def _apply(uid: str, state: ActivityState, *, seen: int, by: User | None, verb: str, label: str) -> Activity:
    return apply_states(wanted={uid: state}, expected_versions={uid: seen}, by=by, verb=verb, label=label)[0]
