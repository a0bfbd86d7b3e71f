"""Organisations, their areas and their members."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models import Area


class UnitKind(models.TextChoices):
    """Kinds of unit the letter addresses, and the commune offices that replaced them."""

    DEPARTMENT = "department", _("Department")
    ATTACHED = "attached", _("Unit attached to the Department")
    DISTRICT_OFFICE = "district_office", _("District office of culture and information")
    DISTRICT_CENTRE = "district_centre", _("District culture centre")
    COMMUNE_OFFICE = "commune_office", _("Commune office of culture and society")
    PARTNER = "partner", _("Partner")


class Unit(models.Model):
    """An organisation that leads or coordinates activities."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    areas = models.ManyToManyField(Area, verbose_name=_("areas it works in"), blank=True, related_name="units")
    office_phone = models.CharField(_("office phone"), max_length=30, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to (last day)"), null=True, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("position", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_valid_to_after_from",
                violation_error_message=_("The last valid day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do; a person without a role is a visitor."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PROVINCIAL_PLANNER = "provincial_planner", _("Provincial planner")
    UNIT_PLANNER = "unit_planner", _("Unit planner")
    APPROVER = "approver", _("Approver")
    TEAM_MEMBER = "team_member", _("Team member")
    VIEWER = "viewer", _("Viewer")


class Membership(models.Model):
    """A person's role in a unit."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("unit", "role", "user")
        constraints = (models.UniqueConstraint(fields=("user", "unit", "role"), name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} – {self.unit_id} – {self.role}"
