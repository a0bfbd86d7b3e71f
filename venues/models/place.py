"""Venues and display sites: named points that belong to an area."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.area import Area, Located, point_constraint


class VenueKind(models.TextChoices):
    """What a venue is to a planner; the free-text kind of the source stays in the note."""

    CULTURE_HOUSE = "culture_house", _("Culture house or centre")
    MUSEUM = "museum", _("Museum or library")
    SQUARE = "square", _("Square, street or market")
    STADIUM = "stadium", _("Stadium or sports hall")
    HERITAGE = "heritage", _("Heritage or sight")
    BORDER_GATE = "border_gate", _("Border gate")
    STATION = "station", _("Station")
    OTHER = "other", _("Other")


class Place(Located):
    """What venues and display sites share."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    area = models.ForeignKey(Area, verbose_name=_("area"), on_delete=models.PROTECT)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source of the point"), max_length=300, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Venue(Place):
    """A place where people meet: a hall, a yard, a square, a border gate."""

    kind = models.CharField(_("kind"), max_length=20, choices=VenueKind.choices)
    address = models.CharField(_("address"), max_length=200, blank=True)
    successor_area = models.ForeignKey(
        Area,
        verbose_name=_("area since 1 July 2025"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inherited_venues",
    )

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ("name", "code")
        constraints = (point_constraint("venue_point_whole"),)


class DisplaySite(Place):
    """A spot that carries faces: a panel cluster, a gate, a stretch of road."""

    class Meta:
        verbose_name = _("display site")
        verbose_name_plural = _("display sites")
        ordering = ("name", "code")
        constraints = (point_constraint("display_site_point_whole"),)
