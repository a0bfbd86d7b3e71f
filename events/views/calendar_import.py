"""Calendars of other programs on the web: upload, progress of the work on it, preview, saving."""

from __future__ import annotations

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.forms.calendar_import import CalendarImportForm
from events.models import CalendarUpload, CalendarUploadState
from events.planning.calendar_uploads import WORKING, begin, find_calendar, give_up, is_silent, keep_calendar, recover
from events.tasks import read_calendar_upload, save_calendar_upload, schedule_purge
from events.views.access import user_of
from events.views.calendar_import_page import campaign_asked, preview_context
from events.views.plans import for_planners
from events.views.viewers import viewer_for

State = CalendarUploadState


@require_http_methods(["GET", "HEAD", "POST"])
@for_planners
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a calendar and what its events are; keep it and begin to read it."""
    viewer = viewer_for(request)
    if request.method != "POST":
        form = CalendarImportForm(viewer=viewer, initial={"campaign": campaign_asked(request.GET)})
        return render(request, "events/calendar_import.html", {"form": form})
    form = CalendarImportForm(request.POST, request.FILES, viewer=viewer)
    if not form.is_valid():
        return render(request, "events/calendar_import.html", {"form": form})
    file, address = form.cleaned_data["file"], form.cleaned_data.get("address", "")
    kept = keep_calendar(
        content=b"" if file is None else file.read(),
        name=address if file is None else file.name or "",
        address=address if file is None else "",
        campaign=form.cleaned_data["campaign"],
        choices=form.choices().to_json(),
        by=user_of(request),
    )
    read_calendar_upload.enqueue(kept.token)
    schedule_purge()
    return redirect("events:calendar-import-show", kept.token)


@never_cache
@require_safe
@for_planners
def show(request: HttpRequest, token: str) -> HttpResponse:
    """How far the work is, the preview, or what went wrong, as the upload's state has it."""
    found = _upload(request, token)
    context = {"upload": found, "campaign": found.campaign, "is_silent": is_silent(found, now=timezone.now())}
    if found.state in WORKING:
        return render(request, "events/calendar_import_progress.html", context)
    if found.state == State.FAILED:
        return render(request, "events/calendar_import_failed.html", context)
    context |= preview_context(found, request.GET)
    name = "done" if found.state == State.DONE else "preview"
    return render(request, f"events/calendar_import_{name}.html", context)


@never_cache
@require_safe
@for_planners
def progress(request: HttpRequest, token: str) -> JsonResponse:
    """The state and how much is done, for the page that waits."""
    found = _upload(request, token)
    silent = is_silent(found, now=timezone.now())
    return JsonResponse({"state": found.state, "done": found.done, "total": found.total, "silent": silent})


@require_POST
@for_planners
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Save what the preview showed, in the background."""
    _upload(request, token)
    if begin(token=token, after=(State.READY,), state=State.SAVING):
        save_calendar_upload.enqueue(token)
    return redirect("events:calendar-import-show", token)


@require_POST
@for_planners
def retry(request: HttpRequest, token: str) -> HttpResponse:
    """Begin again what was interrupted or could not be read."""
    _upload(request, token)
    try:
        state = recover(token=token, by=user_of(request))
    except OperationalError:  # SQLite: another process has been writing for a minute, so nobody was killed
        state = ""
    if state == State.WAITING:
        read_calendar_upload.enqueue(token)
    return redirect("events:calendar-import-show", token)


@require_POST
@for_planners
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Forget the upload and stop the work on it; what is saved already stays."""
    found = _upload(request, token)
    if give_up(token=token, by=user_of(request)):
        return redirect(f"{reverse('events:calendar-import')}?campaign={found.campaign.code}")
    return redirect("events:calendar-import-show", token)


def _upload(request: HttpRequest, token: str) -> CalendarUpload:
    found = find_calendar(token=token, by=user_of(request))
    if found is None:
        raise Http404(_("This calendar is no longer kept; upload it again."))
    return found
