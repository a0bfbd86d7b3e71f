"""Whether anything was saved since one last looked: asked by every reading of a feed, so it is one small query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Sum
from django.utils import timezone

from units.models import ChangeMark

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

Marks = tuple[int, int]  # the last key, how many changes
ALL_MARKS = "SELECT MAX(id), SUM(stands_for) FROM units_changemark"
WIDE_MARKS = f"{ALL_MARKS} WHERE is_wide"


def mark_change(*, is_wide: bool = True) -> None:
    """Leave a mark in the caller's transaction: what readers derived from the plan before may be out of date.

    Every audited change leaves one; a writer that keeps no trail (laying out series, loading tables) calls this itself.
    `is_wide` False says that only rows with a version of their own changed (`PANO_NARROW_SUBJECTS`).
    """
    ChangeMark.objects.create(at=timezone.now(), is_wide=is_wide)


def is_wide(subject: Model) -> bool:
    """Tell whether a change of this row may be seen in the text of activities that were not themselves changed."""
    return subject._meta.label_lower not in settings.PANO_NARROW_SUBJECTS


def read_marks() -> Marks:
    """Return what changes with every committed change; one query, in plain SQL because every reading of a feed asks."""
    with connection.cursor() as cursor:
        cursor.execute(ALL_MARKS)
        last, count = cursor.fetchone()
    return int(last or 0), int(count or 0)


def read_wide_mark() -> str:
    """Return a short text that changes with every committed wide change; one query, in plain SQL as above."""
    with connection.cursor() as cursor:
        cursor.execute(WIDE_MARKS)
        last, count = cursor.fetchone()
    return f"{last or 0}.{count or 0}"


@transaction.atomic
def purge_marks(*, before: datetime) -> int:
    """Fold the marks older than `before` into one of each kind; return how many rows went.

    No reader notices: what the two functions above return stays the same. `before` must lie further back than any
    transaction lasts.
    """
    gone = 0
    for kind in (True, False):
        old = ChangeMark.objects.filter(is_wide=kind, at__lt=before)
        found = old.aggregate(last=Max("id"), count=Sum("stands_for"))
        if found["last"] is not None:
            gone += old.exclude(id=found["last"]).delete()[0]
            ChangeMark.objects.filter(id=found["last"]).update(stands_for=found["count"])
    return gone
