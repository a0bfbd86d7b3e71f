"""Late changes as they are told: from rows to what the messages draw from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse

from core.intervals import LOCAL_ZONE, Interval
from events.models import UrgentChange
from events.outputs.late_message import LateChange, LateState
from events.programme.gate import visible_q

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from units.models import Unit
    from units.permissions import Viewer

SHOWN_FOR: Final = timedelta(hours=48)


def late_rows(*, since: datetime) -> QuerySet[UrgentChange]:
    """The late changes made since then, with what they are told by, oldest first."""
    rows = UrgentChange.objects.filter(at__gte=since).order_by("at", "id")
    return rows.select_related("activity__area", "activity__lead_unit")


def visible_late_rows(*, viewer: Viewer, now: datetime) -> QuerySet[UrgentChange]:
    """Those of the last 48 hours that the viewer may see."""
    return late_rows(since=now - SHOWN_FOR).filter(visible_q(viewer, "activity__"))


def late_changes_of(rows: Iterable[UrgentChange]) -> list[LateChange]:
    """The rows as the messages draw from them, in their order; no query."""
    return [_change(row) for row in rows]


def _change(row: UrgentChange) -> LateChange:
    activity = row.activity
    return LateChange(
        key=_key(row, row.after or row.before),
        old_key=_key(row, row.before or row.after),
        at=row.at.astimezone(LOCAL_ZONE),
        before=_state(row.before),
        after=_state(row.after),
        area=activity.area.name,
        office=office_of(activity.lead_unit),
        url=settings.PANO_BASE_URL + reverse("events:activity", args=[activity.uid]),
        is_public=activity.is_public,
    )


def office_of(unit: Unit) -> str:
    """The unit with the telephone of its office, which is public; never a person's."""
    return f"{unit.name}, điện thoại {unit.office_phone}" if unit.office_phone else unit.name


def _key(row: UrgentChange, state: dict[str, Any] | None) -> str:
    return f"{row.activity_id}~{state['recurrence_id'] if state else ''}"


def _state(told: dict[str, Any] | None) -> LateState | None:
    if told is None:
        return None
    start, end = (datetime.fromisoformat(told[name]) for name in ("start", "end"))
    return LateState(
        name=told["title"],
        interval=Interval(start, end).local(),
        all_day=told["all_day"],
        status=told["status"],
        places=tuple(told["places"]),
    )
