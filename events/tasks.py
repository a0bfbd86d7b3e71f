"""Background work of activities."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from events.calendar_import.working import read_upload, save_upload
from events.late_mail import WAIT, letters_due, tell_people
from events.planning.calendar_uploads import purge_calendars
from events.planning.extending import extend_horizons
from events.planning.late_notices import RETRY_AFTER
from events.planning.uploads import KEPT_FOR, purge_uploads
from units.marks import purge_marks

MARGIN = timedelta(minutes=5)
MARKS_KEPT_FOR = timedelta(days=1)
RESULTS_KEPT_FOR = timedelta(days=14)


@task()
def purge_plan_uploads() -> int:
    """Forget uploaded workbooks and calendars that were never confirmed; return how many."""
    now = timezone.now()
    return purge_uploads(now=now) + purge_calendars(now=now)


@task()
def read_calendar_upload(token: str) -> str:
    """Make the preview of an uploaded calendar; return the state it is in then."""
    return read_upload(token)


@task()
def save_calendar_upload(token: str) -> str:
    """Save what the preview of an uploaded calendar showed; return the state it is in then."""
    return save_upload(token)


@task()
def lay_out_series() -> int:
    """Lay out series without end to today's horizon; return how many grew. `manage.py extend_series` asks for it daily.

    Marks of changes that lie long back are folded with it, and results of tasks nobody asks for any more forgotten.
    """
    now = timezone.now()
    purge_marks(before=now - MARKS_KEPT_FOR)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - RESULTS_KEPT_FOR).delete()
    return extend_horizons(today=timezone.localdate())


@task()
def tell_late_changes() -> int:
    """Send the letters about late changes that are due; return how many left.

    The next attempt is asked for before the first letter leaves: what a crash or a mail server that does not answer
    leaves undone is then taken up by it.
    """
    now = timezone.now()
    if tell_late_changes.get_backend().supports_defer and letters_due(now=now):
        schedule_telling(RETRY_AFTER)
    return tell_people(now=now)


def schedule_telling(wait: timedelta = WAIT) -> None:
    """Ask for the letters to be sent in some minutes, once a minute at most; at once where the backend cannot wait."""
    if not tell_late_changes.get_backend().supports_defer:
        tell_late_changes.enqueue()
        return
    moment = timezone.now() + wait + timedelta(minutes=1)
    when = moment.replace(second=0, microsecond=0)
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=tell_late_changes.module_path, run_after=when
    )
    if not waiting.exists():
        tell_late_changes.using(run_after=when).enqueue()


def schedule_purge() -> None:
    """Ask for a purge once what was just uploaded is a day old; at once where the backend cannot wait."""
    if purge_plan_uploads.get_backend().supports_defer:
        purge_plan_uploads.using(run_after=timezone.now() + KEPT_FOR + MARGIN).enqueue()
    else:
        purge_plan_uploads.enqueue()
