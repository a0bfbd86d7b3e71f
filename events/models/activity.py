"""An activity: the domain's columns beside django-scheduler's series."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.campaign import Audience, Campaign, Form, FundingSource, Theme
from events.models.planned_event import PlannedEvent
from units.models import Unit
from venues.models import Area, DisplaySite, Resource, Venue


class ActivityKind(models.TextChoices):
    """The letter's kinds of activity."""

    VISUAL_DISPLAY = "visual_display", _("Visual display")
    MOBILE_TEAM = "mobile_team", _("Mobile team")
    EXHIBITION = "exhibition", _("Exhibition")
    EXCHANGE = "exchange", _("Exchange")
    FAIR_SEMINAR = "fair_seminar", _("Fair or seminar")
    MEDIA_ITEM = "media_item", _("Media item")
    INTEGRATED_SESSION = "integrated_session", _("Integrated session")


class Status(models.TextChoices):
    """The states of an activity and of one occurrence."""

    DRAFT = "draft", _("Draft")
    TENTATIVE = "tentative", _("Tentative")
    CONFIRMED = "confirmed", _("Confirmed")
    POSTPONED = "postponed", _("Postponed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    DONE = "done", _("Done")


class Activity(models.Model):
    """One thing a unit does in an area, once or repeatedly, alone or with others.

    `version` counts every change (two editors); `sequence` counts changes of date,
    time, place or status only (RFC 5545 section 3.8.7.4). A deleted activity keeps its row, so that
    undoing gives the same one back. `horizon` is the last day to which a series without end has been
    expanded; `list_keys` is derived: the keys of its lists in one text, for the read model.
    """

    uid = models.CharField(_("UID"), max_length=64, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40)
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="activities"
    )
    event = models.OneToOneField(
        PlannedEvent, verbose_name=_("series"), on_delete=models.PROTECT, related_name="activity"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    is_public = models.BooleanField(_("public"), default=True)
    all_day = models.BooleanField(_("all day"), default=False)
    area = models.ForeignKey(Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="activities")
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("lead unit"), on_delete=models.PROTECT, related_name="led_activities"
    )
    coordinating_units = models.ManyToManyField(
        Unit,
        verbose_name=_("coordinating units"),
        blank=True,
        related_name="coordinated_activities",
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True)
    forms = models.ManyToManyField(Form, verbose_name=_("forms of work"), blank=True)
    audiences = models.ManyToManyField(Audience, verbose_name=_("audiences"), blank=True)
    funding_sources = models.ManyToManyField(FundingSource, verbose_name=_("funding sources"), blank=True)
    resources = models.ManyToManyField(
        Resource, verbose_name=_("resources it takes"), blank=True, related_name="activities"
    )
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    quantity_unit = models.CharField(_("unit of count"), max_length=20, blank=True)
    quantity_source = models.CharField(_("source of the figure"), max_length=120, blank=True)
    expected_audience = models.PositiveIntegerField(_("expected audience"), null=True, blank=True)
    budget_vnd = models.PositiveBigIntegerField(_("budget (VND)"), null=True, blank=True)
    procedures = models.CharField(_("procedures (codes of lead times)"), max_length=120, blank=True)
    lunar_rule = models.CharField(_("lunar rule"), max_length=200, blank=True)
    horizon = models.DateField(_("expanded to"), null=True, editable=False)
    notes = models.TextField(_("internal notes"), blank=True)
    status_reason = models.CharField(_("reason of the status"), max_length=300, blank=True)
    was_confirmed = models.BooleanField(default=False, editable=False)
    is_deleted = models.BooleanField(default=False, editable=False)
    list_keys = models.TextField(default="", editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("event__start", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "code"),
                name="activity_code_per_campaign",
                violation_error_message=_("This campaign already has an activity of that code."),
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True) | models.Q(quantity__gte=0),
                name="activity_quantity_not_negative",
                violation_error_message=_("A quantity cannot be negative."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} – {self.event.title}"

    def get_absolute_url(self) -> str:
        """The activity's own page."""
        return reverse("events:activity", args=[self.uid])


class ActivityPlace(models.Model):
    """A venue or a display site where the activity happens, in the planner's order."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField(default=0)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT)
    site = models.ForeignKey(DisplaySite, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("place of an activity")
        verbose_name_plural = _("places of activities")
        ordering = ("activity", "position", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(venue__isnull=True, site__isnull=False)
                | models.Q(venue__isnull=False, site__isnull=True),
                name="activity_place_venue_or_site",
                violation_error_message=_("A place is either a venue or a display site."),
            ),
            models.UniqueConstraint(fields=("activity", "venue"), name="activity_venue_once"),
            models.UniqueConstraint(fields=("activity", "site"), name="activity_site_once"),
        )

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.venue_id or self.site_id}"


class SeriesDate(models.Model):
    """What django-scheduler cannot store: an extra date (RDATE) or an excluded one (EXDATE).

    `is_skipped` marks a date excluded only because of a clash, told in `reason`; it can be added back.
    """

    class Kind(models.TextChoices):
        """Which of the two."""

        EXTRA = "extra", _("Extra date")
        EXCLUDED = "excluded", _("Excluded date")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="series_dates")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    start = models.DateTimeField()
    is_skipped = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("date of a series")
        verbose_name_plural = _("dates of series")
        ordering = ("activity", "start")
        constraints = (models.UniqueConstraint(fields=("activity", "start"), name="series_date_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.kind} {self.start:%d/%m/%Y}"


class OccurrenceDetail(models.Model):
    """What django-scheduler's override cannot store of one occurrence.

    `changes` holds the fields of `ActivityPlan` that differ: status, status_reason, description, venue_ids, site_ids,
    resource_ids. Time, title and cancellation stand in `schedule.Occurrence`.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrence_details")
    recurrence_id = models.DateTimeField()
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("detail of an occurrence")
        verbose_name_plural = _("details of occurrences")
        ordering = ("activity", "recurrence_id")
        constraints = (models.UniqueConstraint(fields=("activity", "recurrence_id"), name="occurrence_detail_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.recurrence_id:%d/%m/%Y %H:%M}"
