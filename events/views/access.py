"""Who may open a page that changes the plan; planning checks again what is sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from events.models import Activity
from events.programme.gate import visible_q
from events.views.viewers import viewer_for
from units.models import User
from units.permissions import Viewer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_staff(view: View[P]) -> View[P]:
    """Send visitors to the sign-in page and refuse whoever neither plans nor approves."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_for(request)
        if viewer.user is None:
            return redirect_to_login(request.get_full_path())
        if not viewer.is_planner and not viewer.approved_area_ids:
            raise PermissionDenied(_("Only planners may change the plan; your account may read it."))
        return view(request, *args, **kwargs)

    return checked


def user_of(request: HttpRequest) -> User:
    """Return the account that is signed in; PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied(_("Sign in first."))
    return request.user


def may_change(viewer: Viewer, activity: Activity) -> bool:
    """Tell whether the viewer may edit the activity."""
    leads = viewer.plans_everywhere or activity.lead_unit_id in viewer.unit_ids
    return leads and viewer.is_planner and viewer.may_plan_in((activity.area_id,))


def activity_to_change(request: HttpRequest, uid: str) -> Activity:
    """Return the activity; 404 when the viewer may not see it, 403 when they may see but not change it."""
    viewer, activity = viewer_for(request), visible_activity(request, uid)
    if not may_change(viewer, activity):
        raise PermissionDenied(_("You may change only activities of your own unit in its own areas."))
    return activity


def activity_to_approve(request: HttpRequest, uid: str) -> Activity:
    """Return the activity whose status the viewer may set; 404 and 403 as above."""
    viewer, activity = viewer_for(request), visible_activity(request, uid)
    if not viewer.may_approve_in((activity.area_id,)):
        raise PermissionDenied(_("You may not change the status of activities in this area."))
    return activity


def visible_activity(request: HttpRequest, uid: str) -> Activity:
    """Return an activity that the viewer may see, or Http404."""
    rows = Activity.objects.select_related("event__rule").filter(visible_q(viewer_for(request)), uid=uid)
    activity = rows.first()
    if activity is None:
        raise Http404(_("There is no such activity, or you may not see it."))
    return activity
