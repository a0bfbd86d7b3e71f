"""A repair of a stored activity, carried out by one click."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import NotAllowed, PlanRejected, StalePlan
from events.planning.repairs import apply_repair
from events.views.access import activity_to_change, for_staff, user_of
from events.views.editing import read_version
from events.views.undo import offer_undo


@for_staff
@require_POST
def repair(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Carry out a repair that the activity's page proposed; it is tried again first."""
    stored, by = activity_to_change(request, uid), user_of(request)
    try:
        apply_repair(uid=uid, seen=read_version(request), key=request.POST.get("repair", ""), by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except (StalePlan, PlanRejected) as error:
        messages.error(request, str(error))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    else:
        offer_undo(request, _("Done; the conflict is gone."), {stored.campaign_id})
    return redirect(stored)
