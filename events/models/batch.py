"""Many documents asked for at once: the batch, and each of its papers with how far the work on it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PartState(models.TextChoices):
    """How far one paper has come; the last three are ends."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Not made")
    DROPPED = "dropped", _("Left out")


class DocumentBatch(models.Model):
    """Papers that one person asked for together; its state is what its parts say, and whether it was cancelled.

    `query` is the address of the document of which every part is one area's; `language` that of sentences about faults.
    """

    token = models.CharField(max_length=32, unique=True)
    title = models.CharField(_("title"), max_length=300)
    query = models.TextField()
    language = models.CharField(max_length=10, default="vi")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="document_batches")
    asked_at = models.DateTimeField(_("asked for"), db_index=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    class Meta:
        verbose_name = _("batch of documents")
        verbose_name_plural = _("batches of documents")
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return self.title


class DocumentPart(models.Model):
    """One paper of a batch, or all of them bound into one file (`is_bound`), made when no other is open any more.

    Whoever makes it holds `claim`, a word nobody else knows, until `leased_until`; who lost it may write nothing.
    `query` is what `parse_spec` reads; `message` says in a sentence why it could not be made.
    """

    batch = models.ForeignKey(DocumentBatch, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    is_bound = models.BooleanField(default=False)
    label = models.CharField(max_length=300)
    query = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=PartState.choices, default=PartState.WAITING)
    claim = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    content = models.BinaryField(null=True)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("paper of a batch")
        verbose_name_plural = _("papers of batches")
        ordering = ("batch", "position")
        constraints = (
            models.UniqueConstraint(fields=("batch", "position"), name="part_place_in_batch"),
            models.CheckConstraint(
                condition=models.Q(state=PartState.CLAIMED, leased_until__isnull=False) & ~models.Q(claim="")
                | ~models.Q(state=PartState.CLAIMED) & models.Q(leased_until__isnull=True, claim=""),
                name="part_claimed_under_a_lease",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PartState.DONE, content__isnull=False)
                | ~models.Q(state=PartState.DONE) & models.Q(content__isnull=True),
                name="part_done_has_content",
            ),
        )
        indexes = (
            models.Index(
                fields=("position", "batch"),
                condition=models.Q(state__in=("waiting", "claimed")),
                name="part_open",
            ),
        )

    def __str__(self) -> str:
        return self.label
