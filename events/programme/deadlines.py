"""When campaigns want their report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from events.models import Campaign

if TYPE_CHECKING:
    from units.permissions import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A report is due before `before`; `last_safe_day` is the day before it, `days_left` counts to that day.

    `days_left` is 0 on the last safe day and negative once the deadline has passed.
    """

    campaign_code: str
    campaign_name: str
    before: date
    last_safe_day: date
    days_left: int

    @property
    def is_past(self) -> bool:
        """Whether the last safe day lies behind."""
        return self.days_left < 0


def load_deadlines(*, viewer: Viewer, today: date, most: int = 3) -> tuple[Deadline, ...]:
    """Return the coming report deadlines, next first; where none is to come, the latest past one.

    Reporting is the units' own affair: a visitor gets nothing. At most two queries.
    """
    if not viewer.is_staff_member:
        return ()
    dated = Campaign.objects.filter(report_before__isnull=False)
    rows = list(dated.filter(report_before__gt=today).order_by("report_before", "code")[:most])
    rows = rows or list(dated.order_by("-report_before", "code")[:1])
    return tuple(
        _deadline(row.code, row.name, before=row.report_before, today=today) for row in rows if row.report_before
    )


def _deadline(code: str, name: str, *, before: date, today: date) -> Deadline:
    last_safe_day = before - timedelta(days=1)
    return Deadline(
        campaign_code=code,
        campaign_name=name,
        before=before,
        last_safe_day=last_safe_day,
        days_left=(last_safe_day - today).days,
    )
