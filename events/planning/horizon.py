"""How far a series without end is laid out in dated occurrences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from core.intervals import LOCAL_ZONE
from events.expansion import UNBOUNDED, Bounds, load_days_off
from events.models import Campaign

if TYPE_CHECKING:
    from events.models import Activity
    from events.planning.commands import ActivityPlan


def is_endless(plan: ActivityPlan) -> bool:
    """Whether the plan repeats and its rule never ends."""
    rule = plan.recurrence or plan.lunar
    return rule is not None and not rule.is_bounded


def bounds_for(plan: ActivityPlan, activity: Activity | None = None) -> Bounds:
    """How far the plan is to be expanded; `activity` is the stored one that it replaces.

    What has been laid out stays so far: only `extending.extend_horizons` goes on. No query where the rule ends and
    looks at no days off.
    """
    if plan.recurrence is None and plan.lunar is None:
        return UNBOUNDED
    days_off = load_days_off(plan.lunar)
    if not is_endless(plan):
        return Bounds(days_off=days_off) if days_off else UNBOUNDED
    first = plan.interval.start.astimezone(LOCAL_ZONE).date()
    if activity is not None and activity.horizon is not None:
        return Bounds(horizon=max(activity.horizon, first), days_off=days_off)
    ends_on = Campaign.objects.filter(id=plan.campaign_id).values_list("ends_on", flat=True).first()
    return Bounds(horizon=max(first, horizon_on(timezone.localdate(), ends_on=ends_on)), days_off=days_off)


def horizon_on(today: date, *, ends_on: date | None) -> date:
    """The last local day to lay out endless rules to: the campaign's last, or two years ahead if that is later.

    The days ahead are the setting PANO_HORIZON_DAYS.
    """
    ahead = today + timedelta(days=settings.PANO_HORIZON_DAYS)
    return ahead if ends_on is None else max(ahead, ends_on)
