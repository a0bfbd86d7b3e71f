"""What every row of facts from outside carries: where it comes from and when somebody last looked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """A fact that others may change: a legal figure, a festival, a day off.

    `is_edited` marks rows that the office has changed itself; loading the reference tables leaves those alone.
    """

    source = models.CharField(_("source"), max_length=300, blank=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_edited = models.BooleanField(_("changed by the office"), default=False)

    class Meta:
        abstract = True
