"""When a place can be used, and what lies near it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.area import Area, Located, point_constraint
from venues.models.place import Venue
from venues.models.resource import Resource
from venues.models.sourced import Sourced


class Weekday(models.IntegerChoices):
    """Days of the week, Monday 0."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


def _one_subject(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(venue__isnull=True, resource__isnull=False)
        | models.Q(venue__isnull=False, resource__isnull=True),
        name=name,
        violation_error_message=_("Name either a venue or one resource."),
    )


class Closure(Sourced):
    """A venue, or one resource, that cannot be used for a time: repairs, a leave, a service."""

    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.CASCADE, related_name="closures"
    )
    resource = models.ForeignKey(
        Resource, verbose_name=_("resource"), null=True, blank=True, on_delete=models.CASCADE, related_name="closures"
    )
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ("start", "id")
        constraints = (
            _one_subject("closure_of_venue_or_resource"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="closure_ends_after_start",
                violation_error_message=_("A closure ends after it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.venue or self.resource}: {self.reason}"


class OpeningHours(Sourced):
    """A stretch of a weekday in which a venue, or one resource, may be used.

    A day without any row of a subject that has rows on other days is a closed day; a subject without rows is open.
    """

    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.CASCADE, related_name="opening_hours"
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("resource"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="opening_hours",
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ("venue", "resource", "weekday", "opens")
        constraints = (
            _one_subject("opening_of_venue_or_resource"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="opening_closes_after_opens",
                violation_error_message=_("It closes after it opens."),
            ),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="opening_weekday"),
        )

    def __str__(self) -> str:
        return f"{self.venue or self.resource}: {self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class QuietKind(models.TextChoices):
    """What asks for quiet."""

    HOSPITAL = "hospital", _("Hospital or clinic")
    SCHOOL = "school", _("School")
    WORSHIP = "worship", _("Pagoda, temple or church")
    LIBRARY = "library", _("Library")


class QuietPlace(Located, Sourced):
    """A hospital, school or pagoda near which a loudspeaker disturbs."""

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=QuietKind.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="quiet_places"
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("place that asks for quiet")
        verbose_name_plural = _("places that ask for quiet")
        ordering = ("name", "id")
        constraints = (point_constraint("quiet_place_point_whole"),)

    def __str__(self) -> str:
        return self.name
