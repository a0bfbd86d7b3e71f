"""The conflict engine over drafts and over stored plans, and which of its warnings a planner has accepted."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from core.clock import day_start
from events.models import AcceptedWarning
from events.planning.facts import rival_tasks, stored_tasks, tasks_of_drafts
from events.planning.world import load_world
from events.registries import conflict_rules
from events.rules import lead_time
from events.rules.engine import RULES, find_conflicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from core.conflicts import Conflict
    from events.planning.drafting import Draft
    from events.rules.facts import Task

OUTLASTING: Final = (lead_time.CODE, "removal")  # the latter is the rule of a room above


def check_drafts(drafts: Iterable[Draft], *, today: date | None = None) -> list[Conflict]:
    """Return every conflict that the drafts would make among themselves and with what others have booked.

    The caller holds the locks of the resources when it goes on to write. Warnings are told, only blocking conflicts
    stop a save. A constant number of queries, however many drafts. `today` is the local day unless given.
    """
    drafts = list(drafts)
    tasks = tasks_of_drafts(drafts)
    if not tasks:
        return []
    rivals = rival_tasks(tasks, own=[each.uid for each in drafts])
    return _check(tasks, rivals, today=today or timezone.localdate())


def check_campaign(campaign_id: int | None, *, today: date) -> list[Conflict]:
    """Return every conflict of a whole campaign, or with None of all there is, as stored; a constant number of queries.

    A campaign is held against what other campaigns have booked too.
    """
    with _no_collection():
        tasks = stored_tasks(campaign_id=campaign_id)
        if not tasks:
            return []
        return _check(tasks, [] if campaign_id is None else rival_tasks(tasks), today=today)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Do not look for garbage among tens of thousands of tasks that are all still needed; it costs a quarter more."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _check(tasks: list[Task], rivals: list[Task], *, today: date) -> list[Conflict]:
    everything = [*tasks, *rivals]
    world = load_world(everything, today=today)
    found = find_conflicts(everything, world, rules=(*RULES, *conflict_rules()))
    return _still_of_use(found, everything, today=today)


def _still_of_use(conflicts: list[Conflict], tasks: list[Task], *, today: date) -> list[Conflict]:
    """Leave out warnings about activities that are over, but for what still hangs and papers that went out late."""
    midnight = day_start(today.toordinal())
    alive = {task.uid for task in tasks if task.end > midnight}
    return [
        conflict
        for conflict in conflicts
        if conflict.is_blocking or conflict.code in OUTLASTING or not alive.isdisjoint(conflict.uids)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A warning, and the acceptance that a planner gave it with a reason."""

    conflict: Conflict
    accepted: AcceptedWarning


def open_and_accepted(conflicts: Sequence[Conflict]) -> tuple[list[Conflict], list[Judged]]:
    """Part the conflicts into those that stand and those a planner has accepted, each in its order; one query.

    Blocking ones always stand.
    """
    accepted = _accepted(conflicts)
    still_open: list[Conflict] = []
    overridden: list[Judged] = []
    for conflict in conflicts:
        found = None if conflict.is_blocking else accepted.get(conflict.fingerprint)
        if found is None:
            still_open.append(conflict)
        else:
            overridden.append(Judged(conflict=conflict, accepted=found))
    return still_open, overridden


def _accepted(conflicts: Iterable[Conflict]) -> dict[str, AcceptedWarning]:
    by_uid: defaultdict[str, set[str]] = defaultdict(set)
    for conflict in conflicts:
        if not conflict.is_blocking:
            for uid in conflict.uids:
                by_uid[uid].add(conflict.fingerprint)
    if not by_uid:
        return {}
    rows = AcceptedWarning.objects.filter(activity__uid__in=by_uid).select_related("activity").order_by("id")
    return {row.fingerprint: row for row in rows if row.fingerprint in by_uid[row.activity.uid]}
