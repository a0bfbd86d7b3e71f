"""Steps of a campaign that can be undone, and draft plans beside the released one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.activity import Activity
from events.models.campaign import Campaign


class PlanStep(models.Model):
    """One change of a campaign as its planners think of it: one saved form, one bulk operation, one import.

    Numbered from 1 within its campaign. Undoing sets `undone_at`, redoing clears it; a new step after an undo drops the
    undone ones for good (`is_dropped`).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField(_("number"))
    verb = models.CharField(_("what was done"), max_length=40)
    label = models.CharField(_("description"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(_("who (name at the time)"), max_length=160)
    at = models.DateTimeField(_("at"))
    undone_at = models.DateTimeField(null=True)
    is_dropped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("campaign", "-number")
        constraints = (models.UniqueConstraint(fields=("campaign", "number"), name="step_number_per_campaign"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"


class StepChange(models.Model):
    """What a step did to one activity: its machine state before and after (None: it did not exist).

    `version` is the activity's version after the step: with it any version can be restored.
    """

    step = models.ForeignKey(PlanStep, on_delete=models.CASCADE, related_name="changes")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="step_changes")
    version = models.PositiveIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("change of a step")
        verbose_name_plural = _("changes of steps")
        ordering = ("step", "id")
        constraints = (models.UniqueConstraint(fields=("step", "activity"), name="step_change_once"),)
        indexes = (models.Index(fields=("activity", "version"), name="step_change_version"),)

    def __str__(self) -> str:
        return f"{self.step_id}: {self.activity_id} v{self.version}"


class BranchStatus(models.TextChoices):
    """The life of a draft plan."""

    OPEN = "open", _("Being drafted")
    RELEASED = "released", pgettext_lazy("draft plan", "Released")
    DISCARDED = "discarded", _("Discarded")


class PlanBranch(models.Model):
    """A draft plan: a branch of a campaign that books nothing and feeds nothing until it is released.

    It holds only what differs from the released plan; `version` counts its changes (two editors).
    """

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="branches"
    )
    name = models.CharField(_("name"), max_length=160)
    note = models.TextField(_("note"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=BranchStatus.choices, default=BranchStatus.OPEN)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    step = models.ForeignKey(PlanStep, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("draft plan")
        verbose_name_plural = _("draft plans")
        ordering = ("campaign", "-id")
        constraints = (models.UniqueConstraint(fields=("campaign", "name"), name="branch_name_per_campaign"),)

    def __str__(self) -> str:
        return self.name


class BranchActivity(models.Model):
    """One activity as the draft plan wants it; `state` None drops it, `base_version` 0 says it is new."""

    branch = models.ForeignKey(PlanBranch, on_delete=models.CASCADE, related_name="activities")
    uid = models.CharField(max_length=64)
    base_version = models.PositiveIntegerField(default=0)
    state = models.JSONField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("activity of a draft plan")
        verbose_name_plural = _("activities of draft plans")
        ordering = ("branch", "id")
        constraints = (models.UniqueConstraint(fields=("branch", "uid"), name="branch_activity_once"),)

    def __str__(self) -> str:
        return f"{self.branch_id}: {self.uid}"
