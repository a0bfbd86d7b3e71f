"""Background work of activities."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from events.calendar_import.working import read_upload, save_upload
from events.planning.calendar_uploads import purge_calendars
from events.planning.extending import extend_horizons
from events.planning.uploads import KEPT_FOR, purge_uploads
from units.marks import purge_marks

MARGIN = timedelta(minutes=5)
MARKS_KEPT_FOR = timedelta(days=1)


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

    Marks of changes that lie long back are folded with it.
    """
    purge_marks(before=timezone.now() - MARKS_KEPT_FOR)
    return extend_horizons(today=timezone.localdate())


def schedule_purge() -> None:
    """Ask for a purge once what was just uploaded is a day old; at once where the backend cannot wait."""
    if purge_plan_uploads.get_backend().supports_defer:
        purge_plan_uploads.using(run_after=timezone.now() + KEPT_FOR + MARGIN).enqueue()
    else:
        purge_plan_uploads.enqueue()
