"""The one gate for reading: rows into a frozen Programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.garbage import collection_paused
from core.intervals import LOCAL_ZONE, local_midnight
from core.text import matches
from events.programme.assembly import load_entries
from events.programme.entries import Programme
from events.programme.gate import visible_q, visible_statuses_q
from events.programme.selection import occurrences_in, select_occurrences
from events.programme.series import load_series

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from core.intervals import Interval
    from events.models import Occurrence
    from events.programme.entries import ProgrammeEntry
    from events.programme.scope import Scope
    from units.permissions import Viewer


@collection_paused()
def load_programme(*, window: Interval | None, scope: Scope, viewer: Viewer, with_series: bool = False) -> Programme:
    """Everything that overlaps `window` (None: all there is), in `scope`, that `viewer` may see.

    A constant number of queries, whatever the number of entries. Labels are in the active
    language, times in Asia/Ho_Chi_Minh. `series` is empty unless asked for: a calendar feed and
    an activity's own page speak of rules, nothing else does.
    """
    occurrences = [rows.filter(visible_statuses_q(viewer)) for rows in occurrences_in(window=window, scope=scope)]
    entries, recurring = load_entries(occurrences, gate=visible_q(viewer), shows_notes=viewer.is_staff_member)
    if scope.query:
        entries = [entry for entry in entries if matches(scope.query, _text_of(entry))]
    if not with_series:
        return Programme.of(entries, window=window, is_sorted=True)
    alive = {entry.key.uid for entry in entries}
    series = load_series([key for key, uid in recurring.items() if uid in alive])
    return Programme.of(entries, window=window, series=series, is_sorted=True)


def nearest_day(*, scope: Scope, viewer: Viewer, today: date) -> date | None:
    """The local day nearest to `today` on which something of the scope begins; None if nothing does.

    What comes is preferred to what is past at the same distance. Free text counts too.
    """
    if scope.query:
        found = load_programme(window=None, scope=scope, viewer=viewer).entries
        days = {entry.interval.start.date() for entry in found}
    else:
        days = _nearest_days(select_occurrences(scope=scope, viewer=viewer), today)
    return min(days, key=lambda day: (abs((day - today).days), day < today), default=None)


def _nearest_days(rows: QuerySet[Occurrence], today: date) -> set[date]:
    midnight = local_midnight(today)
    coming = rows.filter(start__gte=midnight).order_by("start").values_list("start", flat=True)
    past = rows.filter(start__lt=midnight).order_by("-start").values_list("start", flat=True)
    found: list[datetime] = [*coming[:1], *past[:1]]
    return {moment.astimezone(LOCAL_ZONE).date() for moment in found}


def _text_of(entry: ProgrammeEntry) -> str:
    words = (
        entry.code,
        entry.title,
        entry.kind_label,
        entry.area.name,
        entry.unit.name,
        entry.place_names,
        entry.description,
        *(label.name for label in entry.coordinating),
        *(resource.name for resource in entry.resources),
    )
    return " ".join(words)
