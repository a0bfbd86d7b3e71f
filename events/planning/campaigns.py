"""The verbs that change campaigns and the lists they control."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from events.models import Audience, BasisDocument, Campaign, CampaignStatus, Form, FundingSource, Theme
from units.audit import record_change
from units.permissions import viewer_of

if TYPE_CHECKING:
    from datetime import date

    from units.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """A theme, form, audience or funding source; `is_priority` counts for audiences only."""

    code: str
    name: str
    is_priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A document a campaign rests on."""

    number: str
    subject: str
    issued_on: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPlan:
    """Everything the letter says about a campaign; lists in the letter's order."""

    code: str
    name: str
    year: int
    starts_on: date
    ends_on: date
    lead_unit_id: int
    coordinating_unit_ids: tuple[int, ...] = ()
    letter_number: str = ""
    letter_date: date | None = None
    report_before: date | None = None
    objective: str = ""
    requirements: str = ""
    themes: tuple[ListItem, ...] = ()
    forms: tuple[ListItem, ...] = ()
    audiences: tuple[ListItem, ...] = ()
    funding_sources: tuple[ListItem, ...] = ()
    basis_documents: tuple[Basis, ...] = ()


LIST_MODELS: dict[str, type[Model]] = {
    "themes": Theme,
    "forms": Form,
    "audiences": Audience,
    "funding_sources": FundingSource,
}
COLUMNS = (
    "name", "year", "starts_on", "ends_on", "lead_unit_id", "letter_number", "letter_date",
    "report_before", "objective", "requirements",
)  # fmt: skip


@transaction.atomic
def save_campaign(*, plan: CampaignPlan, by: User | None) -> Campaign:
    """Make the campaign of this code, or bring it to the plan; unchanged plans write nothing.

    Only planners of the whole province may (NotAllowed). ValidationError where a field is
    wrong or a list item that activities use would vanish.
    """
    if by is not None and not viewer_of(by).plans_everywhere:
        raise NotAllowed(_("Only a planner of the Department may change a campaign."))
    campaign = Campaign.objects.select_for_update(no_key=True).filter(code=plan.code).first()
    before = None if campaign is None else campaign_plan_of(campaign)
    if before is not None and before == _normalised(plan) and campaign is not None:
        return campaign
    campaign = campaign or Campaign(code=plan.code)
    if before is not None and before.report_before != plan.report_before:
        campaign.report_sequence += 1
    for name in COLUMNS:
        setattr(campaign, name, getattr(plan, name))
    campaign.updated_at = timezone.now()
    campaign.full_clean()
    campaign.save()
    campaign.coordinating_units.set(plan.coordinating_unit_ids)
    _save_lists(campaign, plan)
    record_change(
        by=by,
        verb="plan" if before is None else "change",
        subject=campaign,
        before=None if before is None else _snapshot(before),
        after=_snapshot(plan),
    )
    return campaign


@transaction.atomic
def archive_campaign(*, code: str, is_archived: bool, today: date, by: User) -> Campaign:
    """Put a campaign away, or take it out again: PANO_ARCHIVE_DAYS after the local day `today` it leaves its feeds.

    Asking for what is so already writes nothing. Only planners of the whole province may (NotAllowed).
    """
    if not viewer_of(by).plans_everywhere:
        raise NotAllowed(_("Only a planner of the Department may change a campaign."))
    campaign = Campaign.objects.select_for_update(no_key=True).get(code=code)
    if (campaign.status == CampaignStatus.ARCHIVED) == is_archived:
        return campaign
    before = {"status": campaign.status}
    campaign.status = CampaignStatus.ARCHIVED if is_archived else CampaignStatus.RELEASED
    campaign.archived_on = today if is_archived else None
    campaign.updated_at = timezone.now()
    campaign.save(update_fields=["status", "archived_on", "updated_at"])
    verb = "archive" if is_archived else "reopen"
    record_change(by=by, verb=verb, subject=campaign, before=before, after={"status": campaign.status})
    return campaign


def campaign_plan_of(campaign: Campaign) -> CampaignPlan:
    """The campaign as stored: saving it again changes nothing."""
    values: dict[str, Any] = {name: getattr(campaign, name) for name in COLUMNS}
    values |= {name: _items(campaign, model) for name, model in LIST_MODELS.items()}
    units = campaign.coordinating_units.order_by("id").values_list("id", flat=True)
    return CampaignPlan(
        code=campaign.code,
        coordinating_unit_ids=tuple(units),
        basis_documents=tuple(
            Basis(number=row.number, subject=row.subject, issued_on=row.issued_on, issuer=row.issuer)
            for row in campaign.basis_documents.order_by("position", "id")
        ),
        **values,
    )


def _items(campaign: Campaign, model: type[Model]) -> tuple[ListItem, ...]:
    fields = ["code", "name", *(["is_priority"] if model is Audience else [])]
    rows = model._default_manager.filter(campaign=campaign).order_by("position", "id").values(*fields)
    return tuple(ListItem(**row) for row in rows)


def _normalised(plan: CampaignPlan) -> CampaignPlan:
    return replace(plan, coordinating_unit_ids=tuple(sorted(set(plan.coordinating_unit_ids))))


def _save_lists(campaign: Campaign, plan: CampaignPlan) -> None:
    for name, model in LIST_MODELS.items():
        items: tuple[ListItem, ...] = getattr(plan, name)
        _drop_missing(campaign, model, {item.code for item in items})
        for position, item in enumerate(items):
            values: dict[str, Any] = {"name": item.name, "position": position}
            if model is Audience:
                values["is_priority"] = item.is_priority
            model._default_manager.update_or_create(campaign=campaign, code=item.code, defaults=values)
    numbers = [document.number for document in plan.basis_documents]
    campaign.basis_documents.exclude(number__in=numbers).delete()
    for position, document in enumerate(plan.basis_documents):
        BasisDocument.objects.update_or_create(
            campaign=campaign,
            number=document.number,
            defaults={
                "subject": document.subject,
                "issued_on": document.issued_on,
                "issuer": document.issuer,
                "position": position,
            },
        )


def _drop_missing(campaign: Campaign, model: type[Model], codes: set[str]) -> None:
    """Remove list items that vanished; one in use by an activity is refused."""
    gone = model._default_manager.filter(campaign=campaign).exclude(code__in=codes)
    used = gone.filter(activity__isnull=False).distinct().values_list("code", flat=True)
    if used:
        raise ValidationError(
            _("Activities still use %(codes)s; take it off them before removing it.")
            % {"codes": ", ".join(sorted(used))}
        )
    gone.delete()


def _snapshot(plan: CampaignPlan) -> dict[str, Any]:
    snapshot: dict[str, Any] = {"code": plan.code}
    for name in COLUMNS:
        value = getattr(plan, name)
        snapshot[name] = value.isoformat() if hasattr(value, "isoformat") else value
    for name in LIST_MODELS:
        snapshot[name] = [f"{item.code}: {item.name}" for item in getattr(plan, name)]
    snapshot["basis_documents"] = [document.number for document in plan.basis_documents]
    return snapshot
