"""The one gate for reading: rows into a frozen Programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, local_midnight
from core.text import matches
from events.programme.assembly import ActivityFacts, load_facts, make_entry
from events.programme.entries import Programme
from events.programme.selection import select_occurrences
from events.programme.series import load_series

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from core.intervals import Interval
    from events.models import Occurrence
    from events.programme.entries import ProgrammeEntry
    from events.programme.scope import Scope
    from units.permissions import Viewer

COLUMNS = ("activity_id", "recurrence_id", "start", "end", "status", "title")


def load_programme(*, window: Interval | None, scope: Scope, viewer: Viewer) -> Programme:
    """Everything that overlaps `window` (None: all there is), in `scope`, that `viewer` may see.

    A constant number of queries, whatever the number of entries. Labels are in the active
    language, times in Asia/Ho_Chi_Minh.
    """
    rows = list(
        select_occurrences(window=window, scope=scope, viewer=viewer)
        .order_by("start", "end", "id")
        .values_list(*COLUMNS)
    )
    facts = load_facts({row[0] for row in rows}, shows_notes=viewer.is_staff_member)
    entries = [make_entry(row, facts[row[0]]) for row in rows]
    if scope.query:
        entries = [entry for entry in entries if matches(scope.query, _text_of(entry))]
    alive = {entry.key.uid for entry in entries}
    series = load_series(_recurring(facts, alive))
    return Programme.of(entries, window=window, series=series)


def nearest_day(*, scope: Scope, viewer: Viewer, today: date) -> date | None:
    """The local day nearest to `today` on which something of the scope begins; None if nothing does.

    What comes is preferred to what is past at the same distance. Free text counts too.
    """
    if scope.query:
        found = load_programme(window=None, scope=scope, viewer=viewer).entries
        days = {entry.interval.start.date() for entry in found}
    else:
        days = _nearest_days(select_occurrences(window=None, scope=scope, viewer=viewer), today)
    return min(days, key=lambda day: (abs((day - today).days), day < today), default=None)


def _nearest_days(rows: QuerySet[Occurrence], today: date) -> set[date]:
    midnight = local_midnight(today)
    coming = rows.filter(start__gte=midnight).order_by("start").values_list("start", flat=True)
    past = rows.filter(start__lt=midnight).order_by("-start").values_list("start", flat=True)
    found: list[datetime] = [*coming[:1], *past[:1]]
    return {moment.astimezone(LOCAL_ZONE).date() for moment in found}


def _recurring(facts: dict[int, ActivityFacts], alive: set[str]) -> list[int]:
    return [key for key, fact in facts.items() if fact.is_recurring and fact.uid in alive]


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
