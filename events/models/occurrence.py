"""The derived index of occurrences, and what each of them takes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.activity import Activity, Status
from venues.models import Resource

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

LONGEST_SHORT: Final = timedelta(days=2)  # whatever is not long surely ends within it; long is what lasts over a day
HAS_OWN = ~models.Q(title="") | ~models.Q(list_keys="")  # something beside time and status differs


class LastsOverADay(models.Func):
    """Whether from the second moment to the first it is more than a day, give or take two minutes."""

    template = "(%(expressions)s > INTERVAL '1 day')"
    arg_joiner = " - "
    output_field = models.BooleanField()

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **extra_context: Any,  # noqa: ANN401 -- Django's signature
    ) -> tuple[str, Any]:
        """SQLite counts days in fractions, of which the last digits are not to be trusted."""
        template = "(julianday(%(expressions)s) > 1.001)"
        joined = {"template": template, "arg_joiner": ") - julianday("}
        return self.as_sql(compiler, connection, **joined, **extra_context)


class Occurrence(models.Model):
    """One instance of an activity, derived from its series; rebuilt at will.

    `recurrence_id` is the start the rule gave it (RFC 5545 RECURRENCE-ID), so the row
    keeps its identity when it is moved. `list_keys` is empty where its places and resources are the activity's own.
    `is_long` is the database's own work: the few that last for days are sought apart, so that nobody who reads a
    window looks at all that went before it.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences", db_index=False)
    recurrence_id = models.DateTimeField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices)
    title = models.CharField(_("own title"), max_length=255, blank=True)
    list_keys = models.TextField(default="", blank=True, editable=False)
    is_long = models.GeneratedField(
        expression=LastsOverADay("end", "start"), output_field=models.BooleanField(), db_persist=True
    )

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
            models.Index(
                fields=("start", "end", "activity", "recurrence_id", "status"),
                name="occurrence_long",
                condition=models.Q(is_long=True),
            ),
            models.Index(
                fields=("activity", "start", "end", "recurrence_id", "status"),
                name="occurrence_long_of_activity",
                condition=models.Q(is_long=True),
            ),
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
