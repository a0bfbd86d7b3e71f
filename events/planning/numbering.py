"""Codes for activities planned without one: a prefix for the kind and the next free number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from events.models import Activity, ActivityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.planning.commands import ActivityPlan

PREFIXES: dict[str, str] = {
    ActivityKind.VISUAL_DISPLAY: "TQ",
    ActivityKind.MOBILE_TEAM: "LD",
    ActivityKind.EXHIBITION: "TL",
    ActivityKind.EXCHANGE: "GL",
    ActivityKind.FAIR_SEMINAR: "HC",
    ActivityKind.MEDIA_ITEM: "TB",
    ActivityKind.INTEGRATED_SESSION: "LG",
}
OTHER_PREFIX = "HD"


def number_plans(plans: Sequence[ActivityPlan]) -> list[ActivityPlan]:
    """Give each plan of an empty code the next one of its campaign and kind ("LD-082").

    The caller has locked the campaigns concerned, so that two planners never get the same.
    """
    blank = sorted({plan.campaign_id for plan in plans if not plan.code.strip()})
    if not blank:
        return list(plans)
    taken = set(Activity.objects.filter(campaign_id__in=blank).values_list("campaign_id", "code"))
    taken |= {(plan.campaign_id, plan.code) for plan in plans}
    return [plan if plan.code.strip() else _numbered(plan, taken) for plan in plans]


def _numbered(plan: ActivityPlan, taken: set[tuple[int, str]]) -> ActivityPlan:
    prefix = PREFIXES.get(plan.kind, OTHER_PREFIX)
    pattern = re.compile(rf"{prefix}-(\d{{1,6}})")
    found = (pattern.fullmatch(code) for campaign, code in taken if campaign == plan.campaign_id)
    code = f"{prefix}-{max((int(match[1]) for match in found if match), default=0) + 1:03}"
    taken.add((plan.campaign_id, code))
    return replace(plan, code=code)
