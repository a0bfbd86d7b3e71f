"""Papers recorded for an activity; days of national mourning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import PlanRejected, StalePlan
from core.intervals import Interval
from core.vietnamese import format_date, format_interval
from events.forms.legal import MourningForm, NoticeForm
from events.models import MourningPeriod, Occurrence
from events.outputs.mourning_list import MourningSheet, PostponedShow, render_mourning_pdf
from events.planning.mourning import MourningPlan, affected_occurrences, check_mourning, declare_mourning
from events.planning.notices import record_notice
from events.views.access import activity_to_approve, for_staff, user_of
from events.views.printing import authority_of
from events.views.viewers import viewer_for
from venues.models import Area, AreaLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@for_staff
@require_POST
def notice(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Record a paper that was sent; back to the activity in any case."""
    stored, form = activity_to_approve(request, uid), NoticeForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for faults in form.errors.values() for text in faults))
        return redirect(stored)
    try:
        record_notice(uid=uid, by=user_of(request), **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The paper is recorded."))
    return redirect(stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedShow:
    """An occurrence that mourning meets, as the page lists it."""

    occurrence: Occurrence
    title: str
    time: str


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def mourning(request: HttpRequest) -> HttpResponseBase:
    """Give the days, see what they meet, postpone it all in one step."""
    if not viewer_for(request).plans_everywhere:
        raise PermissionDenied(_("Only planners of the whole province may declare days of mourning."))
    written = request.POST if request.method == "POST" else request.GET
    form = MourningForm(written if "first" in written else None)
    plan = read_plan(form)
    if plan is not None and request.method == "POST":
        return postpone(request, form, plan)
    return show(request, form, plan)


def read_plan(form: MourningForm) -> MourningPlan | None:
    """The period the form gives; None, with the fault on the form, where it gives none."""
    if not form.is_bound or not form.is_valid():
        return None
    plan = MourningPlan(**form.cleaned_data)
    try:
        check_mourning(plan)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return plan


def postpone(request: HttpRequest, form: MourningForm, plan: MourningPlan) -> HttpResponseBase:
    """Carry it out; what is refused is told above the list as it is now."""
    try:
        changed = declare_mourning(plan=plan, seen=read_seen(request.POST.getlist("seen")), by=user_of(request))
    except (StalePlan, PlanRejected) as error:
        messages.error(request, " ".join(reasons_of(error)))
        return show(request, form, plan)
    text = ngettext(
        "The days of mourning are recorded; %(number)d activity is postponed.",
        "The days of mourning are recorded; %(number)d activities are postponed.",
        len(changed),
    )
    messages.success(request, text % {"number": len(changed)})
    return redirect("events:mourning")


def reasons_of(error: StalePlan | PlanRejected) -> tuple[str, ...]:
    """What to tell of a refusal."""
    if isinstance(error, StalePlan):
        return (_("The plan has changed meanwhile; look at the list again."), *error.changes)
    return tuple(conflict.message for conflict in error.conflicts if conflict.is_blocking)


def read_seen(written: Iterable[str]) -> dict[str, int]:
    """Read "uid:version" of each activity that was shown; what is written otherwise is left out."""
    pairs = (text.rpartition(":") for text in written)
    return {uid: int(version) for uid, _colon, version in pairs if uid and version.isdecimal()}


def show(request: HttpRequest, form: MourningForm, plan: MourningPlan | None) -> HttpResponse:
    """Show the form, what the period given meets, and the periods recorded."""
    rows = [] if plan is None else list(affected_occurrences(first=plan.first, last=plan.last))
    context: Mapping[str, Any] = {
        "form": form,
        "plan": plan,
        "shows": [affected(row) for row in rows],
        "seen": {row.activity.uid: row.activity.version for row in rows},
        "periods": MourningPeriod.objects.order_by("-first_day"),
    }
    return render(request, "events/mourning.html", context)


def affected(row: Occurrence) -> AffectedShow:
    """Return an occurrence as the page lists it."""
    return AffectedShow(
        occurrence=row,
        title=row.title or row.activity.event.title,
        time=format_interval(Interval(row.start, row.end).local(), all_day=row.activity.all_day),
    )


@for_staff
@require_safe
def mourning_pdf(request: HttpRequest, period: int) -> HttpResponseBase:
    """The list of what a period postponed, to send to units and to post."""
    if not viewer_for(request).plans_everywhere:
        raise PermissionDenied(_("Only planners of the whole province may declare days of mourning."))
    row = get_object_or_404(MourningPeriod, pk=period)
    province = Area.objects.filter(level=AreaLevel.PROVINCE).first()
    sheet = MourningSheet(
        authority=authority_of(province) if province is not None else (),
        name=row.name,
        days=f"{format_date(row.first_day)} – {format_date(row.last_day)}",
        source=row.source,
        shows=tuple(PostponedShow(**values) for values in postponed_shows(row)),
        printed_on=format_date(timezone.localdate()),
        link=f"{settings.PANO_BASE_URL}{reverse('events:mourning')}",
    )
    answer = HttpResponse(render_mourning_pdf(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="quoc-tang-{period}.pdf"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def postponed_shows(period: MourningPeriod) -> list[dict[str, str]]:
    """What stands postponed in the period, in order of time."""
    rows = affected_occurrences(first=period.first_day, last=period.last_day, is_postponed=True)
    return [
        {
            "title": row.title or row.activity.event.title,
            "time": format_interval(Interval(row.start, row.end).local(), all_day=row.activity.all_day),
            "area": row.activity.area.name,
            "unit": row.activity.lead_unit.name,
        }
        for row in rows
    ]
