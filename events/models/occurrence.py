"""The derived index of occurrences, and what each of them takes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.activity import Activity, Status
from venues.models import Resource

HAS_OWN = ~models.Q(title="") | ~models.Q(list_keys="")  # something beside time and status differs


class Occurrence(models.Model):
    """One instance of an activity, derived from its series; rebuilt at will.

    `recurrence_id` is the start the rule gave it (RFC 5545 RECURRENCE-ID), so the row
    keeps its identity when it is moved. `list_keys` is empty where its places and resources are the activity's own.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences", db_index=False)
    recurrence_id = models.DateTimeField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices)
    title = models.CharField(_("own title"), max_length=255, blank=True)
    list_keys = models.TextField(default="", blank=True, editable=False)

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ("start", "activity", "recurrence_id")
        constraints = (
            models.UniqueConstraint(fields=("activity", "recurrence_id"), name="occurrence_identity"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="occurrence_ends_after_start"),
        )
        indexes = (
            # The first two hold all that most readings of a window need, so that the rows themselves stay unread.
            models.Index(fields=("start", "end", "activity", "recurrence_id", "status"), name="occurrence_window"),
            models.Index(fields=("activity", "start", "end", "recurrence_id", "status"), name="occurrence_of_activity"),
            models.Index(fields=("end",), name="occurrence_end"),
            models.Index(fields=("activity", "start"), name="occurrence_own", condition=HAS_OWN),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.start:%d/%m/%Y %H:%M}"


class Booking(models.Model):
    """An occurrence takes a resource for an interval; rows exist only while they hold.

    On PostgreSQL the exclusion constraint `booking_no_overlap` (a migration's own SQL)
    is the last word against two overlapping rows of one resource.
    """

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="bookings")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="bookings")
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ("resource", "start")
        constraints = (
            models.UniqueConstraint(fields=("occurrence", "resource"), name="booking_once"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="booking_ends_after_start"),
        )
        indexes = (models.Index(fields=("resource", "start", "end"), name="booking_window"),)

    def __str__(self) -> str:
        return f"{self.resource_id} {self.start:%d/%m/%Y %H:%M}"
