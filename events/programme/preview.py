"""What a feed holds now: how many occurrences, and the next ones."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from core.intervals import Interval
from events.programme.gate import PUBLIC_STATUSES
from events.programme.loading import load_programme
from events.programme.selection import select_occurrences

if TYPE_CHECKING:
    from datetime import datetime

    from events.programme.entries import Programme, ProgrammeEntry
    from events.programme.scope import Scope
    from units.permissions import Viewer

NEXT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`count` occurrences of all times, `coming` of them not over and not called off, `upcoming` the next to begin."""

    count: int
    coming: int
    upcoming: tuple[ProgrammeEntry, ...]


def load_preview(*, scope: Scope, viewer: Viewer, now: datetime) -> Preview:
    """Count without reading the occurrences, then read the next three; with free text all are read."""
    if scope.query:
        return _of(load_programme(window=None, scope=scope, viewer=viewer), now=now)
    rows = select_occurrences(scope=scope, viewer=viewer)
    coming = rows.filter(end__gt=now, status__in=PUBLIC_STATUSES, activity__is_deleted=False)
    count, ahead = rows.count(), coming.count()
    times = list(coming.filter(start__gte=now).order_by("start", "end").values_list("start", "end")[:NEXT])
    if not times:
        return Preview(count=count, coming=ahead, upcoming=())
    window = Interval(min(start for start, _end in times), max(end for _start, end in times))
    programme = load_programme(window=window, scope=scope, viewer=viewer)
    return Preview(count=count, coming=ahead, upcoming=_next(programme, now=now))


def _of(programme: Programme, *, now: datetime) -> Preview:
    coming = [entry for entry in programme.entries if entry.interval.end > now and entry.status in PUBLIC_STATUSES]
    return Preview(count=len(programme.entries), coming=len(coming), upcoming=_next(programme, now=now))


def _next(programme: Programme, *, now: datetime) -> tuple[ProgrammeEntry, ...]:
    coming = (entry for entry in programme.entries if entry.interval.start >= now and entry.status in PUBLIC_STATUSES)
    return tuple(islice(coming, NEXT))
