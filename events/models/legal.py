"""Legal figures as rows: lead times, limits, and what each kind of activity is to the law."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.activity import Activity, ActivityKind
from venues.models import Sourced


class Figure(Sourced):
    """One number a rule asks for ("quiet.distance_m"), with its unit; never a constant in code."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("legal figure")
        verbose_name_plural = _("legal figures")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class LeadTime(Sourced):
    """A paper that must be sent some days before an activity.

    `kind` names the activities it always applies to; empty: only those that name its code in `Activity.procedures`.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind.choices, blank=True)
    days = models.PositiveSmallIntegerField(_("days before"))
    is_working_days = models.BooleanField(_("counted in working days"), default=True)
    warn_days = models.PositiveSmallIntegerField(_("remind this many days before"), default=3)
    receiver = models.CharField(_("receiver"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("lead time")
        verbose_name_plural = _("lead times")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"


class KindTrait(Sourced):
    """What a kind of activity is to the rules."""

    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind.choices, unique=True)
    is_loud = models.BooleanField(_("uses loudspeakers"), default=False)
    is_entertainment = models.BooleanField(_("is entertainment"), default=False)
    is_gathering = models.BooleanField(_("gathers the public"), default=False)
    is_big = models.BooleanField(_("counts as a big event"), default=False)

    class Meta:
        verbose_name = _("trait of a kind")
        verbose_name_plural = _("traits of kinds")
        ordering = ("kind",)

    def __str__(self) -> str:
        return self.get_kind_display()


class Notice(models.Model):
    """A paper that was sent for an activity: under which lead time (or "border"), when, with what number."""

    activity = models.ForeignKey(Activity, verbose_name=_("activity"), on_delete=models.CASCADE, related_name="notices")
    procedure = models.CharField(_("procedure"), max_length=20)
    sent_on = models.DateField(_("sent on"))
    number = models.CharField(_("number"), max_length=60, blank=True)
    receiver = models.CharField(_("receiver"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("activity", "procedure")
        constraints = (models.UniqueConstraint(fields=("activity", "procedure"), name="notice_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.procedure} {self.sent_on:%d/%m/%Y}"


class AcceptedWarning(models.Model):
    """A warning that a planner overrides with a reason; it is told in the conflict report.

    `fingerprint` is that of `core.conflicts.Conflict`: the same clash of the same subjects at the same time.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.CASCADE, related_name="accepted_warnings"
    )
    code = models.CharField(_("rule"), max_length=40)
    fingerprint = models.CharField(max_length=64)
    message = models.TextField(_("warning"))
    reason = models.CharField(_("reason"), max_length=300)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("accepted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_by_label = models.CharField(_("accepted by (name at the time)"), max_length=160)
    accepted_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ("activity", "code", "id")
        constraints = (models.UniqueConstraint(fields=("activity", "fingerprint"), name="warning_accepted_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.code}"
