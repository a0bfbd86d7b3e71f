"""Editing a series from one of its occurrences: how far, what that does, and then doing it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotAllowed, PlanRejected, StalePlan
from core.keys import OccurrenceKey
from events.forms.initial import initial_of
from events.forms.scoped import ScopedForm
from events.models import Activity, Status
from events.planning.commands import ActivityPlan
from events.planning.scopes import EditPreview, EditScope, apply_edit, plan_at, preview_edit, series_of
from events.planning.skipping import readd_date
from events.views.access import activity_to_change, for_staff, user_of
from events.views.attempts import Attempt, try_saving
from events.views.editing import read_version, saved_sentence
from events.views.steps import sentences_of
from events.views.undo import offer_undo
from events.views.viewers import viewer_for

OWN_NAMES: Final = ("csrfmiddlewaretoken", "action")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit_occurrence(request: HttpRequest, uid: str, recurrence_id: str) -> HttpResponseBase:
    """Ask what is to change and how far, show what that does, do it: as far as the form says."""
    stored = activity_to_change(request, uid)
    start = find_start(uid, recurrence_id)
    shown = find_plan(stored, start)
    initial = {**initial_of(shown), "scope": EditScope.THIS.value}
    form = ScopedForm(request.POST or None, viewer=viewer_for(request), shown=shown, initial=initial)
    action = request.POST.get("action", "")
    if not form.is_bound or action == "change" or not form.is_valid():
        return show_form(request, form, Attempt(), stored=stored)
    if action == "save":
        return save(request, form, stored=stored, start=start)
    return show_preview(request, form, stored=stored, start=start)


def find_start(uid: str, recurrence_id: str) -> datetime:
    """The moment that the address names, or Http404."""
    try:
        return OccurrenceKey.parse(f"{uid}~{recurrence_id}").recurrence_id
    except ValueError as error:
        raise Http404(str(error)) from error


def find_plan(stored: Activity, start: datetime) -> ActivityPlan:
    """The activity as that occurrence shows it, or Http404."""
    try:
        return plan_at(series_of(stored), start)
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error


def save(request: HttpRequest, form: ScopedForm, *, stored: Activity, start: datetime) -> HttpResponse:
    """Store the edit and go to the activity that was edited, or show what stands in the way."""
    attempt = try_saving(form, lambda: store(request, form, uid=stored.uid, start=start))
    if attempt.activity is not None:
        offer_undo(request, saved_sentence(attempt.activity), {stored.campaign_id, attempt.activity.campaign_id})
        return redirect(attempt.activity)
    return show_form(request, form, attempt, stored=stored)


def store(request: HttpRequest, form: ScopedForm, *, uid: str, start: datetime) -> Activity:
    """Apply the edit as the form says; where it makes an activity of its own, that is the one to go on with."""
    saved = apply_edit(
        uid=uid,
        seen=read_version(request),
        scope=EditScope(form.cleaned_data["scope"]),
        recurrence_id=start,
        plan=form.plan(),
        by=user_of(request),
    )
    return next((each for each in saved if each.uid != uid), saved[0])


def show_form(request: HttpRequest, form: ScopedForm, attempt: Attempt, *, stored: Activity) -> HttpResponse:
    """Show the form with all that was entered."""
    seen = read_version(request) if form.is_bound else stored.version
    version = seen if attempt.stale is None else attempt.stale.sequence
    context = {"form": form, "attempt": attempt, "activity": stored, "version": version}
    return render(request, "events/occurrence_edit.html", context)


def show_preview(request: HttpRequest, form: ScopedForm, *, stored: Activity, start: datetime) -> HttpResponse:
    """Show what the edit would do; faults and other people's changes lead back to the form."""
    plan = form.plan()
    try:
        preview = preview_edit(
            uid=stored.uid,
            seen=read_version(request),
            scope=EditScope(form.cleaned_data["scope"]),
            recurrence_id=start,
            plan=plan,
        )
    except StalePlan as error:
        return show_form(request, form, Attempt(stale=error), stored=stored)
    except ValidationError as error:
        form.add_error(None, error)
        return show_form(request, form, Attempt(), stored=stored)
    context = {
        "activity": stored,
        "preview": preview,
        "scope_label": dict(form.fields["scope"].choices)[preview.scope.value],  # type: ignore[attr-defined]
        "groups": group_occurrences(preview),
        "sent": [(name, value) for name, values in request.POST.lists() for value in values if name not in OWN_NAMES],
        "is_blocked": plan.status != Status.DRAFT and any(each.is_blocking for each in preview.conflicts),
    }
    return render(request, "events/occurrence_edit_preview.html", context)


def group_occurrences(preview: EditPreview) -> list[dict[str, object]]:
    """The occurrences by what becomes of them, those that stay only counted."""
    labels = {
        "added": _("Added"),
        "removed": _("Removed"),
        "moved": _("Moved"),
        "changed": _("Changed at their time"),
        "kept": _("Stay as they are"),
    }
    groups = []
    for kind, label in labels.items():
        found = [each for each in preview.occurrences if each.kind == kind]
        if found:
            groups.append({"kind": kind, "label": label, "count": len(found), "shown": [] if kind == "kept" else found})
    return groups


@for_staff
@require_POST
def readd(request: HttpRequest, uid: str, recurrence_id: str) -> HttpResponseBase:
    """Add a date back that was skipped because of a clash, now that it is free."""
    stored = activity_to_change(request, uid)
    start = find_start(uid, recurrence_id)
    try:
        saved = readd_date(uid=uid, start=start, seen=read_version(request), by=user_of(request))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except (PlanRejected, StalePlan, ValidationError) as error:
        messages.error(request, " ".join((_("Nothing was changed."), *sentences_of(error))))
        return redirect(stored)
    offer_undo(request, saved_sentence(saved), {saved.campaign_id})
    return redirect(saved)
