"""Campaigns: what their letters ask for, and what is planned for it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.programme.campaigns import CampaignReading, load_campaign, load_campaigns
from events.views.archiving import is_archived
from events.views.branches import open_branches
from events.views.undo import step_offers
from events.views.viewers import viewer_for


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the campaigns the viewer may see something of."""
    return render(request, "events/campaigns.html", {"summaries": load_campaigns(viewer=viewer_for(request))})


@require_safe
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """Show one campaign and its plan in numbers; each number leads to the list of just that."""
    reading = load_campaign(code=code, viewer=viewer_for(request))
    if reading is None:
        raise Http404(_("There is no such campaign, or nothing of it is public yet."))
    context = {"reading": reading, "campaign": reading.summary.campaign, "plan": plan_query(reading)}
    if viewer_for(request).plans_everywhere:
        context["is_archived"] = is_archived(code)
    if viewer_for(request).is_staff_member:
        context |= step_offers(reading.summary.campaign, viewer_for(request))
    if viewer_for(request).is_planner:
        context["branches"] = open_branches(reading.summary.campaign.pk)
    return render(request, "events/campaign.html", context)


def plan_query(reading: CampaignReading) -> str:
    """Return what an address needs to mean the campaign's whole plan: its code and, once it has any, its days."""
    query = {"campaign": reading.summary.campaign.code}
    if reading.days is not None:
        first, last = reading.days
        query |= {"start": f"{first}", "end": f"{last + timedelta(days=1)}"}
    return urlencode(query)
