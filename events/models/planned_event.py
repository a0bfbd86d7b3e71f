"""django-scheduler's event, answering rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from schedule.models import Event
from schedule.models import Occurrence as SchedulerOccurrence

from core.intervals import Interval

if TYPE_CHECKING:
    from datetime import datetime


CANCELLED = "cancelled"  # `activity.Status.CANCELLED`, which stands above this module


class PlannedEvent(Event):
    """A `schedule.Event` whose `get_occurrences` agrees with the occurrence index."""

    class Meta:
        proxy = True
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def get_occurrences(
        self,
        start: datetime,
        end: datetime,
        clear_prefetch: bool = True,  # noqa: ARG002, FBT001, FBT002 -- the parent's signature
    ) -> list[SchedulerOccurrence]:
        """Occurrences that overlap `[start, end)`, cancelled and deleted ones left out, in time order.

        Unlike the parent it never refreshes from the database, so unsaved edits count,
        and the zone of the window has no influence.
        """
        from events.expansion import expand_event  # noqa: PLC0415 -- thin method

        window = Interval(start, end)
        if self.activity.is_deleted or self.activity.status == CANCELLED:
            return []
        return [
            SchedulerOccurrence(
                event=self,
                title=slot.title or self.title,
                description=self.description if slot.description is None else slot.description,
                start=slot.interval.start,
                end=slot.interval.end,
                original_start=slot.recurrence_id,
                original_end=slot.recurrence_id + (self.end - self.start),
            )
            for slot in expand_event(self)
            if not slot.is_cancelled and slot.status != CANCELLED and slot.interval.overlaps(window)
        ]
