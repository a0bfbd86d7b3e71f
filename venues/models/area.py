"""Administrative areas of both editions, and the zones users make of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.querysets import AreaQuerySet


class AreaLevel(models.TextChoices):
    """What an area is; only a zone is made of members instead of having children."""

    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune or ward")
    ZONE = "zone", _("Custom zone")


class PointQuality(models.TextChoices):
    """How far a point can be trusted, best first."""

    SURVEYED = "surveyed", _("Measured on site")
    PUBLISHED = "published", _("Published point")
    ESTIMATE = "estimate", _("Estimated from the address")
    DISTRICT_SEAT = "district_seat", _("District seat")
    COMMUNE_CENTROID = "commune_centroid", _("Centre of the commune")
    NONE = "none", _("No point")


class Located(models.Model):
    """A WGS 84 point with its quality; both coordinates are given or neither."""

    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    point_quality = models.CharField(
        _("quality of the point"),
        max_length=20,
        choices=PointQuality.choices,
        default=PointQuality.NONE,
    )

    class Meta:
        abstract = True


def point_constraint(name: str) -> models.CheckConstraint:
    """Both coordinates inside the world, or none at all."""
    known = models.Q(lon__isnull=False, lat__isnull=False)  # a comparison with NULL alone would pass the check
    both = known & models.Q(lon__range=(-180.0, 180.0), lat__range=(-90.0, 90.0))
    neither = models.Q(lon__isnull=True, lat__isnull=True)
    return models.CheckConstraint(
        condition=both | neither,
        name=name,
        violation_error_message=_("Give both longitude and latitude, within the world, or neither."),
    )


class Area(Located):
    """A province, district, commune or custom zone, valid for a span of days.

    Codes are reused with another meaning by the 2025 edition, so the key is
    (code, valid_from), never the code or the name alone.
    """

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=AreaLevel.choices)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to (last day)"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    members = models.ManyToManyField(
        "self",
        verbose_name=_("members of the zone"),
        symmetrical=False,
        blank=True,
        related_name="zones",
    )
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("successors"),
        symmetrical=False,
        blank=True,
        related_name="predecessors",
    )
    boundary = models.JSONField(_("boundary (GeoJSON geometry, approximate)"), null=True, blank=True)
    is_border = models.BooleanField(_("touches the national border"), default=False)
    position = models.PositiveIntegerField(_("order in the resolution"), default=0)

    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ("level", "position", "code")
        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="area_code_per_edition"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="area_valid_to_after_from",
                violation_error_message=_("The last valid day lies before the first."),
            ),
            point_constraint("area_point_whole"),
        )

    def __str__(self) -> str:
        return self.name
