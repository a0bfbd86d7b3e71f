"""The steps of a campaign: read, undone and done again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import PlanningError, PlanRejected, StalePlan
from events.models import Campaign
from events.planning.step_text import hidden_label, read_step
from events.planning.steps import next_redo, next_undo, redo_step, undo_step
from events.views.access import for_staff, user_of
from events.views.rollover import find_campaign
from events.views.selection import way_back
from events.views.undo import step_offers
from events.views.viewers import viewer_for

GET_OR_POST = ("GET", "HEAD", "POST")


@for_staff
@require_safe
def steps(request: HttpRequest, code: str) -> HttpResponseBase:
    """List the last steps of a campaign."""
    campaign = find_campaign(code)
    offers = step_offers(campaign, viewer_for(request))
    return render(request, "events/campaign_steps.html", {"campaign": campaign, **offers})


@for_staff
@require_http_methods(GET_OR_POST)
def undo(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say what undoing the last step would do; undo it."""
    return go(request, find_campaign(code), is_back=True)


@for_staff
@require_http_methods(GET_OR_POST)
def redo(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say what doing the last undone step again would do; do it."""
    return go(request, find_campaign(code), is_back=False)


def go(request: HttpRequest, campaign: Campaign, *, is_back: bool) -> HttpResponse:
    """Ask or carry out, whichever way."""
    if request.method == "POST":
        return carry_out(request, campaign, is_back=is_back)
    step = (next_undo if is_back else next_redo)(campaign.pk)
    if step is None:
        messages.info(request, _("There is no step to undo.") if is_back else _("There is no step to redo."))
        return redirect(steps_page(campaign))
    lines = read_step(step, is_back=is_back, viewer=viewer_for(request))
    hidden = step.changes.count() - len(lines)
    label = hidden_label() if hidden else step.label
    context = {"campaign": campaign, "step": step, "lines": lines, "hidden": hidden, "is_back": is_back, "label": label}
    return render(request, "events/step_confirm.html", context)


def carry_out(request: HttpRequest, campaign: Campaign, *, is_back: bool) -> HttpResponse:
    """Undo or redo the step whose number was seen; say why not otherwise."""
    written = request.POST.get("expected", "")
    expected = int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0  # noqa: PLR2004 -- a database integer
    verb = undo_step if is_back else redo_step
    try:
        step = verb(campaign_id=campaign.pk, expected=expected, by=user_of(request))
    except (PlanningError, ValidationError) as error:
        messages.error(request, " ".join((_("Nothing was changed."), *sentences_of(error))))
        return redirect(steps_page(campaign))
    done = _("Undone: %(label)s") if is_back else _("Redone: %(label)s")
    messages.success(request, done % {"label": step.label})
    return redirect(way_back(request) if request.POST.get("back") else steps_page(campaign))


def sentences_of(error: PlanningError | ValidationError) -> tuple[str, ...]:
    """What stood in the way, a sentence each."""
    if isinstance(error, ValidationError):
        return tuple(error.messages)
    if isinstance(error, StalePlan):
        return error.changes
    if isinstance(error, PlanRejected):
        return tuple(conflict.message for conflict in error.conflicts if conflict.is_blocking)
    return (str(error),)


def steps_page(campaign: Campaign) -> str:
    """The address of a campaign's steps."""
    return reverse("events:campaign-steps", args=[campaign.code])
