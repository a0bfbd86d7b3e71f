"""One month of the Programme against django-scheduler's Period on the same rows, side by side in one run.

    .venv/bin/python bench/programme.py [--activities 20000] [--month 12] [--rounds 7]
    DATABASE_URL=postgres://… .venv/bin/python bench/programme.py …

The plan is made up (`manage.py make_plan --recurring 0.25 --year-round`): of 20,000 activities of 2027 a quarter
recurs, weekly or monthly, from the first week of the year to the last, which gives some 16,000 occurrences a month.
It is kept: on SQLite in var/bench.sqlite3, else in the database named, which must be one for this alone.

Measured in turn, round by round, in one process, medians of CPU time and of wall time:

- `Period` as its documentation calls it, with all events (`Period(Event.objects.all(), start, end)`): it asks for the
  rule of each event again; only counted;
- `Period`, prefetched by hand: the same with events, rules and exceptions fetched in three queries, which
  django-scheduler leaves to its users to find out;
- `values_list`: the plain query of the same rows (occurrence, activity, title, area and unit joined), as a list;
- `Programme`: `load_programme` as a planner of the province calls it, revision included, after which the key, start,
  end, title, status and place names of every entry are read, so that nothing is put off until after the clock stops.

Districts are measured twice: the largest, and the one whose number of occurrences is nearest to the mean of all.

Two ratios stand behind each row, medians over the rounds of what Period took divided by what the row took: the first
against Period as documented, the second against Period prefetched. They are in CPU time of this process (on
PostgreSQL the server's own share shows in the wall time). Period walks every rule from its first date:
`--month 6` shows the ratio half a year into the plan. At the end: the number of queries, and by how much the process
grew over twenty loads.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
DATABASE = Path("var/bench.sqlite3").resolve()
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["PANO_ENV"] = "test"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{DATABASE}")

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.intervals import Interval

DOCUMENTED = "Period as documented"
PREFETCHED = "Period, prefetched by hand"
PARTS = ("province", "largest district", "mean district")
LOADS = 20


class Times(NamedTuple):
    """Milliseconds of each round, and how many occurrences the answer held."""

    cpu: list[float]
    wall: list[float]
    size: int


def measure(jobs: dict[str, Callable[[], int]], rounds: int) -> dict[str, Times]:
    """Run the jobs in turn, once for nothing and then so many rounds."""
    found = {name: Times([], [], job()) for name, job in jobs.items()}
    for _ in range(rounds):
        for name, job in jobs.items():
            cpu, wall = time.process_time(), time.perf_counter()
            job()
            found[name].cpu.append((time.process_time() - cpu) * 1000)
            found[name].wall.append((time.perf_counter() - wall) * 1000)
    return found


def prepare(activities: int) -> None:
    """Make the plan, unless the database holds one of that size."""
    from django.core.management import call_command
    from django.db import connection

    from events.models import Activity

    DATABASE.parent.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    stored = Activity.objects.count()
    if stored > activities:
        raise SystemExit(f"The database holds {stored} activities; name another, or delete {DATABASE}.")
    if stored < activities:
        print(f"making {activities - stored} activities; some minutes …", flush=True)
        call_command("make_plan", activities=activities - stored, recurring=0.25, year_round=True, verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE events_occurrence, events_activity, schedule_event")


def period_job(window: Interval, *, is_prefetched: bool) -> int:
    """Ask django-scheduler."""
    from schedule.models import Event
    from schedule.periods import Period

    events = Event.objects.all()
    if is_prefetched:
        events = events.select_related("rule", "calendar").prefetch_related("occurrence_set")
    found = Period(events, window.start, window.end).get_occurrences()
    return sum(not occurrence.cancelled for occurrence in found)


def bare_job(window: Interval, areas: tuple[int, ...]) -> int:
    """Ask the ORM for the same rows."""
    from events.models import Occurrence

    rows = Occurrence.objects.filter(start__lt=window.end, end__gt=window.start)
    if areas:
        rows = rows.filter(activity__area__in=areas)
    columns = ("activity__uid", "recurrence_id", "start", "end", "status", "title", "activity__code", "activity__kind")
    joined = ("activity__event__title", "activity__area__name", "activity__lead_unit__name")
    return len(list(rows.order_by("start", "end", "id").values_list(*columns, *joined)))


def programme_job(window: Interval, areas: tuple[str, ...], viewer: Any) -> int:  # noqa: ANN401 -- Django is set up late
    """Ask the Programme and read what every output reads."""
    from events.programme import Scope, load_programme

    programme = load_programme(window=window, scope=Scope(areas=areas), viewer=viewer)
    for entry in programme.entries:
        _ = entry.key, entry.interval.start, entry.interval.end, entry.title, entry.status, entry.place_names
    return len(programme.entries) if programme.revision else 0


def districts(window: Interval) -> tuple[str, str]:
    """Slugs of what were districts until 2025: the one where most takes place, and the one nearest to the mean."""
    from events.models import Occurrence
    from venues.models import Area, AreaLevel

    rows = Occurrence.objects.filter(start__lt=window.end, end__gt=window.start)
    counts = {
        zone.slug: rows.filter(activity__area__in=Area.objects.within([zone.pk])).count()
        for zone in Area.objects.filter(level=AreaLevel.ZONE, slug__startswith="khu-vuc-")
    }
    mean = sum(counts.values()) / len(counts)
    return max(counts, key=lambda slug: counts[slug]), min(counts, key=lambda slug: abs(counts[slug] - mean))


def jobs_of_a_month(month: int) -> dict[str, Callable[[], int]]:
    """The questions, each answering how many occurrences there are in the month."""
    from calendar import monthrange
    from datetime import date

    from core.intervals import day_interval
    from units.models import User
    from units.permissions import viewer_of
    from venues.models import Area

    window = day_interval(date(2027, month, 1), date(2027, month, monthrange(2027, month)[1]))
    viewer = viewer_of(User.objects.filter(username="bench").first() or User.objects.create_superuser("bench"))
    jobs: dict[str, Callable[[], int]] = {
        DOCUMENTED: lambda: period_job(window, is_prefetched=False),
        PREFETCHED: lambda: period_job(window, is_prefetched=True),
    }
    for part, slug in zip(PARTS, (None, *districts(window)), strict=True):
        slugs = () if slug is None else (slug,)
        keys = tuple(Area.objects.within(Area.objects.filter(slug__in=slugs).values_list("id", flat=True)))
        jobs[f"values_list, {part}"] = partial(bare_job, window, keys)
        jobs[f"Programme, {part}"] = partial(programme_job, window, slugs, viewer)
    return jobs


def ratio(first: Times, second: Times) -> float:
    """How many times the first took of what the second took: the median over the rounds."""
    return statistics.median(mine / theirs for mine, theirs in zip(first.cpu, second.cpu, strict=True))


def print_table(results: dict[str, Times]) -> None:
    """Print medians and ratios."""
    print(f"  {'':<28} {'ms cpu':>8} {'ms wall':>8} {'found':>7}  x documented  x prefetched")
    for name, times in results.items():
        cpu, wall = statistics.median(times.cpu), statistics.median(times.wall)
        ratios = (ratio(results[DOCUMENTED], times), ratio(results[PREFETCHED], times))
        print(f"  {name:<28} {cpu:8.1f} {wall:8.1f} {times.size:7}  {ratios[0]:12.1f}  {ratios[1]:12.1f}")
    for part in PARTS:
        against = ratio(results[f"Programme, {part}"], results[f"values_list, {part}"])
        print(f"  Programme / values_list, {part}: {against:.2f}")


def print_costs(jobs: dict[str, Callable[[], int]]) -> None:
    """Print the number of queries, and by how much the process grew over twenty loads of the province."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name in (f"Programme, {part}" for part in PARTS):
        with CaptureQueriesContext(connection) as queries:
            jobs[name]()
        print(f"  {name}: {len(queries)} queries")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(LOADS):
        jobs["Programme, province"]()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"  peak memory {after / 1024:.0f} MB, {(after - before) / 1024:.1f} MB more after {LOADS} loads")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--activities", type=int, default=20_000)
    parser.add_argument("--month", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    import django

    django.setup()
    from django.db import connection

    prepare(asked.activities)
    jobs = jobs_of_a_month(asked.month)
    print(f"{asked.activities} activities, {asked.month}/2027, {connection.vendor}, medians of {asked.rounds} rounds")
    print_table(measure(jobs, asked.rounds))
    print_costs(jobs)


if __name__ == "__main__":
    main()
