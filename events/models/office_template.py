"""The Word template that an office keeps for its documents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class OfficeTemplate(models.Model):
    """A .docx of a unit with tags: for one kind of document (a key of `PANO_DOCUMENT_KINDS`), "" for all others."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="office_templates")
    kind = models.CharField(_("kind of document"), max_length=30, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("template of an office")
        verbose_name_plural = _("templates of offices")
        ordering = ("unit", "kind")
        constraints = (models.UniqueConstraint(fields=("unit", "kind"), name="office_template_once"),)

    def __str__(self) -> str:
        return self.name
