"""Draft plans: the list of a campaign's, one beside the released plan, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.conflicts import Conflict
from core.errors import NotAllowed, PlanRejected, StalePlan
from core.text import fold, inner_quotes
from events.forms.branch import BranchForm
from events.models import Activity, BranchStatus, Campaign, PlanBranch
from events.planning.branches import (
    BranchChange,
    discard_branch,
    drop_in_branch,
    keep_draft,
    open_branch,
    release_branch,
    take_out,
)
from events.planning.comparison import compare
from events.planning.state_text import read_states
from events.planning.states import from_json
from events.programme.gate import visible_q
from events.views.access import user_of
from events.views.branch_figures import figure_rows
from events.views.editing import read_version
from events.views.undo import offer_undo
from events.views.viewers import viewer_for

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MOST_FOUND: Final = 20
GET_OR_POST: Final = ("GET", "HEAD", "POST")


def planners_only(view: View[P]) -> View[P]:
    """Send visitors to the sign-in page and refuse whoever does not plan."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_for(request)
        if viewer.user is None:
            return redirect_to_login(request.get_full_path())
        if not viewer.is_planner:
            raise PermissionDenied(_("Only planners may see and make draft plans."))
        return view(request, *args, **kwargs)

    return checked


def find_branch(branch: int) -> PlanBranch:
    """Return the draft plan with its campaign, or Http404."""
    found = PlanBranch.objects.select_related("campaign").filter(pk=branch).first()
    if found is None:
        raise Http404(_("There is no such draft plan."))
    return found


def open_branches(campaign_id: int) -> list[PlanBranch]:
    """Return the draft plans of a campaign that are being drafted, each with the number of activities that differ."""
    rows = PlanBranch.objects.filter(campaign=campaign_id, status=BranchStatus.OPEN)
    return list(rows.annotate(count=Count("activities")))


@planners_only
@require_http_methods(GET_OR_POST)
def branches(request: HttpRequest, code: str) -> HttpResponseBase:
    """List a campaign's draft plans, and open a new one."""
    campaign = Campaign.objects.filter(code=code).first()
    if campaign is None:
        raise Http404(_("There is no such campaign, or nothing of it is public yet."))
    form = BranchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_branch(campaign_id=campaign.pk, by=user_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error)
        else:
            return redirect("events:branch", made.pk)
    rows = PlanBranch.objects.filter(campaign=campaign).select_related("created_by").annotate(count=Count("activities"))
    return render(request, "events/branches.html", {"campaign": campaign, "form": form, "branches": rows})


@planners_only
@require_safe
def branch(request: HttpRequest, branch: int) -> HttpResponse:
    """Show what a draft plan changes, what would clash, and the plan in figures before and after."""
    found = find_branch(branch)
    context = {"branch": found, "campaign": found.campaign, "is_open": found.status == BranchStatus.OPEN}
    if found.status == BranchStatus.OPEN:
        query = request.GET.get("q", "").strip()
        context |= compared(found) | {"query": query, "found": find_activities(request, found, query)}
    else:
        context["kept"] = read_states([from_json(row.state) for row in found.activities.all() if row.state])
    return render(request, "events/branch.html", context)


def compared(branch: PlanBranch) -> dict[str, Any]:
    """Return what both pages show of a comparison."""
    comparison = compare(branch, today=timezone.localdate())
    return {"comparison": comparison, "figures": figure_rows(comparison)}


def find_activities(request: HttpRequest, branch: PlanBranch, query: str) -> list[Activity]:
    """Return activities of the released plan to take up in the draft plan, by code or words of the title.

    Neither capitals nor diacritics matter. Two queries.
    """
    wanted = fold(query)
    if not wanted:
        return []
    drafted = branch.activities.values_list("uid", flat=True)
    rows = Activity.objects.filter(visible_q(viewer_for(request)), campaign_id=branch.campaign_id, is_deleted=False)
    named = rows.exclude(uid__in=drafted).order_by("code").values_list("pk", "code", "event__title")
    found = [key for key, code, title in named if wanted in fold(f"{code} {title}")]
    return list(rows.filter(pk__in=found[:MOST_FOUND]).select_related("event", "area").order_by("code"))


