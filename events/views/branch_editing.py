"""Planning and changing an activity within a draft plan: the ordinary form, saved beside the released plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import NotAllowed, StalePlan
from events.forms import ActivityForm, initial_of
from events.models import Campaign, PlanBranch
from events.planning.branches import BranchChange, changed_state, put_in_branch
from events.planning.checks import check_rights
from events.planning.comparison import conflicts_within
from events.planning.states import ActivityState, from_json, state_of
from events.views.access import activity_to_change, user_of
from events.views.attempts import Attempt
from events.views.branches import GET_OR_POST, find_branch, planners_only
from events.views.editing import read_version
from events.views.viewers import viewer_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An activity as the form opens with it: from the draft plan where it has it, else from the released plan."""

    uid: str | None = None
    state: ActivityState | None = None
    base_version: int = 0
    seen_at: datetime | None = None


@planners_only
@require_http_methods(GET_OR_POST)
def plan_in_branch(request: HttpRequest, branch: int) -> HttpResponseBase:
    """Plan a new activity in a draft plan."""
    return edit(request, find_branch(branch), Edited())


@planners_only
@require_http_methods(GET_OR_POST)
def edit_in_branch(request: HttpRequest, branch: int, uid: str) -> HttpResponseBase:
    """Change an activity in a draft plan; the released plan stays as it is."""
    found = find_branch(branch)
    return edit(request, found, find_edited(request, found, uid))


def find_edited(request: HttpRequest, branch: PlanBranch, uid: str) -> Edited:
    """Return the activity to edit. Http404 when neither plan has it, PermissionDenied when it is not the viewer's."""
    row = branch.activities.filter(uid=uid).first()
    if row is not None and row.state is not None:
        state = from_json(row.state)
        check_may_change(request, state)
        return Edited(uid=uid, state=state, base_version=row.base_version, seen_at=row.changed_at)
    stored = activity_to_change(request, uid)
    if stored.campaign_id != branch.campaign_id or stored.is_deleted:
        raise Http404(_("The campaign of this draft plan has no such activity."))
    seen_at = None if row is None else row.changed_at
    return Edited(uid=uid, state=state_of(stored), base_version=stored.version, seen_at=seen_at)


def check_may_change(request: HttpRequest, state: ActivityState) -> None:
    """PermissionDenied unless the viewer plans in the area and unit of an activity of the draft plan."""
    try:
        check_rights(viewer_for(request), state.plan)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error


def edit(request: HttpRequest, branch: PlanBranch, edited: Edited) -> HttpResponse:
    """Show the form, check what it says, or put it into the draft plan."""
    form = form_for(request, branch, edited)
    attempt, seen = Attempt(), edited
    if form.is_bound:
        seen = replace(edited, base_version=read_version(request), seen_at=read_moment(request.POST.get("seen_at", "")))
    if form.is_bound and form.is_valid():
        change = BranchChange(
            branch_id=branch.pk,
            uid=edited.uid,
            state=changed_state(edited.state, form.plan()),
            base_version=seen.base_version,
            seen_at=seen.seen_at,
        )
        if request.POST.get("action") == "check":
            attempt = try_checking(form, branch, change)
        else:
            attempt, is_saved = try_putting(request, form, change)
            if is_saved:
                return redirect("events:branch", branch.pk)
    shown = seen if attempt.stale is None else replace(edited, base_version=attempt.stale.sequence)
    context = {"form": form, "attempt": attempt, "branch": branch, "campaign": branch.campaign, "edited": shown}
    return render(request, "events/branch_activity.html", context)


def form_for(request: HttpRequest, branch: PlanBranch, edited: Edited) -> ActivityForm:
    """Return the ordinary form, its campaign fixed."""
    stored = None if edited.state is None else edited.state.plan
    initial: dict[str, Any] = {"start_date": timezone.localdate()} if stored is None else initial_of(stored)
    initial["campaign"] = branch.campaign_id
    form = ActivityForm(request.POST or None, viewer=viewer_for(request), stored=stored, initial=initial)
    form.fields["campaign"].queryset = Campaign.objects.filter(pk=branch.campaign_id)  # type: ignore[attr-defined]
    return form


def read_moment(written: str) -> datetime | None:
    """Return the moment that the page wrote; None for nothing or nonsense."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def try_checking(form: ActivityForm, branch: PlanBranch, change: BranchChange) -> Attempt:
    """Look for conflicts with both plans and write nothing."""
    try:
        return Attempt(conflicts=tuple(conflicts_within(branch, change, today=timezone.localdate())), was_checked=True)
    except ValidationError as error:
        form.add_error(None, error)
    return Attempt()


def try_putting(request: HttpRequest, form: ActivityForm, change: BranchChange) -> tuple[Attempt, bool]:
    """Put it into the draft plan and say so; what planning refuses becomes part of the answer."""
    try:
        put_in_branch(change=change, by=user_of(request))
    except StalePlan as error:
        return Attempt(stale=error), False
    except ValidationError as error:
        form.add_error(None, error)
        return Attempt(), False
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, _("Saved in the draft plan; the released plan stays as it is until you release it."))
    return Attempt(), True
