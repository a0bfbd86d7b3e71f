"""Calendars that come in as .ics files: the file between upload and saving, and what each of its events became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.activity import Activity
from events.models.campaign import Campaign


class CalendarUploadState(models.TextChoices):
    """How far an uploaded calendar has come."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    READY = "ready", _("Ready to be saved")
    SAVING = "saving", _("Being saved")
    DONE = "done", _("Saved")
    FAILED = "failed", _("Not readable")


class CalendarUpload(models.Model):
    """The bytes of an .ics file, what its events are to be taken for, and how far the work on it is.

    `address` is where the bytes are still to be fetched from, empty for a file. `choices` are the importer's answers
    (`calendar_import.choices`); `report` is the preview in JSON; `message` says in a sentence what went wrong.
    `done` of `total` events have been gone through in the present state; `seen_at` is when the work last showed life.
    """

    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(_("file name"), max_length=200)
    address = models.CharField(_("address"), max_length=500, blank=True)
    content = models.BinaryField()
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="calendar_uploads")
    choices = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=CalendarUploadState.choices, default=CalendarUploadState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(null=True)
    message = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    uploaded_at = models.DateTimeField(db_index=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("uploaded calendar")
        verbose_name_plural = _("uploaded calendars")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name


class ImportedEvent(models.Model):
    """Which activity an event of a foreign calendar became: importing its UID again finds it.

    `fingerprint` is a hash of what was imported, so that an unchanged event is known without comparing; `parts` are
    hashes of its parts, so that only what the file changed is taken over and what was changed here stays.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="imported_events")
    uid = models.CharField(_("foreign UID"), max_length=500)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="imported_from")
    fingerprint = models.CharField(max_length=64)
    parts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("imported event")
        verbose_name_plural = _("imported events")
        ordering = ("campaign", "uid")
        constraints = (models.UniqueConstraint(fields=("campaign", "uid"), name="imported_uid_per_campaign"),)

    def __str__(self) -> str:
        return self.uid
