"""What the conflict rules see of visual items that still have to come down; named in `PANO_WORLD_SOURCES`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core.clock import last_local_day
from events.rules.facts import RemovalFacts
from visuals.models import Posting
from visuals.reading import SETTLED_STATUSES

if TYPE_CHECKING:
    from events.registries import WorldScope

MANY: Final = 500  # keys; more are not worth naming in a query


def removal_facts(scope: WorldScope) -> dict[str, Any]:
    """Return the items of the activities looked at that are up or will be, by UID; one query.

    They hang until the last day of what is being looked at, which may be a plan that is not stored yet.
    """
    rows = Posting.objects.exclude(activity__status__in=SETTLED_STATUSES).order_by("activity_id", "code")
    if len(scope.ends) <= MANY:
        rows = rows.filter(activity__uid__in=scope.ends)
    removals: defaultdict[str, tuple[RemovalFacts, ...]] = defaultdict(tuple)
    for uid, code, remove_by in rows.values_list("activity__uid", "code", "remove_by"):
        if uid in scope.ends:
            last_day = date.fromordinal(last_local_day(scope.ends[uid]))
            removals[uid] += (RemovalFacts(code=code, remove_by=remove_by, last_day=last_day),)
    return {"removals": dict(removals)}
