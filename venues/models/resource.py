"""What can be taken for a time, and the spaces and faces that are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from venues.models.place import DisplaySite, Venue


class ResourceKind(models.TextChoices):
    """Everything that can be taken; one conflict engine serves them all."""

    SPACE = "space", _("Space")
    FACE = "face", _("Face")
    TEAM = "team", pgettext_lazy("resource", "Mobile team")
    VEHICLE = "vehicle", _("Vehicle")
    EQUIPMENT = "equipment", _("Equipment")
    PERSON = "person", _("Person")


class Resource(models.Model):
    """Anything that can be taken for a time; its owner points here one-to-one."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ResourceKind.choices)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ("kind", "name", "code")

    def __str__(self) -> str:
        return self.name


class SpaceKind(models.TextChoices):
    """What a space is."""

    HALL = "hall", _("Hall")
    STAGE = "stage", _("Stage")
    YARD = "yard", _("Yard")
    ROOM = "room", _("Room")
    SQUARE = "square", _("Square")
    STADIUM = "stadium", _("Stadium")


class Space(models.Model):
    """A part of a venue that one activity takes at a time."""

    resource = models.OneToOneField(
        Resource, verbose_name=_("resource"), on_delete=models.PROTECT, related_name="space"
    )
    venue = models.ForeignKey(Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="spaces")
    kind = models.CharField(_("kind"), max_length=10, choices=SpaceKind.choices)
    capacity = models.PositiveIntegerField(_("capacity (people)"), null=True, blank=True)

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ("venue", "resource")

    def __str__(self) -> str:
        return f"{self.resource.name}"


class FaceFormat(models.TextChoices):
    """Out-of-home formats as the letter and the provinces name them."""

    PANEL = "panel", _("Panel")
    BANNER = "banner", _("Banner")
    STREAMER = "streamer", _("Vertical streamer")
    FLAG = "flag", _("Flag")
    POSTER = "poster", _("Poster")
    LED = "led", _("LED screen")
    GATE = "gate", _("Welcome gate")


class Face(models.Model):
    """One surface of a display site; one posting at a time."""

    resource = models.OneToOneField(Resource, verbose_name=_("resource"), on_delete=models.PROTECT, related_name="face")
    site = models.ForeignKey(
        DisplaySite,
        verbose_name=_("display site"),
        on_delete=models.PROTECT,
        related_name="faces",
    )
    format = models.CharField(_("format"), max_length=10, choices=FaceFormat.choices)
    width_m = models.DecimalField(_("width (m)"), max_digits=6, decimal_places=2, null=True, blank=True)
    height_m = models.DecimalField(_("height (m)"), max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("face")
        verbose_name_plural = _("faces")
        ordering = ("site", "resource")

    def __str__(self) -> str:
        return f"{self.resource.name}"
