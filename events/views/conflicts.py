"""The conflicts of a campaign: told, printed, overridden with a reason."""

from __future__ import annotations

from functools import wraps
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotAllowed
from core.vietnamese import format_date
from events.conflict_reports import ReportChoice, load_report
from events.documents.maker import paper_tag
from events.forms.legal import AcceptForm
from events.models import Activity, Campaign, Status
from events.outputs.conflict_report import (
    RULE_NAMES,
    ConflictSheet,
    render_conflicts_html,
    render_conflicts_pdf,
    rule_name,
)
from events.planning.warnings import accept_warnings, withdraw_acceptance
from events.programme.gate import visible_q
from events.views.access import View, for_staff, user_of
from events.views.area_choice import find_area
from events.views.printing import authority_of
from events.views.viewers import viewer_for
from venues.models import Area, AreaLevel

PROVINCE: Final = AreaLevel.PROVINCE
MOST_PRINTED: Final = 1200  # some 12 s of layout; more would keep a web process from everybody else


def for_readers(view: View[...]) -> View[...]:
    """Send visitors to the sign-in page and refuse whoever works in no unit."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponseBase:
        viewer = viewer_for(request)
        if viewer.user is None:
            return redirect_to_login(request.get_full_path())
        if not viewer.is_staff_member:
            raise PermissionDenied(_("Only people who work in a unit may read this page."))
        return view(request, *args, **kwargs)

    return checked


@for_readers
@require_safe
def conflicts(request: HttpRequest, code: str) -> HttpResponse:
    """Show what clashes in a campaign, blocking conflicts first, and what was overridden."""
    campaign, choice = get_object_or_404(Campaign, code=code), read_choice(request)
    report = load_report(campaign=campaign, choice=choice, viewer=viewer_for(request), today=timezone.localdate())
    context = {
        "campaign": campaign,
        "report": report,
        "choice": choice,
        "rules": RULE_NAMES,
        "areas": Area.objects.filter(activities__campaign=campaign).distinct(),
        "query": request.GET.urlencode(),
        "may_accept": viewer_for(request).is_planner,
        "drafts": Activity.objects.filter(
            visible_q(viewer_for(request)), campaign=campaign, status=Status.DRAFT, is_deleted=False
        ).count(),
    }
    return render(request, "events/conflicts.html", context)


@for_readers
@require_safe
def conflicts_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The report on paper, always in Vietnamese."""
    campaign, choice = get_object_or_404(Campaign, code=code), read_choice(request)
    with translation.override("vi"):
        report = load_report(campaign=campaign, choice=choice, viewer=viewer_for(request), today=timezone.localdate())
    if len(report.lines) > MOST_PRINTED:
        messages.error(request, _("That is too much for one paper; choose a rule or an area first."))
        return redirect("events:conflicts", code=code)
    sheet = make_sheet(campaign, choice)
    etag = paper_tag(render_conflicts_html(report, sheet).encode())
    answer = HttpResponse(render_conflicts_pdf(report, sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="xung-dot-{code}.pdf"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    return answer


@for_staff
@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponseBase:
    """Override warnings with a reason; back to the report in any case."""
    campaign, form = get_object_or_404(Campaign, code=code), AcceptForm(request.POST)
    back = redirect(f"{reverse('events:conflicts', args=[code])}?{request.GET.urlencode()}".rstrip("?"))
    if not form.is_valid():
        messages.error(request, _("Give the reason why this warning may stand (at most 300 characters)."))
        return back
    try:
        rows = accept_warnings(
            campaign_id=campaign.pk,
            fingerprints=form.fingerprints(),
            reason=form.cleaned_data["reason"],
            by=user_of(request),
            today=timezone.localdate(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    else:
        text = ngettext("%(number)d warning is overridden.", "%(number)d warnings are overridden.", len(rows))
        messages.success(request, text % {"number": len(rows)})
    return back


@for_staff
@require_POST
def withdraw(request: HttpRequest, code: str, accepted: int) -> HttpResponseBase:
    """Let an overridden warning stand again."""
    try:
        withdraw_acceptance(key=accepted, by=user_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    else:
        messages.success(request, _("The warning stands again."))
    return redirect("events:conflicts", code=code)


def read_choice(request: HttpRequest) -> ReportChoice:
    """Read rule and area from the address; Http404 for an area that is none."""
    slug = request.GET.get("area", "")
    return ReportChoice(rule=request.GET.get("rule", "")[:40], area=find_area(slug).slug if slug else "")


def make_sheet(campaign: Campaign, choice: ReportChoice) -> ConflictSheet:
    """Return what stands around the table of the paper."""
    area = Area.objects.filter(slug=choice.area).first() if choice.area else None
    area = area or Area.objects.filter(level=PROVINCE).first()
    chosen = [rule_name(choice.rule)] if choice.rule else []
    chosen += [area.name] if choice.area and area is not None else []
    return ConflictSheet(
        authority=authority_of(area) if area is not None else (),
        choice="; ".join(chosen),
        printed_on=format_date(timezone.localdate()),
        link=f"{settings.PANO_BASE_URL}{reverse('events:conflicts', args=[campaign.code])}",
    )
