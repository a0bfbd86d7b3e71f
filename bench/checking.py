"""The conflict engine over a whole plan and over one edit: CPU time, part by part.

`.venv/bin/python bench/checking.py [activities] [bookings]`: makes a synthetic plan in a database of its own under
var/ (or in DATABASE_URL, which must be a database nobody needs), then prints medians. A second run finds the plan and
measures at once.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import tracemalloc
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["PANO_ENV"] = "test"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path('var/bench_checking.sqlite3').resolve()}")

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.conflicts import Conflict

ROUNDS = 5
EDITS = 40


def timed(job: Callable[[], Any]) -> tuple[float, float, Any]:
    """Milliseconds of CPU and of the clock, medians of ROUNDS, and the last answer."""
    cpu, wall = [], []
    for _round in range(ROUNDS):
        started, clock = time.process_time(), time.perf_counter()
        answer = job()
        cpu.append((time.process_time() - started) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
    return statistics.median(cpu), statistics.median(wall), answer


def prepare(activities: int, bookings: int) -> None:
    """Make the database and its plan where it has none; then top up to the bookings asked for."""
    from django.core.management import call_command

    from events.models import Activity, Booking

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    missing = activities - Activity.objects.count()
    if missing > 0:
        call_command("make_plan", activities=missing, seed=1)
    while (short := bookings - Booking.objects.count()) > 0:
        top_up(short)


def top_up(missing: int) -> None:
    """Let single people be booked for as many occurrences that take place, never twice at once."""
    from events.models import Booking, Occurrence
    from events.planning.drafting import HOLDING
    from venues.models import Resource, ResourceKind

    known = Resource.objects.filter(kind=ResourceKind.PERSON).count()
    people: list[Resource] = []
    free_from: list[Any] = []
    rows = []
    for each in Occurrence.objects.filter(status__in=HOLDING).order_by("start", "id")[:missing]:
        index = next((i for i, end in enumerate(free_from) if end <= each.start), len(people))
        if index == len(people):
            person = Resource(code=f"NG-{known + index}", kind=ResourceKind.PERSON, name=f"Người {known + index}")
            person.save()
            people.append(person)
            free_from.append(each.end)
        free_from[index] = each.end
        rows.append(Booking(occurrence=each, resource=people[index], start=each.start, end=each.end))
    Booking.objects.bulk_create(rows, batch_size=2000)


def whole_plan() -> list[Conflict]:
    """Load, check and tell of every part."""
    from django.utils import timezone

    from events.planning.facts import stored_tasks
    from events.planning.world import load_world
    from events.registries import conflict_rules
    from events.rules.engine import RULES, find_conflicts

    today = timezone.localdate()
    cpu, wall, tasks = timed(stored_tasks)
    show("load the tasks", cpu, wall, len(tasks))
    cpu, wall, world = timed(lambda: load_world(tasks, today=today))
    show("load the world", cpu, wall, 0)
    for rule in (*RULES, *conflict_rules()):
        cpu, wall, found = timed(lambda rule=rule: find_conflicts(tasks, world, rules=(rule,)))  # type: ignore[misc]
        show(rule.__module__.rpartition(".")[2], cpu, wall, len(found))
    conflicts: list[Conflict]
    cpu, wall, conflicts = timed(lambda: _check(today))
    show("THE WHOLE PLAN (load, check)", cpu, wall, len(conflicts))
    tracemalloc.start()
    _check(today)
    print(f"  memory at its highest: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    tracemalloc.stop()
    return conflicts


def _check(today: Any) -> list[Conflict]:  # noqa: ANN401 -- a date
    from events.planning.checking import check_campaign

    conflicts: list[Conflict] = check_campaign(None, today=today)
    return conflicts


def one_edit() -> None:
    """Check an activity moved by a week, for activities spread over the plan: the biggest, the median and the mean."""
    from dataclasses import replace

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from events.models import Activity, Status
    from events.planning.checking import check_drafts
    from events.planning.drafting import draft
    from events.planning.locks import lock_activities
    from events.planning.snapshots import plan_of

    uids = list(Activity.objects.filter(status=Status.CONFIRMED).order_by("id").values_list("uid", flat=True))
    sample = uids[:: max(1, len(uids) // EDITS)][:EDITS]
    from django.db import transaction

    with transaction.atomic():
        stored = lock_activities(sample)
    times, queries, rows = [], [], []
    for uid in sample:
        plan = plan_of(stored[uid])
        moved = (
            draft(replace(plan, interval=plan.interval.shifted(timedelta(weeks=1))), activity=stored[uid])
            if (plan.recurrence is None)
            else draft(replace(plan, title=f"{plan.title} (sửa)"), activity=stored[uid])
        )
        cpu, _wall, _found = timed(lambda moved=moved: check_drafts([moved]))  # type: ignore[misc]
        with CaptureQueriesContext(connection) as captured:
            check_drafts([moved])
        times.append(cpu)
        queries.append(len(captured))
        rows.append(len(moved.slots))
    print(
        f"  one edit checked: median {statistics.median(times):.1f} ms, mean {statistics.mean(times):.1f} ms, "
        f"highest {max(times):.1f} ms of CPU ({max(rows)} occurrences); {min(queries)}-{max(queries)} queries"
    )


def show(name: str, cpu: float, wall: float, size: int) -> None:  # noqa: PLR0917 -- the columns of a table
    """Print one line of the table."""
    print(f"  {name:<30} {cpu:8.1f} ms CPU {wall:8.1f} ms  {size:7}")


def main() -> None:
    """Print the table."""
    import django

    django.setup()
    from django.db import connection

    from events.models import Activity, Booking, Occurrence

    activities, bookings = (int(text) for text in (*sys.argv[1:], *("20000", "50000")[len(sys.argv) - 1 :]))
    prepare(activities, bookings)
    counts = (Activity.objects.count(), Occurrence.objects.count(), Booking.objects.count())
    print(f"{connection.vendor}: {counts[0]} activities, {counts[1]} occurrences, {counts[2]} bookings")
    whole_plan()
    one_edit()


if __name__ == "__main__":
    main()
