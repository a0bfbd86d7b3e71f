"""One activity with all its facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.intervals import LOCAL_ZONE
from core.keys import OccurrenceKey
from core.lunar_recurrence import describe_lunar
from core.recurrence import from_rrule
from core.recurrence_text import describe
from core.vietnamese import format_date
from events import planning
from events.expansion import lunar_of
from events.models import Activity, SeriesDate
from events.planning.checking import open_and_accepted
from events.procedures import load_papers
from events.programme import load_programme
from events.programme.entries import Programme, ProgrammeEntry, Series
from events.programme.history import load_history
from events.programme.scope import Scope
from events.registries import activity_links
from events.views.access import may_change, visible_activity
from events.views.attempts import as_held
from events.views.branches import open_branches
from events.views.mending import repairs_of
from events.views.versions import kept_versions
from events.views.viewers import viewer_for


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """Send to the calendar's list, filters and all."""
    query = request.GET.copy()
    query["view"] = "list"
    return redirect(f"{reverse('events:calendar')}?{query.urlencode()}")


@require_safe
def activity(request: HttpRequest, uid: str) -> HttpResponse:
    """Show what the viewer may know about one activity and its occurrences."""
    viewer = viewer_for(request)
    programme = load_programme(window=None, scope=Scope(uids=(uid,)), viewer=viewer, with_series=True)
    if not programme.entries:
        raise Http404(_("There is no such activity, or you may not see it."))
    entry = find_entry(programme, request.GET.get("occurrence"), now=timezone.now())
    context = {
        "entry": entry,
        "entries": programme.entries,
        "recurrence": recurrence_text(programme),
        "revision": programme.revision,
        "links": activity_links(uid, viewer),
        **(planner_facts(request, uid) if viewer.is_staff_member else {}),
    }
    return render(request, "events/activity.html", context)


def find_entry(programme: Programme, written: str | None, *, now: datetime) -> ProgrammeEntry:
    """Return the occurrence asked for, else the next one, else the last. BadRequest and Http404 with a sentence."""
    entries = programme.entries
    if not written:
        return next((entry for entry in entries if entry.interval.end > now and not entry.is_off), entries[-1])
    try:
        key = OccurrenceKey.parse(f"{entries[0].key.uid}~{written}")
    except ValueError as error:
        raise BadRequest(str(error)) from error
    found = next((entry for entry in entries if entry.key == key), None)
    if found is None:
        raise Http404(_("This activity has no occurrence at that time."))
    return found


def recurrence_text(programme: Programme) -> str:
    """Return how the activity repeats, in words; empty for a single one."""
    return "; ".join(filter(None, (_rule_text(series) for series in programme.series)))


def _rule_text(series: Series) -> str:
    """One rule, by the sun or by the moon, with the days left out of it."""
    if series.rrule:
        told = describe(from_rrule(series.rrule, series.start))
    else:
        lunar = lunar_of(Activity.objects.only("lunar_rule").get(uid=series.uid))
        told = describe_lunar(lunar) if lunar else ""
    left_out = SeriesDate.objects.filter(activity__uid=series.uid, kind=SeriesDate.Kind.EXCLUDED)
    days = ", ".join(format_date(date.start.astimezone(LOCAL_ZONE).date()) for date in left_out.order_by("start"))
    return _("%(rule)s; except %(days)s") % {"rule": told, "days": days} if told and days else told


def planner_facts(request: HttpRequest, uid: str) -> dict[str, Any]:
    """Return what only staff see: what they may do, and for planners conflicts and history."""
    viewer, stored = viewer_for(request), visible_activity(request, uid)
    may_approve = viewer.may_approve_in((stored.area_id,))
    facts: dict[str, Any] = {
        "activity": stored,
        "may_change": may_change(viewer, stored),
        "may_approve": may_approve,
    }
    facts["papers"] = load_papers(stored, today=timezone.localdate())
    if may_approve:
        found = planning.find_conflicts(plan=as_held(planning.plan_of(stored)), uid=uid)
        facts["conflicts"], facts["accepted"] = open_and_accepted(found)
        facts["branches"] = open_branches(stored.campaign_id) if facts["may_change"] else []
        facts["repairs"] = repairs_of(stored, facts["conflicts"]) if facts["may_change"] else {}
        facts["history"] = load_history(activity_id=stored.pk, labels=planning.field_labels())
        facts["skipped"] = stored.series_dates.filter(is_skipped=True)
        facts["restorable"] = kept_versions(stored) if facts["may_change"] else frozenset()
    return facts