@planners_only
@require_http_methods(GET_OR_POST)
def release(request: HttpRequest, branch: int) -> HttpResponseBase:
    """Ask with the readable difference, then make the draft plan the released one."""
    found = find_branch(branch)
    conflicts: tuple[Conflict, ...] = ()
    stale: StalePlan | None = None
    if request.method == "POST":
        seen, by = read_version(request), user_of(request)
        try:
            release_branch(branch_id=found.pk, seen=seen, by=by)
        except PlanRejected as error:
            conflicts = error.conflicts
        except StalePlan as error:
            stale = error
        except ValidationError as error:
            return refuse(request, found, error)
        except NotAllowed as error:
            raise PermissionDenied(str(error)) from error
        else:
            done = _("The draft plan “%(name)s” was released.") % {"name": inner_quotes(found.name)}
            offer_undo(request, done, {found.campaign_id})
            return redirect("events:campaign", found.campaign.code)
    if found.status != BranchStatus.OPEN:
        return redirect("events:branch", found.pk)
    context = {"branch": found, "campaign": found.campaign, "conflicts": conflicts, "stale": stale}
    return render(request, "events/branch_release.html", context | compared(found))


@planners_only
@require_http_methods(GET_OR_POST)
def discard(request: HttpRequest, branch: int) -> HttpResponseBase:
    """Ask, then close a draft plan without releasing it."""
    found = find_branch(branch)
    if request.method != "POST":
        return render(request, "events/branch_discard.html", {"branch": found, "campaign": found.campaign})
    by = user_of(request)
    done = _("The draft plan was discarded.")
    return carry_out(request, found, lambda: discard_branch(branch_id=found.pk, by=by), done=done)


@planners_only
@require_POST
def drop(request: HttpRequest, branch: int, uid: str) -> HttpResponseBase:
    """Leave an activity out of the draft plan."""
    found, by = find_branch(branch), user_of(request)
    row = found.activities.filter(uid=uid).first()
    change = BranchChange(
        branch_id=found.pk,
        uid=uid,
        state=None,
        base_version=read_version(request),
        seen_at=None if row is None else row.changed_at,
    )
    done = _("Dropped in the draft plan; the released plan still has it.")
    return carry_out(request, found, lambda: drop_in_branch(change=change, by=by), done=done)


@planners_only
@require_POST
def forget(request: HttpRequest, branch: int, uid: str) -> HttpResponseBase:
    """Forget what the draft plan says of an activity: the released version stands."""
    found, by = find_branch(branch), user_of(request)
    done = _("Taken out of the draft plan; the released plan's version stands.")
    return carry_out(request, found, lambda: take_out(branch_id=found.pk, uid=uid, by=by), done=done)


@planners_only
@require_POST
def keep(request: HttpRequest, branch: int, uid: str) -> HttpResponseBase:
    """Keep the draft plan's version of an activity that the released plan has changed meanwhile."""
    found, seen, by = find_branch(branch), read_version(request), user_of(request)
    done = _("The draft plan's version is kept; releasing replaces the released one.")
    return carry_out(
        request, found, lambda: keep_draft(branch_id=found.pk, uid=uid, seen_version=seen, by=by), done=done
    )


def carry_out(request: HttpRequest, branch: PlanBranch, verb: Callable[[], object], *, done: str) -> HttpResponse:
    """Do it and say so, or say why not, on the page of the draft plan."""
    try:
        verb()
    except ValidationError as error:
        return refuse(request, branch, error)
    except StalePlan as error:
        messages.error(request, str(error))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    else:
        messages.success(request, done)
    return redirect("events:branch", branch.pk)


def refuse(request: HttpRequest, branch: PlanBranch, error: ValidationError) -> HttpResponse:
    """Say on the page of the draft plan why nothing was done."""
    messages.error(request, " ".join(error.messages))
    return redirect(reverse("events:branch", args=[branch.pk]))
