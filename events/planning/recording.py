"""What was done, kept so that it can be undone: one step a campaign, with the states before and after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.models import PlanStep, StepChange
from events.planning.states import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from events.models import Activity
    from events.planning.commands import StepLabel
    from events.planning.states import ActivityState
    from units.models import User

LONGEST_LABEL = 300
SYSTEM = "Pano"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One activity as it was (None: it did not exist) and as it is now."""

    activity: Activity
    before: ActivityState | None
    after: ActivityState


def record_step(
    written: Sequence[Written], *, label: StepLabel, by: User | None, now: datetime, is_step: bool
) -> list[PlanStep]:
    """Keep what was written, one step a campaign; the caller has locked these.

    A new step drops for good what was undone before it. What is no step (an undo, a redo) is kept dropped from the
    start: the versions it made can be restored, but it is not itself undone.
    """
    by_campaign: defaultdict[int, list[Written]] = defaultdict(list)
    for each in written:
        by_campaign[each.activity.campaign_id].append(each)
    if is_step:
        undone = PlanStep.objects.filter(campaign__in=list(by_campaign), undone_at__isnull=False, is_dropped=False)
        undone.update(is_dropped=True)
    steps = []
    for campaign_id in sorted(by_campaign):
        step = PlanStep.objects.create(
            campaign_id=campaign_id,
            number=_next_number(campaign_id),
            verb=label.verb,
            label=label.label[:LONGEST_LABEL],
            by=by,
            by_label=SYSTEM if by is None else str(by),
            at=now,
            is_dropped=not is_step,
        )
        StepChange.objects.bulk_create(_change(step, each) for each in by_campaign[campaign_id])
        steps.append(step)
    return steps


def _next_number(campaign_id: int) -> int:
    rows = PlanStep.objects.filter(campaign_id=campaign_id).order_by("-number")
    return (rows.values_list("number", flat=True).first() or 0) + 1


def _change(step: PlanStep, each: Written) -> StepChange:
    return StepChange(
        step=step,
        activity=each.activity,
        version=each.activity.version,
        before=None if each.before is None else to_json(each.before),
        after=to_json(each.after),
    )
