"""One month of the Programme against django-scheduler's Period on the same rows, side by side in one run.

`.venv/bin/python bench/programme.py [activities]`: makes a synthetic plan in a database of its own under var/,
then times both in turn and prints medians and their ratio. Both answer the whole province; ours also one district.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
DATABASE = Path("var/bench.sqlite3").resolve()
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["PANO_ENV"] = "test"
os.environ["DATABASE_URL"] = f"sqlite:///{DATABASE}"

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5


def measure(jobs: dict[str, Callable[[], int]]) -> dict[str, tuple[float, int]]:
    """Run the jobs in turn, ROUNDS times; median milliseconds of CPU time and the answer's size of each."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            before = time.process_time()
            sizes[name] = job()
            times[name].append((time.process_time() - before) * 1000)
    return {name: (statistics.median(times[name]), sizes[name]) for name in jobs}


def prepare(activities: int) -> None:
    """Make the database and its plan afresh."""
    from django.core.management import call_command

    for leftover in DATABASE.parent.glob(f"{DATABASE.name}*"):
        leftover.unlink()
    DATABASE.parent.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("make_plan", activities=activities, seed=1, verbosity=0)


def jobs_of_a_month() -> dict[str, Callable[[], int]]:
    """The questions, each answering how many occurrences the busiest month has."""
    from datetime import date

    from schedule.models import Event
    from schedule.periods import Period

    from core.intervals import day_interval
    from events.models import Occurrence
    from events.programme import Scope, load_programme
    from units.models import User
    from units.permissions import viewer_of

    middle = Occurrence.objects.order_by("start")[Occurrence.objects.count() // 2].start
    window = day_interval(date(middle.year, middle.month, 1), date(middle.year, middle.month, 28))
    viewer = viewer_of(User.objects.create_superuser("bench"))

    def ours(scope: Scope) -> int:
        return len(load_programme(window=window, scope=scope, viewer=viewer).entries)

    def theirs() -> int:
        events = Event.objects.select_related("rule", "calendar").prefetch_related("occurrence_set")
        found = Period(events, window.start, window.end).get_occurrences()
        return sum(not occurrence.cancelled for occurrence in found)

    return {
        "django-scheduler Period": theirs,
        "Programme, province": lambda: ours(Scope()),
        "Programme, one district": lambda: ours(Scope(areas=("huyen-cao-loc",))),
    }


def main() -> None:
    """Print the table."""
    import django

    django.setup()
    activities = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    prepare(activities)
    results = measure(jobs_of_a_month())
    base = results["django-scheduler Period"][0]
    print(f"{activities} activities, 28 days, medians of {ROUNDS} rounds (CPU time)")
    for name, (milliseconds, size) in results.items():
        print(f"  {name:<26} {milliseconds:8.1f} ms  {size:6} occurrences  x {base / milliseconds:.1f}")


if __name__ == "__main__":
    main()
