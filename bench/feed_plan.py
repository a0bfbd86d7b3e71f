"""The plan that bench/feed.py serves: made once, changed as planners do, its kept feeds forgotten when asked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
VAR = Path(os.environ.get("PANO_VAR", HERE.parent / "var")).resolve()


def environment(events: int) -> dict[str, str]:
    """What the product runs with: as a demo, on the plan of that size, with no limit of requests."""
    return os.environ | {
        "PANO_ENV": "demo",
        "PANO_VAR": str(VAR),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{VAR / f'bench-feed-{events}.sqlite3'}",
        "PANO_FEED_RATE_ADDRESS": "0",
        "PANO_FEED_RATE_TOKEN": "0",
        "PANO_LOG_LEVEL": "ERROR",
    }


def manage(events: int, *words: str) -> None:
    """Run a command on the plan of that size."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=HERE.parent, env=environment(events), check=True)  # noqa: S603


def run_here(events: int, job: str) -> None:
    """Run a function of this module in a process of its own, on the plan of that size."""
    code = f"import django; django.setup(); import feed_plan; feed_plan.{job}"
    subprocess.run(  # noqa: S603 -- our own list
        [sys.executable, "-c", code],
        cwd=HERE,
        env=environment(events) | {"PYTHONPATH": f"{HERE}:{HERE.parent}"},
        check=True,
    )


def prepare(events: int) -> None:
    """Make the plan, unless it is there."""
    VAR.mkdir(exist_ok=True)
    if not (VAR / f"bench-feed-{events}.done").exists():
        print(f"making {events} activities; some minutes …", flush=True)
        manage(events, "migrate", "-v0")
        manage(events, "load_reference")
        words = ("make_plan", f"--activities={events}", "--recurring=0.25", "--year-round", "-v0")
        manage(events, *words)
        run_here(events, "confirm_all()")
        run_here(events, "add_exceptions()")
        (VAR / f"bench-feed-{events}.done").touch()
    manage(events, "migrate", "-v0")
    manage(events, "createcachetable", "-v0")


def confirm_all() -> None:
    """Make every activity one that visitors may see: the feed holds all of them, as the peers' feeds do."""
    from events.models import Activity, Occurrence, Status
    from units.marks import mark_change

    for model in (Activity, Occurrence):
        model.objects.filter(status__in=(Status.DRAFT, Status.TENTATIVE)).update(status=Status.CONFIRMED)
    mark_change()


def add_exceptions() -> None:
    """Move one occurrence of every tenth series and cancel another."""
    from datetime import timedelta

    from core.errors import PlanRejected
    from core.keys import OccurrenceKey
    from events import planning
    from events.models import Activity

    series = Activity.objects.filter(event__rule__isnull=False, status="confirmed").order_by("id")[::10]
    for activity in series:
        moved, off = activity.occurrences.order_by("start")[1:3]
        later = planning.plan_of(activity).interval.__class__(
            moved.start + timedelta(minutes=30), moved.end + timedelta(minutes=30)
        )
        version = activity.version
        for occurrence, interval in ((moved, later), (off, None)):
            key = OccurrenceKey(activity.uid, occurrence.recurrence_id)
            change = planning.OccurrenceChange(key=key, version=version, interval=interval)
            try:
                version = planning.change_occurrence(change=change, by=None).version
            except PlanRejected:  # something else is there
                continue


def edit_once() -> None:
    """Change the words of one activity, as a planner does."""
    from dataclasses import replace

    from events import planning
    from events.models import Activity

    activity = Activity.objects.order_by("?").first()
    if activity is None:
        raise SystemExit("There is no plan.")
    plan = replace(planning.plan_of(activity), description=f"Sửa lúc {time.time()}")
    change = planning.ActivityChange(uid=activity.uid, version=activity.version, plan=plan)
    planning.change_activity(change=change, by=None)


def forget(*, with_texts: bool) -> None:
    """Forget all kept bytes, and all kept texts where asked to."""
    from django.core.cache import caches

    from events.models import FeedText

    caches["feeds"].clear()
    if with_texts:
        FeedText.objects.all().delete()
