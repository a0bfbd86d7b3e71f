"""The days a plan must know: festivals, observances, days off and mourning."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models import Area, Sourced


class FestivalState(models.TextChoices):
    """How far the date of a festival can be relied on."""

    COMPUTED = "computed", _("Computed from its rule")
    CONFIRM = "confirm_by_hand", _("To be confirmed by hand")
    YEARLY = "set_yearly", _("Set each year")


class Festival(Sourced):
    """A festival of the province: its rule by the moon or by the sun, its main day and the days around it.

    `rule` is what `core.lunar_recurrence.parse_lunar` reads, or "dd/mm" of the sun where `is_lunar` is false, or empty
    where nobody has said yet; `first_offset` and `last_offset` count days from the main day to the first and the last
    (-5 and 0 for 22-27/1 with the main day on the 27th).
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    areas = models.ManyToManyField(Area, verbose_name=_("areas"), blank=True, related_name="festivals")
    old_place = models.CharField(_("place before 1 July 2025"), max_length=160, blank=True)
    is_lunar = models.BooleanField(_("by the lunar calendar"), default=True)
    rule = models.CharField(_("rule"), max_length=200, blank=True)
    first_offset = models.SmallIntegerField(_("first day (from the main day)"), default=0)
    last_offset = models.SmallIntegerField(_("last day (from the main day)"), default=0)
    has_eve = models.BooleanField(_("begins on the evening before"), default=False)
    state = models.CharField(
        _("state of the date"), max_length=16, choices=FestivalState.choices, default=FestivalState.COMPUTED
    )
    is_big = models.BooleanField(_("draws the whole province"), default=False)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("festival")
        verbose_name_plural = _("festivals")
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class FestivalDate(Sourced):
    """The days of a festival in one year as somebody set or confirmed them; they win over the rule."""

    festival = models.ForeignKey(Festival, verbose_name=_("festival"), on_delete=models.CASCADE, related_name="dates")
    year = models.PositiveSmallIntegerField(_("year"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    main_day = models.DateField(_("main day"))

    class Meta:
        verbose_name = _("date of a festival")
        verbose_name_plural = _("dates of festivals")
        ordering = ("festival", "year")
        constraints = (
            models.UniqueConstraint(fields=("festival", "year"), name="festival_date_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("main_day"), main_day__lte=models.F("last_day")),
                name="festival_main_day_within",
                violation_error_message=_("The main day lies between the first and the last day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.festival} {self.year}"


class ObservanceKind(models.TextChoices):
    """Whose day it is."""

    NATIONAL = "national", _("National day")
    SECTOR = "sector", _("Day of a sector")
    ASEAN = "asean", _("ASEAN day")
    LOCAL = "local", _("Day of the province")


class Observance(Sourced):
    """A day the whole province marks: each year (`month`, `day`), by the moon (`lunar`), or once (`on_day`)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=ObservanceKind.choices)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    lunar = models.CharField(_("lunar rule"), max_length=120, blank=True)
    on_day = models.DateField(_("one day only"), null=True, blank=True)
    since_year = models.PositiveSmallIntegerField(_("since the year"), null=True, blank=True)
    is_big = models.BooleanField(_("draws the whole province"), default=False)

    class Meta:
        verbose_name = _("observance")
        verbose_name_plural = _("observances")
        ordering = ("month", "day", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(month__isnull=False, day__isnull=False, lunar="", on_day__isnull=True)
                & models.Q(month__range=(1, 12), day__range=(1, 31))
                | (models.Q(month__isnull=True, day__isnull=True, on_day__isnull=True) & ~models.Q(lunar=""))
                | models.Q(month__isnull=True, day__isnull=True, lunar="", on_day__isnull=False),
                name="observance_one_way",
                violation_error_message=_("Give a day and month, or a lunar rule, or one date."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class DayOff(Sourced):
    """A day nobody works though it is a weekday, or (`is_working`) a weekend day that is worked in exchange."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_working = models.BooleanField(_("a working day in exchange"), default=False)
    is_confirmed = models.BooleanField(_("decided"), default=True)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class MourningPeriod(Sourced):
    """Days of national mourning: entertainment is postponed."""

    name = models.CharField(_("name"), max_length=200)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("mourning period")
        verbose_name_plural = _("mourning periods")
        ordering = ("first_day", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="mourning_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name
