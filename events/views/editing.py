"""Planning a new activity and changing one: the same form."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.conflicts import Conflict
from core.errors import PlanRejected
from events import planning
from events.forms import ActivityForm, initial_of
from events.models import Activity, Status
from events.planning.commands import ActivityPlan
from events.planning.repairs import save_repaired
from events.planning.skipping import skip_clashing
from events.views.access import activity_to_change, for_staff, user_of
from events.views.attempts import Attempt, as_held, try_checking, try_saving
from events.views.filters import parse_day
from events.views.mending import asked_repair, with_repairs
from events.views.undo import offer_undo
from events.views.viewers import viewer_for
from units.models import User


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def plan_activity(request: HttpRequest) -> HttpResponseBase:
    """Plan a new activity."""
    viewer = viewer_for(request)
    if not viewer.is_planner:
        raise PermissionDenied(_("Only planners may plan an activity."))
    if request.method != "POST":
        first = parse_day(request.GET, "date") or timezone.localdate()
        form = ActivityForm(viewer=viewer, initial={"start_date": first})
        return answer(request, form, Attempt())
    form = ActivityForm(request.POST, viewer=viewer)
    by = user_of(request)
    attempt = carry_out(
        request,
        form,
        save=lambda: plan_new(form.plan(), by=by, skips=request.POST.get("action") == "skip"),
        check=lambda: planning.find_conflicts(plan=as_held(form.plan()), uid=None),
    )
    return answer(request, form, attempt)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit_activity(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Change an activity; somebody else's change in between is told field by field."""
    stored = activity_to_change(request, uid)
    plan, viewer, by = planning.plan_of(stored), viewer_for(request), user_of(request)
    if request.method != "POST":
        form = ActivityForm(viewer=viewer, stored=plan, initial=initial_of(plan))
        return answer(request, form, Attempt(), activity=stored, version=stored.version)
    form = ActivityForm(request.POST, viewer=viewer, stored=plan)
    version = read_version(request)
    attempt = carry_out(
        request,
        form,
        save=lambda: planning.change_activity(
            change=planning.ActivityChange(uid=uid, version=version, plan=form.plan()), by=by
        ),
        check=lambda: planning.find_conflicts(plan=as_held(form.plan()), uid=uid),
        stored=stored,
    )
    shown = version if attempt.stale is None else attempt.stale.sequence
    return answer(request, form, attempt, activity=stored, version=shown)


def plan_new(plan: ActivityPlan, *, by: User, skips: bool) -> Activity:
    """Store a new activity; where it is asked for, without the dates that clash, which can be added back later."""
    try:
        return planning.plan_activity(plan=plan, by=by)
    except PlanRejected as error:
        if not skips:
            raise
        return planning.plan_activity(plan=skip_clashing(plan, error.conflicts), by=by)


def carry_out(
    request: HttpRequest,
    form: ActivityForm,
    *,
    save: Callable[[], Activity],
    check: Callable[[], list[Conflict]],
    stored: Activity | None = None,
) -> Attempt:
    """Check only, save, or save with a repair, as the button pressed says; nothing while the form itself has faults."""
    if not form.is_valid():
        return Attempt()
    key = asked_repair(request)
    if key is not None:
        return try_saving(form, lambda: save_with_repair(request, form, stored, key=key))
    attempt = try_checking(form, check) if request.POST.get("action") == "check" else try_saving(form, save)
    return with_repairs(attempt, form.plan(), stored)


def save_with_repair(request: HttpRequest, form: ActivityForm, stored: Activity | None, *, key: str) -> Activity:
    """Store the plan of the form as one of its repairs has it; raises as saving does."""
    uid = None if stored is None else stored.uid
    return save_repaired(plan=form.plan(), uid=uid, seen=read_version(request), key=key, by=user_of(request))


def answer(
    request: HttpRequest,
    form: ActivityForm,
    attempt: Attempt,
    *,
    activity: Activity | None = None,
    version: int | None = None,
) -> HttpResponse:
    """Go to the saved activity, or show the form with all that was entered."""
    if attempt.activity is not None:
        offer_undo(request, saved_sentence(attempt.activity), {attempt.activity.campaign_id})
        return redirect(attempt.activity)
    context = {
        "form": form,
        "attempt": attempt,
        "activity": activity,
        "version": version,
        "may_skip": activity is None and may_skip(form, attempt),
    }
    return render(request, "events/activity_form.html", context)


def may_skip(form: ActivityForm, attempt: Attempt) -> bool:
    """Whether leaving out the dates that clash is a way to save a series."""
    if attempt.was_checked or not any(conflict.is_blocking for conflict in attempt.conflicts):
        return False
    plan = form.plan()
    return bool(plan.recurrence or plan.lunar or plan.extra_dates)


def saved_sentence(activity: Activity) -> str:
    """Say who sees the activity from now on."""
    if activity.status == Status.DRAFT:
        return _("Saved as a draft: it takes no resource yet, and the public sees it once it is confirmed.")
    if activity.status == Status.TENTATIVE:
        return _("Saved: its resources are taken; the public sees it once it is confirmed.")
    return _("Saved. Calendar, map and feeds show it from now on.")


def read_version(request: HttpRequest) -> int:
    """Return the version that the sender saw; 0, which is never current, when it was lost."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0  # noqa: PLR2004 -- a database integer
