"""What subscribers have: saved filters, private links, texts of feeds kept in pieces, and what is told in haste."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.activity import Activity


class SavedFilter(models.Model):
    """A filter of the calendar that a person keeps under a name; `query` is its part of the address, in fixed order."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("filter"), blank=True)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("owner", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name"),
                name="saved_filter_name_per_owner",
                violation_error_message=_("You already have a filter of that name."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A private feed link of one person: it shows what its owner may see, and only what its filter leaves.

    The link's token itself is never stored, only its SHA-256 and its last characters, by which people know it again.
    `query` says what the feed holds (`events.feeds.spec`); with `saved_filter` it follows that filter.
    `alarm_minutes` None means no VALARM. Revoking is for good.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    name = models.CharField(_("name"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    token_hint = models.CharField(max_length=8, editable=False)
    query = models.TextField(_("filter"), blank=True)
    saved_filter = models.ForeignKey(
        SavedFilter, null=True, blank=True, on_delete=models.SET_NULL, related_name="subscriptions"
    )
    alarm_minutes = models.PositiveIntegerField(_("reminder, minutes before"), null=True, blank=True)
    wants_mail = models.BooleanField(_("e-mail me late changes"), default=True)
    request_key = models.CharField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    rotated_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    last_fetched_at = models.DateTimeField(_("last fetched"), null=True, editable=False)
    last_client = models.CharField(_("last client"), max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("private subscription")
        verbose_name_plural = _("private subscriptions")
        ordering = ("owner", "name", "id")

    def __str__(self) -> str:
        return self.name


class FeedText(models.Model):
    """The VEVENTs of one activity as one kind of reader gets them: derived, rewritten when `basis` no longer fits.

    `until` is the last day on which they may be used: then a cancelled occurrence has been shown for long enough.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="feed_texts", db_index=False)
    readers = models.CharField(max_length=8)
    basis = models.CharField(max_length=40)
    body = models.TextField(blank=True)
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("text of a feed")
        verbose_name_plural = _("texts of feeds")
        constraints = (models.UniqueConstraint(fields=("activity", "readers"), name="feed_text_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.readers}"


class UrgentChange(models.Model):
    """A change, made within a day of it, of when or where an occurrence takes place or whether it does.

    `before` and `after` are JSON: recurrence_id, title, start, end (ISO 8601, UTC), all_day, status, places (names);
    None: it did not exist, or no longer does.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="urgent_changes")
    recurrence_id = models.DateTimeField()
    at = models.DateTimeField(_("at"), db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("late change")
        verbose_name_plural = _("late changes")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.activity_id} {self.recurrence_id:%d/%m/%Y %H:%M}"


class UrgentNotice(models.Model):
    """That a late change is told by e-mail to the owner of a subscription: nobody is told twice.

    A notice is claimed before the message leaves (`claimed_at`) and marked once the mail server took it (`sent_at`).
    One that was claimed and not marked, because the server refused it (`fault`) or the worker died, is taken up again.
    """

    change = models.ForeignKey(UrgentChange, on_delete=models.CASCADE, related_name="told")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    claimed_at = models.DateTimeField(_("taken up"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    fault = models.CharField(_("fault"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("e-mail about a late change")
        verbose_name_plural = _("e-mails about late changes")
        ordering = ("-claimed_at", "-id")
        constraints = (models.UniqueConstraint(fields=("change", "subscription"), name="urgent_notice_once"),)

    def __str__(self) -> str:
        return f"{self.change_id} → {self.subscription_id}"
