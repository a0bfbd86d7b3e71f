"""Background work of activities."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from events.planning.extending import extend_horizons
from events.planning.uploads import KEPT_FOR, purge_uploads

MARGIN = timedelta(minutes=5)


@task()
def purge_plan_uploads() -> int:
    """Forget uploaded workbooks that were never confirmed; return how many."""
    return purge_uploads(now=timezone.now())


@task()
def lay_out_series() -> int:
    """Lay out series without end to today's horizon; return how many grew. `manage.py extend_series` asks for it."""
    return extend_horizons(today=timezone.localdate())


def schedule_purge() -> None:
    """Ask for a purge once the workbook just uploaded is a day old; at once where the backend cannot wait."""
    if purge_plan_uploads.get_backend().supports_defer:
        purge_plan_uploads.using(run_after=timezone.now() + KEPT_FOR + MARGIN).enqueue()
    else:
        purge_plan_uploads.enqueue()
