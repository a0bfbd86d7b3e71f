"""The campaign a letter opens, and the lists it controls."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class CampaignStatus(models.TextChoices):
    """The life of a plan on paper; number and date may be empty until the clerk fills them."""

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")
    RELEASED = "released", _("Released")
    ARCHIVED = "archived", _("Archived")


class Campaign(models.Model):
    """One plan of public information work, opened by a letter and closed by a report.

    `archived_on` is the day it was put away: some time later it leaves its feeds. `report_sequence` counts how often
    the day of the report was changed, for subscribers of deadlines.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=CampaignStatus.choices,
        default=CampaignStatus.RELEASED,
    )
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    report_before = models.DateField(
        _("report due before"),
        null=True,
        blank=True,
        help_text=_("The letter's own words: due before this day; the last safe day is the one before."),
    )
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("lead unit"), on_delete=models.PROTECT, related_name="led_campaigns"
    )
    coordinating_units = models.ManyToManyField(
        Unit,
        verbose_name=_("coordinating units"),
        blank=True,
        related_name="coordinated_campaigns",
    )
    objective = models.TextField(_("objective"), blank=True)
    requirements = models.TextField(_("requirements"), blank=True)
    archived_on = models.DateField(_("archived on"), null=True, blank=True, editable=False)
    report_sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-starts_on", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="campaign_ends_after_start",
                violation_error_message=_("The last day of the campaign lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The calendar, narrowed to this campaign."""
        return f"{reverse('events:calendar')}?campaign={self.code}"


class CampaignListItem(models.Model):
    """What themes, forms, audiences and funding sources share: a code within a campaign."""

    code = models.CharField(_("code"), max_length=20)
    name = models.TextField(_("name"))
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ("campaign", "position", "code")

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"


class Theme(CampaignListItem):
    """A content of the letter ("nội dung tuyên truyền"); ND2.1 stands below ND2."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="themes")

    class Meta(CampaignListItem.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = (models.UniqueConstraint(fields=("campaign", "code"), name="theme_code_per_campaign"),)


class Form(CampaignListItem):
    """A form of work the letter names ("hình thức")."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="forms")

    class Meta(CampaignListItem.Meta):
        verbose_name = _("form of work")
        verbose_name_plural = _("forms of work")
        constraints = (models.UniqueConstraint(fields=("campaign", "code"), name="form_code_per_campaign"),)


class Audience(CampaignListItem):
    """Whom the letter wants to reach, the priority groups marked."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="audiences")
    is_priority = models.BooleanField(_("priority"), default=False)

    class Meta(CampaignListItem.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints = (models.UniqueConstraint(fields=("campaign", "code"), name="audience_code_per_campaign"),)


class FundingSource(CampaignListItem):
    """Where the money comes from."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="funding_sources")

    class Meta(CampaignListItem.Meta):
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        constraints = (models.UniqueConstraint(fields=("campaign", "code"), name="funding_code_per_campaign"),)


class BasisDocument(models.Model):
    """A document the campaign rests on ("căn cứ")."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="basis_documents")
    number = models.CharField(_("number"), max_length=60)
    subject = models.TextField(_("subject"))
    issued_on = models.DateField(_("date"), null=True, blank=True)
    issuer = models.CharField(_("issuer"), max_length=160, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("basis document")
        verbose_name_plural = _("basis documents")
        ordering = ("campaign", "position", "number")
        constraints = (models.UniqueConstraint(fields=("campaign", "number"), name="basis_document_per_campaign"),)

    def __str__(self) -> str:
        return self.number
