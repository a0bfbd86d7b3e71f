"""One edit of a big plan: fetched, checked, saved, kept as a step and in the audit trail. CPU time and queries a verb.

`.venv/bin/python bench/editing.py [activities] [bookings]`: makes a synthetic plan in a database of its own under
var/ (or in DATABASE_URL, which must be a database nobody needs), then edits ROUNDS activities that repeat and hold
something with each verb in turn and prints medians. A second run finds the plan and measures at once.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path('var/bench_editing.sqlite3').resolve()}")

from checking import prepare  # it sets the environment up

if TYPE_CHECKING:
    from collections.abc import Callable

    from events.models import Activity
    from events.planning import ActivityPlan

ROUNDS = 40
Verb = "Callable[[Activity, random.Random], object]"


def verbs() -> dict[str, Callable[[Activity, random.Random], object]]:
    """What planners do all day, by name."""
    from events import planning
    from events.models import Status
    from venues.models import Venue

    venues = list(Venue.objects.values_list("id", flat=True))

    def save(activity: Activity, change: Callable[[ActivityPlan], ActivityPlan]) -> object:
        plan = change(planning.plan_of(activity))
        command = planning.ActivityChange(uid=activity.uid, version=activity.version, plan=plan)
        return planning.change_activity(change=command, by=None)

    def rename(activity: Activity, chance: random.Random) -> object:
        return save(activity, lambda plan: replace(plan, title=f"Tên {chance.random()}"))

    def move(activity: Activity, chance: random.Random) -> object:
        minutes = timedelta(minutes=chance.choice((5, 10, 15)))
        return save(activity, lambda plan: replace(plan, interval=plan.interval.shifted(minutes)))

    def change_place(activity: Activity, chance: random.Random) -> object:
        return save(activity, lambda plan: replace(plan, venue_ids=(chance.choice(venues),)))

    def confirm(activity: Activity, _chance: random.Random) -> object:
        new = Status.CONFIRMED if activity.status != Status.CONFIRMED else Status.TENTATIVE
        return planning.set_status(uid=activity.uid, version=activity.version, status=new, reason="", by=None)

    def undo(activity: Activity, _chance: random.Random) -> object:
        return planning.undo_step(campaign_id=activity.campaign_id, by=None)

    return {"rename": rename, "move": move, "change place": change_place, "confirm": confirm, "undo": undo}


def chosen() -> list[str]:
    """UIDs of activities that repeat and hold something, spread over the plan."""
    from django.db.models import Count

    from events.models import Activity, Status

    rows = Activity.objects.filter(status__in=[Status.TENTATIVE, Status.CONFIRMED], all_day=False, is_deleted=False)
    rows = rows.annotate(count=Count("occurrences__bookings")).filter(count__gte=3).order_by("id")
    uids = list(rows.values_list("uid", flat=True))
    return random.Random(1).sample(uids, min(ROUNDS, len(uids)))


def measure() -> dict[str, list[tuple[float, float, int]]]:
    """CPU milliseconds, clock milliseconds and queries of each edit, by verb. Refused ones are left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from core.errors import PlanRejected
    from events.planning.locks import load_activities

    found: defaultdict[str, list[tuple[float, float, int]]] = defaultdict(list)
    chance = random.Random(2)
    for uid in chosen():
        for name, verb in verbs().items():
            for is_counted in (False, True):
                activity = load_activities([uid])[uid]
                cpu, clock = time.process_time(), time.perf_counter()
                try:
                    if is_counted:
                        with CaptureQueriesContext(connection) as queries:
                            verb(activity, chance)
                    else:
                        verb(activity, chance)
                except PlanRejected:
                    continue
                spent = (time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000
                if is_counted:
                    found[f"{name} (queries)"].append((0, 0, len(queries)))
                else:
                    found[name].append((*spent, 0))
    return found


def main() -> None:
    """Print the table."""
    import django

    django.setup()
    from django.db import connection

    from events.models import Activity, Booking

    activities, bookings = (int(each) for each in (*sys.argv[1:3], *("20000", "50000")[len(sys.argv) - 1 :]))
    prepare(activities, bookings)
    found = measure()
    print(f"{connection.vendor}: {Activity.objects.count()} activities, {Booking.objects.count()} bookings, medians")
    for name in verbs():
        cpu, clock, _none = (statistics.median(values) for values in zip(*found[name], strict=True))
        queries = statistics.median(each[2] for each in found[f"{name} (queries)"])
        print(
            f"  {name:<14} {cpu:6.1f} ms CPU  {clock:6.1f} ms clock  {queries:3.0f} queries  ({len(found[name])} edits)"
        )


if __name__ == "__main__":
    main()
