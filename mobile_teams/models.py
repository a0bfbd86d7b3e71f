"""Who drives: teams, vehicles, tours and their stops."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import Activity, Campaign
from units.models import Unit
from venues.models import Resource, Venue, Weekday


class Team(models.Model):
    """A mobile information team (Circular 20/2014/TT-BVHTTDL)."""

    resource = models.OneToOneField(Resource, verbose_name=_("resource"), on_delete=models.PROTECT, related_name="team")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="teams")
    depot = models.ForeignKey(Venue, verbose_name=_("depot"), null=True, blank=True, on_delete=models.PROTECT)
    size = models.PositiveSmallIntegerField(_("number of people"), null=True, blank=True)
    works_from = models.TimeField(_("works from"), null=True, blank=True)
    works_to = models.TimeField(_("works until"), null=True, blank=True)
    rest_weekday = models.PositiveSmallIntegerField(
        _("weekly day of rest"), choices=Weekday.choices, null=True, blank=True
    )

    class Meta:
        verbose_name = _("mobile team")
        verbose_name_plural = _("mobile teams")
        ordering = ("resource",)

    def __str__(self) -> str:
        return f"{self.resource.name}"


class Vehicle(models.Model):
    """A car or truck of a unit."""

    resource = models.OneToOneField(
        Resource, verbose_name=_("resource"), on_delete=models.PROTECT, related_name="vehicle"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="vehicles")
    plate = models.CharField(_("number plate"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        ordering = ("resource",)

    def __str__(self) -> str:
        return f"{self.resource.name}"


class Tour(models.Model):
    """A team's journey over several stops, one or more days."""

    campaign = models.ForeignKey(Campaign, verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="tours")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="tours")
    vehicle = models.ForeignKey(Vehicle, verbose_name=_("vehicle"), null=True, blank=True, on_delete=models.PROTECT)
    depot = models.ForeignKey(Venue, verbose_name=_("depot"), on_delete=models.PROTECT, related_name="tours")
    departs_at = models.TimeField(_("departure"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("tour")
        verbose_name_plural = _("tours")
        ordering = ("campaign", "code")
        constraints = (models.UniqueConstraint(fields=("campaign", "code"), name="tour_code_per_campaign"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The tour's own page."""
        return reverse("mobile_teams:tour", args=[self.pk])


class Stop(models.Model):
    """A stop of a tour: an activity, in the planner's order, with what the crew must know."""

    tour = models.ForeignKey(Tour, verbose_name=_("tour"), on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField(_("order"))
    activity = models.OneToOneField(Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="stop")
    setup_minutes = models.PositiveSmallIntegerField(_("set-up (minutes)"), default=60)
    running_order = models.TextField(_("running order"), blank=True)
    rain_plan = models.CharField(_("in case of rain"), max_length=300, blank=True)
    power = models.CharField(_("power and stage"), max_length=300, blank=True)
    lodging = models.CharField(_("meals and lodging"), max_length=300, blank=True)
    expected_audience = models.PositiveIntegerField(_("expected audience"), null=True, blank=True)
    quantity_source = models.CharField(_("source of the figure"), max_length=120, blank=True)
    contact_name = models.CharField(_("received by"), max_length=120, blank=True)
    contact_phone = models.CharField(_("phone of the contact"), max_length=30, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        ordering = ("tour", "position")
        constraints = (models.UniqueConstraint(fields=("tour", "position"), name="stop_position_per_tour"),)

    def __str__(self) -> str:
        return f"{self.tour_id}/{self.position}"
