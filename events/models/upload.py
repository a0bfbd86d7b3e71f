"""A workbook between its preview and its confirmation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanUpload(models.Model):
    """The bytes of an uploaded workbook, so that any web process can finish the import."""

    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    uploaded_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name
