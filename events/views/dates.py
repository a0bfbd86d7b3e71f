"""The dates a form means, shown while it is being filled in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import planning
from events.forms.dates import preview_dates
from events.forms.series import SeriesForm
from events.views.access import for_staff, visible_activity
from events.views.viewers import viewer_for


@require_safe
@for_staff
def dates(request: HttpRequest) -> HttpResponse:
    """Show the next dates of the fields in the query; `activity` names the one whose rule is kept."""
    if not viewer_for(request).is_planner:
        raise PermissionDenied(_("Only planners may plan an activity."))
    form = SeriesForm(request.GET)
    uid = request.GET.get("activity", "")
    if uid:
        plan = planning.plan_of(visible_activity(request, uid))
        form.stored_rule = plan.recurrence or plan.lunar
    preview = preview_dates(form, now=timezone.now())
    return render(request, "events/parts/dates_preview.html", {"preview": preview})
