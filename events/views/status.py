"""Another status for an activity; one occurrence moved or cancelled."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.intervals import Interval
from core.keys import OccurrenceKey
from core.text import inner_quotes
from events import planning
from events.forms import CancelOccurrenceForm, MoveOccurrenceForm, ReasonForm, StatusForm
from events.forms.status import VersionForm
from events.forms.times import write_times
from events.models import Activity, Status
from events.planning import skipping
from events.programme import load_programme
from events.programme.entries import ProgrammeEntry
from events.programme.scope import Scope
from events.views.access import activity_to_approve, activity_to_change, for_staff, user_of
from events.views.attempts import Attempt, try_saving
from events.views.editing import saved_sentence
from events.views.undo import offer_undo
from events.views.viewers import viewer_for
from units.models import User

GET_OR_POST = ("GET", "HEAD", "POST")


@for_staff
@require_http_methods(GET_OR_POST)
def cancel_activity(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Cancel a whole activity, with a reason that readers see."""
    stored, by = activity_to_approve(request, uid), user_of(request)
    form = ReasonForm(request.POST or None, initial={"version": stored.version})
    attempt = attempt_with(
        form,
        lambda: planning.set_status(
            uid=uid,
            version=form.cleaned_data["version"],
            status=Status.CANCELLED,
            reason=form.cleaned_data["reason"],
            by=by,
        ),
    )
    return answer(request, form, attempt, stored=stored, template="events/activity_cancel.html")


@for_staff
@require_POST
def set_status(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Confirm, postpone, suspend … an activity."""
    stored, by = activity_to_approve(request, uid), user_of(request)
    form = StatusForm(request.POST)
    attempt = attempt_with(
        form,
        lambda: planning.set_status(
            uid=uid,
            version=form.cleaned_data["version"],
            status=form.cleaned_data["status"],
            reason=form.cleaned_data["reason"],
            by=by,
        ),
    )
    return answer(request, form, attempt, stored=stored, template="events/activity_status.html")


@for_staff
@require_http_methods(GET_OR_POST)
def move_occurrence(request: HttpRequest, uid: str, recurrence_id: str) -> HttpResponseBase:
    """Give one occurrence another time; the rest of the series stays."""
    stored, by = activity_to_change(request, uid), user_of(request)
    entry = find_occurrence(request, uid, recurrence_id)
    times = write_times(entry.interval, all_day=entry.all_day)
    form = MoveOccurrenceForm(request.POST or None, initial={"version": stored.version, **times})
    attempt = attempt_with(form, lambda: change_one(form, entry, by=by, interval=form.cleaned_data["interval"]))
    return answer(request, form, attempt, stored=stored, entry=entry, template="events/occurrence_move.html")


@for_staff
@require_http_methods(GET_OR_POST)
def cancel_occurrence(request: HttpRequest, uid: str, recurrence_id: str) -> HttpResponseBase:
    """Cancel one occurrence; the rest of the series stays."""
    stored, by = activity_to_change(request, uid), user_of(request)
    entry = find_occurrence(request, uid, recurrence_id)
    form = CancelOccurrenceForm(request.POST or None, initial={"version": stored.version})
    attempt = attempt_with(form, lambda: change_one(form, entry, by=by, interval=None))
    return answer(request, form, attempt, stored=stored, entry=entry, template="events/occurrence_cancel.html")


@for_staff
@require_http_methods(GET_OR_POST)
def delete_activity(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Delete an activity, after saying what readers and subscribers will see."""
    stored, by = activity_to_change(request, uid), user_of(request)
    form = VersionForm(request.POST or None, initial={"version": stored.version})
    attempt = attempt_with(form, lambda: planning.delete_activities(seen={uid: form.cleaned_data["version"]}, by=by)[0])
    if attempt.activity is None:
        return answer(request, form, attempt, stored=stored, template="events/activity_delete.html")
    offer_undo(
        request, _("“%(title)s” was deleted.") % {"title": inner_quotes(stored.event.title)}, {stored.campaign_id}
    )
    return redirect("events:campaign", stored.campaign.code)


@for_staff
@require_POST
def restore_occurrence(request: HttpRequest, uid: str, recurrence_id: str) -> HttpResponseBase:
    """Let a cancelled occurrence take place again."""
    stored, by = activity_to_change(request, uid), user_of(request)
    entry = find_occurrence(request, uid, recurrence_id)
    form = VersionForm(request.POST)
    attempt = attempt_with(
        form,
        lambda: skipping.restore_occurrence(
            uid=uid, start=entry.key.recurrence_id, seen=form.cleaned_data["version"], by=by
        ),
    )
    return answer(request, form, attempt, stored=stored, entry=entry, template="events/occurrence_restore.html")


def find_occurrence(request: HttpRequest, uid: str, recurrence_id: str) -> ProgrammeEntry:
    """Return the occurrence that the address names, or Http404."""
    try:
        key = OccurrenceKey.parse(f"{uid}~{recurrence_id}")
    except ValueError as error:
        raise Http404(str(error)) from error
    programme = load_programme(window=None, scope=Scope(uids=(uid,)), viewer=viewer_for(request))
    found = next((entry for entry in programme.entries if entry.key == key), None)
    if found is None:
        raise Http404(_("This activity has no occurrence at that time."))
    return found


def change_one(form: forms.Form, entry: ProgrammeEntry, *, by: User, interval: Interval | None) -> Activity:
    """Move or cancel the occurrence as the form says."""
    change = planning.OccurrenceChange(
        key=entry.key,
        version=form.cleaned_data["version"],
        interval=interval,
        reason=form.cleaned_data["reason"],
    )
    return planning.change_occurrence(change=change, by=by)


def attempt_with(form: forms.Form, save: Callable[[], Activity]) -> Attempt:
    """Save when the form was sent and is right."""
    return try_saving(form, save) if form.is_bound and form.is_valid() else Attempt()


def answer(
    request: HttpRequest,
    form: forms.Form,
    attempt: Attempt,
    *,
    stored: Activity,
    template: str,
    entry: ProgrammeEntry | None = None,
) -> HttpResponse:
    """Go back to the activity, at the occurrence in question; or show the form with what was refused."""
    if attempt.activity is not None:
        offer_undo(request, saved_sentence(attempt.activity), {attempt.activity.campaign_id})
        return redirect(attempt.activity if entry is None else entry.url)
    version = stored.version if attempt.stale is None else attempt.stale.sequence
    context = {"form": form, "attempt": attempt, "activity": stored, "version": version, "entry": entry}
    return render(request, template, context)
