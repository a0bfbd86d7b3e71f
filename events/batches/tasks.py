"""Background tasks of batches: one makes one paper; one watches that a killed worker's paper is asked for again.

What is to be done stands in the rows of the parts alone. A task carries no paper's name, it only wakes a worker, so a
task that is lost, doubled or late does no harm.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from events.batches.asking import purge_batches
from events.batches.claiming import OPEN, claimable, lease
from events.models import DocumentPart

AFTER_OTHERS: Final = -10  # letters about late changes and imports go before papers
MARGIN: Final = timedelta(seconds=1)


@task(priority=AFTER_OTHERS)
def make_next_part() -> str:
    """Make the next paper of whatever batch; return its label. The watch is set before the work is begun."""
    from events.batches.working import make_part  # noqa: PLC0415 -- pikepdf is for workers; who only asks has no use for it

    keep_watch()
    label = make_part()
    ask_for_work()
    return label


@task()
def watch_batches() -> int:
    """Ask for what nobody works on, and look again after the time of a lease while anything is open."""
    keep_watch()
    return ask_for_work()


@task()
def purge_old_batches() -> int:
    """Throw away batches whose days are over; return how many."""
    return purge_batches(now=timezone.now())


def ask_for_work() -> int:
    """Wake as many workers as there are papers to take, and none where they are asked for already; return how many."""
    missing = claimable(now=timezone.now()).count() - _asked(make_next_part.module_path)
    for _number in range(missing):
        make_next_part.enqueue()
    return max(missing, 0)


def keep_watch() -> None:
    """See to it that somebody looks again after the time of a lease, as long as a paper is open."""
    if not watch_batches.get_backend().supports_defer or not DocumentPart.objects.filter(state__in=OPEN).exists():
        return
    if not _asked(watch_batches.module_path):
        watch_batches.using(run_after=timezone.now() + lease() + MARGIN).enqueue()


def begin_batch() -> None:
    """Set everything going for a batch just written down, in its own transaction: both are kept or neither."""
    keep_watch()
    ask_for_work()
    if purge_old_batches.get_backend().supports_defer:
        days = timedelta(days=settings.PANO_BATCH_DAYS)
        purge_old_batches.using(run_after=timezone.now() + days + timedelta(minutes=1)).enqueue()


def _asked(path: str) -> int:
    return DBTaskResult.objects.filter(task_path=path, status=TaskResultStatus.READY).count()
