"""Last year's campaign rolled over into another year: asked for, previewed, done in one step."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.errors import NotAllowed, PlanRejected
from events.forms.rollover import RolloverForm, next_year_of
from events.models import Campaign
from events.planning.rollover import preview_rollover, roll_over
from events.views.access import for_staff, user_of
from events.views.undo import offer_undo
from events.views.viewers import viewer_for


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def rollover(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask where to and by what, show what it makes, make it: as far as the form says."""
    source = find_campaign(code)
    viewer = viewer_for(request)
    if not viewer.is_planner:
        raise PermissionDenied(_("Only planners may roll a campaign over."))
    sent = request.POST if request.method == "POST" and "stage" in request.POST else None
    form = RolloverForm(sent, source=source, may_make=viewer.plans_everywhere, initial=next_year_of(source))
    if sent is None or not form.is_valid():
        return render(request, "events/rollover_form.html", {"form": form, "campaign": source})
    if sent["stage"] == "apply":
        return apply(request, form, source)
    return show_preview(request, form, source)


def find_campaign(code: str) -> Campaign:
    """The campaign of the address, or Http404."""
    found = Campaign.objects.filter(code=code).first()
    if found is None:
        raise Http404(_("There is no campaign with the code “%(code)s”.") % {"code": code})
    return found


def wanted_uids(request: HttpRequest) -> frozenset[str] | None:
    """The activities ticked on the preview; None before it was shown."""
    return frozenset(request.POST.getlist("wanted")) if "picked" in request.POST else None


def show_preview(request: HttpRequest, form: RolloverForm, source: Campaign, *, fault: str = "") -> HttpResponse:
    """Show what would be made of each activity."""
    try:
        preview = preview_rollover(order=form.order(wanted_uids(request)), by=user_of(request))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, "events/rollover_form.html", {"form": form, "campaign": source})
    context = {"form": form, "campaign": source, "preview": preview, "fault": fault}
    return render(request, "events/rollover_preview.html", context)


def apply(request: HttpRequest, form: RolloverForm, source: Campaign) -> HttpResponse:
    """Make the wanted ones and go to their campaign; what stands in the way is shown on the preview."""
    try:
        target, made = roll_over(order=form.order(wanted_uids(request)), by=user_of(request))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except PlanRejected:
        return show_preview(request, form, source, fault=_("Nothing was made; see below what stands in the way."))
    except ValidationError as error:
        return show_preview(request, form, source, fault=" ".join(error.messages))
    sentence = ngettext(
        "%(count)s activity was made as a draft.", "%(count)s activities were made as drafts.", len(made)
    )
    offer_undo(request, sentence % {"count": len(made)}, {target.pk})
    return redirect(reverse("events:campaign", args=[target.code]))
