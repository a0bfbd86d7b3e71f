"""Putting a campaign away, and taking it out again."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Campaign, CampaignStatus
from events.planning.campaigns import archive_campaign
from events.views.access import for_staff, user_of
from events.views.rollover import find_campaign
from events.views.viewers import viewer_for


def is_archived(code: str) -> bool:
    """Whether the campaign of that code was put away."""
    return Campaign.objects.filter(code=code, status=CampaignStatus.ARCHIVED).exists()


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say what archiving, or reopening, means, and do it."""
    campaign = find_campaign(code)
    if not viewer_for(request).plans_everywhere:
        raise PermissionDenied(_("Only a planner of the Department may change a campaign."))
    if request.method == "POST":
        return _carry_out(request, campaign)
    context = {"campaign": campaign, "is_archived": is_archived(code), "days": settings.PANO_ARCHIVE_DAYS}
    return render(request, "events/campaign_archive.html", context)


def _carry_out(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Bring about what the form says was wanted, whatever somebody else did meanwhile."""
    wanted = request.POST.get("wanted") != "reopen"
    archive_campaign(code=campaign.code, is_archived=wanted, today=timezone.localdate(), by=user_of(request))
    messages.success(request, _("The campaign is archived.") if wanted else _("The campaign is open again."))
    return redirect("events:campaign", campaign.code)
