"""The audit trail: who changed what, when, from what to what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One change; written in the transaction of the change and never altered."""

    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_label = models.CharField(_("who (name at the time)"), max_length=160)
    verb = models.CharField(_("what was done"), max_length=40)
    subject_type = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.CharField(_("key of the thing"), max_length=80)
    subject_label = models.CharField(_("thing"), max_length=300)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ("-id",)
        indexes = (models.Index(fields=("subject_type", "subject_id"), name="audit_subject"),)

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_label}: {self.verb} {self.subject_label}"


class ChangeMark(models.Model):
    """That something was changed: one row a saved change, without saying what; old ones are folded into one.

    The last key and the number of changes together tell whether anything was saved since (`units.marks`): rows are
    only added, so no writer waits for another, and a row that commits late still changes the number. `is_wide`: what
    changed may be named by many activities (a venue, a unit, a campaign), so texts kept of any of them may be stale.
    `stands_for` is how many changes the row counts for: folding old rows changes neither number.
    """

    at = models.DateTimeField(db_index=True)
    is_wide = models.BooleanField(default=True)
    stands_for = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = "mark of a change"
        verbose_name_plural = "marks of changes"

    def __str__(self) -> str:
        return str(self.pk)
