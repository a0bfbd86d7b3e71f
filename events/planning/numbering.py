"""Codes for activities planned without one: a prefix for the kind and the next free number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from events.models import Activity, ActivityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
_CODE = re.compile(r"(\w{2})-(\d{1,6})", re.ASCII)


def number_plans(plans: Sequence[ActivityPlan]) -> list[ActivityPlan]:
    """Give each plan of an empty code the next one of its campaign and kind ("LD-082").

    The caller has locked the campaigns concerned, so that two planners never get the same.
    """
    blank = sorted({plan.campaign_id for plan in plans if not plan.code.strip()})
    if not blank:
        return list(plans)
    taken = set(Activity.objects.filter(campaign_id__in=blank).values_list("campaign_id", "code"))
    taken |= {(plan.campaign_id, plan.code) for plan in plans}
    last = _last_numbers(taken)
    return [plan if plan.code.strip() else _numbered(plan, last) for plan in plans]


def _last_numbers(taken: Iterable[tuple[int, str]]) -> defaultdict[tuple[int, str], int]:
    """The highest number given, by campaign and prefix."""
    last: defaultdict[tuple[int, str], int] = defaultdict(int)
    for campaign, code in taken:
        found = _CODE.fullmatch(code)
        if found:
            last[campaign, found[1]] = max(last[campaign, found[1]], int(found[2]))
    return last


def _numbered(plan: ActivityPlan, last: defaultdict[tuple[int, str], int]) -> ActivityPlan:
    prefix = PREFIXES.get(plan.kind, OTHER_PREFIX)
    last[plan.campaign_id, prefix] += 1
    return replace(plan, code=f"{prefix}-{last[plan.campaign_id, prefix]:03}")
