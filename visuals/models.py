"""What hangs: slogans and the postings of a campaign."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Activity, Campaign, FundingSource
from units.models import Unit
from venues.models import DisplaySite, Face, FaceFormat


class Slogan(models.Model):
    """A wording of a campaign; approved elsewhere, stored here once."""

    campaign = models.ForeignKey(Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="slogans")
    text = models.CharField(_("wording"), max_length=400)

    class Meta:
        verbose_name = _("slogan")
        verbose_name_plural = _("slogans")
        ordering = ("campaign", "text")
        constraints = (models.UniqueConstraint(fields=("campaign", "text"), name="slogan_once_per_campaign"),)

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """Items of one format and wording that hang while their activity runs.

    The activity's dates say from when to when; `install_by` and `remove_by` are the
    working dates around them. Count and area are kept in the item's own unit.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.CASCADE, related_name="postings"
    )
    code = models.CharField(_("code"), max_length=40)
    format = models.CharField(_("format"), max_length=10, choices=FaceFormat.choices)
    slogan = models.ForeignKey(Slogan, verbose_name=_("slogan"), on_delete=models.PROTECT, related_name="postings")
    width_m = models.DecimalField(_("width (m)"), max_digits=6, decimal_places=2, null=True, blank=True)
    height_m = models.DecimalField(_("height (m)"), max_digits=6, decimal_places=2, null=True, blank=True)
    sides = models.PositiveSmallIntegerField(_("sides"), default=1)
    count_unit = models.CharField(_("unit of count"), max_length=20)
    quantity = models.PositiveIntegerField(_("quantity"))
    area_m2 = models.DecimalField(_("area (m²)"), max_digits=10, decimal_places=2, null=True, blank=True)
    site = models.ForeignKey(
        DisplaySite, verbose_name=_("display site"), null=True, blank=True, on_delete=models.PROTECT
    )
    face = models.ForeignKey(Face, verbose_name=_("face"), null=True, blank=True, on_delete=models.PROTECT)
    install_by = models.DateField(_("install by"), null=True, blank=True)
    remove_by = models.DateField(_("remove by"), null=True, blank=True)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="postings")
    funding_source = models.ForeignKey(
        FundingSource,
        verbose_name=_("funding source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    quantity_source = models.CharField(_("source of the figure"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ("activity", "code")
        constraints = (
            models.UniqueConstraint(fields=("activity", "code"), name="posting_code_per_activity"),
            models.CheckConstraint(
                condition=models.Q(install_by__isnull=True)
                | models.Q(remove_by__isnull=True)
                | models.Q(remove_by__gte=models.F("install_by")),
                name="posting_removed_after_install",
                violation_error_message=_("The removal date lies before the installation date."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} – {self.get_format_display()}"
