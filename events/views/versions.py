"""Old versions of an activity: compared with the present one, and brought back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.conflicts import Conflict
from core.errors import NotAllowed, PlanRejected, StalePlan
from events.models import Activity, StepChange
from events.planning.checking import check_drafts
from events.planning.drafting import draft
from events.planning.state_text import field_changes, read_states
from events.planning.states import ActivityState, state_of
from events.planning.steps import restore_version, version_of
from events.views.access import activity_to_change, for_staff, user_of
from events.views.attempts import Attempt
from events.views.editing import read_version
from events.views.undo import offer_undo


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, uid: str, version: int) -> HttpResponseBase:
    """Show what bringing a version back would change; bring it back."""
    stored = activity_to_change(request, uid)
    wanted = find_version(stored, version)
    attempt = try_restoring(request, uid, version) if request.method == "POST" else Attempt()
    if attempt.activity is not None:
        offer_undo(request, _("The version was restored."), {attempt.activity.campaign_id})
        return redirect(attempt.activity)
    before, after = read_states([state_of(stored), wanted])
    context = {
        "activity": stored,
        "version": version,
        "seen": stored.version if attempt.stale is None else attempt.stale.sequence,
        "changes": field_changes(before, after),
        "attempt": attempt,
        "conflicts": attempt.conflicts or conflicts_of(stored, wanted),
    }
    return render(request, "events/version_restore.html", context)


def kept_versions(activity: Activity) -> frozenset[int]:
    """The earlier versions that can be brought back; one query."""
    rows = StepChange.objects.filter(activity=activity, version__lt=activity.version).order_by()
    return frozenset(rows.values_list("version", flat=True))


def find_version(activity: Activity, version: int) -> ActivityState:
    """The activity as it was at that version, or Http404."""
    try:
        return version_of(activity.uid, version)
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error


def conflicts_of(activity: Activity, wanted: ActivityState) -> tuple[Conflict, ...]:
    """What the rules say of the version, were it to come back."""
    try:
        return tuple(check_drafts([draft(wanted.plan, activity=activity, overrides=wanted.overrides)]))
    except ValidationError:
        return ()


def try_restoring(request: HttpRequest, uid: str, version: int) -> Attempt:
    """Bring the version back, or tell why not."""
    try:
        restored = restore_version(uid=uid, version=version, seen=read_version(request), by=user_of(request))
    except PlanRejected as error:
        return Attempt(conflicts=error.conflicts)
    except StalePlan as error:
        return Attempt(stale=error)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return Attempt()
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    return Attempt(activity=restored)
