"""After something was saved: the offer to undo it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from events.models import Campaign, PlanStep
from events.planning.step_text import read_steps
from events.views.access import user_of
from events.views.late_changes import offer_telling
from units.permissions import Viewer

MOST_OFFERS = 3
JUST_NOW = timedelta(minutes=1)


def offer_undo(request: HttpRequest, sentence: str, campaign_ids: Collection[int]) -> None:
    """Say what was just saved, with a button a campaign that undoes the user's own last step; then what is to be told.

    No button where the save changed nothing, nor where many campaigns changed: their pages of steps undo each. One
    query a campaign, and one about late changes.
    """
    say_saved(request, sentence, campaign_ids)
    offer_telling(request, campaign_ids)


def say_saved(request: HttpRequest, sentence: str, campaign_ids: Collection[int]) -> None:
    """The message itself, with its buttons."""
    if len(campaign_ids) > MOST_OFFERS:
        messages.success(request, sentence)
        return
    since = timezone.now() - JUST_NOW
    rows = (
        PlanStep.objects.filter(undone_at=None, is_dropped=False, at__gte=since)
        .order_by("-number")
        .select_related("campaign")
    )
    found = [rows.filter(campaign_id=key).first() for key in sorted(campaign_ids)]
    own = user_of(request).pk
    offers = [
        {"campaign": step.campaign.code, "number": step.number, "label": step.label}
        for step in found
        if step is not None and step.by_id == own
    ]
    messages.success(request, sentence, extra_tags=json.dumps(offers, ensure_ascii=False) if offers else "")


def step_offers(campaign: Campaign, viewer: Viewer) -> dict[str, Any]:
    """The steps of a campaign, and which of them the viewer may undo and redo next; three to nine queries."""
    found = read_steps(campaign_id=campaign.pk, viewer=viewer)
    undo = next((each for each in found if not each.is_undone), None)
    redo = next((each for each in reversed(found) if each.is_undone), None)
    return {
        "steps": found,
        "undo": undo if undo and may_take(undo.step, viewer) else None,
        "redo": redo if redo and may_take(redo.step, viewer) else None,
    }


def may_take(step: PlanStep, viewer: Viewer) -> bool:
    """Whether the viewer may change every activity of the step; no query for who plans everywhere."""
    if viewer.plans_everywhere:
        return True
    own = step.changes.filter(activity__area_id__in=viewer.planned_area_ids, activity__lead_unit_id__in=viewer.unit_ids)
    return viewer.is_planner and own.count() == step.changes.count()
