"""After something was saved: the offer to undo it."""

from __future__ import annotations

import json
from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest

from events.models import PlanStep
from events.views.access import user_of

MOST_OFFERS = 3


def offer_undo(request: HttpRequest, sentence: str, campaign_ids: Collection[int]) -> None:
    """Say what was saved, with a button a campaign that undoes the user's own step; no button where nobody's is last.

    One query a campaign. Where many campaigns changed there is no button: their pages of steps undo each.
    """
    if len(campaign_ids) > MOST_OFFERS:
        messages.success(request, sentence)
        return
    rows = PlanStep.objects.filter(undone_at=None, is_dropped=False).order_by("-number").select_related("campaign")
    found = [rows.filter(campaign_id=key).first() for key in sorted(campaign_ids)]
    own = user_of(request).pk
    offers = [
        {"campaign": step.campaign.code, "number": step.number, "label": step.label}
        for step in found
        if step is not None and step.by_id == own
    ]
    messages.success(request, sentence, extra_tags=json.dumps(offers, ensure_ascii=False) if offers else "")
