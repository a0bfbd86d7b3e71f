"""What an office keeps for the head and foot of its papers: one row for all kinds, or for one kind of document."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class DocumentForm(models.Model):
    """The head and foot of the papers of a unit.

    `kind` is a key of `PANO_DOCUMENT_KINDS`, empty for all kinds that have no row of their own. Texts of several lines
    keep one a line; `signatures` is JSON, at most three of {"who", "how", "name"}. A row that `is_default` no longer
    counts: it stays so that its version never begins again.
    """

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="document_forms")
    kind = models.CharField(_("kind of document"), max_length=30, blank=True)
    authority = models.TextField(_("issuing body"), blank=True)
    has_national_title = models.BooleanField(_("national title"), default=False)
    has_draft_mark = models.BooleanField(_("marked as a draft"), default=True)
    number_symbol = models.CharField(_("symbol after the number"), max_length=40, blank=True)
    has_date_line = models.BooleanField(_("place and blank date"), default=True)
    date_place = models.CharField(_("place before the date"), max_length=60, blank=True)
    recipients = models.TextField(_("recipients"), blank=True)
    signatures = models.JSONField(_("signatures"), default=list, blank=True)
    appendix_number = models.CharField(_("number of the appendix"), max_length=10, blank=True)
    attached_to = models.CharField(_("appendix to"), max_length=240, blank=True)
    is_default = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("form of documents")
        verbose_name_plural = _("forms of documents")
        ordering = ("unit", "kind")
        constraints = (models.UniqueConstraint(fields=("unit", "kind"), name="document_form_once"),)

    def __str__(self) -> str:
        return f"{self.unit} – {self.kind or '*'}"
